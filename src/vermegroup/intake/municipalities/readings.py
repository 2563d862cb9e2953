"""The municipality where a participant works, and what the register knows of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from vermegroup.domain.roster import Categories
from vermegroup.intake.cells import Column
from vermegroup.intake.headers.recognise import language_of
from vermegroup.intake.ledger import Ledger, Remark, tell
from vermegroup.intake.municipalities import Municipality, centres
from vermegroup.intake.municipalities import remarks as say
from vermegroup.intake.municipalities.gazetteer import genitives, key, named, today
from vermegroup.intake.municipalities.remarks import no_facts
from vermegroup.intake.traits.categories import categorised, note_missing, one_value

MOST_TO_GUESS = 2_000


@dataclass(frozen=True, slots=True)
class PlaceReading:
    """A text under the name it gets, and its municipality of today (None: none that is known)."""

    name: str
    place: Municipality | None
    remark: Remark | None = None


@dataclass(frozen=True, slots=True)
class Readings:
    """What each distinct text of a column was read as; ``swedish`` if names are Swedish ones."""

    texts: tuple[PlaceReading, ...]
    swedish: bool


def readings_of(column: Column, ledger: Ledger) -> Readings:
    """What each distinct text was read as.

    A municipality is called as the texts call it most, in Finnish or in Swedish; one that they
    call by a code or for short as most others are, or else in the language of the header.
    Where less than half of the texts name municipalities of Finland, all stay as written but for
    those that do.
    """
    places = {text: named(text) for text in sorted(set(column.values)) if text}
    tongues = _tongues_of(places, column.header)
    unknown = [text for text, place in places.items() if place is None]
    of_finland = 2 * len(unknown) <= len(places)
    meant = _meant(unknown if of_finland else unknown[:MOST_TO_GUESS], tongues)
    repaired = sum(reading.place is not None for reading in meant.values())
    if of_finland or 2 * (len(unknown) - repaired) <= len(places):
        read = _exact(places, tongues) | meant
    else:
        read = _as_written(column, places, ledger, tongues)
    return Readings(
        _one_spelling([read.get(text, _BLANK) for text in column.values], column), tongues.swedish
    )


_BLANK = PlaceReading("", None)


def name_of(place: Municipality, *, swedish: bool) -> str:
    """A municipality's name in Finnish or Swedish."""
    return (place.name_sv if swedish else place.name_fi).strip()


@dataclass(frozen=True, slots=True)
class _Tongues:
    """Whether names are ``swedish``, and those of the places that the texts call otherwise."""

    swedish: bool
    by_code: Mapping[str, bool]

    def name(self, place: Municipality) -> str:
        return name_of(place, swedish=self.by_code.get(place.code, self.swedish))


def _tongues_of(places: Mapping[str, Municipality | None], header: str) -> _Tongues:
    told: Counter[str] = Counter()
    for text, place in places.items():
        if place is not None:
            told[today(place).code] += _tongue(text, place)
    by_code = {code: tongue > 0 for code, tongue in told.items() if tongue}
    all_told = sum(told.values())
    return _Tongues(all_told > 0 or (not all_told and language_of((header,)) == "sv"), by_code)


def _tongue(text: str, place: Municipality) -> int:
    """1 for a text in Swedish, -1 for one in Finnish, 0 for one of neither or of both."""
    bare, swedish, finnish = key(text), key(place.name_sv), key(place.name_fi)
    if not swedish or swedish == finnish:
        return 0
    in_finnish = (finnish, *map(key, genitives(place.name_fi)))
    return _begins(bare, (swedish, f"{swedish}s")) - _begins(bare, in_finnish)


def _begins(text: str, names: tuple[str, ...]) -> bool:
    return any(text == name or text.startswith(f"{name} ") for name in names)


def _exact(places: Mapping[str, Municipality | None], tongues: _Tongues) -> dict[str, PlaceReading]:
    read: dict[str, PlaceReading] = {}
    for text, place in places.items():
        if place is not None:
            now = today(place)
            name = tongues.name(now)
            read[text] = PlaceReading(name, now, say.read_as(text, place, now, name))
    return read


