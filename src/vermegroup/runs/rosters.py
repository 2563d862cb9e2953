"""How a roster is read for a run, and how people are called in it."""

from __future__ import annotations

from vermegroup.findings import Finding, InputError, Severity
from vermegroup.intake.looking import Look, look_at
from vermegroup.intake.reading import Reading
from vermegroup.phrase import Phrase
from vermegroup.rulebook import Rulebook
from vermegroup.runs.openly import How, Openly


def look_for(file: str, rulebook: Rulebook, how: How, *, grouped: bool = False) -> Look:
    """Look at a file as the caller asked; with ``grouped``, at a grouping."""
    return look_at(file, Reading(rulebook, how.sheet, how.columns, how.day), grouped=grouped)


def naming(how: How) -> Openly:
    """What calls people as the caller asked: by their names, or by pseudonyms."""
    if how.key is None:
        return Openly()
    from vermegroup.runs.pseudonyms import pseudonyms  # noqa: PLC0415

    return pseudonyms(how, how.key)


def headers_by_trait(pairs: list[str]) -> dict[str, str]:
    """``trait=Header``, as written on a command line, as a mapping.

    Raises:
        InputError: with every pair that is none, and every trait that is given twice.
    """
    headers: dict[str, str] = {}
    faults = []
    for pair in pairs:
        trait, equals, header = (part.strip() for part in pair.partition("="))
        if not (trait and equals and header):
            faults.append(_fault(_NO_PAIR, pair))
        elif trait in headers:
            faults.append(_fault(_TWICE, pair))
        else:
            headers[trait] = header
    if faults:
        raise InputError(faults)
    return headers


def _fault(message: Phrase, pair: str) -> Finding:
    return Finding(Severity.ERROR, message, column="--column", value=pair, hint=_EXAMPLE)


_NO_PAIR = Phrase(
    "A trait and the header of its column are expected, with = between them",
    "Tähän kuuluu ominaisuus ja sen sarakkeen otsikko, välissä =",
    "Här ska en egenskap och rubriken på dess kolumn stå, med = emellan",
)
_TWICE = Phrase(
    "This trait has got a column already",
    "Tälle ominaisuudelle on jo annettu sarake",
    "Den här egenskapen har redan fått en kolumn",
)
_EXAMPLE = Phrase(
    'For example: --column "municipality=Work municipality"',
    'Esimerkiksi: --column "municipality=Työkunta"',
    'Till exempel: --column "municipality=Arbetskommun"',
)
