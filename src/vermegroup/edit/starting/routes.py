"""The routes from a roster to groups: what is sent, and the page or the part of it that answers."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from vermegroup.app.defects import defect
from vermegroup.domain.findings import Finding, InputError, Severity
from vermegroup.edit.frame import page
from vermegroup.edit.serving.static_files import StaticFile
from vermegroup.edit.starting import commands
from vermegroup.edit.starting.commands import Command, Sent
from vermegroup.edit.starting.view import fields_sent, id_of, shown_form, view_of
from vermegroup.edit.workplace import Workplace

HOME = "/"
TITLE, NOTICED = "title", "noticed"
"""Ids of what has the focus where nothing else has."""
Handler = Callable[[Request], Awaitable[Response]]
_MOST_FIELDS = 2_000


def starting_page(request: Request) -> Response:
    """The page where no groups are open: a file chooser, or the roster that is open."""
    workplace: Workplace = request.app.state.workplace
    with workplace.lock:
        return _page(workplace, ())


def _page(workplace: Workplace, noticed: tuple[Finding, ...], status: int = 200) -> Response:
    view = view_of(workplace, _with_noticed(workplace, noticed))
    return HTMLResponse(page("starting/page.html.j2", workplace.language, **view), status)


def _with_noticed(workplace: Workplace, noticed: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """With what the last command left to be told."""
    left, workplace.noticed = workplace.noticed, ()
    return (*left, *noticed)


def _part(
    workplace: Workplace,
    noticed: tuple[Finding, ...],
    status: int = 200,
    focus: str = NOTICED,
) -> Response:
    """All of the page but its frame; ``focus`` is on what has this id, or stays where it was."""
    view = view_of(workplace, _with_noticed(workplace, noticed), focus)
    whole = {"HX-Retarget": "#starting", "HX-Reswap": "outerHTML"}
    return HTMLResponse(page("starting/whole.j2", workplace.language, **view), status, whole)


def _command(do: Command, focus: str = "") -> Handler:
    def show(workplace: Workplace, sent: Sent) -> Response:
        del sent
        return _part(workplace, (), focus=focus)

    async def handler(request: Request) -> Response:
        sent = await _sent(request)
        return await run_in_threadpool(_answered, do, request, sent, show)

    return handler


def _rules(do: Command) -> Handler:
    """A command that changes the rules: only what hangs on them is shown anew."""

    async def handler(request: Request) -> Response:
        sent = await _sent(request)
        return await run_in_threadpool(_answered, do, request, sent, _rules_part)

    return handler


async def _sent(request: Request) -> Sent:
    """The fields; of those of one name the last."""
    file = None
    async with request.form(max_files=1, max_fields=_MOST_FIELDS) as form:
        fields = {}
        for name, value in form.multi_items():
            if isinstance(value, UploadFile):
                file = (value.filename or "", await value.read())
            else:
                fields[name] = value
    return Sent(fields_sent(fields), file)


Show = Callable[[Workplace, Sent], Response]


def _answered(do: Command, request: Request, sent: Sent, show: Show) -> Response:
    """Do it, and answer with a part of the page, or to a form without scripts by a redirect."""
    workplace: Workplace = request.app.state.workplace
    scripted = request.headers.get("HX-Request") == "true"
    with workplace.lock:
        try:
            do(workplace, sent)
        except InputError as fault:
            return (_part if scripted else _page)(workplace, fault.findings, 422)
        except Exception as fault:  # it is told, and the server goes on
            discreet = workplace.how.key is not None
            finding = Finding(Severity.ERROR, defect(fault, discreet=discreet))
            return (_part if scripted else _page)(workplace, (finding,), 500)
        if not scripted:
            return RedirectResponse(HOME, 303)
        if workplace.session is not None:
            return Response(headers={"HX-Redirect": HOME})
        return show(workplace, sent)


def _rules_part(workplace: Workplace, sent: Sent) -> Response:
    """What hangs on the rules; the text itself only where it is not what was typed."""
    view = view_of(workplace, focus=_moved_to(workplace, sent.get("do")))
    typed = sent.get("text").rstrip("\n") == str(view.get("text", "")).rstrip("\n")
    return HTMLResponse(page("starting/changed.j2", workplace.language, **view, typed=typed))


def _moved_to(workplace: Workplace, button: str) -> str:
    """The id of the button for whoever goes on with what this one moved or took away."""
    done = re.fullmatch(r"(up|down|drop|leave) ([0-9]{1,4})", button)
    form = None if workplace.beginning is None else shown_form(workplace.beginning)
    if done is None or form is None:
        return ""
    what, place = done[1], int(done[2])
    last = len(form.others if what == "leave" else form.preferences) - 1
    if what == "leave":
        last_place = form.others[min(place, last)].place if form.others else None
        return id_of("everyone") if last_place is None else f"leave{last_place}"
    if what == "drop":
        return id_of("add") if last < 0 else f"drop{min(place, last)}"
    place += -1 if what == "up" else 1
    at_end = place <= 0 if what == "up" else place >= last
    return f"{('down' if what == 'up' else 'up') if at_end else what}{min(max(place, 0), last)}"


def _progress(request: Request) -> Response:
    """How far a search has come; once it has ended, the page is to be loaded anew."""
    workplace: Workplace = request.app.state.workplace
    with workplace.lock:
        if workplace.searching is None:
            return Response(headers={"HX-Redirect": HOME})
        view = view_of(workplace)
        return HTMLResponse(page("starting/progress.j2", workplace.language, **view))


ROUTES: tuple[Route, ...] = (
    Route(HOME, starting_page, methods=["GET"]),
    Route("/language", _command(commands.choose_language), methods=["POST"]),
    Route("/starting/file", _command(commands.choose_file, TITLE), methods=["POST"]),
    Route("/starting/recent", _command(commands.choose_recent, TITLE), methods=["POST"]),
    Route("/starting/take-up", _command(commands.take_up_again, TITLE), methods=["POST"]),
    Route("/starting/without", _command(commands.begin_without, TITLE), methods=["POST"]),
    Route("/starting/back", _command(commands.back, TITLE), methods=["POST"]),
    Route("/starting/to-groups", _command(commands.to_groups, TITLE), methods=["POST"]),
    Route("/starting/leave", _command(commands.leave, TITLE), methods=["POST"]),
    Route("/starting/columns", _command(commands.choose_columns), methods=["POST"]),
    Route("/starting/sheet", _command(commands.choose_sheet), methods=["POST"]),
    Route("/starting/again", _command(commands.read_again), methods=["POST"]),
    Route("/starting/profile", _command(commands.choose_profile), methods=["POST"]),
    Route("/starting/rules", _rules(commands.change_rules), methods=["POST"]),
    Route("/starting/repair", _command(commands.repair, NOTICED), methods=["POST"]),
    Route("/starting/check", _command(commands.check, "stop"), methods=["POST"]),
    Route("/starting/form", _command(commands.form, "stop"), methods=["POST"]),
    Route("/starting/stop", _command(commands.stop), methods=["POST"]),
    Route("/starting/progress", _progress, methods=["GET"]),
)
STATIC = (
    StaticFile("vermegroup.report", "templates/report.css"),
    StaticFile("vermegroup.edit", "static/base.css"),
    StaticFile("vermegroup.edit", "static/starting.css"),
)
TAKES_FILES = frozenset({"/starting/file"})
