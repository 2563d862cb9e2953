"""How the preferences stand after a rebalancing, beside bounds that hold for whatever is left open.

Nobody says how many groups there are to be. So a bound is the best of those of all numbers that a
plan as good may have: as good in people placed, bonds, groups touched and new bonds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from vermegroup.findings import AuditError
from vermegroup.grouping import Grouping
from vermegroup.kind import Kind
from vermegroup.outcome import PreferenceStanding
from vermegroup.plan import Plan
from vermegroup.problem import Problem
from vermegroup.rivals import MOST_LOOKS
from vermegroup.solver.regrouped import Regrouped


def standings_of(
    problem: Problem, grouping: Grouping, answer: Regrouped | None
) -> tuple[PreferenceStanding, ...]:
    """Every preference beside the best that it could be without loss to what comes before it.

    ``answer`` is the solver's; None where everything stayed and no other plan leaves all as it is.

    Raises AuditError where a preference is not worth what the solver reckoned with.
    """
    if not grouping.groups:
        return ()
    here = _Standing(problem, grouping, answer)
    return tuple(map(here.of, range(len(problem.rulebook.preferences))))


@dataclass(frozen=True, slots=True)
class _Standing:
    problem: Problem
    grouping: Grouping
    answer: Regrouped | None

    def of(self, place: int) -> PreferenceStanding:
        """The preference at a place."""
        preference, answer = self.problem.rulebook.preferences[place], self.answer
        value = self._value(preference)
        weighed = tuple(self._counted(own) for own, _ in preference.weighed())
        if answer is not None and place >= answer.settled:
            return self._counted(preference, weighed)
        if answer is not None and answer.costs[place] != value * preference.sense.value:
            raise AuditError(f"{preference.kind}: reckoned {answer.costs[place]}, found {value}")
        return PreferenceStanding(preference, value, value, proven=True, weighed=weighed)

    def _counted(
        self, preference: Kind, weighed: tuple[PreferenceStanding, ...] = ()
    ) -> PreferenceStanding:
        """Beside what arithmetic alone says of every number of groups."""
        numbers, value = self._numbers(), self._value(preference)
        if len(numbers) * len(self.problem.roster) <= MOST_LOOKS:
            bound = self._bound(preference, numbers)
            return PreferenceStanding(preference, value, bound, value == bound, weighed)
        bound = self._bound(preference, (self.grouping.groups,))
        return PreferenceStanding(
            preference, value, bound, proven=False, weighed=weighed, this_number=True
        )

    def _value(self, preference: Kind) -> int:
        plan = self.problem.plan(self.grouping.groups)
        return preference.value_of(self.problem.roster, plan, self.grouping.seating())

    def _bound(self, preference: Kind, numbers: Sequence[int]) -> int:
        """The best that any of these numbers of groups could reach."""
        sense, roster = preference.sense.value, self.problem.roster
        bounds = (preference.bound(roster, self._plan(groups)) for groups in numbers)
        return sense * min(own * sense for own in bounds)

    def _plan(self, groups: int) -> Plan:
        """Where nobody waits now, nobody waits in a plan that is as good."""
        everyone = self.problem.rulebook.everyone or not len(self.grouping.waitlist())
        return self.problem.plan(groups, everyone=everyone)

    def _numbers(self) -> range:
        """How many groups a plan may have that leaves as few waiting."""
        spec, people = self.problem.rulebook.groups, len(self.problem.roster)
        waiting = len(self.grouping.waitlist())
        least = 0 if self.answer is None else self.answer.waiting_bound
        fewest = -(-(people - waiting) // spec.largest)
        return range(max(1, fewest), (people - least) // spec.smallest + 1)
