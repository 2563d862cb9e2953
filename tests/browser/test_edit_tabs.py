"""Two tabs of one program, and two programs in one folder: nothing is lost, and both are told."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.conftest import Tabs
from tests.browser.edit_program import GROUPS, formed_in, program, started
from tests.browser.edit_story import Story

if TYPE_CHECKING:
    from playwright.sync_api import Page

REFUSED = (
    "The groups were changed in another tab meanwhile: this was not done, and they are shown as "
    "they are now."
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    formed_in(tmp_path)
    return tmp_path


@pytest.fixture
def both(folder: Path, tabs: Tabs) -> Iterator[tuple[Story, Story]]:
    """The same groups in two tabs of one browser."""
    with program(folder) as opened:
        first = tabs.open(opened.address)
        second = first.context.new_page()
        second.on("pageerror", lambda fault: tabs.faults.append(fault.message))
        second.goto(opened.address)
        yield story_of(first, folder), story_of(second, folder)


def story_of(page: Page, folder: Path) -> Story:
    page.locator("body.scripted").wait_for(state="attached")
    return Story(page, folder, folder, "en")


def in_sight(story: Story) -> tuple[object, ...]:
    """All that is to be the same in every tab."""
    page = story.page
    parts = page.locator("#standing, #file, #cards [data-group]").all_text_contents()
    texts = [" ".join(part.split()) for part in parts]
    return story.version(), story.shown(), story.people(".fixed"), texts


def refused(story: Story) -> None:
    """The sentence is told; and what is shown now is what the other tab did."""
    assert story.page.locator("#told p").first.inner_text() == REFUSED
    assert story.page.locator(".held, .outlook").count() == 0


def test_a_change_from_a_tab_that_is_behind_is_refused(both: tuple[Story, Story]) -> None:
    first, second = both
    second.page.locator("#others:not([hidden])").wait_for()
    person, group = first.to_their_town()
    another, target = second.to_their_town(5)
    second.takes_in_hand(another)
    first.clicks_into(person, group)
    second.answered(second.card(target).locator('[data-action="put"]').click)
    refused(second)
    assert second.shown() == first.now.homes
    assert in_sight(second) == in_sight(first)


def test_a_tab_that_is_behind_neither_undoes_nor_pins_nor_saves(
    both: tuple[Story, Story], folder: Path
) -> None:
    first, second = both
    before = (folder / GROUPS).read_bytes()
    first.moves_by_keys(*first.to_their_town())
    second.answered(lambda: second.page.keyboard.press("Control+Shift+z"))
    refused(second)
    second.answered(second.do("undo").click)
    assert second.shown() == first.past[0].homes
    first.answered(first.do("save").click)
    refused(first)
    second.answered(second.do("redo").click)
    first.person("SYN-03").focus()
    first.answered(lambda: first.page.keyboard.press("p"))
    refused(first)
    assert first.people(".fixed") == set()
    assert in_sight(first) == in_sight(second)
    assert (folder / GROUPS).read_bytes() == before
    first.saves()
    second.page.reload()
    second.page.locator("body.scripted").wait_for(state="attached")
    assert in_sight(first) == in_sight(second)


def test_another_program_does_not_open_what_is_open(folder: Path) -> None:
    files = {path: path.read_bytes() for path in folder.rglob("*.*") if path.is_file()}
    with program(folder) as first, started(folder) as second:
        shown, fault = second.communicate(timeout=60)
        assert second.returncode == 2
        assert shown == ""
        assert "being edited already" in " ".join(fault.split())
        assert str(first.process.pid) in fault
        assert {path: path.read_bytes() for path in files} == files
