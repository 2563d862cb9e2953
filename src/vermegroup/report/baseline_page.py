"""``baseline.html``: how the values of random groupings are spread, and where one stands."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from vermegroup.domain.findings import OutputError
from vermegroup.language.catalogues import Language
from vermegroup.language.legible import utf8
from vermegroup.language.messages import number
from vermegroup.report.baseline import BaselineReport, StandingLine
from vermegroup.report.baseline_text import (
    NO_TEST,
    TITLE,
    baseline_json,
    compared_with,
    standing_told,
    title_of,
)
from vermegroup.report.blocks import notice, ranked
from vermegroup.report.folder import refuse_taken, unwritable, write_new
from vermegroup.report.pages import raw, template

WIDE, HIGH = 320.0, 90.0
_TOP = 12.0


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar's place in the picture, in its own units."""

    x: str
    y: str
    width: str
    height: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A histogram with a mark: its title, what it says in words, and where everything stands.

    Where all values are one there are no ``bars``.
    """

    title: str
    told: list[str]
    bars: list[Bar]
    mark: str
    low: str
    high: str
    value: str


def baseline_page(found: BaselineReport, language: Language) -> str:
    """The page as HTML, in one language."""
    return template("baseline.html.j2").render(
        style=raw("report.css"),
        language=language,
        title=TITLE.in_(language),
        sentence=compared_with(found).in_(language),
        no_test=NO_TEST.in_(language),
        pictures=[_picture(line, found.design.distinct, language) for line in found.lines],
        findings=[notice(each, language) for each in ranked(found.findings)],
        wide=f"{WIDE:g}",
        high=f"{HIGH + 20:g}",
        floor=f"{HIGH:g}",
    )


PAGE, PLAIN = "baseline.html", "baseline.json"


def write_baseline(
    found: BaselineReport, folder: Path, language: Language, *, force: bool = False
) -> list[Path]:
    """Write the page and the JSON into a folder.

    Raises OutputError where they cannot be written, or without ``force`` are there already.
    """
    files = {PAGE: utf8(baseline_page(found, language)), PLAIN: baseline_json(found, language)}
    places = [folder / name for name in files]
    refuse_taken(places, force=force)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise OutputError([unwritable(folder, fault)]) from fault
    for place, content in zip(places, files.values(), strict=True):
        write_new(place, content, force=force)
    return places


def _picture(line: StandingLine, draws: int, language: Language) -> Picture:
    bars = line.histogram
    width, most = WIDE / len(bars.counts), max(1, *bars.counts)
    span = (bars.high - bars.low) or 1.0
    room = HIGH - _TOP
    return Picture(
        title_of(line, language),
        standing_told(line, draws, language),
        [
            Bar(
                f"{place * width + 0.5:.2f}",
                f"{HIGH - room * count / most:.2f}",
                f"{width - 1:.2f}",
                f"{room * count / most:.2f}",
            )
            for place, count in enumerate(bars.counts)
            if bars.high > bars.low
        ],
        f"{WIDE * (float(line.value) - bars.low) / span:.2f}",
        number(bars.low, language),
        number(bars.high, language),
        number(float(line.value), language),
    )
