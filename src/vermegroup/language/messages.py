"""Sentences: English in the code, filled in and translated when somebody reads them.

A template has places by name, as ``str.format`` has them; a message is a template with what stands
in its places, and may stand in a place of another. A translation may ask for a form of what stands
there: ``{groups:into}`` is what the catalogue has for that message in the context ``into``, or the
plain one where it has none.

The functions are called as gettext's own, so that its tools find the sentences.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from math import floor, log10

from vermegroup.language.catalogues import ENGLISH, Language, catalogue

MOST_DECIMALS = 12
# What a translation raises that has a place where the original has none.
_NO_SUCH_PLACE = (LookupError, ValueError, AttributeError, TypeError)
_WHOLE = re.compile("[0-9]+")
_FIRST = re.compile(r"\{([a-z_0-9]+)[:}]")


@dataclass(frozen=True, slots=True)
class Template:
    """A sentence with places in it; where it counts, one for one and one for several.

    ``context`` tells apart what is one word in English and two elsewhere.
    """

    text: str
    several: str | None = None
    context: str | None = None

    def filled(self, count: int | None = None, /, **values: object) -> Message:
        """The message with these values, each to be written as a language does.

        Numbers get the language's decimal mark (fractions with all their decimals), messages are
        translated, lists become "a, b and c". ``count`` chooses between one and several, and
        stands at ``{n}`` where nothing else does.
        """
        named = values if count is None else {"n": count, **values}
        return Message(self, tuple((name, _kept(value)) for name, value in named.items()), count)

    def in_(self, language: Language, count: int | None = None, form: str = "") -> str:
        """The sentence in one language, its places still open; in this form if there is one."""
        for context in (form, self.context) if form else (self.context,):
            found = self._translated(language, context, count)
            if found not in {self.text, self.several}:
                return found
        return found

    def _translated(self, language: Language, context: str | None, count: int | None) -> str:
        if not self.text:  # for which gettext has the head of its catalogue
            return ""
        known = catalogue(language)
        if self.several is None:
            return known.pgettext(context, self.text) if context else known.gettext(self.text)
        number = 0 if count is None else count
        if context:
            return known.npgettext(context, self.text, self.several, number)
        return known.ngettext(self.text, self.several, number)


@dataclass(frozen=True, slots=True)
class Message:
    """A finished sentence: its template, and what stands in the places.

    ``count`` is what the template counts. ``capital`` says that it begins with a capital letter,
    unless a text of somebody's own stands there.
    """

    template: Template
    values: tuple[tuple[str, object], ...] = ()
    count: int | None = None
    capital: bool = False

    def in_(self, language: Language, form: str = "") -> str:
        """The sentence in one language."""
        values = {name: _Written(value, language) for name, value in self.values}
        if self.count is not None and dict(self.values).get("n") == self.count:
            values["n"] = _Written(grouped(self.count, language), language)
        try:
            text = self.template.in_(language, self.count, form).format(**values)
        except _NO_SUCH_PLACE:
            text = self.template.in_(ENGLISH, self.count).format(**values)
        if self.capital and not self._cites_first(language):
            text = text[:1].upper() + text[1:]
        return text

    def retold(self, change: Callable[[str], str]) -> Message:
        """The sentence with every text that it cites changed; its numbers and own words stay."""
        values = tuple((name, _retold(value, change)) for name, value in self.values)
        return replace(self, values=values)

    def _cites_first(self, language: Language) -> bool:
        """Whether the first that is told is a text of somebody's own."""
        first = _FIRST.match(self.template.in_(language, self.count))
        value = dict(self.values).get(first[1]) if first else None
        while isinstance(value, tuple) and value:
            value = value[0]
        if isinstance(value, Message):
            return value._cites_first(language)
        return isinstance(value, str)

    def __str__(self) -> str:
        return self.in_(ENGLISH)


class Who(str):
    """A text that means a person, so that it can be told from others where it is cited.

    Where it is cited it is what the person is ``called``, if that is known.
    """

    __slots__ = ("called",)
    called: str

    def __new__(cls, text: str, called: str = "") -> Who:
        """A text that means somebody, and what this person is called."""
        who = super().__new__(cls, text)
        who.called = called
        return who


def _(text: str, /, **values: object) -> Message:
    """A sentence."""
    return Template(text).filled(**values)


def N_(text: str, /) -> Template:  # noqa: N802
    """A sentence to be filled later."""
    return Template(text)


def N_several(one: str, several: str, /) -> Template:  # noqa: N802
    """A sentence that counts, to be filled later."""
    return Template(one, several)


def ngettext(one: str, several: str, count: int, /, **values: object) -> Message:
    """A sentence that counts; the number stands at ``{n}``."""
    return Template(one, several).filled(count, **values)


