"""Which trades are valid: both groups keep the rules, and what preferences hold as rules."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from vermegroup.domain.arrays import BoolArray, IntArray
from vermegroup.domain.grouping import Seating
from vermegroup.domain.plan import Plan
from vermegroup.domain.problem import Problem, must_be_seated
from vermegroup.solver.goals import Goal, both_sound
from vermegroup.solver.rounds.schedule import Schedule


class Judge:
    """Says which trades leave both groups valid, and the held preferences where they are."""

    def __init__(self, problem: Problem, plan: Plan, held: Sequence[Goal] = ()) -> None:
        self.problem, self.plan, self.held = problem, plan, tuple(held)
        rules = problem.rulebook.rules
        self.indifferent = not held and all(rule.sizes_alone for rule in rules)
        self._needed = np.zeros(len(problem.roster), dtype=bool)
        self._needed[must_be_seated(problem)] = True

    def valid(
        self, schedule: Schedule, rounds: IntArray, seats: IntArray, others: IntArray
    ) -> BoolArray:
        """Which of these trades (m,) may be made."""
        allowed = self._may_wait(schedule, rounds, seats, others)
        if self.indifferent:
            return allowed
        return allowed & self.sound(traded(schedule, rounds, seats, others))

    def sound(self, after: Seating) -> BoolArray:
        """Which alternatives for two groups fit, as :func:`both_sound` has it."""
        return both_sound(self.problem, self.plan, self.held, after)

    def _may_wait(
        self, schedule: Schedule, rounds: IntArray, seats: IntArray, others: IntArray
    ) -> BoolArray:
        seated = schedule.seats.seated
        people = schedule.people
        one = (others >= seated) & self._needed[people[rounds, seats]]
        two = (seats >= seated) & self._needed[people[rounds, others]]
        return ~(one | two)


def traded(schedule: Schedule, rounds: IntArray, seats: IntArray, others: IntArray) -> Seating:
    """The two groups of each trade after it: first all of ``seats``, then all of ``others``.

    The waitlist is no group, and stands there empty.
    """
    halves = [
        _joined(schedule, rounds, left, taken) for left, taken in ((seats, others), (others, seats))
    ]
    people = np.concatenate([people for people, _ in halves])
    group = np.concatenate([halves[0][1], halves[1][1] + len(rounds)])
    return Seating(people, group, 2 * len(rounds))


def _joined(
    schedule: Schedule, rounds: IntArray, left: IntArray, taken: IntArray
) -> tuple[IntArray, IntArray]:
    """The people of the groups of the seats ``left``, each with the person of ``taken`` there."""
    places, real = schedule.mates(left)
    trades, column = np.nonzero(real)
    mates = schedule.people[rounds[trades], places[trades, column]]
    inside = np.flatnonzero(left < schedule.seats.seated)
    new = schedule.people[rounds[inside], taken[inside]]
    return np.concatenate([mates, new]), np.concatenate([trades, inside])
