"""The output folder: what a run may write there, and what it must not write over."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import re
import secrets
import shutil
import stat
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from vermegroup.domain.findings import Finding, OutputError, Severity
from vermegroup.intake.files.readings import RECORD as RECORDED
from vermegroup.intake.files.source import UnopenedError, bytes_of, read_for
from vermegroup.language.messages import Message, _
from vermegroup.language.system_faults import why
from vermegroup.report.calls import call, file_word

GROUPS, MOVES, PAGE, RECORD = "groups.csv", "moves.csv", "report.html", "report.json"
TIMINGS = "timings.json"
PARTIAL, FACTS = "groups.partial.csv", "group-facts.csv"
GROUPINGS, DRAWS, DESIGN, METHODS = "groupings.csv", "draws.csv", "design.json", "methods.txt"
STALE = "STALE"
PEOPLE_GIVEN, JOINING_GIVEN = "given-people.csv", "given-joining.csv"
BOOKS_GIVEN = tuple(
    f"given-people{ending}" for ending in (".xlsx", ".ods", ".parquet", ".zip", ".gz")
)
TABLES = (PEOPLE_GIVEN, JOINING_GIVEN, *BOOKS_GIVEN)
"""What a run read that was in no file, so that it can be repeated."""
OWNED = (
    *(GROUPS, PARTIAL, FACTS, PAGE, MOVES, GROUPINGS, DRAWS, DESIGN, METHODS),
    *(TIMINGS, *TABLES, RECORD, STALE),
)
"""The files a run may write, and may therefore replace or take away."""
EARLIER = "earlier"
"""Where what was replaced is kept, in the folder."""


def sha256(content: bytes) -> str:
    """The SHA-256 of a file's bytes, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def is_as_saved(path: Path, content_sha256: str) -> bool:
    """Whether a file with these contents is what the run left there whose record is beside it."""
    return (_recorded(path.parent) or {}).get(path.name) == content_sha256


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
        entry = _last_entry(read_for(RECORDED, record))
    except (UnopenedError, ValueError, LookupError, TypeError, RecursionError) as fault:
        raise ValueError(record) from fault
    if not isinstance(entry, dict):
        raise ValueError(record)
    return entry


def groups_in(record: Path) -> list[dict[str, Any]]:
    """The groups that a ``report.json`` tells of, each with its id, its members and their traits.

    Raises ValueError where it tells nothing of the kind, or cannot be read.
    """
    try:
        groups = json.loads(read_for(RECORDED, record))["groups"]
        return [{**each, "members": list(map(str, each["members"]))} for each in groups]
    except (UnopenedError, ValueError, LookupError, TypeError, RecursionError) as fault:
        raise ValueError(record) from fault


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
    if path.name in (RECORD, TIMINGS, STALE):  # no record has the hash of these
        return True
    try:
        return recorded.get(path.name) == sha256(bytes_of(path))
    except UnopenedError:
        return False


def edited_since(path: Path) -> Finding:
    """The finding about a file that must not be written over."""
    return Finding(
        Severity.ERROR,
        _("the file was changed since it was saved, or was not saved by this program"),
        file=str(path),
        hint=_accept(path) if path.name == GROUPS else _ELSEWHERE,
    )


_ELSEWHERE = _("Choose another folder with -o, or write over it with --force")


def _accept(groups: Path) -> Message:
    folder = file_word(str(groups.parent))
    return _(
        "To keep the edited groups and have a report of them: {command}. Or choose another folder "
        "with -o, or write over them with --force",
        command=call("audit", file_word(str(groups)), "-o", folder, "--force"),
    )


def _is_there(path: Path) -> Finding:
    return Finding(
        Severity.ERROR,
        _("there is such a file already"),
        file=str(path),
        hint=_("choose another file with -o, or write over it with --force"),
    )


_LONGEST_NAME = 255
_TEMPORARY = re.compile(r"\.vermegroup-([0-9]{1,10})-[0-9a-f]{8}")


