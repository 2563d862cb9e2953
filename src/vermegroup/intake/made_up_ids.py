"""Ids for people who have none: always the same for the same person."""

from __future__ import annotations

from collections import Counter
from hashlib import blake2b

import numpy as np

from vermegroup.intake.identity import NOBODY, Identity, Texts
from vermegroup.intake.sheet import Sheet, tidy
from vermegroup.roster import BoolArray, IntArray

PREFIX = "X-"
_BYTES = 4


def made_up(
    people: IntArray,
    identity: Identity,
    counting: BoolArray,
    sheet: Sheet,
    group_places: list[int],
) -> Texts:
    """Ids for some people, shape (people,), unlike each other and every id there is.

    ``counting``, shape (n,), are those not set aside. The ids hang on the e-mail, else on the
    name, else (and where two people share these) on the whole row but its group, which changes
    from one use of a file to the next.
    """
    taken = set(identity.ids.texts.tolist())
    sources = _sources(people, identity, counting, sheet, group_places)
    ids = np.empty(len(people), dtype=object)
    for place, source in enumerate(sources):
        again = 0
        while (own := _hashed(source, again)) in taken:
            again += 1
        taken.add(own)
        ids[place] = own
    return ids


def _sources(
    people: IntArray,
    identity: Identity,
    counting: BoolArray,
    sheet: Sheet,
    group_places: list[int],
) -> list[str]:
    marks = (identity.emails, identity.names)
    seen = [Counter(mark.codes[counting].tolist()) for mark in marks]
    kept = [place for place in range(len(sheet.names)) if place not in group_places]
    sources: list[str] = []
    for person in people.tolist():
        alone = (
            f"{kind}:{mark.texts[person].casefold()}"
            for kind, mark, counts in zip("en", marks, seen, strict=True)
            if mark.codes[person] != NOBODY and counts[mark.codes[person]] == 1
        )
        sources.append(next(alone, None) or _content(sheet, person, kept))
    return sources


def _content(sheet: Sheet, person: int, places: list[int]) -> str:
    cells = sheet.table.cells.iloc[int(sheet.people[person])]
    return "r:" + "\x1f".join(tidy(cells.iloc[place]) for place in places)


def _hashed(source: str, again: int) -> str:
    told = f"{source}\x1e{again}" if again else source
    return PREFIX + blake2b(told.encode("utf-8", "replace"), digest_size=_BYTES).hexdigest()
