"""Another number of groups, where one was asked for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from vermegroup.diagnosis.repairs.nearest import Nearest, nearest
from vermegroup.phrase import groups_of, phrase
from vermegroup.problem import Problem
from vermegroup.rules.amending import with_groups
from vermegroup.rules.groups_section import plain_groups
from vermegroup.solver.counting import Counting
from vermegroup.solver.limits import Search
from vermegroup.why_not import Conflict, Remedy, Repair


def number_repairs(
    problem: Problem, conflicts: tuple[Conflict, ...], search: Search
) -> Iterator[Repair]:
    """The possible number of groups that is nearest to those asked for."""
    del conflicts
    spec = problem.rulebook.groups
    if spec.fewest is None and spec.most is None:
        return
    free = replace(
        problem, rulebook=with_groups(problem.rulebook, replace(spec, fewest=None, most=None))
    )
    found = nearest(_outwards(problem, free), search)
    if found is not None:
        yield _repair(found)


def _outwards(problem: Problem, free: Problem) -> Iterator[tuple[int, Problem]]:
    """The numbers that sizes allow beyond those asked for, the nearest first; then the larger."""
    spec = problem.rulebook.groups
    low, high = spec.fewest or 1, spec.most or len(problem.roster)
    costs = ((max(low - k, k - high), -k) for k in Counting(free).numbers)
    for cost, negative in sorted(own for own in costs if own[0] > 0):
        wished = replace(spec, fewest=-negative, most=-negative)
        yield cost, replace(problem, rulebook=with_groups(problem.rulebook, wished))


def _repair(found: Nearest) -> Repair:
    sentence = phrase(
        "{groups} would be possible",
        "Mahdollista olisi: {groups}",
        "{groups} skulle vara möjliga",
        groups=groups_of(found.groups),
    )
    change = {"rulebook": {"groups": plain_groups(found.problem.rulebook.groups)}}
    return Repair(Remedy.COUNT, sentence, found.cost, found.cheapest, found.problem, change)
