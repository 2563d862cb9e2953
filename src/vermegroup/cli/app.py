"""The command line as a whole: how it is called, and how it ends."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import Annotated, Any, NoReturn

import typer
from typer.core import TyperGroup

from vermegroup._version import __version__
from vermegroup.cli.exits import exit_code

# All that Typer raises for a wrong call; it has no public name.
_WrongCall: type[typer.BadParameter] = typer.BadParameter.__mro__[1]


class _Commands(TyperGroup):
    """The commands. However one of them ends, its exit code is true."""

    def main(self, args: Sequence[str] | None = None, *_: Any, **__: Any) -> NoReturn:
        words = list(sys.argv[1:] if args is None else args)
        sys.exit(exit_code(lambda: 0 if self._completed() else self._answered(words), words))

    def _completed(self) -> bool:
        """Whether a shell asked how a line goes on, and was told."""
        try:
            self._main_shell_completion({}, "vermegroup", "_VERMEGROUP_COMPLETE")
        except SystemExit:
            return True
        return False

    def _answered(self, words: list[str]) -> int:
        # Typer's own way of ending calls a closed pipe, and the end of input, an answer of "no".
        try:
            with self.make_context("vermegroup", list(words)) as context:
                self.invoke(context)
        except typer.Exit as leaving:
            return leaving.exit_code
        except _WrongCall as fault:
            with suppress(OSError):
                fault.show()
            return fault.exit_code
        return 0


app = typer.Typer(
    name="vermegroup",
    cls=_Commands,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # --help is plain, so that it need not load Rich
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 88},
)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"vermegroup {__version__}")
        raise typer.Exit


@app.callback()
def vermegroup(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Form peer-mentoring groups that provably hold their rules."""
