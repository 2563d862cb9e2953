"""What ``check`` and ``init`` tell of columns that nothing reads."""

from __future__ import annotations

from pathlib import Path

import pytest

from vermegroup.app.init import beginning
from vermegroup.app.unread_columns import name_others, unread
from vermegroup.intake.people.called import Called
from vermegroup.intake.pipeline import ReadOptions, look_at
from vermegroup.rulebooks.read import rulebook_from_text

PEOPLE = Called.of(
    ["1", "2", "3", "4"],
    ["Aino Keksitty", "Bo Kuviteltu", "Olematon, Cia", "Bo Tarina"],
    ["aino@x.fi", "bo@x.fi", "cia@x.fi", "b@x.fi"],
)


@pytest.mark.parametrize(
    ("texts", "named"),
    [
        (["Bo Kuviteltu", "cia eller aino", "", ""], True),
        (["cia@x.fi", "", "Aino", "ei ketään"], True),
        (["Bo", "Cia O.", "", "Aino K. tai Cia"], True),
        # Their own names, numbers that may be of anything, places, and a few by the way.
        (["Aino", "Bo", "Cia", "Bo"], False),
        (["2", "1", "4", "3"], False),
        (["Salo", "Oulu", "Kemi", "Pori"], False),
        (["Cia", "sihteeri", "kokki", "Aino"], False),
    ],
)
def test_a_column_of_other_participants_is_known_by_its_cells(
    texts: list[str], named: bool
) -> None:
    assert name_others(texts, PEOPLE) == named


@pytest.mark.parametrize("header", ["Kaverit", "Vänner", "Buddies"])
def test_a_column_that_names_people_is_told_and_can_be_used_as_told(
    tmp_path: Path, header: str
) -> None:
    roster = tmp_path / "r.csv"
    roster.write_text(f"Name;{header}\nAino Aalto;Bo\nBo Berg;Aino Aalto\nCia Ceder;\n", "utf-8")
    [told] = beginning(str(roster), "en").unread
    assert (told.severity.value, told.column) == ("warning", header)
    assert f'wishes: "{header}"' in str(told.hint)
    rules = f'rules: []\npreferences: [{{wishes: "{header}"}}]'
    look = look_at(roster, ReadOptions(rulebook_from_text(rules, "")))
    assert look.participants().links[header].pairs.tolist() == [[0, 1], [1, 0]]
    assert list(unread(look)) == []


def test_that_no_column_has_names_is_told(tmp_path: Path) -> None:
    roster = tmp_path / "r.csv"
    roster.write_text("id;Kunta\n1;Salo\n2;Oulu\n", "utf-8")
    assert [
        "No column of names" in str(each.message) for each in beginning(str(roster), "en").unread
    ] == [True]


def test_columns_that_may_be_one_are_told_and_offered_together(tmp_path: Path) -> None:
    roster = tmp_path / "r.csv"
    roster.write_text("Nimi;Sopivat ajat;Vapaat ajat\nAino A;ma;ti\nBo B;ma;ke\n", "utf-8")
    begun = beginning(str(roster), "en")
    [told] = begun.unread
    assert "“Sopivat ajat” and “Vapaat ajat”" in str(told.message)
    line = next(line for line in begun.text.splitlines() if "[" in line and "times" in line)
    book = rulebook_from_text(
        f"columns:\n{line.replace('# ', '', 1)}\nrules: [{{common: times}}]", ""
    )
    look = look_at(roster, ReadOptions(book))
    assert len(look.participants().sets["times"].values) > 2
    assert list(unread(look)) == []
