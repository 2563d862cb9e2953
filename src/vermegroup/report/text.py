"""What the summary of a report says, in one language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from vermegroup.outcome import Verdict
from vermegroup.phrase import Language, listing
from vermegroup.report.edge_words import edge_sections
from vermegroup.report.members import bare
from vermegroup.report.notices import summarised
from vermegroup.report.rebalance_text import rebalance_sections
from vermegroup.report.report import Group, PartLine, Report, TraitColumn, TraitKind, by_part
from vermegroup.report.sharing import common_line
from vermegroup.report.standings import (
    PARTS_SHOWN,
    count_sections,
    of_part,
    preference_sections,
    rule_sections,
)
from vermegroup.report.summary import Headline, Item, Mood, Section, Summary
from vermegroup.report.why_not_words import why_not_sections
from vermegroup.report.wording import WORDS

GROUPS_SHOWN = 20


_MOODS = {
    Verdict.FORMED: Mood.GOOD,
    Verdict.IMPOSSIBLE: Mood.BAD,
    Verdict.UNDECIDED: Mood.UNSURE,
    Verdict.INVALID: Mood.BAD,
}


def summary(report: Report, language: Language, written: Sequence[Path] = ()) -> Summary:
    """The summary of a report, with the files that were written for it."""
    invalid = report.verdict is Verdict.INVALID
    groups, rules = _groups(report, language), rule_sections(report, language)
    sections = (
        _section("parts", _parts(report, language), language),
        *rebalance_sections(report.rebalance, language),
        *((*rules, *groups) if invalid else (*groups, *rules)),
        *preference_sections(report, language),
        *edge_sections(report, language),
        *why_not_sections(report, language),
        *count_sections(report, language),
        _findings(report, language),
        _written(written, language),
    )
    return Summary(
        _headline(report, language), tuple(section for section in sections if section is not None)
    )


def _headline(report: Report, language: Language) -> Headline:
    counts = report.counts
    parts = [("read", counts.read), ("placed", counts.placed), ("waitlisted", counts.waitlisted)]
    if counts.set_aside:
        parts.append(("set_aside", counts.set_aside))
    return Headline(
        _MOODS[report.verdict],
        report.label.in_(language),
        report.sentence.in_(language),
        " · ".join(f"{count} {WORDS[word].in_(language)}" for word, count in parts),
    )


def _parts(report: Report, language: Language) -> list[Item]:
    """Every part; of many parts, the first of those that have no groups or break rules."""
    lines = report.parts
    if len(lines) > PARTS_SHOWN:
        lines = tuple(
            line for line in lines if line.verdict is not Verdict.FORMED or not line.groups
        )
    items = [
        Item(
            _mood_of(line),
            f"{line.part.in_(language)}: {line.sentence.in_(language)}",
        )
        for line in lines
    ]
    if len(items) > PARTS_SHOWN:
        more = WORDS["more_alike"].in_(language).format(count=len(items) - PARTS_SHOWN)
        items = [*items[:PARTS_SHOWN], Item(Mood.QUIET, f"… {more}")]
    return items


def _mood_of(line: PartLine) -> Mood:
    all_wait = line.verdict is Verdict.FORMED and not line.groups
    return Mood.UNSURE if all_wait else _MOODS[line.verdict]


def _groups(report: Report, language: Language) -> list[Section]:
    if not 0 < len(report.groups) <= GROUPS_SHOWN:
        return []
    # Of a grouping that breaks rules, the groups to be put right are enough.
    shown = [group for group in report.groups if group.rules_broken] or report.groups
    told = listing((trait.title.in_(language) for trait in _told(report)), language)
    title = WORDS["groups"].in_(language)
    sections = [
        Section(
            of_part(part, f"{title} ({told})" if told else title, language),
            rows=tuple((group.id, _members(report, group, language)) for group in groups),
        )
        for part, groups in by_part(shown)
    ]
    if report.waitlist.size:
        name = WORDS["waitlist"].in_(language)
        row = (name, _members(report, report.waitlist, language))
        if report.parts:  # who waits may be of any part
            sections.append(Section(name, rows=(row,)))
        else:
            sections[-1] = replace(sections[-1], rows=(*sections[-1].rows, row))
    return sections


def _members(report: Report, group: Group, language: Language) -> tuple[str, ...]:
    traits = _told(report)
    members = (
        " ".join([report.members.labels[seat], *(bare(t, seat, language) for t in traits)])
        for seat in range(group.start, group.stop)
    )
    shared = common_line(group, language)
    return (*members, shared) if shared else tuple(members)


def _told(report: Report) -> list[TraitColumn]:
    """The traits told of each member: not a band, which says less than its number."""
    return [trait for trait in report.members.traits if trait.kind is not TraitKind.BAND]


def _findings(report: Report, language: Language) -> Section | None:
    items = [
        Item(
            Mood.QUIET if line.severity == "notice" else Mood.UNSURE,
            f"{line.place}: {line.message}" if line.place else line.message,
            "; ".join(part for part in (line.hint, line.others) if part),
        )
        for line in summarised(report.findings, language)
    ]
    return _section("findings", items, language)


def _written(written: Sequence[Path], language: Language) -> Section | None:
    return _section("written", [Item(Mood.QUIET, str(path)) for path in written], language)


def _section(title: str, items: Sequence[Item], language: Language) -> Section | None:
    return Section(WORDS[title].in_(language), items=tuple(items)) if items else None
