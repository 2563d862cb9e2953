"""New groups from what is left of the old ones, breaking as few bonds as can be; with proof.

The order of what counts: people placed, bonds broken, groups touched, new bonds, turns taken,
and then the rulebook's preferences. A few hundred people are a set partitioning; more are planned
by the types of what is left of their groups.
"""

from __future__ import annotations

import numpy as np

from vermegroup.moves import Policy
from vermegroup.problem import Problem
from vermegroup.roster import IntArray
from vermegroup.solver.asking import Ask, sizes_that_fit
from vermegroup.solver.draft import must_be_seated
from vermegroup.solver.limits import Search
from vermegroup.solver.partitioning import preferred, settled
from vermegroup.solver.regrouped import Regrouped, best_of
from vermegroup.solver.regrouping_by_types import proven_by_types, regroup_by_types
from vermegroup.solver.remains import remains_of

_SETTLED_AT_ONCE = 240
_BY_PERSON_ALONE = 20


def regroup(
    problem: Problem,
    before: IntArray,
    policy: Policy,
    search: Search,
    turns: IntArray | None = None,
) -> Regrouped:
    """The best new groups under a policy; those whom no group can take wait.

    ``before`` (n,) is each one's old group, negative for none; ``turns`` counts by old group how
    often it was combined before.

    Raises AuditError where an answer does not come to what the search reckoned with.
    """
    everybody, must = np.arange(len(problem.roster)), must_be_seated(problem)
    answers = []
    for sizes in sizes_that_fit(problem, len(everybody)):
        remains = remains_of(before, max(1, sizes.stop - 1), must, turns)
        answers.append(_regrouped(Ask(problem, everybody, remains, policy, sizes), search))
    return best_of(answers)


def _regrouped(ask: Ask, search: Search) -> Regrouped:
    """By types where people are many; person by person, so that preferences count, where few."""
    people = ask.remains.people if ask.sizes else 0
    if people > _SETTLED_AT_ONCE:
        return regroup_by_types(ask, search)
    if ask.policy is Policy.MOVE and people > _BY_PERSON_ALONE:
        typed = proven_by_types(ask, search)
        if typed is not None:
            return preferred(ask, typed, search)
    return settled(ask, search)
