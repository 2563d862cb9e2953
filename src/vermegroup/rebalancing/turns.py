"""Whose turn it is: how often a group was combined with others in earlier meetings."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from vermegroup.grouping import EarlierGroups, Grouping
from vermegroup.roster import IntArray, Roster


def turns_taken(roster: Roster, permanent: Grouping, history: Iterable[EarlierGroups]) -> IntArray:
    """In how many of the meetings each permanent group met with people of another, (groups,)."""
    turns = np.zeros(permanent.groups, dtype=np.int64)
    for meeting in history:
        mixed: set[int] = set()
        for ids in meeting.groups:
            people = roster.positions(ids)
            homes = np.unique(permanent.group_of[people[people >= 0]])
            homes = homes[homes >= 0]
            if len(homes) > 1:
                mixed.update(homes.tolist())
        turns[list(mixed)] += 1
    return turns
