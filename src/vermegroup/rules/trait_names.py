"""What traits and their values are called in sentences."""

from __future__ import annotations

from vermegroup.phrase import Phrase, phrase, verbatim

_TRAITS = {
    "municipality": Phrase("municipality", "kunta", "kommun"),
    "experience": Phrase("experience", "kokemus", "erfarenhet"),
    "years": Phrase("years of experience", "kokemusvuodet", "erfarenhetsår"),
}
_VALUES = {
    ("experience", "new"): Phrase("new", "uusi", "ny"),
    ("experience", "experienced"): Phrase("experienced", "kokenut", "erfaren"),
    ("experience", "mid"): Phrase("mid-career", "siltä väliltä", "däremellan"),
}
# How people of a value are counted: one, and several.
_COUNTED = {
    ("experience", "new"): (
        Phrase("{n} new person", "{n} uusi", "{n} ny"),
        Phrase("{n} new people", "{n} uutta", "{n} nya"),
    ),
    ("experience", "experienced"): (
        Phrase("{n} experienced person", "{n} kokenut", "{n} erfaren"),
        Phrase("{n} experienced people", "{n} kokenutta", "{n} erfarna"),
    ),
    ("experience", "mid"): (
        Phrase("{n} mid-career person", "{n} siltä väliltä", "{n} däremellan"),
        Phrase("{n} mid-career people", "{n} siltä väliltä", "{n} däremellan"),
    ),
}
_UNITS = {"years": Phrase("years", "vuotta", "år")}


def trait_name(trait: str) -> Phrase:
    """A trait's name in each language; a column of the roster's own keeps its name."""
    return _TRAITS.get(trait, verbatim(trait))


def value_name(trait: str, value: str) -> Phrase:
    """A value's name in each language; a value of the roster's own keeps its name."""
    return _VALUES.get((trait, value), verbatim(value))


def people_with(trait: str, value: str, count: int | str) -> Phrase:
    """How many people have a value: "12 new people", "3 people with profession leader".

    ``count`` may be a text such as "2 to 3", which counts as several.
    """
    forms = _COUNTED.get((trait, value))
    if forms is not None:
        form = forms[0] if count == 1 else forms[1]
        return phrase(form.en, form.fi, form.sv, n=count)
    one = count == 1
    return phrase(
        "{n} person with {trait} {value}" if one else "{n} people with {trait} {value}",
        "{n} henkilö ({trait}: {value})" if one else "{n} henkilöä ({trait}: {value})",
        "{n} person ({trait}: {value})" if one else "{n} personer ({trait}: {value})",
        n=count,
        trait=trait_name(trait),
        value=value_name(trait, value),
    )


def unit_of(trait: str) -> Phrase:
    """The unit of a numeric trait; a column of the roster's own is its own unit."""
    return _UNITS.get(trait, trait_name(trait))
