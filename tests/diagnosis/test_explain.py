"""How far one gets is one of two questions, told apart: with the number asked for, or with any."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from tests.answers import report_of
from tests.brute_force import Person
from tests.builders import problem_from
from vermegroup.cli.commands import app
from vermegroup.diagnosis.diagnose import diagnose
from vermegroup.diagnosis.explain import left_out
from vermegroup.domain.grouping import Grouping, group_names
from vermegroup.domain.outcome import PartialPlan, Verdict
from vermegroup.judge.auditor import audit
from vermegroup.language.catalogues import languages
from vermegroup.report.build import partial_line
from vermegroup.report.why_not_text import reached
from vermegroup.solver.form_parts import form
from vermegroup.solver.search import Limits

PATIENCE = Limits(seconds=60)
KEVAT = Path(__file__).parents[2] / "examples" / "etavertaismentorointi" / "kevat.csv"
OPEN = {
    "en": "Where the number of groups is left open",
    "fi": "Kun ryhmien määrä on vapaa",
    "sv": "När antalet grupper är fritt",
}


def mixed(people: int, towns: int = 40) -> list[Person]:
    """New, experienced and other people in turns, from so many towns."""
    return [Person(f"Town {n % towns}", (1, 12, 7, 3, 15)[n % 5], "Art") for n in range(people)]


def plan_of(people: list[Person], rulebook: str) -> PartialPlan:
    """How far one gets with an impossible rulebook; the plan keeps its rules and loses nobody."""
    problem = problem_from(people, rulebook)
    outcome = diagnose(form(problem, PATIENCE), PATIENCE)
    assert outcome.verdict is Verdict.IMPOSSIBLE
    assert outcome.why_not is not None
    plan = outcome.why_not.partial
    assert plan is not None
    assert audit(plan.problem, plan.grouping).valid
    assert len(plan.grouping.group_of) == len(people)
    return plan


def rules(groups: str, *more: str) -> str:
    lines = ["different: municipality", *_LEVELS, *more, "place_everyone"]
    return "\n".join([f"groups: {{{groups}}}", "rules:", *(f"  - {rule}" for rule in lines)])


_LEVELS = ("include: {experience: new, at_least: 1}", "include: {experience: experienced}")

# An impossible number of groups, with which the answer was that of another question.
IMPOSSIBLE = [
    (30, rules("size: 3-5, prefer: 4, count: 14")),
    (50, rules("size: 3-5, prefer: 4, count: 20")),
    (31, rules("size: 3-5, count: 11")),
    (30, rules("size: 2-5, count: 16")),
    (29, rules("size: 3-5, prefer: 4, count: 12-14")),
    (30, rules("size: 3-5, prefer: 4, count: 14", "even_sizes")),
    (40, rules("size: 4-5, prefer: 5, count: 15", "apart: [SYN-001, SYN-002, SYN-003]")),
    (24, rules("size: 3-4, count: 9", "together: [SYN-004, SYN-005]")),
    (35, rules("size: 3-6, count: 30", "include: {years: 5-9, at_most: 2}")),
    (36, rules("size: 3-5, prefer: 4, count: 13", "pin: {SYN-003: G02, SYN-008: G05}")),
    (33, rules("size: 3-5, prefer: 4, count: 40", "not_alone: {experience: mid}")),
]


@pytest.mark.parametrize(("people", "rulebook"), IMPOSSIBLE)
def test_an_impossible_number_says_nothing_of_other_numbers(people: int, rulebook: str) -> None:
    plan = plan_of(mixed(people), rulebook)
    problem = plan.problem
    assert plan.any_number
    assert (problem.rulebook.groups.fewest, problem.rulebook.groups.most) == (None, None)
    assert not plan.left_out, "form places everyone in another number of groups"
    assert plan.bound == people


def test_of_a_possible_number_it_is_told_how_many_so_many_groups_take() -> None:
    plan = plan_of(mixed(12), rules("size: 3-4, count: 2"))
    assert not plan.any_number
    assert (12 - len(plan.left_out), plan.bound, plan.grouping.groups) == (8, 8, 2)


def test_with_any_number_some_may_have_to_wait_all_the_same() -> None:
    """Six of nine are from one town, and so only one group of three is possible."""
    crowded = [Person("Oulu" if n < 6 else f"Town {n}", n) for n in range(9)]
    book = "groups: {size: 3, count: 5}\nrules: [{different: municipality}, place_everyone]"
    plan = plan_of(crowded, book)
    assert plan.any_number
    assert (len(plan.left_out), plan.bound, plan.most) == (6, 3, True)


@pytest.mark.parametrize(
    ("people", "asked", "any_number"),
    [(12, "count: 2", False), (12, "count: 9", True)],
)
def test_both_questions_are_told_in_words(people: int, asked: str, any_number: bool) -> None:
    problem = problem_from(mixed(people), rules(f"size: 3-4, {asked}"))
    outcome = diagnose(form(problem, PATIENCE), PATIENCE)
    line = partial_line(((None, outcome),))
    assert line is not None
    assert line.any_number is any_number
    for language in languages():
        sentence = reached(line).in_(language)
        assert (OPEN[language] in sentence) is any_number, sentence
    if not any_number:
        assert (
            reached(line)
            .in_("en")
            .startswith("With the number of groups that was asked for: 8 people")
        )


def test_the_sample_and_the_example_of_the_readme(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    run = CliRunner().invoke
    assert run(app, ["sample", "--participants", "30", "-o", "r.csv"]).exit_code == 0
    checked = run(app, ["check", "r.csv", "--groups", "14", "--format", "json"])
    assert checked.exit_code == 1
    assert "everyone can be placed" in run(app, ["check", "r.csv", "--groups", "14"]).output
    formed = run(app, ["form", str(KEVAT), "--groups", "20", "--format", "json"])
    assert formed.exit_code == 1
    partial = json.loads(formed.stdout)["partial"]
    assert (partial["placed"], partial["bound"], partial["any_number"]) == (50, 50, True)


SPLIT = """
split_by: subject
groups: {size: 2-3}
rules: [place_everyone]
parts:
  Art: {groups: {size: 2-3, count: 5}}
  Music: {groups: {size: 2-3, count: 1}}
