"""Time zones: which there are, and how a calendar tells when their clocks change.

A calendar program needs rules ("the last Sunday of March") to repeat an event in years to come;
they are read off the changes of those years. See `RFC 5545, 3.6.5
<https://www.rfc-editor.org/rfc/rfc5545#section-3.6.5>`_.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from difflib import get_close_matches
from itertools import groupby, pairwise
from zoneinfo import ZoneInfo, available_timezones

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

from vermegroup.domain.findings import Finding, Severity
from vermegroup.language.messages import N_, Message, _, either, verbatim

# What systems add to the database: it is another zone, or none, on another machine.
_OF_A_MACHINE = frozenset(("localtime", "posixrules", "Factory"))
_MOST_NEAR = 3
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_YEARS = 5
"""So many years tell by which rules clocks change."""


def zone_called(name: str) -> ZoneInfo | Finding:
    """The zone of this name; else an error with those whose names are near."""
    known = available_timezones() - _OF_A_MACHINE
    if name in known:
        return ZoneInfo(name)
    hint = _("Did you mean {near}?", near=_near(name, known)) if _alike(name, known) else _AS_THIS
    message = _UNKNOWN.filled(zone=name)
    return Finding(Severity.ERROR, message, column="--zone", value=name, hint=hint)


def _near(name: str, known: set[str]) -> Message:
    return either(map(verbatim, _alike(name, known)))


def _alike(name: str, known: set[str]) -> list[str]:
    """Zones of the same name or city, whatever the letters' case; else such that differ little."""
    asked = _plain(name)
    whole = sorted(zone for zone in known if asked in (_plain(zone), _city(zone)))
    cities = {_city(zone): zone for zone in sorted(known)}
    names = {_plain(zone): zone for zone in sorted(known)}
    alike = get_close_matches(asked, {**cities, **names}, n=_MOST_NEAR)
    return (whole or list(dict.fromkeys(({**cities, **names})[each] for each in alike)))[
        :_MOST_NEAR
    ]


def _plain(zone: str) -> str:
    return zone.casefold().replace(" ", "_")


def _city(zone: str) -> str:
    return _plain(zone).rpartition("/")[2]


@dataclass(frozen=True, slots=True)
class _Change:
    """Clocks are put from one offset to another, when they show ``at`` by the old one."""

    at: datetime
    before: timedelta
    after: timedelta
    name: str
    summer: bool

    @property
    def kind(self) -> tuple[timedelta, timedelta, str, bool]:
        return self.before, self.after, self.name, self.summer


def vtimezone(zone: ZoneInfo, first: int, last: int) -> Timezone:
    """The VTIMEZONE component for events of the years from ``first`` to ``last``."""
    begins, ends = first - 1, max(last + 1, first + _YEARS)
    changes = sorted(_changes(zone, begins, ends), key=lambda change: (change.kind, change.at))
    kinds = [list(alike) for _kind, alike in groupby(changes, lambda change: change.kind)]
    by_rules = all(_rule(alike, ends + 1 - begins) is not None for alike in kinds)
    component = Timezone()
    component.add("TZID", zone.key)
    if not (kinds and by_rules):
        component.add_component(_observance([_as_before(zone, begins)], None))
    for alike in sorted(kinds, key=lambda alike: alike[0].at):
        rule = _rule(alike, len(alike)) if by_rules else None
        component.add_component(_observance(alike, rule))
    return component


def _observance(
    alike: Sequence[_Change], rule: dict[str, object] | None
) -> TimezoneStandard | TimezoneDaylight:
    """Changes of one kind by a rule, or else each by its date."""
    first, *others = alike
    component = TimezoneDaylight() if first.summer else TimezoneStandard()
    component.add("TZOFFSETFROM", first.before)
    component.add("TZOFFSETTO", first.after)
    component.add("TZNAME", first.name)
    component.add("DTSTART", first.at)
    if rule is not None:
        component.add("RRULE", rule)
    elif others:
        component.add("RDATE", [change.at for change in others])
    return component


def _as_before(zone: ZoneInfo, year: int) -> _Change:
    """What holds when a year begins, as a change to it."""
    day = datetime(year, 1, 1, tzinfo=zone)
    offset = day.utcoffset() or timedelta()
    return _Change(day.replace(tzinfo=None), offset, offset, day.tzname() or "", summer=False)


def _rule(alike: Sequence[_Change], years: int) -> dict[str, object] | None:
    """The RRULE by which clocks change once a year; None where they do not, or by no such rule."""
    days = [change.at for change in alike]
    first = days[0]
    yearly = len({day.year for day in days}) == len(days) == years
    same = {(day.month, day.weekday(), day.time()) for day in days}
    if not (yearly and len(same) == 1):
        return None
    nth = {(day.day - 1) // 7 + 1 for day in days}
    is_last = all((day + timedelta(days=7)).month != day.month for day in days)
    if not is_last and len(nth) > 1:
        return None
    place = -1 if is_last else nth.pop()
    return {"FREQ": "YEARLY", "BYMONTH": first.month, "BYDAY": f"{place}{_DAYS[first.weekday()]}"}


def _changes(zone: ZoneInfo, first: int, last: int) -> Iterator[_Change]:
    start = datetime(first, 1, 1, tzinfo=UTC)
    days = range((datetime(last + 1, 1, 1, tzinfo=UTC) - start).days + 1)
    for before, after in pairwise(start + timedelta(days=day) for day in days):
        if _told(zone, before) != _told(zone, after):
            yield _change(zone, before, after)


def _change(zone: ZoneInfo, low: datetime, high: datetime) -> _Change:
    """The change between two moments, to the second."""
    before = _told(zone, low)
    while high - low > timedelta(seconds=1):
        middle = low + timedelta(seconds=(high - low) // timedelta(seconds=2))
        low, high = (middle, high) if _told(zone, middle) == before else (low, middle)
    offset, (after, name, summer) = before[0], _told(zone, high)
    return _Change((high + offset).replace(tzinfo=None), offset, after, name, summer)


def _told(zone: ZoneInfo, moment: datetime) -> tuple[timedelta, str, bool]:
    there = moment.astimezone(zone)
    return there.utcoffset() or timedelta(), there.tzname() or "", bool(there.dst())


_UNKNOWN = N_("There is no time zone “{zone}”")
_AS_THIS = _("Write it like this: Europe/Helsinki")
