"""The output folder: written whole or not at all, and never over somebody's edits."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from vermegroup.findings import Finding, OutputError, Severity
from vermegroup.phrase import Phrase, phrase
from vermegroup.report.edits import OWNED, edited_since, refuse_edited


def default_folder(roster: str) -> Path:
    """``NAME-groups`` in the current folder for ``NAME.csv``; standard input is called roster."""
    stem = Path(roster).stem if roster != "-" else "roster"
    return Path(f"{stem}-groups")


def write_folder(folder: Path, files: Mapping[str, bytes], *, force: bool = False) -> list[Path]:
    """Write the files in their order, and take away what an earlier run left beside them.

    ``report.json`` belongs last: it tells which of the others are whole.

    Raises:
        OutputError: the folder cannot be written; or, without ``force``, a file in it is not as
            an earlier run left it.
    """
    if not force:
        refuse_edited(folder)
    try:
        made = not folder.exists()
        folder.mkdir(parents=True, exist_ok=True)
        return _write(folder, files, made=made)
    except OSError as fault:
        raise OutputError([_unwritable(folder, fault)]) from fault


def write_new(path: Path, content: bytes, *, force: bool = False) -> None:
    """Write one file that is not there yet, whole or not at all.

    Raises:
        OutputError: it cannot be written; or, without ``force``, it exists.
    """
    if not force and path.exists():
        raise OutputError([edited_since(path)])
    try:
        os.replace(_set_down(path.parent, path.name, content), path)
    except OSError as fault:
        raise OutputError([_unwritable(path, fault)]) from fault


def _write(folder: Path, files: Mapping[str, bytes], *, made: bool) -> list[Path]:
    waiting: dict[str, Path] = {}
    try:
        for name, content in files.items():
            waiting[name] = _set_down(folder, name, content)
        for name in files:
            os.replace(waiting[name], folder / name)
            del waiting[name]
        for name in OWNED:
            if name not in files:
                (folder / name).unlink(missing_ok=True)
    except BaseException:
        _clear_away(waiting.values(), folder if made else None)
        raise
    return [folder / name for name in files]


def _set_down(folder: Path, name: str, content: bytes) -> Path:
    """Write a temporary file beside where it will stand, so that renaming it is one step."""
    path = folder / f".{name}.{secrets.token_hex(4)}"
    try:
        path.write_bytes(content)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return path


def _clear_away(leftovers: Iterable[Path], folder: Path | None) -> None:
    for path in leftovers:
        path.unlink(missing_ok=True)
    if folder is not None:
        with suppress(OSError):  # something of use is in it
            folder.rmdir()


def _unwritable(folder: Path, fault: OSError) -> Finding:
    return Finding(
        Severity.ERROR,
        phrase(
            "the folder cannot be written: {reason}",
            "kansioon ei voi tallentaa: {reason}",
            "det går inte att skriva i mappen: {reason}",
            reason=fault.strerror or str(fault),
        ),
        file=str(folder),
        hint=Phrase(
            "choose another folder with -o",
            "valitse toinen kansio valitsimella -o",
            "välj en annan mapp med -o",
        ),
    )
