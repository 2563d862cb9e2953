"""The kinds of export, each declared once: its name, what it is, and what makes its files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from vermegroup.export.handout import Handout
from vermegroup.export.rendered import Rendered, Wanted
from vermegroup.language.messages import N_, Template

if TYPE_CHECKING:
    from vermegroup.export.study import Study


class Kind(StrEnum):
    """What groups can go out as."""

    ZOOM = "zoom"
    RESEARCH = "research"

    @property
    def summary(self) -> Template:
        """What it is, in a few words."""
        return KINDS[self].summary


@dataclass(frozen=True, slots=True)
class Maker:
    """What makes the files of a kind.

    ``named`` says that they are of no use without people's names or e-mails. One that makes them of
    a ``study`` is not for participants, and gets traits instead of names.
    """

    summary: Template
    render: Callable[[Handout, Wanted], Rendered] | None = None
    named: bool = True
    study: Callable[[Study, Wanted], Rendered] | None = None


def _zoom(handout: Handout, wanted: Wanted) -> Rendered:
    from vermegroup.export.zoom import zoom_rooms  # noqa: PLC0415

    return zoom_rooms(handout, wanted)


def _research(study: Study, wanted: Wanted) -> Rendered:
    from vermegroup.export.research import research_tables  # noqa: PLC0415

    return research_tables(study, wanted)


# Each imports its work when it is asked for: the libraries of one are of no use to another.
KINDS: Mapping[Kind, Maker] = {
    Kind.ZOOM: Maker(N_("Breakout rooms of a Zoom meeting, to be pre-assigned"), _zoom),
    Kind.RESEARCH: Maker(
        N_("Tables of participants, groups with indices of diversity, and pairs, for statistics"),
        named=False,
        study=_research,
    ),
}
