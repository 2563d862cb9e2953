"""Groups that were read, as whoever studies them needs them."""

from __future__ import annotations

import json
import re
import time
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from vermegroup.app.inputs import ReadGroups, RulebookChoice, naming, read_groups
from vermegroup.app.privacy.how import How
from vermegroup.app.recorded import recorded_call
from vermegroup.domain.arrays import BoolArray, IntArray
from vermegroup.domain.design import Design
from vermegroup.domain.roster import Roster
from vermegroup.domain.seats import groups_of_people
from vermegroup.export.study import NameColumn, NumberColumn, Study
from vermegroup.intake.files.source import STANDARD_INPUT, UnopenedError, bytes_of
from vermegroup.judge.auditor import judged
from vermegroup.language.messages import _
from vermegroup.report.folder import RECORD, is_as_saved, sha256
from vermegroup.report.methods import methods_text
from vermegroup.report.report import Input, PreferenceLine, RecordedCall, Report


def read_study(groups_file: str, season: str, choice: RulebookChoice, how: How) -> Study:
    """Read groups and judge them; how they came about is told by the record beside them.

    Raises:
        InputError: the groups or the rulebook cannot be read; with every finding.
    """
    started, names = time.monotonic(), naming(how)
    groups = read_groups(groups_file, choice, how, names)
    outcome = judged(groups.problem, groups.grouping, started)
    report = groups.report(outcome, recorded_call("export", {}, how, names))
    record = _record(groups_file)
    if record is not None:
        report = _as_recorded(report, record)
    member = _membership(groups)
    roster = groups.problem.roster
    first = _first_seats(roster)
    called = column_names(dict.fromkeys((*roster.numbers, *roster.categories, *roster.sets)))
    return Study(
        season,
        tuple(map(str, roster.ids[first])),
        groups.grouping.names,
        member,
        _leading(report, roster, first),
        tuple(_numbers(roster, first, called)),
        tuple(_names(roster, first, called)),
        methods_text(report, as_saved=record is not None),
        _is_pseudonymised(report),
        groups.look.meeting,
        _day(record) if groups.look.meeting else None,
    )


def _is_pseudonymised(report: Report) -> bool:
    call = report.provenance.call
    return call is not None and call.key_id is not None


def _first_seats(roster: Roster) -> IntArray:
    """The seats that stand for people: all, but further ones of somebody in several groups."""
    seats = np.arange(len(roster))
    return seats[roster.person == seats] if roster.has_further_seats else seats


def _membership(groups: ReadGroups) -> BoolArray:
    roster, grouping = groups.problem.roster, groups.grouping
    member = np.zeros((len(roster), grouping.groups), dtype=bool)
    if roster.has_further_seats:
        for person, own in groups_of_people(roster, grouping).items():
            member[person, list(own)] = True
        return np.asarray(member[_first_seats(roster)])
    placed = np.flatnonzero(grouping.group_of >= 0)
    member[placed, grouping.group_of[placed]] = True
    return member


def _leading(report: Report, roster: Roster, first: IntArray) -> BoolArray:
    leading = {report.members.ids[seat] for seat in report.members.leads}
    return np.array([str(id_) in leading for id_ in roster.ids[first]], dtype=bool)


def _numbers(roster: Roster, first: IntArray, called: Mapping[str, str]) -> Iterator[NumberColumn]:
    for trait, numbers in roster.numbers.items():
        values = numbers.ticks[first] / numbers.per_unit
        yield NumberColumn(called[trait], numbers.header, values)


def _names(roster: Roster, first: IntArray, called: Mapping[str, str]) -> Iterator[NameColumn]:
    for trait, named in roster.categories.items():
        texts = tuple(named.values[code] for code in named.codes[first].tolist())
        yield NameColumn(called[trait], named.header, texts)
    for trait, sets in roster.sets.items():
        texts = tuple(
            "; ".join(sets.values[value] for value in np.flatnonzero(row))
            for row in sets.member[first]
        )
        yield NameColumn(called[trait], sets.header, texts, several=True)


def column_names(traits: Iterable[str]) -> dict[str, str]:
    """Each trait with a name that every program takes: small letters, digits and underscores."""
    names: dict[str, str] = {}
    for trait in traits:
        plain = unicodedata.normalize("NFKD", trait.casefold()).encode("ascii", "ignore").decode()
        name = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")
        name = name if name[:1].isalpha() else f"trait_{name}".strip("_")
        taken, number = _TAKEN | set(names.values()), 1
        while (free := name if number == 1 else f"{name}_{number}") in taken:
            number += 1
        names[trait] = free
    return names


_TAKEN = frozenset(("participant", "season", "meeting", "group", "waiting", "leads", "size", "fau"))
"""Columns that are there whatever the traits."""


def _record(groups_file: str) -> Mapping[str, Any] | None:
    """The record of the run that left the groups as they are; None where none did."""
    path = Path(groups_file)
    if groups_file == STANDARD_INPUT:
        return None
    with suppress(UnopenedError, OSError, ValueError, RecursionError):
        if is_as_saved(path, sha256(bytes_of(path))):
            found = json.loads(bytes_of(path.parent / RECORD))
            return found if isinstance(found, dict) else None
    return None


def _as_recorded(report: Report, record: Mapping[str, Any]) -> Report:
    """The report with what the run recorded of how the groups came about, as far as it tells."""
    with suppress(LookupError, TypeError, ValueError, AttributeError):
        told = record["provenance"]
        provenance = replace(
            report.provenance,
            version=str(told["version"]),
            libraries={str(name): str(version) for name, version in told["libraries"].items()},
            seed=told["seed"],
            inputs=tuple(
                Input(str(each["role"]), str(each["path"]), str(each["sha256"]))
                for each in told["inputs"]
            ),
            deterministic=bool(told["deterministic"]),
            call=_call(told["call"]),
        )
        lines = zip(report.preferences, record["preferences"], strict=True)
        return replace(
            report,
            provenance=provenance,
            preferences=tuple(_proven(*pair, n) for n, pair in enumerate(lines)),
            draw=Design.read(record["draw"]) if "draw" in record else None,
        )
    return report


def _call(told: Mapping[str, Any] | None) -> RecordedCall | None:
    if told is None:
        return None
    return RecordedCall(str(told["command"]), dict(told["arguments"]), key_id=told["key_id"])


def _proven(line: PreferenceLine, told: Mapping[str, Any], place: int) -> PreferenceLine:
    """A preference's line with the bound and the proof that the run had."""
    if told["value"] != line.value:
        return line
    best = _GIVEN if place else line.best
    return replace(line, bound=told["bound"], proven=bool(told["proven"]), best=best)


def _day(record: Mapping[str, Any] | None) -> date | None:
    with suppress(LookupError, TypeError, ValueError):
        return date.fromisoformat((record or {})["provenance"]["call"]["arguments"]["date"])
    return None


_GIVEN = _("the best possible, given the preferences before it")
