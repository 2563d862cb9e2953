"""What traits and their values are called in sentences."""

from __future__ import annotations

from vermegroup.phrase import Phrase, verbatim

_TRAITS = {
    "municipality": Phrase("municipality", "kunta", "kommun"),
    "experience": Phrase("experience", "kokemus", "erfarenhet"),
    "years": Phrase("years of experience", "kokemusvuodet", "erfarenhetsår"),
}
_PEOPLE = {
    ("experience", "new"): Phrase("new", "uusi", "ny"),
    ("experience", "experienced"): Phrase("experienced", "kokenut", "erfaren"),
    ("experience", "mid"): Phrase("mid-career", "siltä väliltä", "däremellan"),
}


def trait_name(trait: str) -> Phrase:
    """A trait's name in each language; a column of the roster's own keeps its name."""
    return _TRAITS.get(trait, verbatim(trait))


def value_name(trait: str, value: str) -> Phrase:
    """A value's name in each language; a value of the roster's own keeps its name."""
    return _PEOPLE.get((trait, value), verbatim(value))
