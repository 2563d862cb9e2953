"""The summary of a report as plain blocks: whoever shows it chooses colours and widths."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Mood(StrEnum):
    """What a line feels like: whoever shows it may choose a colour by it."""

    GOOD = "good"
    BAD = "bad"
    UNSURE = "unsure"
    QUIET = "quiet"


@dataclass(frozen=True, slots=True)
class Headline:
    """The verdict in a word, in a sentence, and the counts."""

    mood: Mood
    label: str
    sentence: str
    counts: str


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a list, with what is to be said of it below."""

    mood: Mood
    text: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with a list of items, or with rows: a group's name and its members."""

    title: str
    items: tuple[Item, ...] = ()
    rows: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Summary:
    """What the terminal shows of a report."""

    headline: Headline
    sections: tuple[Section, ...]
