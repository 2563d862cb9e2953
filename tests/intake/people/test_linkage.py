"""Who of one file is who in another."""

from __future__ import annotations

import pytest

from vermegroup.domain.findings import Severity
from vermegroup.domain.persons import Persons
from vermegroup.intake.people.linkage import linkage_findings, linked

NOBODY = Persons.of([], [], [])


def persons(*rows: str) -> Persons:
    """People of lines such as "1, Aino Keksitty, aino@example.org"."""
    cells = [[cell.strip() for cell in f"{row}, , ".split(", ")[:3]] for row in rows]
    return Persons.of(*zip(*cells, strict=True))


def places(here: Persons, there: Persons) -> list[int]:
    return linked(here, there).place.tolist()


@pytest.mark.parametrize(
    ("here", "there"),
    [
        ("00012", "12"),
        ("12", "00012"),
        ("100000", "1E+05"),
        ("12345", "12345.0"),
        ("12345", "12345,00"),
        ("2500000000000", "2,5E+12"),
        ("123456789012", "1.23457E+11"),
        ("000123456789", "1,23457E+08"),
    ],
)
def test_ids_that_a_spreadsheet_changed_are_found_and_told(here: str, there: str) -> None:
    found = linked(persons(here, "7", "V-9"), persons(there, "V-9"))
    assert found.place.tolist() == [0, 2]
    (finding,) = linkage_findings(found, NOBODY, "spring.csv")
    assert finding.severity is Severity.NOTICE
    assert f"{there} is read as {here}" in str(finding.message)


def test_numbers_that_two_people_may_be_are_nobody() -> None:
    assert places(persons("01", "001"), persons("1")) == [-1]
    assert places(persons("123456789012", "123456789013"), persons("1.23457E+11")) == [-1]
    assert places(persons("007"), persons("7", "07")) == [-1, -1]


def test_answers_that_are_numbered_anew_are_found_by_email_and_name() -> None:
    here = persons(
        "1, Dan Tarina, dan@example.org",
        "2, Aino Keksitty, aino@example.org",
        "3, Gun Mallila, gun@example.org",
        "4, Haaveri Eeva",
    )
    there = persons(
        "1, Aino Keksitty, AINO@example.org",
        "2, Bo Kuviteltu, bo@example.org",
        "3, Dan Tarina",
        "4, eeva haaveri, eeva@example.org",
    )
    found = linked(here, there)
    assert found.place.tolist() == [1, -1, 0, 3]
    (finding,) = linkage_findings(found, NOBODY, "old.csv")
    assert finding.severity is Severity.WARNING
    assert "1 is Aino Keksitty there and Dan Tarina here" in str(finding.message)


@pytest.mark.parametrize(
    "there",
    [
        ["1, Aino Keksitty, aino@example.org", "2, Bo Kuviteltu, bo@example.org"],
        ["1, Aino Keksitty", "2, Bo Kuviteltu"],
        ["1, , aino@example.org", "2, , bo@example.org"],
    ],
)
def test_ids_of_other_people_are_an_error_that_shows_them(there: list[str]) -> None:
    here = persons("1, Dan Tarina, dan@example.org", "2, Gun Mallila, gun@example.org")
    found = linked(here, persons(*there))
    assert found.place.tolist() == [-1, -1]
    (finding,) = linkage_findings(found, NOBODY, "old.csv")
    assert finding.severity is Severity.ERROR
    assert "1 is " in str(finding.message)
    assert "Dan Tarina here" in str(finding.message)


def test_one_id_that_was_given_to_somebody_else_is_an_error() -> None:
    here = persons("1, Dan Tarina", "2, Aino Keksitty", "3, Gun Mallila")
    found = linked(here, persons("1, Dan Tarina", "2, Aino Keksitty", "3, Olli Korhonen"))
    (finding,) = linkage_findings(found, NOBODY, "old.csv")
    assert finding.severity is Severity.ERROR
    assert "3 is Olli Korhonen there and Gun Mallila here" in str(finding.message)


@pytest.mark.parametrize(
    ("here", "there"),
    [
        ("5, Aino Keksitty, aino@old.fi", "5, Aino Virtanen, aino.virtanen@new.fi"),
        ("5, Aino Keksitty, aino@x.fi", "5, A. Keksitty"),
        ("5, Aino Keksitty", "5, , aino.keksitty@x.fi"),
        ("5, , aino.k@helsinki.fi", "5, , aino.k@espoo.fi"),
        ("5, Påhittad Bo", "5, Pahittad Bo"),
    ],
)
def test_an_id_is_believed_where_the_name_is_alike(here: str, there: str) -> None:
    others = ["6, Dan Tarina", "7, Gun Mallila"]
    found = linked(persons(here, *others), persons(there, *others))
    assert found.place.tolist() == [0, 1, 2]
    assert linkage_findings(found, NOBODY, "old.csv") == []


def test_a_name_that_two_have_tells_nobody() -> None:
    here = persons("A, Aino Keksitty, a@x.fi", "B, Aino Keksitty, b@x.fi")
    assert places(here, persons("1, Aino Keksitty")) == [-1]
    assert places(here, persons("1, Aino Keksitty, b@x.fi")) == [1]


def test_where_ids_hold_one_name_with_two_emails_is_two_people() -> None:
    here = persons("A1, Bo Kuviteltu, bo@x.fi", "A2, Aino Keksitty, a@x.fi")
    there = persons("A1, Bo Kuviteltu, bo@x.fi", "A9, Aino Keksitty, other@y.fi")
    assert places(here, there) == [0, -1]


def test_a_file_of_strangers_is_an_error_unless_they_are_set_aside() -> None:
    found = linked(persons("A1", "A2"), persons("B1", "B2"))
    (finding,) = linkage_findings(found, NOBODY, "old.csv")
    assert finding.severity is Severity.ERROR
    assert linkage_findings(found, persons("B2"), "old.csv") == []
    assert linkage_findings(linked(persons("A1"), NOBODY), NOBODY, "old.csv") == []


def test_nobody_is_two_people() -> None:
    here = persons("1, Aino Keksitty, aino@x.fi", "2, Bo Kuviteltu, bo@x.fi")
    there = persons("1, Aino Keksitty", "9, , aino@x.fi")
    assert places(here, there) == [0, -1]
