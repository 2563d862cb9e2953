"""What is asked where groups are made anew: who, of which old groups, under which rules."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from vermegroup.moves import Policy
from vermegroup.plan import Plan
from vermegroup.problem import Problem
from vermegroup.roster import BoolArray, IntArray
from vermegroup.solver.candidate_groups import NOBODY, holds
from vermegroup.solver.remains import Remains


@dataclass(frozen=True, slots=True)
class Ask:
    """``here`` (m,) are some people of the problem, and ``remains`` what is left of their groups.

    ``sizes`` are those that groups may have: where a rule compares them, only such as fit together.
    The rules are asked of everybody's problem, for some of them look at all; ``single`` are those
    about single groups.
    """

    problem: Problem
    here: IntArray
    remains: Remains
    policy: Policy
    sizes: range
    single: Problem = field(init=False)

    def __post_init__(self) -> None:
        """Leave out the rules that compare groups: the sizes see to those."""
        rules = self.problem.rulebook.rules
        single = self.problem.under(tuple(own for own in rules if not own.asks_number))
        object.__setattr__(self, "single", single)

    @property
    def plan(self) -> Plan:
        """The plan under which a single group is judged."""
        return self.problem.plan(1, everyone=False)

    def people(self, columns: IntArray) -> IntArray:
        """Candidate groups, given by places among those here, as people of the problem."""
        return np.append(self.here, NOBODY)[columns]

    def holds(self, columns: IntArray) -> BoolArray:
        """Which candidate groups keep every rule that is about single groups, shape (c,)."""
        return holds(self.single, self.plan, self.people(columns))


def sizes_that_fit(problem: Problem, people: int) -> list[range]:
    """The sizes that groups may have, of which at most so many people are.

    Where they are to be even, none is larger than another by more than one: a range for each two
    neighbouring sizes.
    """
    spec = problem.rulebook.groups
    smallest, largest = spec.smallest, min(spec.largest, people)
    if largest < smallest or not any(own.asks_number for own in problem.rulebook.rules):
        return [range(smallest, largest + 1)]
    last = max(smallest + 1, largest)
    return [range(low, min(low + 1, largest) + 1) for low in range(smallest, last)]