def pgettext(context: str, text: str, /, **values: object) -> Message:
    """A sentence, told from others that are the same in English."""
    return Template(text, context=context).filled(**values)


def npgettext(context: str, one: str, several: str, count: int, /, **values: object) -> Message:
    """A sentence that counts, told from others that are the same in English."""
    return Template(one, several, context).filled(count, **values)


_TEXT = Template("{text}")


def verbatim(text: str) -> Message:
    """A text that is the same in every language: a name, a header, a cell."""
    return _TEXT.filled(text=text)


def joined(sentences: Iterable[Message], mark: str = "; ") -> Message:
    """Sentences one after the other, parted by a mark."""
    told = {f"n{place}": sentence for place, sentence in enumerate(sentences)}
    return Template(mark.join(f"{{{name}}}" for name in told)).filled(**told)


def capital(sentence: Message) -> Message:
    """The sentence with a capital letter at its beginning; a name that stands there stays."""
    return replace(sentence, capital=True)


def as_sentence(message: Message, language: Language) -> str:
    """A message that stands by itself, in one language: it begins with a capital letter."""
    return capital(message).in_(language)


def either(choices: Iterable[Message]) -> Message:
    """As in "a, b or c"."""
    *first, last = choices
    return _("{first} or {last}", first=joined(first, ", "), last=last) if first else last


def listing(items: Iterable[str], language: Language) -> str:
    """As in "a, b and c"."""
    words = list(items)
    if len(words) < 2:
        return "".join(words)
    return _("{first} and {last}", first=", ".join(words[:-1]), last=words[-1]).in_(language)


def number(value: float, language: Language) -> str:
    """A number as people write it: two decimals, or two digits of what is small; no needless zeros.

    With the language's decimal mark, and that between thousands where it has five digits or more.
    """
    small = 0 < abs(value) < 0.1
    decimals = min(1 - floor(log10(abs(value))), MOST_DECIMALS) if small else 2
    written = _marked(f"{value:.{decimals}f}", language)
    digits = _WHOLE.match(written)
    whole = digits[0] if digits else ""
    return grouped(int(whole), language) + written[len(whole) :] if len(whole) > 4 else written


def grouped(value: int, language: Language) -> str:
    """A whole number with a mark between its thousands, where it has five digits or more."""
    if abs(value) < 10_000:
        return str(value)
    # Translators: the mark between thousands, as in 1,000,000
    mark = pgettext("thousands mark", ",").in_(language)
    return f"{value:,}".replace(",", mark)


def exactly(value: Fraction, language: Language) -> str:
    """A decimal number with all its decimals, up to twelve."""
    shifted = round(value * 10**MOST_DECIMALS)
    whole, rest = divmod(abs(shifted), 10**MOST_DECIMALS)
    return _marked(f"{'-' if shifted < 0 else ''}{whole}.{rest:0{MOST_DECIMALS}d}", language)


def _marked(text: str, language: Language) -> str:
    text = text.rstrip("0").rstrip(".")
    mark = pgettext("decimal mark", ".").in_(language)
    return "0" if text == "-0" else text.replace(".", mark)


class _Written:
    """A value as it is written in a language, in the form that a template asks for."""

    __slots__ = ("language", "value")

    def __init__(self, value: object, language: Language) -> None:
        self.value, self.language = value, language

    def __format__(self, form: str) -> str:
        return _written(self.value, self.language, form)


def _written(value: object, language: Language, form: str = "") -> str:
    if isinstance(value, Message):
        return value.in_(language, form)
    if isinstance(value, float):
        return number(value, language)
    if isinstance(value, Fraction):
        return exactly(value, language)
    if isinstance(value, date):
        return _day(value).in_(language)
    if isinstance(value, tuple):
        return listing((_written(item, language, form) for item in value), language)
    return (value.called if isinstance(value, Who) else "") or str(value)


def _day(day: date) -> Message:
    parts = {"year": day.year, "mm": f"{day.month:02}", "dd": f"{day.day:02}"}
    # Translators: any of {year}, {m} or {mm}, and {d} or {dd}; 2027-01-08 may be 8.1.2027.
    return pgettext("date", "{year}-{mm}-{dd}", m=day.month, d=day.day, **parts)


def _kept(value: object) -> object:
    """A value as a message keeps it: nobody changes a list that it was given afterwards."""
    return tuple(map(_kept, value)) if isinstance(value, (list, tuple)) else value


def _retold(value: object, change: Callable[[str], str]) -> object:
    if isinstance(value, Message):
        return value.retold(change)
    if isinstance(value, tuple):
        return tuple(_retold(item, change) for item in value)
    return change(value) if isinstance(value, str) else value
