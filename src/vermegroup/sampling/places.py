"""Where synthetic people come from: real municipalities first, then invented ones.

A place is an index into the register; what lies beyond the register's end is invented.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from vermegroup.intake.register import municipalities
from vermegroup.phrase import Language
from vermegroup.roster import IntArray

_INVENTED: dict[Language, str] = {"en": "Imaginary", "fi": "Kuvitelma", "sv": "Påhittad"}


def existing() -> IntArray:
    """The municipalities of today."""
    return np.array([at for at, place in enumerate(municipalities()) if place.exists])


def populations(register: IntArray) -> npt.NDArray[np.float64]:
    """How many people live in each of these municipalities."""
    return np.array([municipalities()[place].population for place in register], dtype=np.float64)


def in_random_order(rng: np.random.Generator, count: int) -> IntArray:
    """Distinct places: the municipalities of today, then as many invented ones as it takes.

    Former municipalities are left out: each would count as the one that it is part of today.
    """
    beyond = len(municipalities())
    return np.concatenate([rng.permutation(existing()), np.arange(beyond, beyond + count)])[:count]


def names_of(register: IntArray, lang: Language) -> tuple[str, ...]:
    """The places' names: Swedish ones in Swedish, else Finnish ones."""
    real = [place.name_sv if lang == "sv" else place.name_fi for place in municipalities()]
    width = max(3, len(str(len(register))))
    return tuple(
        real[place] if place < len(real) else f"{_INVENTED[lang]} {place - len(real) + 1:0{width}d}"
        for place in register.tolist()
    )


def drawn_places(
    rng: np.random.Generator, people: int, weights: npt.NDArray[np.float64], most: int
) -> IntArray:
    """A place for each person, shape (people,), by weight; none has more than ``most`` people."""
    places = rng.choice(len(weights), people, p=weights / weights.sum())
    while len(over := _beyond(places, most)):
        room = weights * (np.bincount(places, minlength=len(weights)) < most)
        places[over] = rng.choice(len(weights), len(over), p=room / room.sum())
    return places


def _beyond(places: IntArray, most: int) -> IntArray:
    """Those who came to a place that was full already, in their order."""
    order = np.argsort(places, kind="stable")
    arranged = places[order]
    rank = np.arange(len(places)) - np.searchsorted(arranged, arranged)
    return np.sort(order[rank >= most])
