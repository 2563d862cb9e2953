"""The tests in a browser see what they are to see, and are left out only where they may be."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.browser import chromium
from tests.browser.conftest import Tabs, belongs_to
from tests.browser.measures import measured, violations

FAULTY = """\
<!DOCTYPE html>
<style>
body { color: #999; background: #fff; margin: 0; }
.box { width: 300px; overflow: hidden; white-space: nowrap; }
.gone { display: none; }
button:focus { outline: none; }
b { transition: color 2s; }
</style>
<h1>Title</h1>
<h3>Level left out</h3>
<p class="box">A line that is far too long to be seen in a box that is three hundred pixels wide</p>
<p class="gone">Never seen</p>
<button><b>Press</b></button>
<img src="https://example.org/picture.png">
<script src="other.js"></script>
"""


def absent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chromium.shutil, "which", lambda _name: None)
    for name in ("CI", chromium.NEEDED):
        monkeypatch.delenv(name, raising=False)


def test_without_a_browser_tests_are_skipped(monkeypatch: pytest.MonkeyPatch) -> None:
    absent(monkeypatch)
    with pytest.raises(pytest.skip.Exception, match="no Chromium"):
        chromium.executable()


@pytest.mark.parametrize(("name", "value"), [("CI", "true"), (chromium.NEEDED, "1")])
def test_where_a_browser_is_needed_its_lack_is_a_failure(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    absent(monkeypatch)
    monkeypatch.setenv(name, value)
    with pytest.raises(pytest.fail.Exception, match="no Chromium"):
        chromium.executable()


def test_whatever_is_wrong_with_a_page_is_seen(tmp_path: Path, tabs: Tabs) -> None:
    file = tmp_path / "faulty.html"
    file.write_text(FAULTY, "utf-8")
    page = tabs.open(file.as_uri(), width=360)
    found = {line.partition(":")[0] for line in violations(page)}
    assert {"color-contrast", "html-has-lang", "document-title", "image-alt"} <= found
    assert measured(page, "headings") == [1, 3]
    assert len(measured(page, "pale")) == 3
    assert [name.partition(" “")[0] for name in measured(page, "unseen")] == ["p.gone"]
    assert [name.partition(" “")[0] for name in measured(page, "cutOff")] == ["p.box"]
    assert [name.partition(" “")[0] for name in measured(page, "moving")] == ["button > b"]
    page.keyboard.press("Tab")
    assert measured(page, "focused") == {"name": "button “Press”", "seen": False}
    asked = ["https://example.org/picture.png", (tmp_path / "other.js").as_uri()]
    assert sorted(tabs.elsewhere) == sorted(asked)
    tabs.elsewhere.clear()


def test_a_page_that_is_too_wide_is_seen(tmp_path: Path, tabs: Tabs) -> None:
    file = tmp_path / "wide.html"
    file.write_text("<!DOCTYPE html><div style='width: 500px'>wide</div>", "utf-8")
    page = tabs.open(file.as_uri(), width=360)
    assert measured(page, "cutOff")[0].startswith("the page is 5")


@pytest.mark.parametrize(
    ("asked", "page", "belongs"),
    [
        ("file:///a/page.html#top", "file:///a/page.html", True),
        ("file:///a/other.css", "file:///a/page.html", False),
        ("data:image/png;base64,AA==", "file:///a/page.html", True),
        ("http://127.0.0.1:8000/groups", "http://127.0.0.1:8000/", True),
        ("http://127.0.0.1:8001/", "http://127.0.0.1:8000/", False),
        ("https://example.org/", "http://127.0.0.1:8000/", False),
    ],
)
def test_a_page_may_ask_its_own_server_and_nobody_else(
    asked: str, page: str, belongs: bool
) -> None:
    assert belongs_to(asked, page) is belongs
