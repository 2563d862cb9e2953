"""From a roster to groups, for somebody who never opens a terminal: look, choose rules, form.

The rules are a text, and nothing else: the form is read off it, and changes entries in it.
"""

from __future__ import annotations

from typing import Any

_SERVED = ("ROUTES", "STATIC", "TAKES_FILES")


def __getattr__(name: str) -> Any:
    """What the room serves; loaded late, for sessions remember folders and serve nothing."""
    if name not in _SERVED:
        raise AttributeError(name)
    from vermegroup.edit.starting import routes  # noqa: PLC0415

    return getattr(routes, name)
