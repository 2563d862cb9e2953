"""How many more people fit into groups of a size, and how many they can do without, in words."""

from __future__ import annotations

import pytest

from tests.brute_force import Person
from tests.builders import roster_of
from vermegroup.domain.plan import Plan
from vermegroup.rules.size import Size

TWELVE = roster_of([Person("Turku", years) for years in range(12)])


@pytest.mark.parametrize(
    ("size", "told"),
    [
        (
            Size(3, 5),
            "3 people can still join, or 3 people leave, before the number of groups must change",
        ),
        (
            Size(4, 5),
            "3 people can still join; if anybody leaves, the number of groups must change",
        ),
        (Size(3, 4), "3 people can leave; if anybody joins, the number of groups must change"),
        (Size(4, 4), "if anybody joins or leaves, the number of groups must change"),
    ],
)
def test_nobody_is_told_of_as_nought(size: Size, told: str) -> None:
    sentence = size.margin(TWELVE, Plan(groups=3, smallest=3, largest=5)).sentence
    assert str(sentence) == told
    assert all(" 0" not in sentence.in_(language) for language in ("en", "fi", "sv"))
