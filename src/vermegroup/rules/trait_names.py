"""What traits and their values are called in sentences."""

from __future__ import annotations

from collections.abc import Mapping

from vermegroup.phrase import Phrase, phrase, verbatim

_TRAITS = {
    "municipality": Phrase("municipality", "kunta", "kommun"),
    "experience": Phrase("experience", "kokemus", "erfarenhet"),
    "years": Phrase("years of experience", "kokemusvuodet", "erfarenhetsår"),
    "profession": Phrase("profession", "ammatti", "yrke"),
    "role": Phrase("role", "rooli", "roll"),
    "unit": Phrase("work unit", "työyksikkö", "arbetsenhet"),
    "organisation": Phrase("organisation", "organisaatio", "organisation"),
    "theme": Phrase("theme", "teema", "tema"),
    "region": Phrase("region", "alue", "region"),
    "language": Phrase("language", "kieli", "språk"),
}
_VALUES = {
    ("experience", "new"): Phrase("new", "uusi", "ny"),
    ("experience", "experienced"): Phrase("experienced", "kokenut", "erfaren"),
    ("experience", "mid"): Phrase("mid-career", "siltä väliltä", "däremellan"),
    ("role", "mentor"): Phrase("mentor", "mentori", "mentor"),
    ("role", "mentee"): Phrase("mentee", "aktori", "adept"),
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
    ("role", "mentor"): (
        Phrase("{n} mentor", "{n} mentori", "{n} mentor"),
        Phrase("{n} mentors", "{n} mentoria", "{n} mentorer"),
    ),
    ("role", "mentee"): (
        Phrase("{n} mentee", "{n} aktori", "{n} adept"),
        Phrase("{n} mentees", "{n} aktoria", "{n} adepter"),
    ),
}
_UNITS = {"years": Phrase("years", "vuotta", "år")}


def trait_name(trait: str) -> Phrase:
    """A trait's name in each language; a column of the roster's own keeps its name."""
    return _TRAITS.get(trait, verbatim(trait))


def value_name(trait: str, value: str) -> Phrase:
    """A value's name in each language; a value of the roster's own keeps its name."""
    return _VALUES.get((trait, value), verbatim(value))


def named_values(trait: str) -> Mapping[str, Phrase]:
    """The values of a trait that have a name in each language, and those names."""
    return {value: name for (of, value), name in _VALUES.items() if of == trait}


def people_with(trait: str, value: str | Phrase, count: int | str) -> Phrase:
    """How many people have a value: "12 new people", "3 people with profession leader".

    ``count`` may be a text such as "2 to 3", which counts as several. A ``value`` that is not a
    single one, such as "teacher or leader", comes as a phrase.
    """
    forms = _COUNTED.get((trait, value)) if isinstance(value, str) else None
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
        value=value_name(trait, value) if isinstance(value, str) else value,
    )


def has_unit(trait: str) -> bool:
    """Whether a trait is known to be a number, with a unit of its own."""
    return trait in _UNITS


def unit_of(trait: str) -> Phrase:
    """The unit of a numeric trait; a column of the roster's own is its own unit."""
    return _UNITS.get(trait, trait_name(trait))
