"""A journal of what is done, beside the groups: whoever comes after a crash takes all of it up.

Each line is JSON and is on the disk before what it tells counts as done. The first tells which file
was opened, with its bytes, and how it is read; each of the others a step, how many of the steps are
in force, or that these were saved. A step has the SHA-256 of the groups that it led to and, where a
search led to them, these themselves: so nothing has to be searched again.
"""

from __future__ import annotations

import base64
import json
import os
import re
import zlib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Any

from vermegroup._version import __version__
from vermegroup.app.privacy.how import How
from vermegroup.domain.findings import OutputError
from vermegroup.edit.session.journal_mark import marked
from vermegroup.edit.session.state import InFile, Source, State
from vermegroup.edit.session.steps import AT_ONCE, Command, Step
from vermegroup.intake.files.source import UnopenedError, bytes_of
from vermegroup.report.folder import sha256, temporary_in, unwritable

MOST_UNPACKED = 100_000_000
"""Bytes of one file; a few of these may be packed into many times more."""
_AS_IT_IS = os.O_RDWR | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
_END = 1024
"""So many bytes at the end tell whether a file is as it was left."""
JOURNAL, KEPT = ".vermegroup-edit.jsonl", ".vermegroup-edit-kept-{}.jsonl"
MOST_KEPT = 5
FORMAT = 1


@dataclass(frozen=True, slots=True)
class Unfinished:
    """What a journal tells that is in no file: of which ``file``, in so many ``steps``, and when.

    So many steps were in force when it was ``saved`` last; -1 where none of those in force lead
    there. Where the groups were ``formed`` here, they themselves may be in no file: then nothing
    was saved. ``lines`` are those of the journal that can be used; ``damaged`` where others follow
    that cannot. What a torn last line was to tell had never counted as done.
    """

    folder: Path
    file: str
    steps: int
    when: datetime
    lines: tuple[bytes, ...]
    damaged: bool
    saved: int = -1
    formed: bool = False

    @property
    def first(self) -> Mapping[str, Any]:
        """What was opened, and how."""
        told: dict[str, Any] = json.loads(self.lines[0])
        return told


class Journal:
    """Notes of a session in its folder. Nothing is written before the first of them.

    Raises OutputError, in all of its ways, where the journal cannot be written; then it is as it
    was before.
    """

    def __init__(self, folder: Path, lines: list[bytes], *, stands: bool = False) -> None:
        """``lines`` are those that the file is to begin with, and has where it ``stands``."""
        self.path = folder / JOURNAL
        self._lines, self._stands = lines, stands
        self._is: tuple[int, int] | None = None  # as long as it has not been written here

    def did(self, step: Step, state: State) -> None:
        """A step was done after those that are in force, and led to this state."""
        entry: dict[str, object] = {"step": step.plain(), "sha256": sha256(state.content)}
        if step.command is Command.MEETING:
            plan = state.plans[str(step.arguments["day"])]
            entry["plan"] = {"folder": plan.folder, "files": packed_all(plan.files)}
        elif step.command not in AT_ONCE:
            entry["content"] = packed(state.content)
        self._note(entry)

    def went(self, place: int) -> None:
        """So many steps are in force now."""
        self._note({"went": place})

    def saved(self, file: InFile) -> None:
        """What is in force is in this file now. A fault is of no account: the file itself tells."""
        with suppress(OutputError):
            self._note({"saved": file.place, "file": file.source.path, "sha256": file.sha256})

    def begin(self) -> None:
        """Write down at once what was opened: it stands in no other file."""
        if not self._stands:
            self._write(self._lines)

    def clear(self) -> None:
        """Take the journal away, and its folder where nothing else is in it."""
        if self._stands:
            self._stands = False
            with suppress(OSError):
                self.path.unlink(missing_ok=True)
                self.path.parent.rmdir()

    def set_aside(self) -> Path | None:
        """Keep the journal under another name, and tell where; a new one begins as it began."""
        if not self._stands:
            return None
        kept = set_aside(self.path.parent)
        self._stands = False
        return kept

    def _note(self, entry: Mapping[str, object]) -> None:
        line = line_of({**entry, "when": _now()})
        if not self._appended(line):
            self._write([*self._lines, line])
        self._lines.append(line)

    def _appended(self, line: bytes) -> bool:
        """Add a line where the file is as it was left; whether it is.

        Somebody else may have put another in its place: a copy from a shared folder, or a link.
        """
        if not self._stands or self._is is None or os.path.islink(self.path):
            return False
        size = sum(map(len, self._lines))
        try:
            number = os.open(self.path, _AS_IT_IS)
        except OSError:
            return False  # whether it can be written at all is seen then
        try:
            if not self._is_as_left(number, size):
                return False
            _add(number, line, size)
        except OSError as fault:
            raise OutputError([unwritable(self.path, fault)]) from fault
        finally:
            os.close(number)
        return True

    def _is_as_left(self, number: int, size: int) -> bool:
        found, end = os.fstat(number), self._lines[-1][-_END:]
        if (found.st_dev, found.st_ino) != self._is or found.st_size != size:
            return False
        os.lseek(number, size - len(end), os.SEEK_SET)
        return os.read(number, len(end)) == end

    def _write(self, lines: list[bytes]) -> None:
        """Write the whole file; one that stands there and is another's is kept."""
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            if self._is_anothers():
                set_aside(self.path.parent)
            self._is = _put(self.path, b"".join(lines))
            _settle(self.path.parent)
        except OSError as fault:
            raise OutputError([unwritable(self.path, fault)]) from fault
        self._stands = True

    def _is_anothers(self) -> bool:
        """Whether something stands there that is neither ours, nor an older or torn copy of it."""
        if not os.path.lexists(self.path) or os.path.islink(self.path):
            return os.path.islink(self.path)
        if not self._stands:
            return True
        own = b"".join(self._lines)
        try:
            there = bytes_of(self.path)
        except UnopenedError:
            return True
        return not (own.startswith(there) or there.startswith(own))


