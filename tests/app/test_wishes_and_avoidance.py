"""A rulebook to start from offers what the columns of wishes and of people to avoid are for."""

from __future__ import annotations

from pathlib import Path

import pytest

from vermegroup.app.init import beginning
from vermegroup.intake import read_roster
from vermegroup.rulebooks.read import rulebook_from_text


@pytest.mark.parametrize(
    ("language", "wished", "avoided"),
    [
        ("fi", "Kenen kanssa haluaisin", "En halua samaan ryhmään"),
        ("sv", "Önskar samma grupp som", "Vill inte vara i samma grupp som"),
        ("en", "I would like to be with", "Do not group with"),
    ],
)
def test_they_are_found_named_and_read_once_taken_into_use(
    tmp_path: Path, language: str, wished: str, avoided: str
) -> None:
    roster = tmp_path / "roster.csv"
    rows = ["Aino Aalto;Bo Berg;", "Bo Berg;;Cia Ceder and Dan Dahl", "Cia Ceder;;", "Dan Dahl;;"]
    roster.write_text("\n".join([f"Name;{wished};{avoided}", *rows]), encoding="utf-8")
    text = beginning(str(roster), language).text
    assert f'  wishes: "{wished}"' in text
    assert f'  avoid: "{avoided}"' in text
    used = text.replace("# - apart", "- apart").replace("# - wishes", "- wishes")
    found, _ = read_roster(roster, rulebook_from_text(used, "rules.yaml"))
    pairs = found.labels[found.links["wishes"].pairs].tolist()
    assert pairs == [["Aino Aalto", "Bo Berg"]]
    avoided = found.labels[found.links["avoid"].pairs].tolist()
    assert sorted(avoided) == [["Bo Berg", "Cia Ceder"], ["Bo Berg", "Dan Dahl"]]
    untouched, _ = read_roster(roster, rulebook_from_text(text, "rules.yaml"))
    assert untouched.links == {}
