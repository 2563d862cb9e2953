"""One sentence in English, Finnish and Swedish, and what traits are called in it.

A phrase is born in all three at once, beside the arithmetic it speaks of, so that no
language can be forgotten and no catalogue of keys has to be kept in step with the code.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from math import floor, log10
from typing import Literal, get_args

Language = Literal["en", "fi", "sv"]
LANGUAGES: tuple[Language, ...] = get_args(Language)

_NO_LETTER = re.compile("[\ud800-\udfff]")
_CAPITAL = "\N{UPWARDS WHITE ARROW}"
"""Before a template: what it makes begins with a capital letter."""
_FIRST = re.compile(r"\{([a-z_0-9]+)\}")
MOST_DECIMALS = 12
_AND: dict[Language, str] = {"en": "and", "fi": "ja", "sv": "och"}


@dataclass(frozen=True, slots=True)
class Phrase:
    """The same sentence in English, Finnish and Swedish.

    One that was filled in remembers its templates and their values, so that what it cites can be
    told from its own words.
    """

    en: str
    fi: str
    sv: str
    made_of: tuple[tuple[str, str, str], Mapping[str, object]] | None = field(
        default=None, compare=False, repr=False, kw_only=True
    )

    def in_(self, language: Language) -> str:
        """The sentence in one language."""
        text: str = getattr(self, language)
        return text

    def retold(self, change: Callable[[str], str]) -> Phrase:
        """The sentence with every text that it cites changed; its numbers and own words stay."""
        if self.made_of is None:
            return Phrase(change(self.en), change(self.fi), change(self.sv))
        templates, values = self.made_of
        return _filled(templates, {name: _retold(own, change) for name, own in values.items()})

    def __str__(self) -> str:
        return self.en


class Who(str):
    """A text that means a person, so that it can be told from others where it is cited."""

    __slots__ = ()


def phrase(en: str, fi: str, sv: str, **values: object) -> Phrase:
    """Fill three ``str.format`` templates with the same values, each written as its language does.

    Numbers get the language's decimal mark (fractions with all their decimals), phrases are
    translated, lists become "a, b and c".
    """
    return _filled((en, fi, sv), values)


def verbatim(text: str) -> Phrase:
    """A text that is the same in every language: a name, a header, a cell."""
    return Phrase(text, text, text)


def legible(text: str) -> str:
    """A text with a letter for each byte of a file's name that is no UTF-8, as well as can be.

    Old archives have such names, mostly in an encoding of western Europe.
    """
    return _NO_LETTER.sub(_likely, text)


def utf8(text: str) -> bytes:
    """A text as it is written into a file."""
    try:
        return text.encode()
    except UnicodeEncodeError:
        return legible(text).encode()


def _likely(half: re.Match[str]) -> str:
    byte = ord(half[0]) - 0xDC00
    # What stands for no byte of a name becomes what Windows-1252 has no letter for.
    return bytes([byte if 0x80 <= byte <= 0xFF else 0x81]).decode("cp1252", "replace")


def joined(sentences: Iterable[Phrase]) -> Phrase:
    """Sentences one after the other, parted by semicolons."""
    parts = {f"n{place}": own for place, own in enumerate(sentences)}
    form = "; ".join(f"{{{name}}}" for name in parts)
    return phrase(form, form, form, **parts)


def capital(sentence: Phrase) -> Phrase:
    """The sentence with a capital letter at its beginning; a name that stands there stays."""
    form = f"{_CAPITAL}{{sentence}}"
    return phrase(form, form, form, sentence=sentence)


def either(choices: Iterable[Phrase]) -> Phrase:
    """As in "a, b or c"."""
    *first, last = choices
    if not first:
        return last
    return phrase(
        "{first} or {last}",
        "{first} tai {last}",
        "{first} eller {last}",
        first=Phrase(*(", ".join(own.in_(language) for own in first) for language in LANGUAGES)),
        last=last,
    )


def groups_of(count: int) -> Phrase:
    """As in "12 groups", with the right number."""
    return counted(count, ("group", "groups"), ("ryhmä", "ryhmää"), ("grupp", "grupper"))


def groups_between(low: int, high: int) -> Phrase:
    """As in "3–5 groups"; where both are one number, so many."""
    if low == high:
        return groups_of(low)
    return phrase("{n} groups", "{n} ryhmää", "{n} grupper", n=f"{low}–{high}")


def people_of(count: int) -> Phrase:
    """As in "12 people", with the right number."""
    return counted(count, ("person", "people"), ("henkilö", "henkilöä"), ("person", "personer"))


def decimals_of(count: int) -> Phrase:
    """As in "3 decimals", with the right number."""
    finnish = ("desimaali", "desimaalia")
    return counted(count, ("decimal", "decimals"), finnish, ("decimal", "decimaler"))


def verb(count: int, one: str, several: str) -> str:
    """The English verb that goes with a number: "1 group needs", "12 groups need"."""
    return one if count == 1 else several


def people_between(low: int, high: int) -> Phrase:
    """As in "3 to 5 people"; where both are one number, of so many."""
    if low == high:
        return people_of(low)
    form = ("{n} people", "{n} henkilöä", "{n} personer")
    return phrase(*form, n=between(low, high))


def between(low: int, high: int) -> Phrase:
    """As in "3 to 5"; where both are one number, it alone."""
    if low == high:
        return verbatim(str(low))
    return phrase("{a} to {b}", "{a}–{b}", "{a}–{b}", a=low, b=high)


def number(value: float, language: Language) -> str:
    """A number as people write it: two decimals, or two digits of what is small; no needless zeros.

    With the language's decimal mark.
    """
    small = 0 < abs(value) < 0.1
    decimals = min(1 - floor(log10(abs(value))), MOST_DECIMALS) if small else 2
    return _marked(f"{value:.{decimals}f}", language)


def exactly(value: Fraction, language: Language) -> str:
    """A decimal number with all its decimals, up to twelve."""
    shifted = round(value * 10**MOST_DECIMALS)
    whole, rest = divmod(abs(shifted), 10**MOST_DECIMALS)
    return _marked(f"{'-' if shifted < 0 else ''}{whole}.{rest:0{MOST_DECIMALS}d}", language)


def _marked(text: str, language: Language) -> str:
    text = text.rstrip("0").rstrip(".")
    text = "0" if text == "-0" else text
    return text if language == "en" else text.replace(".", ",")


def listing(items: Iterable[str], language: Language) -> str:
    """As in "a, b and c"."""
    words = list(items)
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {_AND[language]} {words[-1]}"


def counted(count: int, en: tuple[str, str], fi: tuple[str, str], sv: tuple[str, str]) -> Phrase:
    """A number and the word for one, or for several, of what is counted."""
    return Phrase(*(f"{count} {forms[0] if count == 1 else forms[1]}" for forms in (en, fi, sv)))


def _filled(templates: tuple[str, str, str], values: Mapping[str, object]) -> Phrase:
    texts = []
    for place, (lang, template) in enumerate(zip(LANGUAGES, templates, strict=True)):
        text = template.format(**{name: _written(value, lang) for name, value in values.items()})
        bare = text.removeprefix(_CAPITAL)
        if bare != text and not _cites_first(template.removeprefix(_CAPITAL), values, place):
            bare = bare[:1].upper() + bare[1:]
        texts.append(bare)
    return Phrase(*texts, made_of=(templates, values))


def _cites_first(template: str, values: Mapping[str, object], place: int) -> bool:
    """Whether the first that is told in the language at this place is a text of somebody's own."""
    first = _FIRST.match(template)
    if first is None:
        return False
    value = values[first[1]]
    while isinstance(value, (list, tuple)) and value:
        value = value[0]
    if not isinstance(value, Phrase):
        return isinstance(value, str)
    if value.made_of is None:
        return value.en == value.fi == value.sv
    return _cites_first(value.made_of[0][place].removeprefix(_CAPITAL), value.made_of[1], place)


def _retold(value: object, change: Callable[[str], str]) -> object:
    if isinstance(value, Phrase):
        return value.retold(change)
    if isinstance(value, (list, tuple)):
        return [_retold(item, change) for item in value]
    return change(value) if isinstance(value, str) else value


def _written(value: object, language: Language) -> str:
    if isinstance(value, Phrase):
        return value.in_(language)
    if isinstance(value, float):
        return number(value, language)
    if isinstance(value, Fraction):
        return exactly(value, language)
    if isinstance(value, (list, tuple)):
        return listing((_written(item, language) for item in value), language)
    return str(value)


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
