"""What is said of texts that stand for municipalities."""

from __future__ import annotations

from collections.abc import Sequence

from vermegroup.domain.findings import Severity
from vermegroup.intake.ledger import Remark
from vermegroup.intake.municipalities import Municipality
from vermegroup.language.phrase import Phrase, phrase

_MOST_NAMES = 3
_CORRECT = Phrase(
    "Correct the name if it was meant to be a municipality of Finland; as it stands, it counts as "
    "a place of its own",
    "Korjaa nimi, jos sen piti olla Suomen kunta; sellaisenaan se on oma paikkakuntansa",
    "Rätta namnet om det skulle vara en kommun i Finland; som det står räknas det som en egen ort",
)
_WRITE_TODAY = Phrase(
    "Write the municipality that it belongs to today",
    "Kirjoita kunta, johon se nykyään kuuluu",
    "Skriv den kommun som den hör till i dag",
)
_ALSO_A_REGION = Phrase(
    "If the region was meant, write the municipality",
    "Jos tarkoitettiin maakuntaa, kirjoita kunnan nimi",
    "Om landskapet avsågs, skriv kommunens namn",
)
_REGIONS = frozenset({"Lappi"})


def read_as(text: str, place: Municipality, now: Municipality, name: str) -> Remark | None:
    """A name or code was recognised; nothing is said where the text is the name it gets."""
    if place.code != now.code and place.name_fi != now.name_fi:
        severity = Severity.WARNING if place.name_fi in _REGIONS else Severity.NOTICE
        hint = _ALSO_A_REGION if place.name_fi in _REGIONS else None
        return Remark(severity, _former(text, place, name), hint)
    if not now.exists:
        return Remark(Severity.WARNING, _ended(text, now), _WRITE_TODAY)
    if text.casefold() == name.casefold():
        return None
    return Remark(Severity.NOTICE, _as_name(text, name))


def misspelt(text: str, meant: Municipality, now: Municipality, name: str) -> Remark:
    """A misspelling has one municipality that it is nearest to."""
    if meant.code != now.code:
        return Remark(Severity.NOTICE, _former(text, meant, name))
    message = phrase(
        "“{text}” was taken for a misspelling of {name}",
        "”{text}” tulkittiin kirjoitusvirheeksi: {name}",
        "”{text}” tolkades som ett skrivfel: {name}",
        text=text,
        name=name,
    )
    return Remark(Severity.NOTICE, message)


def unknown(text: str, near: Sequence[str]) -> Remark:
    """A text that names no municipality, or could be several."""
    message = phrase(
        "“{text}” is no municipality of Finland",
        "”{text}” ei ole Suomen kunta",
        "”{text}” är ingen kommun i Finland",
        text=text,
    )
    names = sorted(set(near))
    if not 0 < len(names) <= _MOST_NAMES:
        return Remark(Severity.WARNING, message, _CORRECT)
    hint = phrase(
        "Did you mean {names}? As it stands, it counts as a place of its own",
        "Tarkoititko: {names}? Sellaisenaan se on oma paikkakuntansa",
        "Menade du {names}? Som det står räknas det som en egen ort",
        names=_either(names),
    )
    return Remark(Severity.WARNING, message, hint)


def no_facts(text: str, trait: str) -> Remark:
    """The register cannot tell a trait of a place that it does not know."""
    message = phrase(
        "The register does not know “{text}”, and so not its {trait}",
        "Rekisteri ei tunne paikkaa ”{text}” eikä siksi tietoa {trait}",
        "Registret känner inte till ”{text}” och därför inte {trait}",
        text=text,
        trait=trait,
    )
    hint = phrase(
        "Add a column named {trait} to the file, or correct the municipality",
        "Lisää tiedostoon sarake {trait} tai korjaa kunta",
        "Lägg till kolumnen {trait} i filen eller rätta kommunen",
        trait=trait,
    )
    return Remark(Severity.ERROR, message, hint)


def not_of_finland(known: int, texts: int) -> tuple[Phrase, Phrase]:
    """A column that does not hold municipalities of Finland."""
    message = phrase(
        "Of {texts} different places only {known} can be found among the municipalities of "
        "Finland, so the names are taken as they are written",
        "Eri paikoista ({texts}) vain {known} löytyy Suomen kunnista, joten nimet luetaan "
        "kirjoitetussa muodossaan",
        "Av {texts} olika orter finns bara {known} bland Finlands kommuner, så namnen tas som de "
        "är skrivna",
        known=known,
        texts=texts,
    )
    hint = phrase(
        "Check that each place is spelt in one way only",
        "Tarkista, että kukin paikka on kirjoitettu vain yhdellä tavalla",
        "Kontrollera att varje ort är skriven på bara ett sätt",
    )
    return message, hint


def _as_name(text: str, name: str) -> Phrase:
    return phrase(
        "“{text}” was read as {name}",
        "”{text}” luettiin kunnaksi {name}",
        "”{text}” lästes som {name}",
        text=text,
        name=name,
    )


def _former(text: str, place: Municipality, name: str) -> Phrase:
    """A former municipality; if the text is not its very name, the name is told too."""
    if text.casefold() == place.name_fi.casefold():
        return phrase(
            "“{text}” is part of {name} today, and was read as that",
            "”{text}” on nykyään osa kuntaa {name}, ja se luettiin sellaisena",
            "”{text}” hör i dag till {name} och lästes så",
            text=text,
            name=name,
        )
    return phrase(
        "“{text}” was read as {former}, which is part of {name} today",
        "”{text}” luettiin kunnaksi {former}, joka on nykyään osa kuntaa {name}",
        "”{text}” lästes som {former}, som i dag hör till {name}",
        text=text,
        former=place.name_fi,
        name=name,
    )


def _ended(text: str, place: Municipality) -> Phrase:
    return phrase(
        "“{text}” is a former municipality ({year} was its last year); it is not known here which "
        "one it belongs to today",
        "”{text}” on entinen kunta (viimeinen vuosi {year}); tässä ei tiedetä, mihin kuntaan se "
        "nykyään kuuluu",
        "”{text}” är en tidigare kommun (sista året {year}); här är det inte känt vilken kommun "
        "den hör till i dag",
        text=text,
        year=place.last_year,
    )


def _either(names: Sequence[str]) -> Phrase:
    if len(names) < 2:
        return Phrase(*[names[0]] * 3)
    front = ", ".join(names[:-1])
    return Phrase(*(f"{front} {word} {names[-1]}" for word in ("or", "vai", "eller")))
