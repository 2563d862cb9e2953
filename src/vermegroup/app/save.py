"""What a run comes to, and how it is put into its output folder."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from vermegroup.domain.group_facts import GroupFacts
from vermegroup.domain.outcome import Outcome
from vermegroup.language.catalogues import Language
from vermegroup.language.legible import utf8
from vermegroup.report.folder import (
    FACTS,
    GROUPS,
    MOVES,
    PAGE,
    PARTIAL,
    RECORD,
    refuse_edited,
    refuse_unwritable,
    sha256,
    write_folder,
)
from vermegroup.report.report import Report
from vermegroup.report.to_csv import facts_csv, groups_csv, moves_csv
from vermegroup.report.to_html import to_html
from vermegroup.report.to_json import to_json


@dataclass(frozen=True, slots=True)
class ReportedOutcome:
    """An outcome and the one report of it; ``interrupted`` by someone who did not want to wait.

    ``groups`` are the bytes of the groups' file where nothing in it is to change. ``folder`` is
    what becomes of a folder's name that nobody chose, and ``facts`` what is told of groups.
    """

    outcome: Outcome
    report: Report
    groups: bytes | None = None
    interrupted: bool = False
    folder: Callable[[Path], Path] = field(default=lambda folder: folder)
    facts: tuple[GroupFacts, ...] = ()

    @property
    def worth_saving(self) -> bool:
        """Whether there is something to put in the place of what an earlier run saved."""
        return self.outcome.grouping is not None or not self.interrupted


def files_of(answer: ReportedOutcome, language: Language) -> dict[str, bytes]:
    """The files of an answer, ``report.json`` last: it records the bytes of the others."""
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
        files[MOVES] = moves_csv(moves, outcome.problem.roster.table, language)
    if answer.facts:
        files[FACTS] = facts_csv(answer.facts, outcome.problem.roster.table)
    files[PAGE] = utf8(to_html(answer.report, language))
    hashes = {name: sha256(content) for name, content in files.items()}
    files[RECORD] = to_json(answer.report, language, hashes)
    return files


def prepare(folder: Path, *, force: bool = False) -> None:
    """Refuse a folder that cannot be written into, or must not, before a long search.

    Raises:
        OutputError: it cannot be written; or a file in it was edited and ``force`` is False.
    """
    refuse_unwritable(folder)
    if not force:
        refuse_edited(folder)


def save(
    answer: ReportedOutcome, folder: Path, language: Language, *, force: bool = False
) -> dict[Path, bytes]:
    """Write the folder, whole or not at all; what was written into which file.

    Nothing where there is nothing worth saving.

    Raises:
        OutputError: it cannot be written, or a file in it was edited and ``force`` is False.
    """
    if not answer.worth_saving:
        return {}
    files = files_of(answer, language)
    return dict(zip(write_folder(folder, files, force=force), files.values(), strict=True))
