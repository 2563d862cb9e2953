"""Of each planted roster the reason is found, and what is said to help does."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from tests.by_day import todays
from tests.diagnosis.applying import with_repair
from tests.diagnosis.oracle import COUNT, brute_force_fewest_waiting, label
from tests.diagnosis.planted import PLANTED, SMALL, Planted
from vermegroup.diagnosis.diagnose import diagnose
from vermegroup.domain.outcome import Conflict, Outcome, Proof, Remedy, Repair, Verdict, WhyNot
from vermegroup.judge.auditor import audit
from vermegroup.rulebooks.write import with_groups
from vermegroup.solver.form_parts import form
from vermegroup.solver.search import Limits

PATIENCE = Limits(seconds=60)
BY_NAME = {planted.name: planted for planted in (*PLANTED, *SMALL)}
each_planted = pytest.mark.parametrize("name", todays(BY_NAME, 4))
# Forming the groups of a large roster after each repair takes long, and tells no more.
each_of_moderate_size = pytest.mark.parametrize(
    "name", [name for name, planted in BY_NAME.items() if len(planted.people) <= 40]
)


@cache
def diagnosed(name: str) -> Outcome:
    return diagnose(form(BY_NAME[name].problem(), PATIENCE), PATIENCE)


def why_not(name: str) -> WhyNot:
    found = diagnosed(name).why_not
    assert found is not None
    return found


def labels_of(conflict: Conflict) -> frozenset[str]:
    return frozenset(
        COUNT if requirement.rule is None else label(requirement.rule)
        for requirement in conflict.requirements
    )


@each_planted
def test_the_planted_conflict_is_found_and_shown_to_be_minimal(name: str) -> None:
    conflicts = why_not(name).conflicts
    assert [labels_of(conflict) for conflict in conflicts] == [BY_NAME[name].conflict]
    assert conflicts[0].minimal


@each_of_moderate_size
def test_every_repair_works_when_it_is_applied(name: str) -> None:
    planted: Planted = BY_NAME[name]
    for repair in why_not(name).repairs:
        changed = with_repair(planted.people, planted.rulebook(), repair)
        assert form(changed, PATIENCE).verdict is Verdict.FORMED, str(repair.sentence)


@each_planted
def test_repairs_of_the_kinds_that_exist_are_found(name: str) -> None:
    """Relaxing a rule is told for rules that can be wishes; a pin or a size cannot."""
    wanted = {kind for kind in BY_NAME[name].repairs if kind != "relax"}
    found = {repair.remedy.value for repair in why_not(name).repairs}
    assert wanted <= found


@each_planted
def test_the_cheapest_come_first(name: str) -> None:
    costs = [repair.cost for repair in why_not(name).repairs]
    assert costs == sorted(costs)


@each_planted
def test_the_partial_plan_is_valid_and_loses_nobody(name: str) -> None:
    partial, problem = why_not(name).partial, BY_NAME[name].problem()
    if partial is None:
        return
    assert audit(partial.problem, partial.grouping).valid
    assert len(partial.grouping.group_of) == len(problem.roster)
    waiting = partial.grouping.waitlist().tolist()
    assert [left.person for left in partial.left_out] == waiting
    assert all(str(left.because) for left in partial.left_out)
    assert partial.bound >= len(problem.roster) - len(waiting)


@pytest.mark.parametrize("name", [planted.name for planted in SMALL])
def test_so_few_wait_as_brute_force_says(name: str) -> None:
    repairs = [repair for repair in why_not(name).repairs if repair.remedy is Remedy.WAITLIST]
    fewest = brute_force_fewest_waiting(BY_NAME[name].problem())
    if repairs:
        assert (repairs[0].cost, repairs[0].cheapest) == (fewest, True)


@each_of_moderate_size
def test_nothing_cheaper_of_its_kind_helps(name: str) -> None:
    planted = BY_NAME[name]
    for repair in why_not(name).repairs:
        if repair.cheapest:
            for cheaper in _cheaper(planted, repair):
                assert form(cheaper, PATIENCE).verdict is Verdict.IMPOSSIBLE, repair.sentence.in_(
                    "en"
                )


def _cheaper(planted: Planted, repair: Repair):
    """Problems with less of the same change."""
    problem = planted.problem()
    spec, book = problem.rulebook.groups, problem.rulebook
    wished = repair.problem.rulebook.groups
    if repair.remedy is Remedy.SIZE:
        for by in range(1, int(repair.cost)):
            smaller = wished.smallest < spec.smallest
            nearer = (
                replace(spec, smallest=spec.smallest - by)
                if smaller
                else replace(spec, largest=spec.largest + by)
            )
            yield replace(problem, rulebook=with_groups(book, nearer))
    elif repair.remedy is Remedy.COUNT:
        assert spec.fewest is not None
        assert spec.most is not None
        for count in range(spec.fewest - int(repair.cost) + 1, spec.most + int(repair.cost)):
            groups = replace(spec, fewest=count, most=count)
            yield replace(problem, rulebook=with_groups(book, groups))
    elif repair.remedy is Remedy.RECRUIT and len(repair.change["recruit"]) > 1:
        recruits = repair.change["recruit"]
        for left_out in range(len(recruits)):
            fewer = [recruit for at, recruit in enumerate(recruits) if at != left_out]
            lesser = replace(repair, change={"recruit": fewer})
            yield with_repair(planted.people, planted.rulebook(), lesser)


def test_what_cannot_be_told_by_counting_was_searched_twice() -> None:
    """The verdict says what it rests on, and so does each number of groups."""
    for name in BY_NAME:
        outcome = diagnosed(name)
        assert {line.possible for line in outcome.group_counts} == {False}
        proofs = {line.proof for line in outcome.group_counts}
        assert proofs <= {Proof.ARITHMETIC, Proof.SEARCH}
        if proofs == {Proof.ARITHMETIC}:
            assert why_not(name).conflicts[0].proof is Proof.ARITHMETIC
