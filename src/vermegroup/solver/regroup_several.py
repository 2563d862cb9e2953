"""Regroup people who may be in several groups: break as few bonds as can be, with proof.

As in :mod:`vermegroup.solver.column_generation.regroup`: bonds broken, groups touched, new bonds,
and then the rulebook's preferences. Everyone has a place. Two people who share several groups have
one bond, so what counts cannot be told group by group: one model of everybody is asked, number of
groups by number of groups, and one goal after the other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import combinations

import numpy as np

from vermegroup.domain.arrays import IntArray
from vermegroup.domain.grouping import WAITLIST, Seating
from vermegroup.domain.model import Expression
from vermegroup.domain.plan import Plan
from vermegroup.domain.problem import Problem
from vermegroup.solver.assignment.lexicographic import found_groups, whole_model
from vermegroup.solver.assignment.neighbourhood import Neighbourhood
from vermegroup.solver.column_generation.task import Regrouped
from vermegroup.solver.cpsat import Status, refuted, solve
from vermegroup.solver.different_times import at_different_times, times_to_differ
from vermegroup.solver.goals import Goal, goal_at
from vermegroup.solver.group_counts import Counting
from vermegroup.solver.search import Search
from vermegroup.solver.solution import seating_of

Pair = tuple[int, int]
_BONDS = 3
# New bonds are told pair by pair and group by group; of more such terms no model is made.
_MOST_TERMS = 150_000
_NOBODY = Seating(np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64), 0)


def regroup_several(problem: Problem, before: IntArray, search: Search) -> Regrouped:
    """New groups for people who were in groups ``before`` (n,), by seats.

    Groups of one person need different times across groups, which no model is told: what is best
    without that is best with it, if it keeps it; what is found otherwise is not proven.
    """
    times = times_to_differ(problem)
    first = _Regrouping(at_different_times(problem, ()), before, search).answer()
    if not times or not first.groups or _all_differ(problem, first.group_of):
        return first
    second = _Regrouping(at_different_times(problem, times), before, search).answer()
    if second.groups:
        return second.doubted(first.broken_bound)
    return replace(second, never=False, proven=False, waiting_bound=0)


def bonds_of_several(
    problem: Problem, before: IntArray, group_of: IntArray, search: Search
) -> tuple[int, int, int]:
    """How many bonds some groups break, how many groups they touch, and how many bonds are new."""
    levels = _Regrouping(problem, before, search).bonds(large=True)
    broken, touched, new = (level.value(group_of) for level in levels)
    return broken, touched, new


def _all_differ(problem: Problem, group_of: IntArray) -> bool:
    seating = seating_of(group_of, int(group_of.max(initial=-1)) + 1)
    plan = problem.plan(seating.groups, placed=len(seating.people))
    rules = problem.rulebook.rules
    seats = (rule for rule in rules if rule.in_section)
    return all(rule.overall(problem.roster, plan, seating) is None for rule in seats)


@dataclass(frozen=True, slots=True)
class _Level:
    """Something that counts, less being better: what a model is told, and what a grouping has.

    ``least`` is the least that anything could have. One that is ``too_large`` is not optimised.
    """

    express: Callable[[Neighbourhood], Expression]
    value: Callable[[IntArray], int]
    least: int
    too_large: bool = False


@dataclass(frozen=True, slots=True)
class _Found:
    """The best of a number of groups: so many of its first values are ``shown`` to be the best.

    ``group_of`` is None where there is no grouping, or where none was found and nothing is shown.
    """

    groups: int
    group_of: IntArray | None
    values: tuple[int, ...] = ()
    shown: int = 0


class _Regrouping:
    """A task: ``before`` (n,) leads from seats to old groups."""

    def __init__(self, problem: Problem, before: IntArray, search: Search) -> None:
        self._problem, self._before, self._search = problem, before, search
        self._person = problem.roster.person_of()
        self._old = self._groups_in(before)
        self._known = _pairs_in(self._old)
        people = np.unique(self._person).tolist()
        self._unknown = set(people).difference(*self._old)
        self._may_be_new = [
            pair
            for pair in combinations(people, 2)
            if pair not in self._known and not self._unknown.issuperset(pair)
        ]

    def answer(self) -> Regrouped:
        """The best over all numbers of groups."""
        counting = Counting(self._problem)
        numbers = sorted(counting.left(self._search.expired), key=self._distance)
        complete, best, all_found = counting.complete, None, list[_Found]()
        for groups in numbers:
            found = self._best_of(groups, best)
            if found is not None:
                all_found.append(found)
                complete = complete and bool(found.shown or found.group_of is not None)
                if found.group_of is not None and (best is None or found.values < best.values):
                    best = found
        if best is None or best.group_of is None:
            return self._none(never=not all_found and complete)
        return self._told(best, min([_shown(best, each) for each in all_found]), complete=complete)

    def _distance(self, groups: int) -> int:
        return abs(groups - len(self._old))

    def _none(self, *, never: bool) -> Regrouped:
        people = len(self._person)
        waiting = int(never) * people
        nowhere = np.full(people, WAITLIST, dtype=np.int64)
        return Regrouped(
            nowhere, 0, 0, people, 0, 0, 0, never=never, proven=never, waiting_bound=waiting
        )

    def _told(self, best: _Found, shown: int, *, complete: bool) -> Regrouped:
        assert best.group_of is not None
        shown = shown if complete else 0
        broken, touched, new = best.values[:_BONDS]
        seating = seating_of(best.group_of, best.groups)
        plan, roster = self._problem.plan(best.groups), self._problem.roster
        return Regrouped(
            self._aligned(best.group_of),
            best.groups,
            0,
            0,
            broken,
            touched,
            new,
            proven=shown >= _BONDS,
            broken_bound=broken if shown else 0,
            costs=tuple(
                own.value_of(roster, plan, seating) * own.sense.value
                for own in self._problem.rulebook.preferences
            ),
            settled=max(0, shown - _BONDS),
        )

    # one number of groups -----------------------------------------------------------------
    def _best_of(self, groups: int, best: _Found | None) -> _Found | None:
        """The best of a number, as far as it is not shown to be worse.

        None where there is none, or none in which bonds fare as well as in the ``best`` so far.
        """
        plan = self._problem.plan(groups)
        levels = self._levels(plan)
        model = self._no_worse(plan, levels, best)
        model.hint(self._as_before())
        answer = solve(model.cp, self._search, effort=self._search.thorough)
        if answer.status is Status.INFEASIBLE and not self._search.expired():
            again = self._no_worse(plan, levels, best)
            if refuted(again.cp, self._search, effort=self._search.thorough):
                return None
        group_of = found_groups(self._problem, plan, model, answer)
        if group_of is None:
            return _Found(groups, None)
        held, count = list[tuple[_Level, int]](), 0
        for at, level in enumerate(levels):
            group_of, proven = self._settled(plan, group_of, held, level)
            held.append((level, level.value(group_of)))
            count += proven and count == at
            values = tuple(value for _level, value in held)
            if best is not None and count > at and values > best.values[: at + 1]:
                break
        return _Found(groups, group_of, values, count)

    def _no_worse(self, plan: Plan, levels: Sequence[_Level], best: _Found | None) -> Neighbourhood:
        """A model of all groupings in which bonds fare as well as in the best one, if any.

        What comes first weighs more than all that follows can come to.
        """
        model = whole_model(self._problem, plan, ())
        if best is None or any(level.too_large for level in levels[:_BONDS]):
            return model
        most = (len(self._known), len(self._old), len(self._may_be_new))
        weight, limit, total = 1, 0, model.new_amount(0)
        for level, value, highest in reversed([*zip(levels, best.values, most, strict=False)]):
            total, limit = total + level.express(model) * weight, limit + value * weight
            weight *= highest + 1
        model.limit(total, at_most=limit)
        return model

    def _as_before(self) -> IntArray:
        """The old groups, the largest first, as models have them."""
        sizes = np.bincount(self._before[self._before >= 0], minlength=1)
        place = np.empty(len(sizes) + 1, dtype=np.int64)
        place[np.argsort(-sizes, kind="stable")] = np.arange(len(sizes))
        place[WAITLIST] = WAITLIST
        return place[self._before]

    def _settled(
        self, plan: Plan, best: IntArray, held: Sequence[tuple[_Level, int]], level: _Level
    ) -> tuple[IntArray, bool]:
        """A grouping that is better in one level, and whether none is."""
        if level.value(best) == level.least:
            return best, True
        if level.too_large or self._search.expired():
            return best, False
        model = self._model(plan, held)
        model.minimise(level.express(model))
        model.hint(best)
        answer = solve(model.cp, self._search, effort=self._search.thorough)
        found = found_groups(self._problem, plan, model, answer)
        if found is not None and all(own.value(found) <= value for own, value in held):
            best = found if level.value(found) < level.value(best) else best
        if answer.status is not Status.OPTIMAL or self._search.expired():
            return best, False
        again = self._model(plan, held)
        again.limit(level.express(again), at_most=level.value(best) - 1)
        return best, refuted(again.cp, self._search, effort=self._search.thorough)

    def _model(self, plan: Plan, held: Sequence[tuple[_Level, int]]) -> Neighbourhood:
        model = whole_model(self._problem, plan, ())
        for level, value in held:
            if not level.too_large:
                model.limit(level.express(model), at_most=value)
        return model

    # what counts --------------------------------------------------------------------------
    def _levels(self, plan: Plan) -> list[_Level]:
        large = len(self._may_be_new) * plan.groups > _MOST_TERMS
        return [*self.bonds(large=large), *self._preferences(plan)]

    def bonds(self, *, large: bool) -> list[_Level]:
        """What comes before the preferences; ``large``: there are too many new bonds to tell."""
        return [
            _Level(self._broken, lambda group_of: len(self._known - self._pairs(group_of)), 0),
            _Level(self._touched, self._touched_in, 0),
            _Level(self._new, lambda group_of: len(self._new_in(group_of)), 0, large),
        ]

    def _preferences(self, plan: Plan) -> Iterator[_Level]:
        for preference in self._problem.rulebook.preferences:
            goal = goal_at(self._problem, plan, preference)
            base = goal.value(_NOBODY) - goal.measured(_NOBODY)
            least = (goal.bound - base) * preference.sense.value
            yield _Level(goal.cost, partial(_cost, goal, plan), least)

    def _broken(self, model: Neighbourhood) -> Expression:
        kept = []
        for pair in sorted(self._known):
            together = [self._both(model, pair, group) for group in range(model.groups)]
            one = model.new_choice()
            model.limit(model.sum_of(together) - one, at_least=0)
            kept.append(one)
        return model.sum_of(kept) * -1 + len(kept)

    def _both(self, model: Neighbourhood, pair: Pair, group: int) -> Expression:
        both = model.new_choice()
        for person in pair:
            model.limit(model.count(self._person == person, group) - both, at_least=0)
        return both

    def _new(self, model: Neighbourhood) -> Expression:
        found = []
        for one, other in self._may_be_new:
            pair = model.new_choice()
            for group in range(model.groups):
                there = model.count(self._person == one, group)
                there = there + model.count(self._person == other, group)
                model.limit(pair - there, at_least=-1)
            found.append(pair)
        return model.sum_of(found)

    def _touched(self, model: Neighbourhood) -> Expression:
        """An old group stays where a new one has all its members, and nobody else."""
        stays = [[model.new_choice() for _ in range(model.groups)] for _ in self._old]
        for old, row in zip(self._old, stays, strict=True):
            who = np.isin(self._person, sorted(old))
            for group, stay in enumerate(row):
                model.limit(model.count(who, group) - stay * len(old), at_least=0)
                largest = max(model.largest, len(old))
                model.limit(model.size(group) + stay * largest, at_most=len(old) + largest)
            model.limit(model.sum_of(row), at_most=1)
        for column in zip(*stays, strict=True):
            model.limit(model.sum_of(column), at_most=1)
        return model.sum_of([stay for row in stays for stay in row]) * -1 + len(self._old)

    def _touched_in(self, group_of: IntArray) -> int:
        left = self._groups_in(group_of)
        stay = 0
        for old in self._old:
            if old in left:
                left.remove(old)
                stay += 1
        return len(self._old) - stay

    def _new_in(self, group_of: IntArray) -> set[Pair]:
        found = self._pairs(group_of) - self._known
        return {pair for pair in found if not self._unknown.issuperset(pair)}

    def _pairs(self, group_of: IntArray) -> set[Pair]:
        return _pairs_in(self._groups_in(group_of))

    def _groups_in(self, group_of: IntArray) -> list[frozenset[int]]:
        """The people of each group that anybody is in."""
        used = np.unique(group_of[group_of != WAITLIST]).tolist()
        return [frozenset(self._person[group_of == group].tolist()) for group in used]

    def _aligned(self, group_of: IntArray) -> IntArray:
        """The same groups, everybody in the seats whose old groups are most like the new ones.

        Whoever is named by a rule keeps the first seat, which it means.
        """
        named = [rule.in_one_seat(self._problem.roster) for rule in self._problem.rulebook.rules]
        fixed = np.isin(np.arange(len(group_of)), np.concatenate([*named, self._person[:0]]))
        found = group_of.copy()
        for person in np.unique(self._person).tolist():
            seats = np.flatnonzero((self._person == person) & ~fixed)
            new = group_of[seats][group_of[seats] != WAITLIST].tolist()
            if len(seats) > 1:
                found[seats] = WAITLIST
                for seat, group in self._likest(seats.tolist(), new, group_of):
                    found[seat] = group
        return found

    def _likest(
        self, seats: Iterable[int], new: list[int], group_of: IntArray
    ) -> Iterator[tuple[int, int]]:
        free = list(seats)
        ways = sorted(
            (-self._shared(int(self._before[seat]), group, group_of), seat, group)
            for seat in free
            for group in new
        )
        for _less, seat, group in ways:
            if seat in free and group in new:
                free.remove(seat)
                new.remove(group)
                yield seat, group

    def _shared(self, old: int, group: int, group_of: IntArray) -> int:
        """How many people of an old group are in a new one."""
        if old == WAITLIST:
            return 0
        there = self._person[group_of == group]
        return len(np.intersect1d(there, self._person[self._before == old]))


def _cost(goal: Goal, plan: Plan, group_of: IntArray) -> int:
    """What a preference comes to without its base, less being better."""
    return goal.measured(seating_of(group_of, plan.groups)) * goal.preference.sense.value


def _pairs_in(groups: Iterable[frozenset[int]]) -> set[Pair]:
    return {pair for group in groups for pair in combinations(sorted(group), 2)}


def _shown(best: _Found, other: _Found) -> int:
    """How many values of the best another number of groups leaves no doubt about."""
    pairs = zip(best.values, other.values, strict=False)
    same = next((at for at, (a, b) in enumerate(pairs) if a != b), len(other.values))
    return len(best.values) if other.shown > same else other.shown
