"""A person is found by name among many groups, wherever she is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.answers import outcome_of_threes, report_of
from tests.browser.conftest import Tabs
from vermegroup.domain.one_meeting import Attendee, OneMeeting
from vermegroup.report.report import Report
from vermegroup.report.to_html import to_html


def named(groups: int) -> Report:
    """So many groups: the first is of Aino Aalto, Kai Berg and SYN-003, all from elsewhere."""
    report = report_of(outcome_of_threes(groups))
    labels = ["Aino Aalto", "Kai Berg", *report.members.labels[2:]]
    absent = (Attendee("X1", "Poika Poissa", "G02", ""),)
    waiting = (Attendee("X2", "Jono Jonottaja", "", ""),)
    meeting = OneMeeting(date(2027, 2, 1), absent=absent, waiting=waiting)
    return replace(report, members=replace(report.members, labels=labels), meeting=meeting)


@pytest.mark.parametrize("groups", [61, 501])
def test_a_person_is_found_by_her_own_name_alone(groups: int, tmp_path: Path, tabs: Tabs) -> None:
    file = tmp_path / "report.html"
    file.write_text(to_html(named(groups), "en"), "utf-8")
    page = tabs.open(file.as_uri())
    box, found = page.get_by_role("searchbox"), page.get_by_role("status")
    elsewhere = page.locator("#elsewhere li:visible")
    counted = {}
    for name in ("aino aalto", "aino berg", "town", "poissa", "jono", "new"):
        box.fill(name)
        shown = page.locator(".searched:visible").count()
        counted[name] = (int(found.inner_text().split(": ")[1]), elsewhere.all_inner_texts())
        assert counted[name][0] == shown
    assert counted == {
        "aino aalto": (1, []),
        "aino berg": (0, []),
        "town": (0, []),
        "poissa": (0, ["Poika Poissa: Absent from this meeting"]),
        "jono": (0, ["Jono Jonottaja: In the queue"]),
        "new": (0, []),
    }
    box.fill("")
    assert elsewhere.count() == 0
