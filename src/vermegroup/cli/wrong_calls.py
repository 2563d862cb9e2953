"""A call that no command understands: what is wrong with it, in the user's language.

Typer tells it in English, in words that change with its version. So the sentence here is made of
what was raised, and of what the command would have taken.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from typing import Any

import typer

from vermegroup.cli.spoken import as_typed, is_empty, language_of, limit, limits_of, metavar
from vermegroup.language.catalogues import languages
from vermegroup.language.messages import N_, Message, _, either, ngettext, verbatim


def told(fault: Any, words: Sequence[str]) -> Iterator[str]:
    """The lines that say what is wrong with a call, after those that say how it is called.

    ``words`` are those that the command at fault was called with.
    """
    context = fault.ctx
    language = language_of(context)
    yield from context.get_usage().splitlines()
    # Translators: {call} is a command that shows help.
    yield _("For help: {call}", call=f"{context.command_path} --help").in_(language)
    yield ""
    yield _("error: {fault}", fault=what_is_wrong(fault, words)).in_(language)


def what_is_wrong(fault: Any, words: Sequence[str]) -> Message:
    """What is wrong with a call, as a sentence."""
    kinds = {kind.__name__ for kind in type(fault).__mro__}
    if "NoSuchOption" in kinds:
        return _no_option(fault)
    if "BadOptionUsage" in kinds:
        return _half_an_option(fault)
    if "MissingParameter" in kinds:
        return _("{name} is missing", name=_named(fault))
    if "BadParameter" in kinds:
        return _wrong_value(fault, words)
    return _wrong_words(fault, words)


def _no_option(fault: Any) -> Message:
    name = fault.option_name
    options = [word for param in fault.ctx.command.get_params(fault.ctx) for word in param.opts]
    if near := get_close_matches(name, options, n=1):
        return _("There is no option {name}. Did you mean {near}?", name=name, near=near[0])
    return _("There is no option {name}", name=name)


def _half_an_option(fault: Any) -> Message:
    name = fault.option_name
    for param in fault.ctx.command.get_params(fault.ctx):
        if name in param.opts and param.is_flag:
            return _("{option} takes no value", option=name)
    return _("{option} needs a value", option=name)


def _wrong_value(fault: Any, words: Sequence[str]) -> Message:
    values, _left = _parsed(fault.ctx, words)
    kind = fault.param.type
    if is_empty(values.get(fault.param.name)):
        return _("{name} is empty", name=_named(fault))
    given = values.get(fault.param.name)
    told = {"option": _named(fault), "value": str(given)}
    choices = languages() if fault.param.name == "lang" else _choices(kind)
    if choices:
        typed = [as_typed(choice) for choice in choices]
        names = either(map(verbatim, typed))
        if isinstance(given, list):
            told["value"] = _first_other(given, typed)
        return _(
            "The value of {option} may be {choices}; “{value}” was given", choices=names, **told
        )
    if form := _FORMS.get(fault.param.name):
        return form.filled(**told)
    low, high = limits_of(fault.param)
    if low is None:
        return _("The value of {option} must be a whole number; “{value}” was given", **told)
    language = language_of(fault.ctx)
    told["low"] = limit(low, language)
    if high is None:
        return _(
            "The value of {option} must be a number, at least {low}; “{value}” was given", **told
        )
    told["high"] = limit(high, language)
    return _(
        "The value of {option} must be a whole number from {low} to {high}; “{value}” was given",
        **told,
    )


def _choices(kind: Any) -> Sequence[Any]:
    """What a value may be, as the type of an option or what reads it tells."""
    found: Sequence[Any] = getattr(kind, "choices", ()) or getattr(
        getattr(kind, "func", None), "choices", ()
    )
    return found


def _first_other(given: Sequence[str], typed: Sequence[str]) -> str:
    """The first of the values given that there is not."""
    values = [(value.strip(), text) for text in given for value in text.split(",")]
    return next((value or text for value, text in values if value not in typed), ",".join(given))


_A_DATE = N_("The value of {option} is no date such as 2026-12-01; “{value}” was given")
_FORMS = {
    "date": _A_DATE,
    "day": _A_DATE,
    "first": _A_DATE,
    "within": N_(
        "The value of {option} is a share such as 1% or 0.01, from 0 to 100%; “{value}” was given"
    ),
    "idle": N_(
        "The value of {option} is no span of time such as 8h, 30m or 90s; “{value}” was given"
    ),
    "time": N_("The value of {option} is no time such as 15:00; “{value}” was given"),
}


def _wrong_words(fault: Any, words: Sequence[str]) -> Message:
    """Of the words that are neither options nor their values."""
    _values, left = _parsed(fault.ctx, words)
    commands = getattr(fault.ctx.command, "commands", None)
    if not left:
        return _("The call is not understood: {reason}", reason=fault.message)
    if commands is None:
        told = " ".join(left)
        return ngettext(
            "{words} does not belong here", "{words} do not belong here", len(left), words=told
        )
    if near := get_close_matches(left[0], commands, n=1):
        return _("There is no command {name}. Did you mean {near}?", name=left[0], near=near[0])
    return _("There is no command {name}", name=left[0])


def _named(fault: Any) -> str:
    """What a wrong or missing option or argument is called in help."""
    if fault.param.param_type_name == "argument":
        return metavar(fault.param, language_of(fault.ctx))
    return str(max(fault.param.opts, key=len))


def _parsed(context: typer.Context, words: Sequence[str]) -> tuple[dict[str, Any], list[str]]:
    """The values of the options as they were written, and the words that are left."""
    parser = context.command.make_parser(context)
    values, left, _order = parser.parse_args(list(words))
    return values, left
