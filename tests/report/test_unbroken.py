"""Times stay on one line, and what else there is in a cell stays what it is."""

from __future__ import annotations

import pytest

from vermegroup.report.unbroken import unbroken


@pytest.mark.parametrize("time", ["pe 10-11", "ma 17", "9.30–10.30", "ti 14:30 - 15:30"])
def test_a_day_with_its_time_is_one_word(time: str) -> None:
    assert unbroken(f"A: {time}, B") == f'A: <span class="whole">{time}</span>, B'


@pytest.mark.parametrize("text", ["Turku", "", "Päiväkoti 3", "V-015"])
def test_what_is_no_time_may_break(text: str) -> None:
    assert unbroken(text) == text


def test_nothing_in_it_is_taken_for_markup() -> None:
    assert "<b>" not in unbroken("<b> pe 10-11 <b>")
