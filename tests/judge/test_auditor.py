"""The audit judges without the solver, and a disagreement with it does not pass."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from typer.testing import CliRunner

from tests.brute_force import Person
from tests.builders import problem_from
from vermegroup.app import form as forming
from vermegroup.cli.commands import app
from vermegroup.domain.findings import AuditError
from vermegroup.domain.grouping import grouping_of
from vermegroup.domain.outcome import Outcome
from vermegroup.judge.auditor import audit, confirm
from vermegroup.solver.form_parts import form

PEOPLE = [Person(f"Town {number}", years) for number, years in enumerate((0, 3, 12, 20, 1, 7, 15))]


def test_a_grouping_that_keeps_every_rule_is_valid() -> None:
    judged = audit(problem_from(PEOPLE), grouping_of(np.array([0, 0, 0, 1, 1, 1, 0])))
    assert judged.valid


@pytest.mark.parametrize(
    ("groups", "kind", "group", "people"),
    [
        ([0, 0, 0, 1, 1, 0, 0], "size", 1, {3, 4}),
        ([0, 0, 1, 1, 0, 0, 1], "include", 1, {2, 3, 6}),
        ([0, 0, 0, 1, 1, 1, -1], "place_everyone", None, {6}),
    ],
)
def test_a_breach_names_the_group_the_rule_and_the_people(
    groups: list[int], kind: str, group: int | None, people: set[int]
) -> None:
    judged = audit(problem_from(PEOPLE), grouping_of(np.array(groups)))
    breaches = [
        (standing.rule.kind, breach.group, set(breach.people))
        for standing in judged.rules
        for breach in standing.breaches
    ]
    assert (kind, group, people) in breaches


def test_where_nobody_is_placed_that_alone_is_the_breach() -> None:
    book = "rules: [even_sizes, {spread: years, at_least: 3}, place_everyone]"
    judged = audit(problem_from(PEOPLE, book), grouping_of(np.full(len(PEOPLE), -1)))
    broken = [standing.rule.kind for standing in judged.rules if not standing.satisfied]
    assert broken == ["place_everyone"]
    assert all(standing.margin is None for standing in judged.rules)
    assert judged.preferences == ()


def test_of_each_rule_the_room_that_is_left_is_told() -> None:
    judged = audit(problem_from(PEOPLE), grouping_of(np.array([0, 0, 0, 1, 1, 1, 0])))
    slack = {
        standing.rule.kind: standing.margin.slack
        for standing in judged.rules
        if standing.margin is not None
    }
    assert slack["size"] == 1  # seven people, and two groups of three need six
    assert slack["different"] == 1
    breaches = [standing.breaches for standing in judged.rules]
    assert breaches == [()] * len(breaches)


def test_how_far_each_group_is_from_a_rule_is_told() -> None:
    judged = audit(
        problem_from(PEOPLE, "groups: {size: 4-5}"), grouping_of(np.array([0] * 6 + [1]))
    )
    (size,) = (standing for standing in judged.rules if standing.rule.kind == "size")
    assert [(breach.group, breach.amount, len(breach.people)) for breach in size.breaches] == [
        (0, 1, 6),
        (1, 3, 1),
    ]


def test_a_number_that_the_rulebook_does_not_allow_is_weighed_as_well() -> None:
    """Six of one town repeat it three times in pairs, and four times in the threes allowed."""
    wishes = "preferences: [[{spread: years}, {different: municipality}]]"
    book = f"groups: {{size: 2-3, count: 2}}\nrules: [place_everyone]\n{wishes}"
    people = [Person("Town", at) for at in range(6)]
    judged = audit(problem_from(people, book), grouping_of(np.array([0, 0, 1, 1, 2, 2])))
    _, different = judged.preferences[-1].weighed
    assert (different.value, different.bound, different.proven) == (3, 3, True)


def test_a_value_that_the_audit_does_not_find_is_a_defect() -> None:
    outcome = form(problem_from(PEOPLE))
    assert outcome.audit is not None
    wrong = [replace(standing, value=standing.value + 1) for standing in outcome.preferences]
    confirm(outcome.audit, outcome.preferences)
    with pytest.raises(AuditError):
        confirm(outcome.audit, wrong)


def test_a_defect_is_said_and_nothing_is_written(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> Outcome:
        raise AuditError("spread: reported 3, found 2")

    monkeypatch.chdir(tmp_path)
    (tmp_path / "few.csv").write_text("id,municipality,years\nSYN-1,Turku,3\n", encoding="utf-8")
    monkeypatch.setattr(forming, "form", broken)
    shown = CliRunner().invoke(app, ["form", "few.csv"])
    assert shown.exit_code == 70
    assert "defect" in shown.output
    assert [path.name for path in tmp_path.iterdir()] == ["few.csv"]
