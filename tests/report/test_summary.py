"""The terminal's summary says what matters, and is short where there is much."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.answers import outcome_of_threes, report_of
from vermegroup.domain.findings import Finding, Severity
from vermegroup.language.messages import verbatim
from vermegroup.report.blocks import Mood, Summary, summarised
from vermegroup.report.report import Counts, Report
from vermegroup.report.summary import summary


def titles(shown: Summary) -> list[str]:
    return [section.title for section in shown.sections]


def test_a_formed_grouping_shows_groups_rules_preferences_and_files(formed: Report) -> None:
    shown = summary(formed, "en", [Path("out/groups.csv")])
    assert titles(shown) == [
        "Groups (municipality and years of experience)",
        "Default rules",
        "Preferences",
        "How much it can take",
        "Written",
    ]
    assert shown.sections[0].rows[0][0] == "G01"
    assert shown.sections[0].rows[0][1][0] == "SYN-001 Turku 1"
    assert "7 people are in 2 groups" in shown.headline.sentence
    assert shown.headline.counts == "7 read · 7 placed · 0 on the waitlist"


def test_whoever_misses_a_meeting_is_told_apart_from_the_others_set_aside(formed: Report) -> None:
    counted = replace(formed, counts=Counts(10, 6, 1, 3, absent=2))
    told = [summary(counted, language).headline.counts for language in ("en", "fi", "sv")]
    assert told == [
        "10 read · 6 placed · 1 on the waitlist · 2 absent · 1 set aside",
        "luettu 10 · sijoitettu 6 · jonotuslistalla 1 · poissa 2 · jätetty pois 1",
        "10 inlästa · 6 placerade · 1 på väntelistan · 2 frånvarande · 1 utelämnad",
    ]


def test_where_no_group_is_formed_nobody_is_said_to_wait(not_possible: Report) -> None:
    people = not_possible.counts.waitlisted
    assert people
    assert f" · {people} without a group" in summary(not_possible, "en").headline.counts
    assert f" · ilman ryhmää {people}" in summary(not_possible, "fi").headline.counts


def test_many_groups_are_not_listed() -> None:
    many = report_of(outcome_of_threes(21))
    assert titles(summary(many, "en"))[0] == "Default rules"


def test_a_broken_rule_names_group_and_people(broken: Report) -> None:
    shown = summary(broken, "en")
    rules = next(section for section in shown.sections if section.title == "Default rules")
    notes = [item.note for item in rules.items if item.mood is Mood.BAD]
    assert any(note.startswith("G01: ") and "(SYN-001, SYN-004)" in note for note in notes)


def test_an_impossible_roster_shows_why_each_number_is(not_possible: Report) -> None:
    shown = summary(not_possible, "fi")
    assert shown.headline.sentence == "kaikki ryhmät ovat täynnä."
    assert [item.text[:2] for item in shown.sections[0].items] == ["2:", "3:"]


@pytest.mark.parametrize(
    ("language", "others"),
    [
        ("en", "1 more like it (row 3)"),
        ("fi", "1 muu samanlainen (rivi 3)"),
        ("sv", "1 liknande till (rad 3)"),
    ],
)
def test_one_finding_more_is_told_as_one(language: str, others: str) -> None:
    found = [Finding(Severity.NOTICE, verbatim("read"), "a.csv", n, "Kunta") for n in (2, 3)]
    (told,) = summarised(found, language, at_most=1)
    assert told.others == others


def test_many_findings_alike_are_told_once_with_their_rows() -> None:
    found = [
        Finding(Severity.NOTICE, verbatim(f"read {row}"), "a.csv", row, "Kunta")
        for row in range(2, 22)
    ]
    found.append(Finding(Severity.WARNING, verbatim("odd"), "a.csv", 5, "Vuodet"))
    first, second = summarised(found, "en")
    assert (first.message, first.others) == ("odd", None)
    assert (second.place, second.message) == ("a.csv, row 2, Kunta", "read 2")
    assert second.others == "19 more like it (rows 3, 4, 5, 6, 7, …)"
