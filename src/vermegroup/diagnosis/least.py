"""The least of something that cannot be nothing: people who wait, or breaches of one rule.

Counting kinds bounds it for all numbers of groups at once, and often leads to a grouping that
attains the bound; else one number of groups after the other is optimised.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from vermegroup.kind import Kind
from vermegroup.problem import Problem
from vermegroup.roster import IntArray
from vermegroup.solver.attempt import Attempt
from vermegroup.solver.draft import Draft
from vermegroup.solver.improving import improve
from vermegroup.solver.limits import Search
from vermegroup.solver.mending import mend
from vermegroup.solver.one_by_one import groups_one_by_one
from vermegroup.solver.open_number import Counted
from vermegroup.solver.trying import attempt_groups

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

    ``counted`` is what counting kinds found, and ``bound`` what is known besides.
    """
    bound = max(bound, counted.least)
    best = _counted(problem, wish, counted, search)
    if best is None and not problem.rulebook.everyone:
        best = _one_by_one(problem, wish, search)
    shown: dict[int, float] = {}
    wishing = problem.under(problem.rulebook.rules, wish.rule)
    for groups in sorted(numbers, key=lambda groups: wish.bound(problem, groups)):
        if search.expired() or (best is not None and best.amount <= bound):
            break
        attempt = attempt_groups(wishing, wishing.plan(groups), search)
        shown[groups] = _shown(wish, attempt)
        found = _measured(wish, attempt.group_of, groups)
        if found is not None and (best is None or found.amount < best.amount):
            best = found
    if best is None:
        return None
    everywhere = min(max(shown.get(k, 0), wish.bound(problem, k)) for k in numbers)
    return replace(best, bound=max(bound, int(min(everywhere, best.amount))))


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
    if not (mend(draft, (), search) and draft.valid(everyone=plan.everyone)):
        return None
    if not counted.exact:
        improve(draft, plan, wish.rule, (), search)
    return _measured(wish, draft.group_of, counted.groups)


def _one_by_one(problem: Problem, wish: Wish, search: Search) -> Least | None:
    """Some grouping at least, bettered by neighbourhoods; only where people may wait."""
    group_of, groups = groups_one_by_one(problem, search)
    if groups < (problem.rulebook.groups.fewest or 1):
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
