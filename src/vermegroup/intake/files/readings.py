"""What a run reads: each file with what it was read for, and the SHA-256 of the bytes it got.

A run that is repeated from its record asks for the same paths again and gets their bytes from
where they are now; what the record does not name is not there for it.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

ROSTER, GROUPS, JOINING, ABSENT, LEFT = "roster", "groups", "joining", "absent", "left"
BEFORE, AFTER, HISTORY, ROUND = "before", "after", "history", "earlier_round"
RULEBOOK, EARLIER, WEIGHTS = "rulebook", "earlier_groups", "pair_weights"
FACTS, RECORD = "group_facts", "record"
NAMED_IN_RULES = (EARLIER, WEIGHTS)
"""The roles of files that the rulebook names."""


@dataclass(frozen=True, slots=True)
class FileRead:
    """A file that was read: what for, its path as it was given, and the SHA-256 of its bytes."""

    role: str
    path: str
    sha256: str


@dataclass(slots=True)
class Readings:
    """The files that a run has read so far, each once."""

    _files: dict[FileRead, None] = field(default_factory=dict)
    _records: dict[str, bytes] = field(default_factory=dict)

    def files(self) -> tuple[FileRead, ...]:
        """The files in the order in which they were read."""
        return tuple(self._files)

    def note(self, role: str, path: str, data: bytes) -> None:
        """Note a file with the bytes that are used of it."""
        self._files[FileRead(role, path, hashlib.sha256(data).hexdigest())] = None
        if role == RECORD:  # several ask for it, and all are to get the same
            self._records[path] = data

    def record(self, path: str) -> bytes | None:
        """The bytes of a record that was read before."""
        return self._records.get(path)


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Where the files of a recorded run are now, by their roles and the paths it knew them by.

    Files of one path are taken in their order.
    """

    places: Mapping[FileRead, Path]
    _taken: set[FileRead] = field(default_factory=set)

    def place(self, path: str, role: str, *, take: bool = False) -> Path | None:
        """Where the file is that a run asks for by this path; None where it had none."""
        named = [read for read in self.places if _same(read.path, path)]
        if not named and role in NAMED_IN_RULES:
            # A record without names does not tell what the rulebook calls its files.
            named = [read for read in self.places if read.role == role]
        if not named:
            return None
        ours = [read for read in named if read.role == role] or named
        next_ = next((read for read in ours if read not in self._taken), ours[-1])
        if take:
            self._taken.add(next_)
        return self.places[next_]


def _same(one: str, other: str) -> bool:
    return Path(one) == Path(other)


_READINGS: ContextVar[Readings | None] = ContextVar("readings", default=None)
_ELSEWHERE: ContextVar[Elsewhere | None] = ContextVar("elsewhere", default=None)
_UNSAVED: ContextVar[Mapping[str, bytes]] = ContextVar("unsaved", default=MappingProxyType({}))


@contextmanager
def readings() -> Iterator[Readings]:
    """Note what is read inside."""
    found = Readings()
    token = _READINGS.set(found)
    try:
        yield found
    finally:
        _READINGS.reset(token)


@contextmanager
def elsewhere(files: Elsewhere) -> Iterator[None]:
    """Take what is read inside from other places."""
    token = _ELSEWHERE.set(files)
    try:
        yield
    finally:
        _ELSEWHERE.reset(token)


@contextmanager
def unsaved(contents: Mapping[str, bytes]) -> Iterator[None]:
    """Take these as the contents of files, by their paths, whatever stands there or does not."""
    token = _UNSAVED.set(contents)
    try:
        yield
    finally:
        _UNSAVED.reset(token)


def unsaved_in(path: Path | str) -> bytes | None:
    """What a file of this path is to hold; None where that is what it holds."""
    return _UNSAVED.get().get(str(path))


def noted() -> Readings:
    """What is noted of what is read at present; nothing comes of it where nobody asked."""
    return _READINGS.get() or Readings()


def place_of(path: Path | str, role: str, *, take: bool = True) -> Path | str | None:
    """Where the file of a path is to be read from; None where it is known not to be there."""
    files = _ELSEWHERE.get()
    return path if files is None else files.place(str(path), role, take=take)


def is_there(path: Path | str, role: str) -> bool:
    """Whether there is a file of this path."""
    files = _ELSEWHERE.get()
    return os.path.isfile(path) if files is None else files.place(str(path), role) is not None
