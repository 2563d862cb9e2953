"""Groups as they stand while somebody edits them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np

from vermegroup.app.inputs import ReadGroups, RulebookChoice, naming, read_groups
from vermegroup.app.move import BY_HAND, moved_to
from vermegroup.app.privacy.how import How, Openly
from vermegroup.domain.arrays import BoolArray
from vermegroup.domain.findings import Finding, InputError, Severity
from vermegroup.domain.grouping import WAITLIST, Grouping, group_key, usual_number
from vermegroup.domain.roster import Roster
from vermegroup.domain.rulebook import Rulebook
from vermegroup.edit.session.steps import Seat, Step, Way
from vermegroup.intake.cells import tidy
from vermegroup.intake.files.readings import unsaved
from vermegroup.language.messages import N_, Message, Who, _
from vermegroup.report.folder import sha256
from vermegroup.report.to_csv import groups_csv


@dataclass(frozen=True, slots=True)
class Pins:
    """The ids of people, and the names of groups, that stay as they are."""

    people: frozenset[str] = frozenset()
    groups: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.people or self.groups)


@dataclass(frozen=True, slots=True)
class MeetingPlan:
    """The plan of one meeting, to be written when the groups are saved: its folder and files."""

    day: str
    folder: str
    files: Mapping[str, bytes]


@dataclass(frozen=True, eq=False)
class State:
    """Groups that were read from a file's ``content``, which need not be what the file holds.

    Each is itself alone: two of the same groups are two states.

    ``reasons`` say of those who were moved why they were, by their ids; ``plans`` are those of
    meetings, by their days.
    """

    groups: ReadGroups
    content: bytes
    pins: Pins = Pins()
    reasons: Mapping[str, Message] = field(default_factory=dict)
    plans: Mapping[str, MeetingPlan] = field(default_factory=dict)

    @property
    def roster(self) -> Roster:
        """Everybody, seat by seat."""
        return self.groups.problem.roster

    @property
    def grouping(self) -> Grouping:
        """Who is in which group."""
        return self.groups.grouping

    def seat(self, of: Seat) -> int:
        """Where somebody's place is. Raises InputError where it is not there."""
        id_, group = of
        roster, names = self.roster, [*self.grouping.names, ""]
        seats = np.flatnonzero(roster.person_of() == roster.positions([id_])[0])
        at = [seat for seat in seats.tolist() if names[self.grouping.group_of[seat]] == group]
        if not at:
            raise InputError([_not_there(id_, group)])
        return int(at[0])

    def moved(self, ways: list[Way]) -> State:
        """The groups after people went their ways, all at once; a group is new where none is so.

        Raises InputError where somebody is not there, or would be in one group twice.
        """
        seats = [self.seat((id_, origin)) for id_, origin, _target in ways]
        if len(set(seats)) < len(seats):
            raise InputError([Finding(Severity.ERROR, _TWICE)])
        targets = [tidy(target) or "-" for _id, _origin, target in ways]
        after = moved_to(self.groups, seats, targets)[0]
        reasons = {**self.reasons, **{id_: BY_HAND for id_, *_rest in ways}}
        groups = replace(self.groups, grouping=after, names=after.names)
        content = groups_csv(self.roster, after)
        return replace(self, groups=groups, content=content, reasons=reasons).unpinned()

    def pinned(self, step: Step) -> State:
        """The same groups with other pins."""
        told = step.arguments
        own, theirs = (frozenset(map(str, told[name])) for name in ("people", "groups"))
        if told["pinned"]:
            pins = Pins(self.pins.people | own, self.pins.groups | theirs)
        else:
            pins = Pins(self.pins.people - own, self.pins.groups - theirs)
        return replace(self, pins=pins).unpinned()

    def unpinned(self) -> State:
        """The same without the pins of people and groups that are not there."""
        people = self.pins.people.intersection(map(str, self.roster.ids.tolist()))
        return replace(self, pins=Pins(people, self.pins.groups.intersection(self.grouping.names)))

    @property
    def plainly_named(self) -> bool:
        """Whether a file of these groups can be read as nothing else: to read it takes a while.

        Each person has one group, and each group a usual name, such as G03, of its own.
        """
        names = self.grouping.names
        usual = bool(names) and all(usual_number(name) is not None for name in names)
        own = len(set(map(group_key, names))) == len(names)
        return usual and own and not self.roster.has_further_seats

    @cached_property
    def in_pinned_groups(self) -> BoolArray:
        """Whose seats are in a pinned group, shape (n,)."""
        pinned = [name in self.pins.groups for name in self.grouping.names]
        found: BoolArray = np.array([*pinned, False], dtype=bool)[self.grouping.group_of]
        return found

    def groups_by_id(self) -> dict[str, set[str]]:
        """The names of everybody's groups, "" of a place in the queue, by their ids."""
        names, found = [*self.grouping.names, ""], dict[str, set[str]]()
        pairs = zip(self.roster.ids.tolist(), self.grouping.group_of.tolist(), strict=True)
        for id_, group in pairs:
            found.setdefault(str(id_), set()).add(names[group])
        return found

    def others_than_in(self, other: State) -> int:
        """How many people have other groups here than there, or are in one of both alone."""
        here, there = self.groups_by_id(), other.groups_by_id()
        return sum(here.get(id_) != there.get(id_) for id_ in here.keys() | there.keys())

    @property
    def book(self) -> Rulebook:
        """The rulebook that was asked for, whatever becomes of its file."""
        book = self.groups.lasting.rulebook
        return book.asked or book

    def pinned_seats(self) -> dict[str, str]:
        """The groups of those who are pinned, by their ids; not of those who wait."""
        ids, names = self.roster.ids.tolist(), self.grouping.names
        return {
            str(ids[seat]): names[group]
            for seat, group in enumerate(self.grouping.group_of.tolist())
            if group != WAITLIST and (ids[seat] in self.pins.people or self.in_pinned_groups[seat])
        }


