"""A typed plan with real people: fragments and their members chosen so that every rule holds."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from vermegroup.domain.arrays import IntArray
from vermegroup.domain.grouping import NOBODY
from vermegroup.solver.column_generation.columns import padded, seating_of_rows
from vermegroup.solver.column_generation.fragment_types import FragmentTypes, Multiset
from vermegroup.solver.column_generation.task import Ask
from vermegroup.solver.column_generation.typed_model import TypedPlan
from vermegroup.solver.params import PARAMS
from vermegroup.solver.search import Search

_Pattern = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Realised:
    """Groups (c, width) that keep every rule, and the people for whom none was found yet."""

    groups: IntArray
    open: IntArray


@dataclass(frozen=True, slots=True)
class _Piece:
    """Members for one part of a pattern; of a fragment not taken apart yet, with the others."""

    members: IntArray
    fragment: int | None = None
    way: tuple[Multiset, ...] = ()
    others: tuple[tuple[int, IntArray], ...] = ()


@dataclass(slots=True)
class _Stock:
    """Fragments not yet used, by type, and pieces of those taken apart, by part."""

    fragments: list[list[int]]
    ways: list[Counter[tuple[Multiset, ...]]]
    pieces: dict[int, list[IntArray]] = field(default_factory=dict)


class Realising:
    """Fills the patterns of a plan, the rarest parts first."""

    def __init__(self, ask: Ask, types: FragmentTypes, search: Search) -> None:
        self._ask, self._types, self._search = ask, types, search
        self._largest = ask.sizes[-1]
        self._members = ask.fragments.members()
        self._turns = ask.fragments.turns
        self._chance = search.chance
        self._place_of = {part: place for place, part in enumerate(types.parts)}

    def realise(self, typed: TypedPlan) -> Realised:
        """Real groups for every pattern, as far as they are found."""
        stock = _Stock(
            [self._shuffled(fragments) for fragments in self._types.fragments],
            [Counter(split) for split in typed.split],
        )
        demand = Counter(part for pattern in typed.groups for part in pattern)
        supply = self._supply()
        alone: list[_Pattern] = []
        joined: list[_Pattern] = []
        for pattern in typed.groups:
            (alone if self._is_whole_fragment(pattern) else joined).append(pattern)
        joined.sort(key=lambda pattern: min(supply[part] - demand[part] for part in pattern))
        done, failed = self._all_filled(stock, joined)
        for part, many in typed.waiting.items():
            for _ in range(many):
                self._taken(stock, part)
        left = [self._taken(stock, part) for pattern in failed for part in pattern]
        whole = [self._taken(stock, part) for pattern in alone for part in pattern]
        groups = [np.concatenate(members) for _, members in done]
        return self._realised(groups, whole, left)

    def _all_filled(
        self, stock: _Stock, patterns: list[_Pattern]
    ) -> tuple[list[tuple[_Pattern, list[IntArray]]], list[_Pattern]]:
        """Patterns with their members, and those that could not be filled.

        Where one cannot, a few that use the same parts give theirs back and are filled after it.
        """
        waiting = deque(patterns)
        done: list[tuple[_Pattern, list[IntArray]]] = []
        failed: list[_Pattern] = []
        patience = PARAMS.columns.ejections
        while waiting and not self._search.expired():
            pattern = waiting.popleft()
            members = self._filled(stock, pattern)
            if members is not None:
                done.append((pattern, members))
                continue
            rivals = [at for at, (other, _) in enumerate(done) if set(other) & set(pattern)]
            if not patience or not rivals:
                failed.append(pattern)
                continue
            patience -= 1
            count = min(PARAMS.columns.ejected, len(rivals))
            for at in sorted(self._chance.choice(rivals, size=count, replace=False), reverse=True):
                ejected, given = done.pop(int(at))
                for part, piece in zip(ejected, given, strict=True):
                    stock.pieces.setdefault(part, []).append(piece)
                waiting.append(ejected)
            waiting.appendleft(pattern)
        return done, [*failed, *waiting]

    def _realised(
        self, groups: list[IntArray], whole: list[IntArray], left: list[IntArray]
    ) -> Realised:
        rows = padded(whole, self._largest)
        valid = self._ask.holds(rows)
        left += [members for members, kept in zip(whole, valid.tolist(), strict=True) if not kept]
        return Realised(
            np.concatenate([padded(groups, self._largest), rows[valid]]),
            np.concatenate([np.empty(0, dtype=np.int64), *left]),
        )

    def _shuffled(self, fragments: IntArray) -> list[int]:
        """In random order, those last whose turn it is: they are taken from the end."""
        order = self._chance.permutation(fragments)
        rank = np.argsort(-self._turns[order], kind="stable")
        return [int(fragment) for fragment in order[rank]]

    def _supply(self) -> Counter[int]:
        return Counter(
            {
                place: len(self._types.fragments[type_at])
                for place, (type_at, _) in enumerate(self._types.parts)
            }
        )

    def _is_whole_fragment(self, pattern: _Pattern) -> bool:
        type_at, part = self._types.parts[pattern[0]]
        return len(pattern) == 1 and part == self._types.types[type_at].multiset

    def _filled(self, stock: _Stock, pattern: _Pattern) -> list[IntArray] | None:
        """Members for a pattern who keep every rule; the best of a few, or None."""
        drawn = (self._drawn(stock, pattern) for _ in range(PARAMS.columns.filled))
        tries = [pieces for pieces in drawn if pieces is not None]
        if not tries:
            return None
        rows = padded(
            [np.concatenate([piece.members for piece in pieces]) for pieces in tries], self._largest
        )
        valid = np.flatnonzero(self._ask.holds(rows))
        if not len(valid):
            return None
        best = int(valid[self._rank(rows[valid])[0]])
        for part, piece in zip(pattern, tries[best], strict=True):
            self._use(stock, part, piece)
        return [piece.members for piece in tries[best]]

    def _rank(self, rows: IntArray) -> IntArray:
        """The groups in the order in which the preferences want them."""
        seating = seating_of_rows(self._ask.people(rows))
        roster, book = self._ask.problem.roster, self._ask.problem.rulebook
        worth = [
            preference.measure(roster, self._ask.plan, seating) * preference.sense.value
            for preference in book.preferences
            if not preference.asks_number
        ]
        return np.lexsort([np.zeros(len(rows)), *reversed(worth)])

    def _drawn(self, stock: _Stock, pattern: _Pattern) -> list[_Piece] | None:
        """One piece for each part at random, no two of one fragment."""
        found: list[_Piece] = []
        for part in pattern:
            piece = self._piece(stock, part, found)
            if piece is None:
                return None
            found.append(piece)
        return found

    def _piece(self, stock: _Stock, part: int, taken: list[_Piece]) -> _Piece | None:
        used = {id(piece.members) for piece in taken}
        ready = [members for members in stock.pieces.get(part, ()) if id(members) not in used]
        type_at, multiset = self._types.parts[part]
        fragments = {piece.fragment for piece in taken}
        free = [
            fragment
            for fragment in stock.fragments[type_at][-PARAMS.columns.filled :]
            if fragment not in fragments
        ]
        ways = [way for way, many in stock.ways[type_at].items() if many > 0 and multiset in way]
        if ready and not (free and ways and self._chance.random() < PARAMS.columns.fresh):
            return _Piece(ready[int(self._chance.integers(len(ready)))])
        if not free or not ways:
            return None
        fragment = free[int(self._chance.integers(len(free)))]
        return self._apart(type_at, fragment, ways[int(self._chance.integers(len(ways)))], part)

    def _apart(self, type_at: int, fragment: int, way: tuple[Multiset, ...], part: int) -> _Piece:
        """A fragment taken apart in a way, its people of one type in random order."""
        members = self._chance.permutation(self._members[fragment])
        by_type: dict[int, list[int]] = {}
        for person in members.tolist():
            by_type.setdefault(int(self._types.person_type_of[person]), []).append(person)
        pieces = [
            (
                self._place_of[type_at, multiset],
                np.array([by_type[person_type].pop() for person_type in multiset]),
            )
            for multiset in way
        ]
        at = next(place for place, (position, _) in enumerate(pieces) if position == part)
        others = tuple(piece for place, piece in enumerate(pieces) if place != at)
        return _Piece(pieces[at][1], fragment, way, others)

    def _use(self, stock: _Stock, part: int, piece: _Piece) -> None:
        type_at = self._types.parts[part][0]
        if piece.fragment is None:
            ready = stock.pieces[part]
            del ready[next(at for at, each in enumerate(ready) if each is piece.members)]
            return
        stock.fragments[type_at].remove(piece.fragment)
        stock.ways[type_at][piece.way] -= 1
        for place, members in piece.others:
            stock.pieces.setdefault(place, []).append(members)

    def _taken(self, stock: _Stock, part: int) -> IntArray:
        """Any piece of a part, whatever the rules."""
        piece = self._piece(stock, part, [])
        assert piece is not None  # the plan has as many pieces as it uses
        self._use(stock, part, piece)
        return piece.members


def rows_of(groups: IntArray) -> Iterator[IntArray]:
    """The members of each group."""
    return (row[row != NOBODY] for row in groups)
