"""What is told of a grouping beside random ones: on the terminal and as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from vermegroup.domain.design import Sizes
from vermegroup.domain.outcome import Verdict
from vermegroup.language.catalogues import Language
from vermegroup.language.messages import N_, Message, N_several, _, capital, number
from vermegroup.language.terms import groups_of, people_of
from vermegroup.report.baseline import BaselineReport, StandingLine
from vermegroup.report.blocks import Headline, Item, Mood, Section, Summary
from vermegroup.report.draw_text import finding_items
from vermegroup.report.findings_json import SCHEMA, findings_plain
from vermegroup.report.to_json import laid_out, provenance_plain
from vermegroup.report.words import WORDS

NO_TEST = _(
    "A percentile describes, and is not a test: a grouping that was made to be good was not drawn "
    "by lot"
)


def compared_with(found: BaselineReport) -> Message:
    """With how many groupings, and of what, the groups were compared."""
    report, design = found.report, found.design
    template = _WITH_OTHERS if design.asked.sizes is Sizes.VARYING else _WITH
    return template.filled(
        design.distinct,
        people=people_of(report.counts.placed),
        groups=groups_of(len(report.groups)),
    )


def standing_told(line: StandingLine, draws: int, language: Language) -> list[str]:
    """Where a preference's value stands, in a few sentences."""
    low, high = (number(line.quantiles[each], language) for each in (5, 95))
    told = [
        _HERE.filled(value=line.in_words),
        _RANDOM.filled(mean=line.mean, sd=line.sd, low=low, high=high),
        _AS_GOOD.filled(line.as_good, draws=draws, percentile=line.percentile),
    ]
    return [capital(each).in_(language) for each in told]


def title_of(line: StandingLine, language: Language) -> str:
    """The preference, under the name of its part."""
    sentence = line.sentence.in_(language)
    return sentence if line.part is None else f"{line.part.in_(language)}: {sentence}"


def baseline_summary(
    found: BaselineReport, language: Language, written: Sequence[Path] = ()
) -> Summary:
    """What the terminal shows of it."""
    valid = found.report.verdict is Verdict.FORMED
    headline = Headline(
        Mood.GOOD if valid else Mood.UNSURE,
        TITLE.in_(language),
        compared_with(found).in_(language),
        "",
    )
    lines = [
        Item(
            Mood.QUIET,
            title_of(line, language),
            "\n".join(standing_told(line, found.design.distinct, language)),
        )
        for line in found.lines
    ]
    sections = (
        Section(WORDS["preferences"].in_(language), tuple(lines)),
        Section(
            _("Noticed").in_(language),
            (*finding_items(found.findings, language), Item(Mood.QUIET, NO_TEST.in_(language))),
        ),
        Section(
            WORDS["written"].in_(language), tuple(Item(Mood.QUIET, str(path)) for path in written)
        ),
    )
    return Summary(headline, tuple(section for section in sections if section.items))


def baseline_json(found: BaselineReport, language: Language) -> bytes:
    """The same as JSON text in UTF-8."""
    report = found.report
    return laid_out(
        {
            "schema": SCHEMA,
            "valid": report.verdict is Verdict.FORMED,
            "participants": report.counts.placed,
            "groups": len(report.groups),
            "baseline": [_plain(line, language) for line in found.lines],
            "pool": found.design.plain(),
            "findings": findings_plain(found.findings, language),
            "provenance": provenance_plain(report, language),
        }
    )


def _plain(line: StandingLine, language: Language) -> dict[str, object]:
    bars = line.histogram
    return {
        "kind": line.kind,
        "entry": line.entry,
        "name": line.name,
        **({} if line.part is None else {"part": line.part.in_(language)}),
        "sentence": line.sentence.in_(language),
        "value": line.value,
        "better": "most" if line.most else "least",
        "mean": line.mean,
        "sd": line.sd,
        "quantiles": {str(percent): value for percent, value in line.quantiles.items()},
        "at_least_as_good": line.as_good,
        "percentile": line.percentile,
        "histogram": {"from": bars.low, "to": bars.high, "counts": list(bars.counts)},
    }


TITLE = _("Beside random groupings")
_WITH = N_several(
    "{people} in {groups}, beside {n} random grouping that keeps every rule and has groups of the "
    "same sizes.",
    "{people} in {groups}, beside {n} random groupings that keep every rule and have groups of the "
    "same sizes.",
)
_WITH_OTHERS = N_several(
    "{people} in {groups}, beside {n} random grouping that keeps every rule.",
    "{people} in {groups}, beside {n} random groupings that keep every rule.",
)
_HERE = N_("here: {value}")
_RANDOM = N_(
    "random groupings: {mean} on average (standard deviation {sd}), 90 % from {low} to {high}"
)
_AS_GOOD = N_several(
    "{n} of {draws} is at least as good: percentile {percentile}",
    "{n} of {draws} are at least as good: percentile {percentile}",
)
