"""Sentences that agree with their numbers, and leave names as they are."""

from __future__ import annotations

import pytest

from vermegroup.language.phrase import (
    Phrase,
    between,
    capital,
    groups_between,
    joined,
    people_between,
    phrase,
    verbatim,
)

FULL = Phrase("every group is full", "kaikki ryhmät ovat täynnä", "alla grupper är fulla")


def full(name: object) -> Phrase:
    return phrase("{n} is full", "ryhmä {n} on täynnä", "{n} är full", n=name)


def test_a_sentence_begins_with_a_capital_letter() -> None:
    assert capital(FULL).fi == "Kaikki ryhmät ovat täynnä"
    assert capital(full(FULL)).en == "Every group is full is full"


@pytest.mark.parametrize("name", ["ilves", ["ilves", "hauki"], verbatim("ilves")])
def test_a_name_at_the_beginning_of_a_sentence_stays_as_it_is(name: object) -> None:
    for sentence in (capital(full(name)), capital(joined([full(name), FULL]))):
        assert sentence.en.startswith("ilves ")
        assert sentence.sv.startswith("ilves ")
        assert sentence.fi.startswith("Ryhmä ilves ")


def test_a_name_that_is_replaced_stays_as_it_is_then() -> None:
    sentence = capital(full("Ilves")).retold(lambda _: "g-1")
    assert (sentence.en, sentence.fi) == ("g-1 is full", "Ryhmä g-1 on täynnä")


def test_a_range_of_one_number_is_that_number() -> None:
    assert [between(2, 2).en, between(2, 3).en, between(2, 3).sv] == ["2", "2 to 3", "2–3"]
    assert [people_between(1, 1).en, people_between(1, 3).fi] == ["1 person", "1–3 henkilöä"]
    assert [groups_between(1, 1).sv, groups_between(3, 9).en] == ["1 grupp", "3–9 groups"]
