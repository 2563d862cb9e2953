"""The pairs of people that ``together`` and ``apart`` speak of, and the knots they form.

All pairs within each list of ids, all pairs of people with the same value of a trait, or those
whom the cells of a column name. In any case people form *crowds*: the lists, the values, the pairs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import ClassVar, Self

import numpy as np

from vermegroup.domain.arrays import BoolArray, IntArray, sums_by_group
from vermegroup.domain.declare import Entry
from vermegroup.domain.grouping import Seating
from vermegroup.domain.kind import Kind, Renaming, Role
from vermegroup.domain.model import Model
from vermegroup.domain.roster import Roster
from vermegroup.language.messages import Message, Template, Who, _, joined, ngettext


def knots(lists: Sequence[Sequence[str]]) -> list[tuple[str, ...]]:
    """The people of lists that hang together, directly or through others, in their first order."""
    tied: dict[str, list[str]] = {}
    for ids in lists:
        # The largest keeps its place, the smaller ones join it: n log n in all.
        first, *others = sorted(
            {id(knot): knot for knot in (tied.get(id_, [id_]) for id_ in ids)}.values(),
            key=len,
            reverse=True,
        )
        for other in others:
            first.extend(other)
        for id_ in first:
            tied[id_] = first
    found = {id(knot): knot for knot in tied.values()}
    return [tuple(knot) for knot in found.values()]


FROM = "from"
# So many lists are named in a sentence, the others are counted.
NAMED = 4


@dataclass(frozen=True, slots=True)
class Crowded:
    """Which crowds are in which groups: ``count[i]`` of crowd ``crowd[i]`` in ``group[i]``."""

    group: IntArray
    crowd: IntArray
    count: IntArray

    def added_up(self, amounts: IntArray, groups: int) -> IntArray:
        """The sum of an amount, one for each entry, in each group; shape (groups,)."""
        return sums_by_group(amounts, self.group, groups)


@dataclass(frozen=True, slots=True)
class Pairs:
    """``lists`` of ids, a ``trait``, or whom a column ``names``; no pair stands in two lists.

    An id means every seat of whoever has several, or with ``first_seats`` the first one.
    """

    lists: tuple[tuple[str, ...], ...] = ()
    trait: str | None = None
    names: str | None = None
    first_seats: bool = False

    def plain(self) -> object:
        """As it stands in a rulebook."""
        if self.names is not None:
            return {FROM: self.names}
        return [list(map(str, ids)) for ids in self.lists] if self.trait is None else self.trait

    def categories(self) -> tuple[str, ...]:
        """The trait, if it is needed."""
        return () if self.trait is None else (self.trait,)

    def ids(self) -> tuple[str, ...]:
        """The participants it names, each once."""
        return tuple(dict.fromkeys(id_ for ids in self.lists for id_ in ids))

    def without(self, gone: frozenset[str]) -> Pairs | None:
        """The pairs of those who are there; None where no list has two of them."""
        if self.trait is not None or self.names is not None:
            return self
        left = (tuple(id_ for id_ in ids if id_ not in gone) for ids in self.lists)
        lists = tuple(ids for ids in left if len(ids) > 1)
        return replace(self, lists=lists) if lists else None

    def renamed(self, names: Renaming) -> Pairs:
        """The same pairs by other ids, or by what their trait or column is called then."""
        lists = tuple(tuple(map(names.person, ids)) for ids in self.lists)
        trait, named = (each and names.trait(each) for each in (self.trait, self.names))
        return replace(self, lists=lists, trait=trait, names=named)

    def sizes(self, roster: Roster) -> IntArray:
        """How many participants are in each crowd, shape (crowds,)."""
        if self.trait is not None:
            return roster.value_counts(self.trait)
        if self.names is not None:
            return np.full(len(self._named(roster)), 2, dtype=np.int64)
        return np.array([len(self.members(roster, i)) for i in range(len(self.lists))], np.int64)

    def members(self, roster: Roster, crowd: int) -> IntArray:
        """The participants of a crowd; ids of people in another part of the roster are left out."""
        if self.trait is not None:
            return np.flatnonzero(roster.categories[self.trait].codes == crowd)
        if self.names is not None:
            both: IntArray = self._named(roster)[crowd]
            return both
        return self._seats(roster, self.lists[crowd])[0]

    def _seats(self, roster: Roster, ids: Sequence[str]) -> tuple[IntArray, IntArray]:
        """The seats of ids, and for each which of them has it."""
        if not self.first_seats:
            return roster.seats_of(ids)
        positions = roster.positions(ids)
        known = np.flatnonzero(positions >= 0)
        return positions[known], known

    def count(self, roster: Roster) -> int:
        """How many pairs there are."""
        return int(pairs_of(self.sizes(roster)).sum())

    def crowded(self, roster: Roster, seating: Seating) -> Crowded:
        """Which crowds are in which groups, and with how many members."""
        seats, crowds = self._crowds_of(roster, seating.people)
        width = self._width(roster)
        keys, counts = np.unique(seating.group[seats] * width + crowds, return_counts=True)
        return Crowded(keys // width, keys % width, counts.astype(np.int64))

    def in_model(self, roster: Roster, people: IntArray) -> list[tuple[int, BoolArray]]:
        """Each crowd that has someone among ``people`` (m,), and who of them it is (m,)."""
        seats, crowds = self._crowds_of(roster, people)
        order = np.argsort(crowds, kind="stable")
        found, starts = np.unique(crowds[order], return_index=True)
        masks = []
        for crowd, who in zip(found.tolist(), np.split(seats[order], starts[1:]), strict=False):
            mask = np.zeros(len(people), dtype=bool)
            mask[who] = True
            masks.append((crowd, mask))
        return masks

    def mates(self, roster: Roster, members: IntArray) -> IntArray:
        """Those outside a group with these members who are in a crowd with one of them."""
        alone = Seating(members, np.zeros(len(members), dtype=np.int64), 1)
        crowds = self.crowded(roster, alone).crowd
        nobody = [np.empty(0, dtype=np.int64)]
        wanted = [self.members(roster, crowd) for crowd in crowds.tolist()]
        return np.setdiff1d(np.concatenate(nobody + wanted), members)

    def _width(self, roster: Roster) -> int:
        if self.trait is not None:
            return max(1, len(roster.categories[self.trait].values))
        if self.names is not None:
            return max(1, len(self._named(roster)))
        return max(1, len(self.lists))

    def _crowds_of(self, roster: Roster, people: IntArray) -> tuple[IntArray, IntArray]:
        """Where in ``people`` someone of a crowd stands, and the crowd; some are in several."""
        if self.trait is not None:
            return np.arange(len(people)), roster.categories[self.trait].codes[people]
        named, crowd = roster.known(("crowds", self), lambda: self._in_order(roster))
        low, high = np.searchsorted(named, people), np.searchsorted(named, people, side="right")
        times = high - low
        seats = np.repeat(np.arange(len(people)), times)
        nth = np.arange(len(seats)) - np.repeat(np.cumsum(times) - times, times)
        return seats, crowd[np.repeat(low, times) + nth]

    def _in_order(self, roster: Roster) -> tuple[IntArray, IntArray]:
        """The people of all crowds in rising order, and the crowd of each."""
        if self.names is not None:
            people = self._named(roster)
            named, crowd = people.ravel(), np.repeat(np.arange(len(people)), 2)
        else:
            found = [self._seats(roster, ids)[0] for ids in self.lists]
            named = np.concatenate(found)
            crowd = np.repeat(np.arange(len(self.lists)), list(map(len, found)))
        order = np.argsort(named, kind="stable")
        return named[order], crowd[order]

    def _named(self, roster: Roster) -> IntArray:
        """Two people of whom one names the other, each pair once, shape (crowds, 2)."""
        links = roster.links[self.names or ""].pairs
        pairs: IntArray = roster.known(
            ("named", self.names), lambda: np.unique(np.sort(links, axis=1), axis=0)
        )
        return pairs


def pairs_of(counts: IntArray) -> IntArray:
    """How many pairs so many people make."""
    return counts * (counts - 1) // 2


def all_or_none(pairs: Pairs, whole: IntArray, roster: Roster, model: Model, group: int) -> None:
    """Demand that a group has a whole crowd or nobody of it; ``whole`` (crowds,) is its size.

    Each sits where the first one sits; nobody can, where some are not in the model.
    """
    for crowd, who in pairs.in_model(roster, model.people):
        if who.sum() < whole[crowd]:
            model.limit(model.count(who, group), at_most=0)
            continue
        first, *others = np.flatnonzero(who).tolist()
        for other in others:
            apart = model.seated(first, group) - model.seated(other, group)
            model.limit(apart, at_least=0, at_most=0)


@dataclass(frozen=True, slots=True)
class OfPairs(Kind):
    """A kind that looks at some pairs of people."""

    anonymous: ClassVar[bool] = False

    pairs: Pairs

    @classmethod
    def read(cls, entry: Entry, role: Role) -> Self:
        del role
        return cls(read_pairs(entry))

    def written(self) -> object:
        return {self.kind: self.pairs.plain()}

    def categories(self) -> tuple[str, ...]:
        return self.pairs.categories()

    def links(self) -> tuple[str, ...]:
        return () if self.pairs.names is None else (self.pairs.names,)

    def ids(self) -> tuple[str, ...]:
        return self.pairs.ids()

    def without(self, gone: frozenset[str]) -> Kind | None:
        pairs = self.pairs.without(gone)
        return None if pairs is None else replace(self, pairs=pairs)

    def renamed(self, names: Renaming) -> Kind:
        return replace(self, pairs=self.pairs.renamed(names))


def read_pairs(entry: Entry, *, column: bool = False) -> Pairs:
    """A trait, a list of ids, or a list of such lists; or a ``column`` that names people."""
    main = entry.main()
    if isinstance(main, str) and main:
        return Pairs(trait=main)
    if column and isinstance(main, dict) and isinstance(main.get(FROM), str) and len(main) == 1:
        return Pairs(names=main[FROM])
    lists = _lists(main)
    if lists is None:
        entry.refuse(_NO_PAIRS, _EXAMPLE)
        return Pairs()
    for ids in lists:
        if len(set(ids)) < len(ids):
            entry.refuse(stands_twice(next(id_ for id_ in ids if ids.count(id_) > 1)))
            return Pairs()
    if (pair := _repeated(lists)) is not None:
        entry.refuse(_pair_twice(pair))
        return Pairs()
    return Pairs(lists)


def _lists(main: object) -> tuple[tuple[str, ...], ...] | None:
    """Lists of two ids or more; None where something else stands there."""
    if not isinstance(main, list) or not main:
        return None
    lists = main if isinstance(main[0], list) else [main]
    if not all(isinstance(ids, list) and len(ids) > 1 for ids in lists):
        return None
    if not all(isinstance(id_, (str, int)) and str(id_) for ids in lists for id_ in ids):
        return None
    return tuple(tuple(map(Who, ids)) for ids in lists)


def _repeated(lists: Sequence[Sequence[str]]) -> tuple[str, str] | None:
    seen: set[tuple[str, str]] = set()
    for ids in lists:
        pairs = list(combinations(sorted(ids), 2))
        if again := next((pair for pair in pairs if pair in seen), None):
            return again
        seen.update(pairs)
    return None


def lists_named(lists: Sequence[Sequence[str]]) -> Message:
    """The lists in words: "A and B; C, D and E"."""
    first = [Template("{ids}").filled(ids=list(ids)) for ids in lists[:NAMED]]
    more = len(lists) - NAMED
    return joined(first if more <= 0 else [*first, ngettext("{n} more", "{n} more", more)])


def stands_twice(id_: str) -> Message:
    """Somebody is named twice where once is enough."""
    return _("{own} stands twice in one list", own=id_)


def _pair_twice(pair: tuple[str, str]) -> Message:
    return _("The pair {pair} stands in two lists", pair=list(pair))


_NO_PAIRS = _("The entry needs lists of two ids or more, or a trait")
_EXAMPLE = _("For example: [[A, B], [C, D, E]] or municipality")
