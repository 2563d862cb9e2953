"""Make an input that shows a difference small: fewer people, fewer rules, less said."""

from __future__ import annotations

import csv
import io
import time
from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import Any

import yaml

from tests.oracle.answers import Case

Shows = Callable[[Case], bool]
Book = dict[str, Any]


def shrunk(case: Case, shows: Shows, seconds: float = 20) -> Case:
    """The smallest input found that still shows it, one thing taken away after the other."""
    ends, smaller = time.monotonic() + seconds, True
    while smaller:
        smaller = False
        for other in _smaller(case):
            if time.monotonic() > ends:
                return case
            if _still(other, shows):
                case, smaller = other, True
                break
    return case


def _still(case: Case, shows: Shows) -> bool:
    try:
        return shows(case)
    except Exception:
        return False  # what is no case shows nothing


def _smaller(case: Case) -> Iterator[Case]:
    plain = yaml.safe_load(case.rulebook)
    for book in _less(plain):
        yield Case(_text(book), case.roster, case.earlier)
    rows = list(csv.DictReader(io.StringIO(case.roster)))
    for row in rows if len(rows) > 1 else ():
        yield _without_person(case, row["id"])
    for column in list(rows[0])[1:]:
        kept = [{key: value for key, value in row.items() if key != column} for row in rows]
        yield Case(case.rulebook, _table(kept), case.earlier)
    for name in case.earlier:
        if name not in case.rulebook:
            rest = {key: value for key, value in case.earlier.items() if key != name}
            yield Case(case.rulebook, case.roster, rest)


def _less(plain: Book) -> Iterator[Book]:
    """The rulebook without one of its sections, entries, keys or parts."""
    for section in plain.keys() - {"groups", "split_by"}:
        yield _without(plain, section)
    for section, entries in plain.items():
        if isinstance(entries, list):
            yield from ({**plain, section: less} for less in _fewer(entries))
    groups = plain.get("groups")
    if isinstance(groups, dict):
        yield from ({**plain, "groups": _without(groups, key)} for key in groups.keys() - {"size"})
    if "split_by" in plain:
        yield _without(_without(plain, "split_by"), "parts")
        yield from ({**plain, "parts": parts} for parts in _less_parts(plain.get("parts") or {}))


def _less_parts(parts: Book) -> Iterator[Book]:
    for value, part in parts.items():
        yield _without(parts, value)
        yield from ({**parts, value: less} for less in _less(part))


def _without(plain: Book, gone: str) -> Book:
    return {key: value for key, value in plain.items() if key != gone}


def _fewer(entries: list[object]) -> Iterator[list[object]]:
    """The list without one of its entries, or with less in one."""
    for at in range(len(entries)):
        yield entries[:at] + entries[at + 1 :]
        yield from _inside(entries, at)


def _inside(entries: list[object], at: int) -> Iterator[list[object]]:
    """The list with less in one of its entries: a tier's, a list's or an option."""
    entry = entries[at]
    if isinstance(entry, list):
        for place in range(len(entry)):
            yield [*entries[:at], entry[:place] + entry[place + 1 :], *entries[at + 1 :]]
    if isinstance(entry, dict):
        for key in entry.keys() & {"weight", "at_most", "at_least"}:
            yield [*entries[:at], _without(entry, key), *entries[at + 1 :]]


def _without_person(case: Case, gone: str) -> Case:
    rows = [row for row in csv.DictReader(io.StringIO(case.roster)) if row["id"] != gone]
    for row in rows:
        if "wishes" in row:
            row["wishes"] = ";".join(id_ for id_ in row["wishes"].split(";") if id_ != gone)
    plain = _unnamed(deepcopy(yaml.safe_load(case.rulebook)), gone)
    return Case(_text(plain), _table(rows), case.earlier)


def _unnamed(plain: object, gone: str) -> object:
    """Without an id, wherever it stands."""
    if isinstance(plain, dict):
        return {key: _unnamed(value, gone) for key, value in plain.items() if key != gone}
    if isinstance(plain, list):
        return [_unnamed(value, gone) for value in plain if value != gone]
    return plain


def _table(rows: list[dict[str, str]]) -> str:
    lines = [",".join(rows[0]), *(",".join(row.values()) for row in rows)]
    return "\n".join(lines) + "\n"


def _text(plain: object) -> str:
    return yaml.safe_dump(plain, sort_keys=False, default_flow_style=None, width=100)
