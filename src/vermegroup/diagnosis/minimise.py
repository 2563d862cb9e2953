"""The least of something that cannot be nothing: people who wait, or breaches of one rule.

Counting kinds bounds it for all numbers of groups at once, and often leads to a grouping that
attains the bound; else one number of groups after the other is optimised.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from vermegroup.diagnosis.explain import takers
from vermegroup.domain.arrays import IntArray
from vermegroup.domain.kind import Kind
from vermegroup.domain.problem import Problem
from vermegroup.solver.assignment.single_group import groups_one_by_one
from vermegroup.solver.group_counts import Counting
from vermegroup.solver.lns.improve import improve
from vermegroup.solver.lns.repair import repair
from vermegroup.solver.patterns.pattern_model import UNKNOWN, Counted, least_waiting
from vermegroup.solver.search import Search
from vermegroup.solver.solution import Attempt, Draft, seating_of
from vermegroup.solver.strategy import attempt_groups

Amount = Callable[[IntArray, int], int]


@dataclass(frozen=True, slots=True)
class Least:
    """A valid grouping (n,) of ``groups`` groups with so much of it; less than ``bound`` cannot be.

    -1 in ``group_of`` is the waitlist.
    """

    group_of: IntArray
    groups: int
    amount: int
    bound: int


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be least: the rule as a preference, and its amount in a grouping of k groups.

    ``in_people``: the preference's value is that very amount, so that bounds on it count.
    """

    rule: Kind
    amount: Amount
    in_people: bool

    def bound(self, problem: Problem, groups: int) -> int:
        """What arithmetic says of the least in so many groups."""
        return self.rule.bound(problem.roster, problem.plan(groups)) if self.in_people else 0


def least(
    problem: Problem,
    wish: Wish,
    numbers: Sequence[int],
    counted: Counted,
    bound: int,
    search: Search,
) -> Least | None:
    """Find the least under a problem's rules; None where no grouping was found.

    ``numbers`` are all that arithmetic leaves. ``counted`` is what counting kinds found of them,
    and ``bound`` what is known besides: of this problem, with these numbers, and of no other.
    """
    arithmetic = {groups: wish.bound(problem, groups) for groups in numbers}
    bound = max(bound, counted.least, min(arithmetic.values()))
    ranked = sorted(numbers, key=arithmetic.__getitem__)
    tried = _Tried(problem.under(problem.rulebook.rules, wish.rule), wish)
    tried.keep(_counted(problem, wish, counted, search))
    if not bound:  # the first number may well need none of it
        first = search.within(search.left() / 2)
        tried.attempt(ranked[0], first)
        ranked = ranked if first.spent else ranked[1:]
    if tried.best is None and not problem.rulebook.everyone:
        tried.keep(_one_by_one(problem, wish, numbers, search))
    for groups in ranked:
        if search.expired() or (tried.best is not None and tried.best.amount <= bound):
            break
        tried.attempt(groups, search)
    if tried.best is None:
        return None
    everywhere = min(max(tried.shown.get(k, 0), lowest) for k, lowest in arithmetic.items())
    return replace(tried.best, bound=max(bound, int(min(everywhere, tried.best.amount))))


@dataclass(slots=True)
class _Tried:
    """The best of all tries, and what each number of groups cannot be better than."""

    wishing: Problem
    wish: Wish
    best: Least | None = None
    shown: dict[int, float] = field(default_factory=dict)

    def attempt(self, groups: int, search: Search) -> None:
        """Optimise one number of groups."""
        attempt = attempt_groups(self.wishing, self.wishing.plan(groups), search)
        self.shown[groups] = max(self.shown.get(groups, 0), _shown(self.wish, attempt))
        self.keep(_measured(self.wish, attempt.group_of, groups))

    def keep(self, found: Least | None) -> None:
        """Note a grouping, if it is the best so far."""
        if found is not None and (self.best is None or found.amount < self.best.amount):
            self.best = found


def _shown(wish: Wish, attempt: Attempt) -> float:
    """What a number of groups cannot be better than, as its attempt has shown."""
    if attempt.possible is False:
        return math.inf
    return attempt.bounds.get(0, 0) if wish.in_people else 0


def _counted(problem: Problem, wish: Wish, counted: Counted, search: Search) -> Least | None:
    """The grouping that counting kinds leads to, mended where values had been merged."""
    if counted.group_of is None:
        return None
    plan = problem.plan(counted.groups)
    draft = Draft(problem, plan, counted.group_of)
    if not (repair(draft, (), search) and draft.valid(everyone=plan.everyone)):
        return None
    if not counted.exact:
        improve(draft, plan, wish.rule, (), search)
    return _measured(wish, draft.group_of, counted.groups)


def _one_by_one(
    problem: Problem, wish: Wish, numbers: Sequence[int], search: Search
) -> Least | None:
    """Some grouping at least, bettered by neighbourhoods; only where people may wait."""
    group_of, groups = groups_one_by_one(problem, search)
    if groups not in numbers:  # arithmetic knows more than groups do by themselves
        return None
    draft = Draft(problem, problem.plan(groups), group_of)
    if not draft.valid(everyone=False):
        return None
    improve(draft, draft.plan, wish.rule, (), search)
    return _measured(wish, draft.group_of, groups)


def _measured(wish: Wish, group_of: IntArray | None, groups: int) -> Least | None:
    if group_of is None:
        return None
    return Least(group_of, groups, wish.amount(group_of, groups), 0)


def fewest_waiting(problem: Problem, everyone: Kind, bound: int, search: Search) -> Least | None:
    """Let as few people wait as can be, under a problem that allows a waitlist.

    ``everyone`` is the rule that places everyone, which is now a wish; ``bound`` is how many must
    wait in this problem as far as is known. None where no grouping was found.
    """
    counting = Counting(problem)
    numbers = counting.left(search.expired)
    if not numbers or not counting.complete:
        return None
    wish = Wish(everyone, _waiting, in_people=True)
    known = max(bound, min(wish.bound(problem, groups) for groups in numbers))
    # Where nobody need wait, the number of groups that comes first may do.
    counted = least_waiting(problem, numbers, known, search) if known else UNKNOWN
    found = least(problem, wish, numbers, counted, bound, search)
    if found is None or found.amount <= found.bound:
        return found
    return _filled(problem, found, search)


def _waiting(group_of: IntArray, groups: int) -> int:
    del groups
    return int((group_of < 0).sum())


def _filled(problem: Problem, found: Least, search: Search) -> Least:
    """The grouping with everyone seated whom some group takes as it is, while there is time."""
    group_of, plan = found.group_of.copy(), problem.plan(found.groups)
    for person in np.flatnonzero(group_of < 0).tolist():
        if search.expired():
            break
        fitting = takers(problem, plan, seating_of(group_of, found.groups), person)
        if len(fitting):
            group_of[person] = fitting[0]
    return replace(found, group_of=group_of, amount=_waiting(group_of, found.groups))
