"""One number of groups: which way of searching suits it.

Where the deal and a few trades do not reach every bound, a small roster is one neighbourhood. A
large one is many: count patterns where the deal is far off, repair, improve; one model is a last
resort.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from vermegroup.domain.arrays import IntArray
from vermegroup.domain.kind import Total
from vermegroup.domain.plan import Plan
from vermegroup.domain.problem import Problem, rules_broken, settled
from vermegroup.judge.bounds import sized_like
from vermegroup.solver.assignment.lexicographic import (
    Settle,
    all_at_bounds,
    any_valid,
    stage_by_stage,
)
from vermegroup.solver.assignment.single_group import fits_nowhere
from vermegroup.solver.column_generation.priced_bound import settled_by_prices
from vermegroup.solver.column_generation.settle import Catalogue
from vermegroup.solver.construction.start import attempt_quickly
from vermegroup.solver.cpsat import Status
from vermegroup.solver.exchange.schedule import exchanged
from vermegroup.solver.goals import Goal, bad_groups, counting_goals, goal_at, goals_at_bounds
from vermegroup.solver.lns.improve import improve
from vermegroup.solver.lns.repair import repair
from vermegroup.solver.pair_sums.incumbent import bettered, from_better
from vermegroup.solver.params import PARAMS
from vermegroup.solver.patterns.pattern_model import count_patterns
from vermegroup.solver.search import Search
from vermegroup.solver.solution import Attempt, Draft, seating_of


def attempt_groups(
    problem: Problem, plan: Plan, search: Search, incumbent: Sequence[int] | None = None
) -> Attempt:
    """Try to form ``plan.groups`` groups; ``incumbent`` is what another number has reached."""
    quick = attempt_quickly(problem, plan, search)
    if isinstance(quick, Attempt):
        return quick
    return attempt_from(quick, problem, plan, search, incumbent)


def attempt_from(
    draft: Draft,
    problem: Problem,
    plan: Plan,
    search: Search,
    incumbent: Sequence[int] | None = None,
    share: float = 1.0,
) -> Attempt:
    """The same from a first draft, which settled nothing.

    ``share`` is that of the time left until which there must be a valid grouping.
    """
    attempt = _attempt(draft, problem, plan, search, incumbent, share)
    return replace(attempt, elsewhere=search.once(Catalogue, problem).elsewhere())


def _attempt(
    draft: Draft,
    problem: Problem,
    plan: Plan,
    search: Search,
    incumbent: Sequence[int] | None,
    share: float,
) -> Attempt:
    if _someone_fits_nowhere(problem, draft, search):
        return Attempt(False)
    seats = len(problem.roster) * plan.groups
    if seats <= PARAMS.strategy.proof_seats:
        with search.stage("solve"):
            best = all_at_bounds(problem, plan, search)
        if best is not None:
            return Attempt(True, best)
    first = search.within(share * search.left())
    if seats > PARAMS.strategy.whole_seats:
        attempt = solve_large(problem, plan, draft, search, incumbent, first)
        if attempt.possible is not None or seats > PARAMS.strategy.last_resort_seats:
            return attempt
    return _as_one(draft, problem, plan, search, incumbent, first)


def _as_one(
    draft: Draft,
    problem: Problem,
    plan: Plan,
    search: Search,
    incumbent: Sequence[int] | None,
    first: Search,
) -> Attempt:
    """Form groups by models of the whole roster; ``first`` is the search for a valid grouping."""
    if not draft.valid(everyone=plan.everyone):
        found = _any_valid(problem, plan, first)
        if found.group_of is None:
            return found
        draft = Draft(problem, plan, found.group_of)
    elif len(problem.roster) * plan.groups > PARAMS.strategy.exchange_seats:
        draft = by_exchanges(problem, plan, draft, search)
    with search.stage("solve"):
        settle = _settling(problem, search)
        return stage_by_stage(problem, plan, search, draft.group_of, incumbent, settle)


def _any_valid(problem: Problem, plan: Plan, search: Search) -> Attempt:
    """A valid grouping of few people: among all groups where these are few, else by one model."""
    with search.stage("solve"):
        catalogue = search.once(Catalogue, problem)
        if catalogue.number(plan, search) <= PARAMS.strategy.few_listed:
            found = catalogue.any_grouping(plan, search)
            if found.possible is not None:
                return found
        return any_valid(problem, plan, search)


def _someone_fits_nowhere(problem: Problem, draft: Draft, search: Search) -> bool:
    """Whether somebody who needs a place can be in no group: that is soon told, one by one.

    Asked where rules name people, of those whom the draft gives no valid group.
    """
    if all(rule.anonymous for rule in problem.rulebook.rules):
        return False
    with search.stage("count"):
        return bool(len(fits_nowhere(problem, draft.without_place(), search)))


def by_exchanges(problem: Problem, plan: Plan, draft: Draft, search: Search) -> Draft:
    """What exchanges make of a draft: with less broken, and then with better values."""
    tuned = PARAMS.strategy
    large = len(problem.roster) * plan.groups > tuned.proof_seats
    effort = tuned.exchange_effort + large * tuned.exchange_each * len(problem.roster)
    if not large and _listed(problem, plan, draft, search):
        effort = tuned.exchange_listed
    own = search.within(search.left(), tuned.exchange_share[large])
    with search.stage("improve"):
        first = tuned.exchange_first[large]
        found = exchanged(problem, plan, draft.group_of, own, effort, first)
    seating = seating_of(found, plan.groups)
    if len(seating.people) == len(found):
        plan = sized_like(problem, replace(plan, everyone=True), seating)
    return Draft(problem, plan, found)


def _listed(problem: Problem, plan: Plan, draft: Draft, search: Search) -> bool:
    """Whether all groups of the sizes that a draft settles can be written down."""
    with search.stage("count"):
        sized = sized_like(problem, plan, draft.seating())
        return search.once(Catalogue, problem).lists(sized, search)


def solve_large(
    problem: Problem,
    plan: Plan,
    draft: Draft,
    search: Search,
    incumbent: Sequence[int] | None = None,
    first: Search | None = None,
) -> Attempt:
    """Form ``plan.groups`` groups of a roster too large for one model, from a first draft.

    The answer is a grouping, a proof by counting or among all groups, or open. ``first`` says how
    long a valid grouping is looked for. For the ``incumbent`` see :func:`stage_by_stage`.
    """
    seats = len(problem.roster) * plan.groups
    if not plan.everyone and any(kind.asks_number for kind in problem.rulebook.kinds()):
        # How many are placed is everybody's business, so neighbourhoods try it with all of them.
        if seats <= PARAMS.strategy.proof_seats:
            return Attempt(None)
        attempt = solve_large(problem, replace(plan, everyone=True), draft, search)
        return Attempt(attempt.possible or None, attempt.group_of)
    status, found = _valid_draft(problem, plan, draft, first or search)
    if found is None:
        return Attempt(False if status is Status.INFEASIBLE else None)
    found = by_exchanges(problem, plan, found, search)
    few = seats <= PARAMS.strategy.exact_seats and _counts_at_bounds(problem, found)
    best = found.group_of
    if not (few or _listed(problem, plan, found, search)):
        priced = seats <= PARAMS.strategy.proof_seats and _add_up(problem)
        share = PARAMS.strategy.improve_share if priced else 1.0
        own = search.within(share * search.left())
        with search.stage("improve"):
            best = _improved(problem, plan, found, own)
    if seats > PARAMS.strategy.proof_seats:
        return Attempt(True, best)
    with search.stage("solve"):
        settle = _settling(problem, search)
        return stage_by_stage(problem, plan, search, best, incumbent, settle)


def _settling(problem: Problem, search: Search) -> Settle:
    """How preferences are settled: among all groups, or by prices where these are too many."""
    catalogue = search.once(Catalogue, problem)

    def settle(
        plan: Plan, held: Sequence[Goal], goal: Goal, best: IntArray, search: Search
    ) -> tuple[IntArray, int | None] | None:
        if catalogue.lists(plan, search):
            return catalogue.settle(plan, held, goal, best, search)
        found, bound, shown = settled_by_prices(problem, plan, held, goal, best, search)
        catalogue.note_first(plan, held, goal, shown)
        return found, bound

    return from_better(problem, settle)


def _add_up(problem: Problem) -> bool:
    """Whether all preferences are sums over groups, so that prices bound them."""
    preferences = problem.rulebook.preferences
    return all(own.total is Total.SUM and not own.asks_number for own in preferences)


def _counts_at_bounds(problem: Problem, draft: Draft) -> bool:
    """Whether everything that counts people is as good as can be."""
    seating = draft.seating()
    plan = sized_like(problem, draft.plan, seating)
    goals = counting_goals(goals_at_bounds(problem, plan))
    return bool(goals) and all(goal.value(seating) == goal.bound for goal in goals)


def _valid_draft(
    problem: Problem, plan: Plan, draft: Draft, search: Search
) -> tuple[Status, Draft | None]:
    """A draft that keeps the rules, with the counting goals at their bounds if that is soon done.

    Nothing is worth as much as a first valid grouping; what hopes are left, improving pursues.
    """
    goals = goals_at_bounds(problem, draft.plan)
    hopes = counting_goals(goals)
    nearby = next(iter(goals[len(hopes) :]), None)
    first = PARAMS.lns.repair_steps[: PARAMS.lns.first_repair_steps]
    if draft.valid(everyone=plan.everyone):
        missed = bad_groups(problem, draft.plan, hopes, draft.seating())
        if missed.sum() > PARAMS.strategy.hopes_missed:
            return Status.FEASIBLE, Draft(problem, plan, draft.group_of)
    with search.stage("mend"):
        status, found = _repaired(draft, hopes, search, nearby, first)
        if found is None:
            draft = Draft(problem, plan, draft.group_of)
            status, found = _repaired(draft, (), search)
    return (status, found) if status is not Status.UNKNOWN else _found_at_last(draft, search)


def _found_at_last(draft: Draft, search: Search) -> tuple[Status, Draft | None]:
    """A draft that keeps the rules, by exchanges or among all groups; INFEASIBLE if none is.

    Where there are few groups, they are looked through first: that is soon done.
    """
    catalogue = search.once(Catalogue, draft.problem)
    few = catalogue.number(draft.plan, search) <= PARAMS.strategy.few_listed
    ways = (_among_all, _among_exchanges) if few else (_among_exchanges, _among_all)
    for way in ways:
        status, found = way(draft, search)
        if status is not Status.UNKNOWN:
            return status, found
    return Status.UNKNOWN, None


def _among_all(draft: Draft, search: Search) -> tuple[Status, Draft | None]:
    problem, plan = draft.problem, draft.plan
    with search.stage("count"):
        found = search.once(Catalogue, problem).any_grouping(plan, search)
    if found.group_of is not None:
        return Status.FEASIBLE, Draft(problem, plan, found.group_of)
    return (Status.INFEASIBLE if found.possible is False else Status.UNKNOWN), None


def _among_exchanges(draft: Draft, search: Search) -> tuple[Status, Draft | None]:
    found = by_exchanges(draft.problem, draft.plan, draft, search)
    valid = found.valid(everyone=draft.plan.everyone)
    return (Status.FEASIBLE, found) if valid else (Status.UNKNOWN, None)


def _repaired(
    draft: Draft,
    goals: Sequence[Goal],
    search: Search,
    nearby: Goal | None = None,
    steps: Sequence[tuple[int, int]] = PARAMS.lns.repair_steps,
) -> tuple[Status, Draft | None]:
    """A draft that keeps the rules and reaches the goals; INFEASIBLE if there is none."""
    problem, plan = draft.problem, draft.plan
    bad = bad_groups(problem, plan, goals, draft.seating())
    if bad.sum() <= PARAMS.strategy.few_broken and repair(draft, goals, search, nearby, steps):
        return Status.FEASIBLE, draft
    counted = count_patterns(problem, plan, goals, search)
    if counted.status is Status.INFEASIBLE:
        return counted.status, None
    if bad.sum() > PARAMS.strategy.few_broken and repair(draft, goals, search, nearby, steps):
        return Status.FEASIBLE, draft
    if counted.group_of is not None:
        draft = Draft(problem, plan, counted.group_of)
        if repair(draft, goals, search, nearby, steps):
            return Status.FEASIBLE, draft
    return Status.UNKNOWN, None


def _improved(problem: Problem, plan: Plan, draft: Draft, search: Search) -> IntArray:
    held: list[Goal] = []
    for preference in problem.rulebook.preferences:
        plan = sized_like(problem, plan, draft.seating())
        goal = goal_at(problem, plan, preference)
        found = bettered(problem, held, goal, draft.group_of, search)
        draft = Draft(problem, plan, found)
        improve(draft, plan, preference, held, search)
        value = goal_at(problem, plan, preference).value(draft.seating())
        held.append(goal_at(problem, plan, preference, value))
        plan = settled(plan, preference, value, held[-1].bound)
    assert not rules_broken(problem, plan, draft.seating()).any()
    return draft.group_of
