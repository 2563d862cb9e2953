"""People in several groups: which of their seats is in which group, when a file does not tell."""

from __future__ import annotations

import numpy as np

from vermegroup.domain.grouping import WAITLIST, Grouping
from vermegroup.domain.problem import Problem
from vermegroup.domain.seats import in_seats
from vermegroup.judge.auditor import audit


def in_best_seats(problem: Problem, grouping: Grouping) -> Grouping:
    """A grouping of people as one of seats.

    A rule that names a person in one group means her first seat. All her seats are alike, so the
    first is where that rule is kept, if it is kept in any of her groups.
    """
    seats = in_seats(problem.roster, grouping)
    books = problem.rulebook.split.rulebooks() if problem.rulebook.split else (problem.rulebook,)
    named = [rule.in_one_seat(problem.roster) for book in books for rule in book.rules]
    for person in np.unique(np.concatenate([*named, np.empty(0, dtype=np.int64)])).tolist():
        own = np.flatnonzero(problem.roster.person_of() == person)
        own = own[seats.group_of[own] != WAITLIST]
        ways = [seats, *(_changed(seats, person, other) for other in own[1:].tolist())]
        if len(ways) > 1:
            seats = min(ways, key=lambda way: _broken(problem, way))
    return seats


def _changed(seats: Grouping, one: int, other: int) -> Grouping:
    group_of = seats.group_of.copy()
    group_of[[one, other]] = group_of[[other, one]]
    return Grouping(group_of, seats.names)


def _broken(problem: Problem, seats: Grouping) -> int:
    audited = audit(problem, seats)
    rules = (*audited.rules, *(rule for part in audited.parts for rule in part.audit.rules))
    return sum(breach.amount for rule in rules for breach in rule.breaches)
