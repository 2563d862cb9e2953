"""The rulebooks that ship with the package, one YAML file each.

A file begins with a comment: a line on the programme it serves in English, the same in Finnish
(``# fi:``) and in Swedish (``# sv:``), and then how to change it. That, and the comments at the
ends of lines, are sentences of the catalogues.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from itertools import takewhile
from pathlib import Path

from vermegroup.domain.findings import RulebookError
from vermegroup.language.catalogues import Language, languages
from vermegroup.language.messages import Template, _
from vermegroup.rulebooks.faults import Faults, did_you_mean

_FOLDER = Path(__file__).parent


def profile_names() -> tuple[str, ...]:
    """The names of the profiles, in alphabetical order."""
    return tuple(sorted(path.stem for path in _FOLDER.glob("*.yaml")))


def profile_text(name: str) -> str:
    """The YAML text of a profile.

    Raises:
        RulebookError: there is no profile of this name; with the nearest one.
    """
    if name not in profile_names():
        raise RulebookError(_unknown(name).findings())
    return (_FOLDER / f"{name}.yaml").read_text(encoding="utf-8")


def profile_in(name: str, language: Language) -> str:
    """The YAML text of a profile, its comments in one language.

    Raises:
        RulebookError: there is no profile of this name; with the nearest one.
    """
    comment, rules = _divided(profile_text(name))
    told = [f"# {programme(name, language)}"]
    for paragraph in _paragraphs(comment):
        sentence = Template(paragraph).in_(language)
        told += ["#", *textwrap.wrap(sentence, 100, initial_indent="# ", subsequent_indent="# ")]
    lines = [_REMARK.sub(lambda found: _in(found, language), line) for line in rules]
    return "\n".join([*told, *lines, ""])


def sentences(name: str) -> Iterator[str]:
    """The comments of a profile that are translated."""
    comment, rules = _divided(profile_text(name))
    yield from _paragraphs(comment)
    yield from (found[1] for line in rules if (found := _REMARK.search(line)))


_REMARK = re.compile(r"(?<=  # )(.+)$")


def _in(found: re.Match[str], language: Language) -> str:
    return Template(found[1]).in_(language)


def _divided(text: str) -> tuple[list[str], list[str]]:
    """The lines of the comment that a profile begins with, and those after it."""
    lines = text.splitlines()
    comment = list(takewhile(lambda line: line.startswith("#"), lines))
    return comment, lines[len(comment) :]


def _paragraphs(comment: list[str]) -> list[str]:
    """The paragraphs after the lines on the programme, each without its line breaks."""
    text = "\n".join(line.removeprefix("#").strip() for line in comment)
    return [" ".join(paragraph.split()) for paragraph in text.split("\n\n")[1:]]


def programme(name: str, language: Language) -> str:
    """What a profile is for, in one line."""
    comments = [
        line.removeprefix("#").strip()
        for line in profile_text(name).splitlines()[: len(languages())]
        if line.startswith("#")
    ]
    bare = [line.removeprefix(f"{language}:") for line in comments]
    in_language = [short for short, line in zip(bare, comments, strict=True) if short != line]
    return (in_language or comments)[0].strip()


def _unknown(name: str) -> Faults:
    faults = Faults("")
    message = _("There is no profile called {name}", name=name)
    faults.note(message, value=name, hint=did_you_mean(name, profile_names()))
    return faults
