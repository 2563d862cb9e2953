"""Which lines of a journal can be used: each as it is written, and in keeping with those before.

A folder may come from somebody else, so whatever stands in its journal is looked at before it is
believed.
"""

from __future__ import annotations

import json
import math
import os
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from vermegroup.edit.session.journal import FORMAT, JOURNAL, unpacked
from vermegroup.edit.session.steps import Command
from vermegroup.intake.files.source import UnopenedError, bytes_of
from vermegroup.language.messages import _
from vermegroup.report.folder import OWNED, STALE, sha256

MOST_BYTES = 200_000_000
"""Of a journal."""
MOST_UNPACKED = 500_000_000
"""Bytes of all that is packed in a journal."""
WRITTEN = frozenset(OWNED) - {STALE}
"""The files that a journal may hold: what a run writes."""
WRONG = (LookupError, TypeError, ValueError, AttributeError, ArithmeticError, RecursionError)
"""What comes of lines that nobody here wrote."""
_YEARS = range(2000, 9000)
_SHA256 = re.compile(r"[0-9a-f]{64}")
_KEYS = {"seed", "effort", "stopped"}

Plain = Mapping[str, Any]


def journal_in(folder: Path) -> bytes | None:
    """What stands in the journal of a folder; None where there is none.

    Raises UnopenedError where it cannot be read. A link may lead to what nobody here named.
    """
    path = folder / JOURNAL
    if not os.path.lexists(path):
        return None
    if os.path.islink(path):
        raise UnopenedError(_LINK)
    return bytes_of(path, MOST_BYTES)


def usable(raw: bytes) -> tuple[list[bytes], bool]:
    """The lines that tell something, up to the first that does not; whether others follow it."""
    *lines, _torn = raw.split(b"\n")
    course = _Course()
    for number, line in enumerate(lines):
        if not course.goes_on(line, first=not number):
            return [each + b"\n" for each in lines[:number]], True
    return [each + b"\n" for each in lines], False


def plain_of(line: bytes) -> dict[str, Any]:
    """What a line tells. Raises ValueError where it is no JSON, RecursionError at a deep one."""
    told = json.loads(line, parse_constant=_no_number)
    if not isinstance(told, dict):
        raise ValueError("no object")
    return told


class Unpacking:
    """Unpacks what a journal holds, so much in all and no more."""

    def __init__(self) -> None:
        self._left = MOST_UNPACKED

    def __call__(self, text: str) -> bytes:
        """The bytes. Raises ValueError where they are damaged, or too many."""
        content = unpacked(text, self._left)
        self._left -= len(content)
        return content

    def all(self, files: Mapping[str, str]) -> dict[str, bytes]:
        """Files by their names. Raises ValueError at others than a run writes."""
        if not WRITTEN.issuperset(files):
            raise ValueError("a file that no run writes")
        return {name: self(text) for name, text in files.items()}


class _Course:
    """How many steps there are, line by line, and how many of them are in force."""

    def __init__(self) -> None:
        self._place = self._steps = 0

    def goes_on(self, line: bytes, *, first: bool) -> bool:
        """Whether a line tells what can have happened then."""
        try:
            entry = plain_of(line)
            _check(_is_moment(entry["when"]))
            if first:
                _check_first(entry)
            elif "step" in entry:
                _check_step(entry)
                self._place += 1
                self._steps = self._place
            else:
                place = entry["went"] if "went" in entry else entry["saved"]
                _check(type(place) is int and 0 <= place <= self._steps)
                _check("went" in entry or _is_hash(entry["sha256"]))
                self._place = place
        except WRONG:
            return False
        return True


def _check_first(entry: Plain) -> None:
    _check(type(entry["journal"]) is int and entry["journal"] == FORMAT)
    _check(_is_path(entry["file"]) and _is_path(entry["place"]) and _is_hash(entry["sha256"]))
    _check_rulebook(entry["rulebook"])
    _check_how(entry["how"])
    unpacking = Unpacking()
    _check(sha256(unpacking(entry["content"])) == entry["sha256"])
    if entry["formed"] is not None:
        unpacking.all(entry["formed"])
    if entry.get("beginning") is not None:
        _check_beginning(entry["beginning"])


def _check_rulebook(rules: Plain) -> None:
    _check(_is_path(rules["rules"], or_none=True) and _is_text(rules["profile"]))
    _check(rules["group_count"] is None or type(rules["group_count"]) is int)
    _check(rules["book"] is None or (isinstance(rules["book"], dict) and _is_path(rules["origin"])))


def _check_how(how: Plain) -> None:
    _check(isinstance(how["columns"], dict) and _are_texts(list(how["columns"].values())))
    _check(_is_text(how["sheet"]) and _is_path(how["group_facts"], or_none=True))
    _check(how["day"] is None or _is_day(how["day"]))


def _check_beginning(told: Plain) -> None:
    _check(_is_path(told["name"]) and _is_path(told["place"]) and isinstance(told["rules"], str))
    _check(_is_path(told["path"], or_none=True))
    _check(all(_is_text(told[name]) for name in ("content", "drafted", "profile", "asked")))
    _check_how(told["how"])


def _check_step(entry: Plain) -> None:
    command = Command(entry["step"]["command"])
    told = dict(entry["step"]["arguments"])
    searched = {name: told.pop(name) for name in _KEYS & told.keys()}
    _check(set(told) == set(_ARGUMENTS[command]))
    _check(all(is_such(told[name]) for name, is_such in _ARGUMENTS[command].items()))
    _check(
        all(type(each) in (int, float, bool) and math.isfinite(each) for each in searched.values())
    )
    _check(_is_hash(entry["sha256"]))
    _check("content" not in entry or isinstance(entry["content"], str))
    if command is Command.MEETING:
        files = entry["plan"]["files"]
        _check(WRITTEN.issuperset(files) and _are_texts(list(files.values())))


def _check(holds: bool) -> None:
    if not holds:
        raise ValueError("not as it is written here")


def _no_number(text: str) -> float:
    raise ValueError(text)


def _is_moment(text: str) -> bool:
    return datetime.fromisoformat(text).year in _YEARS


def _is_day(text: object) -> bool:
    return isinstance(text, str) and date.fromisoformat(text).isoformat() == text


def _is_hash(text: object) -> bool:
    return isinstance(text, str) and _SHA256.fullmatch(text) is not None


def _is_path(text: object, *, or_none: bool = False) -> bool:
    if text is None:
        return or_none
    return isinstance(text, str) and text != "" and b"\0" not in os.fsencode(text)


def _is_text(text: object) -> bool:
    return text is None or isinstance(text, str)


def _are_texts(texts: object) -> bool:
    return isinstance(texts, list) and all(isinstance(text, str) for text in texts)


def _are_ways(ways: object) -> bool:
    return isinstance(ways, list) and all(_are_texts(way) and len(way) == 3 for way in ways)


def _is_yes_or_no(told: object) -> bool:
    return isinstance(told, bool)


_ARGUMENTS: Mapping[Command, Mapping[str, Callable[[object], bool]]] = {
    Command.MOVE: {"ways": _are_ways},
    Command.PIN: {"people": _are_texts, "groups": _are_texts, "pinned": _is_yes_or_no},
    Command.FORM: {},
    Command.REPAIR: {},
    Command.REBALANCE: {"left": _are_texts, "joining": lambda text: isinstance(text, str)},
    Command.MEETING: {"absent": _are_texts, "day": _is_day},
}
_LINK = _("This is a link to another file")
