"""The people whom a quota counts: those with a value, with one of several, or within a range."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from vermegroup.entry import Entry
from vermegroup.kind import Renaming
from vermegroup.phrase import Phrase, either, phrase
from vermegroup.roster import BoolArray, IntArray, Roster
from vermegroup.rules.stretch import Stretch, read_stretch, stretch_name, stretch_text
from vermegroup.rules.trait_names import has_unit, people_with, trait_name, value_name

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
        values = tuple(dict.fromkeys(map(str, value)))
        return _plain_value(trait, values)
    text = str(value)
    stretch = read_stretch(text)
    return text if stretch is None or _is_value(trait, text) else stretch


def _plain_value(trait: str, values: tuple[str, ...]) -> Value:
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
        if isinstance(self.value, Stretch):
            return self.value
        return _plain_value(self.trait, tuple(names.value(self.trait, own) for own in self.values))

    def plain(self) -> dict[str, object]:
        """The trait and what stands behind it, as plain values to be written again."""
        if isinstance(self.value, Stretch):
            return {self.trait: stretch_text(self.value)}
        one = isinstance(self.value, str) and isinstance(read_value(self.trait, self.value), str)
        return {self.trait: self.value if one else list(self.values)}

    def people(self, count: int | str) -> Phrase:
        """How many of them: "3 people with profession teacher or leader"."""
        if isinstance(self.value, Stretch):
            return people_with(self.trait, stretch_name(self.value), count)
        if isinstance(self.value, str):
            return people_with(self.trait, self.value, count)
        return people_with(self.trait, self._either(), count)

    def who(self) -> Phrase:
        """The trait and what is asked of it, for use in brackets: "experience: new"."""
        return phrase(
            "{trait}: {value}",
            "{trait}: {value}",
            "{trait}: {value}",
            trait=trait_name(self.trait),
            value=self._either(),
        )

    def _either(self) -> Phrase:
        if isinstance(self.value, Stretch):
            return stretch_name(self.value)
        return either([value_name(self.trait, value) for value in self.values])


_EMPTY = Phrase(
    "The range begins above its end",
    "Väli alkaa loppuaan suuremmasta luvusta",
    "Intervallet börjar ovanför sitt slut",
)
