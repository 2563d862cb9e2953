"""The chain visits every grouping as often as any other, with sizes fixed and sizes varying."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

import numpy as np
import pytest

from tests.by_day import todays
from tests.evidence.enumerated import Case, cases, is_uniform
from vermegroup.domain.grouping import Grouping
from vermegroup.evidence.chain import Chain, canonical
from vermegroup.evidence.pool import PoolRequest, draw_pool
from vermegroup.evidence.standards import Standard, standards_of

CASES = cases(60)
EACH = 40
"""Visits expected of each grouping."""
APART = 4
"""Sweeps between two visits, which are as good as independent then."""


def keys(groupings: list[Grouping]) -> list[bytes]:
    return [canonical(each.group_of).tobytes() for each in groupings]


def visits(case: Case, every: list[bytes], standards: tuple[Standard, ...]) -> Counter[bytes]:
    rng = np.random.default_rng(len(every))
    chain = Chain(case.problem, case.groupings[0], standards, rng, vary=case.vary)
    chain.warm_up(30)
    seen: Counter[bytes] = Counter()
    for _visit in range(EACH * len(every)):
        for _sweep in range(APART):
            chain.sweep()
        seen[canonical(chain.group_of).tobytes()] += 1
    return seen


@pytest.mark.parametrize("number", todays(range(len(CASES))))
def test_every_valid_grouping_is_visited_as_often(number: int) -> None:
    case = CASES[number]
    every = keys(case.groupings)
    seen = visits(case, every, ())
    assert seen.keys() <= set(every)
    assert is_uniform(seen, every)


@pytest.mark.parametrize("number", todays(range(len(CASES))))
def test_every_grouping_that_is_as_good_is_visited_as_often(number: int) -> None:
    case = CASES[number]
    middle = case.groupings[len(case.groupings) // 2]
    standards = standards_of(case.problem, middle, Fraction(0))
    good = [each for each in case.groupings if _is_as_good(case, each, standards)]
    case = Case(case.problem, case.vary, [middle, *(each for each in good if each is not middle)])
    every = keys(case.groupings)
    seen = visits(case, every, standards)
    assert seen.keys() <= set(every)
    assert len(every) == 1 or is_uniform(seen, every)


def _is_as_good(case: Case, grouping: Grouping, standards: tuple[Standard, ...]) -> bool:
    seating = grouping.seating()
    plan = case.problem.plan(grouping.groups, placed=len(seating.people))
    values = [each.preference.value_of(case.problem.roster, plan, seating) for each in standards]
    met = (each.met(np.array([value])) for each, value in zip(standards, values, strict=True))
    return all(bool(found[0]) for found in met)


@pytest.mark.parametrize("number", range(0, len(CASES), 4))
def test_a_pool_holds_all_groupings_where_there_are_few(number: int) -> None:
    case = CASES[number]
    asked = PoolRequest(4 * len(case.groupings), 1, case.vary)
    pool = draw_pool(case.problem, case.groupings[:1], (), asked)
    assert {each.tobytes() for each in pool.groupings} == set(keys(case.groupings))
