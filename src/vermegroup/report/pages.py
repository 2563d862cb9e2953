"""The templates of pages, each compiled once in a process, and the styles that they share."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jinja2 import Environment, Template
    from markupsafe import Markup

REPORT = "vermegroup.report"


def template(name: str, package: str = REPORT) -> Template:
    """A template of a package that escapes what it shows, and knows every name that it asks for.

    It may include others, by their paths from the package's folder of templates:
    "report/groups.j2".
    """
    return _environment(package).get_template(name)


@cache
def _environment(package: str) -> Environment:
    # Imported late: most of what reads a report never renders a page.
    from jinja2 import Environment, FunctionLoader, StrictUndefined  # noqa: PLC0415

    return Environment(
        loader=FunctionLoader(lambda name: _part(name, package)),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=-1,  # no template is compiled twice
    )


@cache
def raw(name: str, package: str = REPORT) -> Markup:
    """A part that is put into a page as it is: a style, or a script of ours."""
    from markupsafe import Markup  # noqa: PLC0415

    return Markup(_part(name, package))


def _part(name: str, package: str) -> str:
    place = resources.files(package).joinpath("templates", *name.split("/"))
    return place.read_text(encoding="utf-8")
