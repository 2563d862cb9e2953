"""What people write of how often they meet is understood wholly, or not at all."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

import pytest
from dateutil.rrule import rrulestr

from vermegroup.export.repetition import ONCE, Repetition, Unit, read_repetition

WEEKLY = (
    "viikoittain",
    "Joka viikko.",
    "kerran viikossa",
    "viikon välein",
    "varje vecka",
    "en gång i veckan",
    "veckovis",
    "weekly",
    "once a week",
)
TWO_WEEKS = (
    "joka toinen viikko",
    "kahden viikon välein",
    "2 vk välein",
    "joka 2. viikko",
    "14 päivän välein",
    "varannan vecka",
    "var fjortonde dag",
    "med två veckors mellanrum",
    "every other week",
    "every 2nd week",
    "every fortnight",
)
MONTHLY = (
    "kuukausittain",
    "joka kuu",
    "kerran kuukaudessa",
    "1 krt/kk",
    "varje månad",
    "en gång per månad",
    "1 gång/mån",
    "monthly",
    "every month",
)
OTHERS = {
    "neljän viikon välein": Repetition(Unit.WEEK, 4),
    "var tredje vecka": Repetition(Unit.WEEK, 3),
    "varannan månad": Repetition(Unit.MONTH, 2),
    "once every two months": Repetition(Unit.MONTH, 2),
    "maanantaisin": Repetition(Unit.WEEK, weekday=0),
    "joka toinen tiistai": Repetition(Unit.WEEK, 2, 1),
    "every other Tuesday": Repetition(Unit.WEEK, 2, 1),
}
UNCLEAR = (
    "2 kertaa kuussa",
    "två gånger i månaden",
    "2 krt/kk",
    "twice a month",
    "biweekly",
    "kuukauden toinen tiistai",
    "joka kuukauden toinen tiistai",
    "second Tuesday of the month",
    "joka tiistai ja torstai",
    "1-2 kk välein",
    "joka viikko 2",
    "10 päivän välein",
    "joka 0. viikko",
    "2 viikkoa",
    "joka",
    "tarvittaessa",
    "kuukausittain, 6 kertaa",
    "=1+1",
)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        *((text, Repetition(Unit.WEEK)) for text in WEEKLY),
        *((text, Repetition(Unit.WEEK, 2)) for text in TWO_WEEKS),
        *((text, Repetition(Unit.MONTH)) for text in MONTHLY),
        *OTHERS.items(),
        *((text, ONCE) for text in ("kerran", "ei toistu", "en gång", "once")),
    ],
)
def test_what_is_clear_is_understood(text: str, meant: Repetition | None) -> None:
    assert read_repetition(text) == meant


@pytest.mark.parametrize("text", UNCLEAR)
def test_what_is_not_clear_is_not_guessed(text: str) -> None:
    with pytest.raises(ValueError, match=re.escape(text)):
        read_repetition(text)


@pytest.mark.parametrize("day", range(31))
def test_every_month_has_a_meeting_on_the_same_day_of_the_week(day: int) -> None:
    first = date(2027, 3, 1) + timedelta(days=day)
    rule = Repetition(Unit.MONTH).rule(first, 24)
    text = ";".join(f"{name}={value}" for name, value in rule.items())
    days = list(rrulestr(text, dtstart=datetime(first.year, first.month, first.day)))
    assert days[0].date() == first
    assert [(each.year * 12 + each.month) for each in days] == list(
        range(2027 * 12 + 3, 2027 * 12 + 27)
    )
    assert {each.weekday() for each in days} == {first.weekday()}
