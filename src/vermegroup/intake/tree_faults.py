"""What can be wrong with the shape of a YAML file, said in three languages."""

from __future__ import annotations

from vermegroup.findings import RulebookError
from vermegroup.intake.faults import Faults
from vermegroup.intake.located import Located, Scalar
from vermegroup.phrase import phrase


def note_odd_key(key: Located, faults: Faults) -> None:
    """A key that is a list or a mapping."""
    faults.note(
        phrase(
            "A key must be a single word",
            "Avaimen on oltava yksi sana",
            "En nyckel måste vara ett enda ord",
        ),
        line=key.line,
        value=key.written(),
    )


def note_repeated(key: Scalar, first: int, faults: Faults) -> None:
    """A key that its mapping has already."""
    faults.note(
        phrase(
            "{key} stands twice: on line {first} and on line {line}",
            "{key} on kahteen kertaan: riveillä {first} ja {line}",
            "{key} står två gånger: på rad {first} och på rad {line}",
            key=key.text,
            first=first,
            line=key.line,
        ),
        line=key.line,
        key=key.text,
        hint=phrase("Keep one of them", "Jätä niistä vain toinen", "Behåll bara en av dem"),
    )


def second_document(line: int, faults: Faults) -> RulebookError:
    """A second document in the file."""
    faults.note(
        phrase(
            "A second document begins here (---); a rules file has one",
            "Tästä alkaa toinen asiakirja (---); sääntötiedostossa on vain yksi",
            "Här börjar ett andra dokument (---); en regelfil har bara ett",
        ),
        line=line,
    )
    return RulebookError(faults.findings())


def unknown_alias(anchor: str, line: int, faults: Faults) -> RulebookError:
    """An alias of nothing."""
    faults.note(
        phrase(
            "*{name} refers to something that the file does not define above it",
            "*{name} viittaa johonkin, mitä tiedostossa ei ole määritelty sitä ennen",
            "*{name} hänvisar till något som filen inte har definierat före det",
            name=anchor,
        ),
        line=line,
        value=f"*{anchor}",
        hint=phrase(
            "Text that begins with * needs quotation marks",
            "Tähdellä (*) alkava teksti kirjoitetaan lainausmerkkeihin",
            "Text som börjar med * skrivs inom citattecken",
        ),
    )
    return RulebookError(faults.findings())


def note_tag(tag: str, line: int, faults: Faults) -> None:
    """A word with an exclamation mark, which would have YAML construct something."""
    faults.note(
        phrase(
            "YAML tags cannot be used in a rules file",
            "Sääntötiedostossa ei voi käyttää YAML-tunnisteita",
            "YAML-taggar kan inte användas i en regelfil",
        ),
        line=line,
        value=tag,
        hint=phrase(
            "Remove the word that begins with !",
            "Poista huutomerkillä (!) alkava sana",
            "Ta bort ordet som börjar med !",
        ),
    )


def too_much(faults: Faults, line: int | None) -> RulebookError:
    """More than any rulebook needs."""
    faults.note(
        phrase(
            "The file is too large or too deeply nested for a rules file",
            "Tiedosto on sääntötiedostoksi liian suuri tai sen rakenne on liian syvä",
            "Filen är för stor eller har för många nivåer för att vara en regelfil",
        ),
        line=line,
        hint=phrase(
            "Check that this is the rules file and not the roster",
            "Tarkista, että tämä on sääntötiedosto eikä osallistujaluettelo",
            "Kontrollera att detta är regelfilen och inte deltagarlistan",
        ),
    )
    return RulebookError(faults.findings())


def note_no_mapping(root: Located | None, faults: Faults) -> None:
    """A file that is empty, or something other than sections."""
    if root is None:
        message = phrase("The rules file is empty", "Sääntötiedosto on tyhjä", "Regelfilen är tom")
    else:
        message = phrase(
            "The rules file does not begin with a section such as rules:",
            "Sääntötiedosto ei ala osiolla, kuten rules:",
            "Regelfilen börjar inte med ett avsnitt, till exempel rules:",
        )
    faults.note(
        message,
        line=root.line if root else None,
        value=root.written()[:80] if root else None,
        hint=phrase(
            "A rules file has the sections groups:, bands:, rules: and preferences:",
            "Sääntötiedostossa on osiot groups:, bands:, rules: ja preferences:",
            "En regelfil har avsnitten groups:, bands:, rules: och preferences:",
        ),
    )
