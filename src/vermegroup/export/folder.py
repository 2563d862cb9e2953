"""The folder of exports: what an export wrote it may write again, and take away when it is no more.

``export.json`` tells it by the bytes. What somebody changed since is left alone.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from vermegroup.domain.findings import Finding, OutputError, Severity
from vermegroup.intake.files.source import STANDARD_INPUT, UnopenedError, bytes_of
from vermegroup.language.messages import N_, _
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
_IS_FOLDER = _("A file is to be written here, and this is a folder")
_IS_FILE = _("A folder is to be made here, and this is a file")
_NO_OUTPUT = _("An export is not written to standard output")
_A_PLACE = _("Name a folder with -o, or a file where there is only one")
_OTHER_KIND = N_("The file that is written is a {ending} file, and its name says otherwise")
_SAME = N_("Give it a name that ends in {ending}")
NOTHING_WRITTEN = Finding(Severity.NOTICE, _("No file was written"))
_ENDINGS = frozenset((".html", ".xlsx", ".eml", ".csv", ".ics", ".vcf", ".txt", ".md"))
"""Those of the files that there are."""


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
        _refuse(_wrong_file(place, files))
        _keep_source(exported, [place])
        write_new(place, next(iter(files.values())), force=force)
        return [place]
    _keep_source(exported, [place / name for name in files])
    _refuse(_in_the_way(place, files))
    before = _recorded(place)
    changed = [name for name in files if not _may_replace(place / name, before.get(name))]
    if not force:
        _refuse([edited_since(place / name) for name in changed])
    try:
        _replace(place, exported, before)
    except OSError as fault:
        raise OutputError([unwritable(place, fault)]) from fault
    return [place / name for name in files]


def _refuse(faults: Sequence[Finding]) -> None:
    """Raise OutputError with what is at fault, if anything is: before anything is written."""
    if faults:
        raise OutputError([*faults, NOTHING_WRITTEN])


def _is_file(place: Path, files: Mapping[str, bytes]) -> bool:
    """Whether a place is meant as a file: it has an ending, for several files that of a file."""
    is_file = place.suffix.lower() in _ENDINGS if len(files) > 1 else bool(place.suffix)
    return (is_file or str(place) == STANDARD_INPUT) and not os.path.isdir(place)


def _wrong_file(place: Path, files: Mapping[str, bytes]) -> list[Finding]:
    """What is at fault where the files cannot be written into this one."""
    if str(place) == STANDARD_INPUT:
        return [Finding(Severity.ERROR, _NO_OUTPUT, column="-o", value=str(place), hint=_A_PLACE)]
    if len(files) > 1:
        return [Finding(Severity.ERROR, _NOT_ONE, str(place), hint=_A_FOLDER)]
    [ending] = {Path(name).suffix for name in files}
    if place.suffix.lower() in _ENDINGS - {ending}:
        said = _OTHER_KIND.filled(ending=ending)
        return [Finding(Severity.ERROR, said, str(place), hint=_SAME.filled(ending=ending))]
    return []


def _in_the_way(folder: Path, files: Mapping[str, bytes]) -> list[Finding]:
    """What is at fault where a folder stands in the place of a file, or a file in a folder's."""
    # Those of Path raise at names that are too long.
    folders = [folder / name for name in files if os.path.isdir(folder / name)]
    within = dict.fromkeys((folder / name).parent for name in files)
    others = [path for path in within if os.path.exists(path) and not os.path.isdir(path)]
    return [
        *(Finding(Severity.ERROR, _IS_FOLDER, str(path), hint=_ELSEWHERE) for path in folders),
        *(Finding(Severity.ERROR, _IS_FILE, str(path), hint=_ELSEWHERE) for path in others),
    ]


def _keep_source(exported: Exported, targets: Sequence[Path]) -> None:
    """Raise OutputError where the groups themselves would be written over."""
    source = Path(exported.source) if exported.source else None
    if source is not None and os.path.exists(source):
        same = [path for path in targets if os.path.exists(path) and path.samefile(source)]
        _refuse([Finding(Severity.ERROR, _SOURCE, str(path), hint=_ELSEWHERE) for path in same])


Hashes = dict[str, list[str]]
"""By the paths of files, the SHA-256 of what an export left there, or is about to leave."""


def _replace(folder: Path, exported: Exported, before: Hashes) -> None:
    """Put every file in its place. Killed between two of them, the next export goes on."""
    files = exported.contents()
    after = {name: [sha256(content)] for name, content in files.items()}
    gone = [name for name in before if name not in files and _is_of(name, exported)]
    gone = [name for name in gone if _stays_within(folder, name)]
    others = {name: hashes for name, hashes in before.items() if name not in files}
    both = {name: before.get(name, []) + hashes for name, hashes in after.items()}
    _record(folder, {**others, **both}, exported.series)
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        replace_file(folder / name, content)
    for name in gone:
        if _may_replace(folder / name, before[name]):
            if os.path.exists(folder / name):
                (folder / name).unlink()
            del others[name]
    _record(folder, {**others, **after}, exported.series)


def _is_of(name: str, exported: Exported) -> bool:
    """Whether a file stands in a folder that is all of a kind's which is written anew."""
    places = {file.partition("/")[0] for file in exported.contents() if "/" in file}
    return "/" in name and name.partition("/")[0] in places


def _may_replace(path: Path, hashes: Sequence[str] | None) -> bool:
    """Whether there is no such file, or one that is as an export left it."""
    try:
        return not os.path.exists(path) or sha256(bytes_of(path)) in (hashes or ())
    except (UnopenedError, OSError, ValueError):
        return False


def _stays_within(folder: Path, name: str) -> bool:
    """Whether a file stands in this folder indeed, and not where a link in it leads."""
    with suppress(OSError, RuntimeError, ValueError):
        return (folder / name).parent.resolve().is_relative_to(folder.resolve())
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
        told = {str(name): list(map(str, hashes)) for name, hashes in files.items()}
        return {name: hashes for name, hashes in told.items() if _may_be_ours(name)}
    return {}


def _may_be_ours(name: str) -> bool:
    """Whether an export could have recorded such a name: anybody can write into the record."""
    path = PurePosixPath(name)
    encoded = name.encode(errors="replace").decode()
    is_plain = encoded == name and not {"\0", "\\", ":"} & set(name)
    return is_plain and not path.is_absolute() and ".." not in path.parts
