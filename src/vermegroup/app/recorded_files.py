"""Where the files of a recorded run are now, by the hashes of their bytes."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from vermegroup.intake.files.readings import FileRead
from vermegroup.intake.files.source import UnopenedError, bytes_of
from vermegroup.report.folder import EARLIER, edited


@dataclass(frozen=True, slots=True)
class Found:
    """Where files are; those that stand in their places and are others by now; those not found."""

    places: dict[FileRead, Path] = field(default_factory=dict)
    changed: list[FileRead] = field(default_factory=list)
    missing: list[FileRead] = field(default_factory=list)


def find_files(files: Iterable[FileRead], folder: Path, data: Path | None) -> Found:
    """Find the files of a run whose results are in ``folder``.

    They are looked for at their paths, then in all of ``data``, then in what later runs replaced
    and kept, and at last beside the results, but only where nothing stands at their paths: a file
    that somebody changed is not made up for by a copy that happens to be near.
    """
    found = Found()
    for read in files:
        standing = _standing(read, folder)
        place = (
            _with_hash(read.sha256, standing)
            or (data and _among(data, read.sha256))
            or _with_hash(read.sha256, _replaced(standing))
            or (None if standing else _with_hash(read.sha256, _beside(folder)))
        )
        if place:
            found.places[read] = place
        else:
            (found.changed if standing else found.missing).append(read)
    return found


def _standing(read: FileRead, folder: Path) -> list[Path]:
    """The files at the path: from the current folder, or from that of the results."""
    places = dict.fromkeys((Path(read.path), folder.parent / read.path))
    return [path for path in places if read.path != "-" and os.path.isfile(path)]


def _replaced(standing: Sequence[Path]) -> Iterator[Path]:
    """What a run put aside for files that stand there as a run left them."""
    for path in standing:
        if not edited(path.parent):
            yield from sorted((path.parent / EARLIER).glob(f"*/{path.name}"))


def _beside(folder: Path) -> Iterator[Path]:
    for pattern in ("*", "*/*"):
        with suppress(OSError):
            yield from sorted(path for path in folder.parent.glob(pattern) if path.is_file())
    yield from sorted((folder / EARLIER).glob("*/*"))


def _with_hash(sha256: str, paths: Iterable[Path]) -> Path | None:
    return next((path for path in paths if _hash(path) == sha256), None)


def _among(data: Path, sha256: str) -> Path | None:
    """The file with this hash in a folder or in those inside it, or the one that ``data`` is."""
    paths = [data] if data.is_file() else sorted(data.rglob("*"))
    return _with_hash(sha256, (path for path in paths if path.is_file()))


def _hash(path: Path) -> str | None:
    with suppress(OSError):
        found = os.stat(path)
        return _hash_of(path, found.st_mtime_ns, found.st_size)
    return None


@cache
def _hash_of(path: Path, _time: int, _size: int) -> str | None:
    """The hash of a file as it is: many a file is asked for several times."""
    with suppress(UnopenedError):
        return hashlib.sha256(bytes_of(path)).hexdigest()
    return None
