"""Tables for statistics: who took part, the groups with their indices, and every pair.

Plain CSV in UTF-8 with commas and points, a header without blanks or accents, and empty cells for
what is not known: R, Stata, pandas and igraph read it without a setting.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from math import isnan

import numpy as np
import numpy.typing as npt

from vermegroup.domain.arrays import BoolArray, IntArray
from vermegroup.domain.findings import Finding, Severity
from vermegroup.evidence import indices
from vermegroup.export.codebook import codebook
from vermegroup.export.rendered import Every, Meetings, Rendered, Wanted
from vermegroup.export.study import Study
from vermegroup.intake.files.csv_text import csv_text
from vermegroup.language.legible import utf8
from vermegroup.language.messages import N_, _
from vermegroup.report.folder import METHODS

_FOLDER = "research"
_MOST_PAIRS = 2_000_000
_WEEKS = {Every.WEEK: 1.0, Every.TWO_WEEKS: 2.0, Every.MONTH: 52 / 12}

Table = list[tuple[str, list[str]]]
"""Columns by their names."""


def research_tables(study: Study, wanted: Wanted) -> Rendered:
    """The tables, what their columns mean, and a paragraph on how the groups came about."""
    every = len(study.ids) * (len(study.ids) - 1) // 2 <= _MOST_PAIRS
    tables = {
        "participants.csv": _participants(study),
        "groups.csv": _groups(study, wanted.faultlines),
        "dyads.csv": _dyads(study, wanted.meetings, every=every),
    }
    files = {f"{_FOLDER}/{name}": _csv(table) for name, table in tables.items()}
    files[f"{_FOLDER}/codebook.md"] = utf8(codebook(study, wanted))
    files[f"{_FOLDER}/{METHODS}"] = study.methods
    return Rendered(files, tuple(_noticed(study, every=every)))


def _noticed(study: Study, *, every: bool) -> Iterator[Finding]:
    if not every:
        said = _TOO_MANY.filled(people=len(study.ids))
        yield Finding(Severity.NOTICE, said, "dyads.csv")
    if not study.pseudonymised:
        yield Finding(Severity.NOTICE, _IDS_AS_THEY_ARE, "participants.csv", hint=_PSEUDONYMS)


def _csv(table: Table) -> bytes:
    return utf8(csv_text([[name for name, _cells in table]], [cells for _name, cells in table]))


def _participants(study: Study) -> Table:
    groups = [
        ";".join(study.groups[group] for group in np.flatnonzero(row)) for row in study.member
    ]
    return [
        ("participant", list(study.ids)),
        *_when(study, len(study.ids)),
        ("group", groups),
        ("waiting", _flags(np.asarray(~study.member.any(axis=1)))),
        ("leads", _flags(study.leads)),
        *((each.name, list(map(written, each.values.tolist()))) for each in study.numbers),
        *((each.name, list(each.values)) for each in study.names),
    ]


def _groups(study: Study, faultlines: bool) -> Table:
    members = [np.flatnonzero(column) for column in study.member.T]
    table: Table = [
        ("group", list(study.groups)),
        *_when(study, len(study.groups)),
        ("size", [str(len(each)) for each in members]),
    ]
    for number in study.numbers:
        for name, index in NUMERIC.items():
            cells = [written(index(number.values[each].tolist())) for each in members]
            table.append((f"{number.name}_{name}", cells))
    for named in study.names:
        if not named.several:
            own = [[named.values[at] for at in each] for each in members]
            table.append((f"{named.name}_blau", [written(indices.blau(each)) for each in own]))
            table.append((f"{named.name}_richness", [str(indices.richness(each)) for each in own]))
    if faultlines:
        traits = _scaled(study)
        cells = [written(indices.faultline_strength(traits[each])) for each in members]
        table.append(("fau", cells))
    return table


NUMERIC = {
    "mean": indices.mean,
    "sd": indices.standard_deviation,
    "cv": indices.coefficient_of_variation,
    "gini": indices.gini,
}
"""The indices of a numeric trait, by the ends of their columns' names."""


def _scaled(study: Study) -> npt.NDArray[np.float64]:
    numbers = [each.values.tolist() for each in study.numbers]
    return indices.scaled(numbers, [each.values for each in study.names if not each.several])


def _dyads(study: Study, meetings: Meetings, *, every: bool) -> Table:
    """A row for each pair, or where these are too many for each that is together."""
    one, two = np.triu_indices(len(study.ids), 1) if every else _together(study.member)
    together = np.asarray((study.member[one] & study.member[two]).any(axis=1))
    weeks = _weeks(study, meetings)
    return [
        ("participant_a", [study.ids[at] for at in one.tolist()]),
        ("participant_b", [study.ids[at] for at in two.tolist()]),
        *_when(study, len(one)),
        ("together", _flags(together)),
        ("weeks_together", _weeks_of(together, weeks)),
    ]


def _together(member: BoolArray) -> tuple[IntArray, IntArray]:
    groups = (np.flatnonzero(column).tolist() for column in member.T)
    pairs = {pair for group in groups for pair in combinations(group, 2)}
    found = np.array(sorted(pairs), dtype=np.int64).reshape(-1, 2)
    return found[:, 0], found[:, 1]


def _weeks(study: Study, meetings: Meetings) -> float | None:
    """From the week of the first meeting to that of the last; None where that is not told."""
    if study.meeting:
        return 1.0
    if meetings.every is None or meetings.count is None:
        return None
    return (meetings.count - 1) * _WEEKS[meetings.every] + 1


def _weeks_of(together: BoolArray, weeks: float | None) -> list[str]:
    told = "" if weeks is None else written(round(weeks, 1))
    return [told if each else "0" for each in together.tolist()]


def _when(study: Study, rows: int) -> Table:
    """The season in every row, and the day of the meeting, if it is one."""
    day = "" if study.day is None else study.day.isoformat()
    return [("season", [study.season] * rows), ("meeting", [day] * rows)]


def _flags(marks: BoolArray) -> list[str]:
    return ["1" if mark else "0" for mark in marks.tolist()]


def written(value: float) -> str:
    """A number with all its digits and no needless ones; nothing for what is not defined."""
    if isnan(value):
        return ""
    return str(int(value)) if value == int(value) else repr(float(value))


_TOO_MANY = N_("{people} people make too many pairs, so only those who are together are listed")
_IDS_AS_THEY_ARE = _("The ids are those of the groups' file")
_PSEUDONYMS = _("Groups that were formed with --pseudonymise have pseudonyms instead")
