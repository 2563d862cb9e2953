"""In a real browser: people are moved by mouse and by keyboard, and the page tells what it does."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import uvicorn

from tests.browser.conftest import Scheme, Tabs
from tests.browser.measures import measured, violations
from tests.by_day import todays
from tests.edit.opened import groups_csv, served, workplace_of, written
from vermegroup.edit.workplace import Workplace
from vermegroup.language.catalogues import languages

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page, Route

WIDTHS = (1920, 1280, 1024, 768, 360, 320)
HOSTILE = (
    '<img src=x onerror="window.evil=1">',
    "\N{RIGHT-TO-LEFT OVERRIDE}" + "W" * 300,
    "👩‍👩‍👧 <b>x",
)
Desk = Callable[[Workplace], str]


@pytest.fixture
def desk() -> Iterator[Desk]:
    """The address of a workplace's server; each has a port of its own."""
    servers: list[tuple[uvicorn.Server, threading.Thread, socket.socket]] = []

    def address(workplace: Workplace) -> str:
        place = socket.socket(proto=socket.IPPROTO_TCP)
        place.bind(("127.0.0.1", 0))
        place.listen()
        app, invitations = served(workplace, place.getsockname()[1])
        settings = uvicorn.Config(app, log_level="error", lifespan="off", ws="none", http="h11")
        server = uvicorn.Server(settings)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [place]}, daemon=True)
        thread.start()
        servers.append((server, thread, place))
        return invitations.address

    yield address
    for server, thread, place in servers:
        server.should_exit = True
        server.force_exit = True
        thread.join(10)
        place.close()


@pytest.fixture
def workplace(tmp_path: Path) -> Workplace:
    return workplace_of(written(tmp_path))


@pytest.fixture
def page(workplace: Workplace, desk: Desk, tabs: Tabs) -> Page:
    return opened(tabs, desk(workplace))


def opened(tabs: Tabs, url: str, scheme: Scheme = "light", width: int = 1280) -> Page:
    page = tabs.open(url, scheme, width)
    page.locator("body.scripted").wait_for(state="attached")
    return page


def person(page: Page, id_: str) -> Locator:
    return page.locator(f'.person[data-person="{id_}"] [data-action="hold"]')


def card(page: Page, group: str) -> Locator:
    return page.locator(f'#cards [data-group="{group}"]')


def put_in(page: Page, group: str) -> Locator:
    return card(page, group).locator('[data-action="put"]')


def is_in(page: Page, id_: str, group: str) -> None:
    card(page, group).locator(f'[data-person="{id_}"]').wait_for()


def focused(page: Page) -> str | None:
    answer: str | None = page.evaluate(
        "() => document.activeElement.closest('.person')?.dataset.person ?? null"
    )
    return answer


def told(page: Page, text: str) -> None:
    page.locator("#told", has_text=text).wait_for()


def drag(page: Page, id_: str, onto: Locator) -> None:
    """By the mouse, slowly enough that the page notices."""
    own, there = person(page, id_).bounding_box(), onto.bounding_box()
    assert own is not None
    assert there is not None
    page.mouse.move(own["x"] + 5, own["y"] + 5)
    page.mouse.down()
    page.mouse.move(own["x"] + 30, own["y"] + 20, steps=4)
    page.locator("body.dragging").wait_for()
    onto.locator(".outlook").wait_for()
    page.mouse.move(there["x"] + there["width"] / 2, there["y"] + there["height"] / 2, steps=4)


def test_a_drag_colours_all_groups_and_moves(page: Page, workplace: Workplace) -> None:
    drag(page, "P1", card(page, "G02"))
    assert card(page, "G02").get_attribute("data-outlook") == "breaks"
    assert "Breaks in G01: “Every group has at least 1 new" in page.locator("#outlook").inner_text()
    assert "Breaks in G02: “All members" in card(page, "G02").inner_text()
    page.mouse.up()
    is_in(page, "P1", "G02")
    told(page, "2 rules are broken")
    assert page.locator("article.faulty .breach").count() == 2
    assert workplace.session is not None
    assert workplace.session.unsaved


