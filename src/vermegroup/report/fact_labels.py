"""What the facts of a group are called, wherever they are told, and where they lead to."""

from __future__ import annotations

import re
from collections.abc import Mapping

from vermegroup.language.messages import Message, _, pgettext

_WEB = re.compile(r"https?://[^\s<>\"]+")


def labels(*, meeting: bool) -> Mapping[str, Message]:
    """What each fact is called, in the order in which they are told; those of one ``meeting``."""
    return {
        "leader": _("Leader"),
        "theme": _("Theme"),
        "day": pgettext("of a meeting", "Day") if meeting else _("First meeting"),
        "time": _("Time"),
        "common": _("Times that suit everybody"),
        "repeats": _("How often"),
        "place": _("Place"),
    }


def link_of(name: str, text: str) -> str:
    """Where a fact leads to: a place that is an address of the web; "" for any other."""
    return text if name == "place" and _WEB.fullmatch(text) else ""
