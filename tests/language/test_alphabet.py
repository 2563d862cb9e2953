"""Names stand in the order in which a Finnish or Swedish reader looks for them."""

from __future__ import annotations

import unicodedata

import pytest

from vermegroup.language.alphabet import alphabetical

IN_ORDER = [
    ["Aalto", "Järvi", "Örn"],
    ["Zetterström", "Åkerblom", "Ängman", "Öberg"],
    ["anna", "Bo", "cecilia"],
    ["Elena", "Élise", "Elli"],
    ["Łaska", "Lehto", "Müller", "Mustonen"],
    ["G2", "G10", "G010b", "G11"],
    ["", "1", "9", "10", "Aino", "Aino 2", "Aino 10"],
    ["Aino", "Aino Aalto", "Ainola"],
]


@pytest.mark.parametrize("names", IN_ORDER, ids=" ".join)
def test_names_are_sorted_as_readers_look_for_them(names: list[str]) -> None:
    backwards = names[::-1]
    assert sorted(backwards, key=alphabetical) == names


def test_letters_of_two_code_points_are_the_same_letters() -> None:
    apart = unicodedata.normalize("NFD", "Äijälä")
    assert alphabetical(apart)[0] == alphabetical("Äijälä")[0]


def test_whatever_is_no_letter_is_sorted_without_a_fault() -> None:
    odd = ["²3", "٣4", "😀", "\udcff", "x" * 3000, "1" * 5000]
    once = sorted(odd, key=alphabetical)
    backwards = once[::-1]
    assert sorted(backwards, key=alphabetical) == once
    assert alphabetical("aino") != alphabetical("Aino")
