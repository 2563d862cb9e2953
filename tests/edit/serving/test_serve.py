"""The command as it is called: one server, from its address to its end."""

from __future__ import annotations

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tests.edit.serving.served import Served
from vermegroup.cli.commands import app
from vermegroup.edit.serving import browsers, serve
from vermegroup.edit.serving.browsers import open_browser
from vermegroup.edit.serving.serve import Hosting
from vermegroup.edit.workplace import Workplace

EDIT = [sys.executable, "-m", "vermegroup", "edit", "--no-browser"]
ADDRESS = re.compile(r"http://127\.0\.0\.1:([0-9]+)(/enter/[\w-]{43,})")
SOON = 10.0
"""Seconds; on a machine with much else to do."""


class Process:
    """The command in a process of its own, and a browser of sorts that was let in."""

    def __init__(self, folder: Path, *words: str) -> None:
        self.process = subprocess.Popen(
            [*EDIT, *words],
            cwd=folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            env=os.environ | {"PYTHONIOENCODING": "utf-8"},
        )
        assert self.process.stdout is not None
        self.told = ""
        while not (found := ADDRESS.search(self.told)):
            line = self.process.stdout.readline()
            assert line, self.process.communicate()
            self.told += line
        self.port, self.entrance = int(found[1]), found[2]

    def ask(
        self, path: str, method: str = "GET", body: bytes | None = None, **headers: str
    ) -> tuple[int, str, str]:
        asking = http.client.HTTPConnection("127.0.0.1", self.port, timeout=SOON)
        asking.request(method, path, body, headers)
        answer = asking.getresponse()
        told = answer.read().decode()
        asking.close()
        return answer.status, answer.headers.get("set-cookie", "").partition(";")[0], told

    def ended(self) -> tuple[int, str]:
        """The exit code, and what was told as an error."""
        _out, told = self.process.communicate(timeout=SOON)
        return self.process.returncode, told


@pytest.fixture
def started(tmp_path: Path) -> Iterator[list[Process]]:
    processes: list[Process] = []
    yield processes
    for each in processes:
        each.process.kill()
        each.process.communicate()


def test_the_page_is_entered_and_closed(tmp_path: Path, started: list[Process]) -> None:
    started.append(run := Process(tmp_path, "--port", "0", "--lang", "fi"))
    assert run.ask("/")[0] == 403
    status, cookie, _body = run.ask(run.entrance)
    assert (status, cookie.startswith(f"vermegroup-{run.port}=")) == (303, True)
    own = {"Cookie": cookie, "Origin": f"http://127.0.0.1:{run.port}"}
    assert run.ask("/alive?tab=one", **own)[::2] == (200, "0")
    assert run.ask("/close", "POST", Cookie=cookie, Origin="http://evil.example")[0] == 403
    assert run.process.poll() is None
    status, _cookie, body = run.ask("/close", "POST", **own)
    assert (status, "Voit sulkea tämän välilehden" in body) == (200, True)
    assert run.ended() == (0, "")
    assert "Avaa tämä osoite" in run.told


def test_a_torn_form_is_answered_and_the_terminal_stays_quiet(
    tmp_path: Path, started: list[Process]
) -> None:
    started.append(run := Process(tmp_path))
    own = {"Cookie": run.ask(run.entrance)[1], "Origin": f"http://127.0.0.1:{run.port}"}
    form = {**own, "Content-Type": "multipart/form-data; boundary=x"}
    torn = b"--x\r\nContent-Disposition form-data\r\n\r\n"
    assert run.ask("/starting/file", "POST", torn, **form)[0] == 400
    assert run.ask("/starting/file", "POST", b"no form", **form)[0] == 400
    run.ask("/close", "POST", **own)
    assert run.ended() == (0, "")


def test_it_listens_on_this_machine_alone(tmp_path: Path, started: list[Process]) -> None:
    started.append(run := Process(tmp_path))
    socket.create_connection(("127.0.0.1", run.port), timeout=SOON).close()
    # Who listens on every address of a machine listens on these two as well.
    for address in ("127.0.0.2", "::1"):
        with pytest.raises(OSError, match=r"refused|assign|unreachable"):
            socket.create_connection((address, run.port), timeout=SOON).close()


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 0), (signal.SIGTERM, 143)])
def test_a_signal_ends_it_cleanly(
    tmp_path: Path, started: list[Process], number: signal.Signals, code: int
) -> None:
    started.append(run := Process(tmp_path))
    # An open connection, as browsers keep them, holds nothing up.
    with socket.create_connection(("127.0.0.1", run.port)):
        asked = time.monotonic()
        run.process.send_signal(number)
        assert run.ended() == (code, "")
        assert time.monotonic() - asked < 5


