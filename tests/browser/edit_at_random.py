"""Somebody who does not know what they want, in a browser of their own, until it is killed.

Called with the address of the page, the file of the groups, and a number for chance. Says as lines
of JSON which process the ``browser`` is, what it is ``doing`` and what will be ``then``, and what
the page shows once it is ``done``, with the SHA-256 of the ``file``.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from playwright.sync_api import sync_playwright

from tests.browser.chromium import executable
from tests.browser.edit_story import Moment, Story

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


def say(**told: object) -> None:
    print(json.dumps(told), flush=True)


def changes_in_list(page: Page) -> tuple[int, int]:
    """How many changes the list has, and how many of them are in force."""
    page.locator('[data-panel="/history"]').click()
    page.locator("#panel h2").wait_for()
    steps = page.locator("#panel .steps button").count()
    at = page.locator("#panel .steps [aria-current]")
    place = int(at.get_attribute("data-place") or 0) if steps else 0
    page.locator('#panel [data-action="close-panel"]').click()
    return max(0, steps - 1), place


@dataclass
class AtRandom:
    """What is done is chosen by ``chance``; it is undone only as far as it was done here.

    ``before`` are the changes that were in force when this began, and ``ahead`` those that were
    undone then; these are gone with the next one.
    """

    story: Story
    file: Path
    chance: random.Random
    before: int
    ahead: int

    def step(self) -> None:
        ways = [self.move] * 6 + [self.swap] * 2 + [self.pin, self.undo, self.redo, self.save]
        self.chance.choice(ways)()

    def somebody(self) -> str:
        return self.chance.choice(sorted(self.story.now.homes))

    def do(self, what: str, then: Moment, act: Callable[[], object]) -> None:
        """Something new."""
        self.story.past.append(then)
        self.story.future.clear()
        self.ahead = 0
        self.perform(what, act)

    def perform(self, what: str, act: Callable[[], object]) -> None:
        say(doing=what, then=self.told())
        self.story.answered(act)
        story, now = self.story, self.told()
        shown = {"homes": story.shown(), "pins": sorted(story.people(".fixed"))}
        say(done={**now, **shown}, file=sha256(self.file.read_bytes()).hexdigest())

    def told(self) -> dict[str, Any]:
        """What is to be there after a crash."""
        story = self.story
        done = len(story.past) - 1 + len(story.future) + self.ahead
        pins = sorted(story.now.pins)
        return {"homes": story.now.homes, "pins": pins, "changes": self.before + done}

    def move(self) -> None:
        story, person = self.story, self.somebody()
        groups = set(story.now.homes.values()) - {story.now.homes[person], ""}
        group = self.chance.choice(sorted(groups))
        story.person(person).click()
        put = story.card(group).locator('[data-action="put"]')
        put.wait_for()
        then = Moment({**story.now.homes, person: group}, pins=story.now.pins)
        self.do("move", then, put.click)

    def swap(self) -> None:
        story, person = self.story, self.somebody()
        homes = story.now.homes
        others = [each for each in sorted(homes) if homes[each] != homes[person]]
        other = self.chance.choice(others)
        story.person(person).press("Enter")
        story.page.locator(f'[data-person="{other}"][data-outlook]').wait_for()
        swapped = {person: homes[other], other: homes[person]}
        then = Moment({**homes, **swapped}, pins=story.now.pins)
        self.do("swap", then, lambda: story.person(other).press("Enter"))

    def pin(self) -> None:
        story, person = self.story, self.somebody()
        then = Moment(story.now.homes, pins=story.now.pins ^ {person})
        self.do("pin", then, lambda: story.person(person).press("p"))

    def undo(self) -> None:
        if len(self.story.past) > 1:
            self.story.future.append(self.story.past.pop())
            self.perform("undo", self.story.do("undo").click)

    def redo(self) -> None:
        if self.story.future:
            self.story.past.append(self.story.future.pop())
            self.perform("redo", self.story.do("redo").click)

    def save(self) -> None:
        if not self.story.is_saved():
            self.perform("save", self.story.do("save").click)


def process_of(browser: Browser) -> int:
    told = browser.new_browser_cdp_session().send("SystemInfo.getProcessInfo")
    return next(int(each["id"]) for each in told["processInfo"] if each["type"] == "browser")


def main(address: str, file: Path, seed: int) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable())
        say(browser=process_of(browser))
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.goto(address)
        page.locator("body.scripted").wait_for(state="attached")
        changes, place = changes_in_list(page)
        story = Story(page, Path(), Path(), "en")
        story.past = [Moment(story.shown(), pins=frozenset(story.people(".fixed")))]
        worker = AtRandom(story, file, random.Random(seed), place, changes - place)
        say(done=worker.told())
        while True:
            worker.step()


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))
