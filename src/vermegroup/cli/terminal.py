"""Show a report, findings and progress on a terminal: in colour, as plain text, or as JSON."""

from __future__ import annotations

import shutil
import sys
import textwrap
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

import typer

from vermegroup.cli.exits import printable
from vermegroup.cli.options import Format
from vermegroup.domain.findings import InputError, errors
from vermegroup.language.catalogues import Language
from vermegroup.language.messages import Message, _
from vermegroup.report.blocks import Headline, Item, Mood, Section, Summary
from vermegroup.report.check_text import Checked
from vermegroup.report.options_text import OptionsReport
from vermegroup.report.progress import Following
from vermegroup.report.report import Report

if TYPE_CHECKING:
    from vermegroup.export.folder import Exported
    from vermegroup.report.baseline import BaselineReport
    from vermegroup.report.verify_text import Verification

_STYLES = {
    "good": "green",
    "bad": "red",
    "unsure": "yellow",
    "quiet": "dim",
    "title": "bold",
    "name": "bold cyan",
    "good title": "bold green",
    "bad title": "bold red",
    "unsure title": "bold yellow",
    "": "",
}


def coloured(lines: Iterable[Line]) -> None:
    """Print the lines on standard output. Rich knows what the terminal can do, and NO_COLOR."""
    # Late, because what is no terminal needs no Rich, which takes a tenth of a small run.
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False, soft_wrap=True)
    for line in lines:
        console.print(Text.assemble(*((text, _STYLES[style]) for style, text in line)))


Line = list[tuple[str, str]]
"""Pieces of a line: (style, text). A style is a mood, "title", "name" or ""."""

_MARKS = {Mood.GOOD: "✓", Mood.BAD: "✗", Mood.UNSURE: "•", Mood.QUIET: " "}
_BETWEEN = " · "


def laid_out(summary: Summary, width: int) -> list[Line]:
    """Every line of the summary, at most so wide where words allow it."""
    lines = list(_headline(summary.headline, width))
    for section in summary.sections:
        lines += [[], *_section(section, width)]
    return [[(style, printable(text)) for style, text in line] for line in lines]


def _headline(headline: Headline, width: int) -> Iterator[Line]:
    mark = _MARKS[headline.mood]
    yield [(f"{headline.mood} title", f"{mark} {headline.label}")]
    for line in _wrapped(headline.sentence, width, "  "):
        yield [("", line)]
    if headline.counts:
        yield [(Mood.QUIET, f"  {headline.counts}")]


def _section(section: Section, width: int) -> Iterator[Line]:
    yield [("title", section.title)]
    for item in section.items:
        yield from _item(item, width)
    widest = max((len(name) for name, _rest in section.rows), default=0)
    for name, members in section.rows:
        yield from _row(name, members, widest, width)


def _item(item: Item, width: int) -> Iterator[Line]:
    first, *rest = _wrapped(item.text, width - 4, "")
    yield [(item.mood, f"  {_MARKS[item.mood]} "), ("", first)]
    for line in rest:
        yield [("", f"    {line}")]
    for note in item.note.splitlines():
        for line in _wrapped(note, width, "    "):
            yield [(Mood.QUIET, line)]


def _row(name: str, members: tuple[str, ...], widest: int, width: int) -> Iterator[Line]:
    """A group's name and its members, broken between members, and within those wider than a line.

    What follows of such a one is indented, so that a new line is another member.
    """
    lines: list[str] = []
    room = max(8, width - widest - 4)
    for member in members:
        if lines and len(lines[-1]) + len(_BETWEEN) + len(member) <= room:
            lines[-1] += _BETWEEN + member
        else:
            lines += _wrapped(member, room, "", more="  ")
    for place, line in enumerate(lines or [""]):
        yield [("name", f"  {name if place == 0 else '':{widest}}  "), ("", line)]


def _wrapped(text: str, width: int, indent: str, more: str = "") -> list[str]:
    """A text as lines; ``more`` is how much further all but the first are indented."""
    return textwrap.wrap(
        text,
        width,
        initial_indent=indent,
        subsequent_indent=indent + more,
        break_on_hyphens=False,
    ) or [indent]


_PATIENCE = 1.0
"""Seconds in silence: most searches are over by then."""
_PAUSE = 0.1
"""Seconds between two changes of the line."""
_BAR = 16


