"""What the preferences of a grouping come to, in the units that people think in."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from vermegroup.domain.kind import Role
from vermegroup.domain.outcome import Audit, Outcome
from vermegroup.domain.problem import PreferenceStanding
from vermegroup.domain.roster import Roster
from vermegroup.report.build import amount
from vermegroup.report.verdict import answers_of

_COLUMNS = ["kind", "value", "bound", "proven", "unit"]


def values_of(outcome: Outcome) -> pd.DataFrame:
    """A row for each preference, by its sentence; of a split roster by its part, too.

    Preferences of one importance have a row each: what they come to weighed together is no unit of
    anybody's. There are none where there is no grouping.
    """
    rows, names = [], []
    for part, answer in answers_of(outcome):
        if answer.audit is None:
            continue
        for standing in _each(answer.preferences):
            rows.append(_row(standing, answer.problem.roster, answer.audit))
            names.append((str(part or ""), str(standing.preference.sentence(Role.PREFERENCE))))
    index = pd.MultiIndex.from_tuples(names, names=["part", "preference"])
    values = pd.DataFrame(rows, index=index, columns=_COLUMNS)
    return values.droplevel("part") if outcome.problem.rulebook.split is None else values


def _each(standings: tuple[PreferenceStanding, ...]) -> Iterator[PreferenceStanding]:
    for standing in standings:
        yield from standing.weighed or (standing,)


def _row(
    standing: PreferenceStanding, roster: Roster, audit: Audit
) -> tuple[str, int | float, int | float, bool, str]:
    kind = standing.preference
    value, bound = kind.beside(roster, audit.plan, standing.value, standing.bound)
    proven = standing.proven and audit.valid
    return kind.kind, amount(value), amount(bound), proven, kind.unit()
