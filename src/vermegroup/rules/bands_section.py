"""The section ``bands``: named stretches of a numeric trait."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from itertools import pairwise

from vermegroup.intake.faults import Faults
from vermegroup.intake.located import Fields, Located, Scalar, is_nothing
from vermegroup.phrase import Phrase, phrase
from vermegroup.rulebook import Band, BandSet
from vermegroup.rules.stretch import Stretch, read_stretch

DEFAULT_BANDS = (
    BandSet(
        "experience",
        "years",
        (
            Band("new", None, Fraction(5), "below 5"),
            Band("experienced", Fraction(10), None, "10 or more"),
        ),
    ),
)

_MEASURED_BY = {"experience": "years"}


def read_bands(node: Located, faults: Faults) -> tuple[BandSet, ...]:
    """The band sets of a rulebook, one for each trait; faults are noted."""
    if not isinstance(node, Fields):
        faults.note(_NO_MAPPING, line=node.line, key="bands", value=node.written(), hint=_EXAMPLE)
        return ()
    return tuple(_band_set(key, value, faults) for key, value in node.pairs)


def plain_bands(band_sets: Iterable[BandSet]) -> dict[str, object]:
    """The section as plain values."""
    return {
        band_set.trait: {
            **({} if band_set.of == numeric_trait(band_set.trait) else {"of": band_set.of}),
            **{band.name: band.written for band in band_set.bands},
        }
        for band_set in band_sets
    }


def numeric_trait(trait: str) -> str:
    """The numeric trait that is banded where ``of`` names none."""
    return _MEASURED_BY.get(trait, trait)


def _band_set(key: Scalar, node: Located, faults: Faults) -> BandSet:
    if not isinstance(node, Fields):
        faults.note(_NO_MAPPING, line=key.line, key=key.text, value=node.written(), hint=_EXAMPLE)
        return BandSet(key.text, numeric_trait(key.text), ())
    bands = [
        (name, band)
        for name, value in node.pairs
        if name.text != "of" and (band := _band(name, value, faults)) is not None
    ]
    _note_overlaps(bands, faults)
    of = _of(node.get("of"), key.text, faults)
    return BandSet(key.text, of, tuple(band for _, band in bands))


def _of(node: Located | None, trait: str, faults: Faults) -> str:
    if node is None:
        return numeric_trait(trait)
    if isinstance(node, Scalar) and not is_nothing(node):
        return node.text
    faults.note(_NO_NUMERIC_TRAIT, line=node.line, key="of", value=node.written())
    return trait


def _band(name: Scalar, node: Located, faults: Faults) -> Band | None:
    stretch = read_stretch(node.text) if isinstance(node, Scalar) else None
    if stretch is None:
        message, hint = _NO_STRETCH, _STRETCHES
    elif stretch.is_empty():
        message, hint = _REVERSED, _STRETCHES
    else:
        return Band(name.text, stretch.low, stretch.high, node.written())
    faults.note(message, line=name.line, key=name.text, value=node.written(), hint=hint)
    return None


def _note_overlaps(bands: list[tuple[Scalar, Band]], faults: Faults) -> None:
    upward = sorted(bands, key=lambda pair: (pair[1].low is not None, pair[1].low or 0))
    for one, other in pairwise(upward):
        first, second = one[1], other[1]
        if Stretch(first.low, first.high).overlaps(Stretch(second.low, second.high)):
            key, band = max(one, other, key=lambda pair: pair[0].line)
            faults.note(
                _overlap(first, second),
                line=key.line,
                key=key.text,
                value=band.written,
                hint=_BOTH_ENDS,
            )


def _overlap(first: Band, second: Band) -> Phrase:
    return phrase(
        "The bands {first} ({one}) and {second} ({other}) overlap",
        "Luokat {first} ({one}) ja {second} ({other}) menevät päällekkäin",
        "Klasserna {first} ({one}) och {second} ({other}) överlappar varandra",
        first=first.name,
        one=first.written,
        second=second.name,
        other=second.written,
    )


_NO_MAPPING = Phrase(
    "Bands are given as a trait with its names and limits",
    "Luokat annetaan ominaisuutena, jolla on nimiä ja rajoja",
    "Klasser anges som en egenskap med namn och gränser",
)
_EXAMPLE = Phrase(
    "For example: experience: {new: below 5, experienced: 10 or more}",
    "Esimerkiksi: experience: {new: below 5, experienced: 10 or more}",
    "Till exempel: experience: {new: below 5, experienced: 10 or more}",
)
_NO_NUMERIC_TRAIT = Phrase(
    "of: names the numeric trait that the bands divide",
    "Kohdassa of: nimetään numeerinen ominaisuus, jota luokat jakavat",
    "of: anger den numeriska egenskap som klasserna delar in",
)
_NO_STRETCH = Phrase(
    "The limits of this band cannot be understood",
    "Tämän luokan rajoja ei voi ymmärtää",
    "Gränserna för den här klassen går inte att tolka",
)
_REVERSED = Phrase(
    "The lower limit of this band is above its upper limit",
    "Tämän luokan alaraja on ylärajaa suurempi",
    "Klassens nedre gräns ligger över dess övre gräns",
)
_STRETCHES = Phrase(
    "Write for example: below 5, 5-10, 10 or more",
    "Kirjoita esimerkiksi: alle 5, 5-10, vähintään 10",
    "Skriv till exempel: under 5, 5-10, minst 10",
)
_BOTH_ENDS = Phrase(
    "A range includes both its ends: 0-5 and 5-10 overlap at 5. Write below 5 and 5-10",
    "Väliin kuuluvat molemmat päät: 0-5 ja 5-10 osuvat päällekkäin kohdassa 5. "
    "Kirjoita alle 5 ja 5-10",
    "Ett intervall omfattar båda sina ändar: 0-5 och 5-10 överlappar vid 5. Skriv under 5 och 5-10",
)
