"""The page of groups in the browser: what it shows, and what people do to groups there.

``routes`` answer requests; a command changes the session and sends back what is other than before
(``shown``, ``answers``). ``held`` tells at once what would become of every group, ``panels`` what
somebody asked for beside the groups. No rule is judged here: sessions and the report do that.
"""

from __future__ import annotations

from typing import Any

_SERVED = ("ROUTES", "STATIC", "TAKES_FILES")


def __getattr__(name: str) -> Any:
    """What the room serves; loaded late, for the rest of it serves nothing."""
    if name not in _SERVED:
        raise AttributeError(name)
    from vermegroup.edit.pages import routes  # noqa: PLC0415

    return getattr(routes, name)
