"""What came of all jobs of a folder: ``summary.csv``, ``summary.html``, and a line of counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

from vermegroup.batch.batch import Account, kind_of
from vermegroup.batch.jobs import Job
from vermegroup.batch.ledger import Entry, Status
from vermegroup.domain.findings import OutputError
from vermegroup.intake.files.csv_text import csv_text
from vermegroup.language.catalogues import Language
from vermegroup.language.legible import utf8
from vermegroup.language.messages import Message, _, joined, ngettext
from vermegroup.report.folder import replace_file, unwritable
from vermegroup.report.jobs_page import JobLine, jobs_html

SUMMARY, SUMMARY_PAGE = "summary.csv", "summary.html"
_COLUMNS = (
    *("job", "status", "exit", "verdict", "proven", "deterministic"),
    *("read", "placed", "groups", "seconds", "noticed"),
)
_MISSING = "missing"
ALL_FORMED = ("formed",)
ALL_ANSWERED = ("formed", "impossible", "undecided")
"""Ends of jobs with which a batch as a whole is a success."""


def write_summary(
    folder: Path, jobs: Sequence[Job], entries: dict[str, Entry], language: Language
) -> None:
    """Write what the ledger says of the jobs. Raises OutputError where that cannot be done."""
    found = [(job.name, entries.get(job.name)) for job in jobs]
    counts = counted(Counter(_kind(entry) for _name, entry in found))
    lines = [_line(name, entry) for name, entry in found]
    files = {SUMMARY: _csv(found), SUMMARY_PAGE: jobs_html(lines, counts, language)}
    for name, content in files.items():
        try:
            replace_file(folder / name, content)
        except OSError as fault:
            raise OutputError([unwritable(folder / name, fault)]) from fault


def closing_line(account: Account) -> Message:
    """How many jobs ended how, and how many of them were not done anew."""
    kinds = Counter(_kind(account.entries.get(job.name)) for job in account.jobs)
    line = counted(kinds)
    unchanged = len(account.unchanged)
    if not unchanged:
        return line
    told = ngettext("{n} was unchanged", "{n} were unchanged", unchanged)
    return joined([line, told])


def counted(kinds: Counter[str]) -> Message:
    """How many jobs ended how."""
    jobs = ngettext("{n} job", "{n} jobs", kinds.total())
    told = [say(kinds[kind]) for kind, say in _SAID.items() if kinds[kind]]
    return _("{jobs}: {kinds}", jobs=jobs, kinds=joined(told, ", "))


_SAID: dict[str, Callable[[int], Message]] = {
    "formed": lambda n: ngettext("{n} formed", "{n} formed", n),
    "impossible": lambda n: ngettext("{n} impossible", "{n} impossible", n),
    "undecided": lambda n: ngettext("{n} undecided", "{n} undecided", n),
    "refused": lambda n: ngettext("{n} refused", "{n} refused", n),
    "crashed": lambda n: ngettext("{n} crashed", "{n} crashed", n),
    _MISSING: lambda n: ngettext("{n} not done yet", "{n} not done yet", n),
}


def _kind(entry: Entry | None) -> str:
    return _MISSING if entry is None else kind_of(entry)


def _line(name: str, entry: Entry | None) -> JobLine:
    if entry is None:
        return JobLine(name, _MISSING)
    return JobLine(
        name,
        kind_of(entry),
        bool(entry.outputs),
        entry.proven,
        entry.read,
        entry.placed,
        entry.groups,
        entry.seconds,
        _worst(entry),
    )


def failures(account: Account) -> list[tuple[str, str]]:
    """The jobs that were refused or crashed, each with the first thing that is told of it."""
    found = ((job.name, account.entries.get(job.name)) for job in account.jobs)
    return [
        (name, _worst(entry))
        for name, entry in found
        if entry is not None and entry.status in (Status.REFUSED, Status.CRASHED)
    ]


def _worst(entry: Entry) -> str:
    return str(entry.findings[0].get("message", "")) if entry.findings else ""


def _csv(found: Sequence[tuple[str, Entry | None]]) -> bytes:
    """A row for each job, under the names that the ledger has, too."""
    columns = [[_cell(entry, name, column) for name, entry in found] for column in _COLUMNS]
    worst = ["" if entry is None else _worst(entry) for _name, entry in found]
    return utf8(csv_text([[*_COLUMNS, "message"]], [*columns, worst]))


def _cell(entry: Entry | None, name: str, column: str) -> str:
    if entry is None:
        return {"job": name, "status": _MISSING}.get(column, "")
    value = getattr(entry, column)
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)
