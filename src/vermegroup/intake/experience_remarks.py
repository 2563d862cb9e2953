"""What is said of texts that tell experience."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from vermegroup.findings import Severity
from vermegroup.intake.telling import Remark
from vermegroup.phrase import Phrase, phrase

BY_THE_MIDDLE = Phrase(
    "A range is read as its middle. Write the years themselves if they are known",
    "Väli luetaan keskikohtanaan. Kirjoita vuodet lukuna, jos ne tiedetään",
    "Ett intervall läses som sin mittpunkt. Skriv åren som ett tal om de är kända",
)
_WRITE_YEARS = Phrase(
    "Write the years as a number, for example 12 or 12.5",
    "Kirjoita vuodet lukuna, esimerkiksi 12 tai 12,5",
    "Skriv åren som ett tal, till exempel 12 eller 12,5",
)


def read_as(text: str, years: Fraction) -> Phrase:
    """A length of time was understood."""
    return phrase(
        "“{text}” was read as {years}",
        "”{text}” luettiin: {years}",
        "”{text}” lästes som {years}",
        text=text,
        years=_years(years),
    )


def counted(text: str, years: Fraction, until: date, *, newest: bool) -> Phrase:
    """The years from a start were counted up to a day."""
    day = f"{until.day}.{until.month}.{until.year}"
    why = Phrase("today", "tähän päivään", "i dag")
    if newest:
        why = Phrase(
            "the newest answer in the file",
            "tiedoston uusimpaan vastaukseen",
            "det nyaste svaret i filen",
        )
    return phrase(
        "“{text}” was read as a start, which makes {years} up to {why} ({day})",
        "”{text}” luettiin aloitusajaksi, josta on {years} {why} ({day_fi})",
        "”{text}” lästes som en start, vilket ger {years} fram till {why} ({day_fi})",
        text=text,
        years=_years(years),
        why=why,
        day=until.isoformat(),
        day_fi=day,
    )


def not_years(text: str) -> Remark:
    """A text that tells of no length of time."""
    message = phrase(
        "“{text}” is not a number of years",
        "”{text}” ei ole vuosien määrä",
        "”{text}” är inget antal år",
        text=text,
    )
    return Remark(Severity.ERROR, message, _WRITE_YEARS)


def negative(text: str) -> Remark:
    """Less than nothing."""
    message = phrase(
        "Experience cannot be negative: {text}",
        "Kokemus ei voi olla negatiivinen: {text}",
        "Erfarenheten kan inte vara negativ: {text}",
        text=text,
    )
    return Remark(Severity.ERROR, message, _WRITE_YEARS)


def too_many(text: str) -> Remark:
    """More than a working life."""
    message = phrase(
        "{text} years of experience is more than anyone can have",
        "{text} vuotta kokemusta on enemmän kuin kenelläkään voi olla",
        "{text} års erfarenhet är mer än någon kan ha",
        text=text,
    )
    return Remark(Severity.ERROR, message, _WRITE_YEARS)


def in_the_future(text: str) -> Remark:
    """A start that is yet to come."""
    message = phrase(
        "“{text}” lies in the future, so no experience can be counted from it",
        "”{text}” on tulevaisuudessa, joten kokemusta ei voi laskea siitä",
        "”{text}” ligger i framtiden, så ingen erfarenhet kan räknas därifrån",
        text=text,
    )
    return Remark(Severity.ERROR, message, _WRITE_YEARS)


def no_level(text: str) -> Remark:
    """A word that is no level of the rulebook."""
    message = phrase(
        "“{text}” tells neither new nor experienced",
        "”{text}” ei kerro, onko henkilö uusi vai kokenut",
        "”{text}” anger varken ny eller erfaren",
        text=text,
    )
    hint = phrase(
        "Write new or experienced, or the years as a number",
        "Kirjoita uusi tai kokenut tai vuosien määrä lukuna",
        "Skriv ny eller erfaren, eller åren som ett tal",
    )
    return Remark(Severity.ERROR, message, hint)


def words_for_years(trait: str) -> tuple[Phrase, Phrase]:
    """The column tells levels where the rulebook needs years."""
    message = phrase(
        "The column tells experience in words, but the rulebook needs it in years",
        "Sarakkeessa kokemus on sanoina, mutta sääntökirja tarvitsee sen vuosina",
        "Kolumnen anger erfarenheten med ord, men regelboken behöver den i år",
    )
    hint = phrase(
        "Add a column with the years, or remove what uses {trait} (such as spread: {trait}) from "
        "the rulebook",
        "Lisää sarake, jossa on vuodet, tai poista sääntökirjasta kohdat, jotka käyttävät tietoa "
        "{trait} (kuten spread: {trait})",
        "Lägg till en kolumn med åren, eller ta bort det i regelboken som använder {trait} (som "
        "spread: {trait})",
        trait=trait,
    )
    return message, hint


def _years(years: Fraction) -> Phrase:
    count = float(years)
    if years == 1:
        return Phrase("1 year", "1 vuosi", "1 år")
    return phrase("{count} years", "{count} vuotta", "{count} år", count=count)
