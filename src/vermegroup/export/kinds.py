"""The kinds of export, each declared once: its name, what it is, and what makes its files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vermegroup.export.rendered import Kind, Rendered, Wanted
from vermegroup.language.messages import N_, Template

if TYPE_CHECKING:
    from vermegroup.export.handout import Handout
    from vermegroup.export.study import Study


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


def _list(handout: Handout, wanted: Wanted) -> Rendered:
    from vermegroup.export.list import list_page  # noqa: PLC0415

    return list_page(handout, wanted)


def _xlsx(handout: Handout, wanted: Wanted) -> Rendered:
    from vermegroup.export.xlsx import workbook  # noqa: PLC0415

    return workbook(handout, wanted)


def _mail(handout: Handout, wanted: Wanted) -> Rendered:
    from vermegroup.export.mail import mail_drafts  # noqa: PLC0415

    return mail_drafts(handout, wanted)


def _calendar(handout: Handout, wanted: Wanted) -> Rendered:
    from vermegroup.export.calendars import calendars  # noqa: PLC0415

    return calendars(handout, wanted)


def _zoom(handout: Handout, wanted: Wanted) -> Rendered:
    from vermegroup.export.zoom import zoom_rooms  # noqa: PLC0415

    return zoom_rooms(handout, wanted)


def _teams(handout: Handout, wanted: Wanted) -> Rendered:
    from vermegroup.export.teams import teams_lists  # noqa: PLC0415

    return teams_lists(handout, wanted)


def _moodle(handout: Handout, wanted: Wanted) -> Rendered:
    from vermegroup.export.moodle import moodle_groups  # noqa: PLC0415

    return moodle_groups(handout, wanted)


def _canvas(handout: Handout, wanted: Wanted) -> Rendered:
    from vermegroup.export.canvas import canvas_groups  # noqa: PLC0415

    return canvas_groups(handout, wanted)


def _vcard(handout: Handout, wanted: Wanted) -> Rendered:
    from vermegroup.export.vcard import contacts  # noqa: PLC0415

    return contacts(handout, wanted)


def _research(study: Study, wanted: Wanted) -> Rendered:
    from vermegroup.export.research import research_tables  # noqa: PLC0415

    return research_tables(study, wanted)


# Each imports its work when it is asked for: the libraries of one are of no use to another.
KINDS: Mapping[Kind, Maker] = {
    Kind.LIST: Maker(N_("A page of the groups for participants, to send or to print"), _list),
    Kind.XLSX: Maker(
        N_("A workbook: an overview, everybody by group, and a sheet for each group"), _xlsx
    ),
    Kind.MAIL: Maker(N_("A draft of a message to each group, and a table for mail merge"), _mail),
    Kind.CALENDAR: Maker(
        N_("Meetings for calendar programs: all in one file, and a file for each group"), _calendar
    ),
    Kind.ZOOM: Maker(N_("Breakout rooms of a Zoom meeting, to be pre-assigned"), _zoom),
    Kind.TEAMS: Maker(N_("Addresses to add people by in Microsoft Teams"), _teams),
    Kind.MOODLE: Maker(N_("Groups of a course in Moodle, and who is in them"), _moodle),
    Kind.CANVAS: Maker(N_("Groups of a group set in Canvas"), _canvas),
    Kind.VCARD: Maker(N_("Contacts for an address book, by group"), _vcard),
    Kind.RESEARCH: Maker(
        N_("Tables of participants, groups with indices of diversity, and pairs, for statistics"),
        named=False,
        study=_research,
    ),
}
