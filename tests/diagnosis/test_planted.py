"""The planted rosters are impossible for the reason that was planted, and for no other."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.by_day import todays
from tests.diagnosis.oracle import (
    COUNT,
    EVERYONE,
    SIZE,
    brute_force_feasible,
    brute_force_fewest_waiting,
    brute_force_minimal_conflicts,
    labels,
    only,
)
from tests.diagnosis.planted import PLANTED, SMALL, Planted
from vermegroup.domain.outcome import Verdict
from vermegroup.domain.problem import Problem
from vermegroup.solver.form_parts import form
from vermegroup.solver.search import Limits

PATIENCE = Limits(seconds=10)
# The largest are built like smaller ones, on which everything is tried.
SOLVED = tuple(planted for planted in PLANTED if len(planted.people) <= 60)
each_planted = pytest.mark.parametrize(
    "planted", todays(PLANTED, 3), ids=lambda planted: planted.name
)
each_solved = pytest.mark.parametrize(
    "planted", todays(SOLVED, 3), ids=lambda planted: planted.name
)
each_small = pytest.mark.parametrize("planted", todays(SMALL, 3), ids=lambda planted: planted.name)


def verdict(problem: Problem) -> Verdict:
    return form(problem, PATIENCE).verdict


def test_there_are_enough_of_every_size() -> None:
    sizes = [len(planted.people) for planted in PLANTED]
    assert len(PLANTED) >= 25
    assert (min(sizes), max(sizes)) == (12, 1000)
    assert len({planted.name for planted in PLANTED}) == len(PLANTED)
    assert len({planted.name for planted in SMALL}) == len(SMALL)


@each_small
def test_brute_force_finds_the_planted_conflict_and_no_other(planted: Planted) -> None:
    problem = planted.problem()
    assert not brute_force_feasible(problem)
    assert brute_force_minimal_conflicts(problem) == {planted.conflict}


@each_small
def test_brute_force_leaves_as_many_waiting_as_planted(planted: Planted) -> None:
    found = brute_force_fewest_waiting(planted.problem())
    if planted.waiting is not None:
        assert found == planted.waiting
    if EVERYONE not in planted.conflict:
        assert found is None


@each_planted
def test_the_conflict_alone_is_impossible(planted: Planted) -> None:
    problem = planted.problem()
    assert planted.conflict <= labels(problem)
    assert verdict(problem) is Verdict.IMPOSSIBLE
    assert verdict(only(problem, planted.conflict)) is Verdict.IMPOSSIBLE


@each_solved
def test_without_any_one_rule_of_the_conflict_all_others_hold(planted: Planted) -> None:
    """So every conflict there is holds the whole planted one: it is the only smallest one."""
    problem = planted.problem()
    for rule in planted.conflict:
        # Groups larger than before are enough to show that the size was in the way.
        larger = 3 * problem.rulebook.groups.largest
        rest = only(problem, labels(problem) - {rule}, larger)
        if rule != EVERYONE:  # how many may wait is tried below
            assert form(rest, PATIENCE).grouping is not None, rule
        assert rule != EVERYONE or planted.waiting is not None


@pytest.mark.parametrize(
    ("planted", "kind"),
    [(planted, kind) for planted in (*SOLVED, *SMALL) for kind in sorted(planted.witnesses)],
    ids=lambda value: value if isinstance(value, str) else value.name,
)
def test_every_repair_that_is_said_to_exist_works(planted: Planted, kind: str) -> None:
    assert verdict(planted.repaired(kind).problem()) is Verdict.FORMED


@pytest.mark.parametrize(
    "planted", [planted for planted in SOLVED if planted.waiting], ids=lambda planted: planted.name
)
def test_so_few_are_enough_on_the_waitlist(planted: Planted) -> None:
    """With some number of groups; that no fewer are enough is brute force's to say."""
    waitlist = planted.repaired("waitlist")
    found = []
    for count in [planted.count] if planted.count else counts_at_the_ends(planted):
        grouping = form(replace(waitlist, count=count).problem(), PATIENCE).grouping
        found += [] if grouping is None else [len(grouping.waitlist())]
    assert min(found) == planted.waiting


def counts_at_the_ends(planted: Planted) -> list[int]:
    """The most groups there can be, and the fewest that hold everyone or nearly so."""
    people, spec = len(planted.people), planted.problem().rulebook.groups
    most, fewest = people // spec.smallest, -(-people // spec.largest)
    return sorted({most, fewest, max(1, fewest - 1)})


def test_what_a_set_of_rules_leaves_out_is_not_asked_for() -> None:
    problem = SMALL[0].problem()
    assert labels(problem) >= {SIZE, EVERYONE}
    assert COUNT not in labels(problem)
    assert brute_force_feasible(problem, frozenset())
    assert brute_force_feasible(problem, frozenset({EVERYONE}))
