"""The terminal's summary says what matters, and is short where there is much."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.answers import outcome_of_threes, report_of
from vermegroup.domain.findings import Finding, Severity
from vermegroup.intake.ledger import with_rows
from vermegroup.language.messages import _, verbatim
from vermegroup.report.blocks import Mood, Summary, summarised
from vermegroup.report.report import Counts, Report
from vermegroup.report.summary import summary
from vermegroup.report.words import WORDS


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
    assert shown.headline.counts == "7 read · 7 placed"


def test_whoever_misses_a_meeting_is_told_apart_from_the_others_set_aside(formed: Report) -> None:
    counted = replace(formed, counts=Counts(10, 6, 1, 3, absent=2))
    told = [summary(counted, language).headline.counts for language in ("en", "fi", "sv")]
    assert told == [
        "10 read · 6 placed · 1 in the queue · 2 absent · 1 set aside",
        "luettu 10 · sijoitettu 6 · jonossa 1 · poissa 2 · jätetty pois 1",
        "10 inlästa · 6 placerade · 1 i kö · 2 frånvarande · 1 utelämnad",
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
    assert shown.headline.sentence == "Kaikki ryhmät ovat täynnä."
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


def test_findings_of_two_kinds_in_one_column_are_told_apart() -> None:
    said = {"{text} read as a town": range(2, 6), "{text} is no town": range(6, 8)}
    found = [
        Finding(
            Severity.WARNING, with_rows(_(text, text=str(row)), [row, 9]), "a.csv", row, "Kunta"
        )
        for text, rows in said.items()
        for row in rows
    ]
    told = summarised(found, "en")
    assert [line.message for line in told] == [
        "2 read as a town (rows 2 and 9)",
        "6 is no town (rows 6 and 9)",
    ]
    assert [line.others for line in told] == [
        "3 more like it (rows 3, 4, 5)",
        "1 more like it (row 7)",
    ]


def test_the_summary_tells_the_first_five_kinds_of_findings(formed: Report) -> None:
    kinds = ("one {n}", "two {n}", "three {n}", "four {n}", "five {n}", "six {n}", "seven {n}")
    found = tuple(
        Finding(Severity.NOTICE, _(text, n=row), "a.csv", row) for text in kinds for row in (2, 3)
    )
    for written, rest in (
        ((Path("report.html"),), "… 2 more in report.html"),
        ((), "… 2 more; --format json shows all"),
    ):
        sections = summary(replace(formed, findings=found), "en", written).sections
        items = next(each for each in sections if each.title == WORDS["findings"].in_("en"))
        assert len(items.items) == 6
        assert items.items[-1].text == rest


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


def test_rows_set_aside_come_first_and_are_all_told(formed: Report) -> None:
    warned = [Finding(Severity.WARNING, verbatim(f"w{n}"), "a.csv", n) for n in range(2, 12)]
    gone = [
        Finding(Severity.NOTICE, verbatim(f"gone {n}"), "a.csv", n, aside=True) for n in range(7)
    ]
    sections = summary(replace(formed, findings=(*warned, *gone)), "en").sections
    items = next(each for each in sections if each.title == WORDS["findings"].in_("en")).items
    assert "gone 0" in items[0].text
    assert "… 10 more" not in items[0].text
    told = " ".join(f"{item.text} {item.note}" for item in items)
    assert all(f"gone {n}" in told or f"{n}" in told for n in range(5))
