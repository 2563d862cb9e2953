"""The command line as a whole: how it is called, and how it ends."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from functools import partial
from itertools import pairwise
from typing import Annotated, Any, NoReturn

import typer
from typer.core import TyperCommand, TyperGroup

from vermegroup._version import __version__
from vermegroup.cli import options, spoken
from vermegroup.cli.exits import AT_FAULT, JSON, answer_refused, exit_code, tell
from vermegroup.domain.findings import Finding, Severity
from vermegroup.language.catalogues import is_readable, preferred, spoken_to
from vermegroup.language.messages import N_, Template

# All that Typer raises for a wrong call; it has no public name.
_WrongCall: type[typer.BadParameter] = typer.BadParameter.__mro__[1]
_WORDS = "vermegroup.words"
_MAY_BE_EMPTY = ("lang", "absent", "left")


class _Spoken:
    """What all commands have in common: they are spoken of in the user's language."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        spoken.write_help(self, ctx, formatter)

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        spoken.write_usage(self, ctx, formatter)

    def get_short_help_str(self, limit: int = 0) -> str:
        del limit  # a summary is short
        return spoken.summary(self, preferred())

    def shell_complete(self, ctx: Any, incomplete: str) -> list[Any]:
        found: list[Any] = super().shell_complete(ctx, incomplete)  # type: ignore[misc]
        for item in found:
            item.help = item.help and spoken.in_language(item.help, preferred())
        return found

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        ctx.meta[_WORDS] = list(args)
        try:
            left: list[str] = super().parse_args(ctx, args)  # type: ignore[misc]
            self._refuse_empty(ctx)
        except _WrongCall as fault:
            fault.ctx = fault.ctx or ctx
            raise
        return left

    def _refuse_empty(self, ctx: Any) -> None:
        """Raise BadParameter where a value is an empty text: as a path, that is the current folder.

        An empty list of people is told of with the others that name nobody.
        """
        words = ctx.meta[_WORDS]
        if ctx.resilient_parsing or not any(word == "" or word.endswith("=") for word in words):
            return
        values = self.make_parser(ctx).parse_args(list(words))[0]  # type: ignore[attr-defined]
        for param in self.get_params(ctx):  # type: ignore[attr-defined]
            if param.name not in _MAY_BE_EMPTY and spoken.is_empty(values.get(param.name)):
                raise typer.BadParameter("", ctx=ctx, param=param)


def asks_for_json(words: Sequence[str], command: Any) -> bool:
    """Whether the words of a command ask for JSON, even if they say nothing else of sense."""
    if not any("--format" in param.opts for param in command.params):
        return False
    asked = [
        word.partition("=")[2] or after
        for word, after in pairwise([*words, ""])
        if word.startswith("--format")
    ]
    return asked[-1:] == [JSON]


def _paired(args: list[str]) -> list[str]:
    """The words, with the two that follow an option for pairs as one: Typer repeats no pairs."""
    words, joined = list(args), []
    while words:
        joined.append(words.pop(0))
        if joined[-1] in options.OF_PAIRS and len(words) > 1:
            joined.append(options.BETWEEN_TWO.join((words.pop(0), words.pop(0))))
    return joined


class _Command(_Spoken, TyperCommand):
    """A command."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        return super().parse_args(ctx, _paired(args))


class _Commands(_Spoken, TyperGroup):
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
        language = spoken_to(words)
        if not is_readable(language):
            tell(f"The catalogue of the language {language} cannot be read")  # so it says nothing
        for param in self.params:
            if param.opts[-1] in _COMPLETION:
                param.callback = partial(_COMPLETION[param.opts[-1]], param.callback)
        # Typer's own way of ending calls a closed pipe, and the end of input, an answer of "no".
        try:
            with self.make_context("vermegroup", list(words), obj=language) as context:
                self.invoke(context)
        except typer.Exit as leaving:
            return leaving.exit_code
        except _WrongCall as fault:
            self._tell_wrong(fault)
            return fault.exit_code
        return 0

    def _tell_wrong(self, fault: Any) -> None:
        from vermegroup.cli.wrong_calls import told, what_is_wrong

        words = fault.ctx.meta[_WORDS]
        for line in told(fault, words):
            tell(line)
        if asks_for_json(words, fault.ctx.command):
            wrong = Finding(Severity.ERROR, what_is_wrong(fault, words))
            answer_refused([wrong], spoken.language_of(fault.ctx))


app = typer.Typer(
    name="vermegroup",
    cls=_Commands,
    help=N_("Form peer-mentoring groups that provably hold their rules.").text,
    invoke_without_command=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # --help is plain, so that it need not load Rich
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 88},
)


def command(name: str, *help_: Template) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Declare a command, with its help: a summary, and the paragraphs after it."""
    text = "\n\n".join(paragraph.text for paragraph in help_)
    return app.command(name, cls=_Command, help=text)


def _install_completion(_theirs: Any, context: Any, _option: Any, asked: Any) -> None:
    if asked and not context.resilient_parsing:
        from vermegroup.cli.completion import install

        install(context, asked)


def _show_completion(theirs: Any, context: Any, option: Any, asked: Any) -> None:
    try:
        theirs(context, option, asked)
    except SystemExit as shown:
        raise typer.Exit from shown


# Typer's own ways are English, and leave by SystemExit, which counts as a defect here.
_COMPLETION = {"--install-completion": _install_completion, "--show-completion": _show_completion}


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"vermegroup {__version__}")
        raise typer.Exit


@app.callback()
def vermegroup(
    context: typer.Context,
    version: Annotated[
        bool,
        options.option(
            "--version", callback=_version, is_eager=True, help_=N_("Show the version.")
        ),
    ] = False,
    lang: options.Language = "",
) -> None:
    """Where no command is given, show the help."""
    if context.invoked_subcommand is None:
        for line in context.get_help().splitlines():
            tell(line)
        raise typer.Exit(AT_FAULT)
