"""Another number of groups, where one was asked for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from vermegroup.diagnosis.repairs.nearest import nearest, repair
from vermegroup.diagnosis.written import Sections, Written
from vermegroup.phrase import Phrase, groups_of, phrase
from vermegroup.problem import Problem
from vermegroup.rules.amending import with_groups
from vermegroup.rules.groups_section import plain_groups
from vermegroup.solver.counting import Counting
from vermegroup.solver.limits import Search
from vermegroup.why_not import Conflict, Remedy, Repair


def number_repairs(
    written: Written, conflicts: tuple[Conflict, ...], search: Search
) -> Iterator[Repair]:
    """The possible number of groups that is nearest to those asked for."""
    del conflicts
    spec = written.problem.rulebook.groups
    if spec.fewest is None and spec.most is None:
        return
    found = nearest(written, _outwards(written.problem), search)
    if found is not None:
        yield repair(written, Remedy.COUNT, _sentence(found.groups), found, cheapest=found.cheapest)


def _outwards(problem: Problem) -> Iterator[tuple[int, Sections]]:
    """The numbers that sizes allow beyond those asked for, the nearest first; then the larger."""
    spec = problem.rulebook.groups
    free = replace(spec, fewest=None, most=None)
    book = with_groups(problem.rulebook, free)
    low, high = spec.fewest or 1, spec.most or len(problem.roster)
    numbers = Counting(replace(problem, rulebook=book)).numbers
    costs = ((max(low - k, k - high), -k) for k in numbers)
    for cost, negative in sorted(own for own in costs if own[0] > 0):
        wished = replace(spec, fewest=-negative, most=-negative)
        yield cost, {"groups": plain_groups(wished)}


def _sentence(groups: int) -> Phrase:
    return phrase(
        "{groups} would be possible",
        "Mahdollista olisi: {groups}",
        "Det skulle gå att bilda {groups}",
        groups=groups_of(groups),
    )
