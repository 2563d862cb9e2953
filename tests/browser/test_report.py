"""A report as it opens, with the groups in sight, as a person is found in it, and as it prints."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.answers import VALID, outcome_for, outcome_of_threes, report_of
from tests.browser.conftest import Tabs
from tests.browser.measures import measured
from tests.browser.written_pages import EXAMPLES, LIMITS, answer_of, choice, page_of
from tests.by_day import todays
from vermegroup.app.form import form_groups
from vermegroup.app.privacy.how import How
from vermegroup.domain.findings import Finding, Severity
from vermegroup.language.messages import verbatim
from vermegroup.report.to_html import to_html

if TYPE_CHECKING:
    from playwright.sync_api import Locator

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


def test_the_pilots_spring_with_its_facts_prints_on_two_pages(tmp_path: Path, tabs: Tabs) -> None:
    facts = How(group_facts=EXAMPLES / "etavertaismentorointi/ryhmien-tiedot.csv")
    roster = EXAMPLES / "etavertaismentorointi/kevat.csv"
    file = tmp_path / "report.html"
    file.write_bytes(page_of(form_groups(roster, choice(), LIMITS, how=facts))("fi"))
    printed = tabs.open(file.as_uri()).pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 2


def note_on_paper(folded: Locator) -> str:
    """What stands beside a heading, though it is no text of the page."""
    said = "each => getComputedStyle(each.querySelector('summary'), '::after').content"
    return str(folded.evaluate(said))


@pytest.mark.parametrize("kind", ["fifty_people", "with_findings", "rounds"])
def test_no_heading_prints_without_what_it_is_of(kind: str, written: Written, tabs: Tabs) -> None:
    page = tabs.open(written(kind, "fi"))
    page.emulate_media(media="print")
    folded = page.locator("details.printed:visible, details.untold:visible")
    assert folded.count() or kind == "rounds"
    for each in folded.all():
        told = any(line.is_visible() for line in each.locator("li, td").all())
        assert told or "report.html" in note_on_paper(each)
    assert not page.locator("details.reasons").is_visible()


def test_too_many_findings_for_paper_are_told_where_they_are(tmp_path: Path, tabs: Tabs) -> None:
    found = tuple(Finding(Severity.NOTICE, verbatim("odd"), "a.csv", row) for row in range(30))
    file = tmp_path / "report.html"
    file.write_text(to_html(replace(report_of(outcome_for(VALID)), findings=found), "en"), "utf-8")
    page = tabs.open(file.as_uri())
    folded = page.locator("#findings")
    assert "report.html" not in note_on_paper(folded)
    page.emulate_media(media="print")
    assert "to be read in report.html" in note_on_paper(folded)
    assert not page.get_by_text("odd").first.is_visible()


@pytest.mark.parametrize("width", [360, 1280])
def test_a_mark_never_stands_on_a_line_without_the_end_of_the_name(
    width: int, written: Written, tabs: Tabs
) -> None:
    page = tabs.open(written("formed", "fi"), width=width)
    alone = page.evaluate(
        """() => [...document.querySelectorAll("th .needed")].filter((mark) => {
          const name = document.createRange();
          name.selectNodeContents(mark.parentElement);
          name.setEndBefore(mark);
          const ends = [...name.getClientRects()].at(-1).bottom;
          return mark.getBoundingClientRect().top >= ends;
        }).length"""
    )
    assert page.locator("th .needed").count()
    assert alone == 0
