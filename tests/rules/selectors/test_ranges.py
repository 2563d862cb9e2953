from __future__ import annotations

from fractions import Fraction

import pytest

from vermegroup.rules.selectors.ranges import A_HAIR, read_stretch


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("below 5", None, 5),
        ("under 5 years", None, 5),
        ("< 2,5", None, Fraction(5, 2)),
        ("alle 5 vuotta", None, 5),
        ("mindre än 5 år", None, 5),
        ("5 or less", None, 5 + A_HAIR),
        ("at most 5", None, 5 + A_HAIR),
        ("enintään 5 v", None, 5 + A_HAIR),
        ("above 3", 3 + A_HAIR, None),
        ("yli 3", 3 + A_HAIR, None),
        ("10 or more", 10, None),
        ("10 years or more", 10, None),
        ("10+", 10, None),
        (">= 10", 10, None),
        ("At Least 10", 10, None),
        ("vähintään 10 vuotta", 10, None),
        ("minst 10 år", 10, None),
        ("10 eller mer", 10, None),
        ("10 eller mera", 10, None),
        ("10 eller fler", 10, None),
        ("5-10", 5, 10 + A_HAIR),
        ("5 – 10 years", 5, 10 + A_HAIR),
        ("5 to 10", 5, 10 + A_HAIR),
        ("0", 0, A_HAIR),
    ],
)
def test_people_may_write_limits_in_their_own_way(text, low, high):
    stretch = read_stretch(text)
    assert stretch is not None
    assert (stretch.low, stretch.high) == (low, high)


@pytest.mark.parametrize("text", ["", "many", "-5", "5-", "5 or 6", "1e5", "5 6", "below", "٣"])
def test_other_words_are_no_limits(text):
    assert read_stretch(text) is None


def test_ranges_include_both_ends():
    low, high = read_stretch("0-5"), read_stretch("5-10")
    assert low is not None
    assert high is not None
    assert low.overlaps(high)
    assert high.overlaps(low)


def test_below_and_from_the_same_number_do_not_overlap():
    low, high = read_stretch("below 5"), read_stretch("5-10")
    assert low is not None
    assert high is not None
    assert not low.overlaps(high)


def test_a_reversed_range_is_empty():
    stretch = read_stretch("10-5")
    assert stretch is not None
    assert stretch.is_empty()
