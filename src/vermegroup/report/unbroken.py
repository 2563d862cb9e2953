"""Times that stay on one line: "pe 10-12" is one word to whoever reads it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markupsafe import Markup

_HOUR = r"\d{1,2}(?:[.:]\d{2})?"
_DAY = r"\b[^\W\d]{1,4}\.? "
_TIME = re.compile(rf"(?:{_DAY})?\b{_HOUR} ?[-–] ?{_HOUR}\b|{_DAY}{_HOUR}\b")


def unbroken(text: str) -> Markup:
    """A text as markup, in which no line ends within a time or a day with its time."""
    from markupsafe import Markup, escape  # noqa: PLC0415

    pieces, end = [], 0
    for time in _TIME.finditer(text):
        whole = Markup('<span class="whole">{}</span>').format(time[0])
        pieces += [escape(text[end : time.start()]), whole]
        end = time.end()
    return Markup("").join([*pieces, escape(text[end:])])
