"""The best groups of what is left of old ones, for people who are not too many; with proof.

The relaxation of the set partitioning gives a bound; then all candidate groups whose reduced cost
is within a budget are enumerated, and the best choice among them is found,
by trying all or by CP-SAT. If the choice is within the budget too, no candidate that was left out
can be part of anything better: so it is optimal. If there is no choice within the budget, the
budget is widened.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from vermegroup.domain.arrays import IntArray
from vermegroup.domain.bonds import Policy
from vermegroup.domain.findings import AuditError
from vermegroup.domain.grouping import NOBODY
from vermegroup.solver.column_generation.choice import (
    Choice,
    Chosen,
    Options,
    TooLongError,
    choose,
    covered,
    options_of,
    prefer,
    standing_alone,
)
from vermegroup.solver.column_generation.columns import Worth, of_width, padded
from vermegroup.solver.column_generation.fragments import BROKEN, WAITING, pieces_of
from vermegroup.solver.column_generation.pricing import Pricing, TooManyError
from vermegroup.solver.column_generation.relaxation import KnownColumns, Prices, prices, seeds
from vermegroup.solver.column_generation.task import Ask, Regrouped, counted, levels_of
from vermegroup.solver.params import PARAMS
from vermegroup.solver.search import Search


class SetPartitioning:
    """What is asked, with the candidate groups that are known."""

    def __init__(self, ask: Ask, search: Search) -> None:
        self.ask, self.fragments, self.search = ask, ask.fragments, search
        whole = ask.policy is Policy.MERGE
        fragments = self.fragments.members()
        alone = (
            fragments if whole else [np.array([person]) for person in range(self.fragments.people)]
        )
        self.waiting = padded(alone, max(map(len, alone)))
        roster = ask.problem.roster
        rivals = [codes[ask.here] for r in ask.problem.rulebook.rules for codes in r.rivals(roster)]
        pieces = pieces_of(self.fragments, rivals, whole=whole)
        self.complete = pieces.complete
        self.pricing = Pricing(self.fragments, pieces, ask.sizes, search)
        self.known = KnownColumns.none(self.fragments.largest)
        fitting = padded(
            [members for members in fragments if len(members) in ask.sizes], self.fragments.largest
        )
        standing = fitting[ask.holds(fitting)]
        self.known.add(_descending(standing), self.fragments.costs(standing))
        self.standing = len(standing)

    def options(self, columns: IntArray, priced: Prices | None) -> Options:
        """Candidate groups to choose from."""
        nothing = Prices(np.zeros(self.fragments.people, dtype=np.int64), 0, 0)
        number = self.ask.number
        return options_of(self.fragments, self.waiting, columns, priced or nothing, number)

    def prices(self) -> Prices | None:
        """The relaxation's bound."""
        if not self.fragments.parts or self.search.expired():
            return None
        seeds(self.pricing, self.ask.holds, self.known)
        known, number = self.known, self.ask.number
        return prices(self.pricing, self.ask.holds, known, self.waiting, self.search, number)

    def within(self, priced: Prices, budget: int) -> IntArray | None:
        """All valid candidates of a reduced cost within the budget; None for too many."""
        most = of_width(PARAMS.columns.most_columns, self.fragments.largest)
        try:
            limit = budget + priced.group
            found = self.pricing.below(priced.duals, limit, PARAMS.columns.joined * most)
        except TooManyError:
            return None
        found = np.concatenate([self.known.columns, found[self.ask.holds(found)]])
        reduced = self.pricing.reduced(found, self.fragments.costs(found), priced.duals)
        found = np.unique(found[reduced <= limit], axis=0)
        return found if len(found) <= most else None

    def worth(self, options: Options) -> Worth:
        """What they add to the preferences."""
        return Worth(self.ask.problem, self.ask.people(options.columns), options.waits)


@dataclass(frozen=True, slots=True)
class _SettledChoice:
    """A choice, whether it is the cheapest, and how many preferences are shown to be served best.

    ``costs`` are theirs.
    """

    options: Options
    columns: Chosen
    best: bool
    settled: int
    costs: tuple[int, ...]


def settled(ask: Ask, search: Search) -> Regrouped:
    """The best new groups of some people; those whom no group can take wait.

    Where a number of groups is asked for, and none was found with it, it is not ``kept``.
    """
    if not ask.sizes:
        return _nobody(ask)
    task = SetPartitioning(ask, search)
    priced = task.prices()
    found = None if priced is None else _within_budgets(task, priced)
    answer = _regrouped(task, found or _guessed(task), priced)
    if ask.number in (None, answer.groups):
        return answer
    return replace(answer.doubted(), kept=False, never=_none_of(task))


def preferred(ask: Ask, known: Regrouped, search: Search) -> Regrouped:
    """Of all answers as good as one that is proven, the one that the preferences ask for."""
    task = SetPartitioning(ask, search)
    priced = task.prices()
    if priced is None:
        return known
    groups = [np.flatnonzero(known.group_of == group) for group in range(known.groups)]
    rows = _descending(padded(groups, task.fragments.largest))
    waiting = np.flatnonzero(known.group_of < 0)
    alone = task.fragments.levels_waiting(waiting[:, None]) @ task.fragments.weights
    total = int(task.fragments.costs(rows).sum()) + int(alone.sum())
    budget = total * task.fragments.parts - priced.bound
    columns = task.within(priced, budget)
    if columns is None:
        return known
    options = task.options(columns, priced)
    place = {row.tobytes(): at for at, row in enumerate(columns)}
    positions = [place.get(row.tobytes()) for row in rows]
    chosen = [*waiting.tolist(), *(len(task.waiting) + at for at in positions if at is not None)]
    if not options.is_choice(chosen):
        return known
    choice = Choice(tuple(chosen), budget, best=True)
    if task.fragments.turns.any():  # the types know nothing of whose turn it is
        choice = choose(options, budget, search) or choice
    answer = _regrouped(task, _preferred(task, options, choice), priced)
    better = answer.order() <= known.order()
    return replace(answer, proven=True, broken_bound=answer.broken) if better else known


