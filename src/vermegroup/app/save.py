"""What a run comes to, and how it is put into its output folder."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from vermegroup.domain.findings import Finding, Severity
from vermegroup.domain.group_facts import GroupFacts
from vermegroup.domain.outcome import Outcome
from vermegroup.language.catalogues import Language
from vermegroup.language.legible import utf8
from vermegroup.language.messages import _, joined
from vermegroup.report.calls import call, file_word
from vermegroup.report.folder import (
    FACTS,
    GROUPS,
    MOVES,
    PAGE,
    PARTIAL,
    RECORD,
    TIMINGS,
    refuse_edited,
    refuse_unwritable,
    sha256,
)
from vermegroup.report.replacing import KEPT, settled, write_folder
from vermegroup.report.report import Report
from vermegroup.report.to_csv import facts_csv, groups_csv, moves_csv
from vermegroup.report.to_html import to_html
from vermegroup.report.to_json import timings_to_json, to_json


class Parting(Protocol):
    """Whom the groups of a run part."""

    def told(self, earlier: Path | None) -> Finding:
        """The warning; ``earlier`` is where the groups are that were replaced."""
        ...


@dataclass(frozen=True, slots=True)
class ReportedOutcome:
    """An outcome and the one report of it; ``interrupted`` by someone who did not want to wait.

    ``groups`` are the bytes of the groups' file where nothing in it is to change. ``folder`` is
    what becomes of a folder's name that nobody chose, ``parted`` tells whom of a folder's groups
    these files part, ``discreet`` says that people go by pseudonyms, ``facts`` are what is told
    of the groups, and ``tables`` are those that it read from no file, by the names they get.
    ``beside`` are further files by their names; unless ``groups_written``, no file has the groups.
    """

    outcome: Outcome
    report: Report
    groups: bytes | None = None
    interrupted: bool = False
    folder: Callable[[Path], Path] = field(default=lambda folder: folder)
    parted: Callable[[Path, Mapping[str, bytes]], Parting | None] = field(default=lambda *_: None)
    discreet: bool = False
    facts: tuple[GroupFacts, ...] = ()
    tables: Mapping[str, bytes] = field(default_factory=dict)
    beside: Mapping[str, bytes] = field(default_factory=dict)
    groups_written: bool = True

    @property
    def worth_saving(self) -> bool:
        """Whether there is something to put in the place of what an earlier run saved."""
        return self.outcome.grouping is not None or not self.interrupted


def files_of(answer: ReportedOutcome, language: Language) -> dict[str, bytes]:
    """The files of an answer, ``report.json`` last: it records the bytes of the others."""
    files = _groups_and_page(answer, language) if answer.groups_written else {}
    files |= answer.beside
    files |= answer.tables
    hashes = {name: sha256(content) for name, content in files.items()}
    files[TIMINGS] = timings_to_json(answer.report)
    files[RECORD] = to_json(answer.report, language, hashes)
    return files


def _groups_and_page(answer: ReportedOutcome, language: Language) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    outcome = answer.outcome
    if answer.groups is not None:
        files[GROUPS] = answer.groups
    elif outcome.grouping is not None:
        files[GROUPS] = groups_csv(outcome.problem.roster, outcome.grouping)
    elif outcome.why_not is not None and outcome.why_not.partial is not None:
        files[PARTIAL] = groups_csv(outcome.problem.roster, outcome.why_not.partial.grouping)
    if answer.report.rebalance is not None:
        moves = answer.report.rebalance.moves
        files[MOVES] = moves_csv(moves, outcome.problem.roster, language)
    if answer.facts:
        files[FACTS] = facts_csv(answer.facts, outcome.problem.roster.table)
    files[PAGE] = utf8(to_html(answer.report, language))
    return files


Tell = Callable[[Finding], None]
"""Who is told what becomes of files that are there already."""


def untold(finding: Finding) -> None:
    """Tell nobody."""
    del finding


def prepare(folder: Path, *, force: bool = False, tell: Tell = untold) -> None:
    """Refuse a folder that cannot be written into, or must not, before a long search.

    What a killed run left there is put right first.

    Raises:
        OutputError: it cannot be written; or a file in it was edited and ``force`` is False.
    """
    refuse_unwritable(folder)
    put_right(folder, tell)
    if not force:
        refuse_edited(folder)


def put_right(folder: Path, tell: Tell = untold) -> None:
    """Complete what a run began to replace in a folder before it was killed, and tell so.

    Raises OutputError where that cannot be done.
    """
    if (notice := settled(folder)) is not None:
        tell(Finding(Severity.NOTICE, notice, file=str(folder)))


def save(
    answer: ReportedOutcome,
    folder: Path,
    language: Language,
    *,
    force: bool = False,
    keep: int = KEPT,
    tell: Tell = untold,
) -> dict[Path, bytes]:
    """Write the folder, whole or not at all; what was written into which file.

    Results that stood there are kept in ``earlier/``, the newest ``keep`` of them. Nothing is
    written where there is nothing worth saving.

    Raises:
        OutputError: it cannot be written, or a file in it was edited and ``force`` is False.
    """
    if not answer.worth_saving:
        return {}
    files = files_of(answer, language)
    parted = answer.parted(folder, files)
    replaced = write_folder(folder, files, force=force, keep=keep)
    if parted is not None:
        tell(parted.told(replaced.earlier))
    if replaced.earlier is not None:
        tell(_kept(folder, replaced.earlier, discreet=answer.discreet))
    return dict(zip(replaced.written, files.values(), strict=True))


def _kept(folder: Path, earlier: Path, *, discreet: bool) -> Finding:
    message = _("The results that stood here are kept in {folder}", folder=str(earlier))
    undo = _("To bring them back: {call}", call=call("undo", file_word(str(folder))))
    names = _("There may be names in them: think of it before you pass this folder on")
    return Finding(
        Severity.NOTICE,
        message,
        file=str(folder),
        hint=joined([undo, names], ". ") if discreet else undo,
    )
