"""A real browser, and pages opened in it that may ask for nothing from elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit

import pytest

from tests.browser.chromium import executable
from tests.browser.written_pages import PAGES, InLanguage

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page, Request, Route

Scheme = Literal["light", "dark"]
WRITTEN_INTO_THE_PAGE = ("data", "blob", "about")


@dataclass(slots=True)
class Tabs:
    """Opens pages: ``file:`` ones, which are to be whole, and those of a server, which may ask it.

    ``elsewhere`` is what they asked of others, and ``faults`` are the errors of their scripts.
    """

    browser: Browser
    contexts: list[BrowserContext] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def open(
        self, url: str, scheme: Scheme = "light", width: int = 1280, *, javascript: bool = True
    ) -> Page:
        """A page as somebody sees it who likes this scheme and little motion; 800 pixels high."""
        context = self.browser.new_context(
            viewport={"width": width, "height": 800},
            color_scheme=scheme,
            reduced_motion="reduce",
            java_script_enabled=javascript,
        )
        self.contexts.append(context)
        context.set_default_timeout(30_000)
        context.route("**/*", lambda route, request: self._answer(route, request, url))
        page = context.new_page()
        page.on("pageerror", lambda fault: self.faults.append(fault.message))
        page.goto(url)
        return page

    def _answer(self, route: Route, request: Request, url: str) -> None:
        if belongs_to(request.url, url):
            route.continue_()
        else:
            self.elsewhere.append(request.url)
            route.abort()


def belongs_to(asked: str, page: str) -> bool:
    """Whether what a page asks for is part of it: of a file, nothing but what is written in it."""
    own, other = urlsplit(page), urlsplit(asked)
    if other.scheme in WRITTEN_INTO_THE_PAGE:
        return True
    if own.scheme == "file":
        return (other.scheme, other.path) == (own.scheme, own.path)
    return (other.scheme, other.netloc) == (own.scheme, own.netloc)


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    path = executable()
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path)
        yield chromium
        chromium.close()


@pytest.fixture
def tabs(browser: Browser) -> Iterator[Tabs]:
    """Opens pages; what they ask of others, and errors of their scripts, fail the test."""
    opened = Tabs(browser)
    yield opened
    for context in opened.contexts:
        context.close()
    assert opened.elsewhere == []
    assert opened.faults == []


@pytest.fixture(scope="package")
def written(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, str], str]:
    """The address of a page that the program writes, by its kind and its language."""
    folder = tmp_path_factory.mktemp("pages")
    made: dict[str, InLanguage] = {}

    def address(kind: str, language: str) -> str:
        if kind not in made:
            made[kind] = PAGES[kind](folder)
        file = folder / f"{kind}-{language}.html"
        file.write_bytes(made[kind](language))  # type: ignore[arg-type]
        return file.as_uri()

    return address