"""


def test_of_a_split_roster_the_bounds_of_two_questions_are_not_added_up() -> None:
    """Art can be in no five groups; that Music has two over says nothing of other numbers."""
    people = [Person(f"Town {n}", n, "Art" if n < 5 else "Music") for n in range(10)]
    outcome = diagnose(form(problem_from(people, SPLIT), PATIENCE), PATIENCE)
    assert outcome.why_not is not None
    plan = outcome.why_not.partial
    assert plan is not None
    art, music = (part.outcome.why_not for part in outcome.parts)
    assert art is not None
    assert music is not None
    assert art.partial is not None
    assert music.partial is not None
    assert (art.partial.any_number, art.partial.bound) == (True, 5)
    assert (music.partial.any_number, music.partial.bound) == (False, 3)
    assert plan.any_number
    assert plan.bound == 10
    assert not plan.most


@pytest.mark.parametrize("rules", ["", "{include: {experience: new, at_least: 1}}, "])
def test_a_part_that_can_have_no_group_adds_nothing_to_the_bound(rules: str) -> None:
    """One is too few, or two are enough and nobody is new: whoever waits, there is no group."""
    book = f"split_by: subject\ngroups: {{size: 2-3}}\nrules: [{rules}place_everyone]"
    people = [Person(f"Town {n}", 1 if n else 20, "Art") for n in range(3)]
    people += [Person(f"Town {n}", 20, "Music") for n in range(2 if rules else 1)]
    outcome = diagnose(form(problem_from(people, book), PATIENCE), PATIENCE)
    assert outcome.why_not is not None
    plan = outcome.why_not.partial
    assert plan is not None
    assert (plan.bound, plan.most) == (3, True)
    assert {str(person.because) for person in plan.left_out} == {
        "no group can be formed in this part"
    }
    sentences = {str(line.part): str(line.sentence) for line in report_of(outcome).parts}
    assert sentences["Art"] == "3 people can form 1 group, as in the partial plan."


def test_without_time_no_part_is_said_to_have_no_possible_group() -> None:
    book = "split_by: subject\ngroups: {size: 2-3}\nrules: [place_everyone]"
    people = [Person("Town", n, "Art" if n < 3 else "Music") for n in range(4)]
    outcome = diagnose(form(problem_from(people, book), PATIENCE), Limits(0.0))
    assert outcome.why_not is not None
    plan = outcome.why_not.partial
    assert plan is not None
    assert (plan.bound, plan.most) == (4, False)
    assert [str(person.because) for person in plan.left_out] == ["no group was found for this part"]


def test_a_rule_on_all_sizes_judges_all_groups_when_somebody_is_added() -> None:
    book = "groups: {size: 2-4}\nrules: [even_sizes, {different: municipality}]"
    people = [Person(town, 1) for town in ("A", "B", "C", "A", "B", "B", "D")]
    problem = problem_from(people, book)
    grouping = Grouping(np.array([0, 0, 0, 1, 1, -1, -1]), group_names(2))
    nobody = np.empty(0, dtype=np.int64)
    clashing, fitting = left_out(problem, grouping, nobody)
    assert str(fitting.because) == "no place was found in a group", "three and three are even"
    assert str(clashing.because).startswith("no place in any of 2 groups")
    assert clashing.because.in_("fi").startswith("ei sovi mihinkään 2 ryhmästä")
    assert clashing.because.in_("fi", "they").startswith("eivät sovi mihinkään 2 ryhmästä")
    larger = Grouping(np.array([0, 0, 0, 1, 1, -1, 0]), group_names(2))
    only = problem_from([*people[:4], Person("E", 1), *people[5:]], book)
    (person,) = left_out(only, larger, nobody)
    assert str(person.because) == "no place was found in a group"
    without = problem_from([replace(person, municipality="E") for person in people], book)
    assert all(
        "would break" in str(person.because) for person in left_out(without, grouping, nobody)
    )
