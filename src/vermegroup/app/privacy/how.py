"""A run that calls people by their own names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from vermegroup.domain.grouping import EarlierGroups
from vermegroup.domain.rulebook import Rulebook
from vermegroup.intake.groups import Mention
from vermegroup.intake.people.members import Members
from vermegroup.intake.read import Look, Reading
from vermegroup.intake.sheet import Sheet


@dataclass(frozen=True, slots=True)
class How:
    """What the caller asked for: headers by their traits, a workbook's sheet, a key.

    With a key people are called by pseudonyms as soon as they are read. ``day`` is what counts as
    today where experience is told by when it began.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    sheet: str | None = None
    key: bytes | None = None
    day: date = field(default_factory=date.today)


AS_IT_IS = How()


class Openly:
    """Leaves everything that a run reads as it is."""

    __slots__ = ()

    def look(self, look: Look, rulebook: Rulebook) -> Look:
        """A look at a file that was read under a rulebook."""
        del rulebook
        return look

    def members(self, members: Members, rulebook: Rulebook) -> Members:
        """The members of groups, and who joins them."""
        del rulebook
        return members

    def newcomers(self, sheet: Sheet, reading: Reading, members: Look) -> Sheet:
        """A sheet of those who join these members."""
        del reading, members
        return sheet

    def rulebook(self, rulebook: Rulebook) -> Rulebook:
        """A rulebook, once all rosters are known."""
        return rulebook

    def mentions(self, mentions: Sequence[Mention]) -> list[Mention]:
        """The people whom a call names."""
        return list(mentions)

    def earlier(self, earlier: EarlierGroups) -> EarlierGroups:
        """Who was together before."""
        return earlier

    def file(self, name: str) -> str:
        """What a file is called."""
        return name

    def folder(self, folder: Path) -> Path:
        """What a folder is called that nobody chose the name of."""
        return folder

    @contextmanager
    def faults(self, *files: str | None) -> Iterator[None]:
        """Whatever is at fault inside is told so; ``files`` are those with people in them."""
        del files
        yield
