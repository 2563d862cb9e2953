"""The table of numbers of groups: all of them where they are few, else the telling ones.

A large roster allows tens of thousands of numbers. Then the table has those that were tried and
their neighbours, both ends of the range, and where one answer changes to another. Every line was
judged; nothing is said of a number that is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise

from vermegroup.outcome import GroupCount
from vermegroup.phrase import Phrase
from vermegroup.solver.counting import Candidate, Counting, ruled_out

MOST_LISTED = 200
"""Numbers of groups up to which the table is complete."""
_NEAR = 3


def count_table(
    counting: Counting, tried: Mapping[int, GroupCount], otherwise: Phrase
) -> tuple[GroupCount, ...]:
    """The lines, in ascending order. ``otherwise`` is why a number was neither ruled out nor tried.

    Without any number tried, it is told around the one that would be tried first.
    """
    return tuple(
        tried[number] if number in tried else _line(counting.judged(number), otherwise)
        for number in _listed(counting, tried)
    )


def _line(candidate: Candidate, otherwise: Phrase) -> GroupCount:
    if candidate.certificate is None:
        return GroupCount(candidate.groups, None, otherwise)
    return ruled_out(candidate)


def _listed(counting: Counting, tried: Iterable[int]) -> list[int]:
    numbers = counting.numbers
    if len(numbers) <= MOST_LISTED:
        return list(numbers)
    first = next(counting.in_order()).groups
    ends = {numbers[0], numbers[-1]}
    near = {at + step for at in (first, *tried) for step in range(-_NEAR, _NEAR + 1)}
    told = sorted(ends | {number for number in near if number in numbers})
    changes = {at for low, high in pairwise(told) for at in _changes(counting, low, high)}
    return sorted(changes.union(told))


def _changes(counting: Counting, low: int, high: int) -> Iterator[int]:
    """Neighbours between which the answer changes, if it is not the same at both ends."""
    if _alike(counting, low, high):
        return
    if high - low == 1:
        yield from (low, high)
        return
    middle = (low + high) // 2
    yield from _changes(counting, low, middle)
    yield from _changes(counting, middle, high)


def _alike(counting: Counting, one: int, other: int) -> bool:
    first, second = counting.judged(one).certificate, counting.judged(other).certificate
    if first is None or second is None:
        return first is second
    return first.rules == second.rules
