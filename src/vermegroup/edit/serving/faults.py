"""What is shown where a request cannot be answered as it was meant; the server goes on."""

from __future__ import annotations

from http import HTTPStatus

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from vermegroup.app.defects import defect
from vermegroup.app.privacy.how import How
from vermegroup.domain.findings import InputError
from vermegroup.language.catalogues import Language
from vermegroup.language.messages import Message as Sentence
from vermegroup.language.messages import _, as_sentence
from vermegroup.report.blocks import Notice, summarised
from vermegroup.report.pages import template

_MOST_SHOWN = 20


def input_fault(request: Request, fault: Exception) -> HTMLResponse:
    """What is wrong with the input, with each place and what to do."""
    assert isinstance(fault, InputError)  # as it is registered
    language: Language = request.app.state.workplace.language
    notices = summarised(fault.findings, language, at_most=_MOST_SHOWN)
    return _shown(request, HTTPStatus.UNPROCESSABLE_ENTITY, _AT_FAULT, notices)


def not_served(request: Request, fault: Exception) -> HTMLResponse:
    """That there is nothing at an address, or that it does not take this."""
    assert isinstance(fault, HTTPException)  # as it is registered
    sentence = _NOTHING if fault.status_code == HTTPStatus.NOT_FOUND else _NOT_UNDERSTOOD
    return _shown(request, fault.status_code, sentence)


def own_fault(request: Request, fault: Exception) -> HTMLResponse:
    """A defect of ours in a sentence; its traceback is in a file."""
    how: How = request.app.state.workplace.how
    sentence = defect(fault, discreet=how.key is not None)
    return _shown(request, HTTPStatus.INTERNAL_SERVER_ERROR, sentence)


def _shown(
    request: Request, status: int, sentence: Sentence, notices: list[Notice] | None = None
) -> HTMLResponse:
    """A fragment for a page that asked by script, else a page."""
    language: Language = request.app.state.workplace.language
    part = request.headers.get("hx-request") == "true"
    page = template(f"serving/{'fault' if part else 'fault_page'}.html.j2", "vermegroup.edit")
    shown = page.render(
        language=language,
        sentence=as_sentence(sentence, language),
        notices=notices or (),
        styles=request.app.state.styles,
        back=_BACK.in_(language),
    )
    return HTMLResponse(shown, status)


class Unbroken:
    """An application whose defects end with it: they were shown and put into a file already."""

    def __init__(self, application: ASGIApp) -> None:
        self._application = application

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """As ASGI has it. Where an answer broke off, the browser must not take it for whole."""
        begun = whole = False

        async def heard(message: Message) -> None:
            nonlocal begun, whole
            begun = True
            whole = message["type"] == "http.response.body" and not message.get("more_body")
            await send(message)

        try:
            await self._application(scope, receive, heard)
        except Exception:
            if begun and not whole:
                raise


_AT_FAULT = _("This cannot be done with what was given")
_NOTHING = _("There is no page at this address")
_NOT_UNDERSTOOD = _("This request is not understood")
_BACK = _("Back to the page")
