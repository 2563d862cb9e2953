"""The first of ever larger changes that helps."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from vermegroup.diagnosis.written import Sections, Written
from vermegroup.phrase import Phrase
from vermegroup.problem import Problem
from vermegroup.solver.deciding import decide
from vermegroup.solver.limits import Search
from vermegroup.why_not import Remedy, Repair


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
