"""Who may come in: whoever has a secret address, and afterwards the cookie that came with it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from hmac import compare_digest
from secrets import token_urlsafe
from threading import Lock

ENTRANCE = "/enter/"
HOST = "127.0.0.1"
_BYTES = 32
_FRESH_FOR = 120.0
"""Seconds for which the address works that a browser is started with."""


class Invitations:
    """The secrets of one server, which end with it.

    The lasting address is shown to the user. The one that a browser is started with can be seen in
    the list of processes by others who use this machine: so it is another one, works once, and not
    for long.
    """

    def __init__(self, port: int, now: Callable[[], float] = time.monotonic) -> None:
        self.port = port
        self.cookie_name = f"vermegroup-{port}"
        self._now = now
        self._lasting, self._cookie = token_urlsafe(_BYTES), token_urlsafe(_BYTES)
        self._once, self._fresh_until = "", 0.0
        self._lock = Lock()

    @property
    def address(self) -> str:
        """The address for the user, which works as often as it is opened."""
        return self._address(self._lasting)

    def address_for_once(self) -> str:
        """An address to start a browser with; one that was made before works no longer."""
        with self._lock:
            self._once, self._fresh_until = token_urlsafe(_BYTES), self._now() + _FRESH_FOR
            return self._address(self._once)

    def accepts(self, offered: str) -> bool:
        """Whether a secret of an address lets somebody in; one for once is spent by it."""
        with self._lock:
            lasting = _same(offered, self._lasting)
            once = _same(offered, self._once) and bool(self._once)
            if once:
                self._once = ""
            return lasting or (once and self._now() < self._fresh_until)

    def knows(self, cookies: Iterable[str]) -> bool:
        """Whether one of a request's ``Cookie`` headers has the cookie of this server."""
        pairs = (pair.strip().partition("=") for header in cookies for pair in header.split(";"))
        offered = [value for name, _equals, value in pairs if name == self.cookie_name]
        return any(_same(value, self._cookie) for value in offered)

    def set_cookie(self) -> str:
        """The header that gives a browser the cookie, for as long as the browser is open."""
        return f"{self.cookie_name}={self._cookie}; HttpOnly; SameSite=Strict; Path=/"

    def _address(self, secret: str) -> str:
        return f"http://{HOST}:{self.port}{ENTRANCE}{secret}"


def _same(offered: str, secret: str) -> bool:
    """Compared in a time that does not tell how much of it is right."""
    return compare_digest(offered.encode("utf-8", "surrogatepass"), secret.encode())
