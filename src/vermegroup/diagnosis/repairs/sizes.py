"""Other sizes of groups: smaller ones, or larger ones."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from vermegroup.diagnosis.repairs.nearest import Nearest, nearest
from vermegroup.phrase import groups_of, phrase
from vermegroup.problem import Problem
from vermegroup.rules.amending import with_groups
from vermegroup.rules.groups_section import plain_groups
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
    smaller = [replace(spec, smallest=s) for s in range(spec.smallest - 1, SMALLEST - 1, -1)]
    larger = [replace(spec, largest=spec.largest + by) for by in range(1, FURTHEST + 1)]
    for wider in (smaller, larger):
        changed = (replace(problem, rulebook=with_groups(problem.rulebook, own)) for own in wider)
        found = nearest(enumerate(changed, start=1), search)
        if found is not None:
            yield _repair(found)


def _repair(found: Nearest) -> Repair:
    spec = found.problem.rulebook.groups
    sentence = phrase(
        "If groups could have {low} to {high} people, {groups} would be possible",
        "Jos ryhmissä saisi olla {low}–{high} henkilöä, ryhmiä voisi olla {k}",
        "Om grupperna fick ha {low}–{high} personer skulle {groups} vara möjliga",
        low=spec.smallest,
        high=spec.largest,
        k=found.groups,
        groups=groups_of(found.groups),
    )
    change = {"rulebook": {"groups": plain_groups(spec)}}
    return Repair(Remedy.SIZE, sentence, found.cost, found.cheapest, found.problem, change)
