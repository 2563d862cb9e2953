"""In a browser that was let in, pages of others can neither read nor change anything."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import pytest

from tests.edit.serving.served import CHANGED, Served, running

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext

# What a page tries with an address; each answers what it came to know of it.
TRIES = {
    "fetch and read": "fetch(A, {credentials: 'include'}).then(r => r.text())",
    "fetch blindly": (
        "fetch(A, {mode: 'no-cors', credentials: 'include'}).then(r => r.type + r.status)"
    ),
    "post blindly": (
        "fetch(A + 'change', {method: 'POST', mode: 'no-cors', credentials: 'include',"
        " body: new URLSearchParams({a: '1'})}).then(r => r.type + r.status)"
    ),
    "post and read": (
        "fetch(A + 'change', {method: 'POST', credentials: 'include', body: 'a=1',"
        " headers: {'HX-Request': 'true'}}).then(r => r.text())"
    ),
    "beacon": "Promise.resolve(navigator.sendBeacon(A + 'command', 'a=1')).then(() => wait(300))",
    "script": "load('script', A + 'static/htmx.min.js').then(() => typeof htmx)",
    "image": "load('img', A)",
    "style": "load('link', A).then(() => document.styleSheets.length)",
    "socket": (
        "new Promise((yes, no) => {const s = new WebSocket(A.replace('http', 'ws'));"
        " s.onopen = () => yes('open'); s.onerror = () => no('shut')})"
    ),
    "frame": (
        "load('iframe', A).then(f => f.contentDocument"
        " ? f.contentDocument.body.innerHTML : 'closed to us')"
    ),
}
HELP = """
const wait = ms => new Promise(yes => setTimeout(yes, ms, 'waited'));
const load = (tag, url) => new Promise((yes, no) => {
  const it = document.createElement(tag);
  it.onload = () => yes(it); it.onerror = () => no('refused');
  if (tag === 'link') { it.rel = 'stylesheet'; it.href = url } else it.src = url;
  document.body.append(it);
});
"""
LEARNT_NOTHING = {"closed to us", "opaque0", "waited", "undefined"}


class Page(BaseHTTPRequestHandler):
    """A page of somebody else, in which anything may be tried."""

    def do_GET(self) -> None:
        target = self.path.partition("?")[2]
        page = (
            f"<body><form method=post action='{target}change'><input name=a value=1>"
            f"<button>send</button></form><a href='{target}'>go</a><script>{HELP}</script>"
        ).encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        self.wfile.write(page)

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture(scope="module")
def elsewhere() -> Iterator[int]:
    """The port of another server on this machine."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Page) as other:
        thread = threading.Thread(target=other.serve_forever)
        thread.start()
        yield other.server_port
        other.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with running(tmp_path_factory.mktemp("place")) as served:
        yield served


@pytest.fixture
def invited(browser: Browser, server: Served) -> Iterator[BrowserContext]:
    """A browser that has the cookie."""
    CHANGED.clear()
    context = browser.new_context()
    context.set_default_timeout(10_000)
    page = context.new_page()
    assert page.goto(server.address).status == 200  # type: ignore[union-attr]
    assert page.url == f"http://{server.host}/"
    page.close()
    yield context
    context.close()


def test_our_own_page_may_send_its_form(invited: BrowserContext, server: Served) -> None:
    page = invited.new_page()
    page.goto(f"http://{server.host}/")
    page.click("button")
    page.wait_for_url("**/change")
    assert CHANGED == ["/change"]


# Another port is the same site, so our cookie comes with what it asks; localhost is another site.
@pytest.mark.parametrize("name", ["127.0.0.1", "localhost"])
def test_a_page_of_somebody_else_learns_and_changes_nothing(
    invited: BrowserContext, server: Served, elsewhere: int, name: str
) -> None:
    ours = f"http://{server.host}/"
    page = invited.new_page()
    page.goto(f"http://{name}:{elsewhere}/?{ours}")
    for what, tried in TRIES.items():
        script = f"A => ({tried}).then(String, fault => 'refused: ' + fault)"
        learnt = page.evaluate(script, ours)
        assert learnt in LEARNT_NOTHING or learnt.startswith("refused"), f"{what}: {learnt}"
    page.click("button")
    page.wait_for_url("**/change")
    assert "Nothing was shown to it" in page.content()
    assert CHANGED == []


def test_a_page_that_opens_ours_holds_nothing_of_it(
    invited: BrowserContext, server: Served, elsewhere: int
) -> None:
    page = invited.new_page()
    page.goto(f"http://127.0.0.1:{elsewhere}/?http://{server.host}/")
    with invited.expect_page() as opened:
        page.evaluate("A => { window.it = window.open(A) }", f"http://{server.host}/")
    opened.value.wait_for_load_state()
    assert "<form" not in opened.value.content()
    assert page.evaluate("it.closed")  # as pages of another opener policy look


def test_a_name_that_means_this_machine_gets_nothing(
    invited: BrowserContext, server: Served
) -> None:
    """As after DNS rebinding: browsers lead every name below localhost to this machine."""
    page = invited.new_page()
    answer = page.goto(f"http://evil.localhost:{server.port}/enter/{server.secret}")
    assert answer is not None
    assert answer.status == 421
    assert invited.cookies(f"http://evil.localhost:{server.port}/") == []


def test_a_link_in_another_page_to_the_secret_address_leads_in(
    browser: Browser, server: Served, elsewhere: int
) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"http://localhost:{elsewhere}/?{server.address}")
    page.click("a")
    page.wait_for_url(f"http://{server.host}/")
    assert "<form" in page.content()
    assert page.evaluate("document.cookie") == ""
    page.go_back()
    assert page.url.startswith("http://localhost:")  # nothing of the way in is gone back to
    context.close()