class Progress(Following):
    """A listener for the solver that keeps one line up to date.

    It shows how much of a round is done, what is being done, how far a preference is from its
    bound, and the time left: ``━━━━━━──────────  250 groups · improving · …``.
    """

    def __init__(self, language: Language, *, quiet: bool) -> None:
        super().__init__()
        self._language = language
        self._tells = not quiet and sys.stderr.isatty()
        self._next = time.monotonic() + _PATIENCE
        self._shown = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._shown:
            self._write("")

    def trying(self, groups: int) -> None:
        """A number of groups is tried."""
        super().trying(groups)
        self._tell()

    def stage(self, name: str, left: float) -> None:
        """A stage begins."""
        super().stage(name, left)
        self._tell()

    def pursuing(self, preference: Message, gap: float) -> None:
        """A preference is improved, and so far from its bound."""
        super().pursuing(preference, gap)
        self._tell()

    def done(self, count: int, total: int, left: float) -> None:
        """So many of the neighbourhoods of a round are solved."""
        super().done(count, total, left)
        self._tell()

    def _tell(self) -> None:
        if self._tells and time.monotonic() >= self._next:
            self._next = time.monotonic() + _PAUSE
            width = shutil.get_terminal_size().columns - 1
            self._write("".join(self._line())[:width])
            self._shown = True

    def _line(self) -> Iterator[str]:
        full = round(_BAR * self.share)
        yield "━" * full + "─" * (_BAR - full) + "  "
        yield from self._after_bar()

    def _after_bar(self) -> Iterator[str]:
        time_left = _("{s} s left", s=round(self.left))
        order = [self.words[what] for what in ("trying", "stage") if what in self.words]
        yield " · ".join(each.in_(self._language) for each in (*order, time_left))
        yield f" · {self.words['gap'].in_(self._language)}" if "gap" in self.words else ""

    def _write(self, line: str) -> None:
        with suppress(OSError):
            sys.stderr.write(f"\r\x1b[K{line}")
            sys.stderr.flush()


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
        from vermegroup.report.to_json import check_to_json

        typer.echo(check_to_json(checked, language), nl=False)
    elif not quiet:
        from vermegroup.report.check_text import check_summary

        _printed(check_summary(checked, language))
    elif not checked.usable:
        raise InputError(errors(checked.report.findings))


def show_options(
    report: OptionsReport, language: Language, format_: Format, *, quiet: bool
) -> None:
    """Show where somebody could go."""
    from vermegroup.report.options_text import options_json, options_summary

    if format_ is Format.JSON:
        typer.echo(options_json(report, language), nl=False)
    elif not quiet:
        _printed(options_summary(report, language))


def show_verification(
    found: Verification, language: Language, format_: Format, *, quiet: bool
) -> None:
    """Show whether a run came out again."""
    from vermegroup.report.verify_text import verify_json, verify_summary

    if format_ is Format.JSON:
        typer.echo(verify_json(found, language), nl=False)
    elif not quiet:
        _printed(verify_summary(found, language))


def show_export(
    exported: Exported,
    written: Sequence[Path],
    language: Language,
    format_: Format,
    *,
    quiet: bool,
) -> None:
    """Show which files were written, and what was noticed."""
    from vermegroup.export.export_text import export_json, export_summary

    if format_ is Format.JSON:
        typer.echo(export_json(exported, written, language), nl=False)
    elif not quiet:
        _printed(export_summary(exported, written, language))


def show_draw(
    report: Report,
    language: Language,
    format_: Format,
    *,
    quiet: bool,
    written: Mapping[Path, bytes],
) -> None:
    """Show a pool of groupings, as JSON by its design; where there is none, the report."""
    if report.draw is None:
        show(report, language, format_, quiet=quiet, written=written)
    elif format_ is Format.JSON:
        from vermegroup.report.draw_json import design_json

        typer.echo(design_json(report.draw), nl=False)
    elif not quiet:
        from vermegroup.report.draw_text import draw_summary

        _printed(draw_summary(report, language, tuple(written)))


def show_baseline(
    found: BaselineReport,
    language: Language,
    format_: Format,
    *,
    quiet: bool,
    written: Sequence[Path],
) -> None:
    """Show where a grouping stands among random ones."""
    from vermegroup.report.baseline_text import baseline_json, baseline_summary

    if format_ is Format.JSON:
        typer.echo(baseline_json(found, language), nl=False)
    elif not quiet:
        _printed(baseline_summary(found, language, written))


def _json(report: Report, language: Language, written: Mapping[Path, bytes]) -> None:
    from vermegroup.report.folder import RECORD
    from vermegroup.report.to_json import to_json

    saved = [content for path, content in written.items() if path.name == RECORD]
    text = saved[0] if saved else to_json(report, language)
    typer.echo(text, nl=False)


def _summary(report: Report, language: Language, written: Sequence[Path]) -> None:
    from vermegroup.report.summary import summary

    _printed(summary(report, language, written))


def _printed(summary: Summary) -> None:
    terminal = sys.stdout.isatty()
    width = min(shutil.get_terminal_size().columns, _WIDEST) if terminal else _PLAIN_WIDTH
    lines = laid_out(summary, width)
    if terminal:
        coloured(lines)
    else:
        typer.echo("\n".join("".join(text for _rest, text in line) for line in lines))
