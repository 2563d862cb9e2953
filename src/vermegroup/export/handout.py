"""Groups as they may be told to those who are in them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from vermegroup.domain.group_facts import GroupFacts
from vermegroup.domain.grouping import is_usual
from vermegroup.intake.headers.recognise import recognise
from vermegroup.intake.hours import day_of
from vermegroup.language.messages import Message, _, verbatim
from vermegroup.report.file_names import UNSAFE, is_reserved


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody in a group, as the file tells; "" for what it does not.

    ``name`` is what people call the person, which is the id where there is no name. ``given`` and
    ``family`` are its parts where the file tells them apart. ``row`` is the one that a spreadsheet
    shows. ``shown`` are the cells of :attr:`Handout.shown`, and ``login`` is that of
    :attr:`Handout.login`.
    """

    id: str
    name: str
    email: str = ""
    row: int | None = None
    leads: bool = False
    shown: tuple[str, ...] = ()
    given: str = ""
    family: str = ""
    login: str = ""


@dataclass(frozen=True, slots=True)
class HandoutGroup:
    """A group with its members, those who lead before the others, and by name.

    ``common`` are the values that all of them share, by trait, such as free times. ``part`` is the
    part of a split roster that it belongs to.
    """

    id: str
    members: tuple[Member, ...]
    facts: GroupFacts | None = None
    common: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    part: Message | None = None

    @property
    def title(self) -> str:
        """Its name with its id, or the id alone."""
        return f"{self.facts.name} ({self.id})" if self.facts and self.facts.name else self.id

    @property
    def called(self) -> Message:
        """What it is called in a sentence: its name, or its id, with a word before one like G01."""
        if self.facts and self.facts.name:
            return verbatim(self.facts.name)
        return _("Group {name}", name=self.id) if is_usual(self.id) else verbatim(self.id)

    @property
    def leader(self) -> str:
        """Who leads it: as its facts tell, or else the members who do; "" for nobody known."""
        if self.facts and (named := self.facts.led_by or self.facts.leader):
            return named
        return ", ".join(member.name for member in self.members if member.leads)

    @property
    def times(self) -> tuple[str, ...]:
        """The free times that all members share, whatever the rulebook calls their column."""
        held = (held for trait, held in self.common.items() if _are_times(trait, held))
        return next(held, ())


@dataclass(frozen=True, slots=True)
class Handout:
    """All groups, and whoever is ``waiting`` for one.

    ``file`` is what they were read from, and ``name`` what that is called without its ending.
    ``shown`` are the headers of the columns that were asked for, and ``login`` that of what people
    log in with elsewhere. ``meeting`` says that the groups are those of a single one, on that
    ``day`` where it is known. ``lineage`` is what these and the groups that they came from are
    called, and ``exports`` are the folders into which any of them went out, the latest first.
    """

    file: str
    name: str
    groups: tuple[HandoutGroup, ...]
    waiting: tuple[Member, ...] = ()
    shown: tuple[str, ...] = ()
    meeting: bool = False
    day: date | None = None
    login: str = ""
    lineage: str = ""
    exports: tuple[Path, ...] = ()

    @property
    def series(self) -> str:
        """The same for the same groups, whatever was done to them since they were formed."""
        return self.lineage or self.name

    def members(self) -> Iterator[tuple[HandoutGroup, Member]]:
        """Every member beside the group; who is in several groups stands in each."""
        return ((group, member) for group in self.groups for member in group.members)


def _are_times(trait: str, values: tuple[str, ...]) -> bool:
    """Whether a column has the name of one of free times, or all its values name a day."""
    known = trait == "times" or recognise(trait) == "times"
    return known or (bool(values) and all(day_of(value) is not None for value in values))


def file_stems(names: Sequence[str]) -> list[str]:
    """A name for a file of each group, without an ending: every system takes it, and none twice."""
    taken: set[str] = set()
    stems = []
    for name in names:
        stem = _stem(name)
        number = 1
        while (free := stem if number == 1 else f"{stem}-{number}").casefold() in taken:
            number += 1
        taken.add(free.casefold())
        stems.append(free)
    return stems


def _stem(name: str) -> str:
    kept = unicodedata.normalize("NFC", UNSAFE.sub("-", name)).strip(" .-")
    kept = kept.encode()[:_LONGEST].decode(errors="ignore").strip(" .-")
    return f"{kept}-" if not kept or is_reserved(kept) else kept


_LONGEST = 100
"""Bytes; a file system takes 255."""
