"""What a report tells of a meeting, and of those who wait for a permanent group meanwhile."""

from __future__ import annotations

from dataclasses import replace

from vermegroup.domain.one_meeting import OneMeeting
from vermegroup.language.messages import _
from vermegroup.language.terms import people_of
from vermegroup.report.report import PreferenceLine, Report
from vermegroup.rules.place_everyone import PlaceEveryone


def with_meeting(report: Report, meeting: OneMeeting | None) -> Report:
    """The report with its meeting; whoever waits for a permanent group is in the queue all along.

    What is said of everybody is then said of those who take part.
    """
    waiting = len(meeting.waiting) if meeting else 0
    report = replace(report, meeting=meeting)
    if not waiting:
        return report
    counts = report.counts
    return replace(
        report,
        counts=replace(
            counts, waitlisted=counts.waitlisted + waiting, set_aside=counts.set_aside - waiting
        ),
        rules=tuple(
            replace(line, sentence=_ALL_WHO_COME) if line.kind == PlaceEveryone.kind else line
            for line in report.rules
        ),
        preferences=tuple(map(_of_who_comes, report.preferences)),
    )


def _of_who_comes(line: PreferenceLine) -> PreferenceLine:
    if line.kind != PlaceEveryone.kind or line.value is None:
        return line
    told = _("without a group: {people}", people=people_of(int(line.value)))
    return replace(line, sentence=_FEW_WHO_COME, in_words=told)


_ALL_WHO_COME = _("Everyone who comes is placed in a group")
_FEW_WHO_COME = _("As few as possible of those who come are left without a group")
