"""The summary's lines in colour, as the terminal can show them."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console
from rich.text import Text

from vermegroup.cli.lines import Line

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
    console = Console(highlight=False, soft_wrap=True)
    for line in lines:
        console.print(Text.assemble(*((text, _STYLES[style]) for style, text in line)))
