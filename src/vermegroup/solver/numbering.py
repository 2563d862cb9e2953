"""Numbering: the groups that were found get their names, those settled beforehand first.

While groups are formed they are interchangeable. Afterwards they are numbered by their first
member in the roster, so that the file reads in order; but a group that people were promised by
name gets that name.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from vermegroup.grouping import Grouping, group_names, usual_number
from vermegroup.problem import Problem
from vermegroup.roster import IntArray


def numbered(problem: Problem, group_of: IntArray, groups: int) -> Grouping:
    """The groups (n,), -1 for the waitlist, in order of their first members and with names."""
    return named(_in_order(group_of, groups), groups, promised(problem))


def promised(problem: Problem) -> dict[int, str]:
    """The names of groups that people were promised, by participant."""
    return {
        person: name
        for rule in problem.rulebook.rules
        for person, name in rule.named_groups(problem.roster).items()
    }


def named(group_of: IntArray, groups: int, promises: Mapping[int, str]) -> Grouping:
    """Groups in the order they have, but for those promised by number or by another name.

    A number is a group's place; groups of other names stand at the end.
    """
    names = list(group_names(groups))
    seated = {person: name for person, name in promises.items() if group_of[person] >= 0}
    if not seated:
        return Grouping(group_of, tuple(names))
    wanted = {int(group_of[person]): name for person, name in seated.items()}
    places = _places(groups, wanted)
    for group, name in wanted.items():
        if not _is_place(name, groups):
            names[places[group]] = name
    moved = np.append(places, -1)  # -1, the waitlist, stays
    return Grouping(moved[group_of], tuple(names))


def _places(groups: int, wanted: Mapping[int, str]) -> IntArray:
    """Each group's new place, shape (groups,)."""
    place = {
        group: (usual_number(name) or 0) - 1
        for group, name in wanted.items()
        if _is_place(name, groups)
    }
    others = [group for group in range(groups) if group not in place]
    free = sorted(set(range(groups)) - set(place.values()))
    by_name = [group for group in others if group in wanted]
    by_number = [group for group in others if group not in wanted]
    place.update(zip([*by_number, *by_name], free, strict=True))
    return np.array([place[group] for group in range(groups)], dtype=np.int64)


def _is_place(name: str, groups: int) -> bool:
    return 0 < (usual_number(name) or 0) <= groups


def _in_order(group_of: IntArray, groups: int) -> IntArray:
    first = np.full(groups, len(group_of))
    placed = np.flatnonzero(group_of >= 0)
    np.minimum.at(first, group_of[placed], placed)
    rank = np.empty(groups, dtype=np.int64)
    rank[np.argsort(first, kind="stable")] = np.arange(groups)
    return np.where(group_of >= 0, rank[group_of], -1)
