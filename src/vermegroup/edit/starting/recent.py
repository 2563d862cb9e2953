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
from pathlib import Path

from vermegroup.edit.own_state import state_folder
from vermegroup.edit.session.journal import JOURNAL
from vermegroup.intake.files.source import UnopenedError, bytes_of
from vermegroup.report.folder import GROUPS, RECORD, replace_file

_FILE = "recent-folders.json"
MOST = 12
_MOST_BYTES = 100_000


@dataclass(frozen=True, slots=True)
class RecentFolder:
    """A folder that holds groups, by its token, and when its groups were written."""

    token: str
    path: Path
    saved: datetime

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
            saved = datetime.fromtimestamp(max(map(os.path.getmtime, _worth_opening(Path(path)))))
            yield RecentFolder(_token(path), Path(path), saved)


def _worth_opening(folder: Path) -> list[Path]:
    """The groups in a folder, and what was not saved of them."""
    return [folder / name for name in (GROUPS, JOURNAL) if (folder / name).is_file()]


def _token(path: str) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:16]
