"""Small rosters with all their groupings written down, and a test of uniformity."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from tests.brute_force import Person
from tests.builders import problem_from
from vermegroup.domain.grouping import Grouping, grouping_of
from vermegroup.domain.problem import Problem
from vermegroup.judge.auditor import keeps_rules

TOWNS = ("Turku", "Oulu", "Lahti", "Salo", "Kemi")
RULES = (
    "rules: [{different: municipality}, place_everyone]",
    "rules: [{different: municipality, at_most: 2}, {include: {years: 5 or more}}, place_everyone]",
    "rules: [{common: hours, at_least: 1}, place_everyone]",
    "rules: [{spread: years, at_least: 3}, place_everyone]",
    "rules: [{not_alone: {subject: music}}, place_everyone]",
)
PREFERENCES = ("[]", "[{spread: years}]", "[even_sizes, {balance: years}]", "[{wishes: wishes}]")


@dataclass(frozen=True)
class Case:
    """A problem, whether sizes vary, and all groupings in as many groups as the first."""

    problem: Problem
    vary: bool
    groupings: list[Grouping]


def partitions(people: int, groups: int, low: int, high: int) -> Iterator[tuple[int, ...]]:
    """Every way to divide people among groups of these sizes, each once."""

    def seat(person: int, homes: list[int], sizes: list[int]) -> Iterator[tuple[int, ...]]:
        if (
            sum(max(0, low - size) for size in sizes) + low * (groups - len(sizes))
            > people - person
        ):
            return
        if person == people:
            yield tuple(homes)
            return
        for group in range(min(len(sizes) + 1, groups)):
            new = [*sizes, 0] if group == len(sizes) else list(sizes)
            new[group] += 1
            if new[group] <= high:
                yield from seat(person + 1, [*homes, group], new)

    yield from seat(0, [], [])


def case_of(seed: int) -> Case | None:
    """A case drawn by lot; None where it has too few groupings or too many."""
    draw = random.Random(seed)
    people = [
        Person(
            draw.choice(TOWNS),
            draw.randrange(12),
            draw.choice(("music", "art")),
            tuple(draw.sample(("ma", "ti", "ke"), draw.randint(1, 3))),
        )
        for _person in range(draw.randint(6, 9))
    ]
    low, high = draw.choice(((2, 3), (2, 4), (3, 4), (2, 5)))
    book = f"groups: {{size: {low}-{high}}}\n{draw.choice(RULES)}\npreferences: "
    problem = problem_from(people, book + draw.choice(PREFERENCES))
    groups = draw.randint(-(-len(people) // high), len(people) // low)
    every = [grouping_of(np.array(homes)) for homes in partitions(len(people), groups, low, high)]
    valid = [each for each in every if keeps_rules(problem, each)]
    vary = draw.random() < 0.5
    if not vary and valid:
        sizes = sorted(valid[0].seating().sizes().tolist())
        valid = [each for each in valid if sorted(each.seating().sizes().tolist()) == sizes]
    return Case(problem, vary, valid) if 4 <= len(valid) <= 100 else None


def cases(count: int) -> list[Case]:
    """The first so many cases."""
    found: list[Case] = []
    seed = 0
    while len(found) < count:
        seed += 1
        if (case := case_of(seed)) is not None:
            found.append(case)
    return found


def is_uniform(seen: Counter[bytes], every: Sequence[bytes]) -> bool:
    """Whether counts pass Pearson's χ² test of uniformity at 0.001.

    The quantile is that of Wilson and Hilferty (1931), within a per cent from 3 degrees on.
    """
    expected = sum(seen.values()) / len(every)
    statistic = sum((seen[key] - expected) ** 2 for key in every) / expected
    freedom = len(every) - 1
    root = 1 - 2 / (9 * freedom) + 3.0902 * (2 / (9 * freedom)) ** 0.5
    return statistic < freedom * root**3
