"""Other values than those the solver was tuned to."""

from __future__ import annotations

from dataclasses import replace

from vermegroup.solver.params import PARAMS, SolveParams


def tuned(**rooms: dict[str, object]) -> SolveParams:
    """The parameters with some of a room's changed: ``tuned(columns={"most_steps": 0})``."""
    changed = {
        room: replace(getattr(PARAMS, room), **values)  # type: ignore[arg-type]
        for room, values in rooms.items()
    }
    return replace(PARAMS, **changed)
