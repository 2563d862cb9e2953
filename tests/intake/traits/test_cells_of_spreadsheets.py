"""Numbers as spreadsheets and people write them, odd cells among them, and failed formulas."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pytest

from vermegroup.domain.findings import Finding, RosterError, Severity
from vermegroup.domain.roster import Roster
from vermegroup.intake.cells import tidy
from vermegroup.intake.traits.categories import numbers_in

Read = Callable[..., tuple[Roster, tuple[Finding, ...]]]
FAILED = (
    *("#N/A", "#PUUTTUU!", "#SAKNAS!", "#VALUE!", "#ARVO!", "#VÄRDEFEL!", "#REF!", "#VIITTAUS!"),
    *("#NIMI?", "#NAMN?", "#NAME?", "#DIV/0!", "#JAKO/0!", "#DIVISION/0!", "#NUM!", "#LUKU!"),
    *("#NULL!", "#SPILL!", "#CALC!", "#VIITE!", "#ERROR!", "#I/T", "#NV", "#####"),
    *("Err:502", "Virhe:508", "Fel:508"),
)
BALANCE = "groups: {size: 3}\nrules: [place_everyone]\npreferences: [{balance: Pisteet}]"


@pytest.mark.parametrize(
    ("texts", "numbers"),
    [
        (["1 200,5", "7"], ["2401/2", "7"]),
        (["1\N{NO-BREAK SPACE}200,5", "12\N{NARROW NO-BREAK SPACE}000"], ["2401/2", "12000"]),
        (["1.200,50", "900,00", "1.200"], ["2401/2", "900", "1200"]),
        (["1,200.50", "1,200", "3.25"], ["2401/2", "1200", "13/4"]),
        (["1.200.000", "1.5"], ["1200000", "3/2"]),
        (["1.200", "3,5"], ["6/5", "7/2"]),
        (["85 %", "7,5%"], ["85", "15/2"]),
        (["85 %", "7,5"], [None, "15/2"]),
        (["1.200,50", "1,200.50"], ["2401/2", "2401/2"]),
        (["\N{MINUS SIGN}1 200", "-3"], ["-1200", "-3"]),
        (["040 123 456", "12 34"], [None, None]),
        (["1.2.3", "1,2,3"], [None, None]),
    ],
)
def test_numbers_are_read_as_their_column_writes_them(
    texts: list[str], numbers: list[str | None]
) -> None:
    expected = [None if number is None else Fraction(number) for number in numbers]
    assert numbers_in(list(map(tidy, texts))) == expected


@pytest.mark.parametrize(
    "odd", ["85 %", "ei tiedossa", "n. 7", "7,5 p", "kahdeksan", "vet ej", "7;5", "9/10"]
)
def test_one_odd_cell_leaves_a_column_one_of_numbers(odd: str, read: Read) -> None:
    cells = ["7,5", "8.0", f'"{odd}"', "9", "7", "6,25"]
    data = "Tunnus;Pisteet\n" + "".join(f"{n};{cell}\n" for n, cell in enumerate(cells))
    with pytest.raises(RosterError) as refusal:
        read(data.encode(), BALANCE)
    [finding] = refusal.value.findings
    assert (finding.row, finding.column, finding.value) == (4, "Pisteet", odd)


def test_names_among_which_are_numbers_stay_names(read: Read) -> None:
    data = b"Tunnus;Pisteet\n1;1\n2;2\n3;A\n4;B\n5;3\n"
    roster, found = read(data, BALANCE)
    assert "Pisteet" in roster.categories
    assert [finding.severity for finding in found] == [Severity.WARNING]


@pytest.mark.parametrize("error", FAILED)
def test_what_a_failed_formula_leaves_is_a_missing_value(error: str, read: Read) -> None:
    data = f"Tunnus;Yksikkö\n1;Koulu A\n2;{error}\n3;Koulu B\n4;{error}\n"
    with pytest.raises(RosterError) as refusal:
        read(data.encode(), "groups: {size: 2}\nrules: [{different: Yksikkö}]")
    [finding] = refusal.value.findings
    assert (finding.row, finding.column, finding.value) == (3, "Yksikkö", error)
    assert str(finding.message) == (
        f"{error} is a spreadsheet's error; the value is missing (rows 3 and 5)"
    )


@pytest.mark.parametrize("text", ["#1", "#yolo!", "#C#", "# 5", "A#N/A", "#Ryhmä!"])
def test_a_number_sign_alone_is_no_error(text: str) -> None:
    assert tidy(text) == text


def test_failed_formulas_are_no_ids_and_no_names(read: Read) -> None:
    data = b"id;Nimi;kunta\n1;Aino;Turku\n#REF!;Bo;Espoo\n3;#N/A;Oulu\n"
    roster, _ = read(data, "groups: {size: 3}\nrules: [different: municipality]")
    assert "#REF!" not in roster.ids
    assert "#N/A" not in roster.labels


def test_years_that_say_so_are_no_news(read: Read) -> None:
    cells = ["7 vuotta", "3 v.", "12 år", "4 yrs", "5+", "n. 8 v", "6 kk", "2 v 6 kk"]
    data = "id;vuodet\n" + "".join(f"{n};{cell}\n" for n, cell in enumerate(cells))
    roster, found = read(data.encode(), "rules: [place_everyone]\npreferences: [spread: years]")
    assert [finding.value for finding in found] == cells[4:]
    assert roster.numbers["years"].ticks[0] == 7 * roster.numbers["years"].per_unit


def test_a_class_that_reads_as_a_range_is_meant_by_a_list(read: Read) -> None:
    data = b"id;age\n1;16-29\n2;30-45\n3;16-29\n"
    with pytest.raises(RosterError) as refusal:
        read(data, "groups: {size: 3}\nrules: [{include: {age: 16-29}}]")
    assert "[16-29]" in str(refusal.value.findings[0].hint)
    roster, _ = read(data, "groups: {size: 3}\nrules: [{include: {age: [16-29]}}]")
    assert roster.categories["age"].values == ("16-29", "30-45")
