"""What is told of a group on its card: each fact with its label, and of a meeting its own day."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from tests.answers import VALID, outcome_for, report_of
from vermegroup.domain.group_facts import GroupFacts
from vermegroup.domain.one_meeting import OneMeeting
from vermegroup.report.group_facts import facts_line, facts_told
from vermegroup.report.report import Report
from vermegroup.report.to_html import to_html

ROOM = "https://example.org/room?id=1&pwd=2"
FIRST = date(2027, 1, 18)
FACTS = GroupFacts("G01", leader="Eila Keksitty", place=ROOM, first_meeting=FIRST, time="14:30")


def told_of(facts: GroupFacts, meeting: OneMeeting | None = None) -> Report:
    report = report_of(outcome_for(VALID))
    return replace(report, groups=replace(report.groups, facts={0: facts}), meeting=meeting)


def by_label(report: Report) -> dict[str, str]:
    return {fact.label: fact.text for fact in facts_told(report, report.groups[0], "en")}


def test_each_fact_has_its_label() -> None:
    facts = replace(FACTS, theme="endurance", repeats="monthly")
    assert by_label(told_of(facts)) == {
        "Leader": "Eila Keksitty",
        "Theme": "endurance",
        "First meeting": "Monday 2027-01-18 14:30",
        "How often": "monthly",
        "Place": ROOM,
    }


def test_a_time_without_a_day_is_told_as_one() -> None:
    assert by_label(told_of(GroupFacts("G01", time="9:00"))) == {"Time": "9:00"}


def test_a_meeting_is_on_its_own_day_and_is_not_repeated() -> None:
    facts = replace(FACTS, repeats="monthly")
    told = by_label(told_of(facts, OneMeeting(date(2027, 2, 1))))
    assert told["Day"] == "Monday 2027-02-01 14:30"
    assert told.keys().isdisjoint({"First meeting", "How often"})


def test_of_a_meeting_whose_day_is_not_known_no_other_day_is_told() -> None:
    told = by_label(told_of(FACTS, OneMeeting()))
    assert told["Time"] == "14:30"
    assert not any("2027" in text for text in told.values())


def test_a_line_of_them_begins_with_a_capital() -> None:
    report = told_of(FACTS)
    assert facts_line(report, report.groups[0], "fi").startswith("Vetäjä: Eila Keksitty · ")


def test_an_address_of_the_web_can_be_followed_and_learns_nothing_of_the_page() -> None:
    page = to_html(told_of(FACTS), "en")
    link = re.search(r'<a href="([^"]*)" rel="noreferrer">', page)
    assert link is not None
    assert link[1] == ROOM.replace("&", "&amp;")
    for place in ("javascript:alert(1)", 'https://x.example"onclick="y', "Room 3"):
        assert "noreferrer" not in to_html(told_of(replace(FACTS, place=place)), "en")


def test_a_leader_who_is_marked_among_the_members_is_not_told_again() -> None:
    report = told_of(replace(FACTS, leader_id="SYN-001", led_by="SYN-001"))
    place = report.members.ids.index("SYN-001")
    leading = replace(report, members=replace(report.members, leads=frozenset([place])))
    assert "<dt>Leader</dt>" in to_html(report, "en")
    assert "<dt>Leader</dt>" not in to_html(leading, "en")
