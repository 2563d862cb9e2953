"""Run again from the record of a folder, and compare what comes out with what is there."""

from __future__ import annotations

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
from vermegroup.language.catalogues import languages
from vermegroup.language.messages import N_, Message, _
from vermegroup.report.folder import RECORD, provenance_in
from vermegroup.report.report import Input
from vermegroup.report.verify_text import Difference, Verification

Again = Mapping[str, Callable[[Mapping[str, Any], How], ReportedOutcome]]
"""What runs each command again, given its recorded arguments."""


def verify_folder(
    folder: Path, data: Path | None, key_file: Path | None, again: Again
) -> Verification:
    """Find the files of the run that wrote a folder, run it again, and compare. Writes nothing.

    Raises:
        InputError: there is no record, a file is not found, or the key is missing or another one.
    """
    record = _Record.of(folder / RECORD, again)
    how = record.how(key_file)
    found = find_files(record.inputs, folder, data)
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
    answer = replace(answer, report=replace(answer.report, provenance=told))
    files = files_of(answer, record.language)
    outputs = {name: str(sha256) for name, sha256 in record.outputs.items()}
    different = tuple(differences(folder, files, answer, outputs))
    return Verification(record.command, different, inputs, notes)


@dataclass(frozen=True, slots=True)
class _Record:
    """What a record tells of its run."""

    file: Path
    entry: Mapping[str, Any]
    call: Mapping[str, Any]
    inputs: tuple[FileRead, ...]
    outputs: Mapping[str, Any]

    @classmethod
    def of(cls, file: Path, again: Again) -> _Record:
        """Read a record. Raises InputError where there is none, or it does not suffice."""
        try:
            entry = provenance_in(file)
        except ValueError as fault:
            raise InputError([_fault(file, _NO_RECORD, _NAME_A_FOLDER)]) from fault
        try:
            call = entry["call"]
            inputs = tuple(
                FileRead(str(each["role"]), str(each["path"]), str(each["sha256"]))
                for each in entry["inputs"]
            )
            known = call["command"] in again and entry["language"] in languages()
            known = known and not call["arguments"].get("facts_kept")
            record = cls(file, entry, call, inputs, dict(entry["outputs"]))
        except (LookupError, TypeError, ValueError) as fault:
            raise InputError([_fault(file, _TELLS_TOO_LITTLE, _RUN_ANEW)]) from fault
        if not known:
            raise InputError([_fault(file, _TELLS_TOO_LITTLE, _RUN_ANEW)])
        return record

    @property
    def command(self) -> str:
        return str(self.call["command"])

    @property
    def language(self) -> str:
        return str(self.entry["language"])

    @property
    def version(self) -> str:
        return str(self.entry["version"])

    @property
    def libraries(self) -> Mapping[str, str]:
        return {str(name): str(value) for name, value in self.entry["libraries"].items()}

    def how(self, key_file: Path | None) -> How:
        """How the run read. Raises InputError where its key is missing, or this is another."""
        call, key = self.call, key_for(bool(self.call.get("pseudonymised")), key_file)
        if key is not None and key_id(key) != call.get("key_id"):
            raise InputError([_fault(key_file or self.file, _ANOTHER_KEY)])
        facts = call["arguments"].get("group_facts")
        return How(
            dict(call["columns"]),
            call["sheet"],
            key,
            date.fromisoformat(call["day"]),
            None if facts is None else Path(facts),
        )

    def repeated(self, how: How, found: Found, again: Again) -> ReportedOutcome:
        """The same run again, with the files where they are now."""
        told = self.call["arguments"]
        if told.get("given"):
            book = recorded_rulebook(self.file)
            told = {**told, "book": replace(book, origin=str(self.entry["rulebook_origin"]))}
        with elsewhere(Elsewhere(found.places)):
            try:
                return again[self.command](told, how)
            except (LookupError, TypeError, ValueError) as fault:
                raise InputError([_fault(self.file, _TELLS_TOO_LITTLE, _RUN_ANEW)]) from fault

    def notes(self, answer: ReportedOutcome) -> Iterator[Message]:
        """What may be the reason of differences."""
        ours = answer.report.provenance
        now = {"vermegroup": ours.version, **ours.libraries}
        before = {"vermegroup": self.version, **self.libraries}
        for name in dict.fromkeys((*before, *now)):
            old, new = before.get(name, "–"), now.get(name, "–")
            if old != new:
                yield _VERSIONS.filled(name=name, old=old, new=new)
        if not self.entry.get("deterministic", True):
            yield _BY_TIME


def _fault(file: Path, message: Message, hint: Message | None = None) -> Finding:
    return Finding(Severity.ERROR, message, file=str(file), hint=hint)


def _missing(read: FileRead, folder: Path) -> Finding:
    message = _MISSING.filled(sha256=read.sha256[:16], folder=str(folder))
    return Finding(Severity.ERROR, message, file=read.path, hint=_HINT)


_NO_RECORD = _("There is no record of a run here")
_NAME_A_FOLDER = _("Name the folder that a run wrote into, such as NAME-groups")
_TELLS_TOO_LITTLE = _("This record does not tell enough to repeat the run")
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
