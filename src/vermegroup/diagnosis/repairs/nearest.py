"""The first of ever larger changes that helps."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from vermegroup.problem import Problem
from vermegroup.solver.deciding import decide
from vermegroup.solver.limits import Search


@dataclass(frozen=True, slots=True)
class Nearest:
    """A changed problem of which ``groups`` groups are possible, and what the change costs.

    ``cheapest`` says that all smaller changes are proven not to help.
    """

    problem: Problem
    groups: int
    cost: int
    cheapest: bool


def nearest(changes: Iterable[tuple[int, Problem]], search: Search) -> Nearest | None:
    """Try changes, with their costs, from the smallest on; None if none was found to help."""
    smaller_impossible = True
    for cost, problem in changes:
        decision = decide(problem, search)
        if decision.possible:
            return Nearest(problem, decision.groups, cost, smaller_impossible)
        smaller_impossible = smaller_impossible and decision.possible is False
        if search.expired():
            break
    return None
