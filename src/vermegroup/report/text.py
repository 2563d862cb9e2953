"""What the summary of a report says, in one language."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from vermegroup.outcome import Verdict
from vermegroup.phrase import Language, listing, number
from vermegroup.report.members import bare
from vermegroup.report.notices import summarised
from vermegroup.report.report import Group, PreferenceLine, Report, RuleLine, TraitColumn, TraitKind
from vermegroup.report.summary import Headline, Item, Mood, Section, Summary
from vermegroup.report.wording import WORDS

GROUPS_SHOWN = 20
_COUNTS_SHOWN = 12
_BREACHES_SHOWN = 8


_MOODS = {
    Verdict.FORMED: Mood.GOOD,
    Verdict.IMPOSSIBLE: Mood.BAD,
    Verdict.UNDECIDED: Mood.UNSURE,
    Verdict.INVALID: Mood.BAD,
}


def summary(report: Report, language: Language, written: Sequence[Path] = ()) -> Summary:
    """The summary of a report, with the files that were written for it."""
    sections = (
        _groups(report, language),
        _rules(report, language),
        _section("preferences", _preferences(report, language), language),
        _group_counts(report, language),
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


def _groups(report: Report, language: Language) -> Section | None:
    if not 0 < len(report.groups) <= GROUPS_SHOWN:
        return None
    rows = [(group.id, _members(report, group, language)) for group in report.groups]
    if report.waitlist.size:
        waiting = _members(report, report.waitlist, language)
        rows.append((WORDS["waitlist"].in_(language), waiting))
    told = listing((trait.title.in_(language) for trait in _told(report)), language)
    title = WORDS["groups"].in_(language)
    return Section(f"{title} ({told})" if told else title, rows=tuple(rows))


def _members(report: Report, group: Group, language: Language) -> tuple[str, ...]:
    traits = _told(report)
    return tuple(
        " ".join([report.members.labels[seat], *(bare(t, seat, language) for t in traits)])
        for seat in range(group.start, group.stop)
    )


def _told(report: Report) -> list[TraitColumn]:
    """The traits told of each member: not a band, which says less than its number."""
    return [trait for trait in report.members.traits if trait.kind is not TraitKind.BAND]


def _rules(report: Report, language: Language) -> Section | None:
    if not report.groups:
        return None
    title = f"{WORDS['rules'].in_(language)} ({report.provenance.origin})"
    return Section(title, tuple(_rule(rule, language) for rule in report.rules))


def _rule(rule: RuleLine, language: Language) -> Item:
    if rule.satisfied:
        room = rule.room.in_(language) if rule.room else ""
        return Item(Mood.GOOD, rule.sentence.in_(language), room)
    broken = [
        f"{violation.group or WORDS['whole_grouping'].in_(language)}: "
        f"{violation.sentence.in_(language)} ({', '.join(violation.labels)})"
        for violation in rule.violations
    ]
    if len(broken) > _BREACHES_SHOWN:
        rest = len(broken) - _BREACHES_SHOWN
        more = WORDS["more_alike"].in_(language).format(count=rest)
        broken = [*broken[:_BREACHES_SHOWN], f"… {more}"]
    return Item(Mood.BAD, rule.sentence.in_(language), "\n".join(broken))


def _preferences(report: Report, language: Language) -> list[Item]:
    return [
        Item(
            _mood(report, line),
            line.sentence.in_(language),
            _value(report, line, language),
        )
        for line in report.preferences
        if line.value is not None
    ]


def _mood(report: Report, line: PreferenceLine) -> Mood:
    if line.proven:
        return Mood.GOOD
    return Mood.QUIET if report.verdict is Verdict.INVALID else Mood.UNSURE


def _value(report: Report, line: PreferenceLine, language: Language) -> str:
    reached = number(float(line.value or 0), language)
    if line.proven:
        return f"{reached}, {WORDS['proven_best'].in_(language)}"
    if report.verdict is Verdict.INVALID:
        return reached  # a bound says nothing of a grouping that breaks the rules
    bound = number(float(line.bound or 0), language)
    return f"{reached}; {WORDS['bound'].in_(language).lower()} {bound}"


def _group_counts(report: Report, language: Language) -> Section | None:
    """Told only where the answer is no or open: otherwise the groups speak for themselves."""
    if report.verdict in (Verdict.FORMED, Verdict.INVALID):
        return None
    moods = {True: Mood.GOOD, False: Mood.BAD, None: Mood.UNSURE}
    items = [
        Item(moods[line.possible], f"{line.groups}: {line.because.in_(language)}")
        for line in report.group_counts
    ]
    if len(items) > _COUNTS_SHOWN:
        items = [*items[:_COUNTS_SHOWN], Item(Mood.QUIET, "…")]
    return _section("group_counts", items, language)


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
