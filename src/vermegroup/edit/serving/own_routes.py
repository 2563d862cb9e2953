"""What the server answers itself: which tabs are alive, and its end."""

from __future__ import annotations

from http import HTTPStatus
from threading import Event

from starlette.background import BackgroundTask
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route

from vermegroup.edit.serving.plain_pages import plain_page
from vermegroup.edit.serving.tabs import ALIVE, GONE, Tabs
from vermegroup.language.catalogues import Language
from vermegroup.language.messages import _

CLOSE = "/close"


async def alive(request: Request) -> Response:
    """A tab is there; it is told how many others are."""
    tabs: Tabs = request.app.state.tabs
    tab = request.query_params.get("tab", "")
    try:
        tabs.seen(tab)
    except ValueError as unknown:
        raise HTTPException(HTTPStatus.BAD_REQUEST) from unknown
    return PlainTextResponse(str(tabs.others(tab)))


async def gone(request: Request) -> Response:
    """A tab was closed: as ``navigator.sendBeacon`` tells it."""
    tabs: Tabs = request.app.state.tabs
    tabs.gone(request.query_params.get("tab", ""))
    return Response(status_code=HTTPStatus.NO_CONTENT)


async def close(request: Request) -> Response:
    """End the server once this was answered; a script has the whole page replaced."""
    language: Language = request.app.state.workplace.language
    closing: Event = request.app.state.workplace.closing
    return HTMLResponse(
        plain_page(language, _CLOSED),
        headers={"hx-retarget": "body", "hx-reswap": "innerHTML", "connection": "close"},
        background=BackgroundTask(closing.set),
    )


ROUTES = (
    Route(ALIVE, alive, methods=["GET", "POST"]),
    Route(GONE, gone, methods=["POST"]),
    Route(CLOSE, close, methods=["POST"]),
)

_CLOSED = _("The page is closed. You can close this tab")
