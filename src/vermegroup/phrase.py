"""One sentence in the three languages people read: English, Finnish and Swedish.

A phrase is born in all three at once, beside the arithmetic it speaks of, so that no
language can be forgotten and no catalogue of keys has to be kept in step with the code.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, get_args

Language = Literal["en", "fi", "sv"]
LANGUAGES: tuple[Language, ...] = get_args(Language)

_NO_LETTER = re.compile("[\ud800-\udfff]")
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

    Numbers get the language's decimal mark, phrases are translated, lists become "a, b and c".
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


def number(value: float, language: Language, decimals: int = 2) -> str:
    """A number as people write it: no needless zeros, the language's decimal mark."""
    text = f"{value:.{decimals}f}"
    if "." in text:
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
    if isinstance(value, (list, tuple)):
        return listing((_written(item, language) for item in value), language)
    return str(value)
