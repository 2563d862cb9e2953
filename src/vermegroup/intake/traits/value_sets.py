"""Cells that hold several values: free hours, languages, the people someone wishes to be with.

People separate values by semicolons, line ends, commas or slashes, whatever the next person does.
Within one cell the strongest mark that is there separates, so that ``ma 17, 18; ti 9`` is two
values; a comma or slash between digits (``17,30``, ``24/12``) never does.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

import numpy as np

from vermegroup.domain.roster import Links, Sets
from vermegroup.intake.cells import tidy
from vermegroup.intake.people.called import Called, compact

STRONG = re.compile(r"[;\r\n|]+")
WEAK = (re.compile(r",(?![0-9])|(?<![0-9]),"), re.compile(r"/(?![0-9])|(?<![0-9])/"))


def split_values(text: str) -> tuple[str, ...]:
    """The values of one cell, tidied, in their order; blank ones are left out."""
    for mark in (STRONG, *WEAK):
        if mark.search(text):
            return tuple(filter(None, map(tidy, mark.split(text))))
    return tuple(filter(None, [tidy(text)]))


def sets_from(texts: Sequence[str], header: str) -> Sets:
    """Cells (n,) as sets of values; ``Ma 17``, ``ma 17`` and ``ma17`` are one value.

    A value goes by the spelling most used, at a tie by the earlier one. Values stand in the order
    in which the column has them first, which for hours of a week is often the week's.
    """
    cells = {text: split_values(text) for text in dict.fromkeys(texts)}
    uses = Counter(value for text in texts for value in cells[text])
    spelling: dict[str, str] = {}
    for value in uses:
        best = spelling.setdefault(compact(value), value)
        if uses[value] > uses[best]:
            spelling[compact(value)] = value
    place = {key: index for index, key in enumerate(spelling)}
    member = np.zeros((len(texts), len(place)), dtype=bool)
    columns = {text: [place[compact(value)] for value in values] for text, values in cells.items()}
    for person, text in enumerate(texts):
        member[person, columns[text]] = True
    return Sets(member, tuple(spelling.values()), header)


def links_from(texts: Sequence[str], people: Called, header: str) -> Links:
    """Cells (n,) as names of other participants. Nobody names himself or herself, nor one twice."""
    pairs: dict[tuple[int, int], None] = {}
    unknown: dict[str, None] = {}
    for person, text in enumerate(texts):
        whole = people.place(text)
        for value in split_values(text) if whole is None else (text,):
            other = people.place(value)
            if other is None:
                unknown[value] = None
            elif other != person:
                pairs[person, other] = None
    return Links(np.array([*pairs], dtype=np.int64).reshape(-1, 2), tuple(unknown), header)


def looks_like_sets(texts: Sequence[str]) -> bool:
    """Whether cells seem to hold several values each.

    A strong mark tells. Commas and slashes stand inside single values too ("Arts, crafts"): they
    separate where most of what they part stands elsewhere in the column as well.
    """
    distinct = list(dict.fromkeys(texts))
    if any(STRONG.search(text.strip()) for text in distinct):
        return True
    cells = [tuple(dict.fromkeys(map(compact, split_values(text)))) for text in distinct]
    uses = Counter(value for values in cells for value in values)
    parted = [value for values in cells if len(values) > 1 for value in values]
    return sum(uses[value] > 1 for value in parted) * 2 > len(parted)
