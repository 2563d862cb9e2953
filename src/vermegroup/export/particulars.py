"""What members are told of their group besides who is in it: leader, theme, place and time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from vermegroup.export.handout import Handout, HandoutGroup
from vermegroup.export.rendered import Every, Meetings, Wanted
from vermegroup.export.schedule import series_of
from vermegroup.intake.hours import day_of
from vermegroup.language.clock import at_time
from vermegroup.language.days import with_weekday
from vermegroup.language.messages import Message, _, joined, ngettext, verbatim
from vermegroup.report.fact_labels import labels


@dataclass(frozen=True, slots=True)
class Particulars:
    """A group's, in the language of whoever reads them; each is "" where it is not known.

    ``day`` is that of the first meeting, or of the only one. ``common`` are the times that suit all
    members, where no time is set.
    """

    leader: str = ""
    theme: str = ""
    place: str = ""
    day: str = ""
    time: str = ""
    common: str = ""
    repeats: str = ""


def particulars(group: HandoutGroup, handout: Handout, wanted: Wanted) -> Particulars:
    """What is known of a group: what was asked for goes before what its facts tell."""
    facts, language = group.facts, wanted.language
    day, time = first_day(group, handout, wanted.meetings), _time(group, handout, wanted.meetings)
    return Particulars(
        leader=group.leader,
        theme=facts.theme if facts else "",
        place=facts.place if facts else "",
        day=with_weekday(day).in_(language) if day else "",
        time=at_time(time).in_(language) if time else "",
        common="" if time else common_times(group),
        repeats="" if handout.meeting else _repeats(group, wanted.meetings).in_(language),
    )


def told(
    group: HandoutGroup, handout: Handout, wanted: Wanted, *, marked: bool = True
) -> Iterator[tuple[str, str, str]]:
    """The name, the label and the text of each particular that is known.

    The day has its time with it, and members who are ``marked`` as leaders are not told again.
    """
    known = particulars(group, handout, wanted)
    if known.day and known.time:
        known = replace(known, day=f"{known.day} {known.time}", time="")
    if marked and known.leader == ", ".join(
        member.name for member in group.members if member.leads
    ):
        known = replace(known, leader="")
    for name, label in labels(meeting=handout.meeting).items():
        if text := getattr(known, name):
            yield name, label.in_(wanted.language), text


def first_day(group: HandoutGroup, handout: Handout, meetings: Meetings) -> date | None:
    """When a group meets first, as a calendar has it: at its common hour, it may be a later day."""
    if series := series_of(group, handout, meetings):
        return series.start.date()
    if meetings.first or handout.meeting:
        return meetings.first or handout.day
    return group.facts.first_meeting if group.facts else None


def common_times(group: HandoutGroup) -> str:
    """Those that suit all members, in the order of the week."""
    return ", ".join(sorted(group.times, key=_in_the_week))


def _time(group: HandoutGroup, handout: Handout, meetings: Meetings) -> str:
    if meetings.time:
        return f"{meetings.time:%H:%M}"
    if group.facts and group.facts.time:
        return group.facts.time
    series = series_of(group, handout, meetings)
    return f"{series.start:%H:%M}" if series else ""


def _in_the_week(time: str) -> tuple[int, str]:
    day = day_of(time)
    return 7 if day is None else day, time


def _repeats(group: HandoutGroup, meetings: Meetings) -> Message:
    often = group.facts.repeats if group.facts else ""
    parts = [_OFTEN[meetings.every] if meetings.every else verbatim(often)]
    if meetings.count:
        parts.append(ngettext("{n} meeting", "{n} meetings", meetings.count))
    return joined((part for part in parts if part != verbatim("")), ", ")


_OFTEN: Mapping[Every, Message] = {
    Every.WEEK: _("every week"),
    Every.TWO_WEEKS: _("every two weeks"),
    Every.MONTH: _("every month"),
}
