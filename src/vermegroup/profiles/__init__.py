"""The rulebooks that ship with the package, one YAML file each."""

from __future__ import annotations

from pathlib import Path

_FOLDER = Path(__file__).parent


def profile_names() -> tuple[str, ...]:
    """The names of the profiles, in alphabetical order."""
    return tuple(sorted(path.stem for path in _FOLDER.glob("*.yaml")))


def profile_text(name: str) -> str:
    """The YAML text of a profile. Raises KeyError for a name that is no profile."""
    if name not in profile_names():
        raise KeyError(name)
    return (_FOLDER / f"{name}.yaml").read_text(encoding="utf-8")
