"""What there is to tell of a roster before anything is formed, and its summary."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from vermegroup.domain.findings import Severity
from vermegroup.domain.outcome import GroupCount, Verdict
from vermegroup.domain.roster import SetAside
from vermegroup.language.catalogues import Language
from vermegroup.language.messages import N_, Message, _, as_sentence, joined, ngettext
from vermegroup.language.terms import NAMES, groups_among, people_of
from vermegroup.report.blocks import Headline, Item, Mood, Notice, Section, Summary, summarised
from vermegroup.report.report import Report
from vermegroup.report.sections import SHOWN, count_items
from vermegroup.report.why_not_text import why_not_sections
from vermegroup.report.words import WORDS, read, set_aside


def rest(count: int) -> Message:
    """How many lines are not shown."""
    return ngettext(
        "{n} more; --format json tells all of them",
        "{n} more; --format json tells all of them",
        count,
    )


def label(*, usable: bool) -> Message:
    """The check in a word or two."""
    return _USABLE if usable else _NOT_USABLE


def sentence(errors: int, people: int) -> Message:
    """The check in one sentence."""
    if errors:
        return ngettext(
            "One fault must be put right before groups can be formed.",
            "{n} faults must be put right before groups can be formed.",
            errors,
        )
    return _(
        "{people} can be grouped; whether every rule can hold was not settled in this time.",
        people=people_of(people),
    )


def possible(
    people: int, counts: Sequence[GroupCount], *, possible: bool, everyone: bool
) -> Message:
    """What can be formed, in one sentence; of a split roster without numbers.

    Where not ``everyone`` must be placed, that groups can be formed does not place them all.
    """
    if not possible:
        return sentence(0, people)
    numbers = [line.groups for line in counts if line.possible and line.part is None]
    who = people_of(people)
    if not numbers:
        return (_IN_EVERY_PART if everyone else _IN_PARTS_WITH_A_WAITLIST).filled(people=who)
    form = _WITH_EVERYONE if everyone else _WITH_A_WAITLIST
    return form.filled(people=who, groups=groups_among(numbers, _SPANS))


_SPANS = 6  # told of numbers at the most
_WITH_EVERYONE = N_("{people} can be grouped with every rule kept, for example in {groups}.")
_WITH_A_WAITLIST = N_(
    "Groups can be formed of {people} with every rule kept, for example {groups}; some people may "
    "have to wait."
)
_IN_EVERY_PART = N_("{people} can be grouped with every rule kept, in every part.")
_IN_PARTS_WITH_A_WAITLIST = N_(
    "Groups can be formed of {people} with every rule kept; some people may have to wait."
)
TITLES: Mapping[str, Message] = {
    "columns": _("Columns"),
    "error": _("To be put right"),
    "warning": _("Worth a look"),
    "notice": _("How it was read"),
    "rows": _("Rows set aside"),
}
KEPT = _("kept as it is")
NO_COLUMN = _("no column tells it, and the rulebook needs it")
_USABLE = _("The roster can be used")
_NOT_USABLE = _("The roster cannot be used yet")


@dataclass(frozen=True, slots=True)
class ColumnLine:
    """A column's header, and the trait that was recognised in it; None: kept as it is."""

    header: str
    trait: str | None


@dataclass(frozen=True, slots=True)
class Checked:
    """A report without groups, and what was recognised in the roster.

    ``usable`` says whether groups could be formed of it; ``missing`` are the traits that the
    rulebook needs and no column tells, and ``rows`` are the rows set aside.
    """

    report: Report
    usable: bool
    columns: tuple[ColumnLine, ...]
    missing: tuple[str, ...]
    rows: tuple[SetAside, ...]


TRAITS: Mapping[str, Message] = {**NAMES, "experience": _("experience in words")}
"""What people call the traits that are recognised."""


def by_trait(columns: Sequence[ColumnLine]) -> dict[str | None, list[str]]:
    """The headers of each trait in the order of the columns; under None, those kept as they are."""
    found: dict[str | None, list[str]] = {}
    for column in columns:
        if column.header or column.trait:
            found.setdefault(column.trait, []).append(column.header)
    kept = found.pop(None, None)
    return found if kept is None else {**found, None: kept}


_LINES_SHOWN = 200
_FEW = 20
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
    taking_part = ngettext("{n} taking part", "{n} taking part", counts.read - counts.set_aside)
    parts = (read(counts.read), taking_part, set_aside(counts.set_aside))
    return Headline(
        Mood.BAD if bad else Mood.GOOD,
        report.label.in_(language),
        as_sentence(report.sentence, language),
        joined(parts, " · ").in_(language),
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
    of_rows = {(each.row, each.reason) for each in checked.rows}
    # One roster is checked: whatever row is told is one of its own.
    chosen = [
        replace(finding, file="")
        for finding in checked.report.findings
        if finding.severity is severity and (finding.row, finding.message) not in of_rows
    ]
    # What is wrong is put right row by row; of the rest each kind is told once.
    at_most = len(chosen) if severity is Severity.ERROR else _FEW
    lines = summarised(chosen, language, at_most=at_most)
    items = map(_item, lines[:_LINES_SHOWN])
    return _section(severity.value, items, len(lines), language)


def _item(line: Notice) -> Item:
    return Item(
        _MOODS[line.severity],
        f"{line.place}: {line.message}" if line.place else line.message,
        "; ".join(part for part in (line.hint, line.others) if part),
    )


def _rows(checked: Checked, language: Language) -> Section | None:
    items = (
        Item(
            Mood.QUIET,
            _("row {row}: {reason}", row=each.row, reason=each.reason).in_(language),
        )
        for each in checked.rows[:_LINES_SHOWN]
    )
    return _section("rows", items, len(checked.rows), language)


def _group_counts(lines: Sequence[GroupCount], language: Language) -> Section | None:
    items = count_items(lines, language)
    shown = [*items[:SHOWN], *_rest(len(items) - SHOWN, language)]
    return Section(WORDS["group_counts"].in_(language), tuple(shown)) if shown else None


def _section(name: str, items: Iterable[Item], count: int, language: Language) -> Section | None:
    shown = list(items)
    shown += _rest(count - len(shown), language)
    return Section(TITLES[name].in_(language), tuple(shown)) if shown else None


def _rest(count: int, language: Language) -> list[Item]:
    if count <= 0:
        return []
    return [Item(Mood.QUIET, rest(count).in_(language))]
