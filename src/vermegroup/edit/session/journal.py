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
from pathlib import Path
from typing import Any

from vermegroup._version import __version__
from vermegroup.app.privacy.how import How
from vermegroup.domain.findings import OutputError
from vermegroup.edit.session.state import InFile, Source, State
from vermegroup.edit.session.steps import AT_ONCE, Command, Step
from vermegroup.report.folder import sha256, unwritable

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
        if self._stands and os.path.lexists(self.path):
            self._append(line)
        else:
            self._write([*self._lines, line])
        self._lines.append(line)

    def _append(self, line: bytes) -> None:
        size = sum(map(len, self._lines))
        try:
            with open(self.path, "r+b") as file:
                try:
                    file.truncate(size)  # what a fault may have left
                    file.seek(size)
                    file.write(line)
                    file.flush()
                    os.fsync(file.fileno())
                except OSError:
                    with suppress(OSError):
                        os.truncate(self.path, size)
                    raise
        except OSError as fault:
            raise OutputError([unwritable(self.path, fault)]) from fault

    def _write(self, lines: list[bytes]) -> None:
        """Begin the file with these lines; one that stands there is another's, and is kept."""
        fresh = self.path.with_suffix(".new")
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            if not self._stands and os.path.lexists(self.path):
                set_aside(self.path.parent)
            try:
                with open(fresh, "wb") as file:
                    file.write(b"".join(lines))
                    file.flush()
                    os.fsync(file.fileno())
                os.replace(fresh, self.path)
            except OSError:
                with suppress(OSError):
                    fresh.unlink()
                raise
            _settle(self.path.parent)
        except OSError as fault:
            raise OutputError([unwritable(self.path, fault)]) from fault
        self._stands = True


def set_aside(folder: Path) -> Path | None:
    """Keep the journal of a folder under a number of its own; where it is.

    Of more than five the oldest goes. Raises OutputError where that cannot be done.
    """
    path = folder / JOURNAL
    if not os.path.lexists(path):
        return None
    before = kept_journals(folder)
    kept = folder / KEPT.format(_number(before[-1]) + 1 if before else 1)
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


def unpacked(text: str) -> bytes:
    """The bytes. Raises ValueError where they are damaged."""
    try:
        return zlib.decompress(base64.b64decode(text, validate=True))
    except zlib.error as fault:
        raise ValueError(str(fault)) from fault


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
