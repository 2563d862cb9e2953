"""What is told of a single meeting, sentence by sentence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from vermegroup.domain.one_meeting import Attendee, Lack, OneMeeting
from vermegroup.domain.outcome import Verdict
from vermegroup.language.alphabet import alphabetical
from vermegroup.language.catalogues import Language
from vermegroup.language.days import meeting_on
from vermegroup.language.messages import (
    Message,
    N_several,
    Template,
    _,
    as_sentence,
    joined,
    ngettext,
    verbatim,
)
from vermegroup.language.terms import people_of
from vermegroup.report.blocks import Item, Mood, Section
from vermegroup.report.report import Report
from vermegroup.report.words import WORDS, more, more_in_file

_SHOWN = 20


def meeting_title(report: Report, meeting: OneMeeting) -> Message:
    """The heading: the day, unless the verdict tells it."""
    if meeting.day is None or report.verdict is Verdict.FORMED:
        return WORDS["this_meeting"]
    return meeting_on(meeting.day)


def meeting_lines(meeting: OneMeeting, most: int) -> list[tuple[Mood, Message]]:
    """Who is absent or waits, which groups do not meet, what others go without: so many of each."""
    lines = [(Mood.QUIET, _absent(meeting, most))] if meeting.absent else []
    lines += [(Mood.UNSURE, _waiting(meeting, most))] if meeting.waiting else []
    lines += _first((_not_meeting(meeting, name) for name in meeting.not_meeting), most)
    return [*lines, *_first(map(lack_line, meeting.lacks), most)]


def _first(lines: Iterable[Message], most: int) -> list[tuple[Mood, Message]]:
    """The first lines, and how many more there are."""
    told = list(lines)
    found = [(Mood.UNSURE, line) for line in told[:most]]
    rest = len(told) - most
    return [*found, (Mood.QUIET, more_in_file(rest, "report.json"))] if rest > 0 else found


def meeting_sections(report: Report, language: Language) -> list[Section]:
    """The same as a section of the summary; nothing where there is nothing to say."""
    if report.meeting is None:
        return []
    lines = meeting_lines(report.meeting, _SHOWN)
    items = [Item(mood, as_sentence(line, language)) for mood, line in lines]
    title = meeting_title(report, report.meeting).in_(language)
    return [Section(title, tuple(items))] if items else []


def permanent_sections(report: Report, language: Language, most: int) -> list[Section]:
    """The permanent groups, where they are at most so many."""
    if report.meeting is None or not 0 < len(report.meeting.permanent) <= most:
        return []
    rows = tuple(permanent_rows(report.meeting))
    return [Section(WORDS["permanent_groups"].in_(language), rows=rows)]


def permanent_rows(meeting: OneMeeting) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each permanent group with its members."""
    for name, members in meeting.permanent.items():
        yield name, tuple(sorted((each.label for each in members), key=alphabetical))


def visitor_mark(report: Report, seat: int, language: Language) -> str:
    """That the member in a seat is a visitor, and from where: "visitor, G05"."""
    if report.meeting is None:
        return ""
    visitor = report.meeting.visitors.get(report.members.ids[seat])
    own = visitor is not None and visitor.several and seat not in _seats_of(report, visitor.group)
    if visitor is None or own:
        return ""
    mark = _("visitor, {group}", group=visitor.home) if visitor.home else _("visitor")
    return mark.in_(language)


def _seats_of(report: Report, name: str) -> range:
    """The seats of the group of a name: whoever is in several groups is no visitor in her own."""
    group = next((each for each in report.groups if each.id == name), None)
    return range(0) if group is None else range(group.start, group.stop)


def lack_line(lack: Lack, *, by_name: bool = True) -> Message:
    """As in "G03 meets, though it lacks 1 experienced person: Aino is absent"; else with ids."""
    who = [each.label if by_name else each.person for each in lack.absent]
    told = {"group": lack.group, "who": who}
    if lack.lacked is not None:
        form = _WITHOUT if who else _WITHOUT_CAUSE
        return form.filled(len(who), lacked=lack.lacked, **told)
    return (_ALL_THE_SAME if who else _ALL_THE_SAME_CAUSE).filled(
        len(who), breach=lack.breach, **told
    )


def _absent(meeting: OneMeeting, most: int) -> Message:
    """Who is absent, from which group, and how many are there without them, if it meets."""
    comers = meeting.comers()
    named = [_with_home(each, comers.get(each.home, 0)) for each in meeting.absent[:most]]
    if len(meeting.absent) > most:
        named.append(more(len(meeting.absent) - most))
    return _("Absent: {people}", people=named)


def _waiting(meeting: OneMeeting, most: int) -> Message:
    """Who waits for a permanent group, and so has no part in a meeting."""
    named = [verbatim(each.label) for each in meeting.waiting[:most]]
    if len(meeting.waiting) > most:
        named.append(more(len(meeting.waiting) - most))
    return _(
        "In the queue for a permanent group, so not part of this meeting: {people}", people=named
    )


def _with_home(absent: Attendee, comers: int) -> Message:
    if not absent.home:
        return verbatim(absent.label)
    if not comers:
        return Template("{who} ({group})").filled(who=absent.label, group=absent.home)
    # Translators: of someone absent, as in "Aino (G01, now 3 people)"
    return _(
        "{who} ({group}, now {people})",
        who=absent.label,
        group=absent.home,
        people=people_of(comers),
    )


def _not_meeting(meeting: OneMeeting, group: str) -> Message:
    members = meeting.not_meeting[group]
    if not members:
        return _("{group} does not meet: all of its members are absent", group=group)
    goers: dict[tuple[str, bool], list[str]] = {}
    for each in members:
        own = any(each.person == other.person for other in meeting.permanent.get(each.group, ()))
        goers.setdefault((each.group, own), []).append(each.label)
    going = joined(_going(who, target, own=own) for (target, own), who in goers.items())
    return _("{group} does not meet: {going}", group=group, going=going)


def _going(who: list[str], target: str, *, own: bool) -> Message:
    if not target:
        return ngettext("{who} has no group", "{who} have no group", len(who), who=who)
    if own:
        # Translators: of whoever is in several groups, of which this one meets
        return ngettext(
            "{who} is in {group} as well",
            "{who} are in {group} as well",
            len(who),
            who=who,
            group=target,
        )
    # Translators: to the group where they are visitors at the meeting
    return ngettext("{who} goes to {group}", "{who} go to {group}", len(who), who=who, group=target)


_WITHOUT = N_several(
    "{group} meets, though it lacks {lacked}: {who} is absent",
    "{group} meets, though it lacks {lacked}: {who} are absent",
)
_WITHOUT_CAUSE = N_several(
    "{group} meets, though it lacks {lacked}", "{group} meets, though it lacks {lacked}"
)
# Translators: {breach} is as in "more than one municipality: Espoo, Turku"
_ALL_THE_SAME = N_several(
    "{group} meets all the same: {breach} ({who} is absent)",
    "{group} meets all the same: {breach} ({who} are absent)",
)
_ALL_THE_SAME_CAUSE = N_several(
    "{group} meets all the same: {breach}", "{group} meets all the same: {breach}"
)
