"""Days of the week and times of day: what tells of a time, and which spellings are one time."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import combinations

_DAYS = (
    r"maanantai|måndag|mandag|monday|mån|må|ma|mon",
    r"tiistai|tisdag|tuesday|tues?|tis?",
    r"keskiviikko|onsdag|wednesday|ke|ons?|weds?",
    r"torstai|torsdag|thursday|thu(?:rs?)?|tors?|to",
    r"perjantai|fredag|friday|pe|fre?|fri",
    r"lauantai|lördag|lordag|saturday|la|lör|lö|sat",
    r"sunnuntai|söndag|sondag|sunday|su|sön|sö|sun",
)
_ENDING = r"(?:na|isin|sin|ina|arna|ar|en|s)?"
_PARTS_OF_DAY = (
    r"aamu(?:lla|isin|t)?|morgon(?:en)?|morgnar|mornings?",
    r"aamupäiv(?:ä|ällä|isin|ät)|ap|förmiddag(?:en|ar)?|fm",
    r"iltapäiv(?:ä|ällä|isin|ät)|ip|eftermiddag(?:en|ar)?|em|afternoons?",
    r"ilta|illalla|iltaisin|illat|kväll(?:en|ar)?|evenings?",
)
_APART = r"[\s,.:_–—-]*"
_DAY = "|".join(f"(?P<d{at}>(?:{names}){_ENDING})" for at, names in enumerate(_DAYS))
_DAY_FIRST = re.compile(rf"(?:{_DAY})(?![^\W\d_]){_APART}(?P<rest>.*)")
_DAY_LAST = re.compile(rf"(?P<rest>.*[^\s,.:–—-]){_APART}(?<![^\W_])(?:{_DAY})\.?")
_TELLS_TIME = re.compile(
    r"\d|(?<![^\W_])(?:maanantai|tiistai|keskiviik|torstai|perjantai|lauantai|sunnuntai|m[åa]ndag"
    r"|tisdag|onsdag|torsdag|fredag|l[öo]rdag|s[öo]ndag|monday|tuesday|wednesday|thursday|friday"
    r"|saturday|sunday|aamu|ilta|illa[nlt]|päiv[äi]|keskipäiv|viikonlop|viikko|arki|lounas|morgon"
    r"|morgnar|förmiddag|eftermiddag|kväll|vardag|helg(?:en|er)?\b|dagtid|lunch|veck|morning"
    r"|afternoon|evening|noon|midday|week|daytime|night)"
)


@lru_cache(maxsize=1 << 14)
def tells_time(text: str) -> bool:
    """Whether a text says when: a day, a part of one, or anything with figures."""
    return _TELLS_TIME.search(text.casefold()) is not None or when(text) is not None


@lru_cache(maxsize=1 << 14)
def when(text: str) -> str | None:
    """What is the same for all spellings of one time; None where it is not wholly understood.

    ``Ma 16-18``, ``maanantaisin klo 16.00–18.00`` and ``Mon 4-6 pm`` are one time.
    """
    day, rest = _day_and_rest(text)
    if not rest:
        return f"{day}" if day is not None else None
    part = next((at for at, words in enumerate(_PARTS_OF_DAY) if re.fullmatch(words, rest)), None)
    hours = clock(rest) if part is None else f"part {part}"
    return None if hours is None else f"{'' if day is None else day} {hours}"


def day_of(text: str) -> int | None:
    """The day of the week, counted from 0, that a text begins or ends with."""
    return _day_and_rest(text)[0]


def _day_and_rest(text: str) -> tuple[int | None, str]:
    bare = " ".join(text.casefold().split())
    for pattern in (_DAY_FIRST, _DAY_LAST):
        if (found := pattern.fullmatch(bare)) is not None:
            day = next(at for at in range(len(_DAYS)) if found[f"d{at}"])
            return day, found["rest"].strip()
    return None, bare


_MOST_COMPARED = 100
_LONG_WORD = 4
_ALIKE = 0.8
_WORDS = re.compile(r"[^\W\d_]+")
_FIGURES = re.compile(r"\d+")
_FULL_HOUR = re.compile(r"(?<=\d)[.:]00(?!\d)")


def near_times(values: Sequence[str]) -> list[tuple[str, str]]:
    """The pairs of different values that may be one time in two spellings."""
    unclear = {value for value in values[:_MOST_COMPARED] if when(value) is None}
    pairs = combinations(values[:_MOST_COMPARED], 2) if unclear else ()
    return [(one, two) for one, two in pairs if unclear & {one, two} and _near(one, two)]


def _near(one: str, two: str) -> bool:
    """Whether two values have the same day and figures, and words that differ little."""
    days = {day for day in map(day_of, (one, two)) if day is not None}
    figures = [_FIGURES.findall(_FULL_HOUR.sub("", text)) for text in (one, two)]
    if len(days) > 1 or figures[0] != figures[1]:
        return False
    first, second = (set(_WORDS.findall(_day_and_rest(text)[1])) for text in (one, two))
    only = sorted(first - second), sorted(second - first)
    if not all(only):
        return bool(figures[0])
    ((a, *more), (b, *others)) = only
    alike = not more and not others and min(len(a), len(b)) >= _LONG_WORD
    return alike and SequenceMatcher(None, a, b).ratio() >= _ALIKE


_NOON, _HOURS, _MINUTES = 12, 24, 60
_CLOCK = re.compile(
    r"(?:klockan|kello|klo|kl|at)?\.?\s*(?P<hour>[0-9]{1,2})(?:[:.](?P<minute>[0-9]{2}))?"
    r"(?:[:.](?P<second>00))?(?:[.,]0+)?\s*(?P<half>[aApPfFeEiI]\.?[mMpP]\.?)?\s*(?:h|o'clock)?",
    re.IGNORECASE,
)
_HALF_OF_DAY = re.compile(r"[apfei]\.?m\.?\s*$|[ai]p\.?\s*$", re.IGNORECASE)
_UNTIL = re.compile(r"\s*(?:[-–—−]|\b(?:to|till|until)\b)\s*")


def clock(text: str) -> str | None:
    """A time of day, ``14:30``, or one with its end, ``14:30–15:30``; None for anything else."""
    parts = _UNTIL.split(text.strip())
    half = _HALF_OF_DAY.search(parts[-1])
    if half is not None and not _HALF_OF_DAY.search(parts[0]):  # 3–4 pm
        parts[0] += half[0]
    times = [_on_the_clock(part) for part in parts]
    told = [time for time in times if time is not None]
    if len(told) < len(times) or len(times) > 2 or sorted(set(told)) != told:
        return None
    return "–".join(told)


def _on_the_clock(text: str) -> str | None:
    found = _CLOCK.fullmatch(text)
    if found is None:
        return None
    hour, minute = of_day(int(found["hour"]), found["half"]), int(found["minute"] or 0)
    return f"{hour:02}:{minute:02}" if hour < _HOURS and minute < _MINUTES else None


def of_day(hour: int, half: str | None) -> int:
    """The hour of a day of 24 that an hour is in the half of the day that a mark tells."""
    mark = (half or "").casefold()[:1]
    if mark in ("p", "i", "e") and hour < _NOON:  # pm, ip. (iltapäivä), em (eftermiddag)
        return hour + _NOON
    return 0 if mark in ("a", "f") and hour == _NOON else hour
