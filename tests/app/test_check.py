"""A check says of a roster what form does, number by number and part by part."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from tests.brute_force import Person
from tests.builders import problem_from
from vermegroup.app.check import possibility
from vermegroup.cli.commands import app
from vermegroup.diagnosis.mus import Oracle, requirements_of
from vermegroup.domain.findings import AuditError
from vermegroup.domain.outcome import GroupCount, Verdict
from vermegroup.language.messages import verbatim
from vermegroup.report import check_text
from vermegroup.solver import possible_numbers
from vermegroup.solver.form_parts import form
from vermegroup.solver.search import Limits, Search
from vermegroup.solver.solution import Attempt

PATIENCE = Limits(seconds=60)


@pytest.fixture
def checked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)

    def run(roster: str, rules: str, *more: str) -> Result:
        Path("r.csv").write_text(roster, "utf-8")
        Path("rules.yaml").write_text(rules, "utf-8")
        return CliRunner().invoke(app, ["check", "r.csv", "--rules", "rules.yaml", *more])

    return run


@pytest.mark.parametrize(
    ("possible", "spans"),
    [
        ([2], "2 groups"),
        ([2, 3], "2–3 groups"),
        ([2, 4], "2 or 4 groups"),
        ([1, 2, 4, 6, 7], "1–2, 4 or 6–7 groups"),
    ],
)
def test_spans_hold_possible_numbers_alone(possible: list[int], spans: str) -> None:
    lines = [GroupCount(n, n in possible, verbatim("")) for n in range(1, 9)]
    said = check_text.possible(9, lines, possible=True, everyone=True)
    assert f"for example in {spans}." in str(said)
    waiting = check_text.possible(9, lines, possible=True, everyone=False)
    assert "some people may have to wait" in str(waiting)


SPLIT = """
split_by: profession
groups: {size: 3-4}
rules: []
parts:
  b: {rules: [RULES], groups: {size: 2-3, count: 2}}
"""


@pytest.mark.parametrize(
    ("rules", "verdict"), [("", Verdict.FORMED), ("place_everyone", Verdict.IMPOSSIBLE)]
)
def test_a_part_whose_people_may_wait_is_in_nobodys_way(rules: str, verdict: Verdict) -> None:
    text = SPLIT.replace("RULES", rules).replace("profession", "subject")
    people = [Person(f"Town {n}", n, "a" if n < 4 else "b") for n in range(7)]
    problem = problem_from(people, text)
    assert form(problem, PATIENCE).verdict is verdict
    outcome = possibility(problem, PATIENCE)
    assert outcome.verdict is verdict
    assert outcome.why_not is None or outcome.why_not.partial is None


def test_how_far_one_part_gets_is_not_told_of_all(checked) -> None:
    roster = "id;profession\n" + "".join(f"P{n};{'a' if n < 4 else 'b'}\n" for n in range(7))
    result = checked(roster, SPLIT.replace("RULES", "place_everyone"))
    assert result.exit_code == 1
    assert "b: Why not" in result.output
    assert "How far one gets" not in result.output


def test_what_is_called_possible_passes_the_audit(monkeypatch: pytest.MonkeyPatch) -> None:
    people = [Person("Oulu" if n < 4 else "Turku", n) for n in range(8)]
    problem = problem_from(people, "groups: {size: 2}\nrules: [{different: municipality}]")
    wrong = problem.roster.rows // 2
    monkeypatch.setattr(possible_numbers, "attempt_groups", lambda *_: Attempt(True, wrong))
    with pytest.raises(AuditError):
        possibility(problem, PATIENCE)


def test_more_groups_than_people_are_impossible_by_themselves() -> None:
    """Somebody is in every group, so that no rule on sizes is needed for this conflict."""
    people = [Person(f"Town {n}", n) for n in range(4)]
    problem = problem_from(people, "groups: {size: 2-3, count: 5}\nrules: [place_everyone]")
    oracle = Oracle(problem, Search(PATIENCE))
    number = next(
        requirement for requirement in requirements_of(problem) if requirement.rule is None
    )
    assert oracle.possible([number]) is False
    outcome = possibility(problem, PATIENCE)
    assert outcome.why_not is not None
    (conflict,) = outcome.why_not.conflicts
    assert [requirement.kind for requirement in conflict.requirements] == ["count"]
    assert conflict.minimal
    assert "5 people, but there are only 4" in str(conflict.sentence)


@pytest.mark.parametrize("seed", range(3))
def test_where_few_are_new_a_deal_in_layers_settles_the_numbers(
    monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    """As quickly as groups are formed; a search for them takes a hundred times longer."""
    monkeypatch.setattr(possible_numbers, "attempt_groups", None)
    chance = random.Random(seed)
    people = [Person(f"Town {n % 19}", (7 * n + n // 20) % 23) for n in range(60)]
    chance.shuffle(people)
    outcome = possibility(problem_from(people), PATIENCE)
    told = {line.groups: line.possible for line in outcome.group_counts}
    assert told == {n: n < 15 for n in range(12, 21)}