def _put(path: Path, content: bytes) -> tuple[int, int]:
    """Put a file in its place in one step, for good; by what it is known. Raises OSError."""
    fresh = temporary_in(path.parent)
    try:
        with open(fresh, "xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
            found = os.fstat(file.fileno())
        os.replace(fresh, path)
    except OSError:
        with suppress(OSError):
            fresh.unlink()
        raise
    return found.st_dev, found.st_ino


def _add(number: int, line: bytes, size: int) -> None:
    """Write a line at the end of an open file of this size, for good. Raises OSError."""
    try:
        os.lseek(number, size, os.SEEK_SET)
        rest = memoryview(line)
        while rest:
            rest = rest[os.write(number, rest) :]
        os.fsync(number)
    except OSError:
        with suppress(OSError):
            os.ftruncate(number, size)
        raise


def set_aside(folder: Path) -> Path | None:
    """Keep the journal of a folder under a number of its own; where it is.

    Of more than five the oldest goes. Raises OutputError where that cannot be done.
    """
    path = folder / JOURNAL
    if not os.path.lexists(path):
        return None
    before = kept_journals(folder)
    numbers = count(_number(before[-1]) + 1 if before else 1)
    names = (folder / KEPT.format(number) for number in numbers)
    kept = next(each for each in names if not os.path.lexists(each))
    try:
        os.replace(path, kept)
    except OSError as fault:
        raise OutputError([unwritable(path, fault)]) from fault
    for oldest in before[: max(0, len(before) + 1 - MOST_KEPT)]:
        with suppress(OSError):
            oldest.unlink()
    return kept


def kept_journals(folder: Path) -> list[Path]:
    """The journals of a folder that were not taken up, the oldest first."""
    with suppress(OSError):
        return sorted(filter(_number, folder.glob(KEPT.format("*"))), key=_number)
    return []


_NUMBERED = re.compile(re.escape(KEPT).replace(r"\{\}", "([1-9][0-9]{0,8})"))


def _number(kept: Path) -> int:
    """Of which number a kept journal is; 0 for what is none."""
    found = _NUMBERED.fullmatch(kept.name)
    return int(found[1]) if found else 0


@dataclass(frozen=True, slots=True)
class FormedOf:
    """The ``files`` of an answer, and as JSON has it the ``beginning`` that they came of."""

    files: Mapping[str, bytes]
    beginning: Mapping[str, object] | None = None


def first_line(source: Source, raw: bytes, formed: FormedOf | None = None) -> bytes:
    """What a journal begins with: the file that was opened, and how; or what was ``formed``."""
    choice = source.choice
    book = choice.book
    return line_of(
        marked(
            {
                "journal": FORMAT,
                "version": __version__,
                "when": _now(),
                "file": source.path,
                "place": str(Path.cwd()),
                "sha256": sha256(raw),
                "content": packed(raw),
                "rulebook": {
                    "rules": None if choice.rules is None else str(choice.rules),
                    "profile": choice.profile,
                    "group_count": choice.groups,
                    "book": None if book is None else (book.asked or book).plain,
                    "origin": None if book is None else book.origin,
                },
                "how": how_plain(source.how),
                "formed": None if formed is None else packed_all(formed.files),
                "beginning": None if formed is None else formed.beginning,
            }
        )
    )


def how_plain(how: How) -> dict[str, object]:
    """How a file is read, as JSON has it."""
    return {
        "columns": dict(how.columns),
        "sheet": how.sheet,
        "day": None if how.day is None else how.day.isoformat(),
        "group_facts": None if how.group_facts is None else str(how.group_facts),
    }


def line_of(plain: Mapping[str, object]) -> bytes:
    """A line of the journal."""
    return json.dumps(plain, ensure_ascii=True, separators=(",", ":")).encode() + b"\n"


def packed(content: bytes) -> str:
    """Bytes as JSON has them."""
    return base64.b64encode(zlib.compress(content, 1)).decode()


def unpacked(text: str, most: int = MOST_UNPACKED) -> bytes:
    """The bytes. Raises ValueError where they are damaged, or more than ``most``."""
    inflate, most = zlib.decompressobj(), min(most, MOST_UNPACKED)
    try:
        content = inflate.decompress(base64.b64decode(text, validate=True), most + 1)
    except zlib.error as fault:
        raise ValueError(str(fault)) from fault
    if len(content) > most or not inflate.eof:
        raise ValueError("too much, or torn")
    return content


def packed_all(files: Mapping[str, bytes]) -> dict[str, str]:
    """Files by their names, as JSON has them."""
    return {name: packed(content) for name, content in files.items()}


def _now() -> str:
    return datetime.now().astimezone().isoformat(timespec="seconds")


def _settle(folder: Path) -> None:
    """Let the disk know of the name, too."""
    if os.name == "nt":
        return
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
