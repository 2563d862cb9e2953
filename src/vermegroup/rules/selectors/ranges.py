"""The people whom a quota counts, and ranges of a number as people write them.

English, Finnish and Swedish wordings are understood, with or without the word for years.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Self

import numpy as np

from vermegroup.domain.arrays import BoolArray, IntArray
from vermegroup.domain.declare import Entry
from vermegroup.domain.kind import Kind, Renaming, Role
from vermegroup.domain.roster import Roster
from vermegroup.language.messages import (
    MOST_DECIMALS,
    N_,
    Message,
    Template,
    _,
    either,
    exactly,
    joined,
)
from vermegroup.language.terms import has_unit, of_trait, people_with, value_name
from vermegroup.rules.selectors.values import as_held

# A stretch ends below its upper limit. "5 or less" includes 5, so it ends a hair above it: less
# than a roster's ticks and limits with twelve decimals can lie apart, so that no value is between.
A_HAIR = Fraction(1, 10**30)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Numbers from ``low`` (inclusive) up to ``high`` (exclusive); None is open."""

    low: Fraction | None
    high: Fraction | None

    def is_empty(self) -> bool:
        """Whether no number lies in it."""
        return self.low is not None and self.high is not None and self.low >= self.high

    def overlaps(self, other: Stretch) -> bool:
        """Whether some number lies in both."""
        return _begins_before_end(self, other) and _begins_before_end(other, self)

    def in_ticks(self, per_unit: int) -> tuple[int, int]:
        """The same stretch of whole ticks: from the first number to the second, exclusive."""
        low = -(2**62) if self.low is None else -((-self.low * per_unit) // 1)
        high = 2**62 if self.high is None else -((-self.high * per_unit) // 1)
        return low, high


def _begins_before_end(one: Stretch, other: Stretch) -> bool:
    return one.low is None or other.high is None or one.low < other.high


_NUMBER = r"([0-9]{1,12}(?:[.,][0-9]{1,12})?)"
_UNIT = r"(?:years?|yrs?|y|vuotta|vuosi|vuoden|v|år)\.?"
_BELOW = r"below|under|less than|fewer than|<|alle|mindre än"
_AT_MOST = r"at most|up to|no more than|<=|≤|max|enintään|korkeintaan|högst|som mest"
_ABOVE = r"above|over|more than|>|yli|över|mer än"
_AT_LEAST = r"at least|from|no less than|>=|≥|min|vähintään|minst"
_OR_LESS = r"or (?:less|fewer|below|under)|tai (?:vähemmän|alle)|eller (?:mindre|färre)"
_OR_MORE = r"\+|(?:or|and) (?:more|above|over|longer|up)|tai (?:enemmän|yli)|eller (?:mer|fler)a?"
_TO = r"-|–|—|−|\.\.|…|to|till"

_BEFORE = (
    (re.compile(rf"(?:{_BELOW})\s*{_NUMBER}"), "below"),
    (re.compile(rf"(?:{_AT_MOST})\s*{_NUMBER}"), "at most"),
    (re.compile(rf"(?:{_ABOVE})\s*{_NUMBER}"), "above"),
    (re.compile(rf"(?:{_AT_LEAST})\s*{_NUMBER}"), "at least"),
    (re.compile(rf"{_NUMBER}\s*(?:{_OR_LESS})"), "at most"),
    (re.compile(rf"{_NUMBER}\s*(?:{_OR_MORE})"), "at least"),
    (re.compile(_NUMBER), "exactly"),
)
_RANGE = re.compile(rf"{_NUMBER}\s*(?:{_TO})\s*{_NUMBER}")
_WITH_UNIT = re.compile(rf"(?<=[0-9])\s*{_UNIT}(?![a-zåäö])")


def read_stretch(text: str) -> Stretch | None:
    """The stretch that a text describes, or None where it describes none.

    Ranges include both ends: ``5-10`` holds for 5, 7.5 and 10. A plain number is that number
    alone. The lower end may be above the upper one; ``is_empty`` then says so.
    """
    words = _WITH_UNIT.sub("", " ".join(text.casefold().split())).strip()
    if found := _RANGE.fullmatch(words):
        return Stretch(_fraction(found[1]), _fraction(found[2]) + A_HAIR)
    for pattern, meaning in _BEFORE:
        if found := pattern.fullmatch(words):
            return _stretch(meaning, _fraction(found[1]))
    return None


def stretch_text(stretch: Stretch) -> str:
    """The stretch in words that ``read_stretch`` understands."""
    low, high = stretch.low, stretch.high
    if low is not None and high is not None:
        return f"{exactly(low, 'en')}-{exactly(high, 'en')}"
    return str(stretch_name(stretch))


def stretch_name(stretch: Stretch) -> Message:
    """The stretch in words for people: "5–10", "below 5", "10 or more"."""
    low, high = stretch.low, stretch.high
    if low is not None and high is not None:
        return _both_ends(_limit(low), _limit(high))
    if high is not None:
        form = _BELOW_ONE if high == _rounded(high) else _AT_MOST_ONE
    elif low is not None:
        form = _FROM_ONE if low == _rounded(low) else _ABOVE_ONE
    else:
        return _ANY
    only = high if low is None else low
    return form.filled(n=_limit(only or Fraction(0)))


def _both_ends(low: Message, high: Message) -> Message:
    return low if low == high else joined([low, high], "–")


def _rounded(limit: Fraction) -> Fraction:
    """The limit as it was written, without the hair."""
    return Fraction(round(limit * 10**MOST_DECIMALS), 10**MOST_DECIMALS)


def _limit(limit: Fraction) -> Message:
    return Template("{n}").filled(n=limit)


def _stretch(meaning: str, limit: Fraction) -> Stretch:
    low = {"above": limit + A_HAIR, "at least": limit, "exactly": limit}.get(meaning)
    high = {"below": limit, "at most": limit + A_HAIR, "exactly": limit + A_HAIR}.get(meaning)
    return Stretch(low, high)


def _fraction(digits: str) -> Fraction:
    return Fraction(digits.replace(",", "."))


_BELOW_ONE = N_("below {n}")
_AT_MOST_ONE = N_("at most {n}")
_FROM_ONE = N_("{n} or more")
_ABOVE_ONE = N_("over {n}")
_ANY = _("any")


Value = str | tuple[str, ...] | Stretch


def read_having(entry: Entry) -> tuple[str, Value]:
    """The trait and the value that an entry names."""
    trait, plain = entry.trait_and_options()
    value = read_value(trait, plain)
    if isinstance(value, Stretch) and value.is_empty():
        entry.refuse(_EMPTY, key=trait)
    return trait, value


def read_value(trait: str, value: object) -> Value:
    """What stands behind a trait: a value, a list of values, or a range such as ``5-10``.

    What reads as a range is a range of numbers; in a list it is a value like any other. A bare
    number is one only for a trait known to be numeric: elsewhere it may well be a code.
    """
    if isinstance(value, list):
        return _plain_value(tuple(dict.fromkeys(map(str, value))))
    text = str(value)
    stretch = read_stretch(text)
    return text if stretch is None or _is_value(trait, text) else stretch


def _plain_value(values: tuple[str, ...]) -> Value:
    return values[0] if len(values) == 1 else values


def _is_value(trait: str, text: str) -> bool:
    return text.strip().isdecimal() and not has_unit(trait)


@dataclass(frozen=True, slots=True)
class Having:
    """Those who have the value, one of the values, or a number within the stretch."""

    trait: str
    value: Value

    def among(self, roster: Roster, people: IntArray) -> BoolArray:
        """Who of ``people`` (m,) is meant, shape (m,)."""
        if isinstance(self.value, Stretch):
            numbers = roster.numbers[self.trait]
            low, high = self.value.in_ticks(numbers.per_unit)
            ticks = numbers.ticks[people]
            within: BoolArray = (ticks >= low) & (ticks < high)
            return within
        trait = roster.categories[self.trait]
        codes = trait.codes[people]
        having: BoolArray = np.zeros(len(codes), dtype=bool)
        for value in self.values:
            having |= codes == trait.code(value)
        return having

    def count(self, roster: Roster) -> int:
        """How many participants are meant."""
        return roster.known(self, lambda: int(self.among(roster, np.arange(len(roster))).sum()))

    @property
    def values(self) -> tuple[str, ...]:
        """The values, of which there are none where a range is meant."""
        if isinstance(self.value, Stretch):
            return ()
        return (self.value,) if isinstance(self.value, str) else self.value

    def categories(self) -> tuple[str, ...]:
        """The trait, if it is needed as named values."""
        return () if isinstance(self.value, Stretch) else (self.trait,)

    def numbers(self) -> tuple[str, ...]:
        """The trait, if it is needed as a number."""
        return (self.trait,) if isinstance(self.value, Stretch) else ()

    def named(self) -> tuple[tuple[str, str], ...]:
        """The values with their trait, so that misspelt ones can be found."""
        return tuple((self.trait, value) for value in self.values)

    def renamed(self, names: Renaming) -> Value:
        """The value, or values, by what they are called then."""
        return self._called(names.value)

    def suited(self, roster: Roster) -> Value:
        """The value, or values, as the roster spells them."""
        return self._called(lambda trait, value: as_held(trait, value, roster))

    def _called(self, name: Callable[[str, str], str]) -> Value:
        if isinstance(self.value, Stretch):
            return self.value
        values = dict.fromkeys(name(self.trait, value) for value in self.values)
        return _plain_value(tuple(values))

    def plain(self) -> dict[str, object]:
        """The trait and what stands behind it, as plain values to be written again."""
        if isinstance(self.value, Stretch):
            return {self.trait: stretch_text(self.value)}
        one = isinstance(self.value, str) and isinstance(read_value(self.trait, self.value), str)
        return {self.trait: self.value if one else list(self.values)}

    def people(self, count: int | str) -> Message:
        """How many of them: "3 people with profession teacher or leader"."""
        if isinstance(self.value, Stretch):
            return people_with(self.trait, stretch_name(self.value), count)
        if isinstance(self.value, str):
            return people_with(self.trait, self.value, count)
        return people_with(self.trait, self._either(), count)

    def quota(self, at_least: int, at_most: int | None) -> Message:
        """As in "at least 2 mentors"."""
        if at_most is None:
            return _("at least {n}", n=self.people(at_least))
        if at_least == at_most:
            return _("exactly {n}", n=self.people(at_most))
        if at_least == 0:
            return _("at most {n}", n=self.people(at_most))
        return self.people(f"{at_least}–{at_most}")

    def who(self) -> Message:
        """The trait and what is asked of it, for use in brackets: "experience: new"."""
        return of_trait(self.trait, self._either())

    def _either(self) -> Message:
        if isinstance(self.value, Stretch):
            return stretch_name(self.value)
        return either([value_name(self.trait, value) for value in self.values])


@dataclass(frozen=True, slots=True)
class OfSome(Kind):
    """A kind that counts those who have a value of a trait, one of some, or a number in a range."""

    trait: str
    value: Value

    @classmethod
    def read(cls, entry: Entry, role: Role) -> Self:
        del role
        return cls(*read_having(entry))

    def written(self) -> object:
        return {self.kind: self._having.plain()}

    def categories(self) -> tuple[str, ...]:
        return self._having.categories()

    def numbers(self) -> tuple[str, ...]:
        return self._having.numbers()

    def named(self) -> tuple[tuple[str, str], ...]:
        return self._having.named()

    def renamed(self, names: Renaming) -> Kind:
        trait = names.trait(self.trait)
        return replace(self, trait=trait, value=self._having.renamed(names))

    def suited(self, roster: Roster) -> Kind:
        return replace(self, value=self._having.suited(roster))

    @property
    def _having(self) -> Having:
        return Having(self.trait, self.value)


_EMPTY = _("The range begins above its end")