def _meant(unknown: list[str], tongues: _Tongues) -> dict[str, PlaceReading]:
    """Texts that name no municipality, as those they were meant to be or as values of their own."""
    if not unknown:
        return {}
    from vermegroup.intake.municipalities.misspellings import guess  # noqa: PLC0415

    meant: dict[str, PlaceReading] = {}
    spellings: dict[str, str] = {}
    for text in unknown:
        found = guess(text)
        if found.place is not None:
            now = today(found.place)
            name = tongues.name(now)
            meant[text] = PlaceReading(name, now, say.misspelt(text, found.place, now, name))
        else:
            near = [tongues.name(place) for place in found.near]
            name = spellings.setdefault(text.casefold(), text)
            meant[text] = PlaceReading(name, None, say.unknown(text, near))
    return meant


def _as_written(
    column: Column, places: Mapping[str, Municipality | None], ledger: Ledger, tongues: _Tongues
) -> dict[str, PlaceReading]:
    # A bare number is a code only among names that are known.
    known = {text: place for text, place in places.items() if not text.isdecimal()}
    read = _exact(known, tongues)
    ledger.notice(*say.not_of_finland(len(read), len(places)), column=column.header)
    spellings: dict[str, str] = {}
    for text in places:
        name = spellings.setdefault(text.casefold(), text)
        read.setdefault(text, PlaceReading(name, None))
    return read


def _one_spelling(readings: list[PlaceReading], column: Column) -> tuple[PlaceReading, ...]:
    """The readings, with a remark where one name stands in two cases in the column."""
    spellings: dict[str, set[str]] = {}
    for text, reading in zip(column.values, readings, strict=True):
        if text and reading.remark is None:
            spellings.setdefault(reading.name, set()).add(text)
    twice = {name for name, texts in spellings.items() if len(texts) > 1}
    return tuple(
        replace(reading, remark=one_value(text, reading.name))
        if reading.name in twice and reading.remark is None and text != reading.name
        else reading
        for text, reading in zip(column.values, readings, strict=True)
    )


DERIVED: dict[str, Callable[[Municipality, bool], str]] = {
    "region": lambda place, swedish: place.region_sv if swedish else place.region_fi,
    "municipality_language": lambda place, _: place.languages,
}
"""The traits that the register gives where a roster has no column for them."""


def read_municipalities(column: Column, ledger: Ledger) -> Categories:
    """Read a column of municipalities: all spellings of one are one value."""
    return categorised(column, [reading.name for reading in _told(column, ledger)])


def _told(column: Column, ledger: Ledger) -> tuple[PlaceReading, ...]:
    """What each distinct text was read as, with remarks on all that was not read as it stands."""
    note_missing(column, ledger)
    readings = readings_of(column, ledger).texts
    remarks = {code: each.remark for code, each in enumerate(readings) if each.remark}
    tell(remarks, column, ledger)
    return readings


def read_places(column: Column, ledger: Ledger) -> Categories:
    """The same with the place of each municipality; one whose place is not known is an error."""
    readings = _told(column, ledger)
    found = categorised(column, [reading.name for reading in readings])
    remarks, where = {}, np.zeros((len(found.values), 2))
    place_of = {name: place for place, name in enumerate(found.values)}
    for code, each in enumerate(readings):
        centre = None if each.place is None else centres().get(each.place.code)
        if centre is not None:
            where[place_of[each.name]] = centre
        elif column.values[code]:
            remarks[code] = say.no_centre(column.values[code])
    tell(remarks, column, ledger)
    return replace(found, places=where)


def derived(trait: str, column: Column, ledger: Ledger) -> Categories:
    """A trait that the register gives for the municipalities of a column."""
    note_missing(column, ledger)
    readings = readings_of(column, Ledger(ledger.file))  # what was read as what is told elsewhere
    remarks = {
        code: no_facts(column.values[code], trait)
        for code, reading in enumerate(readings.texts)
        if reading.place is None and column.values[code]
    }
    tell(remarks, column, ledger)
    fact, swedish = DERIVED[trait], readings.swedish
    return categorised(
        column, [fact(each.place, swedish) if each.place else "" for each in readings.texts]
    )


def place_meaning(text: str) -> str:
    """What a text means as a municipality: two names of one mean the same."""
    from vermegroup.intake.municipalities.gazetteer import named, today  # noqa: PLC0415

    place = named(text)
    return text.casefold() if place is None else today(place).code
