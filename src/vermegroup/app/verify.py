"""Run again from the record of a folder, and compare what comes out with what is there."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from vermegroup.app.differences import differences
from vermegroup.app.privacy.how import How, key_for, key_id
from vermegroup.app.recorded_files import Found, find_files
from vermegroup.app.recorded_rulebook import recorded_rulebook
from vermegroup.app.save import ReportedOutcome, files_of
from vermegroup.domain.findings import Finding, InputError, Severity
from vermegroup.intake.files.readings import Elsewhere, FileRead, elsewhere
from vermegroup.intake.files.source import bytes_of
from vermegroup.language.catalogues import languages
from vermegroup.language.messages import N_, Message, _
from vermegroup.report.folder import RECORD, TABLES, provenance_in
from vermegroup.report.report import Input
from vermegroup.report.verify_text import Difference, Verification

Again = Mapping[str, Callable[[Mapping[str, Any], How], ReportedOutcome]]
"""What runs each command again, given its recorded arguments."""


def verify_folder(
    place: Path, data: Path | None, key_file: Path | None, again: Again
) -> Verification:
    """Find the files of the run that wrote a folder, run it again, and compare. Writes nothing.

    ``place`` is the folder or a file in it.

    Raises:
        InputError: there is no record, a file is not found, or the key is missing or another one.
    """
    folder = place.parent if place.is_file() else place
    if data is not None and not data.exists():
        raise InputError([_fault(data, _NO_DATA)])
    record = _Record.of(folder / RECORD, again)
    how = record.how(key_file)
    found = find_files(record.inputs, folder, data)
    edited = [read for read in found.missing if record.is_table(read.sha256, folder)]
    if edited:
        found = replace(found, changed=[*found.changed, *edited], missing=[])
    if found.missing:
        raise InputError([_missing(read, folder) for read in found.missing])
    inputs = tuple(
        (Input(read.role, read.path, read.sha256), str(found.places.get(read, "")))
        for read in record.inputs
    )
    if found.changed:
        changed = tuple(Difference(read.path, _CHANGED, read.role) for read in found.changed)
        return Verification(record.command, changed, inputs, (_HINT,))
    answer = record.repeated(how, found, again)
    ours, notes = answer.report.provenance, tuple(record.notes(answer))
    told = replace(ours, version=record.version, libraries=record.libraries)
    report = replace(answer.report, provenance=told)
    answer = replace(answer, report=report, tables=record.tables(found))
    files = files_of(answer, record.language)
    different = tuple(differences(folder, files, answer, record.outputs))
    return Verification(record.command, different, inputs, notes)


@dataclass(frozen=True, slots=True)
class _Record:
    """What a record tells of its run."""

    file: Path
    command: str
    arguments: Mapping[str, Any]
    inputs: tuple[FileRead, ...]
    outputs: Mapping[str, str]
    language: str
    version: str
    libraries: Mapping[str, str]
    asked: How
    key_id: str | None
    origin: str
    deterministic: bool

    @classmethod
    def of(cls, file: Path, again: Again) -> _Record:
        """Read a record. Raises InputError where there is none, or it does not suffice."""
        try:
            entry = provenance_in(file)
        except ValueError as fault:
            raise InputError([_without_record(file)]) from fault
        try:
            record = cls._told(file, entry)
        except (LookupError, TypeError, ValueError, AttributeError) as fault:
            raise InputError([_fault(file, _TELLS_TOO_LITTLE, _RUN_ANEW)]) from fault
        if record.command == "compare":
            raise InputError([_fault(file, _COMPARED, _COMPARE_ANEW)])
        if record.arguments.get("facts_kept"):
            raise InputError([_fault(file, _FACTS_GONE, _FACTS_APART)])
        if record.command not in again or record.language not in languages():
            raise InputError([_fault(file, _TELLS_TOO_LITTLE, _RUN_ANEW)])
        return record

    @classmethod
    def _told(cls, file: Path, entry: Mapping[str, Any]) -> _Record:
        """The record, from plain values that may be anything."""
        call = entry["call"]
        return cls(
            file,
            str(call["command"]),
            dict(call["arguments"]),
            tuple(
                FileRead(str(each["role"]), str(each["path"]), str(each["sha256"]))
                for each in entry["inputs"]
            ),
            {str(name): str(value) for name, value in entry["outputs"].items()},
            str(entry["language"]),
            str(entry["version"]),
            {str(name): str(value) for name, value in entry["libraries"].items()},
            _how_told(call),
            str(call["key_id"]) if call.get("pseudonymised") else None,
            str(entry.get("rulebook_origin", "")),
            bool(entry.get("deterministic", True)),
        )

    def how(self, key_file: Path | None) -> How:
        """How the run read. Raises InputError where its key is missing, or this is another."""
        key = key_for(self.key_id is not None, key_file)
        if key is not None and key_id(key) != self.key_id:
            raise InputError([_fault(key_file or self.file, _ANOTHER_KEY)])
        return replace(self.asked, key=key)

    def repeated(self, how: How, found: Found, again: Again) -> ReportedOutcome:
        """The same run again, with the files where they are now."""
        told = self.arguments
        if told.get("given"):
            book = recorded_rulebook(self.file)
            told = {**told, "book": replace(book, origin=self.origin)}
        with elsewhere(Elsewhere(found.places)):
            try:
                return again[self.command](told, how)
            except (LookupError, TypeError, ValueError, AttributeError) as fault:
                raise InputError([_fault(self.file, _TELLS_TOO_LITTLE, _RUN_ANEW)]) from fault

    def tables(self, found: Found) -> dict[str, bytes]:
        """The tables that the run read from no file and kept, by their names."""
        by_hash = {read.sha256: place for read, place in found.places.items()}
        kept = {name: self.outputs[name] for name in TABLES if name in self.outputs}
        return {name: bytes_of(by_hash[read]) for name, read in kept.items() if read in by_hash}

    def is_table(self, sha256: str, folder: Path) -> bool:
        """Whether it is that of a table which the run kept, and which is another one by now."""
        names = (name for name in TABLES if self.outputs.get(name) == sha256)
        return any(os.path.isfile(folder / name) for name in names)

    def notes(self, answer: ReportedOutcome) -> Iterator[Message]:
        """What may be the reason of differences."""
        ours = answer.report.provenance
        now = {"vermegroup": ours.version, **ours.libraries}
        before = {"vermegroup": self.version, **self.libraries}
        for name in dict.fromkeys((*before, *now)):
            old, new = before.get(name, "–"), now.get(name, "–")
            if old != new:
                yield _VERSIONS.filled(name=name, old=old, new=new)
        if not self.deterministic:
            yield _BY_TIME


def _how_told(call: Mapping[str, Any]) -> How:
    """How a run read, but for its key."""
    columns = {str(trait): str(header) for trait, header in call["columns"].items()}
    facts, sheet = call["arguments"].get("group_facts"), call["sheet"]
    return How(
        columns,
        None if sheet is None else str(sheet),
        day=date.fromisoformat(call["day"]),
        group_facts=None if facts is None else Path(facts),
        unasked="day" not in call["arguments"],
    )


def _without_record(file: Path) -> Finding:
    if os.path.lexists(file):
        return _fault(file, _UNREADABLE, _RUN_ANEW)
    return _fault(file, _NO_RECORD, _NAME_A_FOLDER)


def _fault(file: Path, message: Message, hint: Message | None = None) -> Finding:
    return Finding(Severity.ERROR, message, file=str(file), hint=hint)


def _missing(read: FileRead, folder: Path) -> Finding:
    message = _MISSING.filled(sha256=read.sha256[:16], folder=str(folder))
    return Finding(Severity.ERROR, message, file=read.path, hint=_HINT)


_NO_RECORD = _("There is no record of a run here")
_NAME_A_FOLDER = _("Name the folder that a run wrote into, such as NAME-groups")
_TELLS_TOO_LITTLE = _("This record does not tell enough to repeat the run")
_UNREADABLE = _("This record cannot be read: it is damaged, or is none of a run")
_NO_DATA = _("There is no such file or folder")
_COMPARED = _("This is the report of a comparison, which is not repeated from its record")
_COMPARE_ANEW = _("Compare the two files again; verify repeats what formed or changed groups")
_FACTS_GONE = _(
    "What is told of the groups stood in the folder that the run replaced, so that it cannot be "
    "repeated from files"
)
_FACTS_APART = _("Form them into a new folder, with --group-facts and the file of these facts")
_RUN_ANEW = _("Run the command again: newer records tell more")
_ANOTHER_KEY = _("The pseudonyms were made with another key")
_CHANGED = _("The file was changed since the run read it")
_HINT = _("--data names the folder in which the files are as the run read them")
_MISSING = N_(
    "The file that the run of {folder} read is not found, neither by its path nor by its contents "
    "(SHA-256 {sha256}…)"
)
_VERSIONS = N_("The record was made with {name} {old}; this is {new}")
_BY_TIME = _("The time limit ended the search then, so another result may well come out")
