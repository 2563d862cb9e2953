"""Findings in the words of a call from Python: ``left=`` instead of ``--left``.

The sentences are those of the command line. What they name in it is renamed in their templates, so
that commands and people's own texts, which are filled into these, stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import ParamSpec, TypeVar

from vermegroup.domain.findings import Finding, InputError
from vermegroup.language.messages import Message

Given = ParamSpec("Given")
Made = TypeVar("Made")
_ARGUMENTS = {
    **{f"--{name}": f"{name}=" for name in ("absent", "left", "joining", "policy", "history")},
    **{f"--{name}": f"{name}=" for name in ("rules", "sheet", "seed", "effort", "day", "date")},
    **{f"--{name}": f"{name}=" for name in ("participants", "shape", "workers")},
    "--profile": "rules=",
    "--time-limit": "time_limit=",
    "--column": "columns=",
    "--force": "force=True",
    "-o": "to=",
}
_COLUMN = re.compile(r"--column (\{?\w+\}?)=(\{\w+\}|…|\w+)")
_OPTION = re.compile(r"(?<![\w-])(--[a-z-]+|-o)(?![\w-])( (?=move\b|merge\b))?")


def in_python(finding: Finding) -> Finding:
    """The finding with options as arguments."""
    column = finding.column
    if column in _ARGUMENTS:
        column = _ARGUMENTS[column].removesuffix("=")
    hint = None if finding.hint is None else _renamed(finding.hint)
    return replace(finding, message=_renamed(finding.message), hint=hint, column=column)


def spoken_in_python(call: Callable[Given, Made]) -> Callable[Given, Made]:
    """The call, whose faults are told so."""

    @wraps(call)
    def called(*words: Given.args, **named: Given.kwargs) -> Made:
        try:
            return call(*words, **named)
        except InputError as fault:
            raise type(fault)(map(in_python, fault.findings)) from fault

    return called


def _renamed(message: Message) -> Message:
    template = message.template
    several = None if template.several is None else _in_text(template.several)
    text = replace(template, text=_in_text(template.text), several=several)
    values = tuple((name, _in_value(value)) for name, value in message.values)
    return replace(message, template=text, values=values)


def _in_value(value: object) -> object:
    if isinstance(value, Message):
        return _renamed(value)
    if isinstance(value, tuple):
        return tuple(map(_in_value, value))
    return value


def _in_text(text: str) -> str:
    text = _COLUMN.sub(r"columns=dict(\1=\2)", text)
    return _OPTION.sub(lambda found: _ARGUMENTS.get(found[1], found[0]), text)
