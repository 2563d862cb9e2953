"""The summary of a batch is sorted by its headings, with the keyboard, too."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page

from tests.browser.conftest import Tabs
from vermegroup.language.messages import verbatim
from vermegroup.report.jobs_page import JobLine, jobs_html

LINES = [
    JobLine("b", "formed", placed=9),
    JobLine("a", "impossible", placed=1200),
    JobLine("ä", "formed", placed=30),
]


def names(page: Page) -> list[str]:
    return page.locator("tbody th").all_inner_texts()


def test_a_key_sorts_by_a_column_and_back_again(tmp_path: Path, tabs: Tabs) -> None:
    file = tmp_path / "summary.html"
    file.write_bytes(jobs_html(LINES, verbatim("3 jobs"), "fi"))
    page = tabs.open(file.as_uri())
    assert names(page) == ["b", "a", "ä"]
    placed = page.get_by_role("columnheader", name="Sijoitettu")
    for told, order in (("ascending", ["b", "ä", "a"]), ("descending", ["a", "ä", "b"])):
        placed.get_by_role("button").press("Enter")
        assert names(page) == order
        assert placed.get_attribute("aria-sort") == told
    page.get_by_role("columnheader", name="Ajo").get_by_role("button").press("Space")
    assert names(page) == ["a", "b", "ä"]
    assert placed.get_attribute("aria-sort") is None


def test_without_scripts_there_is_nothing_to_press(tmp_path: Path, tabs: Tabs) -> None:
    file = tmp_path / "summary.html"
    file.write_bytes(jobs_html(LINES, verbatim("3 jobs"), "en"))
    page = tabs.open(file.as_uri(), javascript=False)
    assert page.locator("thead th").first.inner_text() == "Job"
    assert page.get_by_role("button").count() == 0
