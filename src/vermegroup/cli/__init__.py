"""The front door: parse, call one function, show, exit. The only room with Typer and Rich."""

from __future__ import annotations

from typing import NoReturn

__all__ = ["main"]


def main() -> NoReturn:
    """Run the command line, and leave with an exit code that is true whatever happens."""
    import sys

    from vermegroup.cli.exits import exit_code, open_streams

    open_streams()
    sys.exit(exit_code(_commands, sys.argv[1:]))


def _commands() -> int:
    # Imported late, so that a fault of an import is told as any other.
    from vermegroup.cli.app import main as commands

    return commands()
