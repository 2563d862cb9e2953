"""The report says how near the edge a grouping is, the same in JSON, summary and page."""

from __future__ import annotations

import json
import re

import numpy as np
import pytest

from tests.answers import outcome_for, outcome_of_threes, report_of
from tests.brute_force import Person
from tests.builders import problem_from
from vermegroup.domain.grouping import grouping_of
from vermegroup.judge.auditor import judged
from vermegroup.language.catalogues import languages
from vermegroup.report.blocks import Section
from vermegroup.report.report import Report
from vermegroup.report.summary import summary
from vermegroup.report.to_html import to_html
from vermegroup.report.to_json import to_json

SPLIT = """
split_by: subject
groups: {size: 2-3}
rules:
  - include: {experience: new, at_least: 1}
  - place_everyone
"""


def edge_section(report: Report) -> Section:
    return next(s for s in summary(report, "en").sections if s.title == "How much it can take")


def test_groups_tell_whom_they_need_and_which_rule_would_break(formed: Report) -> None:
    plain = json.loads(to_json(formed, "en"))
    rules = [rule["sentence"] for rule in plain["rules"]]
    first, second = plain["groups"]  # of 1, 4, 7 and 12 years; and of 2, 6 and 20
    assert (first["fragile"], first["needs"]) == (True, ["SYN-002"])
    assert [rules[breach["rule"]] for breach in first["would_break"]] == [
        "Every group has at least 1 experienced person"
    ]
    assert second["needs"] == second["members"]
    broken = {rules[breach["rule"]]: breach["needs"] for breach in second["would_break"]}
    assert broken["Every group has 3 to 5 people"] == second["members"]
    assert broken["Every group has at least 1 new person"] == ["SYN-005"]


def test_the_edge_counts_groups_and_says_what_ends_their_number(formed: Report) -> None:
    edge = json.loads(to_json(formed, "en"))["edge"]
    assert (edge["safe"], edge["fragile"]) == (0, 2)
    assert [(limit["absences"], limit["of"]) for limit in edge["limits"]] == [
        (2, None),
        (1, "experience: experienced"),
    ]
    assert {limit["groups"] for limit in edge["limits"]} == {2}


def test_a_group_that_breaks_rules_is_not_called_fragile(broken: Report) -> None:
    plain = json.loads(to_json(broken, "en"))
    assert [group["fragile"] for group in plain["groups"]] == [None, None]
    assert (plain["edge"]["safe"], plain["edge"]["fragile"]) == (0, 0)


def test_without_groups_there_is_no_edge(not_possible: Report) -> None:
    assert json.loads(to_json(not_possible, "en"))["edge"] is None
    assert all(s.title != "How much it can take" for s in summary(not_possible, "en").sections)


def test_the_summary_names_the_people_and_the_rule(formed: Report) -> None:
    texts = [item.text for item in edge_section(formed).items]
    assert texts[:3] == [
        "2 groups can no longer be formed with 2 people or 1 experienced person absent",
        "Every group has members it cannot do without",
        "G01 has only 1 experienced person: SYN-002",
    ]
    finnish = [item.text for item in summary(formed, "fi").sections[3].items]
    assert finnish[2] == "SYN-002 on ryhmän G01 ainoa kokenut"
    assert texts[3].startswith("G02 needs every one of its members: “Every group has 3 to 5")


def test_the_page_marks_fragile_groups_alone() -> None:
    people = [Person(f"Town {p}", (1, 12)[p % 2]) for p in range(7)]
    report = report_of(outcome_for([0, 0, 0, 0, 1, 1, 1], people))
    assert [group.fragile for group in report.groups] == [False, True]
    for language in languages():
        page = to_html(report, language)
        first, second = page.split("<article")[1:3]
        assert 'class="needed" role="img"' not in first
        told = re.findall(r'role="img" aria-label="([^"]*)" title="([^"]*)"', second)
        assert [(named, "SYN-006" in named) for named, _title in told] == [
            (title, place == 1)  # the group as a whole, and its only experienced person
            for place, (_named, title) in enumerate(told)
        ]
        assert len(told) == 2


