"""Groupings drawn by lot, and where a grouping stands among random ones."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from fractions import Fraction
from io import BytesIO
from pathlib import Path
from typing import Any, Literal

import pandas as pd

from vermegroup.api.arguments import Columns, how_to_read, limits_of
from vermegroup.api.calls import Groups, read_groups_given
from vermegroup.api.given import Rules, Table, people_of, rulebook_of
from vermegroup.api.people import tables_given
from vermegroup.api.wording import spoken_in_python
from vermegroup.app.baseline import baseline_of
from vermegroup.app.form import draw_groupings
from vermegroup.app.inputs import RulebookChoice
from vermegroup.app.save import ReportedOutcome, save
from vermegroup.domain.design import Among, DrawRequest, Sizes
from vermegroup.domain.outcome import Verdict
from vermegroup.language.catalogues import ENGLISH, Language
from vermegroup.report.baseline import StandingLine
from vermegroup.report.folder import DESIGN, DRAWS, GROUPINGS


class Pool:
    """Different groupings that were drawn by lot; there are none where groups are impossible."""

    def __init__(self, answer: ReportedOutcome) -> None:
        self.answer = answer

    @property
    def verdict(self) -> Verdict:
        """``formed``, ``impossible`` or ``undecided``."""
        return self.answer.report.verdict

    @property
    def groupings(self) -> pd.DataFrame:
        """A row for each participant and draw: participant, draw, group."""
        return self._frame(GROUPINGS, {"participant": "str", "group": "str"})

    @property
    def draws(self) -> pd.DataFrame:
        """A row for each draw: what every preference comes to, and a hash of who is together."""
        return self._frame(DRAWS, {"sha256": "str"})

    @property
    def design(self) -> dict[str, Any]:
        """How they were drawn, as ``design.json`` has it."""
        found: dict[str, Any] = json.loads(self.answer.beside.get(DESIGN, b"{}"))
        return found

    def save(
        self, to: str | os.PathLike[str], *, lang: Language = ENGLISH, force: bool = False
    ) -> list[Path]:
        """Write the folder that ``vermegroup draw`` writes.

        Raises InputError where it cannot be written, or a file in it was edited since.
        """
        return list(save(self.answer, Path(to), lang, force=force))

    def _frame(self, name: str, texts: dict[str, str]) -> pd.DataFrame:
        content = self.answer.beside.get(name)
        if content is None:
            return pd.DataFrame()
        return pd.read_csv(BytesIO(content), dtype=texts, keep_default_na=False)


@spoken_in_python
def draw(
    roster: Table,
    rules: Rules | None = None,
    *,
    draws: int = 1000,
    among: Literal["optimal", "valid"] = "optimal",
    within: float = 0.0,
    sizes: Literal["fixed", "varying"] = "fixed",
    seed: int = 1,
    effort: float | None = None,
    time_limit: float | None = None,
    columns: Columns | None = None,
) -> Pool:
    """Draw a pool of different groupings by lot, to test against.

    Args:
        roster: as :func:`form` takes it.
        rules: as :func:`form` takes them.
        draws: how many groupings.
        among: ``optimal`` ones are as good as the best one in every preference; ``valid`` ones
            keep the rules.
        within: by which share of its value each preference may be worse among optimal ones.
        sizes: whether the groups keep the sizes that were formed.
        seed: whatever is left to chance.
        effort: as :func:`form` takes it.
        time_limit: the seconds after which it ends in any case.
        columns: as :func:`form` takes them.

    Raises:
        InputError: the roster or the rules are at fault; its text has every finding.
        ValueError: a share below 0, no such word, or limits that mean nothing.
    """
    if draws < 1 or not within >= 0:
        raise ValueError(f"draws must be 1 or more, and within 0 or more: {draws}, {within}")
    people, book = people_of(roster), rulebook_of(rules, columns)
    asked = DrawRequest(draws, Among(among), Fraction(str(within)), Sizes(sizes))
    choice = RulebookChoice(book=book, draw=asked)
    limits = limits_of(effort, time_limit, seed)
    answer = draw_groupings(people.source, choice, limits, how=how_to_read(None, None))
    return Pool(replace(answer, tables=tables_given(people)))


@spoken_in_python
def baseline(
    groups: Groups,
    *,
    draws: int = 1000,
    rules: Rules | None = None,
    seed: int = 1,
    effort: float | None = None,
    time_limit: float | None = None,
    columns: Columns | None = None,
) -> pd.DataFrame:
    """Where a grouping stands among random valid ones with groups of the same sizes.

    A percentile describes: it is not the result of a test.

    Args:
        groups: as :func:`audit` takes them; hand-made ones, too.
        draws: how many random groupings.
        rules: as :func:`audit` takes them.
        seed: whatever is left to chance.
        effort: as :func:`form` takes it.
        time_limit: the seconds after which it ends in any case.
        columns: as :func:`form` takes them.

    Returns:
        A row for each preference: value, mean, sd, q5, median, q95, at_least_as_good, percentile.

    Raises:
        InputError: the table or the rules are at fault, or no valid grouping was found.
    """
    people, book = read_groups_given(groups, rules, columns)
    limits = limits_of(effort, time_limit, seed)
    found = baseline_of(people.source, draws, RulebookChoice(book=book), limits)
    index = pd.Index([each.name for each in found.lines], name="preference", dtype="str")
    return pd.DataFrame(list(map(_row, found.lines)), index)


def _row(line: StandingLine) -> dict[str, float]:
    return {
        "value": float(line.value),
        "mean": line.mean,
        "sd": line.sd,
        "q5": line.quantiles[5],
        "median": line.quantiles[50],
        "q95": line.quantiles[95],
        "at_least_as_good": line.as_good,
        "percentile": line.percentile,
    }