def test_a_finger_drags_a_person_once_it_has_rested_on_her(page: Page) -> None:
    own, there = person(page, "P1").bounding_box(), card(page, "G02").bounding_box()
    assert own is not None
    assert there is not None
    finger = page.context.new_cdp_session(page)

    def touch(kind: str, *at: float) -> None:
        points = [{"x": at[0], "y": at[1]}] if at else []
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    touch("touchStart", own["x"] + 5, own["y"] + 5)
    page.wait_for_timeout(300)
    touch("touchMove", own["x"] + 30, own["y"] + 20)
    page.locator("body.dragging").wait_for()
    touch("touchMove", there["x"] + 80, there["y"] + 60)
    page.locator('[data-group="G02"].under').wait_for()
    touch("touchEnd")
    is_in(page, "P1", "G02")


def test_whoever_is_held_stays_so_when_something_else_is_done(page: Page) -> None:
    person(page, "P1").press("Enter")
    put_in(page, "G02").wait_for()
    page.keyboard.press("p")
    page.locator('[data-person="P1"].fixed.held').wait_for()
    put_in(page, "G02").click()
    is_in(page, "P1", "G02")


def test_a_drag_that_is_given_up_changes_nothing(page: Page, workplace: Workplace) -> None:
    drag(page, "P1", card(page, "G02"))
    page.keyboard.press("Escape")
    page.mouse.up()
    assert page.locator(".holding, .dragging").count() == 0
    assert workplace.session is not None
    assert not workplace.session.steps


def test_all_of_a_move_can_be_done_by_the_keyboard(page: Page) -> None:
    person(page, "P1").focus()
    page.keyboard.press("ArrowDown")
    assert focused(page) == "P2"
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    put_in(page, "G01").wait_for(state="detached")
    put_in(page, "G02").wait_for()
    page.keyboard.press("ArrowRight")
    assert focused(page) == "P5"
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    is_in(page, "P1", "G03")
    told(page, "Moved: Nimi 01, G01 → G03")
    assert focused(page) == "P1"
    assert "Nimi 01" in (page.locator("#live").text_content() or "")
    page.keyboard.press("Control+z")
    is_in(page, "P1", "G01")
    page.keyboard.press("Control+Shift+Z")
    is_in(page, "P1", "G03")


def test_escape_puts_back_whoever_is_held(page: Page) -> None:
    person(page, "P1").press("Space")
    put_in(page, "G02").wait_for()
    page.keyboard.press("Escape")
    assert page.locator(".outlook, .held").count() == 0
    assert focused(page) == "P1"


def test_two_swap_and_the_one_who_was_held_keeps_the_focus(page: Page) -> None:
    person(page, "P1").press("Enter")
    page.locator('[data-person="P5"][data-outlook="keeps"]').wait_for()
    assert (person(page, "P5").get_attribute("aria-label") or "").startswith("Swap with Nimi 05")
    person(page, "P5").press("Enter")
    is_in(page, "P1", "G02")
    is_in(page, "P5", "G01")
    assert focused(page) == "P1"


def test_several_go_together_into_a_new_group_and_the_queue(page: Page) -> None:
    person(page, "P1").click(modifiers=["Control"])
    person(page, "P6").focus()
    page.keyboard.press("s")
    page.locator("#held", has_text="Nimi 06").wait_for()
    page.locator('#hand [data-action="put-new"]:not([data-outlook=""])').click()
    is_in(page, "P1", "G05")
    is_in(page, "P6", "G05")
    person(page, "P6").click()
    page.locator('#hand [data-action="put-queue"]:not([data-outlook=""])').click()
    is_in(page, "P6", "")
    page.locator('[data-action="undo"]').click()
    is_in(page, "P6", "G05")
    page.locator('[data-action="undo"]').click()
    card(page, "G05").wait_for(state="detached")


