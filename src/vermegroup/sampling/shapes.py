"""The shapes of synthetic rosters: who comes from where, with how much experience."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from vermegroup.roster import BoolArray, IntArray
from vermegroup.sampling.places import drawn_places, existing, in_random_order, populations

EXPERIENCED_FROM, NEW_BELOW, LONGEST = 10, 5, 40
_NEW, _BETWEEN, _EXPERIENCED = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Drawn:
    """n people: person ``p`` is from ``register[places[p]]`` and has ``years[p]``."""

    register: IntArray
    places: IntArray
    years: IntArray


def pilot(people: int, rng: np.random.Generator) -> Drawn:
    """Municipalities by population; years as in a profession, eleven on average.

    No municipality has more than a quarter of the people, and both the new and the experienced
    are one more than a quarter (in a very small roster: half of the people).
    """
    register = existing()
    places = drawn_places(rng, people, populations(register), _quarter(people))
    years = np.sort(np.minimum(rng.gamma(1.2, 9.6, people).astype(np.int64), LONGEST))
    enough = min(-(-people // 4) + 1, people // 2)
    years[:enough] = np.minimum(years[:enough], rng.integers(0, NEW_BELOW, enough))
    recent = rng.integers(EXPERIENCED_FROM, 2 * EXPERIENCED_FROM, enough)
    years[-enough:] = np.maximum(years[-enough:], recent)
    return Drawn(register, places, rng.permutation(years))


def loose(people: int, rng: np.random.Generator) -> Drawn:
    """A third as many municipalities as people; 40 % are experienced and 35 % new."""
    most = _quarter(people)
    count = max(round(people / 3), -(-people // most))
    others = drawn_places(rng, people - count, np.ones(count), most - 1)
    places = np.concatenate([np.arange(count, dtype=np.int64), others])
    experienced, new = (2 * people + 2) // 5, -(-35 * people // 100)
    shares = [people - experienced - new, experienced, new]
    bands = rng.permutation(np.repeat([_BETWEEN, _EXPERIENCED, _NEW], shares))
    return Drawn(in_random_order(rng, count), rng.permutation(places), _years_in(bands, rng))


def tight(people: int, rng: np.random.Generator) -> Drawn:
    """Five municipalities and one experienced person per group of four, in a planted grouping."""
    groups = (people + 2) // 4
    seat = np.arange(5)
    sizes = people // groups + (np.arange(groups) < people % groups)
    taken: BoolArray = seat < sizes[:, np.newaxis]
    places = rng.permuted(np.tile(seat, (groups, 1)), axis=1)
    bands = rng.integers(_NEW, _EXPERIENCED, (groups, 5))
    bands[:, 0], bands[:, 1] = _EXPERIENCED, _NEW
    order = rng.permutation(people)
    weights = populations(existing())
    register = rng.choice(existing(), 5, replace=False, p=weights / weights.sum())
    return Drawn(register, places[taken][order], _years_in(bands[taken][order], rng))


MAKERS: Mapping[str, Callable[[int, np.random.Generator], Drawn]] = {
    "pilot": pilot,
    "loose": loose,
    "tight": tight,
}


def _quarter(people: int) -> int:
    return max(1, people // 4)


def _years_in(bands: IntArray, rng: np.random.Generator) -> IntArray:
    """Whole years for people who are new, experienced or in between, shape (n,)."""
    less = rng.integers(0, NEW_BELOW, len(bands)) + NEW_BELOW * (bands == _BETWEEN)
    more = EXPERIENCED_FROM + rng.gamma(1.2, 8.0, len(bands)).astype(np.int64)
    return np.where(bands == _EXPERIENCED, np.minimum(more, LONGEST), less).astype(np.int64)
