"""The rulebooks that ship with the package, one YAML file each.

A file begins with a comment: a paragraph on the programme it serves, and then others on how to
change it. The catalogues hold the comments in other languages.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from vermegroup.domain.findings import RulebookError
from vermegroup.language.catalogues import ENGLISH, Language
from vermegroup.language.messages import Message, Template, _
from vermegroup.rulebooks.faults import Faults, nearest

_FOLDER = Path(__file__).parent


def profile_names() -> tuple[str, ...]:
    """The names of the profiles, in alphabetical order."""
    return tuple(sorted(path.stem for path in _FOLDER.glob("*.yaml")))


def profile_text(name: str, language: Language = ENGLISH) -> str:
    """The YAML text of a profile, with its comments in a language.

    Raises:
        RulebookError: there is no profile of this name; with the nearest one.
    """
    if name not in profile_names():
        raise RulebookError(_unknown(name).findings())
    text = (_FOLDER / f"{name}.yaml").read_text(encoding="utf-8")
    return "".join(_written(part, language) for part in commented(text))


def programme(name: str, language: Language) -> str:
    """What a profile is for, in one line."""
    return _told(next(commented(profile_text(name))), language)


_ASIDE = re.compile(r"(?P<code>[^#\n]*)# (?P<comment>.+)\n")
_WIDTH = 100


@dataclass(frozen=True, slots=True)
class Commented:
    """Some lines of YAML: either a comment, beside ``code`` or a paragraph, or no comment."""

    text: str
    code: str = ""
    comment: str = ""


def commented(text: str) -> Iterator[Commented]:
    """A text, parted so that each comment stands by itself."""
    paragraph: list[str] = []
    for line in [*text.splitlines(keepends=True), ""]:
        found = _ASIDE.fullmatch(line)
        if found is not None and not found["code"]:
            paragraph.append(found["comment"])
            continue
        if paragraph:
            yield Commented("".join(f"# {each}\n" for each in paragraph), "", " ".join(paragraph))
            paragraph = []
        yield Commented(line, *found.groups()) if found is not None else Commented(line)


def sentence(comment: str) -> Template:
    """A comment as the catalogues have it."""
    return Template(comment.replace("{", "{{").replace("}", "}}"))


def _told(part: Commented, language: Language) -> str:
    return sentence(part.comment).filled().in_(language)


def _written(part: Commented, language: Language) -> str:
    told = _told(part, language) if part.comment else ""
    if told == part.comment:
        return part.text
    if part.code:
        return f"{part.code}# {told}\n"
    lines = textwrap.wrap(told, _WIDTH - 2, break_long_words=False, break_on_hyphens=False)
    return "".join(f"# {line}\n" for line in lines)


def _hint(name: str) -> Message:
    near, known = nearest(name, profile_names()), profile_names()
    if near is not None:
        return _("Did you mean {near}?", near=near)
    return _("The profiles are: {names}", names=", ".join(known))


def _unknown(name: str) -> Faults:
    faults = Faults("")
    message = _("There is no profile called {name}", name=name)
    faults.note(message, value=name, hint=_hint(name))
    return faults
