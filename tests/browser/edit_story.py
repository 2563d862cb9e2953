"""A coordinator at work in the page, step by step, and what the same is on the command line."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

from tests.browser.edit_program import GROUPS, PEOPLE, ROSTER, RULES, called, town_of

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

P, R = ParamSpec("P"), TypeVar("R")
Homes = dict[str, str]
Way = tuple[str, str]
HOMES = """() => Object.fromEntries([...document.querySelectorAll('#cards .person')].map(
  row => [row.dataset.person, row.closest('[data-group]').dataset.group]))"""
PEOPLE_WHO = "rows => [...document.querySelectorAll(rows)].map(row => row.dataset.person)"
HELD = """async ([person, from]) => {
  const language = document.documentElement.lang;
  const version = document.getElementById('state').dataset.version;
  const asked = new URLSearchParams({person, from, version, language});
  return await (await fetch(`/held?${asked}`)).json();
}"""
WAYS = """form => ['person', 'to'].map(name => [...new FormData(form).getAll(name)])"""


def step(act: Callable[Concatenate[Story, P], R]) -> Callable[Concatenate[Story, P], R]:
    """Something that somebody does: it counts, and the page shows then what came of it."""

    @wraps(act)
    def counted(self: Story, *args: P.args, **kwargs: P.kwargs) -> R:
        result = act(self, *args, **kwargs)
        self.steps.append(act.__name__)
        assert self.shown() == self.now.homes, self.steps
        assert self.people(".fixed") == self.now.pins, self.steps
        return result

    return counted


@dataclass(frozen=True)
class Moment:
    """Where everybody is, and by which calls of the command line they come there from a file.

    ``meeting`` is the call that plans one.
    """

    homes: Homes
    file: str = GROUPS
    calls: tuple[tuple[str, ...], ...] = ()
    pins: frozenset[str] = frozenset()
    meeting: tuple[str, ...] = ()


@dataclass
class Story:
    """Somebody who works in the ``page``; ``copy`` is where the command line does the same."""

    page: Page
    folder: Path
    copy: Path
    language: str
    steps: list[str] = field(default_factory=list)
    past: list[Moment] = field(default_factory=list)
    future: list[Moment] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.past.append(Moment(self.shown()))

    @property
    def now(self) -> Moment:
        return self.past[-1]

    def shown(self) -> Homes:
        """Who is in which group on the page."""
        homes: Homes = self.page.evaluate(HOMES)
        return homes

    def people(self, which: str) -> set[str]:
        """The ids of those whose rows on the cards are such."""
        return set(self.page.evaluate(PEOPLE_WHO, f"#cards .person{which}"))

    # ---- who is fit for a part of the story ----

    def prospects(self, person: str) -> dict[str, Any]:
        answer: dict[str, Any] = self.page.evaluate(HELD, [person, self.now.homes[person]])
        return answer

    def whose_move(self, outlook: str) -> Way:
        """Somebody, and a group of others, so that a move there ``keeps`` or ``breaks`` rules."""
        for person in sorted(self.now.homes):
            told = self.prospects(person)
            for group, at in told["groups"].items():
                known = group in self.now.homes.values() and group
                if known and told["outlooks"][at]["outlook"] == outlook:
                    return person, group
        raise AssertionError(outlook)

    def whose_swap(self) -> Way:
        """Two whose change of places keeps all rules."""
        for person in sorted(self.now.homes):
            told = self.prospects(person)
            for seat, at in told["swaps"].items():
                if told["outlooks"][at]["outlook"] == "keeps":
                    row = self.page.locator(f'[data-seat="{seat}"]')
                    return person, str(row.get_attribute("data-person"))
        raise AssertionError("nobody can swap")

    def to_their_town(self, place: int = 0) -> Way:
        """Somebody, and another group with somebody of the same town."""
        homes = self.now.homes
        found = [
            (one, homes[other])
            for one in homes
            for other in homes
            if town_of(one) == town_of(other) and homes[one] != homes[other] != ""
        ]
        return sorted(found)[place]

    def group_without(self, people: set[str]) -> str:
        """A group that none of them is in."""
        taken = {self.now.homes[id_] for id_ in people}
        return min(set(self.now.homes.values()) - taken - {""})

    # ---- what is on the page ----

    def person(self, id_: str) -> Locator:
        return self.page.locator(f'.person[data-person="{id_}"] [data-action="hold"]')

    def card(self, group: str) -> Locator:
        return self.page.locator(f'#cards [data-group="{group}"]')

    def do(self, action: str, panel: str = "") -> Locator:
        where = f'[data-panel="{panel}"]' if panel else ""
        return self.page.locator(f'#toolbar [data-action="{action}"]{where}')

    def version(self) -> str:
        return self.page.locator("#state").get_attribute("data-version") or ""

    def answered(self, act: Callable[[], object]) -> None:
        """Do something that changes the groups, and wait until the page shows it."""
        before = self.version()
        act()
        self.page.locator(f'#state:not([data-version="{before}"])').wait_for(state="attached")

    def changed(self, homes: Homes, *call: str) -> None:
        calls = (*self.now.calls, call) if call else self.now.calls
        self.past.append(replace(self.now, homes=homes, calls=calls))
        self.future.clear()

    def moved(self, ways: Iterable[Way]) -> None:
        ways = list(ways)
        told = [f"{person}={group or '-'}" for person, group in ways]
        self.changed({**self.now.homes, **dict(ways)}, "move", *told)

    # ---- looking ----

    @step
    def looks(self) -> None:
        """All are there, all is well, and nothing is to be saved."""
        assert self.page.locator("html").get_attribute("lang") == self.language
        assert len(self.shown()) == PEOPLE
        assert self.rules_kept()
        assert self.is_saved()

    def is_saved(self) -> bool:
        return self.page.locator("#state").get_attribute("data-unsaved") == "no"

    # ---- moves ----

    @step
    def takes_in_hand(self, person: str) -> None:
        self.person(person).click()
        self.page.locator(f'[data-person="{person}"].held').wait_for()
        others = self.page.locator("#cards article[data-outlook]")
        others.first.wait_for()
        own = self.now.homes[person]
        groups = set(self.now.homes.values()) - {own}
        told = {card.get_attribute("data-group") for card in others.all()}
        assert groups <= told

    @step
    def puts_back(self) -> None:
        self.page.keyboard.press("Escape")
        assert self.page.locator(".held, .outlook").count() == 0

    @step
    def drags(self, person: str, group: str) -> None:
        self._drag(person, group)
        self.answered(self.page.mouse.up)
        self.moved([(person, group)])

    def _drag(self, person: str, group: str) -> None:
        card, mouse = self.card(group), self.page.mouse
        self.person(person).scroll_into_view_if_needed()
        own = self.person(person).bounding_box()
        assert own
        mouse.move(own["x"] + 5, own["y"] + 5)
        mouse.down()
        mouse.move(own["x"] + 30, own["y"] + 20, steps=4)
        self.page.locator("body.dragging").wait_for()
        card.locator(".outlook").wait_for()
        there = card.bounding_box()
        assert there
        mouse.move(there["x"] + there["width"] / 2, there["y"] + 20, steps=4)
        self.page.locator(f'[data-group="{group}"].under').wait_for()

    @step
    def gives_a_drag_up(self, person: str, group: str) -> None:
        self._drag(person, group)
        self.page.keyboard.press("Escape")
        self.page.mouse.up()
        assert self.page.locator(".held, .dragging").count() == 0

    @step
    def moves_by_keys(self, person: str, group: str) -> None:
        self.person(person).press("Enter")
        self.card(group).locator('[data-action="put"]').wait_for()
        walk_to(self.page, group)
        self.answered(lambda: self.page.keyboard.press("Enter"))
        self.moved([(person, group)])

    @step
    def clicks_into(self, person: str, group: str) -> None:
        self.person(person).click()
        self.answered(self.card(group).locator('[data-action="put"]').click)
        self.moved([(person, group)])

    @step
    def swaps(self, person: str, other: str) -> None:
        self.person(person).press("Enter")
        self.page.locator(f'[data-person="{other}"][data-outlook="keeps"]').wait_for()
        self.answered(self.person(other).click)
        homes = self.now.homes
        self.moved([(person, homes[other]), (other, homes[person])])

    @step
    def moves_several(self, people: list[str], group: str) -> None:
        for id_ in people:
            self.person(id_).click(modifiers=["Control"])
        self.answered(self.card(group).locator('[data-action="put"]').click)
        self.moved([(id_, group) for id_ in people])

    @step
    def moves_to_the_queue(self, person: str) -> None:
        self.person(person).click()
        to_queue = self.page.locator('#hand [data-action="put-queue"]:not([data-outlook=""])')
        self.answered(to_queue.click)
        self.moved([(person, "")])

    @step
    def moves_to_a_new_group(self, person: str) -> str:
        self.person(person).click()
        to_new = self.page.locator('#hand [data-action="put-new"]:not([data-outlook=""])')
        self.answered(to_new.click)
        new = self.shown()[person]
        assert new not in self.now.homes.values()
        self.moved([(person, new)])
        return new

    @step
    def undoes(self) -> None:
        self.answered(self.do("undo").click)
        self.future.append(self.past.pop())

    @step
    def undoes_by_key(self) -> None:
        self.answered(lambda: self.page.keyboard.press("Control+z"))
        self.future.append(self.past.pop())

    @step
    def does_again(self) -> None:
        self.answered(self.do("redo").click)
        self.past.append(self.future.pop())

    @step
    def goes_back_to_the_beginning(self) -> None:
        """By the list of changes."""
        self._to(0)
        self.future += reversed(self.past[1:])
        del self.past[1:]

    @step
    def goes_to_the_last_change(self) -> None:
        self._to(len(self.past) + len(self.future) - 1)
        self.past += reversed(self.future)
        self.future.clear()

    def _to(self, place: int) -> None:
        self.answered(self.page.locator(f'#panel [data-place="{place}"]').click)
        self.page.locator(f'#panel [data-place="{place}"][aria-current]').wait_for()

    # ---- what the rules say ----

    @step
    def sees_what_is_broken(self, group: str) -> str:
        """The sentences on the card, which are those of the command line."""
        breaches = self.card(group).locator(".breach").all_inner_texts()
        assert breaches
        assert "faulty" in (self.card(group).get_attribute("class") or "")
        return "\n".join(breaches)

    def rules_kept(self) -> bool:
        return self.page.locator("#cards .faulty").count() == 0

    @step
    def takes_a_suggestion(self, person: str) -> None:
        """The best of what is suggested."""
        self.person(person).click()
        self.page.locator('#hand [data-action="suggest"]').click()
        self._first_edit()

    @step
    def takes_a_smallest_repair(self) -> None:
        self.do("panel", "/repairs").click()
        self._first_edit()

    def _first_edit(self) -> None:
        form = self.page.locator('#panel form[data-action="do"]').first
        form.wait_for()
        people, groups = form.evaluate(WAYS)
        self.answered(form.locator("button").click)
        self.moved(zip(people, groups, strict=True))

    # ---- looking for people ----

    @step
    def searches(self, text: str, found: set[str]) -> None:
        self.page.locator("#find").fill(text)
        assert self.people(":not(.other)") == found

    @step
    def shows_only(self, value: str, found: set[str]) -> None:
        self.page.locator("#filter").select_option(value)
        self.page.locator("#cards .person.other").first.wait_for()
        assert self.people(":not(.other)") == found

    @step
    def shows_everybody(self) -> None:
        self.page.locator("#find").fill("")
        self.page.locator("#filter").select_option("")
        self.page.locator("#cards .person.other").first.wait_for(state="detached")

    # ---- pins and searches ----

    @step
    def pins_in_hand(self, person: str) -> None:
        self.person(person).click()
        self.answered(self.page.locator('#hand [data-action="pin-held"]').click)
        self._pinned(person)

    @step
    def pins_by_key(self, person: str) -> None:
        self.person(person).focus()
        self.answered(lambda: self.page.keyboard.press("p"))
        self._pinned(person)

    def _pinned(self, person: str) -> None:
        """Whoever was pinned is not any more, and others are."""
        self.changed(self.now.homes)
        self.past[-1] = replace(self.now, pins=self.now.pins ^ {person})

    @step
    def asks_to_form_again(self) -> None:
        self.do("panel", "/forming").click()
        self.page.locator('#panel [value="quick"]').check()
        self._plans(self.page.locator("#panel button.main"))

    @step
    def asks_for_a_repair(self) -> None:
        self.do("panel", "/repairs").click()
        self._plans(self.page.locator("#panel [name=what] ~ button"))

    def _plans(self, button: Locator) -> None:
        """A proposal is shown, and nothing is changed by it."""
        button.click()
        self.page.locator('#panel [value="accept"]').wait_for()

    @step
    def declines(self) -> None:
        self.page.locator('#panel [value="decline"]').click()
        self.page.locator("#panel h2").wait_for(state="detached")

    def _accepts(self) -> Homes:
        self.answered(self.page.locator('#panel [value="accept"]').click)
        return self.shown()

    @step
    def accepts_to_form_again(self) -> None:
        """Whoever is pinned stays; what went before does not matter any more."""
        before = self.now.homes
        homes = self._accepts()
        assert all(homes[id_] == before[id_] for id_ in self.now.pins)
        call = ("form", ROSTER, "--effort", "5", "--rules", self.rules())
        self.changed(homes)
        self.past[-1] = replace(self.now, calls=(call,))

    @step
    def accepts_a_repair(self) -> None:
        homes = self._accepts()
        self.changed(homes, "rebalance", "--rules", self.rules())
        assert self.rules_kept()

    def rules(self) -> str:
        """The name of a rulebook in the copy with those who are pinned as they are pinned now."""
        if not self.now.pins:
            return "rules.yaml"
        pins = ", ".join(f"{id_}: {self.now.homes[id_]}" for id_ in sorted(self.now.pins))
        name = f"pinned-{len(self.steps)}.yaml"
        rule = f"rules:\n  - pin: {{{pins}}}\n"
        (self.copy / name).write_text(RULES.replace("rules:\n", rule), "utf-8")
        return name

    @step
    def plans_departures(self, left: list[str], newcomer: dict[str, str]) -> None:
        self.do("panel", "/year").click()
        panel = self.page.locator("#panel")
        panel.locator("details", has=self.page.locator("[name=left]")).locator("summary").click()
        panel.locator("[name=left]").fill("\n".join(left))
        row = panel.locator(".typed").first
        for header, cell in newcomer.items():
            row.get_by_label(header, exact=True).fill(cell)
        form = panel.locator("form", has=self.page.locator("[name=left]"))
        self._plans(form.locator("button.main"))

    @step
    def accepts_departures(self, left: list[str], newcomer: dict[str, str]) -> None:
        homes = self._accepts()
        assert set(homes) == set(self.now.homes) - set(left) | {newcomer["id"]}
        name = f"newcomers-{len(self.steps)}.csv"
        lines = [",".join(newcomer), ",".join(newcomer.values())]
        (self.copy / name).write_text("\n".join(lines) + "\n", "utf-8")
        call = ("--left", ",".join(left), "--joining", name, "--rules", self.rules())
        self.changed(homes, "rebalance", *call)

    @step
    def plans_a_meeting(self, absent: str, day: str) -> None:
        self.person(absent).click()
        self.page.locator("#hand").wait_for()
        self.do("panel", "/year").click()
        panel = self.page.locator("#panel")
        panel.locator("[name=day]").fill(day)
        assert panel.locator("[name=absent]").input_value() == absent
        self._plans(panel.locator("form").first.locator("button.main"))

    @step
    def accepts_a_meeting(self, absent: str, day: str) -> None:
        """The groups stay as they are; the plan has a folder of its own."""
        homes = self._accepts()
        call = ("--absent", absent, "--date", day, "--rules", "rules.yaml")
        self.changed(homes)
        self.past[-1] = replace(self.now, meeting=("rebalance", *call))

    # ---- files ----

    @step
    def saves(self) -> None:
        self.answered(self.do("save").click)
        assert self.is_saved()

    @step
    def exports(self, kind: str) -> str:
        """What is downloaded."""
        self.do("panel", "/export").click()
        panel = self.page.locator("#panel")
        panel.locator(f'[value="{kind}"]').check()
        with self.page.expect_download() as got:
            panel.locator('[value="download"]').click()
        return Path(got.value.path()).read_text("utf-8")

    @step
    def closes_the_panel(self) -> None:
        self.page.locator('#panel [data-action="close-panel"]').click()
        self.page.locator("#panel h2").wait_for(state="detached")

    @step
    def looks_at_changes(self) -> list[str]:
        self.do("panel", "/history").click()
        self.page.locator("#panel h2").wait_for()
        lines = self.page.locator("#panel .steps li").all_inner_texts()
        # Of what was done, and of how it was opened.
        assert len(lines) == len(self.past) + len(self.future)
        return lines

    @step
    def loads_the_page_again(self) -> None:
        self.page.once("dialog", lambda dialog: dialog.accept())
        self.page.reload()
        self.page.locator("body.scripted").wait_for()

    def closes(self) -> None:
        self.page.locator('form[action="/close"] button').click()
        self.page.locator("#cards").wait_for(state="detached")
        self.steps.append("closes")

    @step
    def opens_again(self, page: Page) -> None:
        """Everything is there, and nothing is to be taken up; what was done before is not undone.

        Pins are not in the file.
        """
        self.page = page
        self.past, self.future = [replace(self.now, pins=frozenset())], []
        assert self.is_saved()

    # ---- the same on the command line ----

    def same_on_the_command_line(self) -> None:
        """Byte for byte what was saved; to be called in the copy."""
        file = self.now.file
        for at, call in enumerate(self.now.calls):
            where = () if call[0] == "form" else (file,)
            output = f"by-command-{len(self.steps)}-{at}"
            code, told = called(call[0], *where, *call[1:], "-o", output, "-q")
            assert code in (0, 1), told
            file = f"{output}/groups.csv"
        assert (self.folder / GROUPS).read_bytes() == Path(file).read_bytes()
        self.past[-1] = replace(self.now, file=file, calls=())

    def same_meeting_on_the_command_line(self, folder: Path) -> None:
        """The plan in this folder is that of the command line; to be called in the copy."""
        command, *others = self.now.meeting
        assert called(command, self.now.file, *others, "-o", "meeting", "-q")[0] == 0
        assert (folder / "groups.csv").read_bytes() == Path("meeting/groups.csv").read_bytes()

    def told_of_the_only_call(self) -> str:
        """What the command line says of the only thing that was done; to be called in the copy."""
        ((command, *others),) = self.now.calls
        return " ".join(called(command, self.now.file, *others, "-o", "told")[1].split())


def walk_to(page: Page, group: str) -> None:
    """By arrow keys from a person to where whoever is held is put into a group."""
    where = "() => document.activeElement.closest('[data-group]').dataset.group"
    for _ in range(WIDEST):
        if page.evaluate(where) == group:
            break
        page.keyboard.press("ArrowRight" if is_after(page, group) else "ArrowLeft")
    for _ in range(WIDEST):
        if page.evaluate("() => document.activeElement.dataset.action") == "put":
            break
        page.keyboard.press("ArrowUp")
    assert page.evaluate(where) == group


WIDEST = 60
"""No card has more people, and there are no more groups."""


def is_after(page: Page, group: str) -> bool:
    """Whether a card comes after that which has the focus."""
    script = """group => {
      const card = document.querySelector(`#cards [data-group="${group}"]`);
      const own = document.activeElement.closest('[data-group]');
      return Boolean(own.compareDocumentPosition(card) & Node.DOCUMENT_POSITION_FOLLOWING);
    }"""
    return bool(page.evaluate(script, group))
