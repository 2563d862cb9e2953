"""One grouping of a split roster from those of its parts."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from vermegroup.domain.grouping import WAITLIST, Grouping
from vermegroup.domain.split import Part
from vermegroup.solver.solution import named, promised


def joined(people: int, of_parts: Iterable[tuple[Part, Grouping]]) -> Grouping:
    """One grouping of all ``people`` from those of the parts, the groups numbered through."""
    group_of = np.full(people, WAITLIST, dtype=np.int64)
    promises: dict[int, str] = {}
    first = 0
    for part, grouping in of_parts:
        seated = grouping.group_of != WAITLIST
        group_of[part.people[seated]] = first + grouping.group_of[seated]
        first += grouping.groups
        whole = part.people.tolist()
        promises |= {whole[at]: name for at, name in promised(part.problem).items()}
    return named(group_of, first, promises)
