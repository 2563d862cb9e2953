"""What the summary of a check says, in one language."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from vermegroup.findings import Finding, Severity
from vermegroup.outcome import Verdict
from vermegroup.phrase import Language
from vermegroup.report.check_words import KEPT, NO_COLUMN, TAKING_PART, TITLES, rest
from vermegroup.report.checked import TRAITS, Checked, by_trait
from vermegroup.report.count_lines import SHOWN, count_items
from vermegroup.report.notices import notice
from vermegroup.report.report import GroupCountLine
from vermegroup.report.summary import Headline, Item, Mood, Section, Summary
from vermegroup.report.why_not_words import why_not_sections
from vermegroup.report.wording import WORDS

_LINES_SHOWN = 200
_HEADER_WIDTH = 44
_MOODS = {
    Severity.ERROR: Mood.BAD,
    Severity.WARNING: Mood.UNSURE,
    Severity.NOTICE: Mood.QUIET,
}


def check_summary(checked: Checked, language: Language) -> Summary:
    """The summary of a check: what is wrong comes before what was merely done."""
    sections = (
        _columns(checked, language),
        _findings(checked, Severity.ERROR, language),
        _findings(checked, Severity.WARNING, language),
        _findings(checked, Severity.NOTICE, language),
        _rows(checked, language),
        *why_not_sections(checked.report, language),
        _group_counts(checked.report.group_counts, language),
    )
    return Summary(
        _headline(checked, language), tuple(section for section in sections if section is not None)
    )


def _headline(checked: Checked, language: Language) -> Headline:
    report = checked.report
    bad = not checked.usable or report.verdict is Verdict.IMPOSSIBLE
    counts = report.counts
    parts = [
        f"{counts.read} {WORDS['read'].in_(language)}",
        f"{counts.read - counts.set_aside} {TAKING_PART.in_(language)}",
        f"{counts.set_aside} {WORDS['set_aside'].in_(language)}",
    ]
    return Headline(
        Mood.BAD if bad else Mood.GOOD,
        report.label.in_(language),
        report.sentence.in_(language),
        " · ".join(parts),
    )


def _columns(checked: Checked, language: Language) -> Section | None:
    rows = [
        (_called(trait, language), tuple(map(_short, headers)))
        for trait, headers in by_trait(checked.columns).items()
    ]
    missing = [
        Item(Mood.BAD, f"{_called(trait, language)}: {NO_COLUMN.in_(language)}")
        for trait in checked.missing
    ]
    if not rows and not missing:
        return None
    return Section(TITLES["columns"].in_(language), tuple(missing), tuple(rows))


def _called(trait: str | None, language: Language) -> str:
    """A trait as people call it, with the name it has in a rulebook where that is another."""
    if trait is None:
        return KEPT.in_(language)
    name = TRAITS[trait].in_(language) if trait in TRAITS else trait
    return name if name == trait else f"{name} ({trait})"


def _short(header: str) -> str:
    cut = header[: _HEADER_WIDTH - 1].rstrip()
    return header if len(header) <= _HEADER_WIDTH else f"{cut}…"


def _findings(checked: Checked, severity: Severity, language: Language) -> Section | None:
    told = {(each.row, each.reason) for each in checked.rows}
    chosen = [
        finding
        for finding in checked.report.findings
        if finding.severity is severity and (finding.row, finding.message) not in told
    ]
    items = (_item(finding, language) for finding in chosen[:_LINES_SHOWN])
    return _section(severity.value, items, len(chosen), language)


def _item(finding: Finding, language: Language) -> Item:
    line = notice(finding, language)
    place = line.place.removeprefix(finding.file).removeprefix(", ")
    return Item(
        _MOODS[finding.severity],
        f"{place}: {line.message}" if place else line.message,
        line.hint or "",
    )


def _rows(checked: Checked, language: Language) -> Section | None:
    row = WORDS["row"].in_(language)
    items = (
        Item(Mood.QUIET, f"{row} {each.row}: {each.reason.in_(language)}")
        for each in checked.rows[:_LINES_SHOWN]
    )
    return _section("rows", items, len(checked.rows), language)


def _group_counts(lines: Sequence[GroupCountLine], language: Language) -> Section | None:
    items = count_items(lines, language)
    told = [*items[:SHOWN], *_rest(len(items) - SHOWN, language)]
    return Section(WORDS["group_counts"].in_(language), tuple(told)) if told else None


def _section(name: str, items: Iterable[Item], count: int, language: Language) -> Section | None:
    shown = list(items)
    shown += _rest(count - len(shown), language)
    return Section(TITLES[name].in_(language), tuple(shown)) if shown else None


def _rest(count: int, language: Language) -> list[Item]:
    if count <= 0:
        return []
    return [Item(Mood.QUIET, rest(count).in_(language))]
