"""Cases of which a daily run takes a part, so that it is through all of them in some days."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import pytest

DAYS = 10


def todays(cases: Iterable[object], days: int = DAYS, *, several: bool = False) -> list[object]:
    """The cases as parameters, or as ``several`` each: those of other days are for the sweep."""
    listed = list(cases)
    days = min(days, len(listed))
    today = date.today().toordinal() % days
    return [
        pytest.param(
            *(case if several else (case,)),  # type: ignore[misc]
            marks=() if at % days == today else pytest.mark.sweep,
        )
        for at, case in enumerate(listed)
    ]
