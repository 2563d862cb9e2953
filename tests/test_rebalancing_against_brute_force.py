"""Rebalancing answers as trying everything does: who waits, what breaks, what is touched and new.

Random groupings of up to nine people, with every choice of up to three who are absent.
"""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from tests.brute_force import (
    Naive,
    Person,
    different_municipalities,
    includes_experienced,
    includes_new,
)
from tests.builders import problem_from
from tests.rebalancing_oracle import best_rank
from vermegroup.moves import Policy
from vermegroup.problem import Problem
from vermegroup.solver.limits import Limits, Search
from vermegroup.solver.regrouping import regroup

DEFAULT = Naive(3, 5, 4, (different_municipalities, includes_new, includes_experienced), ())
PAIRS = Naive(2, 3, 2, (includes_experienced,), ())
RULES_OF_PAIRS = """
groups: {size: 2-3}
bands: {experience: {new: below 5, experienced: 10 or more}}
rules:
  - include: {experience: experienced, at_least: 1}
  - place_everyone
"""
BOOKS = {"default": (DEFAULT, None), "pairs": (PAIRS, RULES_OF_PAIRS)}


def random_case(seed: int) -> tuple[list[Person], list[int]]:
    """Up to nine people in groups that need not be valid, as hand-made ones may be."""
    chance = np.random.default_rng(seed)
    people = int(chance.integers(5, 10))
    roster = [
        Person(f"Town {chance.integers(0, 6)}", int(chance.choice([1, 3, 7, 12, 20])))
        for _ in range(people)
    ]
    groups = max(1, people // int(chance.integers(2, 5)))
    before = chance.permutation(np.arange(people) % groups)
    before[chance.random(people) < 0.08] = -1
    return roster, before.tolist()


@pytest.mark.parametrize("policy", Policy)
@pytest.mark.parametrize("book", BOOKS)
@pytest.mark.parametrize("seed", range(6))
def test_no_seating_is_better(seed: int, book: str, policy: Policy) -> None:
    naive, rules = BOOKS[book]
    roster, before = random_case(seed)
    problem = problem_from(roster, rules)
    people = range(len(roster))
    for absent in (own for many in range(4) for own in combinations(people, many)):
        here = np.setdiff1d(np.array(people), absent)
        part = Problem(problem.roster.subset(here), problem.rulebook)
        old = np.array(before)[here]
        found = regroup(part, old, policy, Search(Limits()))
        best = best_rank(
            [roster[p] for p in here], old.tolist(), naive, whole=policy is Policy.MERGE
        )
        assert found.rank() == best
        assert found.proven
        assert found.broken_bound == found.broken
