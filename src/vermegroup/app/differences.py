"""What differs between the files of a run and those of the same run again, in plain words."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from vermegroup.app.save import ReportedOutcome
from vermegroup.domain.findings import InputError
from vermegroup.domain.roster import labels_of
from vermegroup.intake.files.source import UnopenedError, bytes_of
from vermegroup.intake.pipeline import read_earlier
from vermegroup.language.messages import N_, Who, _
from vermegroup.report.folder import GROUPS, RECORD, TIMINGS
from vermegroup.report.verify_text import Difference

_LONGEST = 120
_BEFORE, _AFTER = 30, 20
"""Letters that are shown at least before what differs, and behind it."""


def differences(
    folder: Path, again: Mapping[str, bytes], answer: ReportedOutcome, recorded: Mapping[str, str]
) -> Iterator[Difference]:
    """What the folder has otherwise than the files ``again``; ``recorded`` are those it had."""
    for name in dict.fromkeys((*recorded, *again)):
        if name == TIMINGS:
            continue
        try:
            there = bytes_of(folder / name)
        except UnopenedError:
            yield Difference(name, _GONE)
            continue
        if name not in again:
            yield Difference(name, _NOT_AGAIN)
        elif there != again[name]:
            yield from _in_file(folder, name, there, again[name], answer)


def _in_file(
    folder: Path, name: str, there: bytes, again: bytes, answer: ReportedOutcome
) -> Iterator[Difference]:
    found = []
    if name == GROUPS and answer.groups is None:
        found = list(_seated_elsewhere(folder / GROUPS, answer))
    elif name == RECORD:
        found = list(_in_record(there, again))
    yield from found or [_first_line(name, there, again)]


def _seated_elsewhere(groups: Path, answer: ReportedOutcome) -> Iterator[Difference]:
    """Who has another group in the file than now."""
    grouping, roster = answer.outcome.grouping, answer.outcome.problem.roster
    try:
        earlier = read_earlier(groups, GROUPS)
    except InputError:
        return
    if grouping is None:
        return
    theirs = {
        id_: name for name, ids in zip(earlier.names, earlier.groups, strict=False) for id_ in ids
    }
    names = [*grouping.names, ""]
    for id_, label, group in zip(
        roster.ids.tolist(), labels_of(roster), grouping.group_of.tolist(), strict=True
    ):
        before, now = theirs.get(id_, ""), names[group]
        if before != now:
            who = Who(id_, label)
            words = {"who": who, "before": before or _NO_GROUP, "now": now or _NO_GROUP}
            yield Difference(GROUPS, _SEATED.filled(**words), id_, before, now)


def _in_record(there: bytes, again: bytes) -> Iterator[Difference]:
    try:
        recorded = json.loads(there)
    except (ValueError, RecursionError):
        return
    changed = list(_values("", recorded, json.loads(again)))
    # The hashes of files say no more than the files, unless nothing else differs.
    own = [each for each in changed if not each[0].startswith("provenance.outputs")]
    for place, old, new in own or changed:
        before, now = _excerpts(*(json.dumps(each, ensure_ascii=False) for each in (old, new)))
        sentence = _VALUE.filled(place=place, before=before, now=now)
        yield Difference(RECORD, sentence, place, old, new)


def _values(place: str, before: object, now: object) -> Iterator[tuple[str, object, object]]:
    """The innermost values that differ, each with its place."""
    if isinstance(before, dict) and isinstance(now, dict):
        for key in dict.fromkeys((*before, *now)):
            where = f"{place}.{key}" if place else str(key)
            yield from _values(where, before.get(key), now.get(key))
    elif isinstance(before, list) and isinstance(now, list) and len(before) == len(now):
        for at, pair in enumerate(zip(before, now, strict=True)):
            yield from _values(f"{place}[{at}]", *pair)
    elif before != now:
        yield place, before, now


def _first_line(name: str, there: bytes, again: bytes) -> Difference:
    old, new = there.split(b"\n"), again.split(b"\n")
    pairs = enumerate(zip(old, new, strict=False), 1)
    line = next((at for at, (one, other) in pairs if one != other), min(len(old), len(new)) + 1)
    texts = [
        lines[line - 1].decode("utf-8", "replace") if line <= len(lines) else ""
        for lines in (old, new)
    ]
    before, now = _excerpts(*texts)
    sentence = _LINE.filled(line=line, before=before, now=now)
    return Difference(name, sentence, str(line), before, now)


def _excerpts(one: str, other: str) -> tuple[str, str]:
    """Of two texts as much as shows what differs, also where that is white space."""
    pairs = enumerate(zip(one, other, strict=False))
    first = next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))
    start = 0 if first < _LONGEST - _AFTER else first - _BEFORE
    before, now = _from(start, one), _from(start, other)
    if before.split() == now.split():
        return before.translate(_VISIBLE), now.translate(_VISIBLE)
    return before.strip(), now.strip()


def _from(start: int, text: str) -> str:
    end = start + _LONGEST
    return f"{'…' if start else ''}{text[start:end]}{'…' if text[end:] else ''}"


_VISIBLE = str.maketrans({" ": "␣", "\t": "␉", "\r": "␍", "\N{NO-BREAK SPACE}": "⍽"})
_GONE = _("The file is not there any more")
_NOT_AGAIN = _("The same run does not write this file again")
_NO_GROUP = _("no group")
_SEATED = N_("{who} has {before} in the file, and {now} when the run is repeated")
_VALUE = N_("{place} is {before} in the file, and {now} when the run is repeated")
_LINE = N_("Line {line} is “{before}” in the file, and “{now}” when the run is repeated")
