"""One sentence in the three languages people read: English, Finnish and Swedish.

A phrase is born in all three at once, beside the arithmetic it speaks of, so that no
language can be forgotten and no catalogue of keys has to be kept in step with the code.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from math import floor, log10
from typing import Literal, get_args

Language = Literal["en", "fi", "sv"]
LANGUAGES: tuple[Language, ...] = get_args(Language)

MOST_DECIMALS = 12
_AND: dict[Language, str] = {"en": "and", "fi": "ja", "sv": "och"}


@dataclass(frozen=True, slots=True)
class Phrase:
    """The same sentence in English, Finnish and Swedish."""

    en: str
    fi: str
    sv: str

    def in_(self, language: Language) -> str:
        """The sentence in one language."""
        text: str = getattr(self, language)
        return text

    def __str__(self) -> str:
        return self.en


def phrase(en: str, fi: str, sv: str, **values: object) -> Phrase:
    """Fill three ``str.format`` templates with the same values, each written as its language does.

    Numbers get the language's decimal mark (fractions with all their decimals), phrases are
    translated, lists become "a, b and c".
    """
    return Phrase(
        *(
            template.format(**{name: _written(value, lang) for name, value in values.items()})
            for lang, template in zip(LANGUAGES, (en, fi, sv), strict=True)
        )
    )


def verbatim(text: str) -> Phrase:
    """A text that is the same in every language: a name, a header, a cell."""
    return Phrase(text, text, text)


def joined(sentences: Iterable[Phrase]) -> Phrase:
    """Sentences one after the other, parted by semicolons."""
    told = list(sentences)
    return Phrase(*("; ".join(own.in_(language) for own in told) for language in LANGUAGES))


def capital(sentence: Phrase) -> Phrase:
    """The sentence with a capital letter at its beginning."""
    told = (sentence.in_(language) for language in LANGUAGES)
    return Phrase(*(text[:1].upper() + text[1:] for text in told))


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
    return _counted(count, ("group", "groups"), ("ryhmä", "ryhmää"), ("grupp", "grupper"))


def need(count: int) -> str:
    """The English verb after a number: "12 groups need", "1 group needs"."""
    return "needs" if count == 1 else "need"


def people_of(count: int) -> Phrase:
    """As in "12 people", with the right number."""
    return _counted(count, ("person", "people"), ("henkilö", "henkilöä"), ("person", "personer"))


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


def _counted(count: int, en: tuple[str, str], fi: tuple[str, str], sv: tuple[str, str]) -> Phrase:
    return Phrase(*(f"{count} {forms[0] if count == 1 else forms[1]}" for forms in (en, fi, sv)))


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
