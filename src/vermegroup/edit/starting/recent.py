"""Folders with groups that were open before: a small list in the user's own state.

They are offered by tokens: no path comes from a page.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from vermegroup.edit.own_state import state_folder
from vermegroup.edit.session.journal import JOURNAL
from vermegroup.edit.session.noted import unfinished_in
from vermegroup.intake.files.source import UnopenedError, bytes_of
from vermegroup.report.folder import GROUPS, RECORD, replace_file

_FILE = "recent-folders.json"
MOST = 12
_MOST_BYTES = 100_000


@dataclass(frozen=True, slots=True)
class RecentFolder:
    """A folder that holds groups, by its token, and when its groups were written.

    None where they never were. What is ``unsaved`` is of a later time; None where all is saved.
    """

    token: str
    path: Path
    saved: datetime | None
    unsaved: datetime | None = None

    @property
    def has_rules(self) -> bool:
        """Whether a record beside the groups tells the rules."""
        return (self.path / RECORD).is_file()


def recent_folders(environment: Mapping[str, str] | None = None) -> list[RecentFolder]:
    """The folders that still hold groups, the one that was open last before all others."""
    return list(_offered(_remembered(state_folder(environment) / _FILE)))


def by_token(token: str) -> RecentFolder | None:
    """The folder of a token; None where it is not among those that are offered."""
    return next((folder for folder in recent_folders() if folder.token == token), None)


def remember(folder: Path, environment: Mapping[str, str] | None = None) -> None:
    """Put a folder before all others. Where nothing can be written, nothing is remembered."""
    file = state_folder(environment) / _FILE
    path = str(folder.absolute())
    paths = [path, *(each for each in _remembered(file) if each != path)][:MOST]
    with suppress(OSError, ValueError):
        file.parent.mkdir(parents=True, exist_ok=True)
        replace_file(file, json.dumps({"folders": paths}, ensure_ascii=False).encode())


def _remembered(file: Path) -> list[str]:
    """The paths in the list; none where it is damaged."""
    try:
        paths = json.loads(bytes_of(file, _MOST_BYTES))["folders"]
        return [path for path in paths if isinstance(path, str)][:MOST]
    except (UnopenedError, ValueError, LookupError, TypeError, RecursionError):
        return []


def _offered(paths: list[str]) -> Iterator[RecentFolder]:
    for path in paths:
        with suppress(OSError, ValueError, OverflowError):
            folder = Path(path)
            saved, unsaved = _changed(folder / GROUPS), _unsaved(folder)
            if saved is not None or unsaved is not None:
                when = None if saved is None else datetime.fromtimestamp(saved / 1e9)
                yield RecentFolder(_token(path), folder, when, unsaved)


def _changed(file: Path) -> int | None:
    """When a file was written, in nanoseconds; None where there is none."""
    return os.stat(file).st_mtime_ns if file.is_file() else None


def _unsaved(folder: Path) -> datetime | None:
    changed = _changed(folder / JOURNAL)
    return None if changed is None else _told(folder, changed, _changed(folder / GROUPS))


@lru_cache(maxsize=4 * MOST)
def _told(folder: Path, changed: int, saved: int | None) -> datetime | None:
    """What a journal tells of changes that were not saved: that of the last."""
    del changed, saved  # then it may tell something else
    found = unfinished_in(folder)
    return None if found is None else found.when.astimezone()


def _token(path: str) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:16]
