"""The summary laid out in lines of styled pieces, so that plain text and colour look alike."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from vermegroup.cli.printable import printable
from vermegroup.report.summary import Headline, Item, Mood, Section, Summary

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
    yield [(Mood.QUIET, f"  {headline.counts}")]


def _section(section: Section, width: int) -> Iterator[Line]:
    yield [("title", section.title)]
    for item in section.items:
        yield from _item(item, width)
    widest = max((len(name) for name, _ in section.rows), default=0)
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
    """A group's name and its members, broken between members and never within one."""
    lines: list[str] = []
    for member in members:
        if lines and len(lines[-1]) + len(_BETWEEN) + len(member) <= width - widest - 4:
            lines[-1] += _BETWEEN + member
        else:
            lines.append(member)
    for place, line in enumerate(lines or [""]):
        yield [("name", f"  {name if place == 0 else '':{widest}}  "), ("", line)]


def _wrapped(text: str, width: int, indent: str) -> list[str]:
    return textwrap.wrap(
        text, width, initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False
    ) or [indent]
