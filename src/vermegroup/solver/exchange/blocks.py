"""Blocks of three groups: every swap and every three-cycle of their members in one go.

A member who joins a group in another's place changes that group alone. So of three groups of s
members the 6 s * s groups that one such change makes are judged, and every swap between two of
them (3 s * s) and every three-cycle (2 s ** 3) is a sum of two or three of these.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from vermegroup.domain.arrays import FloatArray, IntArray

# The six changes: which group of the block takes a member in another's place, and from which.
GAINING = np.array([0, 0, 1, 1, 2, 2])
_GIVING = np.array([1, 2, 0, 2, 0, 1])
_CHANGE = {pair: at for at, pair in enumerate(zip(GAINING.tolist(), _GIVING.tolist(), strict=True))}
# An exchange by the groups it goes round: each takes a member of the next one.
_SWAPS = ((0, 1), (0, 2), (1, 2))
_CYCLES = ((0, 1, 2), (0, 2, 1))


def changed_rows(rows: IntArray, slots: IntArray) -> IntArray:
    """Every change of blocks (blocks, 3, width), as (blocks, 6, slots, slots, width).

    ``slots`` (blocks, 3, slots) are the seats that may change hands: the first axis of slots is
    the one that is given up, the second the one of whom comes.
    """
    comers = np.take_along_axis(rows, slots, axis=2)
    seats = slots.shape[2]
    shape = (len(rows), 6, seats, seats)
    found = np.broadcast_to(rows[:, GAINING, None, None, :], (*shape, rows.shape[2])).copy()
    places = np.broadcast_to(slots[:, GAINING, :, None], shape)[..., None]
    people = np.broadcast_to(comers[:, _GIVING, None, :], shape)[..., None]
    np.put_along_axis(found, places, people, axis=-1)
    return found


def options(changes: FloatArray) -> FloatArray:
    """What each exchange adds (blocks, options), the first being none at all.

    ``changes`` (blocks, 6, slots, slots) is what each change adds.
    """
    blocks = len(changes)
    found = [np.zeros((blocks, 1))]
    for one, other in _SWAPS:
        back = changes[:, _CHANGE[other, one]].transpose(0, 2, 1)
        found.append((changes[:, _CHANGE[one, other]] + back).reshape(blocks, -1))
    for one, other, third in _CYCLES:
        # Axes: the slots of one, of the other, of the third.
        total = changes[:, _CHANGE[one, other], :, :, None]
        total = total + changes[:, _CHANGE[other, third], None, :, :]
        total += changes[:, _CHANGE[third, one]].transpose(0, 2, 1)[:, :, None, :]
        found.append(total.reshape(blocks, -1))
    return np.concatenate(found, axis=1)


@lru_cache(maxsize=16)
def changes_of(seats: int) -> IntArray:
    """The changes that each option makes, (options, 3, 3): which of the six, and its two slots.

    Those of an option that makes fewer than three are -1.
    """
    found = [np.full((1, 3, 3), -1, dtype=np.int64)]
    for groups in (*_SWAPS, *_CYCLES):
        slots = np.indices((seats,) * len(groups)).reshape(len(groups), -1)
        part = np.full((slots.shape[1], 3, 3), -1, dtype=np.int64)
        for at, (group, giver) in enumerate(zip(groups, groups[1:] + groups[:1], strict=True)):
            part[:, at, 0] = _CHANGE[group, giver]
            part[:, at, 1] = slots[at]
            part[:, at, 2] = slots[(at + 1) % len(groups)]
        found.append(part)
    return np.concatenate(found)
