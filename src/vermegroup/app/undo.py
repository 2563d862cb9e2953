"""Bring back the results that a run replaced."""

from __future__ import annotations

from pathlib import Path

from vermegroup.language.messages import Message, _
from vermegroup.report.replacing import COMPLETED, Undone, undo


def undone(folder: Path, *, force: bool = False) -> list[Message]:
    """Bring the newest earlier results of a folder back; what was done, line by line.

    Raises:
        OutputError: nothing is to be undone there, or a file was edited and ``force`` is False.
    """
    return _told(undo(folder, force=force), str(folder))


def _told(found: Undone, folder: str) -> list[Message]:
    if found.completed and not found.files:
        return [_("{folder}: an undo was interrupted here; it is completed now", folder=folder)]
    lines = [COMPLETED] if found.completed else []
    lines.append(
        _(
            "{folder}: brought back are the results replaced at {time}:",
            folder=folder,
            time=_read(found.time),
        )
    )
    lines += [_("Written: {file}", file=str(file)) for file in found.files]
    if found.aside is not None:
        lines.append(_("What stood there is kept in {folder}", folder=str(found.aside)))
    return lines


def _read(name: str) -> str:
    """As in "2026-12-01 15:02:03"."""
    day, clock = name[:10], name[11:17]
    return f"{day} {clock[:2]}:{clock[2:4]}:{clock[4:]}"
