"""A report as it opens, with the groups in sight, as a person is found in it, and as it prints."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.answers import outcome_of_threes
from tests.browser.conftest import Tabs
from tests.browser.measures import measured
from tests.browser.written_pages import answer_of, page_of
from tests.by_day import todays

Written = Callable[[str, str], str]
WITH_GROUPS = (
    *("formed", "split", "with_common_hours", "without_names", "under_pseudonyms"),
    *("with_findings", "waiting", "audited", "rebalanced", "meeting", "rounds"),
    *("fifty_people", "many_groups", "very_many_groups"),
)


@pytest.mark.parametrize("kind", todays(WITH_GROUPS, 3))
def test_the_first_screen_has_the_verdict_and_the_first_groups(
    kind: str, written: Written, tabs: Tabs
) -> None:
    page = tabs.open(written(kind, "fi"))
    assert page.locator(".badge").bounding_box()["y"] >= 0
    assert 0 < measured(page, "endOfFirstGroups") <= 800


@pytest.mark.parametrize("kind", ["many_groups", "very_many_groups"])
def test_a_person_is_found_by_name_among_many_groups(
    kind: str, written: Written, tabs: Tabs
) -> None:
    page = tabs.open(written(kind, "en"))
    shown, groups = page.locator(".searched:visible"), page.locator(".searched").count()
    at_first, box = shown.count(), page.get_by_role("searchbox")
    box.fill("syn-100")
    assert "SYN-100" in shown.first.inner_text()
    assert page.get_by_role("status").inner_text().endswith(str(shown.count()))
    assert shown.count() < groups / 10
    box.fill("Nobody Of That Name")
    assert shown.count() == 0
    box.fill("")
    assert shown.count() == at_first


def test_ten_thousand_people_open_in_two_seconds(tmp_path: Path, tabs: Tabs) -> None:
    file = tmp_path / "report.html"
    file.write_bytes(page_of(answer_of(outcome_of_threes(3334)))("en"))
    page = tabs.open(file.as_uri())
    opened = page.evaluate("document.body.getBoundingClientRect() && performance.now()")
    assert opened < 2000  # milliseconds


def test_fifty_people_print_on_two_pages(written: Written, tabs: Tabs) -> None:
    printed = tabs.open(written("fifty_people", "fi")).pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 2
