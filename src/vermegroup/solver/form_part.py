"""Form groups: count, then try numbers of groups, the best first, until no other can be better."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from vermegroup.domain.arrays import IntArray
from vermegroup.domain.outcome import GroupCount, Outcome, Proof, Verdict
from vermegroup.domain.plan import Plan
from vermegroup.domain.problem import PreferenceStanding, Problem
from vermegroup.judge.auditor import audit, confirm
from vermegroup.judge.bounds import standings
from vermegroup.judge.rivals import Contest, Rival, Rivals, over_all_numbers
from vermegroup.language.messages import Message, _
from vermegroup.language.terms import groups_between
from vermegroup.solver.construction.start import attempt_quickly
from vermegroup.solver.group_counts import Counting, count_table, why_none
from vermegroup.solver.params import PARAMS
from vermegroup.solver.search import SILENT, Limits, Listener, Search
from vermegroup.solver.solution import Attempt, numbered, seating_of


def form(problem: Problem, limits: Limits | None = None, listener: Listener = SILENT) -> Outcome:
    """Form groups of a roster under its rulebook, or say why that cannot be.

    Raises AuditError if the audit does not confirm the result, which is a defect.
    """
    search = Search(limits or Limits(), listener=listener)
    try:
        return _Forming(problem, search).outcome()
    finally:
        search.workshop.close()


@dataclass(frozen=True, slots=True)
class _Contender:
    """The grouping of one number of groups, and how the preferences stand for that number."""

    groups: int
    group_of: IntArray
    standings: tuple[PreferenceStanding, ...]

    @property
    def values(self) -> tuple[int, ...]:
        return tuple(standing.value for standing in self.standings)

    def better_than(self, other: _Contender | None) -> bool:
        """Whether it comes before another in the first preference in which they differ."""
        return other is None or _ranked(self) < _ranked(other)


def _ranked(found: _Contender) -> tuple[int, ...]:
    return tuple(standing.value * standing.preference.sense.value for standing in found.standings)


class _Forming:
    """Branch and bound over the numbers of groups; what one has reached, others must beat."""

    def __init__(self, problem: Problem, search: Search) -> None:
        self.given = problem
        self.order = _drawn_order(problem, search)
        self.problem = problem if self.order is None else problem.in_order(self.order)
        self.search = search
        self.counting = Counting(problem)
        self.rivals = Rivals(problem, self.counting.numbers)
        self.tried: dict[int, GroupCount] = {}
        self.found: dict[int, _Contender] = {}
        self.elsewhere: dict[int, int] = {}
        self.best: _Contender | None = None

    def outcome(self) -> Outcome:
        """Try numbers until none is left that could be the best, or that there is time for."""
        order = self._in_order()
        while (groups := self._next(order)) is not None:
            self._attempt(groups)
            if self.best is None and len(self.tried) == 1 and self._all_impossible():
                break
        if self.best is None:
            found = _not_formed(self.counting, self.tried, self.search)
            return replace(found, problem=self.given)
        return self._formed(self.best)

    def _in_order(self) -> Iterator[int]:
        """The numbers of groups that arithmetic leaves, the one of the best bounds first."""
        for candidate in self.counting.in_order():
            if candidate.certificate is None:
                yield candidate.groups
            elif self.search.expired():
                return

    def _next(self, order: Iterator[int]) -> int | None:
        with self.search.stage("count"):
            if self.tried and self.search.expired():
                return None
            if self.best is None:
                return next(order, None)
            rivals = filter(self._worth, self._contest(self.best).rivals)
            best = min(rivals, key=self._least, default=None)
            return None if best is None else best.groups

    def _least(self, rival: Rival) -> tuple[int, int]:
        """How soon, and how far, a rival may be ahead."""
        return rival.since, rival.bounds[rival.since] * self._senses[rival.since]

    @property
    def _senses(self) -> list[int]:
        """1 for each preference that is better the less it comes to, and -1 for the others."""
        return [kind.sense.value for kind in self.problem.rulebook.preferences]

    def _attempt(self, groups: int) -> None:
        self.search.listener.trying(groups)
        plan = self.problem.plan(groups)
        incumbent = self.best.values if self.best is not None else None
        share = self._share(groups)
        attempt = attempt_groups(self.problem, plan, self.search, incumbent, share)
        self.tried[groups] = counted_as(groups, attempt)
        for other, bound in attempt.elsewhere.items():
            known = self.elsewhere.get(other, bound)
            self.elsewhere[other] = max(known, bound, key=lambda own: own * self._senses[0])
        if attempt.group_of is None:
            return
        reached = attempt.reached
        if reached is None:
            seating = seating_of(attempt.group_of, groups)
            reached = standings(self.problem, plan, seating, attempt.bounds)
        self.found[groups] = _Contender(groups, attempt.group_of, reached)
        if self.found[groups].better_than(self.best):
            self.best = self.found[groups]

    def _share(self, groups: int) -> float:
        """The share of the time left for a first grouping: others may be easier to form."""
        others = len(self.counting.numbers) > len(self.tried) + 1
        small = len(self.problem.roster) * groups <= PARAMS.strategy.last_resort_seats
        return PARAMS.search.number_share if self.best is None and others and small else 1.0

    def _all_impossible(self) -> bool:
        """Whether one proof rules out all numbers of groups at once, once the first has failed."""
        if self.search.expired():
            return False
        left = self.counting.left()
        if not none_possible(self.problem, left, self.search):
            return False
        self.tried = {number: counted_as(number, Attempt(False)) for number in left}
        return True

    def _contest(self, best: _Contender) -> Contest:
        """Who may still do better: arithmetic, and of those that were tried what search showed."""
        return self.rivals.against(best.groups, best.values).after(
            {groups: found.standings for groups, found in self.found.items()},
            frozenset(groups for groups, line in self.tried.items() if line.possible is False),
            best.values,
            self.elsewhere,
            self._senses,
        )

    def _worth(self, rival: Rival) -> bool:
        """Whether a rival is worth a search: it was not tried, and may show something.

        On a roster too large for one model, only if what it is to beat is itself beyond doubt.
        """
        if rival.groups in self.tried or self.best is None:
            return False
        if len(self.problem.roster) * rival.groups <= PARAMS.strategy.last_resort_seats:
            return True
        return all(standing.proven for standing in self.best.standings[: rival.since + 1])

    def _formed(self, best: _Contender) -> Outcome:
        table = dict(self.tried)
        for groups in self.found.keys() - {best.groups}:
            table[groups] = replace(table[groups], because=_SECOND)
        group_of = self._in_turn(best)
        grouping = numbered(self.given, self._as_given(group_of), best.groups)
        with self.search.stage("audit"):
            audited = audit(self.given, grouping)
            best = self._standing(best, group_of)
            reported = over_all_numbers(best.standings, self.rivals, self._contest(best))
            confirm(audited, reported)
        lines = count_table(self.counting, table, _NOT_TRIED)
        outcome = Outcome(Verdict.FORMED, self.given, lines, grouping, audited, reported)
        return _timed(outcome, self.search)

    def _as_given(self, group_of: IntArray) -> IntArray:
        """The same groups (n,) of the people in the order in which they were given."""
        if self.order is None:
            return group_of
        given = np.empty_like(group_of)
        given[self.order] = group_of
        return given

    def _in_turn(self, best: _Contender) -> IntArray:
        if not (best.group_of < 0).any():
            return best.group_of
        from vermegroup.solver.in_turn import placed_in_turn  # noqa: PLC0415

        plan = self.problem.plan(best.groups)
        return placed_in_turn(self.problem, plan, best.group_of, self.search)

    def _standing(self, best: _Contender, group_of: IntArray) -> _Contender:
        """How the preferences stand once those who come first are placed: no worse than before."""
        if group_of is best.group_of:
            return best
        seating, roster = seating_of(group_of, best.groups), self.problem.roster
        plan = self.problem.plan(best.groups)

        def anew(own: PreferenceStanding) -> PreferenceStanding:
            value = own.preference.value_of(roster, plan, seating)
            return replace(own, value=value, weighed=tuple(map(anew, own.weighed)))

        standings = tuple(map(anew, best.standings))
        return replace(best, group_of=group_of, standings=standings)


def _drawn_order(problem: Problem, search: Search) -> IntArray | None:
    """The order in which people are searched, by the seed: among equals the first is often taken.

    None where somebody has further seats, which stand behind all first ones.
    """
    if problem.roster.has_further_seats:
        return None
    return np.random.default_rng(search.limits.seed).permutation(len(problem.roster))


def attempt_groups(
    problem: Problem,
    plan: Plan,
    search: Search,
    incumbent: Sequence[int] | None = None,
    share: float = 1.0,
) -> Attempt:
    """Try to form ``plan.groups`` groups, as :mod:`vermegroup.solver.strategy` does.

    It is imported only where it is needed: CP-SAT takes longer to load than most rosters take.
    """
    quick = attempt_quickly(problem, plan, search)
    if isinstance(quick, Attempt):
        return quick
    from vermegroup.solver.strategy import attempt_from  # noqa: PLC0415

    return attempt_from(quick, problem, plan, search, incumbent, share)


def none_possible(problem: Problem, numbers: Sequence[int], search: Search) -> bool:
    """Whether one proof rules out all these numbers of groups at once."""
    from vermegroup.solver.feasibility import all_ruled_out  # noqa: PLC0415

    with search.stage("solve"):
        return all_ruled_out(problem, numbers, search)


def counted_as(groups: int, attempt: Attempt) -> GroupCount:
    """What an attempt says of a number of groups, as a row of the table."""
    if attempt.possible is None:
        return GroupCount(groups, None, _OPEN)
    if attempt.possible:
        return GroupCount(groups, True, _FORMED, Proof.GROUPING)
    return GroupCount(groups, False, _SEARCHED, Proof.SEARCH)


def _not_formed(counting: Counting, tried: Mapping[int, GroupCount], search: Search) -> Outcome:
    problem = counting.problem
    if _left_open(counting, tried, search):
        table = count_table(counting, tried, _OPEN)
        because = _INTERRUPTED if search.limits.stop.is_set() else _UNDECIDED
        return _timed(Outcome(Verdict.UNDECIDED, problem, table, because=because), search)
    found = tuple(map(counting.judged, counting.numbers))
    because = _searched_all(sorted(tried)) if tried else why_none(problem, found)
    table = count_table(counting, tried, _OPEN)
    return _timed(Outcome(Verdict.IMPOSSIBLE, problem, table, because=because), search)


def _left_open(counting: Counting, tried: Mapping[int, GroupCount], search: Search) -> bool:
    """Whether some number of groups was neither ruled out nor shown to be impossible."""
    if search.spent and not counting.complete:
        return True
    shown = {groups for groups, count in tried.items() if count.possible is False}
    left = (counting.judged(groups) for groups in counting.numbers if groups not in shown)
    return any(candidate.certificate is None for candidate in left)


def _searched_all(searched: list[int]) -> Message:
    return _(
        "No grouping keeps all the rules at once: with {groups}, every way of placing people was "
        "ruled out",
        groups=groups_between(searched[0], searched[-1]),
    )


def _timed(outcome: Outcome, search: Search) -> Outcome:
    return replace(outcome, deterministic=not search.cut_short, seconds=dict(search.seconds))


_FORMED = _("formed")
_OPEN = _("not settled by the search")
_NOT_TRIED = _("not tried: another number comes first")
_SECOND = _("possible, but another number comes first")
_SEARCHED = _("every way of placing people was ruled out by search")
_INTERRUPTED = _(
    "The search was interrupted before a grouping was found, and none was ruled out either"
)
_UNDECIDED = _("The search found no grouping, and ruled none out either")
