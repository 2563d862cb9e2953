"""The groups of a report: column by column, for a large roster has hundreds of thousands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import overload

import numpy as np
import numpy.typing as npt

from vermegroup.domain.arrays import BoolArray, IntArray, in_order
from vermegroup.domain.group_facts import GroupFacts
from vermegroup.language.messages import Message

Common = Mapping[str, tuple[str, ...]]
"""The values that all members of a group share, by trait."""
NOT_JUDGED, SAFE, FRAGILE = -1, 0, 1


@dataclass(frozen=True, slots=True)
class Reliance:
    """A rule that a group breaks when any one of the members in these seats is absent.

    ``rule`` is its position among the report's rules. Where it asks for a number of certain people,
    and these are all that the group has, ``only`` says how many of which.
    """

    rule: int
    seats: tuple[int, ...]
    only: Message | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """A group's members are ``Members.ids[start:stop]``; ``rules_broken`` count those it breaks.

    ``part`` is the part of a split roster that it belongs to, here and in the lines of the report.
    ``fragile`` says whether one absence can break it, and ``relies`` whose; None where it breaks a
    rule as it is.
    """

    id: str
    start: int
    stop: int
    rules_broken: int = 0
    part: Message | None = None
    common: Common = field(default_factory=dict)
    fragile: bool | None = None
    relies: tuple[Reliance, ...] = ()
    facts: GroupFacts | None = None

    @property
    def title(self) -> str:
        """Its name with its id, or the id alone."""
        return f"{self.facts.name} ({self.id})" if self.facts and self.facts.name else self.id

    @property
    def size(self) -> int:
        """The number of members."""
        return self.stop - self.start

    @property
    def seats(self) -> slice:
        """Where its members stand among the report's members."""
        return slice(self.start, self.stop)


@dataclass(frozen=True, slots=True)
class Reliances:
    """Whom groups rely on for one rule, which is at this position among the report's.

    ``seats`` rise; those of group ``g`` are ``seats[ends[g]:ends[g + 1]]``. ``all_there`` (groups,)
    says whether these are all that a group has of whom the rule asks, and ``words`` how many that
    are, by their number.
    """

    rule: int
    seats: IntArray
    ends: IntArray
    all_there: BoolArray
    words: Mapping[int, Message]

    def of(self, group: int) -> Reliance | None:
        """What a group relies on, if it does."""
        seats = self.seats[self.ends[group] : self.ends[group + 1]].tolist()
        if not seats:
            return None
        only = self.words[len(seats)] if self.all_there[group] else None
        return Reliance(self.rule, tuple(seats), only)


def slices(ends: IntArray) -> Iterator[slice]:
    """What lies between each of these places and the next."""
    return map(slice, ends[:-1].tolist(), ends[1:].tolist())


@dataclass(frozen=True, slots=True)
class Groups(Sequence[Group]):
    """The groups in the order of their members.

    The members of group ``g`` are those from ``ends[g]`` to ``ends[g + 1]`` (exclusive). ``broken``
    counts the rules that groups break, ``parts`` (groups,) are the parts of a split roster, and
    empty for any other. ``state`` (groups,) is FRAGILE, SAFE or NOT_JUDGED.
    """

    ids: Sequence[str] = ()
    ends: IntArray = field(default_factory=lambda: np.zeros(1, dtype=np.int64))
    broken: Mapping[int, int] = field(default_factory=dict)
    parts: Sequence[Message | None] = ()
    common: Mapping[int, Common] = field(default_factory=dict)
    state: npt.NDArray[np.int8] = field(default_factory=lambda: np.zeros(0, dtype=np.int8))
    reliances: tuple[Reliances, ...] = ()
    facts: Mapping[int, GroupFacts] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.ids)

    @overload
    def __getitem__(self, place: int) -> Group: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Group, ...]: ...
    def __getitem__(self, place: int | slice) -> Group | tuple[Group, ...]:
        found = range(len(self))[place]
        return self._group(found) if isinstance(found, int) else tuple(map(self._group, found))

    def part_of(self, place: int) -> Message | None:
        """The part that a group belongs to."""
        return self.parts[place] if self.parts else None

    def first_fragile(self, most: int) -> Mapping[Message | None, list[Group]]:
        """The first fragile groups of each part, at most so many."""
        found: dict[Message | None, list[Group]] = defaultdict(list)
        for place in np.flatnonzero(self.state == FRAGILE).tolist():
            first = found[self.part_of(place)]
            if len(first) < most:
                first.append(self._group(place))
        return found

    def slices(self) -> Iterator[slice]:
        """Where the members of each group stand among the report's."""
        return slices(self.ends)

    def needs(self) -> tuple[IntArray, IntArray]:
        """The rising seats of all on whom some rule relies, and their ends by group."""
        seats = in_order(np.concatenate([each.seats for each in self.reliances] or [self.ends[:0]]))
        seats = seats[np.diff(seats, prepend=-1) > 0]
        return seats, np.searchsorted(seats, self.ends)

    def _group(self, place: int) -> Group:
        state = int(self.state[place])
        relies = (each.of(place) for each in self.reliances)
        return Group(
            self.ids[place],
            int(self.ends[place]),
            int(self.ends[place + 1]),
            self.broken.get(place, 0),
            self.part_of(place),
            self.common.get(place, {}),
            None if state == NOT_JUDGED else state == FRAGILE,
            tuple(reliance for reliance in relies if reliance is not None),
            self.facts.get(place),
        )
