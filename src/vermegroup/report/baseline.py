"""Where a grouping stands among random ones that are valid: what there is to tell of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from vermegroup.domain.design import Design
from vermegroup.domain.findings import Finding
from vermegroup.language.messages import Message
from vermegroup.report.report import Amount, Report


@dataclass(frozen=True, slots=True)
class Histogram:
    """How many values lie in each of some stretches of one length, from ``low`` to ``high``."""

    low: float
    high: float
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class StandingLine:
    """What a preference comes to beside random groupings, in the unit that people think in.

    ``quantiles`` lead from percents to values. ``as_good`` counts the draws that are at least as
    good, and ``percentile`` is the share of them, in percent, that are worse, with half of those
    that are equal. ``most`` says that more is better.
    """

    kind: str
    name: str
    sentence: Message
    part: Message | None
    value: Amount
    in_words: Message
    most: bool
    mean: float
    sd: float
    quantiles: Mapping[int, float]
    as_good: int
    percentile: float
    histogram: Histogram
    entry: object = None


@dataclass(frozen=True, slots=True)
class BaselineReport:
    """A grouping's report, and what each preference comes to beside those of a pool."""

    report: Report
    design: Design
    lines: tuple[StandingLine, ...]
    findings: tuple[Finding, ...] = ()
