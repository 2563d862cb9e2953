"""What tells who somebody is goes from a text, and nothing else does."""

from __future__ import annotations

import hashlib
import hmac

import pytest

from vermegroup.phrase import verbatim
from vermegroup.runs.identities import Identities

KEY = b"synthetic key, for tests"


@pytest.fixture
def people() -> Identities:
    known = Identities(KEY)
    texts = ["SYN-1", "Aino Esimerkki", "aino@example.org", "12", "Salo"]
    known.learn(texts, ["P-a", "P-a", "P-a", "P-b", "P-b"])
    return known


def test_a_pseudonym_is_the_keyed_hash_of_the_id() -> None:
    expected = hmac.new(KEY, b"SYN-1", hashlib.sha256).hexdigest()[:16]
    assert Identities(KEY).pseudonym(" SYN-1 ") == f"P-{expected}"
    assert Identities(KEY).pseudonym("") == ""


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Terveisin Aino Esimerkki.", "Terveisin P-a."),
        ("ESIMERKKI, AINO ja muut", "P-a ja muut"),
        ("aino@example.org, muu@example.org", "P-a, …"),
        ("kaveri syn-1!", "kaveri P-a!"),
        ("12 vuotta, Salo", "12 vuotta, Salo"),
        ("The id “12” stands on row 12", "The id “P-b” stands on row 12"),
    ],
)
def test_a_text_loses_the_people_in_it(people: Identities, text: str, left: str) -> None:
    assert people.scrubbed(text) == left


def test_a_cell_that_is_cited_goes_and_row_numbers_stay(people: Identities) -> None:
    said = people.said(verbatim("”12” on jo rivillä 12"), value="12")
    assert said.fi == "”P-b” on jo rivillä 12"
    assert people.said(verbatim("12 stands for row 112"), value="12").en == "P-b stands for row 112"


@pytest.mark.parametrize(
    ("cell", "granted"),
    [
        ("12; SYN-1", "P-b; P-a"),
        ("Esimerkki Aino", "P-a"),
        ("12 SYN-1", "P-b P-a"),
        ("", ""),
    ],
)
def test_wishes_name_others_by_their_pseudonyms(
    people: Identities, cell: str, granted: str
) -> None:
    assert people.wish(cell) == granted


def test_a_wish_for_an_unknown_person_is_hidden_too(people: Identities) -> None:
    assert people.wish("SYN-99") == people.pseudonym("SYN-99")
