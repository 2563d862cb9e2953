"""What axe-core finds in a page, and what is measured in it beside that."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Page

TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice")
AS_IT_IS = "/* */"
SPACED_OUT = """\
* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }
p { margin-bottom: 2em !important; }
"""
"""The distances of letters, words and lines that WCAG 1.4.12 lets people choose."""


def measured(page: Page, what: str) -> Any:
    """What one of the functions in ``in_page.js`` answers of a page."""
    return page.evaluate(f"() => ({_script()}).{what}()")


def violations(page: Page) -> list[str]:
    """What axe-core finds in a page, a line for each element."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(_axe())
    # Nothing of what is asked for needs the style sheets by themselves: to load them doubles it.
    asked = {"runOnly": list(TAGS), "resultTypes": ["violations"], "preload": False}
    found = page.evaluate("asked => axe.run(asked)", asked)
    assert found["passes"]  # it did look
    return [
        f"{violation['id']}: {node['target']} {node['failureSummary']}"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]


@cache
def _script() -> str:
    return Path(__file__).with_name("in_page.js").read_text("utf-8").partition("\n")[2].strip()


@cache
def _axe() -> str:
    from axe_playwright_python.base import AXE_FILE_PATH

    return AXE_FILE_PATH.read_text("utf-8")
