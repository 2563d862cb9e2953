"""Knots: people who belong together because lists that tie them have someone in common."""

from __future__ import annotations

from collections.abc import Sequence


def knots(lists: Sequence[Sequence[str]]) -> list[tuple[str, ...]]:
    """The people of lists that hang together, directly or through others, in their first order."""
    tied: dict[str, list[str]] = {}
    for ids in lists:
        # The largest keeps its place, the smaller ones join it: n log n in all.
        first, *others = sorted(
            {id(knot): knot for knot in (tied.get(own, [own]) for own in ids)}.values(),
            key=len,
            reverse=True,
        )
        for other in others:
            first.extend(other)
        for own in first:
            tied[own] = first
    found = {id(knot): knot for knot in tied.values()}
    return [tuple(knot) for knot in found.values()]
