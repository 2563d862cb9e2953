"""The summary of a report as plain blocks, and findings in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from vermegroup.domain.findings import Finding, Severity
from vermegroup.language.catalogues import Language
from vermegroup.language.messages import Message, Template, as_sentence, ngettext
from vermegroup.report.words import SEVERITIES


class Mood(StrEnum):
    """What a line feels like: whoever shows it may choose a colour by it."""

    GOOD = "good"
    BAD = "bad"
    UNSURE = "unsure"
    QUIET = "quiet"


@dataclass(frozen=True, slots=True)
class Headline:
    """The verdict in a word, in a sentence, and the counts."""

    mood: Mood
    label: str
    sentence: str
    counts: str


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a list, with what is to be said of it below."""

    mood: Mood
    text: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with a list of items, or with rows: a group's name and its members."""

    title: str
    items: tuple[Item, ...] = ()
    rows: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Summary:
    """What the terminal shows of a report."""

    headline: Headline
    sections: tuple[Section, ...]


_ROWS_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Notice:
    """Findings that are told together: the first in full, the others by their rows."""

    severity: Severity
    word: str
    place: str
    message: str
    hint: str | None
    others: str | None = None
    aside: bool = False
    typed: bool = False


def notice(finding: Finding, language: Language, others: str | None = None) -> Notice:
    """One finding in words."""
    place = finding.place(language)
    return Notice(
        finding.severity,
        SEVERITIES[finding.severity].in_(language),
        place,
        finding.message.in_(language) if place else as_sentence(finding.message, language),
        as_sentence(finding.hint, language) if finding.hint else None,
        others,
        finding.aside,
        of_the_call(finding),
    )


def of_the_call(finding: Finding) -> bool:
    """Whether a finding is of an option's value, which somebody has just typed."""
    return (finding.column or "").startswith("--")


def ranked(findings: Iterable[Finding]) -> list[Finding]:
    """All findings: errors, what was typed in the call, rows set aside, then the worst first."""
    order = list(Severity)

    def rank(finding: Finding) -> tuple[bool, bool, bool, int]:
        severity, typed = finding.severity, of_the_call(finding)
        return severity is not Severity.ERROR, not typed, not finding.aside, order.index(severity)

    return sorted(findings, key=rank)


def summarised(
    findings: Sequence[Finding], language: Language, *, at_most: int = 5
) -> list[Notice]:
    """All findings as they rank; when they are many, those of one kind are told together."""
    if len(findings) <= at_most:
        return [notice(finding, language) for finding in ranked(findings)]
    alike: dict[tuple[object, ...], list[Finding]] = {}
    for finding in ranked(findings):
        told = dict(finding.message.values)
        kind = (
            *(finding.severity, finding.file, finding.column, _says(finding.message)),
            *map(told.get, _TOLD_APART),
        )
        alike.setdefault(kind, []).append(finding)
    return [notice(same[0], language, _others(same[1:], language)) for same in alike.values()]


_TOLD_APART = ("program", "out", "without")
"""What tells apart findings of an export that are alike but for the programs they are about."""


def _says(message: Message) -> Template:
    """What a message says, of whatever text and rows."""
    about = dict(message.values).get("message")
    return _says(about) if isinstance(about, Message) else message.template


def _others(rest: list[Finding], language: Language) -> str | None:
    if not rest:
        return None
    rows = [str(finding.row) for finding in rest if finding.row is not None]
    shown = ", ".join(rows[:_ROWS_SHOWN]) + (", …" if len(rows) > _ROWS_SHOWN else "")
    if not rows:
        return ngettext("{n} more like it", "{n} more like it", len(rest)).in_(language)
    return ngettext(
        "{n} more like it (row {rows})", "{n} more like it (rows {rows})", len(rest), rows=shown
    ).in_(language)
