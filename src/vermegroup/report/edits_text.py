"""Edits by hand in words, to be done or done: who moves, and who changes places.

What was done is told without bending a name: "Siirretty: Aino, G01 → G03".
"""

from __future__ import annotations

from collections.abc import Sequence

from vermegroup.domain.bonds import Move
from vermegroup.language.messages import N_, Message, Who, _, capital, joined

Step = tuple[Move, Move | None]
"""Somebody moves, or (with a second move) two people change places."""


def steps_of(moves: Sequence[Move]) -> list[Step]:
    """The moves with those together that are two people's change of places."""
    left, steps = list(moves), list[Step]()
    while left:
        move = left.pop(0)
        back = (
            other
            for other in left
            if (move.origin and move.target)
            and (other.origin, other.target) == (move.target, move.origin)
        )
        other = next(back, None)
        if other is not None:
            left.remove(other)
        steps.append((move, other))
    return steps


def edit_sentence(moves: Sequence[Move], *, by_name: bool = True) -> Message:
    """As in "Move Aino from G01 to G03; swap Eino (G02) and Irja (G05)"."""
    return capital(joined(_step(move, other, by_name=by_name) for move, other in steps_of(moves)))


def done_sentence(moves: Sequence[Move]) -> Message:
    """As in "Moved: Aino, G01 → G03; changed places: Eino (G02), Irja (G05)"."""
    return capital(joined(_done(move, other) for move, other in steps_of(moves)))


def _done(move: Move, other: Move | None) -> Message:
    who, origin, target = _who(move), move.origin, move.target
    if other is not None:
        whom = _who(other)
        return _SWAPPED.filled(who=who, origin=origin, other=whom, target=other.origin)
    if move.also and not (origin and target):
        form = _TAKEN_OUT if origin else _PLACED_TOO
        return form.filled(who=who, group=origin or target)
    if not origin:
        return _PLACED.filled(who=who, target=target)
    if not target:
        return _QUEUED.filled(who=who, origin=origin)
    return _MOVED.filled(who=who, origin=origin, target=target)


def _step(move: Move, other: Move | None, *, by_name: bool) -> Message:
    who = _who(move, by_name=by_name)
    if other is not None:
        return _(
            "swap {who} ({origin}) and {other} ({target})",
            who=who,
            origin=move.origin,
            other=_who(other, by_name=by_name),
            target=other.origin,
        )
    if move.also and not (move.origin and move.target):
        form = _OUT if move.origin else _TOO
        return form.filled(who=who, group=move.origin or move.target)
    if not move.origin:
        return _("place {who} in {target}", who=who, target=move.target)
    if not move.target:
        return _("move {who} from {origin} to the queue", who=who, origin=move.origin)
    return _(
        "move {who} from {origin} to {target}", who=who, origin=move.origin, target=move.target
    )


def _who(move: Move, *, by_name: bool = True) -> Who:
    return Who(move.person, move.label if by_name else "")


_TOO = N_("place {who} in {group}, too")
_OUT = N_("take {who} out of {group}")
# Translators: what was done, without a case of anybody's name
_MOVED = N_("moved: {who}, {origin} → {target}")
_SWAPPED = N_("changed places: {who} ({origin}), {other} ({target})")
_PLACED = N_("placed: {who} → {target}")
_QUEUED = N_("moved to the queue: {who} ({origin})")
_PLACED_TOO = N_("placed in another group, too: {who} → {group}")
_TAKEN_OUT = N_("taken out of one group: {who} ({group})")
