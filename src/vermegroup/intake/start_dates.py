"""The day someone began to work, and the years from then to another day."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from vermegroup.intake.moments import moment

EARLIEST = 1940
LONGEST_TEXT = 80

_MONTHS = (
    ("tammikuu", "januari", "january"),
    ("helmikuu", "februari", "february"),
    ("maaliskuu", "mars", "march"),
    ("huhtikuu", "april"),
    ("toukokuu", "maj", "may"),
    ("kesäkuu", "juni", "june"),
    ("heinäkuu", "juli", "july"),
    ("elokuu", "augusti", "august"),
    ("syyskuu", "september"),
    ("lokakuu", "oktober", "october"),
    ("marraskuu", "november"),
    ("joulukuu", "december"),
)
_SEASONS = {"kevät": 1, "vår": 1, "våren": 1, "spring": 1, "keväällä": 1, "keväästä": 1}
_SEASONS |= dict.fromkeys(("syksy", "syksyllä", "syksystä", "höst", "hösten", "autumn", "fall"), 8)

_SINCE = re.compile(
    r"^(?:(?:vuodesta|vuonna|v\.|alkaen|lähtien|sedan|från och med|fr\.?o\.?m\.?|från|år"
    r"|since|from|in)\s+)+"
    r"|\s*(?:[-–—]|alkaen|lähtien|eteenpäin|och framåt|onwards?)$"
)
_YEAR = re.compile(r"([0-9]{4})")
_MONTH_AND_YEAR = re.compile(r"([0-9]{1,2})\s*[/.-]\s*([0-9]{4})|([0-9]{4})\s*[/-]\s*([0-9]{1,2})")
_NAMED = re.compile(r"([a-zåäö]+)\.?\s*([0-9]{4})|([0-9]{4})\s*([a-zåäö]+)")


@dataclass(frozen=True, slots=True)
class Start:
    """When someone began; ``month`` is None where only the year is told."""

    year: int
    month: int | None = None
    day: int = 1

    def years_to(self, day: date) -> Fraction:
        """The years from then to a day, in whole months; negative where it lies later.

        Where only the year is told, whole years from that year to the day's.
        """
        if self.month is None:
            return Fraction(day.year - self.year)
        months = (day.year - self.year) * 12 + day.month - self.month - (day.day < self.day)
        return Fraction(months, 12)


def start_in(text: str) -> Start | None:
    """The start a text tells of: ``2015``, ``8/2015``, ``1.8.2015``, ``since August 2015``."""
    if len(text) > LONGEST_TEXT:
        return None
    bare = _SINCE.sub("", " ".join(text.casefold().split())).strip()
    found = _dated(bare)
    return found if found is not None and found.year >= EARLIEST else None


def _dated(text: str) -> Start | None:
    if _YEAR.fullmatch(text):
        return Start(int(text))
    if (found := _MONTH_AND_YEAR.fullmatch(text)) is not None:
        return _in_month(int(found[2] or found[3]), int(found[1] or found[4]))
    if (found := _NAMED.fullmatch(text)) is not None:
        return _in_month(int(found[2] or found[3]), _month_named(found[1] or found[4]))
    day = moment(text)
    return Start(day.year, day.month, day.day) if day else None


def _in_month(year: int, month: int) -> Start | None:
    return Start(year, month) if 1 <= month <= 12 else None


def _month_named(word: str) -> int:
    """The month's number, 0 for no month: ``elokuu``, ``elokuusta``, ``aug``, ``syksy``."""
    if word in _SEASONS:
        return _SEASONS[word]
    alike = (
        number
        for number, names in enumerate(_MONTHS, start=1)
        if any(word.startswith(name) or (len(word) > 2 and name.startswith(word)) for name in names)
    )
    return next(alike, 0)