def test_a_suggestion_is_done_at_once(page: Page) -> None:
    person(page, "P1").click()
    page.locator('#hand [data-action="suggest"]').click()
    page.locator("#panel h2").wait_for()
    page.locator("#panel [data-action=do] button").first.click()
    told(page, "All 3 rules are kept")
    assert page.locator("#panel").is_hidden()


def test_pinned_people_stay_when_the_rest_is_formed_again(page: Page, workplace: Workplace) -> None:
    card(page, "G01").locator('[data-action="pin-group"]').click()
    page.locator('[data-group="G01"].fixed').wait_for()
    page.locator('[data-panel="/forming"]').click()
    page.locator('#panel [value="quick"]').check()
    page.locator("#panel button.main").click()
    page.locator('#panel [value="accept"]').click()
    told(page, "The rest was formed again")
    assert workplace.session is not None
    homes = workplace.session.state.groups_by_id()
    assert {group for id_ in ("P1", "P2", "P3", "P4") for group in homes[id_]} == {"G01"}
    page.locator('[data-panel="/history"]').click()
    page.locator('#panel [data-place="0"]').click()
    page.locator('#panel [data-place="0"][aria-current]').wait_for()
    assert page.locator(".group.fixed").count() == 0


def test_a_meeting_is_planned_without_the_one_in_hand(page: Page) -> None:
    person(page, "P1").click()
    page.locator("#hand").wait_for()
    page.locator('[data-panel="/year"]').click()
    assert page.locator("#panel [name=absent]").input_value() == "P1"
    page.locator("#panel button.main").first.click()
    page.locator('#panel [value="decline"]').click()
    told(page, "stay as they are")


def test_a_search_is_always_in_view_and_the_focus_is_never_lost(page: Page) -> None:
    held_back: list[Route] = []
    released: list[bool] = []

    def hold_back(route: Route) -> None:
        if released:
            route.continue_()
        else:
            held_back.append(route)

    page.route("**/search/progress", hold_back)
    page.set_viewport_size({"width": 1280, "height": 400})
    page.locator('[data-panel="/forming"]').click()
    page.locator("#panel button.main").press("Enter")
    stop = page.locator('#search [data-action="stop"]')
    stop.wait_for()
    page.mouse.wheel(0, 2_000)
    assert not violations(page)
    box = stop.bounding_box()
    assert box is not None
    assert 0 <= box["y"] < 400 - box["height"]
    assert page.evaluate("() => document.activeElement.dataset.action") == "stop"
    released.append(True)
    for route in held_back:
        route.continue_()
    page.locator('#panel [value="decline"]').press("Enter")
    told(page, "stay as they are")
    assert page.evaluate("() => document.activeElement.dataset.panel") == "/forming"


def test_another_language_keeps_who_is_held_and_what_is_typed(page: Page) -> None:
    page.locator('[data-panel="/year"]').click()
    page.locator("#panel [name=absent]").fill("P7")
    person(page, "P1").click()
    put_in(page, "G02").wait_for()
    page.locator('button[value="fi"]').click()
    page.locator("html[lang=fi] .person.held[data-person=P1]").wait_for()
    assert page.locator("#panel [name=absent]").input_value() == "P7"
    assert page.evaluate("() => sessionStorage.getItem('vermegroup-in-hand')") is None


def test_why_somebody_cannot_be_spared_is_read_without_a_mouse(page: Page) -> None:
    person(page, "P1").press("Enter")
    assert "G01 has only 1 new person" in page.locator("#spared").inner_text()
    page.keyboard.press("Escape")
    page.locator('[data-action="help"]').click()
    assert not violations(page)
    legend = page.locator("#help .marks").inner_text()
    assert all(mark in legend for mark in "✓≈✗★◆▲▼")


def test_people_are_found_by_name_and_by_what_they_have(page: Page) -> None:
    page.locator("#find").fill("nimi 07")
    assert page.locator("#cards [data-group]:not(.none)").count() == 1
    assert "1" in page.locator("#found").inner_text()
    page.keyboard.press("Enter")
    assert focused(page) == "P7"
    page.locator("#find").fill("")
    page.locator("#filter").select_option("Turku")
    page.locator(".person.other").first.wait_for()
    assert page.locator("#cards .person:not(.other)").count() == 4


