from __future__ import annotations

import json

from tests.brute_force import Person
from tests.builders import problem_from
from vermegroup.domain.outcome import Verdict
from vermegroup.language.catalogues import languages
from vermegroup.report.build import build_report, provenance_of
from vermegroup.report.report import Report
from vermegroup.report.summary import summary
from vermegroup.report.to_html import to_html
from vermegroup.report.to_json import to_json
from vermegroup.solver.form_parts import form

RULES = "groups: {size: 3}\nrules: [{common: hours}, place_everyone]"
HOURS = [
    ("ma 17", "ti 18"),
    ("ti 18",),
    ("ti 18", "ma 17"),
    ("ke 9",),
    ("ke 9", "ma 17"),
    ("ke 9",),
]


def report_of(rules: str = RULES) -> Report:
    people = [Person(f"Town {n}", n, "", hours) for n, hours in enumerate(HOURS)]
    outcome = form(problem_from(people, rules))
    return build_report(outcome, (), provenance_of(outcome, 1))


def test_every_group_is_told_what_its_members_share() -> None:
    report = report_of()
    plain = json.loads(to_json(report, "en"))
    assert [group["common"] for group in plain["groups"]] == [
        {"hours": ["ti 18"]},
        {"hours": ["ke 9"]},
    ]
    for language, word in zip(languages(), ("In common", "Yhteistä", "Gemensamt"), strict=True):
        assert f'{word}: <span class="whole">ti 18</span>' in to_html(report, language)
        (groups, *_) = summary(report, language).sections
        assert groups.rows[0][1][-1] == f"{word}: ti 18"


def test_members_are_shown_with_their_own_values() -> None:
    (trait,) = report_of().members.traits
    assert (trait.name, list(trait.values)[:2]) == ("hours", ["ma 17, ti 18", "ti 18"])


def test_who_can_share_nothing_with_enough_others_is_named() -> None:
    people = [Person(f"Town {n}", n, "", hours) for n, hours in enumerate([*HOURS[:5], ("su 1",)])]
    outcome = form(problem_from(people, RULES))
    assert outcome.verdict is Verdict.IMPOSSIBLE
    assert outcome.because is not None
    assert "SYN-006" in str(outcome.because)
