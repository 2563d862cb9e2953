"""A batch on a terminal: how far it is, what it would do, and what came of it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import typer

from vermegroup.batch.batch import Account, Planned
from vermegroup.batch.ledger import LEDGER, Entry
from vermegroup.batch.summary import (
    SUMMARY_PAGE,
    closing_line,
    failures,
    findings_of,
    left_as_it_is,
    of_saving,
)
from vermegroup.cli.exits import printable, tell, tell_folded
from vermegroup.cli.options import Format
from vermegroup.cli.terminal import Progress
from vermegroup.domain.findings import Finding, Severity
from vermegroup.language.catalogues import Language
from vermegroup.language.messages import _, ngettext
from vermegroup.report.blocks import notice
from vermegroup.report.findings_json import SCHEMA
from vermegroup.report.words import more_in_file

_SHOWN = 5


class JobsProgress(Progress):
    """Keeps one line up to date: ``━━━━━━──────────  12 of 200 jobs``."""

    def done(self, count: int, total: int, left: float = 0.0) -> None:
        """So many jobs of so many have come to an end."""
        words = ngettext("{count} of {n} job", "{count} of {n} jobs", total, count=count)
        self._words = {"done": words.in_(self._language)}
        super().done(count, total, left)

    def _after_bar(self) -> Iterator[str]:
        yield self._words["done"]


def show_plan(plan: Iterable[Planned], language: Language, format_: Format) -> None:
    """Show which jobs are to be done, and why."""
    lines = [
        {"job": each.job.name, "run": each.why is not None, "why": _why(each, language)}
        for each in plan
    ]
    if format_ is Format.JSON:
        typer.echo(json.dumps({"schema": SCHEMA, "plan": lines}, ensure_ascii=False, indent=2))
        return
    for line in lines:
        typer.echo(printable(f"{line['job']}: {line['why']}"))


def _why(planned: Planned, language: Language) -> str:
    if planned.changed is not None:
        left = left_as_it_is(planned.changed.changed_by, behind=planned.behind)
        return left.in_(language)
    if planned.why is None:
        return _("unchanged").in_(language)
    return _("to be done: {why}", why=planned.why).in_(language)


def show_account(
    account: Account, out: Path, language: Language, format_: Format, *, quiet: bool
) -> None:
    """Show what came of a batch: as JSON every job; else what failed, and how many ended how."""
    if format_ is Format.JSON:
        unchanged = {*account.unchanged, *account.left}
        jobs = [
            {**account.entries[job.name].plain(), "unchanged": job.name in unchanged}
            for job in account.jobs
            if job.name in account.entries
        ]
        typer.echo(json.dumps({"schema": SCHEMA, "jobs": jobs}, ensure_ascii=False, indent=2))
        return
    _tell_failures(failures(account), language)
    _tell_left(account, language)
    _tell_saved(of_saving(account, out), language, quiet=quiet)
    if not quiet:
        typer.echo(printable(closing_line(account).in_(language)))


def _tell_failures(failed: Sequence[Entry], language: Language) -> None:
    for entry in failed[:_SHOWN]:
        _tell(entry.job, findings_of(entry)[:1], language)
        if entry.noticed > 1:
            tell(f"  {more_in_file(entry.noticed - 1, LEDGER).in_(language)}")
    if failed[_SHOWN:]:
        tell(more_in_file(len(failed) - _SHOWN, SUMMARY_PAGE).in_(language))


def _tell_left(account: Account, language: Language) -> None:
    for name in list(account.left)[:_SHOWN]:
        command, behind = account.entries[name].changed_by, account.left[name]
        tell_folded(f"{name}: {left_as_it_is(command, behind=behind).in_(language)}")
    if len(account.left) > _SHOWN:
        tell(more_in_file(len(account.left) - _SHOWN, SUMMARY_PAGE).in_(language))


def _tell_saved(saved: Sequence[tuple[str, Finding]], language: Language, *, quiet: bool) -> None:
    """What became of results that were replaced; mere notices are left out where it is quiet."""
    told = [each for each in saved if each[1].severity is not Severity.NOTICE or not quiet]
    for name, finding in told[:_SHOWN]:
        _tell(name, [finding], language)
    if told[_SHOWN:]:
        tell(more_in_file(len(told) - _SHOWN, LEDGER).in_(language))


def _tell(name: str, findings: Sequence[Finding], language: Language) -> None:
    for finding in findings:
        line = notice(finding, language)
        place = f"{line.place}: " if line.place else ""
        tell_folded(f"{name}: {place}{line.message}")
        if line.hint:
            tell_folded(line.hint, "  ")
