"""A coordinator's day in the page, and the same on the command line: the files are the same."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.conftest import Tabs
from tests.browser.edit_keys import Keys
from tests.browser.edit_program import GROUPS, called, formed_in, id_of, program, town_of
from tests.browser.edit_story import Story
from tests.by_day import todays
from vermegroup.language.catalogues import languages

if TYPE_CHECKING:
    from playwright.sync_api import Page

SAME_TOWN = {
    "en": "2 people have the same municipality",
    "fi": "2 henkilöllä on sama kunta",
    "sv": "2 personer har samma kommun",
}
DAY = "2026-12-01"
MEETING = f"kevat-meeting-{DAY}"
FEWEST_STEPS = 40
NEWCOMER = {
    "id": "SYN-99",
    "name": "Uusi",
    "email": "uusi@example.org",
    "municipality": "Rauma",
    "years": "3",
}


@dataclass
class Scene:
    """A folder with groups and its copy, and the page of its program."""

    folder: Path
    copy: Path
    chdir: Callable[[Path], None]
    tabs: Tabs

    def opened(self, address: str) -> Page:
        page = self.tabs.open(address)
        page.locator("body.scripted").wait_for(state="attached")
        return page

    def saved(self, story: Story) -> None:
        story.saves()
        self.same(story)

    def same(self, story: Story) -> None:
        """The file is that of the command line; it is judged alike, and can be made again."""
        expected = 0 if story.rules_kept() else 1
        self.chdir(self.copy)
        story.same_on_the_command_line()
        assert called("audit", story.now.file, "--rules", "rules.yaml", "-q")[0] == expected
        self.chdir(self.folder)
        assert called("audit", GROUPS, "-q")[0] == expected
        self.verified("kevat-groups")

    def verified(self, name: str) -> None:
        self.chdir(self.folder)
        code, told = called("verify", name)
        assert code == 0, told


@pytest.fixture
def scene(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tabs: Tabs) -> Scene:
    folder, copy = tmp_path / "at-work", tmp_path / "copy"
    folder.mkdir()
    monkeypatch.chdir(folder)
    formed_in(folder)
    shutil.copytree(folder, copy)
    return Scene(folder, copy, monkeypatch.chdir, tabs)


@pytest.mark.parametrize("language", todays(languages()))
def test_a_coordinator_s_story(
    language: str, scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VERMEGROUP_LANG", language)
    with program(scene.folder, language) as first:
        story = Story(scene.opened(first.address), scene.folder, scene.copy, language)
        breaks_and_mends(story, scene)
        looks_for_people(story)
        moves_in_all_ways(story)
        scene.saved(story)
        forms_the_rest_again(story)
        scene.saved(story)
        plans_for_the_year(story)
        scene.saved(story)
        scene.chdir(scene.copy)
        story.same_meeting_on_the_command_line(scene.folder / MEETING)
        scene.verified(MEETING)
        looks_over_and_sends_out(story)
        story.closes()
        assert first.ended() == 0
    with program(scene.folder, language) as second:
        story.opens_again(scene.opened(second.address))
        repairs(story)
        scene.saved(story)
        story.closes()
        assert second.ended() == 0
    assert len(story.steps) >= FEWEST_STEPS, story.steps


def breaks_and_mends(story: Story, scene: Scene) -> None:
    story.looks()
    person, group = story.to_their_town()
    story.takes_in_hand(person)
    story.puts_back()
    story.gives_a_drag_up(person, group)
    story.drags(person, group)
    told = story.sees_what_is_broken(group)
    assert SAME_TOWN[story.language] in told
    scene.chdir(scene.copy)
    assert SAME_TOWN[story.language] in story.told_of_the_only_call()
    story.takes_a_suggestion(person)
    assert story.rules_kept()
    story.undoes()
    story.undoes_by_key()
    story.does_again()
    story.does_again()


def looks_for_people(story: Story) -> None:
    story.searches("nimi07", {"SYN-07"})
    story.searches("syn-1", {id_of(number) for number in range(10, 20)})
    story.shows_everybody()
    in_turku = {id_ for id_ in story.now.homes if town_of(id_) == "Turku"}
    story.shows_only("Turku", in_turku)
    story.searches("nimi12", {"SYN-12"})
    story.shows_everybody()


def moves_in_all_ways(story: Story) -> None:
    story.moves_by_keys(*story.whose_move("keeps"))
    story.swaps(*story.whose_swap())
    story.clicks_into(*story.to_their_town(3))
    one, other = "SYN-02", "SYN-11"
    story.moves_several([one, other], story.group_without({one, other}))
    story.moves_to_the_queue("SYN-05")
    new = story.moves_to_a_new_group("SYN-08")
    story.moves_several(["SYN-05", "SYN-20"], new)
    story.undoes()
    story.loads_the_page_again()
    story.does_again()


def forms_the_rest_again(story: Story) -> None:
    story.pins_in_hand("SYN-03")
    story.pins_by_key("SYN-16")
    story.pins_by_key("SYN-04")
    story.pins_in_hand("SYN-04")
    story.asks_to_form_again()
    story.declines()
    story.asks_to_form_again()
    story.accepts_to_form_again()
    assert story.rules_kept()


def plans_for_the_year(story: Story) -> None:
    left = ["SYN-07", "SYN-18"]
    story.plans_departures(left, NEWCOMER)
    story.declines()
    story.plans_departures(left, NEWCOMER)
    story.accepts_departures(left, NEWCOMER)
    story.plans_a_meeting("SYN-09", DAY)
    story.accepts_a_meeting("SYN-09", DAY)


def looks_over_and_sends_out(story: Story) -> None:
    lines = story.looks_at_changes()
    assert any(NEWCOMER["name"] in line for line in lines)
    story.goes_back_to_the_beginning()
    story.goes_to_the_last_change()
    story.closes_the_panel()
    sent = story.exports("list")
    assert NEWCOMER["name"] in sent
    assert "Nimi07" not in sent
    story.closes_the_panel()


def repairs(story: Story) -> None:
    story.moves_by_keys(*story.to_their_town())
    story.takes_a_smallest_repair()
    assert story.rules_kept()
    story.drags(*story.to_their_town(1))
    story.asks_for_a_repair()
    story.accepts_a_repair()
    story.pins_by_key("SYN-10")
    story.moves_by_keys(*story.whose_move("breaks"))


@pytest.mark.parametrize("language", todays(languages()))
def test_all_of_it_goes_by_the_keyboard_alone(language: str, scene: Scene) -> None:
    """From the address on no mouse is touched: what is wanted is come to by Tab and arrow keys."""
    with program(scene.folder, language) as opened:
        page = scene.opened(opened.address)
        story = Story(page, scene.folder, scene.copy, language)
        keys = Keys(story)
        person, group = story.to_their_town()
        keys.moves(person, group)
        assert not story.rules_kept()
        keys.takes_a_suggestion(person)
        assert story.rules_kept()
        keys.swaps(*story.whose_swap())
        keys.pins("SYN-03")
        keys.saves()
        scene.same(story)
        keys.moves("SYN-06", story.group_without({"SYN-06"}))
        keys.undoes()
        keys.closes()
        assert opened.ended() == 0
