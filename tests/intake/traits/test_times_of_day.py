"""Times of day, as people write when a group meets."""

from __future__ import annotations

import pytest

from vermegroup.intake.hours import clock


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("14:30", "14:30"),
        ("klo 14.30", "14:30"),
        ("kl. 18", "18:00"),
        ("at 9", "09:00"),
        ("14:30:00", "14:30"),
        ("3 pm", "15:00"),
        ("14.30–16", "14:30–16:00"),
        ("klo 18-19.30", "18:00–19:30"),
        ("3-4 pm", "15:00–16:00"),
        ("10 am - 1 pm", "10:00–13:00"),
        ("14:30 to 15:30", "14:30–15:30"),
    ],
)
def test_a_time_of_day_is_read_with_its_end(text: str, time: str) -> None:
    assert clock(text) == time


@pytest.mark.parametrize(
    "text", ["", "25:00", "14:75", "8.5", "16-15", "9-10-11", "iltapäivä", "-"]
)
def test_what_is_no_time_of_day_is_none(text: str) -> None:
    assert clock(text) is None
