"""Other sizes of groups: smaller ones, or larger ones."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from vermegroup.phrase import groups_of, phrase
from vermegroup.problem import Problem
from vermegroup.rulebook import GroupSpec
from vermegroup.rules.amending import with_groups
from vermegroup.rules.groups_section import plain_groups
from vermegroup.solver.deciding import Decision, decide
from vermegroup.solver.limits import Search
from vermegroup.why_not import Conflict, Remedy, Repair

SMALLEST = 2
FURTHEST = 4


def size_repairs(
    problem: Problem, conflicts: tuple[Conflict, ...], search: Search
) -> Iterator[Repair]:
    """The nearest smaller smallest size, and the nearest larger largest one."""
    del conflicts
    spec = problem.rulebook.groups
    fewer = (replace(spec, smallest=size) for size in range(spec.smallest - 1, SMALLEST - 1, -1))
    more = (replace(spec, largest=spec.largest + by) for by in range(1, FURTHEST + 1))
    for wider in (fewer, more):
        yield from _nearest(problem, list(wider), search)


def _nearest(problem: Problem, specs: list[GroupSpec], search: Search) -> Iterator[Repair]:
    nearer_impossible = True
    for cost, spec in enumerate(specs, start=1):
        own = replace(problem, rulebook=with_groups(problem.rulebook, spec))
        decision = decide(own, search)
        if decision.possible:
            yield _repair(own, decision, cost, cheapest=nearer_impossible)
            return
        nearer_impossible = nearer_impossible and decision.possible is False


def _repair(problem: Problem, decision: Decision, cost: int, *, cheapest: bool) -> Repair:
    spec = problem.rulebook.groups
    sentence = phrase(
        "If groups could have {low} to {high} people, {groups} would be possible",
        "Jos ryhmissä saisi olla {low}–{high} henkilöä, ryhmiä voisi olla {k}",
        "Om grupperna fick ha {low}–{high} personer skulle {groups} vara möjliga",
        low=spec.smallest,
        high=spec.largest,
        k=decision.groups,
        groups=groups_of(decision.groups),
    )
    change = {"rulebook": {"groups": plain_groups(spec)}}
    return Repair(Remedy.SIZE, sentence, cost, cheapest, problem, change)