def _within_budgets(task: SetPartitioning, priced: Prices) -> _SettledChoice | None:
    """The best choice; None where none was found that is within what was looked through."""
    for budget in _budgets(task, priced):
        columns = task.within(priced, budget)
        if columns is None or task.search.expired():
            break
        options = task.options(columns, priced)
        try:
            found = _tried(task, options, budget)
        except TooLongError:
            choice = choose(options, budget, task.search)
            found = None if choice is None else _preferred(task, options, choice)
        if found is not None:
            return found
    return None


def _none_of(task: SetPartitioning) -> bool:
    """Whether no choice at all has the number of groups, all of them looked through."""
    nothing = Prices(np.zeros(task.fragments.people, dtype=np.int64), 0, 0)
    everything = 2 * task.fragments.most() * task.fragments.parts
    columns = task.within(nothing, everything) if everything else None
    if columns is None or not task.complete:
        return False
    options = task.options(columns, nothing)
    try:
        return covered(options, everything, task.worth(options), task.search) is None
    except TooLongError:
        return False


def _budgets(task: SetPartitioning, priced: Prices) -> Iterator[int]:
    """What may be spent, at last as much as it costs that all wait who need not stay."""
    half_bond = int(task.fragments.weights[BROKEN]) * task.fragments.parts
    options = task.options(task.known.columns, priced)
    if task.ask.number is None:
        most = options.spent(tuple(standing_alone(options, task.standing)))
    else:
        most = task.fragments.most() * task.fragments.parts - priced.bound
    first = PARAMS.columns.budgets
    halves = (*first, *(first[-1] << more for more in range(1, most.bit_length())))
    for count in halves:
        yield min(most, count * half_bond)
        if count * half_bond >= most:
            return


def _tried(task: SetPartitioning, options: Options, budget: int) -> _SettledChoice | None:
    """The best of all choices within a budget, preferences and all."""
    worth = task.worth(options)
    best = covered(options, budget, worth, task.search)
    if best is None:
        return None
    costs = worth.costs(best.columns)
    return _SettledChoice(options, best.columns, best=True, settled=len(costs), costs=costs)


def _preferred(task: SetPartitioning, options: Options, choice: Choice) -> _SettledChoice:
    """Of all choices that cost the same, the one that the preferences ask for."""
    equal = options.within(choice.spent)
    place = {row.tobytes(): at for at, row in enumerate(equal.columns[equal.waits :], equal.waits)}
    kept = [
        at if at < options.waits else place[options.columns[at].tobytes()] for at in choice.columns
    ]
    worth = task.worth(equal)
    same = replace(choice, columns=tuple(kept))
    columns, shown = prefer(equal, same, worth, task.ask.sizes, task.search)
    return _SettledChoice(
        equal, columns, choice.best, shown if choice.best else 0, worth.costs(columns)
    )


def _guessed(task: SetPartitioning) -> _SettledChoice:
    """A choice among the groups that are known, of which nothing is shown."""
    options = task.options(task.known.columns, None)
    choice = choose(options, None, task.search) if task.fragments.parts else None
    standing = tuple(standing_alone(options, task.standing))
    columns = standing if choice is None else choice.columns
    return _SettledChoice(
        options, columns, best=False, settled=0, costs=task.worth(options).costs(columns)
    )


def _regrouped(task: SetPartitioning, found: _SettledChoice, priced: Prices | None) -> Regrouped:
    """The answer, counted anew. Raises AuditError where that is not what was reckoned with."""
    fragments = task.fragments
    answer = counted(fragments, _seats(fragments.people, found.options, found.columns))
    reckoned = found.options.levels[list(found.columns)].sum(axis=0)
    if levels_of(fragments, answer) != tuple(reckoned.tolist()):
        raise AuditError(f"regrouping: reckoned {reckoned.tolist()}, counted {answer.order()}")
    proven = found.best and task.complete
    known = replace(answer, proven=proven, costs=found.costs, settled=found.settled * proven)
    if priced is None or not task.complete:
        return known
    least = -(-priced.bound // fragments.parts)
    bound = fragments.broken_at_least(least, int(reckoned[WAITING]))
    waiting = fragments.people_at_level(max(priced.waiting, fragments.wait_at_least(least)))
    return replace(
        known,
        broken_bound=answer.broken if proven else min(bound, answer.broken),
        waiting_bound=answer.waiting if proven else min(waiting, answer.waiting),
    )


def _seats(people: int, options: Options, chosen: Sequence[int]) -> IntArray:
    group_of = np.full(people, -1, dtype=np.int64)
    groups = [options.columns[at] for at in chosen if at >= options.waits]
    for number, members in enumerate(groups):
        group_of[members[members != NOBODY]] = number
    return group_of


def _nobody(ask: Ask) -> Regrouped:
    """The only answer where people are too few for a group."""
    answer = counted(ask.fragments, np.full(ask.fragments.people, -1, dtype=np.int64))
    worth = Worth(ask.problem, np.full((1, 1), NOBODY, dtype=np.int64), 1)
    return replace(
        answer,
        proven=True,
        broken_bound=answer.broken,
        waiting_bound=answer.waiting,
        costs=worth.costs(()),
        settled=len(worth.preferences),
    )


def _descending(columns: IntArray) -> IntArray:
    return np.asarray(-np.sort(-columns, axis=1))
