"""The same story by the keyboard alone: nothing is clicked, and nothing is focused but by keys."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from tests.browser.edit_story import WAYS, WIDEST, Story, walk_to

IS_ON = "selector => document.activeElement.matches(selector)"


@dataclass(frozen=True, slots=True)
class Keys:
    """Somebody without a mouse; what is done is part of the ``story``."""

    story: Story

    def to(self, selector: str, key: str = "Tab") -> None:
        """Press a key until what is wanted has the focus."""
        page = self.story.page
        for _ in range(3 * WIDEST):
            if page.evaluate(IS_ON, selector):
                return
            page.keyboard.press(key)
        raise AssertionError(f"no {key} leads to {selector}")

    def to_person(self, id_: str) -> None:
        self.to(f'.person[data-person="{id_}"] [data-action="hold"]')

    def press(self, key: str) -> None:
        self.story.page.keyboard.press(key)

    def changes(self, key: str) -> None:
        """Press a key that changes the groups, and wait for the answer."""
        self.story.answered(partial(self.press, key))

    def takes(self, person: str) -> None:
        self.to_person(person)
        self.press("Enter")
        self.story.page.locator("#cards article[data-outlook]").first.wait_for()

    def moves(self, person: str, group: str) -> None:
        self.takes(person)
        walk_to(self.story.page, group)
        self.changes("Enter")
        self.story.moved([(person, group)])
        self.shown(lambda: self.has_focus(person))

    def swaps(self, person: str, other: str) -> None:
        """The other is come to as by somebody who does not know where they are: by Tab."""
        self.takes(person)
        self.to_person(other)
        self.changes("Enter")
        homes = self.story.now.homes
        self.story.moved([(person, homes[other]), (other, homes[person])])
        self.shown(lambda: self.has_focus(person))

    def takes_a_suggestion(self, person: str) -> None:
        self.takes(person)
        self.to('#hand [data-action="suggest"]')
        self.press("Enter")
        self.story.page.locator('#panel form[data-action="do"]').first.wait_for()
        self.to('#panel form[data-action="do"] button')
        form = self.story.page.locator('#panel form[data-action="do"]:focus-within')
        people, groups = form.evaluate(WAYS)
        self.changes("Enter")
        self.story.moved(zip(people, groups, strict=True))
        self.shown()

    def pins(self, person: str) -> None:
        self.to_person(person)
        self.changes("p")
        story = self.story
        story.changed(story.now.homes)
        story.past[-1] = replace(story.now, pins=story.now.pins ^ {person})
        self.shown(lambda: self.has_focus(person))

    def undoes(self) -> None:
        self.changes("Control+z")
        self.story.future.append(self.story.past.pop())
        self.shown()

    def saves(self) -> None:
        self.changes("Control+s")
        assert self.story.is_saved()
        self.shown()

    def closes(self) -> None:
        self.to('form[action="/close"] button')
        self.press("Enter")
        self.story.page.locator("#cards").wait_for(state="detached")

    def has_focus(self, person: str) -> bool:
        return bool(self.story.page.evaluate(IS_ON, f'[data-person="{person}"] *'))

    def shown(self, and_also: Callable[[], bool] = lambda: True) -> None:
        assert self.story.shown() == self.story.now.homes
        assert self.story.people(".fixed") == self.story.now.pins
        assert and_also()
