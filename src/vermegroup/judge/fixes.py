"""The cheapest edits that put broken rules right: the fewest people moved, and checked again.

First every move of one person is tried, then changes of two people (swaps, and two moves), then two
such edits in groups apart. An edit touches two groups, so what is broken in more groups than two
such edits can touch is put right group by group, which need not be the cheapest way. Nobody loses
their place, but where nothing else is found and the rulebook lets people wait: then one or two do.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import chain

import numpy as np

from vermegroup.domain.arrays import BoolArray, IntArray
from vermegroup.domain.bonds import Move
from vermegroup.domain.grouping import NOBODY, WAITLIST, Grouping
from vermegroup.domain.outcome import Audit, RuleStanding
from vermegroup.domain.problem import Problem
from vermegroup.judge.auditor import keeps_rules, rules_in
from vermegroup.judge.edits import NO_EDIT, Desk, Edits, Tried, best_first, both, moves, together
from vermegroup.judge.options import MOST_SEATS, moves_of, options_for
from vermegroup.judge.seat_edits import SeveralSeats

MOST = 3
"""How many repairs are told, of the same cost."""
_MOST_GROUPS = 4
# Groups so small that a few moves may give them up.
_SMALL = 2
# How many people change places in a swap, and how many parts its groups have.
_SWAPPED = 2
_MOST_OPTIONS = 100
# Edits of two people are all tried up to here; beyond, those of the most promising moves.
_MOST_PAIRS = 60_000
_MANY = 100_000
_PROMISING = 250
_MOST_APART = 6_000
_MOST_MOVES = 1_000_000


@dataclass(frozen=True, slots=True)
class Fix:
    """Moves after which every rule holds, as the audit says; ``cheapest``: no fewer people do.

    ``part`` is the value of a split roster's part whose rules it puts right.
    """

    moves: tuple[Move, ...]
    cheapest: bool
    part: str | None = None


def fixes_of(problem: Problem, grouping: Grouping, audited: Audit) -> tuple[Fix, ...]:
    """The cheapest fixes of a grouping that breaks rules; none where none is found so.

    Of a split roster those of each part; where somebody sits among those of another part, that
    comes first.
    """
    if audited.valid:
        return ()
    if not audited.parts:
        return tuple(_fixes(Desk(problem, grouping), audited.rules))
    astray = {person for each in audited.rules for b in each.breaches for person in b.people}
    if astray:
        return tuple(_homecomings(problem, grouping, sorted(astray)))
    return tuple(
        Fix(fix.moves, fix.cheapest, part.value)
        for part in audited.parts
        if not part.audit.valid
        for fix in _fixes(Desk(part.problem, part.grouping), part.audit.rules)
    )


def _homecomings(problem: Problem, grouping: Grouping, astray: list[int]) -> Iterator[Fix]:
    """How the only one who sits among those of another part, or two, could come to their own."""
    found = dict[frozenset[tuple[str, str]], tuple[Move, ...]]()
    for person in _strangers(problem, grouping, astray) if len(astray) <= _SWAPPED else ():
        options = options_for(problem, grouping, person, _MOST_OPTIONS)
        for option in options.options if options.kept else ():
            if not option.new_group:
                steps = frozenset((move.person, move.target) for move in option.moves)
                found.setdefault(steps, option.moves)
    placed = [each for each in found.values() if all(move.target for move in each)]
    fewest = min(map(len, found.values()), default=0)
    told = sorted(placed or found.values(), key=len)
    for each in told[:MOST]:
        if len(each) == len(told[0]):
            yield Fix(each, cheapest=len(each) == fewest)


def _strangers(problem: Problem, grouping: Grouping, astray: list[int]) -> list[int]:
    """Those without whom the group that they share with these would be of one part."""
    split = problem.rulebook.split
    assert split is not None
    codes, found = problem.roster.categories[split.by].codes, list(astray)
    for group in np.unique(grouping.group_of[astray]).tolist():
        members = grouping.members(group)
        values, counts = np.unique(codes[members], return_counts=True)
        if len(values) == _SWAPPED:
            found += members[np.isin(codes[members], values[counts == 1])].tolist()
    return list(dict.fromkeys(found))


def _fixes(desk: Desk, standings: tuple[RuleStanding, ...]) -> Iterator[Fix]:
    search = _Search.of(desk, standings)
    seats = search.count() * int(desk.sizes.max(initial=0))
    if not search.concerns_any() or search.count() > _MOST_MOVES or seats > MOST_SEATS:
        return
    several = desk.problem.roster.has_further_seats
    if max(len(search.groups), len(search.people)) > _MOST_GROUPS and not several:
        yield from _one_by_one(desk)
        return
    stages = search.seated() if several else search.stages()
    for cheapest, edits in chain(stages, search.queue()):
        if fixes := list(_confirmed(desk, edits)):
            least = cheapest and (len(fixes[0]) == 1 or not any(_confirmed(desk, search.out())))
            yield from (Fix(each, least) for each in fixes)
            return


def _one_by_one(start: Desk) -> Iterator[Fix]:
    """A fix where rules are broken in many groups: edits of one group after the other.

    Each edit breaks less than there was, so there is an end; where none does, there is no fix.
    """
    desk = start
    while (search := _Search.of(desk, rules_in(desk.problem, desk.grouping))).concerns_any():
        edit = next((found for each in search.each() if (found := each.mended())), None)
        if edit is None:
            return
        desk = Desk(desk.problem, desk.after(edit, 0))
    if keeps_rules(desk.problem, desk.grouping):
        yield Fix(moves_of(start, _edit_between(start, desk.grouping), 0), cheapest=False)


def _edit_between(start: Desk, after: Grouping) -> Edits:
    """The one edit that leads to a grouping with no new groups."""
    place = {name: group for group, name in enumerate(start.grouping.names)}
    there = np.array([*(place[name] for name in after.names), WAITLIST])[after.group_of]
    people = np.flatnonzero(there != start.grouping.group_of)
    return Edits(people[None, :], there[people][None, :])


def _confirmed(desk: Desk, told: Edits) -> Iterator[tuple[Move, ...]]:
    """The best of these edits, of the fewest people, after which the audit finds nothing broken."""
    if not len(told):
        return
    if desk.problem.roster.has_further_seats:
        edits, bonds = SeveralSeats(desk).judged(told)
    else:
        edits, bonds = told, None
    tried = desk.tried(edits)
    whole = np.flatnonzero(tried.broken == 0)
    moved = told.moved()[whole]
    whole = whole[moved == moved.min(initial=told.people.shape[1])]
    edits, tried = edits.some(whole), tried.some(whole)
    parted = desk.bonds_broken(edits) if bonds is None else bonds[whole]
    order = best_first(tried, desk.costs(edits), parted)
    confirmed = (
        place for place in order.tolist() if keeps_rules(desk.problem, desk.after(edits, place))
    )
    for _, place in zip(range(MOST), confirmed, strict=False):
        yield moves_of(desk, told.some(whole), place)


@dataclass(slots=True)
class _Search:
    """Where edits are looked for: ``groups`` that break rules, ``people`` whom the whole wrongs."""

    desk: Desk
    groups: IntArray
    people: IntArray

    @classmethod
    def of(cls, desk: Desk, standings: tuple[RuleStanding, ...]) -> _Search:
        """Where rules are broken; to have fewer groups, small ones may be given up."""
        breaches = [breach for standing in standings for breach in standing.breaches]
        groups = np.unique([each.group for each in breaches if each.group is not None])
        people = [person for each in breaches if each.group is None for person in each.people]
        if any(each.group is None and not each.people for each in breaches):
            small = np.flatnonzero(desk.sizes <= _SMALL)
            people += np.flatnonzero(np.isin(desk.grouping.group_of, small)).tolist()
        return cls(desk, groups.astype(np.int64), np.array(people, dtype=np.int64))

    def concerns_any(self) -> bool:
        """Whether anything is broken that moves could put right."""
        return bool(len(self.groups) or len(self.people))

    def each(self) -> Iterator[_Search]:
        """The same for each group and person alone."""
        nothing = np.empty(0, dtype=np.int64)
        yield from (_Search(self.desk, group, nothing) for group in self.groups[:, None])
        yield from (_Search(self.desk, nothing, person) for person in self.people[:, None])

    def mended(self) -> Edits | None:
        """The best edit of the fewest people after which less is broken; None if there is none."""
        now = _lacking(self.desk.tried(NO_EDIT))[0]
        single = self._single()
        for edits in (single, self._swaps(), self._pairs(single)):
            if not len(edits):
                continue
            tried = self.desk.tried(edits)
            fewer = np.flatnonzero([each < now for each in _lacking(tried)])
            if len(fewer):
                some = edits.some(fewer)
                order = best_first(
                    tried.some(fewer), self.desk.costs(some), self.desk.bonds_broken(some)
                )
                return some.some(order[:1])
        return None

    def stages(self) -> Iterator[tuple[bool, Edits]]:
        """Edits of ever more people, each with whether nothing cheaper is left to try."""
        single = self._single()
        # Rules that ask for the number may be kept elsewhere once there are more or fewer people.
        local = not any(rule.asks_number for rule in self.desk.problem.rulebook.rules)
        kept = self._reaching if local or len(single) > _MANY else lambda edits: edits
        yield True, kept(single)
        single, swaps = _thinned(single), self._swaps()
        yield local, kept(together([swaps, self._pairs(single)]))
        yield False, kept(self._apart(together([single, swaps])))

    def queue(self) -> Iterator[tuple[bool, Edits]]:
        """Edits of one person and of two where somebody comes to wait."""
        out = self.out()
        yield True, out
        if len(out) > _SWAPPED and not self.desk.problem.roster.has_further_seats:
            concerned = out.some(np.isin(out.people[:, 0], self._concerned()))
            others = together([self._single(), out])
            if len(concerned) * len(others) <= _MOST_PAIRS * 32:
                yield False, self._joined(concerned, others)

    def out(self) -> Edits:
        """The ways of one person into the queue, where the rulebook has one and others stay."""
        placed = np.flatnonzero(self.desk.grouping.group_of != WAITLIST)
        if self.desk.problem.rulebook.everyone or len(placed) < _SWAPPED:
            return NO_EDIT.some(NO_EDIT.people[:, 0] != NOBODY)
        if self.desk.problem.roster.has_further_seats:
            return SeveralSeats(self.desk).concerning(self.groups, self._concerned(), out=True)
        return moves(placed, np.full(len(placed), WAITLIST))

    def seated(self) -> Iterator[tuple[bool, Edits]]:
        """Edits of one person and swaps where some may be in several groups, if they are few."""
        edits = partial(SeveralSeats(self.desk).concerning, self.groups, self._concerned())
        if self.count() <= _MANY:
            yield True, edits()
            local = not any(rule.asks_number for rule in self.desk.problem.rulebook.rules)
            yield local, _thinned(edits(swaps=True))

    def count(self) -> int:
        """How many moves of one person there are to try."""
        own = len(self._concerned()) * self.desk.grouping.groups
        return own + len(self.groups) * len(self.desk.problem.roster)

    def _concerned(self) -> IntArray:
        """The members of the groups that break rules, and whom the whole wrongs."""
        members = np.flatnonzero(np.isin(self.desk.grouping.group_of, self.groups))
        return np.union1d(members, self.people)

    def _single(self) -> Edits:
        """Every move from or into a group that breaks a rule, or of whom the whole wrongs."""
        everywhere = np.flatnonzero(self.desk.sizes > 0)
        concerned, everybody = self._concerned(), np.arange(len(self.desk.problem.roster))
        people = np.concatenate(
            [np.repeat(concerned, len(everywhere)), np.tile(everybody, len(self.groups))]
        )
        targets = np.concatenate(
            [np.tile(everywhere, len(concerned)), np.repeat(self.groups, len(everybody))]
        )
        pairs = np.unique(np.stack([people, targets]), axis=1)
        pairs = pairs[:, self.desk.grouping.group_of[pairs[0]] != pairs[1]]
        return moves(pairs[0], pairs[1])

    def _swaps(self) -> Edits:
        """The swaps of those concerned with all others, or many of them."""
        group_of, concerned = self.desk.grouping.group_of, self._concerned()
        placed = np.flatnonzero(group_of != WAITLIST)
        concerned = np.intersect1d(concerned, placed)
        first, second = np.repeat(concerned, len(placed)), np.tile(placed, len(concerned))
        known = np.isin(second, concerned) & (second < first)
        wanted = np.flatnonzero((group_of[first] != group_of[second]) & ~known)
        first, second = first[wanted], second[wanted]
        people = np.stack([first, second], axis=1)
        return _thinned(Edits(people, np.stack([group_of[second], group_of[first]], axis=1)))

    def _pairs(self, single: Edits) -> Edits:
        """Moves of two people, at least one of which has to do with what is broken."""
        group_of = self.desk.grouping.group_of
        everywhere = np.flatnonzero(self.desk.sizes > 0)
        count = len(group_of) * len(everywhere)
        if len(single) * count <= _MOST_PAIRS * 32:
            others = moves(
                np.repeat(np.arange(len(group_of)), len(everywhere)),
                np.tile(everywhere, len(group_of)),
            )
            others = others.some(group_of[others.people[:, 0]] != others.targets[:, 0])
            chosen = self._joined(single, others)
            if len(chosen) <= _MOST_PAIRS:
                return chosen
        tried = self.desk.tried(single)
        best = best_first(tried, ())[:_PROMISING]
        return self._joined(single.some(best), single.some(best))

    def _joined(self, first: Edits, second: Edits) -> Edits:
        """Each of the first moves with each of the second of another person that is near it.

        Near is what shares a group with it, or has to do with what is broken.
        """
        ends = [self._ends(edits) for edits in (first, second)]
        near = _meeting(ends[0], ends[1]) | self._broken(second)[None, :]
        near &= first.people[:, 0][:, None] != second.people[:, 0][None, :]
        one, two = np.nonzero(near)
        return both(first.some(one), second.some(two))

    def _apart(self, edits: Edits) -> Edits:
        """Two edits in groups apart, each one of the best for something that is broken."""
        tried, touched = self.desk.tried(edits), self.desk.touched(edits)
        order = best_first(tried, (), edits.moved())
        marks = [(touched == group).any(axis=1) for group in self.groups.tolist()]
        marks += [(edits.people == person).any(axis=1) for person in self.people.tolist()]
        best = [order[mark[order]][: _PROMISING // len(marks)] for mark in marks]
        chosen = np.unique(np.concatenate(best))
        some, broken = edits.some(chosen), tried.broken[chosen]
        ends = self._ends(some)
        one, two = np.nonzero(np.triu(~_meeting(ends, ends), 1))
        least = np.argsort(broken[one] + broken[two], kind="stable")[:_MOST_APART]
        return both(some.some(one[least]), some.some(two[least]))

    def _ends(self, edits: Edits) -> BoolArray:
        """The groups that each edit touches, as marks: (c, groups)."""
        marks = np.zeros((len(edits), self.desk.grouping.groups + 1), dtype=bool)
        for column in self.desk.touched(edits).T:
            marks[np.arange(len(edits)), column] = True
        marks[:, WAITLIST] = False
        return marks

    def _broken(self, edits: Edits) -> BoolArray:
        """Which edits touch a group that breaks a rule, or move whom the whole wrongs."""
        touched = np.isin(self.desk.touched(edits), self.groups)
        concerned = np.isin(edits.people, self.people)
        return np.asarray(np.concatenate([touched, concerned], axis=1).any(axis=1), dtype=bool)

    def _reaching(self, edits: Edits) -> Edits:
        """Those that touch every group that breaks a rule."""
        touched = self.desk.touched(edits)
        reach = [(touched == group).any(axis=1) for group in self.groups.tolist()]
        return edits.some(np.all([np.ones(len(edits), dtype=bool), *reach], axis=0))


def _lacking(tried: Tried) -> list[tuple[int, int]]:
    """How many rules are broken after each edit, and by how much in all."""
    short = sum(tried.short[1:], tried.short[0]) if tried.short else tried.broken
    return list(zip(tried.broken.tolist(), short.tolist(), strict=True))


def _thinned(edits: Edits) -> Edits:
    """The edits; of very many, some evenly spread."""
    return edits.some(np.arange(0, len(edits), 1 + len(edits) // _MANY))


def _meeting(one: BoolArray, two: BoolArray) -> BoolArray:
    """Which of some edits share a group with which of others."""
    found: BoolArray = (one.astype(np.int32) @ two.T.astype(np.int32)) > 0
    return found
