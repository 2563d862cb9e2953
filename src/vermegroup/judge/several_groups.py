"""People in several groups: which of their seats is in which group, when that is not told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import chain, product
from math import prod

import numpy as np

from vermegroup.domain.arrays import IntArray
from vermegroup.domain.grouping import WAITLIST, Grouping
from vermegroup.domain.kind import Kind
from vermegroup.domain.problem import Problem
from vermegroup.domain.seats import in_seats, packed


def in_best_seats(problem: Problem, grouping: Grouping) -> Grouping:
    """A grouping of people as one of seats: see :func:`best_seated`."""
    return best_seated(problem, in_seats(problem.roster, grouping))


def best_seated(problem: Problem, seats: Grouping) -> Grouping:
    """The same groups of people, each by the seats that suit the rules best.

    Whoever is in a group has her first seat. A rule that names a person in one group means that
    seat. All her seats are alike, so the first is where that rule is kept, if it is kept in any of
    her groups; nobody is named twice, so each rule is asked alone.
    """
    if not problem.roster.has_further_seats:
        return seats
    seats = Grouping(packed(problem.roster, seats.group_of), seats.names)
    books = problem.rulebook.split.rulebooks() if problem.rulebook.split else (problem.rulebook,)
    for rule in chain.from_iterable(book.rules for book in books):
        people = np.unique(rule.in_one_seat(problem.roster))
        several = people[np.isin(people, problem.roster.person[problem.roster.further()])]
        if len(several):
            ways = _ways(problem, seats, several)
            seats = min(ways, key=partial(_missed, problem, rule))
    return seats


def _ways(problem: Problem, seats: Grouping, people: IntArray) -> Iterator[Grouping]:
    """These people's first seats in each of their groups, as they are first.

    Of very many such ways those in which one person changes, or all who can into one group.
    """
    person = problem.roster.person_of()
    taken = np.flatnonzero((seats.group_of != WAITLIST) & np.isin(person, people))
    own = [taken[person[taken] == each].tolist() for each in people.tolist()]
    own = [each for each in own if each]
    if prod(map(len, own)) <= _MOST_WAYS:
        for chosen in product(*own):
            yield _changed(seats, person, chosen)
        return
    yield seats
    for seat in taken.tolist():
        yield _changed(seats, person, [seat])
    for group in range(seats.groups):
        yield _changed(seats, person, taken[seats.group_of[taken] == group].tolist())


def _changed(seats: Grouping, person: IntArray, chosen: Sequence[int]) -> Grouping:
    """The first seats of some people where these seats of theirs are, and the other way round."""
    group_of, first = seats.group_of.copy(), person[list(chosen)]
    group_of[list(chosen)] = seats.group_of[first]
    group_of[first] = seats.group_of[list(chosen)]
    return Grouping(group_of, seats.names)


def _missed(problem: Problem, rule: Kind, seats: Grouping) -> int:
    """By how much a rule is missed."""
    seating = seats.seating()
    plan = problem.plan(seats.groups, placed=len(seating.people))
    whole = rule.overall(problem.roster, plan, seating)
    short = rule.shortfall(problem.roster, plan, seating) if seats.groups else ()
    return int(sum(short)) + (0 if whole is None else whole.amount)


_MOST_WAYS = 1_000
