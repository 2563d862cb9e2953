"""Subset rows: every whole choice keeps them, and they bring the relaxation nearer to the best."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from tests.solver.column_generation.every_grouping import divisions
from vermegroup.domain.arrays import IntArray
from vermegroup.domain.grouping import NOBODY
from vermegroup.solver.column_generation.partition import Partition
from vermegroup.solver.column_generation.subset_rows import with_cuts
from vermegroup.solver.column_generation.weak_duality import Bounded, relaxed
from vermegroup.solver.search import Limits, Search


def every_group(people: int, sizes: range) -> IntArray:
    """All groups of so many people, as rows."""
    width = sizes[-1]
    groups = [own for size in sizes for own in combinations(range(people), size)]
    return np.array([own + (NOBODY,) * (width - len(own)) for own in groups], dtype=np.int8)


def bounded(partition: Partition, start: IntArray) -> Bounded:
    found = relaxed(partition, start, Search(Limits(30)))
    assert found is not None
    return found


def choice_of(partition: Partition, division: list[tuple[int, ...]]) -> IntArray:
    group_of = np.empty(partition.people, dtype=np.int64)
    for place, members in enumerate(division):
        group_of[list(members)] = place
    return partition.places(group_of)


def nearest(partition: Partition, start: IntArray) -> tuple[Partition, Bounded]:
    """The relaxation after as many rounds of rows as break something."""
    found = bounded(partition, start)
    while (cut := with_cuts(partition, found.used, found.values)) is not None:
        partition, found = cut, bounded(cut, np.union1d(start, found.used))
    return partition, found


@pytest.mark.parametrize("seed", range(30))
@pytest.mark.parametrize(("people", "groups", "sizes"), [(8, 4, range(2, 3)), (9, 3, range(2, 5))])
def test_whole_choices_keep_all_rows_and_none_is_below_the_bound(
    seed: int, people: int, groups: int, sizes: range
) -> None:
    chance = np.random.default_rng(seed)
    columns = every_group(people, sizes)
    costs = chance.integers(-9, 10, len(columns))
    partition = Partition(people, groups, columns, 0, costs, ())
    choices = [
        choice_of(partition, division)
        for division in divisions(frozenset(range(people)), groups, sizes)
    ]
    best = min(int(costs[chosen].sum()) for chosen in choices)
    cut, found = nearest(partition, choices[0])
    assert all(cut.keeps_limits(chosen) for chosen in choices)
    assert bounded(partition, choices[0]).least <= found.least <= best
    for chosen in choices:
        if costs[chosen].sum() == best:
            assert np.isin(chosen, found.within(best)).all()


def test_two_triangles_are_not_split_by_halves() -> None:
    """Pairs within two threes are free: only halves of each pair would make all pairs free."""
    columns = every_group(6, range(2, 3))
    costs = np.array([int(one // 3 != other // 3) for one, other in columns], dtype=np.int64)
    partition = Partition(6, 3, columns, 0, costs, ())
    start = choice_of(partition, [(0, 3), (1, 4), (2, 5)])
    assert bounded(partition, start).least == 0
    assert nearest(partition, start)[1].least == 1


def test_a_part_of_the_columns_is_the_same_choice() -> None:
    columns = np.concatenate([every_group(4, range(2, 3)), [[0, NOBODY], [3, NOBODY]]])
    costs = np.arange(len(columns), dtype=np.int64)
    partition = Partition(4, 1, columns, 2, costs, ((costs, 5),))
    part = partition.part(np.array([1, 4, 7]))
    assert (part.waits, part.waits_from) == (1, 2)
    assert part.columns.tolist() == [[0, 2], [1, 3], [3, NOBODY]]
    assert part.costs.tolist() == part.limits[0][0].tolist() == [1, 4, 7]
