"""How many groups: every number of a small range is told, and of a large one the telling ones."""

from __future__ import annotations

import pytest

from tests.brute_force import Person
from tests.builders import problem_from
from vermegroup.domain.outcome import GroupCount
from vermegroup.domain.problem import Problem
from vermegroup.language.messages import _
from vermegroup.solver.group_counts import Counting, candidates, count_table
from vermegroup.solver.params import PARAMS

OPEN = _("open")


def people(count: int, experienced: int) -> Problem:
    """So many people of different municipalities, of whom so many are experienced, others new."""
    return problem_from(
        [Person(f"Town {at}", 20 if at < experienced else 1) for at in range(count)]
    )


def test_a_small_range_is_told_completely() -> None:
    table = count_table(Counting(people(40, 20)), {}, OPEN)
    assert [line.groups for line in table] == [*range(8, 14)]


@pytest.mark.parametrize("experienced", [0, 500, 700, 850, 2000])
def test_of_a_large_range_every_line_is_true_and_no_change_is_left_out(experienced: int) -> None:
    problem = people(3000, experienced)
    proven = {each.groups: each.certificate for each in candidates(problem)}
    counting = Counting(problem)
    table = count_table(counting, {}, OPEN)
    assert len(table) <= PARAMS.search.numbers_listed
    assert all(line.possible == (None if proven[line.groups] is None else False) for line in table)
    assert (table[0].groups, table[-1].groups) == (600, 1000)
    listed = {line.groups for line in table}
    for number in range(600, 1000):
        if (proven[number] is None) != (proven[number + 1] is None):
            assert {number, number + 1} <= listed
    assert len(listed) < len(proven)


def test_the_numbers_tried_are_told_with_what_came_of_them() -> None:
    problem = people(3000, 1500)
    line = GroupCount(712, True, _("formed"))
    table = count_table(Counting(problem), {712: line}, OPEN)
    assert line in table


def test_only_the_numbers_asked_for_are_judged() -> None:
    counting = Counting(people(3000, 1500))
    first = next(counting.in_order())
    assert first.groups == 750
    assert not counting.complete


def test_the_best_numbers_come_first() -> None:
    order = [each.groups for each in Counting(people(40, 20)).in_order()]
    assert order == [10, 9, 11, 8, 12, 13]
