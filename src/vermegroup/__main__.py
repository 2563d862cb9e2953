"""The front door: ``vermegroup``, and ``python -m vermegroup``."""

from __future__ import annotations

from typing import NoReturn


def main() -> NoReturn:
    """Run the command line, and leave with an exit code that is true whatever happens."""
    import sys  # noqa: PLC0415

    from vermegroup.cli.exits import exit_code, open_streams  # noqa: PLC0415

    open_streams()
    sys.exit(exit_code(_commands, sys.argv[1:]))


def _commands() -> int:
    # Imported late, so that a fault of an import is told as any other.
    from vermegroup.cli.app import main as commands  # noqa: PLC0415

    return commands()


if __name__ == "__main__":
    main()
