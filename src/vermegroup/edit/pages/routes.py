"""The addresses of the groups page, and what each answers."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from http import HTTPStatus

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Match, Route
from starlette.types import Scope

from vermegroup.edit.frame import page
from vermegroup.edit.pages import commands, fields, panels
from vermegroup.edit.pages.answers import parts, whole_page
from vermegroup.edit.pages.commands import Command
from vermegroup.edit.pages.desk import Desk
from vermegroup.edit.pages.exporting import exported
from vermegroup.edit.pages.fields import Fields
from vermegroup.edit.pages.filters import having
from vermegroup.edit.pages.held import held_plain
from vermegroup.edit.pages.saving import save
from vermegroup.edit.pages.telling import Told
from vermegroup.edit.serving.static_files import StaticFile
from vermegroup.edit.serving.tabs import Tabs
from vermegroup.edit.workplace import MOST_PEOPLE, Workplace
from vermegroup.language.catalogues import languages
from vermegroup.language.messages import N_, _, as_sentence
from vermegroup.report.blocks import Mood

_MOST_FIELDS = 4 * MOST_PEOPLE
Endpoint = Callable[[Request], Awaitable[Response]]
Work = Callable[[Request, Desk, Fields], Response]


class _OfGroups(Route):
    """An address that is the page's while groups are open, and another room's else."""

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """As Starlette has it."""
        if scope["app"].state.workplace.session is None:
            return Match.NONE, {}
        return super().matches(scope)


def _working(work: Work, *, reads: bool = False) -> Endpoint:
    """An endpoint that does its work in a thread, and holds the workplace meanwhile."""

    async def endpoint(request: Request) -> Response:
        if reads:
            return await run_in_threadpool(locked, request, request.query_params)
        async with request.form(max_files=1, max_fields=_MOST_FIELDS) as asked:
            return await run_in_threadpool(locked, request, asked)

    def locked(request: Request, asked: Fields) -> Response:
        workplace: Workplace = request.app.state.workplace
        with workplace.lock:
            desk = Desk.at(request.app.state)
            if desk is None or len(desk.session.state.roster) > MOST_PEOPLE:
                return _reload(request)
            return work(request, desk, asked)

    return endpoint


def _command(command: Command) -> Endpoint:
    """An endpoint that changes the session, if the page that asks shows the newest version."""

    def work(request: Request, desk: Desk, asked: Fields) -> Response:
        if _is_stale(desk, asked):
            return _stale(request, desk, asked)
        before = desk.shown()
        done = command(desk, asked)
        if done.reload or not _by_script(request):
            return _reload(request, HTTPStatus.OK)
        return HTMLResponse(parts(desk, before, done.told, done.panel))

    return _working(work)


def _is_stale(desk: Desk, asked: Fields) -> bool:
    language = fields.text(asked, "language")
    shown_in = desk.workplace.language
    return fields.whole(asked, "version") != desk.session.version or language not in ("", shown_in)


def _stale(request: Request, desk: Desk, asked: Fields) -> Response:
    """All as it is now, with a word on why what was asked was not done."""
    if not _by_script(request):
        return RedirectResponse("/", HTTPStatus.SEE_OTHER)
    if fields.text(asked, "language") not in ("", desk.workplace.language):
        return _reload(request)
    told = Told(Mood.UNSURE, f"{as_sentence(_STALE, desk.workplace.language)}.")
    headers = {"x-whole": "yes"}
    return HTMLResponse(parts(desk, None, told, ""), HTTPStatus.CONFLICT, headers)


def _panel(make: Callable[[Desk, Fields], str]) -> Endpoint:
    def work(request: Request, desk: Desk, asked: Fields) -> Response:
        del request
        return HTMLResponse(make(desk, asked))

    return _working(work, reads=True)


def _index(request: Request, desk: Desk, asked: Fields) -> Response:
    del asked
    shown = whole_page(desk, Tabs.new_id())
    desk.memory.told = None
    return HTMLResponse(shown)


async def _open(request: Request) -> Response:
    workplace: Workplace = request.app.state.workplace
    session = workplace.session
    if session is not None and len(session.state.roster) > MOST_PEOPLE:
        title = _TOO_MANY.filled(people=len(session.state.roster), most=MOST_PEOPLE)
        told = {"title": title, "instead": _INSTEAD, "commands": _COMMANDS}
        return HTMLResponse(page("groups/too_many.html.j2", workplace.language, **told))
    return await _opened(request)


_opened = _working(_index, reads=True)


def _held(request: Request, desk: Desk, asked: Fields) -> Response:
    """What would become of all groups; a page of another version is told the newest."""
    del request
    if _is_stale(desk, asked):
        return JSONResponse({"version": desk.session.version}, HTTPStatus.CONFLICT)
    state = desk.session.state
    seats = list(dict.fromkeys(map(state.seat, fields.seats(asked))))
    told = held_plain(state, seats, desk.workplace.language)
    return JSONResponse({"version": desk.session.version, **told})


def _matching(request: Request, desk: Desk, asked: Fields) -> Response:
    del request
    trait, value = fields.one(asked, "trait"), fields.one(asked, "value")
    return JSONResponse({"seats": having(desk.session.state, trait, value)})


def _progress(request: Request, desk: Desk, asked: Fields) -> Response:
    """How far the search is; once it has ended, what it proposes."""
    del asked
    desk.settle()
    found = desk.memory.proposal
    panel = panels.proposal(desk, found) if found is not None and not desk.searching else None
    return HTMLResponse(parts(desk, desk.shown(), None, panel))


def _proposal(desk: Desk, asked: Fields) -> str:
    del asked
    found = desk.proposal()
    return panels.proposal(desk, found) if found else ""


def _suggest(desk: Desk, asked: Fields) -> str:
    seats = fields.seats(asked)
    if len(seats) != 1:
        fields.refuse()
    return panels.suggestions(desk, desk.session.state.seat(seats[0]))


def _year(desk: Desk, asked: Fields) -> str:
    held = fields.seats(asked) if asked.getlist("person") else []
    return panels.year(desk, [desk.session.state.seat(each) for each in held])


def _export(request: Request, desk: Desk, asked: Fields) -> Response:
    del request
    return exported(desk, asked)


def _language(request: Request, desk: Desk, asked: Fields) -> Response:
    del request
    wanted = fields.one(asked, "language")
    known = next((each for each in languages() if each == wanted), None)
    if known is None:
        fields.refuse()
    desk.workplace.language = known
    return RedirectResponse("/", HTTPStatus.SEE_OTHER)


def _by_script(request: Request) -> bool:
    return request.headers.get("hx-request") == "true"


def _reload(request: Request, status: int = HTTPStatus.CONFLICT) -> Response:
    """What was open is not any more: the browser is to look again."""
    if _by_script(request):
        return Response(status_code=status, headers={"hx-refresh": "true"})
    return RedirectResponse("/", HTTPStatus.SEE_OTHER)


def _post(path: str, endpoint: Endpoint) -> Route:
    return _OfGroups(path, endpoint, methods=["POST"])


def _get(path: str, endpoint: Endpoint) -> Route:
    return _OfGroups(path, endpoint, methods=["GET"])


ROUTES = (
    _get("/", _open),
    _get("/held", _working(_held, reads=True)),
    _get("/matching", _working(_matching, reads=True)),
    _post("/look", _command(commands.look)),
    _post("/move", _command(commands.move)),
    _post("/pin", _command(commands.pin)),
    _post("/undo", _command(commands.undo)),
    _post("/redo", _command(commands.redo)),
    _post("/go", _command(commands.go)),
    _post("/search/start", _command(commands.search)),
    _post("/search/stop", _command(commands.stop)),
    _get("/search/progress", _working(_progress, reads=True)),
    _post("/proposal", _command(commands.decide)),
    _get("/proposal", _panel(_proposal)),
    _get("/suggest", _panel(_suggest)),
    _get("/repairs", _panel(lambda desk, asked: panels.repairs(desk))),
    _get("/forming", _panel(lambda desk, asked: panels.forming(desk))),
    _get("/history", _panel(lambda desk, asked: panels.history(desk))),
    _get("/year", _panel(_year)),
    _get("/export", _panel(lambda desk, asked: panels.exports(desk))),
    _post("/export", _working(_export)),
    _post("/save", _command(save)),
    _post("/language", _working(_language)),
)
STATIC = (
    StaticFile("vermegroup.report", "templates/report.css"),
    StaticFile("vermegroup.edit", "static/base.css"),
    StaticFile("vermegroup.edit", "static/edit.css"),
    StaticFile("vermegroup.edit", "static/panels.css"),
    StaticFile("vermegroup.edit", "static/edit.js"),
)
TAKES_FILES = frozenset({"/search/start"})

_TOO_MANY = N_("{people} people are more than this page moves smoothly: it takes {most}")
_INSTEAD = _("These commands do the same with any number of people")
_COMMANDS = (
    ("options GROUPS PERSON", _("where somebody could go, best first")),
    ("move GROUPS PERSON=GROUP", _("moves by hand, judges and saves")),
    ("rebalance GROUPS --left FILE", _("absences, people who left and newcomers")),
    ("audit GROUPS", _("which rules are kept, and what would repair the others")),
)
_STALE = _(
    "The groups were changed in another tab meanwhile: this was not done, and they are shown as "
    "they are now"
)
