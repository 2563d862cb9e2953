"""What a coordinator tells of a group, fact by fact, each with its label: leader, theme, when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from vermegroup.domain.group_facts import GroupFacts
from vermegroup.language.catalogues import Language
from vermegroup.language.clock import at_time
from vermegroup.language.days import with_weekday
from vermegroup.language.messages import Message, joined
from vermegroup.report.fact_labels import labels, link_of
from vermegroup.report.groups import Group
from vermegroup.report.report import Report


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact by its name, with its label, its text, and the address it leads to, or ""."""

    name: str
    label: str
    text: str
    link: str = ""


def facts_told(report: Report, group: Group, language: Language) -> Iterator[Fact]:
    """The facts that are known of a group, besides its name; the day has its time with it.

    A meeting is on its own day, not on that of the first, and is not repeated.
    """
    facts = group.facts
    if facts is None:
        return
    when = _when(facts, report).in_(language)
    day = "day" if _day(facts, report) else "time"
    known = {
        "leader": facts.led_by or facts.leader,
        "theme": facts.theme,
        day: when,
        "repeats": "" if report.meeting else facts.repeats,
        "place": facts.place,
    }
    for name, label in labels(meeting=report.meeting is not None).items():
        if text := known.get(name):
            yield Fact(name, label.in_(language), text, link_of(name, text))


def facts_line(report: Report, group: Group, language: Language) -> str:
    """As in "Leader: Eila Keksitty · ti 1.12.2026 klo 14.30 · Teams"; without the group's name."""
    return " · ".join(
        f"{fact.label}: {fact.text}" if fact.name == "leader" else fact.text
        for fact in facts_told(report, group, language)
    )


def _day(facts: GroupFacts, report: Report) -> date | None:
    return report.meeting.day if report.meeting else facts.first_meeting


def _when(facts: GroupFacts, report: Report) -> Message:
    day = _day(facts, report)
    told = [with_weekday(day)] if day else []
    return joined([*told, *([at_time(facts.time)] if facts.time else [])], " ")