SLOW = """
import sys, time
from pathlib import Path
from starlette.routing import Route
from vermegroup.edit.serving.rooms import Room
from vermegroup.edit.serving.serve import Hosting, serve
from vermegroup.edit.workplace import Workplace

def slow(request):
    print("asked", flush=True)
    time.sleep(30)

room = Room((Route("/", slow),))
tell = lambda address, opened: print(address, flush=True)
sys.exit(serve(Workplace(Path()), (room,), Hosting(browser=False), tell))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no signals are sent there")
def test_a_second_signal_ends_it_at_once_whatever_is_being_answered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, started: list[Process]
) -> None:
    monkeypatch.setattr(sys.modules[__name__], "EDIT", [sys.executable, "-c", SLOW])
    started.append(run := Process(tmp_path))
    _status, cookie, _body = run.ask(run.entrance)
    with socket.create_connection(("127.0.0.1", run.port)) as asking:
        host = f"127.0.0.1:{run.port}"
        asking.sendall(f"GET / HTTP/1.1\r\nHost: {host}\r\nCookie: {cookie}\r\n\r\n".encode())
        assert run.process.stdout is not None
        assert run.process.stdout.readline() == "asked\n"
        run.process.send_signal(signal.SIGINT)
        time.sleep(0.5)
        assert run.process.poll() is None
        asked = time.monotonic()
        run.process.send_signal(signal.SIGINT)
        assert run.ended()[0] == 130
        assert time.monotonic() - asked < 2


def test_it_ends_when_nobody_has_done_anything_for_long(
    tmp_path: Path, started: list[Process]
) -> None:
    started.append(run := Process(tmp_path, "--idle", "1s", "-q"))
    assert ADDRESS.fullmatch(run.told.strip())  # quietly, the address is all that is shown
    assert run.ended() == (0, "")


def test_an_answer_on_a_kept_connection_waits_for_nothing(server: Served) -> None:
    """Where Nagle's algorithm is left on, each answer takes 40 ms."""
    asking = http.client.HTTPConnection("127.0.0.1", server.port, timeout=SOON)
    taken = []
    for _ in range(21):
        begun = time.perf_counter()
        asking.request("GET", "/", headers=server.own())
        asking.getresponse().read()
        taken.append(time.perf_counter() - begun)
    asking.close()
    assert sorted(taken)[10] < 0.03


def test_a_port_that_is_taken_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        shown = CliRunner().invoke(app, ["edit", "--no-browser", "--port", port])
    assert (shown.exit_code, shown.stdout) == (2, "")
    assert "--port: another program has this port" in shown.stderr.lower()
    assert "Leave --port out" in shown.stderr


@pytest.mark.parametrize("lacking", ["starlette", "uvicorn", "python_multipart"])
def test_what_is_not_installed_is_told_with_what_installs_it(
    lacking: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from vermegroup.edit import extra

    there = extra.find_spec
    monkeypatch.setattr(extra, "find_spec", lambda name: None if name == lacking else there(name))
    shown = CliRunner().invoke(app, ["edit"])
    assert (shown.exit_code, shown.stdout) == (2, "")
    assert lacking.replace("_", "-") in shown.stderr
    assert "pip install 'vermegroup[edit]'" in shown.stderr


@pytest.mark.parametrize("span", ["", "8", "h", "-1h", "0s", "8 days", "1e3s", "8h30"])
def test_what_is_no_span_of_time_is_refused(span: str) -> None:
    shown = CliRunner().invoke(app, ["edit", "--idle", span])
    assert shown.exit_code == 2
    assert "--idle" in shown.stderr


class Hosted:
    """A server in a thread: what is told, and whether it has ended."""

    def __init__(self, workplace: Workplace, hosting: Hosting) -> None:
        self.told: list[tuple[str, bool]] = []
        self.thread = threading.Thread(target=self._run, args=(workplace, hosting))
        self.thread.start()

    def _run(self, workplace: Workplace, hosting: Hosting) -> None:
        serve.serve(workplace, (), hosting, lambda *told: self.told.append(told))

    def ended(self) -> bool:
        self.thread.join(SOON)
        return not self.thread.is_alive()


class Search:
    """Stands for a search that lasts until it is stopped."""

    def __init__(self) -> None:
        self.under_way = True

    def stop(self) -> None:
        self.under_way = False

    def wait(self, seconds: float | None = None) -> bool:
        return not self.under_way


def test_a_search_keeps_it_open_and_is_stopped_with_it(place: Workplace) -> None:
    place.searching = search = Search()  # type: ignore[assignment]
    hosted = Hosted(place, Hosting(idle=0.1, browser=False))
    time.sleep(0.8)
    assert hosted.thread.is_alive()
    place.closing.set()
    assert hosted.ended()
    assert not search.under_way


def test_the_browser_is_given_an_address_that_works_once_and_is_not_the_one_shown(
    place: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(serve, "open_browser", lambda url: not opened.append(url))
    place.closing.set()
    hosted = Hosted(place, Hosting())
    assert hosted.ended()
    [(shown, was_opened)] = hosted.told
    assert was_opened
    assert opened != [shown]


def test_no_browser_for_terminals_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(browsers.webbrowser, "open", lambda url: not opened.append(url))
    monkeypatch.setattr(browsers.sys, "platform", "linux")
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER"):
        monkeypatch.delenv(name, raising=False)
    assert not open_browser("http://127.0.0.1:1/")
    monkeypatch.setenv("DISPLAY", ":0")
    assert open_browser("http://127.0.0.1:1/")
    assert opened == ["http://127.0.0.1:1/"]
