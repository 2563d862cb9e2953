"""Synthetic rosters: real municipality names, plausible experience, nobody who exists.

Three shapes. ``pilot`` is like the sign-ups of a national programme. ``loose`` has a third as
many municipalities as people. ``tight`` has five, and exactly one experienced person for each
group of four; a valid grouping is planted in it, so it is known to be possible. A place is an
index into the register; what lies beyond the register's end is invented.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
import numpy.typing as npt

from vermegroup.domain.arrays import BoolArray, IntArray
from vermegroup.domain.findings import Finding, InputError, Severity
from vermegroup.intake.files.csv_text import csv_text
from vermegroup.intake.municipalities import municipalities
from vermegroup.language.catalogues import Language
from vermegroup.language.messages import Message, _, pgettext

Shape = Literal["pilot", "loose", "tight"]
SHAPES: tuple[Shape, ...] = get_args(Shape)

# Translators: the first word of an invented municipality's name, as in "Imaginary 012".
_INVENTED = _("Imaginary")


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
    width, invented = max(3, len(str(len(register)))), _INVENTED.in_(lang)
    return tuple(
        real[place] if place < len(real) else f"{invented} {place - len(real) + 1:0{width}d}"
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


_DRAWN_AS: Mapping[str, Callable[[int, np.random.Generator], Drawn]] = {
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


FEWEST, MOST = 3, 10_000_000
_HEADERS = (
    pgettext("header", "id"),
    pgettext("header", "municipality"),
    pgettext("header", "years"),
)


@dataclass(frozen=True, slots=True)
class Sample:
    """A synthetic roster of n people.

    ``places`` (n,) leads to ``municipalities``; ``years`` (n,) is experience in whole years. Ids
    begin with SYN, so that nobody takes them for people.
    """

    places: IntArray
    municipalities: tuple[str, ...]
    years: IntArray
    lang: Language

    def __len__(self) -> int:
        return len(self.years)

    def ids(self) -> list[str]:
        """SYN-0001, SYN-0002, … with as many digits as the last one needs, at least four."""
        width = max(4, len(str(len(self))))
        return [f"SYN-{number:0{width}d}" for number in range(1, len(self) + 1)]

    def headers(self) -> tuple[str, ...]:
        """What the columns of ids, municipalities and years are called."""
        return tuple(header.in_(self.lang) for header in _HEADERS)

    def csv(self, delimiter: str = ",") -> str:
        """The text of a CSV file, with headers in the roster's language and LF line ends."""
        names = list(map(self.municipalities.__getitem__, self.places.tolist()))
        columns = [self.ids(), names, list(map(str, self.years.tolist()))]
        return csv_text([self.headers()], columns, delimiter)


def sample(
    participants: int, shape: Shape = "pilot", seed: int = 0, lang: Language = "en"
) -> Sample:
    """A synthetic roster; the same arguments give the same roster.

    ``lang`` is the language of the headers and of the municipalities' names. ``sample(…).csv()``
    is the text of a CSV file.

    Raises:
        InputError: fewer than three people, more than ten million, a negative seed, or no such
            shape.
    """
    _refuse_impossible(participants, shape, seed)
    drawn = _DRAWN_AS[shape](participants, np.random.default_rng(seed))
    return Sample(drawn.places, names_of(drawn.register, lang), drawn.years, lang)


def _refuse_impossible(participants: int, shape: str, seed: int) -> None:
    faults = []
    if not FEWEST <= participants <= MOST:
        faults.append(_fault("--participants", participants, _between(FEWEST, MOST)))
    if seed < 0:
        faults.append(_fault("--seed", seed, _NOT_NEGATIVE))
    if shape not in SHAPES:
        faults.append(_fault("--shape", shape, _one_of(SHAPES)))
    if faults:
        raise InputError(faults)


def _fault(option: str, value: object, message: Message) -> Finding:
    return Finding(Severity.ERROR, message, column=option, value=str(value))


_NOT_NEGATIVE = _("The seed cannot be negative")


def _between(fewest: int, most: int) -> Message:
    return _("A synthetic roster has from {fewest} to {most} people", fewest=fewest, most=most)


def _one_of(shapes: tuple[str, ...]) -> Message:
    return _("There is no such shape; choose one of these: {shapes}", shapes=shapes)
