"""How long a move takes in a browser, from click or drop until it is painted; and all outlooks.

    python tests/benchmarks/bench_edit_page.py [64 2000]

Starts a server and the machine's Chromium for each number of people. Medians of a hundred.
"""

from __future__ import annotations

import socket
import statistics
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn
from playwright.sync_api import Page, sync_playwright

from tests.browser.chromium import executable
from tests.edit.opened import served, workplace_of
from vermegroup.app.inputs import RulebookChoice
from vermegroup.app.privacy.how import AS_IT_IS
from vermegroup.edit.session.state import Source
from vermegroup.sampling import sample

AT_MOST = {64: 100, 2000: 400}
"""Milliseconds that a move and the outlooks may take, by the number of people."""
TIMES = 100
IN_PAGE = """async (times) => {
  const painted = () => new Promise(done => requestAnimationFrame(() => setTimeout(done)));
  const heard = (name) => new Promise(
    done => document.addEventListener(name, done, {once: true})).then(painted);
  const held = [], moved = [];
  for (let at = 0; at < times; at += 1) {
    const cards = [...document.querySelectorAll('#cards [data-group]:has(.person)')];
    const row = cards[(at * 7) % cards.length].querySelector('.person [data-action=hold]');
    let since = performance.now(), done = heard('edit:coloured');
    row.click();
    await done;
    held.push(performance.now() - since);
    const puts = document.querySelectorAll('#cards [data-group] [data-action=put]');
    done = heard('edit:applied');
    since = performance.now();
    puts[(at * 11) % (puts.length - 1)].click();
    await done;
    moved.push(performance.now() - since);
  }
  return {held, moved};
}"""


LISTENING = """() => {
  const painted = () => new Promise(done => requestAnimationFrame(() => setTimeout(done)));
  let since = null;
  window.dropped = [];
  addEventListener('pointerup', () => { since = performance.now(); }, true);
  document.addEventListener('edit:applied', async () => {
    const began = since;
    since = null;
    await painted();
    if (began !== null) window.dropped.push(performance.now() - began);
  });
}"""
IN_SIGHT = """() => {
  const inSight = ({top, bottom}) => top >= 0 && bottom < innerHeight - 100;
  const cards = [...document.querySelectorAll('#cards [data-group]:has(.person)')];
  return cards.filter(card => inSight(card.getBoundingClientRect())).slice(0, 2)
    .map(card => card.dataset.group);
}"""


@contextmanager
def address(groups: Path) -> Iterator[str]:
    """A server that shows the groups in a file, on a port of its own."""
    with socket.socket(proto=socket.IPPROTO_TCP) as place:
        place.bind(("127.0.0.1", 0))
        place.listen()
        source = Source(str(groups), RulebookChoice(), AS_IT_IS)
        app, invitations = served(workplace_of(source), place.getsockname()[1])
        server = uvicorn.Server(uvicorn.Config(app, log_level="error", lifespan="off"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [place]}, daemon=True)
        thread.start()
        yield invitations.address
        server.should_exit = True
        thread.join(10)


def measured(page: Page, url: str) -> dict[str, float]:
    """Medians in milliseconds: until all groups are coloured, and until a move is painted.

    A move by clicks goes anywhere, one by the mouse between the first groups in sight.
    """
    page.goto(url)
    page.locator("body.scripted").wait_for()
    told = page.evaluate(IN_PAGE, TIMES)
    told["dropped"] = dropped(page)
    return {name: statistics.median(values) for name, values in told.items()}


def dropped(page: Page) -> list[float]:
    """Milliseconds from the mouse's letting go of somebody until the move is painted."""
    page.evaluate("() => scrollTo(0, document.getElementById('cards').offsetTop - 60)")
    page.evaluate(LISTENING)
    for at in range(TIMES):
        here, there = page.evaluate(IN_SIGHT)[:: 1 if at % 2 else -1]
        cards = [page.locator(f'#cards [data-group="{name}"]') for name in (here, there)]
        person = cards[0].locator(".person [data-action=hold]").first
        own = person.bounding_box()
        assert own
        page.mouse.move(own["x"] + 5, own["y"] + 5)
        page.mouse.down()
        page.mouse.move(own["x"] + 30, own["y"] + 15, steps=3)
        cards[1].locator(".outlook").wait_for()
        target = cards[1].bounding_box()
        assert target
        page.mouse.move(target["x"] + target["width"] / 2, target["y"] + 20, steps=3)
        page.locator(f'[data-group="{there}"].under').wait_for()
        page.mouse.up()
        page.wait_for_function("at => window.dropped.length > at", arg=at)
    times: list[float] = page.evaluate("() => window.dropped")
    return times


def formed(folder: Path, people: int) -> Path:
    """A file of so many people in groups of four, one after the other."""
    rows = sample(people, shape="loose", seed=people).csv().splitlines()
    lines = [f"{row},G{at // 4 + 1:03d}" for at, row in enumerate(rows[1:])]
    path = folder / f"groups-{people}.csv"
    path.write_text("\n".join([f"{rows[0]},group", *lines, ""]), "utf-8")
    return path


def main(sizes: list[int]) -> int:
    """Print a line for each number of people; 1 where one took too long."""
    slow = 0
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable())
        for people in sizes:
            with address(formed(Path(name), people)) as url:
                page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
                found = measured(page, url)
                page.context.close()
            most = AT_MOST.get(people, max(AT_MOST.values()))
            told = ", ".join(f"{what} {median:.0f} ms" for what, median in found.items())
            print(f"{people} people: {told} (at most {most} ms)")
            slow += max(found.values()) > most
        browser.close()
    return min(1, slow)


if __name__ == "__main__":
    sys.exit(main([int(size) for size in sys.argv[1:]] or sorted(AT_MOST)))
