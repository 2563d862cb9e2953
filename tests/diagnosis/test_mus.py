"""On random rosters of a handful of people, conflicts and waitlists are those of brute force."""

from __future__ import annotations

import pytest

from tests.by_day import todays
from tests.diagnosis.oracle import (
    COUNT,
    EVERYONE,
    brute_force_fewest_waiting,
    brute_force_minimal_conflicts,
    label,
    labels,
)
from tests.diagnosis.random_small import random_problem
from vermegroup.diagnosis.diagnose import diagnose
from vermegroup.diagnosis.mus import MOST_CONFLICTS
from vermegroup.domain.outcome import Remedy, Verdict
from vermegroup.judge.auditor import audit
from vermegroup.solver.form_parts import form
from vermegroup.solver.search import Limits

PATIENCE = Limits(seconds=60)


@pytest.mark.parametrize("seed", todays(range(60), 3))
def test_conflicts_and_the_cheapest_waitlist_are_those_of_brute_force(seed: int) -> None:
    problem = random_problem(seed)
    outcome = diagnose(form(problem, PATIENCE), PATIENCE)
    true_conflicts = brute_force_minimal_conflicts(problem)
    if outcome.verdict is Verdict.FORMED:
        assert not true_conflicts
        return
    assert outcome.why_not is not None
    found = [
        frozenset(
            COUNT if requirement.rule is None else label(requirement.rule)
            for requirement in conflict.requirements
        )
        for conflict in outcome.why_not.conflicts
    ]
    assert set(found) <= true_conflicts
    assert len(set(found)) == len(found) == min(len(true_conflicts), MOST_CONFLICTS)
    assert all(conflict.minimal for conflict in outcome.why_not.conflicts)
    waitlists = [repair for repair in outcome.why_not.repairs if repair.remedy is Remedy.WAITLIST]
    fewest = brute_force_fewest_waiting(problem) if EVERYONE in labels(problem) else None
    assert [(repair.cost, repair.cheapest) for repair in waitlists] == (
        [(fewest, True)] if fewest else []
    )
    if (partial := outcome.why_not.partial) is not None:
        assert audit(partial.problem, partial.grouping).valid