def test_another_tab_is_told_of_and_loses_nothing(
    workplace: Workplace, desk: Desk, tabs: Tabs
) -> None:
    url = desk(workplace)
    first = opened(tabs, url)
    second = first.context.new_page()
    second.goto(url)
    second.locator("#others:not([hidden])").wait_for()
    person(first, "P1").click()
    put_in(first, "G02").click()
    is_in(first, "P1", "G02")
    person(second, "P2").click()
    told(second, "in another tab")
    is_in(second, "P1", "G02")


@pytest.mark.parametrize("case", todays([(n, s) for n in languages() for s in ("light", "dark")]))
def test_axe_finds_no_violation_in_any_state(
    case: tuple[str, Scheme], tmp_path: Path, desk: Desk, tabs: Tabs
) -> None:
    language, scheme = case
    page = opened(tabs, desk(workplace_of(written(tmp_path), language)), scheme)  # type: ignore[arg-type]
    found: list[str] = []

    def look(what: str) -> None:
        for width in (1280, 360) if what in ("as it is", "held", "broken") else (1280,):
            page.set_viewport_size({"width": width, "height": 800})
            lines = (*violations(page), *measured(page, "pale"), *measured(page, "cutOff"))
            found.extend(f"{what}, {width} pixels: {line}" for line in lines)
        page.set_viewport_size({"width": 1280, "height": 800})

    look("as it is")
    person(page, "P1").click()
    put_in(page, "G02").wait_for()
    look("held")
    put_in(page, "G02").click()
    is_in(page, "P1", "G02")
    look("broken")
    page.locator('[data-panel="/repairs"]').click()
    page.locator("#panel h2").wait_for()
    look("repairs")
    page.locator("#panel [name=what] ~ button").click()
    page.locator('#panel [value="accept"]').wait_for()
    look("proposal")
    for panel in ("/year", "/export", "/history"):
        page.locator(f'#toolbar [data-panel="{panel}"]').click()
        page.locator("#panel h2").wait_for()
        look(panel)
    assert not found, "\n".join(found)


def test_no_width_cuts_anything_off_whatever_people_are_called(
    tmp_path: Path, desk: Desk, tabs: Tabs
) -> None:
    content = groups_csv()
    for at, name in enumerate(HOSTILE, 1):
        content = content.replace(f"Nimi {at:02d}", '"' + name.replace('"', '""') + '"')
    page = opened(tabs, desk(workplace_of(written(tmp_path, content))))
    found: list[str] = []
    for id_ in ("P1", "P2", "P3"):
        person(page, id_).click()
        put_in(page, "G02").wait_for()
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            wide = page.evaluate("() => document.documentElement.scrollWidth - innerWidth")
            found += [f"{width} pixels: {wide} too wide"] if wide > 0 else []
            found += [f"{width} pixels: {line}" for line in measured(page, "cutOff")]
        page.keyboard.press("Escape")
    assert page.evaluate("() => window.evil") is None
    assert not found, "\n".join(found)


def test_without_scripts_the_groups_can_be_read(
    workplace: Workplace, desk: Desk, tabs: Tabs
) -> None:
    page = tabs.open(desk(workplace), javascript=False)
    assert page.locator(".person").count() == 16
    assert "allow scripts" in page.locator("main").inner_text()


def test_an_export_asks_only_for_what_the_chosen_kinds_take(
    tabs: Tabs, desk: Desk, workplace: Workplace
) -> None:
    page = tabs.open(desk(workplace))
    page.click('[data-panel="/export"]')
    page.check("[name=kind][value=calendar]")
    assert page.is_visible("[name=minutes]")
    assert page.is_hidden("[name=login]")
    page.uncheck("[name=kind][value=calendar]")
    page.check("[value=canvas]")
    assert page.is_hidden("[name=minutes]")
    assert page.is_visible("[name=login]")
