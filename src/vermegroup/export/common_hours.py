"""The hours of the week that all members of a group share: "ma 15-16", "ti klo 17"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from vermegroup.intake.hours import when

_WEEK = 7
_HOUR = re.compile(r"(?P<day>[0-6]?) (?P<hours>[0-9:–]+)")


@dataclass(frozen=True, slots=True)
class CommonHour:
    """An hour, as it is written; ``weekday`` (from 0) is None for one of any day.

    ``ends`` is None where only its beginning is told.
    """

    text: str
    weekday: int | None
    begins: time
    ends: time | None

    def on_or_after(self, day: date) -> date:
        """The first day, from this one on, that has the hour."""
        ahead = 0 if self.weekday is None else (self.weekday - day.weekday()) % _WEEK
        return day + timedelta(days=ahead)

    def takes(self, start: datetime) -> bool:
        """Whether a meeting may begin then."""
        on_its_day = self.on_or_after(start.date()) == start.date()
        within = self.ends is not None and self.begins <= start.time() < self.ends
        return on_its_day and (within or start.time() == self.begins)

    def is_shorter(self, minutes: int) -> bool:
        """Whether it surely has an end before so many minutes are over."""
        return self.ends is not None and minutes_between(self.begins, self.ends) < minutes


def common_hours(times: Sequence[str]) -> list[CommonHour]:
    """Those of the texts that wholly tell an hour."""
    found = ((text, _HOUR.fullmatch(when(text) or "")) for text in times)
    return [
        CommonHour(text, int(hour["day"]) if hour["day"] else None, *clock_times(hour["hours"]))
        for text, hour in found
        if hour
    ]


def clock_times(told: str) -> tuple[time, time | None]:
    """The times of "14:30" or "14:30–15:30"."""
    begins, _mark, ends = told.partition("–")
    return time.fromisoformat(begins), time.fromisoformat(ends) if ends else None


def minutes_between(begins: time, ends: time) -> int:
    """How long it is from one time of a day to another."""
    return (ends.hour - begins.hour) * 60 + ends.minute - begins.minute
