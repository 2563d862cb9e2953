"""A job with its key and its folder, and how it ends where nothing comes of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from vermegroup.batch.jobs import Job
from vermegroup.batch.ledger import Entry, Status
from vermegroup.domain.findings import Finding, Severity
from vermegroup.language.messages import Message, capital
from vermegroup.report.blocks import ranked
from vermegroup.report.findings_json import findings_plain
from vermegroup.report.stale import mark_stale

AT_FAULT, DEFECT = 2, 70
CODES = {"formed": 0, "impossible": 1, "invalid": 1, "undecided": 3}
"""The exit codes of answers, as commands have them."""
LISTED = 20
"""Findings in the ledger; the job's own report has all of them."""


@dataclass(frozen=True, slots=True)
class Task:
    """A job to be done, under its key, into its folder.

    ``day`` counts as today if the job itself names none; None for today. ``shared`` is a file that
    whoever does it must see, where that may be another machine.
    """

    job: Job
    key: str
    folder: Path
    force: bool = False
    shared: Path | None = None
    day: date | None = None

    @property
    def today(self) -> date:
        """What counts as today."""
        return self.job.day or self.day or date.today()


def refused(task: Task, findings: Iterable[Finding], *, blocked: bool = False) -> Entry:
    """The entry of a job whose input is at fault; an older answer of it is marked as older.

    One that is ``blocked`` by what is no input of its, such as what stands in its folder, is tried
    again.
    """
    findings = tuple(findings)
    mark_stale(task.folder, _called(task.job), findings, task.job.lang)
    entry = Entry(task.job.name, task.key, Status.REFUSED, AT_FAULT, "refused", blocked=blocked)
    return with_findings(entry, findings, task.job.lang)


def crashed(task: Task, message: Message) -> Entry:
    """The entry of a job that ended in a way that nobody foresaw."""
    entry = Entry(task.job.name, task.key, Status.CRASHED, DEFECT)
    return with_findings(entry, [Finding(Severity.ERROR, message)], task.job.lang)


def with_findings(entry: Entry, findings: Iterable[Finding], language: str) -> Entry:
    """The entry with what was noticed, the worst first."""
    # A place or a job's name stands before them, and other commands have them in mid-sentence.
    worst = [replace(each, message=capital(each.message)) for each in ranked(findings)]
    listed = tuple(findings_plain(worst[:LISTED], language))
    return replace(entry, findings=listed, noticed=len(worst))


def _called(job: Job) -> str:
    """The job as words, for a note; under pseudonyms without what may be names."""
    return job.name if job.pseudonymise else f"{job.name}: {job.kind} {job.file}"
