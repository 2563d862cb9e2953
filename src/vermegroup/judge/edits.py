"""Edits by hand: what becomes of a grouping when a few people change groups, many edits at once.

Every rule is local to a group, so an edit is judged by the groups it touches, before and after; the
others stand as they stood. What rules about all groups compare with (how many groups there are, and
how many people have a place) is told to them as it is after the edit, and of those rules all groups
are asked anew. Whoever edits asks here: options, repairs, an editor. No rule is known by name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from vermegroup.domain.arrays import BoolArray, IntArray, plus, sum_of, sums_by_group, times
from vermegroup.domain.grouping import (
    NOBODY,
    WAITLIST,
    Grouping,
    Seating,
    group_key,
    grouping_of,
)
from vermegroup.domain.kind import Kind, Total
from vermegroup.domain.plan import Plan
from vermegroup.domain.problem import Problem
from vermegroup.domain.roster import Roster
from vermegroup.judge.auditor import rules_judged

Ask = Callable[[Roster, Plan, Seating], IntArray]

# Seats that rules are asked about at once, so that memory stays bounded.
_AT_ONCE = 1_000_000
# A new group's name, until it has one: rules that people are promised a name by know no other.
_NEW = "\N{HORIZONTAL ELLIPSIS}"


@dataclass(frozen=True, slots=True)
class Edits:
    """c edits of one grouping: in each, ``people`` (c, m) go to the groups ``targets`` (c, m).

    A target is a group's index, WAITLIST, or the number of groups: a new group. A row that has
    fewer people is filled up with NOBODY.
    """

    people: IntArray
    targets: IntArray

    def __len__(self) -> int:
        return len(self.people)

    def some(self, places: IntArray | BoolArray) -> Edits:
        """Some of the edits."""
        return Edits(self.people[places], self.targets[places])

    def moved(self) -> IntArray:
        """How many people each edit moves, shape (c,)."""
        found: IntArray = (self.people != NOBODY).sum(axis=1)
        return found

    def seats(self, place: int) -> list[tuple[int, int]]:
        """Who goes where in one edit."""
        pairs = zip(self.people[place].tolist(), self.targets[place].tolist(), strict=True)
        return [(person, target) for person, target in pairs if person != NOBODY]


NO_EDIT = Edits(np.full((1, 1), NOBODY), np.full((1, 1), WAITLIST))
"""The grouping as it is."""


def moves(people: IntArray, targets: IntArray) -> Edits:
    """Edits of one person each; both have shape (c,)."""
    return Edits(people[:, None], targets[:, None])


def both(first: Edits, second: Edits) -> Edits:
    """Edits that do what two do; each has as many as the other."""
    people = np.concatenate([first.people, second.people], axis=1)
    return Edits(people, np.concatenate([first.targets, second.targets], axis=1))


def together(parts: Sequence[Edits]) -> Edits:
    """All edits of several lists, one list after the other."""
    width = max(part.people.shape[1] for part in parts)
    room = [((0, 0), (0, width - part.people.shape[1])) for part in parts]
    people, targets = (
        np.concatenate(
            [
                np.pad(getattr(part, name), each, constant_values=NOBODY)
                for part, each in zip(parts, room, strict=True)
            ]
        )
        for name in ("people", "targets")
    )
    return Edits(people, targets)


@dataclass(frozen=True, slots=True)
class Shift:
    """By how much more or less the groups (r,) that edits (r,) touch miss a rule; never by 0.

    A group is its index; the number of groups is a new one.
    """

    edit: IntArray
    group: IntArray
    change: IntArray


@dataclass(frozen=True, slots=True)
class Tried:
    """How the rules stand after each of c edits.

    ``broken`` (c,) counts the groups that break a rule, for each rule, and each rule that the
    grouping as a whole breaks, and ``touched`` (c,) those of the groups that the edit touches;
    ``short`` (rules, c) is by how much each rule is missed in all. ``shifts`` of each rule say in
    which groups, where that was asked.
    """

    broken: IntArray
    touched: IntArray
    short: tuple[IntArray, ...]
    shifts: tuple[tuple[Shift, ...], ...] = ()

    @classmethod
    def nothing(cls, count: int) -> Tried:
        """What is to be said of so many edits without any rules."""
        none = np.zeros(count, dtype=np.int64)
        return cls(none, none, ())

    def some(self, places: IntArray | BoolArray) -> Tried:
        """The same of some of the edits."""
        short = tuple(short[places] for short in self.short)
        return Tried(self.broken[places], self.touched[places], short)


@dataclass(frozen=True, slots=True)
class _Rows:
    """Groups (r,) that edits (r,) touch, as they are afterwards; empty ones are not ``filled``."""

    edit: IntArray
    group: IntArray
    filled: BoolArray
    seating: Seating

    def asked(self, ask: Ask, roster: Roster, plan: Plan) -> IntArray:
        """What a kind says of each, shape (r,); 0 of those that are left empty."""
        amounts = np.zeros(len(self.edit), dtype=np.int64)
        if not self.seating.groups:
            return amounts
        return _put(amounts, self.filled, ask(roster, plan, self.seating))


class Desk:
    """A grouping on which edits are tried; what is asked of all groups is asked once.

    The grouping is of people who form groups under one rulebook: a whole roster, or one part. A
    ``new`` group has this name where one is settled.
    """

    def __init__(self, problem: Problem, grouping: Grouping, new: str = _NEW) -> None:
        self.problem, self.grouping, self.new = problem, grouping, new
        seating = grouping.seating()
        self._people = seating.people
        self._sizes = np.append(seating.sizes(), 0)  # the last is a new group
        self._starts = np.cumsum(self._sizes) - self._sizes
        self._known: dict[tuple[str, int, Plan | None], IntArray] = {}
        self.plan = problem.plan(grouping.groups, placed=len(seating.people))

    @property
    def sizes(self) -> IntArray:
        """Members per group, shape (groups,)."""
        return self._sizes[:-1]

    def after(self, edits: Edits, place: int, new: str = "") -> Grouping:
        """The grouping after one edit; ``new`` is the name of a new group, else the desk's."""
        group_of = self.grouping.group_of.copy()
        for person, target in edits.seats(place):
            group_of[person] = target
        used, renumbered = np.unique(group_of, return_inverse=True)
        names = [*self.grouping.names, new or self.new]
        kept = [names[group] for group in used.tolist() if group != WAITLIST]
        return grouping_of(renumbered.astype(np.int64) - int(used[0] == WAITLIST), kept)

    def swaps(self, person: int, others: IntArray) -> Edits:
        """The person changes places with each of some others."""
        group_of = self.grouping.group_of
        people = np.stack([np.full(len(others), person), others], axis=1)
        there = np.full(len(others), group_of[person])
        return Edits(people, np.stack([group_of[others], there], axis=1))

    def touched(self, edits: Edits) -> IntArray:
        """The groups that each edit touches, each once, WAITLIST in empty places: (c, 2m)."""
        sources = np.append(self.grouping.group_of, WAITLIST)[edits.people]  # NOBODY is the last
        targets = np.where(edits.people == NOBODY, WAITLIST, edits.targets)
        found = np.sort(np.concatenate([sources, targets], axis=1), axis=1)
        found[:, 1:][found[:, 1:] == found[:, :-1]] = WAITLIST
        return found

    def bonds_broken(self, edits: Edits) -> IntArray:
        """How many pairs who share a group each edit parts, shape (c,)."""
        people, targets = edits.people, edits.targets
        sources = np.append(self.grouping.group_of, WAITLIST)[people]  # NOBODY is the last
        leaves = (people != NOBODY) & (sources != WAITLIST) & (sources != targets)
        broken = np.zeros(len(edits), dtype=np.int64)
        for at in range(people.shape[1]):
            mates = leaves & (sources == sources[:, [at]])
            stay = self._sizes[sources[:, at]] - mates.sum(axis=1)
            apart = mates & ((targets != targets[:, [at]]) | (targets == WAITLIST))
            parted = stay + apart[:, at + 1 :].sum(axis=1)
            broken += np.where(leaves[:, at], parted, 0)
        return broken

    def tried(self, edits: Edits, *, by_group: bool = False) -> Tried:
        """How the rules stand after each edit; ``by_group`` also what shifts in which groups."""
        rules = rules_judged(self.problem)
        broken, touched = (np.zeros(len(edits), dtype=np.int64) for _rest in range(2))
        short = [np.zeros(len(edits), dtype=np.int64) for _ in rules]
        shifts: list[list[Shift]] = [[] for _ in rules]
        for plan, places in self._by_plan(edits):
            some = edits.some(places)
            rows = list(self._rows(some))
            for at, rule in enumerate(rules):
                afterwards = [row.asked(rule.shortfall, self.problem.roster, plan) for row in rows]
                lacks, fails, here = self._change(rule, plan, rows, afterwards, len(some))
                whole = self._overall(rule, plan, some)
                short[at] = _put(short[at], places, plus(lacks, whole))
                broken[places] += fails + (whole > 0)
                touched[places] += here
                if by_group:
                    shifts[at] += self._shifts(rule, places, rows, afterwards)
        return Tried(broken, touched, tuple(short), tuple(map(tuple, shifts)))

    def missed(self) -> list[IntArray]:
        """By how much each group misses each rule as it is: (groups,) for each rule."""
        rules = rules_judged(self.problem)
        return [self._of_all("shortfall", rule, self.plan)[:-1] for rule in rules]

    def costs(self, edits: Edits) -> list[IntArray]:
        """The value of each preference after each edit, shape (c,) each; less is better."""
        preferences = self.problem.rulebook.preferences
        costs = [np.zeros(len(edits), dtype=np.int64) for _ in preferences]
        for plan, places in self._by_plan(edits):
            some = edits.some(places)
            rows = list(self._rows(some))
            for at, preference in enumerate(preferences):
                values = self._values(preference, plan, some, rows)
                costs[at] = _put(costs[at], places, times(values, preference.sense.value))
        return costs

    def plans(self, edits: Edits) -> list[Plan]:
        """The plan by which each edit is judged."""
        plans: list[Plan] = [self.plan] * len(edits)
        for plan, places in self._by_plan(edits):
            for place in places.tolist():
                plans[place] = plan
        return plans

    def _by_plan(self, edits: Edits) -> Iterator[tuple[Plan, IntArray]]:
        """The edits by how many groups and how many people with a place there are after them."""
        there = edits.people != NOBODY
        sources = np.append(self.grouping.group_of, WAITLIST)[edits.people]
        gained = (there & (edits.targets != WAITLIST)).sum(axis=1)
        placed = len(self._people) + gained - (sources != WAITLIST).sum(axis=1)
        groups = np.full(len(edits), self.grouping.groups)
        touched = self.touched(edits)
        for column in touched.T:
            here = there & (edits.targets == column[:, None])
            gone = there & (sources == column[:, None])
            size = self._sizes[column] + here.sum(axis=1) - gone.sum(axis=1)
            groups += np.where(column == WAITLIST, 0, (size > 0) * 1 - (self._sizes[column] > 0))
        keys, kind = np.unique(np.stack([groups, placed]), axis=1, return_inverse=True)
        for at, (count, seated) in enumerate(keys.T.tolist()):
            plan = self.problem.plan(count, placed=seated)
            yield plan, np.flatnonzero(kind.reshape(-1) == at)

    def _of_all(self, what: str, kind: Kind, plan: Plan) -> IntArray:
        """Each group's ``shortfall`` or ``measure`` as it is, under a plan; 0 of a new group."""
        key = (what, id(kind), plan if kind.compares else None)
        if key not in self._known:
            seating = self.grouping.seating()
            amounts = np.zeros(0, dtype=np.int64)
            # Where no group is left there is nothing that others could be compared with.
            if seating.groups and (plan.groups or not kind.compares):
                amounts = getattr(kind, what)(self.problem.roster, plan, seating)
            self._known[key] = np.append(amounts, 0)
        return self._known[key]

    def _shifts(
        self, rule: Kind, places: IntArray, rows: Sequence[_Rows], afterwards: Sequence[IntArray]
    ) -> Iterator[Shift]:
        """Where touched groups miss a rule by another amount than before the edit."""
        known = self._of_all("shortfall", rule, self.plan)
        for some, after in zip(rows, afterwards, strict=True):
            change = plus(after, -known[some.group])
            other = np.flatnonzero(change != 0)
            yield Shift(places[some.edit[other]], some.group[other], change[other])

    def _change(
        self,
        rule: Kind,
        plan: Plan,
        rows: Sequence[_Rows],
        afterwards: Sequence[IntArray],
        count: int,
    ) -> tuple[IntArray, IntArray, IntArray]:
        """By how much groups miss a rule after each edit, how many do, and how many touched ones.

        Each has shape (count,); ``afterwards`` is by how much the touched ones do, row by row.
        """
        known = self._of_all("shortfall", rule, plan)
        lacks = np.full(count, sum_of(known), dtype=known.dtype)
        fails, here = np.full(count, int((known > 0).sum())), np.zeros(count, dtype=np.int64)
        for some, after in zip(rows, afterwards, strict=True):
            before = known[some.group]
            lacks = plus(lacks, sums_by_group(plus(after, -before), some.edit, count))
            change = (after > 0) * 1 - (before > 0)
            fails = fails + np.bincount(some.edit, change, count).astype(np.int64)
            here += np.bincount(some.edit, after > 0, count).astype(np.int64)
        return lacks, fails, here

    def _values(
        self, preference: Kind, plan: Plan, edits: Edits, rows: Sequence[_Rows]
    ) -> IntArray:
        """A preference's value after each edit, shape (c,)."""
        roster, known = self.problem.roster, self._of_all("measure", preference, plan)
        if preference.total is Total.WORST:
            worst = self._worst_elsewhere(known, edits)
            for some in rows:
                after = some.asked(preference.measure, roster, plan)
                worst = worst.astype(np.result_type(worst, after), copy=False)
                np.maximum.at(worst, some.edit, after)
            return worst
        total = preference.base(roster) + sum_of(known)
        values = np.full(len(edits), total, dtype=known.dtype)
        for some in rows:
            after = some.asked(preference.measure, roster, plan)
            change = sums_by_group(plus(after, -known[some.group]), some.edit, len(edits))
            values = plus(values, change)
        return values

    def _worst_elsewhere(self, known: IntArray, edits: Edits) -> IntArray:
        """The most of any group that an edit does not touch, at least 0, shape (c,)."""
        touched = self.touched(edits)
        worst = np.zeros(len(edits), dtype=known.dtype)
        highest = np.argsort(-known[:-1], kind="stable")[: touched.shape[1] + 1]
        for group in highest[::-1].tolist():  # what is written last, the highest, stays
            worst[(touched != group).all(axis=1)] = known[group]
        return np.maximum(worst, 0)

    def _rows(self, edits: Edits) -> Iterator[_Rows]:
        """The groups that edits touch, as they are afterwards, so many at a time."""
        touched = self.touched(edits)
        weights = np.cumsum(np.where(touched == WAITLIST, 0, self._sizes[touched] + 1).sum(axis=1))
        cuts = np.flatnonzero(np.diff(weights // _AT_ONCE)) + 1
        for places in np.split(np.arange(len(edits)), cuts):
            at, column = np.nonzero(touched[places] != WAITLIST)
            edit = places[at]
            group = touched[edit, column]
            people, row = self._seats(edits, edit, group)
            filled = np.bincount(row, minlength=len(edit)) > 0
            seat = (np.cumsum(filled) - 1)[row]
            yield _Rows(edit, group, filled, Seating(people, seat, int(filled.sum()), (self.new,)))

    def _seats(self, edits: Edits, edit: IntArray, group: IntArray) -> tuple[IntArray, IntArray]:
        """Who sits in the groups (r,) that edits (r,) touch, and in which of them."""
        sizes = self._sizes[group]
        row = np.repeat(np.arange(len(group)), sizes)
        nth = np.arange(len(row)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        people = self._people[self._starts[group][row] + nth]
        stays = (edits.people[edit[row]] != people[:, None]).all(axis=1)
        comes = (edits.targets[edit] == group[:, None]) & (edits.people[edit] != NOBODY)
        where, which = np.nonzero(comes)
        people = np.concatenate([people[stays], edits.people[edit[where], which]])
        row = np.concatenate([row[stays], where])
        order = np.argsort(row, kind="stable")
        return people[order], row[order]

    def _overall(self, rule: Kind, plan: Plan, edits: Edits) -> IntArray:
        """By how much the grouping as a whole misses a rule after each edit, shape (c,)."""
        if type(rule).overall is Kind.overall:
            return np.zeros(len(edits), dtype=np.int64)
        if rule.seats_everyone:
            return np.full(len(edits), len(self.problem.roster) - (plan.placed or 0))
        if rule.asks_number:
            breach = rule.overall(self.problem.roster, plan, self.grouping.seating())
            return np.full(len(edits), 0 if breach is None else breach.amount)
        if wanted := rule.named_groups(self.problem.roster):
            return self._misplaced(wanted, edits)
        found = (
            rule.overall(self.problem.roster, plan, self.after(edits, place).seating())
            for place in range(len(edits))
        )
        return np.array([0 if breach is None else breach.amount for breach in found])

    def _misplaced(self, wanted: Mapping[int, str], edits: Edits) -> IntArray:
        """How many people are not in the group of the name that they must have, shape (c,)."""
        new = "" if self.new == _NEW else group_key(self.new)
        keys = np.array([*self._keys, new, ""], dtype=object)  # the last is WAITLIST
        named = np.full(len(self.problem.roster) + 1, None, dtype=object)
        named[list(wanted)] = list(map(group_key, wanted.values()))
        people = np.array(list(wanted), dtype=np.int64)
        wrong = int((keys[self.grouping.group_of[people]] != named[people]).sum())
        asked = named[edits.people]
        sources = np.append(self.grouping.group_of, WAITLIST)[edits.people]
        bound = asked != None  # noqa: E711 (an array of objects)
        change = (bound & (keys[edits.targets] != asked)) * 1 - (bound & (keys[sources] != asked))
        found: IntArray = wrong + change.sum(axis=1)
        return found

    @cached_property
    def _keys(self) -> list[str]:
        return list(map(group_key, self.grouping.names))


def _put(amounts: IntArray, places: IntArray | BoolArray, values: IntArray) -> IntArray:
    """Amounts with others in some places, in Python's integers where those are."""
    if values.dtype == object and amounts.dtype != object:
        amounts = amounts.astype(object)
    amounts[places] = values
    return amounts


def best_first(tried: Tried, costs: Sequence[IntArray], *ties: IntArray) -> IntArray:
    """The order of edits: the fewest broken, what is missed by rule, preferences, then ``ties``."""
    keys = [tried.broken, *tried.short, *costs, *ties]
    # Python's own integers are ranked first: NumPy does not sort by several arrays of objects.
    plain = [np.unique(key, return_inverse=True)[1] if key.dtype == object else key for key in keys]
    return np.lexsort(plain[::-1])
