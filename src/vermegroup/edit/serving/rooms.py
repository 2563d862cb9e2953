"""The rooms whose pages are served, and what each of them gives.

A room is a package with ``ROUTES``; it may have ``STATIC``, the files that its pages ask for, and
``TAKES_FILES``, the paths to which whole files are sent.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module

from starlette.routing import BaseRoute

from vermegroup.edit.serving.static_files import StaticFile

_NAMES = ("vermegroup.edit.pages", "vermegroup.edit.starting")


@dataclass(frozen=True, slots=True)
class Room:
    """What one package answers."""

    routes: tuple[BaseRoute, ...]
    static: tuple[StaticFile, ...] = ()
    takes_files: frozenset[str] = frozenset()


def all_rooms() -> tuple[Room, ...]:
    """Every room that there is."""
    packages = [import_module(name) for name in _NAMES]
    return tuple(
        Room(
            tuple(package.ROUTES),
            tuple(getattr(package, "STATIC", ())),
            frozenset(getattr(package, "TAKES_FILES", ())),
        )
        for package in packages
    )
