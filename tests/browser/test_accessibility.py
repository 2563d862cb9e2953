"""No page violates WCAG 2.1 A or AA: in three languages, light and dark, on phones and desks."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import product

import pytest

from tests.browser.conftest import Scheme, Tabs
from tests.browser.measures import AS_IT_IS, SPACED_OUT, measured, violations
from tests.browser.written_pages import PAGES
from tests.by_day import todays
from vermegroup.language.catalogues import languages

WIDTHS = (360, 1280)
LESS_AND_LESS = (1280, 1180, 1024, 768, 360, 320)
"""Pixels; no page needs to be moved sideways on 320 of them, says WCAG 1.4.10."""
LANGUAGES = sorted(languages())
Written = Callable[[str, str], str]


def each_with(looks: Iterable[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Every page with every look, in an order of which no day has all of one look or page."""
    listed = list(looks)
    return [
        (page, *listed[(at + step) % len(listed)])
        for at, page in enumerate(PAGES)
        for step in range(len(listed))
    ]


LOOKS = todays(each_with(product(LANGUAGES, ("light", "dark"))))
PAGES_IN_A_LANGUAGE = todays(each_with((language,) for language in LANGUAGES))


@pytest.mark.parametrize("case", LOOKS, ids=str)
def test_axe_finds_no_violation(
    case: tuple[str, str, Scheme], written: Written, tabs: Tabs
) -> None:
    kind, language, scheme = case
    page, found = tabs.open(written(kind, language), scheme), []
    measured(page, "openAll")
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        told = (*violations(page), *measured(page, "pale"))
        found += [f"{width} pixels: {line}" for line in told]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("case", PAGES_IN_A_LANGUAGE, ids=str)
def test_no_width_cuts_anything_off(case: tuple[str, str], written: Written, tabs: Tabs) -> None:
    page, found = tabs.open(written(*case)), []
    measured(page, "openAll")
    for style in (AS_IT_IS, SPACED_OUT):
        page.add_style_tag(content=style)
        for width in LESS_AND_LESS:
            page.set_viewport_size({"width": width, "height": 800})
            found += [f"{width} pixels: {line}" for line in measured(page, "cutOff")]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("case", PAGES_IN_A_LANGUAGE, ids=str)
def test_its_language_is_told_and_its_headings_leave_out_no_level(
    case: tuple[str, str], written: Written, tabs: Tabs
) -> None:
    page = tabs.open(written(*case))
    assert page.locator("html").get_attribute("lang") == case[1]
    levels = measured(page, "headings")
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert max(after - before for before, after in zip([0, *levels], levels, strict=False)) == 1


@pytest.mark.parametrize("case", PAGES_IN_A_LANGUAGE, ids=str)
def test_the_keyboard_reaches_whatever_can_be_used_and_shows_where_it_is(
    case: tuple[str, str], written: Written, tabs: Tabs
) -> None:
    page = tabs.open(written(*case))
    assert measured(page, "moving") == []
    usable, reached = measured(page, "usable"), []
    for _ in range(len(usable)):
        page.keyboard.press("Tab")
        reached.append(measured(page, "focused"))
    assert [each and each["name"] for each in reached] == usable
    assert all(each["seen"] for each in reached)


@pytest.mark.parametrize("case", PAGES_IN_A_LANGUAGE, ids=str)
def test_without_javascript_all_of_it_can_be_read(
    case: tuple[str, str], written: Written, tabs: Tabs
) -> None:
    page = tabs.open(written(*case), javascript=False)
    measured(page, "openAll")
    assert measured(page, "unseen") == []
    if page.locator("script").count():
        scripted = tabs.open(written(*case))
        assert page.locator("main").text_content() == scripted.locator("main").text_content()
