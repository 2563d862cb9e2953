"""Experience in years."""

from __future__ import annotations

from fractions import Fraction

from vermegroup.intake.ledger import Ledger
from vermegroup.intake.numbers import Fault, read_numbers
from vermegroup.intake.sheet import Column
from vermegroup.phrase import Phrase, phrase
from vermegroup.roster import Numbers

LONGEST_CAREER = 80

_WRITE_YEARS = Phrase(
    "Write the years as a number, for example 12 or 12.5",
    "Kirjoita vuodet lukuna, esimerkiksi 12 tai 12,5",
    "Skriv åren som ett tal, till exempel 12 eller 12,5",
)
_NOT_A_START = Phrase(
    "Check the cell. If it tells the year of starting, write the number of years instead",
    "Tarkista solu. Jos siinä on aloitusvuosi, kirjoita sen sijaan vuosien määrä",
    "Kontrollera cellen. Om den anger startåret, skriv antalet år i stället",
)


def read_experience(column: Column, ledger: Ledger) -> Numbers:
    """Read a column of years of experience, from 0 to 80."""
    return read_numbers(column, ledger, _judged)


def _judged(text: str, years: Fraction | None) -> Fault | None:
    if years is None:
        return _not_years(text), _WRITE_YEARS
    if years < 0:
        return _negative(text), _WRITE_YEARS
    if years > LONGEST_CAREER:
        return _too_many(text), _NOT_A_START
    return None


def _not_years(text: str) -> Phrase:
    return phrase(
        "“{text}” is not a number of years",
        "”{text}” ei ole vuosien määrä",
        "”{text}” är inget antal år",
        text=text,
    )


def _negative(text: str) -> Phrase:
    return phrase(
        "Experience cannot be negative: {text}",
        "Kokemus ei voi olla negatiivinen: {text}",
        "Erfarenheten kan inte vara negativ: {text}",
        text=text,
    )


def _too_many(text: str) -> Phrase:
    return phrase(
        "{text} years of experience is more than anyone can have",
        "{text} vuotta kokemusta on enemmän kuin kenelläkään voi olla",
        "{text} års erfarenhet är mer än någon kan ha",
        text=text,
    )
