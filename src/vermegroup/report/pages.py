"""The templates of pages, each compiled once in a process, and the style that they share."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jinja2 import Template
    from markupsafe import Markup


@cache
def template(name: str) -> Template:
    """A template that escapes what it shows, and knows every name that it asks for."""
    # Imported late: most of what reads a report never renders a page.
    from jinja2 import Environment, StrictUndefined  # noqa: PLC0415

    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.from_string(_part(name))


@cache
def raw(name: str) -> Markup:
    """A part that is put into a page as it is: a style, or a script of ours."""
    from markupsafe import Markup  # noqa: PLC0415

    return Markup(_part(name))


def _part(name: str) -> str:
    place = resources.files("vermegroup.report") / "templates" / name
    return place.read_text(encoding="utf-8")
