"""The bound on repeats is never above what trying every plan comes to."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import combinations

import numpy as np
import pytest

from tests.brute_force import Person
from tests.builders import problem_from
from vermegroup.domain.arrays import IntArray
from vermegroup.domain.grouping import grouping_of
from vermegroup.domain.meetings import Met, met
from vermegroup.domain.problem import Problem, rules_broken
from vermegroup.judge.meetings import fewest_repeats

RULES = (
    "- different: municipality",
    "- include: {experience: new, at_least: 1}",
    "- include: {experience: new, at_least: 2}",
    "- include: {experience: experienced, at_least: 1}",
)
BOOK = """\
groups: {{size: 2-5}}
bands:
  experience: {{new: below 5, experienced: 10 or more}}
rules: {rules}
preferences: [place_everyone]
"""


def groupings(people: list[int], sizes: list[int]) -> Iterator[list[tuple[int, ...]]]:
    """Every way to seat some of the people in groups of these sizes, in whatever order."""
    if not sizes:
        yield []
        return
    for group in combinations(people, sizes[0]):
        rest = [person for person in people if person not in group]
        for others in groupings(rest, sizes[1:]):
            yield [group, *others]


def fewest(ways: set[frozenset[tuple[int, int]]], rounds: int, before: Met) -> int:
    """The fewest repeats of any plan, all plans tried: by the pairs that have met."""
    known = frozenset(zip(before.first.tolist(), before.second.tolist(), strict=True))
    reached = {known: before.repeats}
    for _ in range(rounds):
        further: dict[frozenset[tuple[int, int]], int] = {}
        for pairs, repeats in reached.items():
            for way in ways:
                both, cost = pairs | way, repeats + len(pairs & way)
                further[both] = min(cost, further.get(both, cost))
        reached = further
    return min(reached.values())


def valid_ways(problem: Problem, sizes: list[int]) -> dict[frozenset[tuple[int, int]], IntArray]:
    found = {}
    people = len(problem.roster)
    plan = problem.plan(len(sizes))
    for groups in groupings(list(range(people)), sizes):
        group_of = np.full(people, -1)
        for place, group in enumerate(groups):
            group_of[list(group)] = place
        if not rules_broken(problem, plan, grouping_of(group_of).seating()).any():
            pairs = met([group_of], people)
            found[frozenset(zip(pairs.first.tolist(), pairs.second.tolist(), strict=True))] = (
                group_of
            )
    return found


@pytest.mark.parametrize("seed", range(120))
def test_no_plan_has_fewer_repeats_than_the_bound(seed: int) -> None:
    chance = random.Random(seed)
    ways: dict[frozenset[tuple[int, int]], IntArray] = {}
    while not ways:
        sizes = [chance.randint(2, 3) for _ in range(chance.randint(1, 2))]
        people = sum(sizes) + chance.choice([0, 0, 0, 1])
        rules = "\n".join(["", *chance.sample(RULES, chance.randint(1, 2))]) if seed % 2 else "[]"
        who = [Person(f"T{chance.randrange(6)}", chance.randrange(14)) for _ in range(people)]
        problem = problem_from(who, BOOK.format(rules=rules))
        ways = valid_ways(problem, sizes)
    before = [np.array([chance.randrange(-1, 3) for _ in who]) for _ in range(chance.randint(0, 2))]
    rounds = chance.randint(1, 3)
    grouping = grouping_of(next(iter(ways.values())))
    bound = fewest_repeats(problem, grouping, rounds, before)
    assert bound <= fewest(set(ways), rounds, met(before, people))


@pytest.mark.parametrize(
    ("people", "size", "rounds", "repeats"),
    [(16, 4, 5, 0), (16, 4, 6, 24), (25, 5, 7, 50), (4, 4, 3, 12), (10, 5, 2, 8), (32, 4, 11, 32)],
)
def test_bounds_that_are_known(people: int, size: int, rounds: int, repeats: int) -> None:
    who = [Person(f"T{n}", n) for n in range(people)]
    problem = problem_from(who, f"groups: {{size: {size}}}\nrules: [place_everyone]\n")
    grouping = grouping_of(np.arange(people) // size)
    assert fewest_repeats(problem, grouping, rounds) == repeats


def test_people_whom_a_rule_parts_are_not_counted_as_left_to_meet() -> None:
    who = [Person(f"T{n % 4}", n) for n in range(8)]
    book = "groups: {size: 4}\nrules: [different: municipality, place_everyone]\n"
    grouping = grouping_of(np.arange(8) // 4)
    # Each may meet six others, three in a round: the third round repeats three of each.
    assert fewest_repeats(problem_from(who, book), grouping, 3) == 12


def test_where_few_must_be_in_every_group_they_are_met_again() -> None:
    who = [Person(f"T{n}", 1 if n < 2 else 20) for n in range(8)]
    rules = "\n- include: {experience: new, at_least: 1}\n- place_everyone"
    problem = problem_from(who, BOOK.format(rules=rules))
    # Two groups, two new people: in each round after two, all six others meet one again.
    grouping = grouping_of(np.arange(8) % 2)
    assert fewest_repeats(problem, grouping, 4) >= 12
