"""Calendars: one of all groups and one of each, with an event that repeats as the group meets.

By `RFC 5545 <https://www.rfc-editor.org/rfc/rfc5545>`_, without METHOD: they are files to be
opened, and invite nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone, vCalAddress, vUri

from vermegroup.domain.findings import Finding, Severity
from vermegroup.domain.group_facts import GroupFacts
from vermegroup.export.addresses import has_address, without_address
from vermegroup.export.handout import Handout, HandoutGroup, Member, file_stems
from vermegroup.export.rendered import Kind, Rendered, Wanted
from vermegroup.export.repetition import ONCE
from vermegroup.export.revisions import revise, uid_of
from vermegroup.export.schedule import Series, schedule
from vermegroup.export.time_zones import vtimezone, zone_called
from vermegroup.intake.files.source import UnopenedError, bytes_of
from vermegroup.language.catalogues import Language
from vermegroup.language.legible import legible
from vermegroup.language.messages import N_, N_several, _, verbatim

_FOLDER = "calendar"
_ALL = "all"
_URL = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
_IN_ADDRESSES = "@!$&'*+-/=^_`{|}~."
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f]+")


def calendars(handout: Handout, wanted: Wanted) -> Rendered:
    """``all.ics`` and a file for each group whose day and hour are known."""
    zone = zone_called(wanted.meetings.zone)
    found, findings = schedule(handout, wanted.meetings)
    if isinstance(zone, Finding):
        return Rendered({}, (*findings, zone))
    if not found:
        return Rendered({}, tuple(findings))
    events = [_event(handout, series, zone, wanted) for series in found]
    findings += _gone(revise(events, _earlier(handout, wanted.folder)))
    findings += without_address(handout, Kind.CALENDAR, stands=True) if wanted.emails else ()
    clock = _clock(found, zone)
    files = {f"{_FOLDER}/{_ALL}.ics": _calendar(handout.name, clock, events)}
    titles = [series.group.title for series in found]
    for event, title, stem in zip(events, titles, file_stems([_ALL, *titles])[1:], strict=True):
        files[f"{_FOLDER}/{stem}.ics"] = _calendar(title, clock, [event])
    return Rendered(files, tuple(findings))


def _earlier(handout: Handout, folder: Path | None) -> bytes:
    """What the latest export wrote of these groups, or of those that they came from."""
    for place in (*([folder] if folder else []), *handout.exports):
        with suppress(UnopenedError, OSError):
            return bytes_of(place / _FOLDER / f"{_ALL}.ics")
    return b""


def _gone(count: int) -> Iterator[Finding]:
    if count:
        yield Finding(Severity.WARNING, _GONE.filled(count), hint=_TAKE_OUT)


def _clock(found: Sequence[Series], zone: ZoneInfo) -> Timezone:
    years = [series.start.year for series in found]
    # Who meets for more years than a few has the rules by which clocks change then.
    return vtimezone(zone, min(years), max(years))


def _calendar(name: str, clock: Timezone, events: Sequence[Event]) -> bytes:
    calendar = Calendar()
    calendar.add("PRODID", "-//vermegroup//export//EN")
    calendar.add("VERSION", "2.0")
    calendar.add("X-WR-CALNAME", _line(name))
    calendar.add_component(clock)
    for event in events:
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _event(handout: Handout, series: Series, zone: ZoneInfo, wanted: Wanted) -> Event:
    group, facts = series.group, series.group.facts or GroupFacts(series.group.id)
    start = series.start.replace(tzinfo=zone)
    event = Event()
    event.add("UID", uid_of(handout.series, group.id))
    event.add("SUMMARY", _line(group.called.in_(wanted.language)))
    event.add("DTSTART", start)
    event.add("DTEND", start + timedelta(minutes=series.minutes))
    if series.repetition is not ONCE:
        event.add("RRULE", series.repetition.rule(series.start.date(), series.count))
    event.add("DESCRIPTION", _description(group, wanted.language))
    if facts.place:
        event.add("LOCATION", _line(facts.place))
    if _URL.fullmatch(facts.place):
        event.add("URL", vUri(facts.place))
    if wanted.emails:
        _invite(event, group)
    return event


def _description(group: HandoutGroup, language: Language) -> str:
    """What stands with the event: who is in the group, what it is about, and who leads it."""
    names = ", ".join(member.name for member in group.members)
    theme = group.facts.theme if group.facts else ""
    told = ((_THEME, theme), (_LEADER, group.leader), (_MEMBERS, names))
    lines = [_OF.filled(what=what, text=verbatim(text)) for what, text in told if text]
    return "\n".join(_line(line.in_(language)) for line in lines)


def _invite(event: Event, group: HandoutGroup) -> None:
    reached: dict[str, Member] = {}
    for member in filter(has_address, group.members):
        reached.setdefault(member.email.casefold(), member)
    for member in reached.values():
        address = vCalAddress(f"mailto:{quote(member.email, safe=_IN_ADDRESSES)}")
        address.params["CN"] = _line(member.name)
        event.add("ATTENDEE", address, encode=False)


def _line(text: str) -> str:
    """A text on one line, without what no calendar may hold."""
    return _CONTROLS.sub(" ", " ".join(legible(text).splitlines())).strip()


# Translators: as in "theme: music"
_OF = N_("{what}: {text}")
_THEME, _LEADER, _MEMBERS = _("Theme"), _("Leader"), _("Members")
_GONE = N_several(
    "{n} event of the earlier calendar is not in this one",
    "{n} events of the earlier calendar are not in this one",
)
_TAKE_OUT = _("Whoever has the earlier one must take them out by hand")
