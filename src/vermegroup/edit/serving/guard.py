"""Stands before the application: who is not invited, or asks what is not ours, ends here.

Pure ASGI, so that nothing of an application runs before a request was let in.
"""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from starlette.datastructures import Headers
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from vermegroup.edit.serving.answer_headers import safely
from vermegroup.edit.serving.bodies import COMMAND, FILE, body_within, replayed
from vermegroup.edit.serving.idle import IdleClock
from vermegroup.edit.serving.invitations import ENTRANCE, Invitations
from vermegroup.edit.serving.origins import (
    is_from_own_page,
    is_meant_for,
    is_visit,
    led_by_another_page,
    own_hosts,
)
from vermegroup.edit.serving.plain_pages import plain_page
from vermegroup.edit.serving.tabs import ASKED_BY_ITSELF
from vermegroup.language.catalogues import Language
from vermegroup.language.messages import Message, _


class Guard:
    """Lets requests through to an application, each with its whole body.

    ``takes_files`` are the paths whose requests may be as large as files are.
    """

    def __init__(
        self,
        application: ASGIApp,
        invitations: Invitations,
        clock: IdleClock,
        language: Callable[[], Language],
        takes_files: frozenset[str] = frozenset(),
    ) -> None:
        self._application, self._invitations, self._clock = application, invitations, clock
        self._language, self._takes_files = language, takes_files
        self._hosts = own_hosts(invitations.port)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """As ASGI has it; there are no web sockets here, and nothing else."""
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008, "reason": ""})
        elif scope["type"] == "http":
            await self._answer(scope, receive, safely(send))

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = Headers(scope=scope)
        answer = self._at_the_door(scope, headers)
        if answer is not None:
            await answer(scope, receive, send)
            return
        limit = FILE if scope["path"] in self._takes_files else COMMAND
        body = await body_within(limit, headers, receive)
        if body is None:
            await self._refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, _TOO_LARGE)(
                scope, receive, send
            )
            return
        if scope["path"] not in ASKED_BY_ITSELF:
            self._clock.touch()
        await self._application(scope, replayed(body, receive), send)

    def _at_the_door(self, scope: Scope, headers: Headers) -> Response | None:
        """The answer to a request that gets no further than here."""
        method, path = scope["method"], scope["path"]
        if not is_meant_for(headers, self._hosts):
            return self._refused(HTTPStatus.MISDIRECTED_REQUEST, _USE_THE_ADDRESS)
        if path.startswith(ENTRANCE) and is_visit(method, headers):
            return self._entering(path.removeprefix(ENTRANCE), headers)
        if not is_from_own_page(method, headers):
            sentence = _USE_THE_ADDRESS if is_visit(method, headers) else _OTHER_PAGE
            return self._refused(HTTPStatus.FORBIDDEN, sentence)
        if not self._invitations.knows(headers.getlist("cookie")):
            return self._refused(HTTPStatus.FORBIDDEN, _USE_THE_ADDRESS)
        return None

    def _entering(self, secret: str, headers: Headers) -> Response:
        """Exchange the secret for a cookie, and lead to an address without it."""
        if self._invitations.knows(headers.getlist("cookie")):
            return RedirectResponse("/", HTTPStatus.SEE_OTHER)
        if not self._invitations.accepts(secret):
            return self._refused(HTTPStatus.FORBIDDEN, _USE_THE_ADDRESS)
        cookie = {"set-cookie": self._invitations.set_cookie()}
        if led_by_another_page(headers):
            page = plain_page(self._language(), _ENTERING, onward="/")
            return HTMLResponse(page, headers=cookie)
        return RedirectResponse("/", HTTPStatus.SEE_OTHER, headers=cookie)

    def _refused(self, status: HTTPStatus, sentence: Message) -> Response:
        # What the request still sends is not read: so nothing may follow it.
        page = plain_page(self._language(), sentence)
        return HTMLResponse(page, status, headers={"connection": "close"})


_USE_THE_ADDRESS = _(
    "This page opens only by the address that vermegroup showed in the terminal: copy it from there"
)
_OTHER_PAGE = _("Another page asked for this. Nothing was shown to it and nothing was changed")
_TOO_LARGE = _("This is larger than a file with participants or a command can be")
_ENTERING = _("Go on to the groups")