def default_folder(roster: str, ending: str = "-groups") -> Path:
    """``NAME-groups`` in the current folder for ``NAME.csv``; standard input is called roster."""
    path = Path(roster)
    if path.suffix.lower() in (".zip", ".gz"):
        path = path.with_suffix("")
    return folder_named(path.stem if roster != "-" else "roster", ending)


def folder_named(stem: str, ending: str) -> Path:
    """A folder in the current one; a stem that leaves no room for the ending is cut."""
    while len(os.fsencode(stem + ending)) > _LONGEST_NAME:
        stem = stem[:-1]
    return Path(stem + ending)


def refuse_unwritable(folder: Path) -> None:
    """Raise OutputError for a folder that can be told beforehand not to be one to write into."""
    try:
        if not stat.S_ISDIR(os.stat(folder).st_mode):
            raise NotADirectoryError(errno.ENOTDIR, None)
    except FileNotFoundError:
        return
    except (OSError, ValueError) as fault:
        raise OutputError([unwritable(folder, fault)]) from fault
    folders = [folder / name for name in OWNED if os.path.isdir(folder / name)]
    if folders:
        raise OutputError(list(map(_is_folder, folders)))
    earlier = folder / EARLIER
    if os.path.lexists(earlier) and not os.path.isdir(earlier):
        raise OutputError([unwritable(earlier, NotADirectoryError(errno.ENOTDIR, None))])


def write_new(path: Path, content: bytes, *, force: bool = False) -> None:
    """Write one file that is not there yet, whole or not at all.

    Raises:
        OutputError: it cannot be written; or, without ``force``, it exists.
    """
    refuse_taken([path], force=force)
    try:
        replace_file(path, content)
    except OSError as fault:
        raise OutputError([unwritable(path, fault)]) from fault


def refuse_taken(paths: Iterable[Path], *, force: bool = False) -> None:
    """Raise OutputError where a file is there already, or with ``force`` where it is a folder."""
    for path in paths:
        if os.path.isdir(path):  # Path.is_dir raises at names that are too long
            raise OutputError([_is_folder(path)])
        if not force and os.path.lexists(path):
            raise OutputError([_is_there(path)])


def replace_file(path: Path, content: bytes) -> None:
    """Put a file in its place in one step, whatever stood there. Raises OSError."""
    clear_temporary(path.parent)
    written = _set_down(path.parent, content)
    try:
        os.replace(written, path)
    except OSError:
        written.unlink(missing_ok=True)
        raise


def _set_down(folder: Path, content: bytes) -> Path:
    """Write a temporary file beside where it will stand, so that renaming it is one step."""
    path = temporary_in(folder)
    try:
        with open(path, "xb") as file:
            file.write(content)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return path


def temporary_in(folder: Path) -> Path:
    """A name that nothing else in the folder has."""
    return folder / f".vermegroup-{os.getpid()}-{secrets.token_hex(4)}"


def clear_temporary(folder: Path) -> None:
    """Take away the temporary files and folders of runs that were killed while they wrote."""
    for name in os.listdir(folder):
        found = _TEMPORARY.fullmatch(name)
        if found is None or is_running(int(found[1])):
            continue
        if os.path.isdir(folder / name):
            shutil.rmtree(folder / name, ignore_errors=True)
        else:
            (folder / name).unlink(missing_ok=True)


def is_running(process: int) -> bool:
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


def _is_folder(path: Path) -> Finding:
    return Finding(
        Severity.ERROR,
        _("A file is to be written here, and this is a folder"),
        file=str(path),
        hint=_("choose another place with -o"),
    )


def unwritable(path: Path, fault: OSError | ValueError) -> Finding:
    """The finding about a place that cannot be written to."""
    return Finding(
        Severity.ERROR,
        _("It cannot be written: {reason}", reason=why(fault)),
        file=str(path),
        hint=_("Choose another place with -o"),
    )