def test_many_fragile_groups_are_told_in_a_few_lines() -> None:
    report = report_of(outcome_of_threes(1000))
    assert len(edge_section(report).items) < 12
    assert edge_section(report).items[-1].text == "… 994 more like these"


# Art has the even places, all new; Music the odd ones, and there just the last is new.
ARTISTS = [
    Person("Town", years, ("Art", "Music")[place % 2])
    for place, years in enumerate((1, 12, 2, 12, 3, 12, 1, 12, 2, 1))
]


def judged_in_parts(seats: list[int]) -> Report:
    return report_of(judged(problem_from(ARTISTS, SPLIT), grouping_of(np.array(seats)), 0.0))


def test_each_part_of_a_split_roster_has_its_own_edge() -> None:
    report = judged_in_parts([0, 1, 0, 1, 2, -1, 2, -1, 2, 1])
    edges = {str(line.part): (line.safe, line.fragile) for line in report.edges if line.part}
    assert edges == {"Art": (1, 1), "Music": (0, 1)}
    plain = json.loads(to_json(report, "en"))
    needed = [group["needs"] for group in plain["groups"]]
    assert needed == [["SYN-001", "SYN-003"], ["SYN-010"], []]
    for group in report.groups:
        assert {report.rules[reliance.rule].part for reliance in group.relies} <= {group.part}


def test_a_group_that_mixes_parts_is_not_called_fragile() -> None:
    report = judged_in_parts([0, 1, 0, 1, 2, 0, 2, -1, 2, 1])
    assert [group.fragile for group in report.groups] == [None, True, False]


ALONE = [Person(f"Town {place}", years) for place, years in enumerate((0, 4, 8, 0, 4, 8))]


@pytest.mark.parametrize("rule", ["balance: years, at_most: 1", "even_sizes: null"])
def test_what_one_absence_does_leaves_out_rules_that_compare_groups(rule: str) -> None:
    """Without A the mean of one group is too far from everybody's; that is not looked at."""
    book = f"groups: {{size: 2-3}}\nrules: [{{{rule}}}, place_everyone, {{resilient: 1}}]"
    grouping = grouping_of(np.array([0, 1, 0, 1, 0, 1]))
    report = report_of(judged(problem_from(ALONE, book), grouping, 0.0))
    assert report.edges[0].comparing
    texts = [item.text for item in edge_section(report).items]
    assert any("compare groups" in text for text in texts[2:])
    (resilient,) = (
        rule.sentence for rule in report.rules if "any one member" in str(rule.sentence)
    )
    assert all("(" in resilient.in_(language) for language in languages())


def test_of_what_is_not_possible_now_nothing_is_said_to_end_with_absences() -> None:
    """Ten in one group of two or three: that one group ends with eight absent is no news."""
    report = report_of(judged(problem_from(ARTISTS, SPLIT), grouping_of(np.zeros(10, int)), 0.0))
    assert json.loads(to_json(report, "en"))["edge"]["limits"] == []
    assert all(
        "How much it can take" not in section.title for section in summary(report, "en").sections
    )
    one_too_many = judged_in_parts([0, 1, 0, 1, 0, -1, 0, -1, 2, 1])
    assert [line.reserves for line in one_too_many.edges if str(line.part) == "Art"] == [()]


def test_groups_that_break_a_rule_are_not_counted_with_those_that_can_spare_nobody() -> None:
    """There is a group of four that may be three at the most, and one of three."""
    problem = problem_from([Person("Town", 1)] * 7, "groups: {size: 2-3}\nrules: [place_everyone]")
    report = report_of(judged(problem, grouping_of(np.repeat([0, 1], [4, 3])), 0.0))
    assert [item.text for item in edge_section(report).items] == [
        "Of 1 group that could be tried, 1 can spare any one member"
    ]
