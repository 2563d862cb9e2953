"""A rule's values are matched as people mean them, and one that nobody has is told."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from vermegroup.domain.findings import Finding, RulebookError, Severity
from vermegroup.domain.problem import Problem, problem_of
from vermegroup.intake import read_roster
from vermegroup.rulebooks.read import read_profile, rulebook_from_text

ROLES = "Tunnus;Nimi;Rooli\n1;Aino;Mentori\n2;Bo;Mentori\n3;Cia;aktori\n4;Dan;aktori\n"
YEARS = "id;kunta;vuodet\n1;Turku;1\n2;Raasepori;12\n3;Espoo;3\n4;Parainen;20\n"


def joined(roster: str, rules: str, tmp_path: Path) -> Problem:
    path = tmp_path / "roster.csv"
    path.write_text(roster, encoding="utf-8")
    book = rulebook_from_text(rules, "rules.yaml")
    return problem_of(read_roster(path, book)[0], book)


def of_rule(rule: str) -> str:
    return f"groups: {{size: 2}}\nrules: [{rule}]"


def refused(roster: str, rules: str, tmp_path: Path) -> Finding:
    with pytest.raises(RulebookError) as refusal:
        joined(roster, rules, tmp_path)
    [finding] = refusal.value.findings
    assert finding.severity is Severity.ERROR
    return finding


@pytest.mark.parametrize(
    ("roster", "trait", "value", "held"),
    [
        (ROLES, "Rooli", "mentori", 2),
        (ROLES, "Rooli", '"  MENTORI "', 2),
        ("id;Språk\n1;svenska\n2;Svenska\n3;suomi\n", "Språk", "SVENSKA", 2),
        ("id;Yksikkö\n1;Päivä koti\n2;Koulu\n", "Yksikkö", '"päivä  koti"', 1),
        (
            "id;Yksikkö\n1;Päiväkoti\n2;Koulu\n",
            "Yksikkö",
            unicodedata.normalize("NFD", "Päiväkoti"),
            1,
        ),
        (YEARS, "municipality", "Åbo", 1),
        (YEARS, "municipality", "Ekenäs", 1),
        (YEARS, "kunta", "ESBO", 1),
        (YEARS, "experience", "uusi", 2),
        (YEARS, "experience", "erfaren", 2),
        (YEARS, "experience", "Konkarit", None),
        (YEARS, "experience", "New", 2),
        ("id;Uusi\n1;TRUE\n2;FALSE\n3;TRUE\n", "Uusi", "true", 2),
        ("id;Uusi\n1;TOSI\n2;EPÄTOSI\n3;TOSI\n", "Uusi", "true", 2),
        ("id;Ny\n1;SANT\n2;FALSKT\n3;FALSKT\n", "Ny", "false", 2),
        ("id;role\n1;Mentori\n2;aktori\n3;aktori\n", "role", "mentor", 1),
        ("id;role\n1;mentor\n2;adept\n3;adept\n", "role", "mentor", 1),
    ],
)
def test_a_value_counts_those_whom_its_author_means(
    roster: str, trait: str, value: str, held: int | None, tmp_path: Path
) -> None:
    rules = of_rule(f"{{include: {{{trait}: {value}, at_least: 0, at_most: 0}}}}")
    if held is None:
        assert refused(roster, rules, tmp_path).value == value
        return
    problem = joined(roster, rules, tmp_path)
    [rule] = [rule for rule in problem.rulebook.rules if rule.kind == "include"]
    plan = problem.plan(1, everyone=True)
    assert rule.bound(problem.roster, plan) == held


def test_two_spellings_of_a_value_count_once(tmp_path: Path) -> None:
    rules = of_rule("{include: {Rooli: [Mentori, mentori], at_most: 2}}")
    problem = joined(ROLES, rules, tmp_path)
    assert {"include": {"Rooli": "Mentori", "at_most": 2}} in problem.rulebook.lists()["rules"]
    # What is written again is what was asked for.
    assert "mentori" in str(problem.rulebook.plain)


@pytest.mark.parametrize(
    ("roster", "rule", "near"),
    [
        (ROLES, "{not_alone: {Rooli: mentor}}", "Mentori"),
        (ROLES, "{include: {Rooli: opettaja, at_most: 1}}", None),
        (ROLES, "{include: {Rooli: [aktori, mentro]}}", "Mentori"),
        (ROLES, "{ratio: {Rooli: aktori, per: menttori, at_least: 1}}", "Mentori"),
        (ROLES, "{ratio: {Rooli: akotri, per: mentori, at_least: 1}}", "aktori"),
        (YEARS, "{include: {municipality: Turkku}}", "Turku"),
        (YEARS, "{not_alone: {municipality: Rovaniemi}}", None),
        (YEARS, "{include: {experience: experinced}}", "experienced"),
        (YEARS, "{include: {experience: gammal, at_most: 1}}", None),
    ],
)
def test_a_rule_of_a_value_that_nobody_has_stops_the_run(
    roster: str, rule: str, near: str | None, tmp_path: Path
) -> None:
    finding = refused(roster, of_rule(rule), tmp_path)
    assert finding.file == "rules.yaml"
    assert finding.column == rule[1:].partition(":")[0]
    hint = str(finding.hint)
    assert ("Did you mean" in hint) is (near is not None)
    assert near is None or f"Did you mean “{near}”?" in hint
    held = "“Mentori”" if roster == ROLES else ("“new”" if "experience" in rule else "“Turku”")
    assert held in hint


def test_a_preference_of_a_value_that_nobody_has_is_warned_of(tmp_path: Path) -> None:
    rules = "groups: {size: 2}\npreferences: [{include: {Rooli: mentor}, weight: 2}, even_sizes]"
    problem = joined(ROLES, rules, tmp_path)
    [warning] = problem.notices()
    assert warning.severity is Severity.WARNING
    assert warning.value == "mentor"


def test_a_part_is_told_of_its_values_too(tmp_path: Path) -> None:
    rules = "split_by: Rooli\nparts:\n  mentori:\n    rules: [{include: {kieli: englati}}]"
    roster = "id;Rooli;kieli\n1;Mentori;englanti\n2;Mentori;suomi\n3;aktori;suomi\n"
    assert "englanti" in str(refused(roster, rules, tmp_path).hint)


def test_a_band_that_nobody_is_in_is_there_all_the_same(tmp_path: Path) -> None:
    roster = "id;vuodet\n1;12\n2;15\n3;20\n"
    problem = joined(roster, of_rule("{include: {experience: new}}"), tmp_path)
    [rule] = [rule for rule in problem.rulebook.rules if rule.kind == "include"]
    assert rule.certificate(problem.roster, problem.plan(1)) is not None


def test_a_value_of_those_who_cancelled_is_no_slip_of_the_pen(tmp_path: Path) -> None:
    roster = "id;Rooli;Tila\n1;Mentori;Peruttu\n2;aktori;Vahvistettu\n3;aktori;Vahvistettu\n"
    problem = joined(roster, of_rule("{include: {Rooli: mentori, at_most: 1}}"), tmp_path)
    [warning] = problem.notices()
    assert warning.severity is Severity.WARNING


def test_a_profile_of_mentors_understands_their_word_in_every_language(tmp_path: Path) -> None:
    path = tmp_path / "roster.csv"
    book = read_profile("developer")
    for mentor, mentee in (("mentori", "aktori"), ("Mentor", "Adept"), ("MENTOR", "mentee")):
        rows = "".join(f"{i};K{i};{mentor if i % 5 == 0 else mentee}\n" for i in range(10))
        path.write_text(f"id;työyksikkö;rooli\n{rows}", encoding="utf-8")
        problem = problem_of(read_roster(path, book)[0], book)
        assert all(finding.severity is Severity.NOTICE for finding in problem.notices())