@dataclass(frozen=True, slots=True)
class Source:
    """Which file the groups are in, and how they are read, however often that is done."""

    path: str
    choice: RulebookChoice
    how: How
    names: Openly = field(default_factory=lambda: naming(How()))

    def read(self, content: bytes | None = None) -> State:
        """The groups in the file as it is, or as it was with this ``content``.

        Raises InputError where they cannot be read.
        """
        with unsaved({} if content is None else {self.path: content}):
            groups = read_groups(self.path, self.choice, self.how, self.names)
        return State(groups, groups_csv(groups.problem.roster, groups.grouping))

    def reread(self, content: bytes, like: State) -> State:
        """Groups that are to be written so, under the rulebook and on the day of others.

        Raises InputError where they cannot be read.
        """
        with unsaved({self.path: content}):
            book = RulebookChoice(book=like.book)
            return State(read_groups(self.path, book, self.how_of(like), self.names), content)

    def how_of(self, state: State) -> How:
        """How what is to be written is read: it is no workbook, and its day is settled."""
        unasked = self.how.unasked or self.how.day is None
        return replace(self.how, sheet=None, day=state.groups.how.day, unasked=unasked)


@dataclass(frozen=True, slots=True)
class InFile:
    """What a file holds, or held: its bytes, and the groups as its ``source`` reads them.

    So they stood when the first ``place`` of the steps were in force.
    """

    state: State
    source: Source
    raw: bytes
    place: int = 0

    @property
    def sha256(self) -> str:
        """By what the file is known again."""
        return sha256(self.raw)


def _not_there(id_: str, group: str) -> Finding:
    message = _NOT_IN.filled(who=Who(id_), group=group) if group else _NOT_WAITING.filled(who=id_)
    return Finding(Severity.ERROR, message, value=id_)


_NOT_IN = N_("{who} is not in {group}")
_NOT_WAITING = N_("{who} is not in the queue")
_TWICE = _("Somebody is to go two ways at once")
