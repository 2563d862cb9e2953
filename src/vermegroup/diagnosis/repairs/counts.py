"""Other numbers or sizes of groups: the nearest change that helps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from vermegroup.diagnosis.explain import so_many
from vermegroup.diagnosis.written import Sections, Written
from vermegroup.domain.outcome import Conflict, Remedy, Repair
from vermegroup.domain.problem import Problem
from vermegroup.domain.rulebook import GroupSpec
from vermegroup.language.phrase import Phrase, groups_of, people_between, phrase
from vermegroup.rulebooks.sections import SMALLEST_GROUP
from vermegroup.rulebooks.write import with_groups
from vermegroup.solver.feasibility import decide
from vermegroup.solver.group_counts import Counting
from vermegroup.solver.search import Search


@dataclass(frozen=True, slots=True)
class Nearest:
    """A changed text, the ``problem`` it makes, of which ``groups`` groups are possible.

    ``cheapest`` says that all smaller changes are proven not to help; ``verified`` that ``form``
    was tried with the change, and formed groups.
    """

    change: Sections
    problem: Problem
    groups: int
    cost: int
    cheapest: bool
    verified: bool


def nearest(
    written: Written, changes: Iterable[tuple[int, Sections]], search: Search
) -> Nearest | None:
    """Try changes of the text, with their costs, from the smallest on; None if none helps."""
    smaller_impossible = True
    for cost, sections in changes:
        problem = written.read(sections)
        if problem is None:  # such a text is refused, so it helps nobody
            continue
        decision = decide(problem, search)
        formed = written.formed(sections, search) if decision.possible else False
        if formed is not False:
            return Nearest(
                sections, problem, decision.groups, cost, smaller_impossible, formed is True
            )
        smaller_impossible = smaller_impossible and decision.possible is False
        if search.expired():
            break
    return None


def repair(
    written: Written, remedy: Remedy, sentence: Phrase, found: Nearest, *, cheapest: bool
) -> Repair:
    """What was found as a repair."""
    return Repair(
        remedy,
        sentence,
        found.cost,
        cheapest,
        found.problem,
        {"rulebook": found.change},
        found.verified,
        lines=written.lines(found.change),
    )


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
        yield repair(
            written, Remedy.COUNT, _count_sentence(found.groups), found, cheapest=found.cheapest
        )


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
        yield cost, {"groups": wished.written()}


def _count_sentence(groups: int) -> Phrase:
    return phrase(
        "{groups} would be possible",
        "Mahdollista olisi: {groups}",
        "Det skulle gå att bilda {groups}",
        groups=groups_of(groups),
    )


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
            told = _sizes_sentence(found, search)
            yield repair(written, Remedy.SIZE, told, found, cheapest=found.cheapest)


def _changes(specs: Iterable[GroupSpec]) -> Iterator[tuple[int, Sections]]:
    return ((cost, {"groups": spec.written()}) for cost, spec in enumerate(specs, start=1))


def _sizes_sentence(found: Nearest, search: Search) -> Phrase:
    spec = found.problem.rulebook.groups
    return phrase(
        "If groups could have {people}, {groups} would be possible",
        "Jos ryhmissä saisi olla {people}, voisi muodostaa {groups}",
        "Om grupperna fick ha {people} skulle det gå att bilda {groups}",
        people=people_between(spec.smallest, spec.largest),
        groups=so_many(found.problem, found.groups, search),
    )
