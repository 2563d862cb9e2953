"""What is told of groups, checked against the groups and kept with them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import date
from difflib import get_close_matches

from vermegroup.app.group_facts import Facts, about
from vermegroup.app.save import ReportedOutcome
from vermegroup.domain.findings import Finding, Severity
from vermegroup.domain.group_facts import GroupFacts
from vermegroup.domain.grouping import Grouping
from vermegroup.domain.roster import Roster, group_spelling, labels_of, value_key
from vermegroup.language.messages import N_, Message, N_several, Who, _, either, verbatim
from vermegroup.language.terms import first_of
from vermegroup.report.groups import Groups
from vermegroup.report.report import Members


def with_facts(
    answer: ReportedOutcome,
    read: Facts,
    roster: Roster,
    groups: Grouping | None,
    before: Collection[str] = (),
    permanent: Sequence[str] = (),
) -> ReportedOutcome:
    """The answer with the facts of its ``groups``.

    ``before`` are the groups as they were. A group that is no more loses its facts, which is told;
    where no groups came out, all facts stay, and so they do of ``permanent`` groups that do not
    meet where the groups are those of a meeting.
    """
    if not (read.files or read.findings):
        return answer
    kept, findings = read.facts, list(read.findings)
    if groups is not None and read.files:
        kept, checked = _checked(read, roster, groups, before, permanent)
        findings += checked
    report = answer.report
    by_key = {group_spelling(facts.group): facts for facts in kept}
    places = (
        (place, by_key.get(group_spelling(name))) for place, name in enumerate(report.groups.ids)
    )
    shown = replace(report.groups, facts={place: each for place, each in places if each})
    members = replace(report.members, leads=_leading(report.members, shown))
    told = (*report.findings, *findings)
    report = replace(report, members=members, groups=shown, findings=told)
    return replace(answer, report=report, facts=kept)


def _leading(members: Members, groups: Groups) -> frozenset[int]:
    """The seats of those who lead: of a group whose facts name somebody, that person alone.

    Whoever is no member of it has no seat in it.
    """
    leads = set(members.leads)
    for place, facts in groups.facts.items():
        if facts.leader:
            seats = range(int(groups.ends[place]), int(groups.ends[place + 1]))
            leads.difference_update(seats)
            leads.update(seat for seat in seats if members.ids[seat] == facts.leader_id)
    return frozenset(leads)


def _checked(
    read: Facts,
    roster: Roster,
    groups: Grouping,
    before: Collection[str],
    permanent: Sequence[str],
) -> tuple[tuple[GroupFacts, ...], list[Finding]]:
    """The facts of groups that there are, in their order, and what is to say of all."""
    by_key = {group_spelling(facts.group): facts for facts in read.facts if facts.plain()}
    there = {group_spelling(name): name for name in (*permanent, *groups.names)}
    once = {group_spelling(name) for name in before} - there.keys()
    gone = [facts for key, facts in by_key.items() if key in once]
    unknown = [facts for key, facts in by_key.items() if key not in there and key not in once]
    kept = [replace(by_key[key], group=name) for key, name in there.items() if key in by_key]
    findings = [_unknown(read, facts, [*there.values()]) for facts in unknown]
    findings += _names_twice(read, kept)
    findings += _hours_twice(read, kept, roster)
    if not permanent:  # a leader may miss a meeting, or be a visitor
        findings += _leaders(read, kept, roster, groups)
    if gone:
        told = [facts.group + (f" ({facts.name})" if facts.name else "") for facts in gone]
        findings.append(Finding(Severity.NOTICE, _GONE.filled(len(gone), groups=first_of(told))))
    without = [name for key, name in there.items() if key not in by_key]
    if without:
        message = _WITHOUT.filled(len(without), n=len(without), groups=first_of(without))
        findings.append(Finding(Severity.NOTICE, message, read.files[0].file))
    return tuple(kept), findings


def _unknown(read: Facts, facts: GroupFacts, names: Sequence[str]) -> Finding:
    near = get_close_matches(facts.group, names, n=1)
    hint = _("Did you mean {near}?", near=near[0]) if near else None
    if hint is None:
        hint = _("The groups are: {names}", names=first_of(names, 12))
    message = _UNKNOWN.filled(group=facts.group)
    return about(read, facts, message, hint, "group", facts.group)


def _names_twice(read: Facts, kept: Sequence[GroupFacts]) -> Iterator[Finding]:
    first: dict[str, GroupFacts] = {}
    for facts in kept:
        other = first.setdefault(value_key(facts.name), facts)
        if facts.name and other is not facts:
            message = _("{group} has the same name", group=other.group)
            yield about(read, facts, message, None, "name", facts.name)


def _hours_twice(read: Facts, kept: Sequence[GroupFacts], roster: Roster) -> Iterator[Finding]:
    """A warning for each group whose leader leads another at the same hour of the same day.

    A name that several participants have may be that of another of them each time.
    """
    of_leader: dict[tuple[str, date], list[GroupFacts]] = {}
    for facts in kept:
        if facts.leader and facts.first_meeting and facts.time:
            who = facts.leader_id or value_key(facts.leader)
            of_leader.setdefault((who, facts.first_meeting), []).append(facts)
    for (who, _day), led in of_leader.items():
        if len(led) > 1 and (led[0].leader_id or who not in map(value_key, labels_of(roster))):
            yield from _overlaps(read, led)


def _overlaps(read: Facts, led: Sequence[GroupFacts]) -> Iterator[Finding]:
    for place, facts in enumerate(led):
        other = next((each for each in led[:place] if _overlap(each.time, facts.time)), None)
        if other is not None:
            message = _("{own} leads {group} at the same time", own=_who(facts), group=other.group)
            fact = "time" if read.column(facts, "time") else "first_meeting"
            yield about(read, facts, message, None, fact, facts.time)


def _overlap(one: str, other: str) -> bool:
    """Whether two times of day, as "14:30" or "14:30–15:30", have a moment in common.

    One that ends when the other begins has none.
    """
    (begins, *ends), (starts, *_end) = (time.split("–") for time in sorted((one, other)))
    return begins == starts or starts < max(ends, default=begins)


def _leaders(
    read: Facts, kept: Sequence[GroupFacts], roster: Roster, groups: Grouping
) -> Iterator[Finding]:
    """A warning for each leader who is no member of the group."""
    places = roster.positions([facts.leader_id for facts in kept]).tolist()
    for facts, place in zip(kept, places, strict=True):
        if not facts.leader:
            continue
        own = _groups_of(place, roster, groups) if facts.leader_id and place >= 0 else []
        if facts.group in own:
            continue
        who = _who(facts)
        message = _("{own} leads {group} and is no member of it", own=who, group=facts.group)
        hint = _("Now in {group}", group=own) if own else _near(facts, roster)
        yield about(read, facts, message, hint, "leader", facts.leader)


def _groups_of(place: int, roster: Roster, groups: Grouping) -> list[str]:
    """The names of all groups of somebody, who may be in several."""
    homes = groups.group_of[roster.person_of() == place]
    return [groups.names[home] for home in homes.tolist() if home >= 0]


def _who(facts: GroupFacts) -> Who:
    return Who(facts.leader_id or facts.leader, facts.led_by or facts.leader)


def _near(facts: GroupFacts, roster: Roster) -> Message:
    """What to do about a leader who has no group: it may be a slip of the pen."""
    if not facts.leader_id:
        labels, part = labels_of(roster), facts.leader.casefold()
        near = [label for label in labels if part in label.casefold()][:_MOST_NEAR]
        near = near or get_close_matches(facts.leader, labels, n=_MOST_NEAR)
        if near:
            return _("Did you mean {near}?", near=either(map(verbatim, near)))
    return _LEAD


_MOST_NEAR = 3
_UNKNOWN = N_("There is no group called {group}: what is told of it is left out")
_GONE = N_several(
    "A group is no more, and what was told of it is left out: {groups}",
    "Groups are no more, and what was told of them is left out: {groups}",
)
_WITHOUT = N_several(
    "Nothing is told of {n} group: {groups}", "Nothing is told of {n} groups: {groups}"
)
_LEAD = _(
    "Write a member's name, id or e-mail, or leave the cell as it is if the leader is no member"
)
