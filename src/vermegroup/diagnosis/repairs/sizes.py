"""Other sizes of groups: smaller ones, or larger ones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from vermegroup.diagnosis.repairs.nearest import Nearest, nearest, repair
from vermegroup.diagnosis.repairs.so_many import so_many
from vermegroup.diagnosis.written import Sections, Written
from vermegroup.phrase import Phrase, people_between, phrase
from vermegroup.rulebook import GroupSpec
from vermegroup.rules.groups_section import SMALLEST_GROUP, plain_groups
from vermegroup.solver.limits import Search
from vermegroup.why_not import Conflict, Remedy, Repair

FURTHEST = 4


def size_repairs(
    written: Written, conflicts: tuple[Conflict, ...], search: Search
) -> Iterator[Repair]:
    """The nearest smaller smallest size, and the nearest larger largest one."""
    del conflicts
    spec = written.problem.rulebook.groups
    smaller = [replace(spec, smallest=s) for s in range(spec.smallest - 1, SMALLEST_GROUP - 1, -1)]
    larger = [replace(spec, largest=spec.largest + by) for by in range(1, FURTHEST + 1)]
    for wider in (smaller, larger):
        found = nearest(written, _changes(wider), search)
        if found is not None:
            told = _sentence(found, search)
            yield repair(written, Remedy.SIZE, told, found, cheapest=found.cheapest)


def _changes(specs: Iterable[GroupSpec]) -> Iterator[tuple[int, Sections]]:
    return ((cost, {"groups": plain_groups(spec)}) for cost, spec in enumerate(specs, start=1))


def _sentence(found: Nearest, search: Search) -> Phrase:
    spec = found.problem.rulebook.groups
    return phrase(
        "If groups could have {people}, {groups} would be possible",
        "Jos ryhmissä saisi olla {people}, voisi muodostaa {groups}",
        "Om grupperna fick ha {people} skulle det gå att bilda {groups}",
        people=people_between(spec.smallest, spec.largest),
        groups=so_many(found.problem, found.groups, search),
    )
