"""Show a report on standard output: as JSON, in colour on a terminal, or as plain text."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import typer

from vermegroup.cli.lines import laid_out
from vermegroup.cli.options import Format
from vermegroup.findings import InputError, errors
from vermegroup.phrase import Language, utf8
from vermegroup.report.checked import Checked
from vermegroup.report.report import Report
from vermegroup.report.summary import Summary

_PLAIN_WIDTH = 80
_WIDEST = 100


def show(
    report: Report,
    language: Language,
    format_: Format,
    *,
    quiet: bool,
    written: Mapping[Path, bytes] | None = None,
) -> None:
    """Show the report. ``--quiet`` silences the summary, and never the JSON that was asked for."""
    written = written or {}
    if format_ is Format.JSON:
        _json(report, language, written)
    elif not quiet:
        _summary(report, language, tuple(written))


def show_check(checked: Checked, language: Language, format_: Format, *, quiet: bool) -> None:
    """Show a check. ``--quiet`` leaves the faults, which go to standard error then.

    Raises:
        InputError: quiet, and the roster cannot be used.
    """
    if format_ is Format.JSON:
        from vermegroup.report.check_json import check_to_json

        typer.echo(utf8(check_to_json(checked, language)), nl=False)
    elif not quiet:
        from vermegroup.report.check_text import check_summary

        _printed(check_summary(checked, language))
    elif not checked.usable:
        raise InputError(errors(checked.report.findings))


def _json(report: Report, language: Language, written: Mapping[Path, bytes]) -> None:
    from vermegroup.report.edits import RECORD
    from vermegroup.report.json import to_json

    saved = [content for path, content in written.items() if path.name == RECORD]
    text = saved[0] if saved else utf8(to_json(report, language))
    typer.echo(text, nl=False)


def _summary(report: Report, language: Language, written: Sequence[Path]) -> None:
    from vermegroup.report.text import summary

    _printed(summary(report, language, written))


def _printed(summary: Summary) -> None:
    terminal = sys.stdout.isatty()
    width = min(shutil.get_terminal_size().columns, _WIDEST) if terminal else _PLAIN_WIDTH
    lines = laid_out(summary, width)
    if terminal:
        from vermegroup.cli.colour import coloured

        coloured(lines)
    else:
        typer.echo("\n".join("".join(text for _, text in line) for line in lines))
