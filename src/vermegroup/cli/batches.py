"""A batch on a terminal: how far it is, what it would do, and what came of it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

import typer

from vermegroup.batch.batch import Account, Planned
from vermegroup.batch.summary import SUMMARY_PAGE, closing_line, failures
from vermegroup.cli.exits import printable, tell, tell_folded
from vermegroup.cli.options import Format
from vermegroup.cli.terminal import Progress
from vermegroup.language.catalogues import Language
from vermegroup.language.messages import _, ngettext
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
    if planned.why is None:
        return _("unchanged").in_(language)
    return _("to be done: {why}", why=planned.why).in_(language)


def show_account(account: Account, language: Language, format_: Format, *, quiet: bool) -> None:
    """Show what came of a batch: as JSON every job, else which failed, and how many ended how."""
    if format_ is Format.JSON:
        unchanged = set(account.unchanged)
        jobs = [
            {**account.entries[job.name].plain(), "unchanged": job.name in unchanged}
            for job in account.jobs
            if job.name in account.entries
        ]
        typer.echo(json.dumps({"schema": SCHEMA, "jobs": jobs}, ensure_ascii=False, indent=2))
        return
    failed = failures(account)
    for name, why in failed[:_SHOWN]:
        tell_folded(f"{name}: {why}")
    if failed[_SHOWN:]:
        tell(more_in_file(len(failed) - _SHOWN, SUMMARY_PAGE).in_(language))
    if not quiet:
        typer.echo(printable(closing_line(account).in_(language)))
