"""Put an answer into its output folder."""

from __future__ import annotations

from pathlib import Path

from vermegroup.phrase import Language, utf8
from vermegroup.report.edits import GROUPS, MOVES, PAGE, PARTIAL, RECORD, refuse_edited, sha256
from vermegroup.report.folder import refuse_unwritable, write_folder
from vermegroup.report.groups_csv import groups_csv
from vermegroup.report.html import to_html
from vermegroup.report.json import to_json
from vermegroup.report.moves_csv import moves_csv
from vermegroup.runs.answer import Answer


def files_of(answer: Answer, language: Language) -> dict[str, bytes]:
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
    files[PAGE] = utf8(to_html(answer.report, language))
    hashes = {name: sha256(content) for name, content in files.items()}
    files[RECORD] = utf8(to_json(answer.report, language, hashes))
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
    answer: Answer, folder: Path, language: Language, *, force: bool = False
) -> dict[Path, bytes]:
    """Write the folder, whole or not at all; what was written into which file.

    Raises:
        OutputError: it cannot be written, or a file in it was edited and ``force`` is False.
    """
    files = files_of(answer, language)
    return dict(zip(write_folder(folder, files, force=force), files.values(), strict=True))
