"""What the summary of a check says, in one language."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping, Sequence

from vermegroup.findings import Finding, Severity
from vermegroup.outcome import Verdict
from vermegroup.phrase import Language, Phrase, people_of, phrase
from vermegroup.report.checked import TRAITS, Checked, by_trait
from vermegroup.report.notices import notice
from vermegroup.report.report import GroupCountLine
from vermegroup.report.summary import Headline, Item, Mood, Section, Summary
from vermegroup.report.wording import WORDS

_LINES_SHOWN = 200
_COUNTS_SHOWN = 12
_HEADER_WIDTH = 50


def check_summary(checked: Checked, language: Language) -> Summary:
    """The summary of a check: what is wrong comes before what was merely done."""
    sections = (
        _columns(checked, language),
        _findings(checked, Severity.ERROR, language),
        _findings(checked, Severity.WARNING, language),
        _findings(checked, Severity.NOTICE, language),
        _rows(checked, language),
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
        f"{counts.read - counts.set_aside} {_TAKING_PART.in_(language)}",
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
        Item(Mood.BAD, f"{_called(trait, language)}: {_NO_COLUMN.in_(language)}")
        for trait in checked.missing
    ]
    if not rows and not missing:
        return None
    return Section(_TITLES["columns"].in_(language), tuple(missing), tuple(rows))


def _called(trait: str | None, language: Language) -> str:
    """A trait as people call it, with the name it has in a rulebook where that is another."""
    if trait is None:
        return _KEPT.in_(language)
    name = TRAITS[trait].in_(language) if trait in TRAITS else trait
    return name if name == trait else f"{name} ({trait})"


def _short(header: str) -> str:
    return textwrap.shorten(header, _HEADER_WIDTH, placeholder=" …") or header[:_HEADER_WIDTH]


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
    """The numbers ruled out, and those left open, which are told together."""
    items = []
    for count, line in enumerate(lines):
        before = lines[count - 1] if count else None
        if before is None or (before.possible, before.because) != (line.possible, line.because):
            items.append((line, line))
        else:
            items[-1] = (items[-1][0], line)
    shown = (
        Item(
            Mood.BAD if first.possible is False else Mood.UNSURE,
            f"{_span(first.groups, last.groups)}: {first.because.in_(language)}",
        )
        for first, last in items[:_COUNTS_SHOWN]
    )
    told = [*shown, *_rest(len(items) - _COUNTS_SHOWN, language)]
    return Section(WORDS["group_counts"].in_(language), tuple(told)) if told else None


def _span(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}–{last}"


def _section(name: str, items: Iterable[Item], count: int, language: Language) -> Section | None:
    shown = list(items)
    shown += _rest(count - len(shown), language)
    return Section(_TITLES[name].in_(language), tuple(shown)) if shown else None


def _rest(count: int, language: Language) -> list[Item]:
    if count <= 0:
        return []
    rest = phrase(
        "{count} more; --format json tells all of them",
        "ja {count} muuta; kaikki saa valitsimella --format json",
        "och {count} till; --format json visar alla",
        count=count,
    )
    return [Item(Mood.QUIET, rest.in_(language))]


def label(*, usable: bool) -> Phrase:
    """The check in a word or two."""
    return _USABLE if usable else _NOT_USABLE


def sentence(errors: int, people: int) -> Phrase:
    """The check in one sentence."""
    if errors == 1:
        return _ONE_ERROR
    if errors:
        return phrase(
            "{errors} faults must be put right before groups can be formed.",
            "{errors} virhettä on korjattava, ennen kuin ryhmiä voi muodostaa.",
            "{errors} fel måste rättas innan grupper kan bildas.",
            errors=errors,
        )
    return phrase(
        "{people} can be grouped; whether every rule can hold is for form to say.",
        "Ryhmiteltävänä on {people}; komento form kertoo, voivatko kaikki säännöt toteutua.",
        "{people} kan delas in; kommandot form visar om alla regler kan uppfyllas.",
        people=people_of(people),
    )


_MOODS = {
    Severity.ERROR: Mood.BAD,
    Severity.WARNING: Mood.UNSURE,
    Severity.NOTICE: Mood.QUIET,
}
_TITLES: Mapping[str, Phrase] = {
    "columns": Phrase("Columns", "Sarakkeet", "Kolumner"),
    "error": Phrase("To be put right", "Korjattava", "Att rätta"),
    "warning": Phrase("Worth a look", "Tarkistamisen arvoista", "Värt att kontrollera"),
    "notice": Phrase("How it was read", "Näin luettiin", "Så lästes det"),
    "rows": Phrase("Rows set aside", "Sivuun jätetyt rivit", "Rader som lagts åt sidan"),
}
_TAKING_PART = Phrase("taking part", "osallistuu", "deltar")
_KEPT = Phrase("kept as it is", "säilyy sellaisenaan", "behålls som den är")
_NO_COLUMN = Phrase(
    "no column tells it, and the rulebook needs it",
    "sarake puuttuu, ja sääntökirja tarvitsee sitä",
    "ingen kolumn har den, och regelboken behöver den",
)
_USABLE = Phrase("The roster can be used", "Luetteloa voi käyttää", "Listan kan användas")
_NOT_USABLE = Phrase(
    "The roster cannot be used yet",
    "Luetteloa ei voi vielä käyttää",
    "Listan kan inte användas ännu",
)
_ONE_ERROR = Phrase(
    "One fault must be put right before groups can be formed.",
    "Yksi virhe on korjattava, ennen kuin ryhmiä voi muodostaa.",
    "Ett fel måste rättas innan grupper kan bildas.",
)
