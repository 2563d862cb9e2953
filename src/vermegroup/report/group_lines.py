"""The groups of a report as JSON, one line of text for each.

A large roster has hundreds of thousands. So what stands in a column is made text once, column by
column, and a group is put together from slices of these texts.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from vermegroup.phrase import Language
from vermegroup.report.report import Amount, Group, Report

_ENCODER = json.JSONEncoder(ensure_ascii=False, allow_nan=False)
_FRAGILE = {True: "true", False: "false", None: "null"}


@dataclass(frozen=True, slots=True)
class Encoded:
    """A value as JSON text."""

    text: str


def encoded(value: object) -> str:
    """A plain value as JSON text on one line."""
    return _ENCODER.encode(value)


def group_lines(report: Report, language: Language) -> list[Encoded]:
    """Each group with its members, what each of them is, and whose absence would break it."""
    ids = _texts(report.members.ids)
    traits = [(encoded(own.name), _texts(own.values)) for own in report.members.traits]
    return [Encoded(_line(group, ids, traits, language)) for group in report.groups]


def _texts(values: Sequence[str] | Sequence[Amount]) -> list[str]:
    texts = {value: encoded(value) for value in set(values)}
    return [texts[value] for value in values]


def _line(
    group: Group, ids: list[str], traits: list[tuple[str, list[str]]], language: Language
) -> str:
    seats = group.seats
    part = "" if group.part is None else f', "part": {encoded(group.part.in_(language))}'
    common = f', "common": {encoded(dict(group.common))}' if group.common else ""
    told = ", ".join([f"{name}: [{', '.join(texts[seats])}]" for name, texts in traits])
    return (
        f'{{"id": {encoded(group.id)}{part}, "members": [{", ".join(ids[seats])}], '
        f'"fragile": {_FRAGILE[group.fragile]}, {_needs(group, ids)}, '
        f'"size": {group.size}{common}, "traits": {{{told}}}}}'
    )


def _needs(group: Group, ids: list[str]) -> str:
    """Those without whom the group breaks; and those of each rule, by its place in ``rules``."""
    if not group.relies:
        return '"needs": []'
    would_break = ", ".join(
        f'{{"rule": {own.rule}, "needs": [{", ".join(ids[seat] for seat in own.seats)}]}}'
        for own in group.relies
    )
    needs = ", ".join(ids[seat] for seat in group.needs)
    return f'"needs": [{needs}], "would_break": [{would_break}]'
