"""All rooms as one application, behind its guard."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp

from vermegroup.domain.findings import InputError
from vermegroup.edit.serving.faults import Unbroken, input_fault, not_served, own_fault
from vermegroup.edit.serving.guard import Guard
from vermegroup.edit.serving.idle import IdleClock
from vermegroup.edit.serving.invitations import Invitations
from vermegroup.edit.serving.own_routes import ROUTES
from vermegroup.edit.serving.rooms import Room
from vermegroup.edit.serving.tabs import Tabs
from vermegroup.edit.serving.vendored import ALL
from vermegroup.edit.workplace import Workplace


def application(
    workplace: Workplace,
    rooms: Sequence[Room],
    invitations: Invitations,
    clock: IdleClock | None = None,
) -> ASGIApp:
    """What answers requests for a workplace, if the guard lets them in.

    Handlers find the workplace and the tabs at ``request.app.state``.
    """
    served = _unguarded(workplace, rooms)
    takes_files = frozenset[str]().union(*(room.takes_files for room in rooms))
    return Guard(
        Unbroken(served),
        invitations,
        clock or IdleClock(),
        lambda: workplace.language,
        takes_files,
    )


def _unguarded(workplace: Workplace, rooms: Sequence[Room]) -> Starlette:
    static = [*(each.file for each in ALL), *(file for room in rooms for file in room.static)]
    routes = [
        *ROUTES,
        *(file.route() for file in static),
        *(route for room in rooms for route in room.routes),
    ]
    served = Starlette(
        routes=routes,
        exception_handlers={
            InputError: input_fault,
            HTTPException: not_served,
            Exception: own_fault,
        },
    )
    # It would lead to an address made of what the client sent.
    served.router.redirect_slashes = False
    served.state.workplace = workplace
    served.state.tabs = Tabs()
    served.state.styles = [file.address for file in static if file.name.endswith(".css")]
    return served
