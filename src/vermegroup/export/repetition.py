"""How often groups meet, read from what people write of it in Finnish, Swedish and English.

A text is understood only where every word of it is: "joka toinen viikko" is every two weeks, and
"kaksi kertaa kuussa" is nothing, since it does not tell on which days.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from vermegroup.export.rendered import Every
from vermegroup.intake.hours import day_of


class Unit(StrEnum):
    """What is counted from one meeting to the next; a calendar's own words."""

    WEEK = "WEEKLY"
    MONTH = "MONTHLY"


@dataclass(frozen=True, slots=True)
class Repetition:
    """Every so many weeks or months, on a day of the week (from 0) where the text names it."""

    unit: Unit
    interval: int = 1
    weekday: int | None = None

    def rule(self, first: date, count: int | None) -> dict[str, object]:
        """The RRULE of a series that begins on a day, which is on it; endless without ``count``.

        A month has the same weekday again, as its second Tuesday; from the 29th on, its last one.
        """
        rule: dict[str, object] = {"FREQ": self.unit.value}
        if self.interval > 1:
            rule["INTERVAL"] = self.interval
        if count is not None:
            rule["COUNT"] = count
        if self.unit is Unit.MONTH:
            nth = (first.day - 1) // 7 + 1
            rule["BYDAY"] = f"{nth if nth < _FIFTH else -1}{_DAYS[first.weekday()]}"
        return rule


ONCE = None
"""What does not repeat."""
_FIFTH = 5
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
OF: Mapping[Every, Repetition] = {
    Every.WEEK: Repetition(Unit.WEEK),
    Every.TWO_WEEKS: Repetition(Unit.WEEK, 2),
    Every.MONTH: Repetition(Unit.MONTH),
}


def read_repetition(text: str) -> Repetition | None:
    """How often that is.

    Raises ValueError where it is not surely understood.
    """
    words = _words(text)
    if _NOT_AGAIN.fullmatch(" ".join(words)):
        return ONCE
    told = [_WORDS.get(word) or _figure(word) or _day(word) for word in words]
    if None in told:
        raise ValueError(text)
    return _together([each for each in told if each is not None], text)


@dataclass(frozen=True, slots=True)
class _Word:
    """What a word tells: a unit of so many weeks or months, a number, a day, that it repeats."""

    unit: Unit | None = None
    number: int | None = None
    weekday: int | None = None
    every: bool = False
    days: bool = False


def _together(told: list[_Word], text: str) -> Repetition:
    numbers = [at for at, each in enumerate(told) if each.number is not None]
    days = [at for at, each in enumerate(told) if each.weekday is not None]
    units = [at for at, each in enumerate(told) if each.unit is not None] or days
    if len(units) != 1 or len(numbers) > 1 or len(days) > 1 or numbers > units:
        raise ValueError(text)
    of = told[units[0]]
    unit = of.unit or Unit.WEEK
    interval = _number(told[numbers[0]]) if numbers else 1
    weeks, rest = divmod(interval, _WEEK) if of.days else (interval, 0)
    # "The second Tuesday of the month" is not every two months.
    if rest or (days and unit is Unit.MONTH) or not any(each.every for each in told):
        raise ValueError(text)
    return Repetition(unit, weeks, told[days[0]].weekday if days else None)


def _number(word: _Word) -> int:
    return word.number or 1


def _words(text: str) -> list[str]:
    """The words of a text; "once" in any language is one word."""
    plain = " ".join(text.casefold().replace(",", " ").replace(";", " ").split()).strip(" .!")
    return _ONE_TIME.sub("once ", plain).split()


def _figure(word: str) -> _Word | None:
    """A number as in "2", "3." or "14:e"; more than a hundred is none."""
    found = _FIGURE.fullmatch(word)
    return _Word(number=int(found[1])) if found else None


def _day(word: str) -> _Word | None:
    """A day of the week in full, which repeats where it is told so: "maanantaisin", "tisdagar"."""
    weekday = day_of(word) if len(word) >= _SHORTEST_DAY else None
    return None if weekday is None else _Word(weekday=weekday, every=bool(_DAYS_ON.search(word)))


_WEEK = 7
_SHORTEST_DAY = 6
_DAYS_ON = re.compile(r"(?:isin|dagar(?:na)?|days)$")
_FIGURE = re.compile(r"([1-9][0-9]?)(?:\.|:[ae]|nd|rd|th)?")
_ONE_TIME = re.compile(
    r"\b(?:(?:1|yhden|yksi|en) ?(?:x|×|krt|kerran|kerta|gång|time)|1 ?(?=/)|kerran|one time)"
    r"(?: ?/ ?| |$)"
)
_NOT_AGAIN = re.compile(
    "(?:only |vain |bara )?once|ei(?: toistu)?|nej|upprepas inte|no|never|does not repeat"
)
_MEANINGS = (
    # That it repeats.
    ("once joka aina välein var varje vart mellanrum every each", _Word(every=True)),
    ("i a per in on of med om", _Word()),
    # Units.
    ("viikko viikon viikossa vk vko vk:n vko:n", _Word(Unit.WEEK)),
    ("vecka veckan veckor veckors v week weeks", _Word(Unit.WEEK)),
    ("kuukausi kuukauden kuukaudessa kuu kuun kuussa kk kk:n", _Word(Unit.MONTH)),
    ("månad månaden månader månaders mån month months", _Word(Unit.MONTH)),
    ("päivä päivän dag dagar dagars day days", _Word(Unit.WEEK, days=True)),
    ("viikoittain viikottain veckovis weekly", _Word(Unit.WEEK, every=True)),
    ("kuukausittain månadsvis månatligen monthly", _Word(Unit.MONTH, every=True)),
    ("fortnightly", _Word(Unit.WEEK, 2, every=True)),
    ("fortnight", _Word(Unit.WEEK, 2)),
    # How many of them.
    ("toinen kahden kahdessa annan två other second two", _Word(number=2)),
    ("varannan", _Word(number=2, every=True)),
    ("kolmas kolmen kolmessa tredje tre third three", _Word(number=3)),
    ("neljäs neljän neljässä fjärde fyra fourth four", _Word(number=4)),
    ("fjortonde", _Word(number=14)),
)
_WORDS = {word: meaning for words, meaning in _MEANINGS for word in words.split()}
