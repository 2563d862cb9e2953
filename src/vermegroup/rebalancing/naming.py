"""Stable names: a group keeps the name of the old group that most of its members come from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np

from vermegroup.grouping import Grouping, group_key, usual_number
from vermegroup.roster import IntArray


def named(
    group_of: IntArray,
    before: Grouping,
    promises: Mapping[int, str],
    used: Iterable[str] = (),
) -> Grouping:
    """Names for new groups (n,), -1 for the waitlist, and their order: that of the old groups.

    Where two new groups have most of their members from one old group, the one with more of them
    keeps the name. Groups that are promised to people by name get that name. All others get
    numbers that nothing has had, ``used`` names of groups that are gone among them.
    """
    groups = int(group_of.max(initial=-1)) + 1
    names: dict[int, str] = {
        int(group_of[person]): name for person, name in promises.items() if group_of[person] >= 0
    }
    taken = {group_key(name) for name in names.values()}
    for group, old in _heirs(group_of, before.group_of):
        name = before.names[old]
        if group not in names and group_key(name) not in taken:
            names[group] = name
            taken.add(group_key(name))
    fresh = _fresh([*before.names, *names.values(), *used])
    order = {group_key(name): place for place, name in enumerate(before.names)}
    for group in range(groups):
        if group not in names:
            names[group] = next(fresh)
    ranked = sorted(range(groups), key=lambda g: order.get(group_key(names[g]), len(order) + g))
    place = np.empty(groups + 1, dtype=np.int64)
    place[ranked] = np.arange(groups)
    place[groups] = -1
    return Grouping(place[group_of], tuple(names[group] for group in ranked))


def _heirs(group_of: IntArray, before: IntArray) -> list[tuple[int, int]]:
    """New groups with the old ones that most of their members come from, most members first."""
    both = (group_of >= 0) & (before >= 0)
    width = int(before.max(initial=0)) + 1
    keys, counts = np.unique(group_of[both] * width + before[both], return_counts=True)
    found = sorted(
        (-int(count), *divmod(int(key), width)) for key, count in zip(keys, counts, strict=True)
    )
    most: dict[int, int] = {}
    for less, group, _ in found:
        most.setdefault(group, less)
    return [(group, old) for less, group, old in found if less == most[group]]


def _fresh(names: Sequence[str]) -> Iterator[str]:
    numbers = [number for name in names if (number := usual_number(name)) is not None]
    digits = [len(name.strip()) - 1 for name in names if name.strip()[:1] in "gG"]
    width = max([2, *(own for own in digits if own < 9)])
    highest = max(numbers, default=0)
    while True:
        highest += 1
        yield f"G{highest:0{width}d}"
