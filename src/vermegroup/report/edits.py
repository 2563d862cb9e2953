"""What in an output folder is somebody's own: edited since a run wrote it, or from elsewhere."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from vermegroup.findings import Finding, OutputError, Severity
from vermegroup.intake.opening import UnopenedError, bytes_of
from vermegroup.phrase import Phrase, phrase

GROUPS, MOVES, PAGE, RECORD = "groups.csv", "moves.csv", "report.html", "report.json"
PARTIAL = "groups.partial.csv"
OWNED = (GROUPS, PARTIAL, PAGE, MOVES, RECORD)
"""The files a run may write, and may therefore replace or take away."""


def sha256(content: bytes) -> str:
    """The SHA-256 of a file's bytes, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def edited(folder: Path) -> list[str]:
    """The files in the folder that no run left there, or that were changed since."""
    recorded = _recorded(folder)
    return [
        name
        for name in OWNED
        if os.path.lexists(folder / name) and not _as_recorded(folder / name, recorded)
    ]


def refuse_edited(folder: Path) -> None:
    """Raise OutputError where the folder has files that a run must not replace unasked."""
    changed = edited(folder)
    if changed:
        raise OutputError([edited_since(folder / name) for name in changed])


def provenance_in(record: Path) -> dict[str, Any]:
    """How the result came about that a ``report.json`` tells of.

    Raises ValueError where it tells nothing of the kind, or cannot be read.
    """
    try:
        told = _last_entry(bytes_of(record))
    except (UnopenedError, ValueError, LookupError, TypeError, RecursionError) as fault:
        raise ValueError(record) from fault
    if not isinstance(told, dict):
        raise ValueError(record)
    return told


def _last_entry(record: bytes) -> object:
    """The provenance by itself where it is laid out as we lay it out.

    The groups before it may be a hundred megabytes.
    """
    start = record.rfind(b'\n  "provenance": {')
    if start >= 0:
        with suppress(ValueError, KeyError):
            return json.loads(b"{" + record[start:])["provenance"]
    return json.loads(record)["provenance"]


def _recorded(folder: Path) -> Mapping[str, object] | None:
    """What the last run wrote, by its own record; None where there is no such record."""
    with suppress(ValueError, KeyError):
        outputs = provenance_in(folder / RECORD)["outputs"]
        return outputs if isinstance(outputs, dict) else None
    return None


def _as_recorded(path: Path, recorded: Mapping[str, object] | None) -> bool:
    if recorded is None:
        return False
    if path.name == RECORD:
        return True
    try:
        return recorded.get(path.name) == sha256(bytes_of(path))
    except UnopenedError:
        return False


def edited_since(path: Path) -> Finding:
    """The finding about a file that must not be written over."""
    return Finding(
        Severity.ERROR,
        phrase(
            "{name} was changed since it was written, or comes from elsewhere",
            "tiedostoa {name} on muutettu tallennuksen jälkeen, tai se on muualta",
            "{name} har ändrats sedan den sparades, eller kommer någon annanstans ifrån",
            name=path.name,
        ),
        file=str(path),
        hint=Phrase(
            "choose another folder with -o, or write over it with --force",
            "valitse toinen kansio valitsimella -o tai korvaa tiedosto valitsimella --force",
            "välj en annan mapp med -o eller skriv över filen med --force",
        ),
    )
