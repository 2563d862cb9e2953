"""Elements of SVG as text that is escaped, and figures around them."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup, escape


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture with its title and a sentence below; ``listed`` is what it shows, in words.

    ``width`` is the least width in pixels at which it can be told what is what: on a narrower
    screen it scrolls. ``keys`` are classes and what they stand for, and ``credit`` tells whose
    facts are drawn.
    """

    title: str
    sentence: str
    drawing: Markup
    listed: tuple[str, ...] = ()
    width: int = 0
    keys: tuple[tuple[str, str], ...] = ()
    credit: str = ""


def element(name: str, *content: str, **attributes: object) -> Markup:
    """An element with text or other elements in it.

    An underscore in the name of an attribute is a hyphen, and one behind it is left out.
    """
    told = Markup("").join(
        Markup(' {}="{}"').format(key.rstrip("_").replace("_", "-"), _written(value))
        for key, value in attributes.items()
    )
    inner = Markup("").join(map(escape, content))
    return Markup("<{0}{1}>{2}</{0}>").format(Markup(name), told, inner)


def picture(label: str, *content: str, **attributes: object) -> Markup:
    """A drawing that is one picture to whoever hears the page, and is called so."""
    return element("svg", *content, role="img", aria_label=label, **attributes)


def point(x: float, y: float) -> str:
    """A place in a path, as short as it can be."""
    return f"{_written(x)} {_written(y)}"


def _written(value: object) -> str:
    return f"{value:.1f}".removesuffix(".0") if isinstance(value, float) else str(value)
