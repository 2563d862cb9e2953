"""Another number of groups, where one was asked for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from vermegroup.phrase import groups_of, phrase
from vermegroup.problem import Problem
from vermegroup.rules.amending import with_groups
from vermegroup.rules.groups_section import plain_groups
from vermegroup.solver.counting import candidates
from vermegroup.solver.deciding import decide
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
    low, high = spec.fewest or 1, spec.most or len(problem.roster)
    found = [(max(low - c.groups, c.groups - high), c) for c in candidates(free)]
    nearer_impossible = True
    for cost, candidate in sorted(found, key=lambda pair: (pair[0], -pair[1].groups)):
        if cost <= 0 or candidate.certificate is not None:
            continue
        wished = replace(spec, fewest=candidate.groups, most=candidate.groups)
        own = replace(problem, rulebook=with_groups(problem.rulebook, wished))
        decision = decide(own, search)
        if decision.possible:
            yield _repair(own, candidate.groups, cost, cheapest=nearer_impossible)
            return
        nearer_impossible = nearer_impossible and decision.possible is False


def _repair(problem: Problem, groups: int, cost: int, *, cheapest: bool) -> Repair:
    sentence = phrase(
        "{groups} would be possible",
        "Mahdollista olisi: {groups}",
        "{groups} skulle vara möjliga",
        groups=groups_of(groups),
    )
    change = {"rulebook": {"groups": plain_groups(problem.rulebook.groups)}}
    return Repair(Remedy.COUNT, sentence, cost, cheapest, problem, change)
