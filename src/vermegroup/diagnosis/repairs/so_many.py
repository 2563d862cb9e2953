"""How many groups a repair is said to make possible: a number only where no other is possible."""

from __future__ import annotations

from vermegroup.phrase import Phrase, groups_of
from vermegroup.problem import Problem
from vermegroup.solver.counting import Counting
from vermegroup.solver.limits import Search


def so_many(problem: Problem, groups: int, search: Search) -> Phrase:
    """The groups of a changed problem as an object: "2 groups", or "groups".

    ``groups`` were found to be possible; ``form`` looks for the best of all numbers that are.
    """
    counting = Counting(problem)
    if counting.left(search.expired) != [groups] or not counting.complete:
        return _GROUPS
    told = groups_of(groups)
    return Phrase(told.en, "1 ryhmän" if groups == 1 else told.fi, told.sv)


_GROUPS = Phrase("groups", "ryhmiä", "grupper")
