"""Another program gets a name for each group that it can hold, and every change is told."""

from __future__ import annotations

import re

import pytest

from tests.export.handouts import group, handout
from tests.export.hostile import raw_handout
from vermegroup.export.names_elsewhere import NamesElsewhere
from vermegroup.intake.files.csv_text import is_formula

NAMES = NamesElsewhere("Moodle", 30, re.compile(r"[\\/]+"), numbers=False)


@pytest.mark.parametrize(
    ("id_", "name", "expected"),
    [
        ("G01", "", "G01"),
        ("G01", "Tiistai ☕", "Tiistai ☕ (G01)"),
        ("G01", "=1+1", "Group =1+1 (G01)"),
        ("@G", "", "Group @G"),
        ("7", "", "Group 7"),
        ("1e5", "", "Group 1e5"),
        ("7", "Seitsemän", "Seitsemän (7)"),
        ("G01", "a\\/b", "a-b (G01)"),
        ("G01", "...tauko", "...tauko (G01)"),
        (".G", "", ".G"),
        ("G01", "Rivi\nvaihtuu", "Rivi vaihtuu (G01)"),
        ("G01", "x" * 300, f"{'x' * 23}… (G01)"),
        ("x" * 300, "", f"{'x' * 29}…"),
    ],
)
def test_a_name_is_held_with_the_id_that_tells_it_apart(id_: str, name: str, expected: str) -> None:
    names, findings = NAMES.called(handout(group(id_, name=name)), "en")
    assert names == {id_: expected}
    assert bool(findings) == (expected != (f"{name} ({id_})" if name else id_).replace("\n", " "))


def test_a_change_is_told_where_the_name_stands() -> None:
    named, unnamed = group("G01", name="=1+1", row=7), group("=2")
    _names, (first, second) = NAMES.called(handout(named, unnamed), "en")
    assert (first.file, first.row, first.value) == ("group-facts.csv", 7, "=1+1 (G01)")
    assert "Moodle" in str(first.message)
    assert "Group =1+1 (G01)" in str(first.message)
    assert (second.file, second.row, second.value) == ("ryhmat.csv", None, "=2")


def test_names_that_would_become_one_stay_apart() -> None:
    alike = handout(group("a/" + "x" * 40), group("A\\" + "x" * 40), group("a-" + "x" * 40))
    names, _findings = NAMES.called(alike, "en")
    assert len({name.casefold() for name in names.values()}) == 3
    assert all(len(name) <= 30 for name in names.values())


def test_no_letter_loses_its_marks_when_a_name_is_shortened() -> None:
    letter = "q\u0323\u0308"  # no single character is the same
    for before in range(3):
        names, _findings = NAMES.called(handout(group("G", name="x" * before + letter * 30)), "en")
        kept = names["G"].partition("…")[0].lstrip("x")
        assert kept == letter * (len(kept) // 3)


def test_no_hostile_name_is_a_formula_or_breaks_a_line() -> None:
    names, _findings = NAMES.called(raw_handout(), "fi")
    assert len(set(names.values())) == 8
    for name in names.values():
        assert not is_formula(name)
        assert name.isprintable() or "\u202e" in name
        assert "\n" not in name
