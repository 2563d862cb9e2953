"""Which municipality a misspelt name was meant to be.

Distances are those of Damerau and Levenshtein (letters left out, added, exchanged or swapped). A
name is read as another only where no second municipality lies as near, and where it is long
enough for one letter to be a slip.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache

from vermegroup.intake.municipalities import Municipality
from vermegroup.intake.municipalities.gazetteer import formless, genitive_names, key, names, today

_FARTHEST = 3
_TOO_SHORT = 3  # Ii, Eno: any three letters are near to them
_SHORT = 5  # Paris is no slip for Karis: what begins otherwise is another name
_LONG = 8  # from here on two slips are forgiven


@dataclass(frozen=True, slots=True)
class Guess:
    """The municipality meant, or None where it is not certain; ``near`` are those it could be."""

    place: Municipality | None
    near: tuple[Municipality, ...]


def guess(text: str) -> Guess:
    """What a text that names no municipality was meant to be."""
    asked = key(text)
    short = formless(asked)
    ranked = _nearest(short, with_form=short != asked)
    if not ranked:
        return Guess(None, ())
    best, place, name = ranked[0]
    # Of two or three letters, most are near to any name as short as that.
    farthest = min(_FARTHEST, (len(short) + 1) // 2)
    nearest = tuple(today(other) for distance, other, _ in ranked if distance == best < farthest)
    second = ranked[1][0] if len(ranked) > 1 else _FARTHEST + 1
    certain = best < second and _is_slip(short, name, best, second)
    return Guess(place if certain else None, nearest)


def _is_slip(asked: str, name: str, distance: int, second: int) -> bool:
    if _folded(asked) == _folded(name):
        return True
    same_start = _folded(asked[:1]) == _folded(name[:1])
    if distance == 1:
        return len(asked) > _TOO_SHORT and (same_start or len(asked) > _SHORT)
    return distance == 2 and len(asked) >= _LONG and same_start and second > _FARTHEST


def _nearest(asked: str, *, with_form: bool) -> list[tuple[int, Municipality, str]]:
    """The nearest name of each municipality of today within three slips, nearest first."""
    from rapidfuzz import process  # noqa: PLC0415
    from rapidfuzz.distance import DamerauLevenshtein  # noqa: PLC0415

    known = names() | genitive_names() if with_form else names()
    folded = _folded_names(with_form=with_form).get(_folded(asked), ())
    found = process.extract(
        asked,
        list(known),
        scorer=DamerauLevenshtein.distance,
        score_cutoff=_FARTHEST,
        limit=None,
    )
    # A name without its dots (Jyvaskyla) is one slip, however many dots it has.
    ranked = [(1 if name in folded else int(distance), name) for name, distance, _ in found]
    ranked += [(1, name) for name in folded]
    best: dict[str, tuple[int, Municipality, str]] = {}
    for distance, name in sorted(ranked):
        place = known[name]
        best.setdefault(today(place).code, (distance, place, name))
    return list(best.values())


@cache
def _folded_names(*, with_form: bool) -> dict[str, tuple[str, ...]]:
    known = names() | genitive_names() if with_form else names()
    found: dict[str, tuple[str, ...]] = {}
    for name in known:
        found[_folded(name)] = (*found.get(_folded(name), ()), name)
    return found


def _folded(name: str) -> str:
    return "".join(
        mark for mark in unicodedata.normalize("NFKD", name) if not unicodedata.combining(mark)
    )
