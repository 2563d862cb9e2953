"""The folder of exports: what an export wrote it may write again, and take away when it is no more.

``export.json`` tells it by the bytes. What somebody changed since is left alone.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from vermegroup.domain.findings import Finding, OutputError, Severity
from vermegroup.intake.files.source import UnopenedError, bytes_of
from vermegroup.language.messages import _
from vermegroup.report.findings_json import SCHEMA
from vermegroup.report.folder import (
    GROUPS,
    default_folder,
    edited_since,
    replace_file,
    sha256,
    unwritable,
    write_new,
)

_FOLDER, _ENDING = "export", "-export"
_RECORD = "export.json"


@dataclass(frozen=True, slots=True)
class Exported:
    """The files of each kind, by their paths in the folder, and what was noticed.

    They are of so many ``people`` in so many ``groups``, which were read from ``source``, and are
    of this ``series`` of runs.
    """

    files: Mapping[str, Mapping[str, bytes]]
    findings: tuple[Finding, ...]
    people: int
    groups: int
    source: str = ""
    series: str = ""

    def contents(self) -> dict[str, bytes]:
        """All files."""
        return {name: content for files in self.files.values() for name, content in files.items()}


_SOURCE = _("The groups are read from this file, and would be lost")
_ELSEWHERE = _("Choose another place with -o")
_NOT_ONE = _("Several files cannot be written into one")
_A_FOLDER = _("Name a folder with -o")


def folder_for(groups_file: str, asked: Path | None) -> Path:
    """The folder asked for; else ``export`` beside a run's groups, or ``NAME-export``."""
    path = Path(groups_file)
    if asked is None and path.name == GROUPS:
        return path.parent / _FOLDER
    return asked or default_folder(groups_file, _ENDING)


def write_export(exported: Exported, place: Path, *, force: bool = False) -> list[Path]:
    """Write the files into a folder, or the only one into the file that ``place`` names.

    A place with an ending that is no folder yet is a file.

    Raises:
        OutputError: it cannot be written, or a file there is not as an export left it.
    """
    files = exported.contents()
    if _is_file(place, files):
        if len(files) > 1:
            raise OutputError([_several(place)])
        _keep_source(exported, [place])
        write_new(place, next(iter(files.values())), force=force)
        return [place]
    _keep_source(exported, [place / name for name in files])
    before = _recorded(place)
    changed = [name for name in files if not _may_replace(place / name, before.get(name))]
    if changed and not force:
        raise OutputError([edited_since(place / name) for name in changed])
    try:
        _replace(place, exported, before)
    except OSError as fault:
        raise OutputError([unwritable(place, fault)]) from fault
    return [place / name for name in files]


def _is_file(place: Path, files: Mapping[str, bytes]) -> bool:
    """Whether a place is meant as a file: it has an ending, for several files one of theirs."""
    endings = {Path(name).suffix for name in files}
    is_file = place.suffix in endings if len(files) > 1 else bool(place.suffix)
    return is_file and not place.is_dir()


def _keep_source(exported: Exported, targets: Sequence[Path]) -> None:
    """Raise OutputError where the groups themselves would be written over."""
    source = Path(exported.source) if exported.source else None
    if source is not None and source.exists():
        same = [path for path in targets if path.exists() and path.samefile(source)]
        if same:
            raise OutputError([Finding(Severity.ERROR, _SOURCE, str(same[0]), hint=_ELSEWHERE)])


def _several(place: Path) -> Finding:
    return Finding(Severity.ERROR, _NOT_ONE, str(place), hint=_A_FOLDER)


Hashes = dict[str, list[str]]
"""By the paths of files, the SHA-256 of what an export left there, or is about to leave."""


def _replace(folder: Path, exported: Exported, before: Hashes) -> None:
    """Put every file in its place. Killed between two of them, the next export goes on."""
    files = exported.contents()
    after = {name: [sha256(content)] for name, content in files.items()}
    gone = [name for name in before if name not in files and _is_of(name, exported)]
    others = {name: hashes for name, hashes in before.items() if name not in files}
    both = {name: before.get(name, []) + hashes for name, hashes in after.items()}
    _record(folder, {**others, **both}, exported.series)
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        replace_file(folder / name, content)
    for name in gone:
        if _may_replace(folder / name, before[name]):
            (folder / name).unlink(missing_ok=True)
            del others[name]
    _record(folder, {**others, **after}, exported.series)


def _is_of(name: str, exported: Exported) -> bool:
    """Whether a file stands in a folder that is all of a kind's which is written anew."""
    places = {file.partition("/")[0] for file in exported.contents() if "/" in file}
    return "/" in name and name.partition("/")[0] in places


def _may_replace(path: Path, hashes: Sequence[str] | None) -> bool:
    """Whether there is no such file, or one that is as an export left it."""
    try:
        return not path.exists() or sha256(bytes_of(path)) in (hashes or ())
    except (UnopenedError, OSError):
        return False


def _record(folder: Path, hashes: Hashes, series: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    told = {"schema": SCHEMA, "series": series, "files": dict(sorted(hashes.items()))}
    replace_file(folder / _RECORD, (json.dumps(told, ensure_ascii=False, indent=2) + "\n").encode())


def series_in(folder: Path) -> str:
    """What the groups are called of which an export is in a folder; "" where that is not told."""
    with suppress(UnopenedError, OSError, ValueError, LookupError, TypeError):
        series = json.loads(bytes_of(folder / _RECORD))["series"]
        return series if isinstance(series, str) else ""
    return ""


def _recorded(folder: Path) -> Hashes:
    with suppress(UnopenedError, OSError, ValueError, LookupError, TypeError, AttributeError):
        files = json.loads(bytes_of(folder / _RECORD))["files"]
        return {str(name): list(map(str, hashes)) for name, hashes in files.items()}
    return {}
