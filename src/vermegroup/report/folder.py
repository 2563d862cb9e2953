"""The output folder: written whole or not at all, and never over somebody's edits."""

from __future__ import annotations

import errno
import os
import re
import secrets
import stat
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from vermegroup.findings import Finding, OutputError, Severity
from vermegroup.phrase import Phrase, phrase
from vermegroup.report.edits import OWNED, edited_since, refuse_edited

_LONGEST_NAME = 255
_TEMPORARY = re.compile(r"\.vermegroup-([0-9]{1,10})-[0-9a-f]{8}")


def default_folder(roster: str) -> Path:
    """``NAME-groups`` in the current folder for ``NAME.csv``; standard input is called roster."""
    return folder_named(Path(roster).stem if roster != "-" else "roster", "-groups")


def folder_named(stem: str, ending: str) -> Path:
    """A folder in the current one; a stem that leaves no room for the ending is cut."""
    while len(os.fsencode(stem + ending)) > _LONGEST_NAME:
        stem = stem[:-1]
    return Path(stem + ending)


def refuse_unwritable(folder: Path) -> None:
    """Raise OutputError for a folder that can be told beforehand not to be one to write into."""
    try:
        if not stat.S_ISDIR(os.stat(folder).st_mode):
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR))
    except FileNotFoundError:
        return
    except (OSError, ValueError) as fault:
        raise OutputError([_unwritable(folder, fault)]) from fault


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
        _sweep(folder)
        return _write(folder, files, made=made)
    except OSError as fault:
        raise OutputError([_unwritable(folder, fault)]) from fault


def write_new(path: Path, content: bytes, *, force: bool = False) -> None:
    """Write one file that is not there yet, whole or not at all.

    Raises:
        OutputError: it cannot be written; or, without ``force``, it exists.
    """
    if not force and os.path.lexists(path):
        raise OutputError([edited_since(path)])
    try:
        _sweep(path.parent)
        os.replace(_set_down(path.parent, content), path)
    except OSError as fault:
        raise OutputError([_unwritable(path, fault)]) from fault


def _write(folder: Path, files: Mapping[str, bytes], *, made: bool) -> list[Path]:
    waiting: dict[str, Path] = {}
    try:
        for name, content in files.items():
            waiting[name] = _set_down(folder, content)
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


def _set_down(folder: Path, content: bytes) -> Path:
    """Write a temporary file beside where it will stand, so that renaming it is one step."""
    path = folder / f".vermegroup-{os.getpid()}-{secrets.token_hex(4)}"
    try:
        path.write_bytes(content)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return path


def _sweep(folder: Path) -> None:
    """Take away the temporary files of runs that were killed while they wrote."""
    for name in os.listdir(folder):
        found = _TEMPORARY.fullmatch(name)
        if found and not _is_running(int(found[1])):
            (folder / name).unlink(missing_ok=True)


def _is_running(process: int) -> bool:
    """Whether another process has this number; where that cannot be asked, it may have."""
    if os.name == "nt" or process == os.getpid():
        return process != os.getpid()
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:
        return True
    return True


def _clear_away(leftovers: Iterable[Path], folder: Path | None) -> None:
    for path in leftovers:
        path.unlink(missing_ok=True)
    if folder is not None:
        with suppress(OSError):  # something of use is in it
            folder.rmdir()


def _unwritable(folder: Path, fault: OSError | ValueError) -> Finding:
    return Finding(
        Severity.ERROR,
        phrase(
            "the folder cannot be written: {reason}",
            "kansioon ei voi tallentaa: {reason}",
            "det går inte att skriva i mappen: {reason}",
            reason=getattr(fault, "strerror", None) or str(fault),
        ),
        file=str(folder),
        hint=Phrase(
            "choose another folder with -o",
            "valitse toinen kansio valitsimella -o",
            "välj en annan mapp med -o",
        ),
    )
