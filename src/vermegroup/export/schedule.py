"""When each group meets: as the call says, else its facts, else the hour that its members share."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime, time

from vermegroup.domain.findings import Finding, Severity
from vermegroup.domain.group_facts import GroupFacts
from vermegroup.export.common_hours import CommonHour, clock_times, common_hours, minutes_between
from vermegroup.export.handout import Handout, HandoutGroup
from vermegroup.export.rendered import Meetings
from vermegroup.export.repetition import OF, ONCE, Repetition, read_repetition
from vermegroup.language.messages import N_, Message, Template, _

_YEARS = range(1970, 2200)
"""Those that have days in a calendar; a slip of the pen is in none of them."""


@dataclass(frozen=True, slots=True)
class Series:
    """The meetings of a group: the first one by the clock of its place, and what follows it.

    ``count`` is None where they go on without an end.
    """

    group: HandoutGroup
    start: datetime
    minutes: int
    repetition: Repetition | None = ONCE
    count: int | None = 1


def schedule(handout: Handout, asked: Meetings) -> tuple[list[Series], list[Finding]]:
    """The meetings of every group whose day and hour are known, and what is to be told of others.

    It is an error that none is known.
    """
    if asked.first is not None and asked.first.year not in _YEARS:
        said = _NO_DAY_FOR_IT.filled(day=asked.first)
        return [], [Finding(Severity.ERROR, said, column="--first", value=str(asked.first))]
    timings = [_Timing(group, handout, asked) for group in handout.groups]
    found = [series for timing in timings if (series := timing.series()) is not None]
    findings = [finding for timing in timings for finding in timing.findings]
    if not found:
        return [], [Finding(Severity.ERROR, _NOTHING, handout.file, hint=FIRST_AND_TIME)]
    if any(series.count is None for series in found):
        findings.append(Finding(Severity.NOTICE, _ENDLESS, hint=HOW_MANY))
    return found, findings


def series_of(group: HandoutGroup, handout: Handout, asked: Meetings) -> Series | None:
    """The meetings of one group, if its day and hour are known."""
    return _Timing(group, handout, asked).series()


@dataclass(slots=True)
class _Timing:
    """Finds when one group meets, and keeps what is to be told of it."""

    group: HandoutGroup
    handout: Handout
    asked: Meetings
    findings: list[Finding] = field(default_factory=list)

    @property
    def facts(self) -> GroupFacts:
        return self.group.facts or GroupFacts(self.group.id)

    def series(self) -> Series | None:
        first = self._first_day()
        if first is None:
            return None
        told = clock_times(self.facts.time) if self.facts.time else None
        begins = self.asked.time or (told[0] if told else None)
        hour = self._common_hour(first, begins)
        if hour is not None:
            first, begins = hour.on_or_after(first), hour.begins
        if begins is None:
            self._tell(Severity.WARNING, _NO_HOUR, GIVE_TIME)
            return None
        start = datetime.combine(first, begins)
        self._compare(start)
        return Series(self.group, start, self._minutes(told, hour), *self._rhythm(start))

    def _first_day(self) -> date | None:
        """The day on which the group meets first; with --first the earliest that it may be."""
        day = self.asked.first or self._told_day()
        if day is None:
            self._tell(Severity.WARNING, _NO_DAY, GIVE_FIRST)
        elif day.year not in _YEARS:
            self._tell(Severity.WARNING, _NO_SUCH_DAY, GIVE_FIRST, day=day)
        else:
            return day
        return None

    def _told_day(self) -> date | None:
        return self.handout.day if self.handout.meeting else self.facts.first_meeting

    def _common_hour(self, first: date, begins: time | None) -> CommonHour | None:
        """The shared hour that is the next one, where day and hour are not told without it."""
        if self.asked.first is not None and self.asked.time is not None:
            return None
        hours = [
            hour
            for hour in common_hours(self.group.times)
            if begins in (None, hour.begins)
            and (self.asked.first is not None or hour.on_or_after(first) == first)
        ]
        if not hours:
            return None
        best = min(hours, key=lambda hour: (hour.on_or_after(first), hour.begins))
        if len(hours) > 1:
            self._tell(Severity.NOTICE, _SEVERAL, None, hour=best.text)
        return best

    def _minutes(self, told: tuple[time, time | None] | None, hour: CommonHour | None) -> int:
        """How long a meeting is: the facts tell it by its end, if the call tells no other time."""
        if told and told[1] and self.asked.time is None:
            return minutes_between(told[0], told[1])
        minutes = self.asked.minutes
        if hour is not None and hour.is_shorter(minutes):
            self._tell(Severity.WARNING, _TOO_SHORT, None, hour=hour.text, minutes=minutes)
        return minutes

    def _compare(self, start: datetime) -> None:
        """Tell where the call says otherwise than the facts, or the hours that members share."""
        day = self._told_day()
        if self.asked.first and day and day.weekday() != start.weekday():
            self._tell(Severity.WARNING, _OTHER_DAY, None, day=day)
        hours = common_hours(self.group.times)
        all_read = len(hours) == len(self.group.times) > 0
        called = self.asked.first is not None or self.asked.time is not None
        if called and all_read and not any(hour.takes(start) for hour in hours):
            texts = [hour.text for hour in hours]
            self._tell(Severity.WARNING, _OTHER_HOUR, None, hours=texts)

    def _rhythm(self, start: datetime) -> tuple[Repetition | None, int | None]:
        """How meetings repeat, and how many there are."""
        count = self.asked.count
        if count == 1 or self.handout.meeting:
            return ONCE, 1
        repetition = self._repetition(start)
        return repetition, count if repetition is not ONCE else 1

    def _repetition(self, start: datetime) -> Repetition | None:
        if self.asked.every is not None:
            return OF[self.asked.every]
        told = self.facts.repeats
        if not told and self.asked.count is not None:
            self._tell(Severity.WARNING, _NO_RHYTHM, GIVE_EVERY)
        with suppress(ValueError):
            repetition = read_repetition(told) if told else ONCE
            if repetition is ONCE or repetition.weekday in (None, start.weekday()):
                return repetition
        self._tell(Severity.WARNING, _UNREAD, GIVE_EVERY, value=told, text=told)
        return ONCE

    def _tell(
        self,
        severity: Severity,
        said: Template,
        hint: Message | None,
        value: str | None = None,
        **told: object,
    ) -> None:
        """Keep something to be told of the group; what is not known is None."""
        message = said.filled(group=self.group.title, **told)
        file = self.facts.file or self.handout.file
        self.findings.append(Finding(severity, message, file, self.facts.row, None, value, hint))


_NOTHING = _("It is not known when any group meets, so there is nothing for a calendar")
_NO_DAY_FOR_IT = N_("A calendar has no meetings on {day}")
_NO_DAY = N_("It is not known on which day {group} meets first, so it is in no calendar")
_NO_SUCH_DAY = N_("{group} cannot meet on {day}, so it is in no calendar")
_NO_HOUR = N_("It is not known at what time {group} meets, so it is in no calendar")
_NO_RHYTHM = N_("It is not known how often {group} meets, so it has one meeting in the calendar")
_UNREAD = N_(
    "“{text}” does not surely tell how often {group} meets, so it has one meeting in the calendar"
)
_SEVERAL = N_("{group} shares several hours, and meets at the next of them: {hour}")
_TOO_SHORT = N_("{group} shares {hour}, and a meeting of {minutes} minutes is longer")
_OTHER_DAY = N_(
    "The first meeting of {group} was told to be on {day}, another day of the week: what the call "
    "says counts"
)
_OTHER_HOUR = N_("{group} meets when not all of it are free: they share {hours}")
_ENDLESS = _("Meetings that repeat have no end in the calendar")
FIRST_AND_TIME = _("Tell it with --first and --time, or in group-facts.csv")
GIVE_FIRST = _("Tell it with --first, or in group-facts.csv")
GIVE_TIME = _("Tell it with --time, or in group-facts.csv")
GIVE_EVERY = _("Tell it with --every")
HOW_MANY = _("Tell how many there are with --meetings")
