"""A file that somebody chose in the page: its bytes, and a name that does no harm."""

from __future__ import annotations

import os
import re
import unicodedata
from pathlib import Path

from vermegroup.domain.findings import OutputError
from vermegroup.intake.cells import tidy
from vermegroup.intake.files.source import Source, UnopenedError, bytes_of
from vermegroup.intake.pipeline import Look
from vermegroup.report.folder import default_folder, unwritable, write_new

_LONGEST = 120
_FORBIDDEN = re.compile(r'[<>:"|?*]')
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?", re.IGNORECASE)
_NAMELESS = "roster.csv"


def safe_name(name: str) -> str:
    """A file's name without folders, and without what turns a text around or names a device."""
    last = re.split(r"[/\\]", name)[-1]
    kept = "".join(each for each in last if not unicodedata.category(each).startswith("C"))
    kept = _FORBIDDEN.sub("_", " ".join(kept.split())).strip(". ")
    stem, dot, ending = kept.rpartition(".")
    kept = f"{stem[: _LONGEST - len(ending[:10]) - 1]}.{ending[:10]}" if dot else kept[:_LONGEST]
    if not kept.strip(". "):
        return _NAMELESS
    return f"_{kept}" if _RESERVED.fullmatch(kept) else kept


def has_groups(look: Look) -> bool:
    """Whether a column of the file says who is in which group."""
    if look.table is None:
        return False
    places = [at for at, column in enumerate(look.columns) if column.trait == "group"]
    cells = look.table.cells
    return any(any(map(tidy, cells.iloc[:, place].tolist())) for place in places)


def copied(source: Source, place: Path) -> Path:
    """The groups as a file in a folder of its own, NAME-groups, which nothing else is in yet.

    Raises OutputError where it cannot be written.
    """
    first = place / default_folder(source.name)
    folder, number = first, 1
    while folder.exists():
        if _is_there(folder / source.name, source.data):
            return folder / source.name
        number += 1
        folder = first.with_name(f"{first.name}-{number}")
    try:
        folder.mkdir(parents=True)
    except OSError as fault:
        raise OutputError([unwritable(folder, fault)]) from fault
    write_new(folder / source.name, source.data)
    return folder / source.name


def _is_there(file: Path, data: bytes) -> bool:
    try:
        return not os.path.islink(file) and bytes_of(file) == data
    except UnopenedError:
        return False
