"""Numbers at the ends of what is allowed: the audit says what Python's own integers say.

The seeds change from day to day; a failure names its own, and ``cases`` repeats it.
"""

from __future__ import annotations

import random
from datetime import date
from pathlib import Path

import pytest

from tests.exact_judge import Judge, Members, groupings
from tests.extreme_cases import any_groups, case_of, grouping_of, groups_in
from vermegroup import Limits, Problem, Verdict, audit_grouping
from vermegroup.domain.outcome import Audit
from vermegroup.domain.problem import PreferenceStanding
from vermegroup.solver.form_parts import form

TODAY = date.today().toordinal()
SEEDS = [TODAY * 1000 + number for number in range(30)]


def check_audit(judge: Judge, audited: Audit, problem: Problem, groups: list[Members]) -> None:
    """Every rule broken where the judge says so, and every value what the judge says."""
    broken = judge.rules_broken(groups)
    assert len(audited.rules) == len(broken)
    for standing, expected, rule in zip(audited.rules, broken, judge.rules(), strict=True):
        at_fault = {breach.group for breach in standing.breaches if breach.group is not None}
        assert at_fault == expected, rule
    assert audited.valid == judge.valid(groups)
    values = [value_in_units(problem, audited, standing) for standing in audited.preferences]
    assert values == judge.worth(groups), judge.preferences()


def value_in_units(problem: Problem, audited: Audit, standing: PreferenceStanding):
    return standing.preference.in_units(problem.roster, audited.plan, standing.value)


def check_bounds(judge: Judge, audited: Audit, problem: Problem, groups: list[Members]) -> None:
    """No valid grouping into as many groups passes a bound, or beats what is called proven."""
    rivals = [
        rival
        for rival in groupings(len(judge.people), max(2, judge.sizes()[0]))
        if len(rival) == len(groups) and judge.valid(rival)
    ]
    worth = judge.worth(groups)
    for place, (standing, preference) in enumerate(
        zip(audited.preferences, judge.preferences(), strict=True)
    ):
        kind = standing.preference
        bound = kind.bound(problem.roster, problem.plan(len(groups)))
        best = kind.in_units(problem.roster, audited.plan, bound)
        for rival in rivals:
            reached = judge.worth(rival)
            assert not judge.better(preference, reached[place], best), (preference, rival)
            if standing.proven and reached[:place] == worth[:place]:
                assert not judge.better(preference, reached[place], worth[place]), (
                    preference,
                    rival,
                )


@pytest.mark.parametrize("seed", SEEDS)
def test_the_audit_says_what_exact_numbers_say(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)
    case = case_of(chance, tmp_path, chance.choice((4, 6, 12, 30, 60)))
    read = case.read()
    if read is None:
        return
    problem, judge = read
    people = len(judge.people)
    for _ in range(3):
        groups = any_groups(chance, people)
        audited = audit_grouping(problem, grouping_of(groups, people))
        check_audit(judge, audited, problem, groups)


@pytest.mark.parametrize("seed", SEEDS[:12])
def test_what_is_formed_is_what_exact_numbers_allow(seed: int, tmp_path: Path) -> None:
    chance = random.Random(-seed)
    case = case_of(chance, tmp_path, chance.randint(4, 6))
    read = case.read()
    if read is None:
        return
    problem, judge = read
    outcome = form(problem, Limits(seconds=10))
    if outcome.grouping is None:
        if outcome.verdict is Verdict.IMPOSSIBLE:
            assert not any(
                judge.valid(groups) for groups in groupings(len(judge.people), 2) if groups
            )
        return
    groups = groups_in(outcome.grouping)
    assert outcome.audit is not None
    assert judge.valid(groups)
    check_audit(judge, outcome.audit, problem, groups)
    check_bounds(judge, outcome.audit, problem, groups)
