"""What came of all jobs of a folder: ``summary.csv``, ``summary.html``, and a line of counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

from vermegroup.batch.batch import Account, kind_of
from vermegroup.batch.jobs import Job
from vermegroup.batch.ledger import Entry, Status
from vermegroup.domain.findings import Finding, OutputError, Severity
from vermegroup.intake.files.csv_text import csv_text
from vermegroup.language.catalogues import Language
from vermegroup.language.legible import utf8
from vermegroup.language.messages import N_, Message, _, capital, joined, ngettext, verbatim
from vermegroup.report.folder import replace_file, unwritable
from vermegroup.report.jobs_page import JobLine, jobs_html
from vermegroup.report.words import more

SUMMARY, SUMMARY_PAGE = "summary.csv", "summary.html"
_COLUMNS = (
    *("job", "status", "exit", "verdict", "proven", "deterministic"),
    *("read", "placed", "groups", "seconds", "noticed"),
)
_MISSING = "missing"
ALL_FORMED = ("formed",)
ALL_ANSWERED = ("formed", "invalid", "impossible", "undecided")
"""Ends of jobs with which a batch as a whole is a success."""


def write_summary(
    folder: Path, jobs: Sequence[Job], entries: dict[str, Entry], language: Language
) -> None:
    """Write what the ledger says of the jobs. Raises OutputError where that cannot be done."""
    found = [(job.name, entries.get(job.name)) for job in jobs]
    counts = counted(Counter(_kind(entry) for _name, entry in found))
    lines = [_line(name, entry, language) for name, entry in found]
    files = {SUMMARY: _csv(found, language), SUMMARY_PAGE: jobs_html(lines, counts, language)}
    for name, content in files.items():
        try:
            replace_file(folder / name, content)
        except OSError as fault:
            raise OutputError([unwritable(folder / name, fault)]) from fault


def closing_line(account: Account) -> Message:
    """How many jobs ended how, and how many of them were not done anew."""
    kinds = Counter(_kind(account.entries.get(job.name)) for job in account.jobs)
    line = counted(kinds)
    told = [line]
    if unchanged := len(account.unchanged):
        told.append(ngettext("{n} was unchanged", "{n} were unchanged", unchanged))
    if left := len(account.left):
        told.append(
            ngettext(
                "{n} was changed by hand since, and was left as it is",
                "{n} were changed by hand since, and were left as they are",
                left,
            )
        )
    return joined(told)


def left_as_it_is(command: str, *, behind: bool) -> Message:
    """That results were changed since and are left; ``behind`` where the job has changed, too."""
    return (_BEHIND if behind else _LEFT).filled(command=command)


_LEFT = N_("changed by {command} since; --force forms anew")
_BEHIND = N_("changed by {command} since, and what it reads has changed, too; --force forms anew")


def counted(kinds: Counter[str]) -> Message:
    """How many jobs ended how."""
    jobs = ngettext("{n} job", "{n} jobs", kinds.total())
    told = [say(kinds[kind]) for kind, say in _SAID.items() if kinds[kind]]
    return _("{jobs}: {kinds}", jobs=jobs, kinds=joined(told, ", "))


_SAID: dict[str, Callable[[int], Message]] = {
    "formed": lambda n: ngettext("{n} formed", "{n} formed", n),
    "invalid": lambda n: ngettext("{n} with broken rules", "{n} with broken rules", n),
    "impossible": lambda n: ngettext("{n} impossible", "{n} impossible", n),
    "undecided": lambda n: ngettext("{n} undecided", "{n} undecided", n),
    "refused": lambda n: ngettext("{n} refused", "{n} refused", n),
    "crashed": lambda n: ngettext("{n} crashed", "{n} crashed", n),
    _MISSING: lambda n: ngettext("{n} not done yet", "{n} not done yet", n),
}


def _kind(entry: Entry | None) -> str:
    return _MISSING if entry is None else kind_of(entry)


def _line(name: str, entry: Entry | None, language: Language) -> JobLine:
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
        _message(entry, language),
    )


def failures(account: Account) -> list[Entry]:
    """The jobs that were refused or crashed."""
    found = (account.entries.get(job.name) for job in account.jobs)
    failed = (Status.REFUSED, Status.CRASHED)
    return [entry for entry in found if entry is not None and entry.status in failed]


def of_saving(account: Account, out: Path) -> list[tuple[str, Finding]]:
    """What there is to say of results that were replaced this time, the warnings first."""
    found = [
        (name, each)
        for name in account.done()
        for each in findings_of(account.entries[name])
        if account.entries[name].status == Status.ANSWERED
        and (Path(each.file) == out / name or Path(each.file).parent == out / name)
    ]
    return sorted(found, key=lambda told: told[1].severity is not Severity.WARNING)


def findings_of(entry: Entry) -> list[Finding]:
    """The findings of an entry; what they say is in the language of the job."""
    return [
        Finding(
            Severity(str(each["severity"])),
            verbatim(str(each["message"])),
            str(each["file"]),
            row if isinstance(row := each.get("row"), int) else None,
            str(column) if (column := each.get("column")) else None,
            hint=verbatim(str(hint)) if (hint := each.get("hint")) else None,
        )
        for each in entry.findings
    ]


def _message(entry: Entry, language: Language) -> str:
    """The most important that there is to say of a job, in one line."""
    told = list[str]()
    if entry.changed_by:
        told.append(capital(_LEFT.filled(command=entry.changed_by)).in_(language))
    if entry.verdict in _NO_ANSWER and entry.sentence:
        told.append(entry.sentence)
    elif findings := findings_of(entry):
        told.append(in_one_line(findings[0], language))
        if entry.noticed > 1:
            told.append(more(entry.noticed - 1).in_(language))
    return " · ".join(told)


def in_one_line(finding: Finding, language: Language) -> str:
    """A finding with its place and what to do."""
    place, message = finding.place(language), finding.message.in_(language)
    hint = "" if finding.hint is None else f". {finding.hint.in_(language)}"
    return f"{place}: {message}{hint}" if place else f"{message}{hint}"


_NO_ANSWER = ("impossible", "undecided", "invalid")


def _csv(found: Sequence[tuple[str, Entry | None]], language: Language) -> bytes:
    """A row for each job, under the names that the ledger has, too."""
    columns = [[_cell(entry, name, column) for name, entry in found] for column in _COLUMNS]
    told = ["" if entry is None else _message(entry, language) for _name, entry in found]
    return utf8(csv_text([[*_COLUMNS, "message"]], [*columns, told]))


def _cell(entry: Entry | None, name: str, column: str) -> str:
    if entry is None:
        return {"job": name, "status": _MISSING}.get(column, "")
    value = getattr(entry, column)
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)
