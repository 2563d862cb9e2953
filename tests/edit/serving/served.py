"""A server with a few pages of its own, as it listens on this machine, and what asks it."""

from __future__ import annotations

import http.client
import queue
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from vermegroup.domain.findings import Finding, InputError, Severity
from vermegroup.edit.serving.rooms import Room
from vermegroup.edit.serving.serve import Hosting, serve
from vermegroup.edit.workplace import Workplace
from vermegroup.language.messages import _, verbatim

CHANGED: list[str] = []
"""What the server was made to do, by the paths."""


async def _page(request: Request) -> Response:
    return HTMLResponse("<form method=post action=/change><button>ok</button></form>")


async def _change(request: Request) -> Response:
    form = await request.form()
    CHANGED.append(request.url.path)
    return PlainTextResponse(str(sum(len(str(value)) for value in form.values())))


async def _length(request: Request) -> Response:
    CHANGED.append(request.url.path)
    return PlainTextResponse(str(len(await request.body())))


def _at_fault(request: Request) -> Response:
    found = [
        Finding(
            Severity.ERROR,
            _("This is neither local nor the address of a Dask cluster"),
            "kevat <b>.csv",
            row=14,
            column="Kunta",
            hint=verbatim("<script>alert(1)</script>"),
        )
    ]
    raise InputError(found)


def _broken(request: Request) -> Response:
    raise ZeroDivisionError("<img src=x>")


def _onward(request: Request) -> Response:
    return RedirectResponse(request.query_params["to"], 303)


ROOM = Room(
    (
        Route("/", _page),
        Route("/change", _change, methods=["POST"]),
        Route("/file", _length, methods=["POST"]),
        Route("/command", _length, methods=["POST"]),
        Route("/at-fault", _at_fault),
        Route("/broken", _broken),
        Route("/onward", _onward),
    ),
    takes_files=frozenset({"/file"}),
)


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


@dataclass(slots=True)
class Served:
    """A running server. ``cookie`` is what an invited browser sends."""

    workplace: Workplace
    address: str
    cookie: str = ""
    port: int = 0

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.port}"

    @property
    def secret(self) -> str:
        return self.address.rpartition("/")[2]

    def own(self) -> dict[str, str]:
        """The headers of a request that the page itself makes."""
        own = f"http://{self.host}"
        return {"Cookie": self.cookie, "Origin": own, "Sec-Fetch-Site": "same-origin"}

    def ask(
        self,
        path: str,
        method: str = "GET",
        headers: dict[str, str] | None = None,
        body: bytes | Iterator[bytes] | None = None,
    ) -> Answer:
        """The answer to a request with these headers alone, and with Host."""
        asking = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            asking.request(method, path, body, headers or {})
            heard = asking.getresponse()
            return Answer(heard.status, heard.headers, heard.read())
        finally:
            asking.close()

    def raw(self, request: bytes) -> bytes:
        """All that is answered to these bytes, until the server is silent or closes."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=2) as asking:
            asking.sendall(request)
            answer = b""
            try:
                while part := asking.recv(65536):
                    answer += part
            except (TimeoutError, ConnectionResetError):
                pass
            return answer


@contextmanager
def running(place: Path) -> Iterator[Served]:
    """A server that listens meanwhile, and the cookie of a browser that was let in."""
    workplace = Workplace(place)
    told: queue.Queue[str] = queue.Queue()
    thread = threading.Thread(
        target=serve,
        args=(workplace, (ROOM,), Hosting(browser=False), lambda url, _opened: told.put(url)),
    )
    thread.start()
    served = Served(workplace, told.get(timeout=10))
    served.port = int(served.address.split(":")[2].partition("/")[0])
    entered = served.ask("/enter/" + served.secret)
    served.cookie = entered.headers["set-cookie"].partition(";")[0]
    yield served
    workplace.closing.set()
    thread.join(10)
    assert not thread.is_alive()
