"""The rulebooks that ship with the package, one YAML file each.

A file begins with a comment: a line on the programme it serves in English, the same in Finnish
(``# fi:``) and in Swedish (``# sv:``), and then how to change it.
"""

from __future__ import annotations

from pathlib import Path

from vermegroup.domain.findings import RulebookError
from vermegroup.language.catalogues import Language, languages
from vermegroup.language.messages import _
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
