"""Help in the user's language, laid out as Typer lays it out.

Typer takes every text when a command is declared, before anybody has asked in a language. So the
commands keep the English ones, and these are translated when help is shown.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from typing import Any

import typer

from vermegroup.export.kinds import KINDS
from vermegroup.export.rendered import Kind
from vermegroup.language.catalogues import Language, preferred
from vermegroup.language.messages import N_, Message, Template, _, grouped, number

# Typer's own options, which it declares in English.
_HELP_OF_TYPERS = {
    "--help": N_("Show this message and exit."),
    "--install-completion": N_("Install completion for this shell."),
    "--show-completion": N_("Show completion for this shell, to copy or change it."),
}
_EXPLAINED: dict[str, type[Kind]] = {"--to": Kind}
_OPTIONS = _("[OPTIONS]")
_UNBROKEN = "\N{NON-BREAKING HYPHEN}"
# Translators: what follows the name of the program.
_A_COMMAND = _("COMMAND [ARGS]...")


def language_of(context: typer.Context) -> Language:
    """The language that the user is spoken to in."""
    return context.obj if isinstance(context.obj, str) else preferred()


def in_language(text: str, language: Language) -> str:
    """An English text of a command or of an option, in one language."""
    return Template(text).in_(language)


def write_help(command: Any, context: typer.Context, formatter: Any) -> None:
    """Lay out the help of a command, or of the program."""
    language = language_of(context)
    write_usage(command, context, formatter)
    formatter.write_paragraph()
    with formatter.indentation():
        told = "\n\n".join(in_language(part, language) for part in _parts(command))
        formatter.write_text(_in_one_piece(told))
    shown = [param for param in command.get_params(context) if not param.hidden]
    for title, kind in ((_("Arguments"), "argument"), (_("Options"), "option")):
        rows = [_row(param, language) for param in shown if param.param_type_name == kind]
        _write_section(formatter, title.in_(language), rows)
    for param in shown:
        heading = in_language(param.metavar or "", language)
        _write_section(formatter, heading, _explained(param, language))
    commands = getattr(command, "commands", {}).items()
    summaries = [(name, summary(one, language)) for name, one in commands if not one.hidden]
    _write_section(formatter, _("Commands").in_(language), summaries)
    formatter.buffer[:] = [text.replace(_UNBROKEN, "-") for text in formatter.buffer]


def write_usage(command: Any, context: typer.Context, formatter: Any) -> None:
    """Lay out how a command is called, in one line where it fits."""
    language = language_of(context)
    pieces = [_OPTIONS.in_(language)]
    for param in command.params:
        if param.param_type_name == "argument":
            name = metavar(param, language)
            pieces.append(name if param.required else f"[{name}]")
    if hasattr(command, "commands"):
        pieces.append(_A_COMMAND.in_(language))
    title = _("Usage").in_(language)
    formatter.write_usage(context.command_path, " ".join(pieces), f"{title}: ")


def summary(command: Any, language: Language) -> str:
    """What a command does, in a sentence."""
    return in_language(_parts(command)[0], language)


def metavar(param: Any, language: Language) -> str:
    """What stands for the value of an argument or an option; nothing for a flag."""
    if getattr(param, "is_flag", False):
        return ""
    choices = getattr(param.type, "choices", None)
    if param.metavar or not choices:
        return in_language(param.metavar or "", language)
    return "|".join(map(as_typed, choices))


def _explained(param: Any, language: Language) -> list[tuple[str, str]]:
    """The choices of an option, each with what it is, where their names do not tell."""
    return [
        (kind.value, KINDS[kind].summary.in_(language))
        for kind in _EXPLAINED.get(param.opts[0], ())
    ]


def _parts(command: Any) -> list[str]:
    return (command.help or "").split("\n\n")


def _write_section(formatter: Any, title: str, rows: list[tuple[str, str]]) -> None:
    if rows:
        with formatter.section(title):
            formatter.write_dl([(name, _in_one_piece(told)) for name, told in rows])


def _in_one_piece(text: str) -> str:
    """The text with hyphens at which no line ends, as in kevat-groups/groups.csv."""
    return text.replace("-", _UNBROKEN)


def _row(param: Any, language: Language) -> tuple[str, str]:
    name = metavar(param, language)
    if param.param_type_name == "option":
        name = f"{', '.join(sorted(param.opts, key=len))} {name}".rstrip()
    own = _HELP_OF_TYPERS.get(param.opts[-1])
    told = own.in_(language) if own else in_language(param.help, language)
    remarks = "; ".join(remark.in_(language) for remark in _remarks(param, language))
    return name, f"{told}  [{remarks}]" if remarks else told


def _remarks(param: Any, language: Language) -> Iterator[Message]:
    default = param.show_default
    if isinstance(default, str):
        yield _("default: {value}", value=in_language(default, language))
    elif param.default not in (None, False, ""):
        value = param.default if isinstance(param.default, float) else as_typed(param.default)
        yield _("default: {value}", value=value)
    low, high = (limit(each, language) for each in limits_of(param))
    yield from _range(low, high)
    if param.required:
        yield _("required")


def _range(low: str, high: str) -> Iterator[Message]:
    if low and high:
        yield _("from {low} to {high}", low=low, high=high)
    elif low:
        yield _("at least {low}", low=low)


def limits_of(param: Any) -> tuple[float | None, float | None]:
    """The least and the most that the value of an option may be, where there are such limits."""
    kind = getattr(param.type, "func", param.type)  # of one that is read by a parser of ours
    return getattr(kind, "min", None), getattr(kind, "max", None)


def limit(value: float | None, language: Language) -> str:
    """A limit as people write it: 1,000,000 or 0.1; nothing where there is none."""
    if value is None:
        return ""
    return grouped(value, language) if isinstance(value, int) else number(value, language)


def as_typed(value: object) -> str:
    """A value as it is typed on a command line."""
    if isinstance(value, Enum):
        return str(value.value)
    return f"{value:g}" if isinstance(value, float) else str(value)


def is_empty(value: object) -> bool:
    """Whether an option or an argument was given an empty text, or one among others."""
    return "" in value if isinstance(value, list) else value == ""
