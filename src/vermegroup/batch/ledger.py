"""``jobs.ndjson``: a line for each job that was done, appended and synced before the next one.

The last line of a job counts. A kill can tear the last line of all, and nothing else; a line that
is torn tells of nothing, and its job is done again.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field, fields
from enum import StrEnum
from pathlib import Path
from typing import Any

from vermegroup.domain.findings import OutputError, Severity
from vermegroup.report.folder import unwritable

LEDGER = "jobs.ndjson"


class Status(StrEnum):
    """How a job ended; one that was interrupted is in no ledger, and is done again."""

    ANSWERED = "answered"
    REFUSED = "refused"
    CRASHED = "crashed"
    INTERRUPTED = "interrupted"


@dataclass(frozen=True, slots=True)
class Entry:
    """What came of a job. ``outputs`` leads from its files to their SHA-256.

    Of very many findings these are the first, and ``noticed`` is how many there are. ``sentence``
    is what an answer comes to. A refused job that is ``blocked`` is tried again, whatever its key.
    Results that were ``changed_by`` another command since are left as they are. ``day`` counted as
    today, and does so again where the job is done again under the same key.
    """

    job: str
    key: str
    status: str
    exit: int
    verdict: str | None = None
    proven: bool = False
    deterministic: bool = True
    read: int = 0
    placed: int = 0
    groups: int = 0
    seconds: float = 0.0
    findings: tuple[Mapping[str, object], ...] = ()
    noticed: int = 0
    outputs: Mapping[str, str] = field(default_factory=dict)
    sentence: str = ""
    blocked: bool = False
    changed_by: str = ""
    day: str = ""

    def plain(self) -> dict[str, object]:
        """The entry as plain values."""
        return asdict(self)

    def line(self) -> bytes:
        """The entry as a line of JSON."""
        return json.dumps(self.plain(), ensure_ascii=False).encode("utf-8", "replace") + b"\n"


_FIELDS = {each.name for each in fields(Entry)}


class Ledger:
    """The log of a folder, and the last ``entries`` of its jobs."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / LEDGER
        self.entries = {entry.job: entry for entry in _entries(self._path)}

    def append(self, entry: Entry) -> None:
        """Add an entry for good. Raises OutputError where that cannot be done."""
        try:
            number = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_APPEND | _OWN, 0o666)
            try:
                os.write(number, _mended(number) + entry.line())
                os.fsync(number)
            finally:
                os.close(number)
        except OSError as fault:
            raise OutputError([unwritable(self._path, fault)]) from fault
        self.entries[entry.job] = entry


_OWN = getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)


def _mended(number: int) -> bytes:
    """What ends a torn line, so that the next one is whole."""
    size = os.fstat(number).st_size
    if not size:
        return b""
    os.lseek(number, size - 1, os.SEEK_SET)
    return b"" if os.read(number, 1) == b"\n" else b"\n"


def _entries(path: Path) -> Iterator[Entry]:
    try:
        lines = path.read_bytes().splitlines()
    except FileNotFoundError:
        return
    except OSError as fault:
        raise OutputError([unwritable(path, fault)]) from fault
    for line in lines:
        with suppress(
            ValueError, TypeError, LookupError, RecursionError
        ):  # torn, or of another version
            yield _entry(json.loads(line))


def _entry(plain: dict[str, Any]) -> Entry:
    """The entry of a line. Raises ValueError or TypeError where it is none."""
    if not isinstance(plain, dict) or not all(_is(plain[name], name) for name in _of(plain)):
        raise ValueError(plain)
    known = {name: plain[name] for name in _of(plain)}
    if (known["status"] == Status.ANSWERED) != (known.get("verdict") in _ANSWERS):
        raise ValueError(plain)
    return Entry(**{**known, "findings": tuple(known.get("findings", ()))})


def _of(plain: Mapping[str, object]) -> list[str]:
    """Those keys that are known; a later version may have more."""
    return [name for name in plain if name in _FIELDS]


def _is(value: object, name: str) -> bool:
    """Whether a value is such as that field has."""
    if name in _ONE_OF:
        return value in _ONE_OF[name]
    if name == "findings":
        return isinstance(value, list) and all(map(_is_finding, value))
    if name == "outputs":
        return isinstance(value, dict) and all(isinstance(each, str) for each in value.values())
    if name in _COUNTS:
        return type(value) is int and value >= 0
    if name == "seconds":
        return type(value) in (int, float)
    return isinstance(value, bool if name in _FLAGS else str)


def _is_finding(value: object) -> bool:
    if not isinstance(value, dict) or value.get("severity") not in set(Severity):
        return False
    texts = [value.get(name) for name in ("file", "message")]
    others = [value.get(name) for name in ("column", "hint")]
    return all(isinstance(each, str) for each in texts) and all(
        each is None or isinstance(each, str) for each in others
    )


_ANSWERS = ("formed", "invalid", "impossible", "undecided")
_ONE_OF: dict[str, tuple[object, ...]] = {
    "status": (Status.ANSWERED, Status.REFUSED, Status.CRASHED),
    "verdict": (*_ANSWERS, "refused", None),
}
_COUNTS = ("exit", "read", "placed", "groups", "noticed")
_FLAGS = ("proven", "deterministic", "blocked")
