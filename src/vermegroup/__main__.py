"""The front door: ``vermegroup``, and ``python -m vermegroup``."""

from __future__ import annotations

from typing import NoReturn


def main() -> NoReturn:
    """Run the command line, and leave with an exit code that is true whatever happens."""
    import os  # noqa: PLC0415
    import signal  # noqa: PLC0415
    import sys  # noqa: PLC0415

    for name in ("SIGINT", "SIGTERM", "SIGHUP"):  # while what heeds them is yet to be loaded
        number = getattr(signal, name, None)
        if number and (number == signal.SIGINT or signal.getsignal(number) == signal.SIG_DFL):
            signal.signal(number, lambda number, _frame: os._exit(128 + number))
    from vermegroup.cli.exits import exit_code, open_streams  # noqa: PLC0415

    open_streams()
    sys.exit(exit_code(_commands, sys.argv[1:]))


def _commands() -> int:
    # Imported late, so that a fault of an import is told as any other.
    import gc  # noqa: PLC0415

    from vermegroup.cli.commands import app  # noqa: PLC0415

    # A million rows are millions of texts, none of them in a cycle: looking for cycles as often as
    # usual takes a third of the time of a large run.
    gc.set_threshold(500_000, 50, 100)
    try:
        app()
    except SystemExit as leaving:
        return int(leaving.code or 0)
    finally:
        # What is left ends with the process, which would look for cycles in all of it once more.
        gc.freeze()
    return 0


if __name__ == "__main__":
    main()
