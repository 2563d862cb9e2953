"""What a spreadsheet has made of numbers and ids is told, and never taken for what was meant."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from vermegroup.domain.findings import Finding, Severity
from vermegroup.domain.roster import Roster
from vermegroup.intake.converted import what_happened

Read = Callable[..., tuple[Roster, tuple[Finding, ...]]]
Refused = Callable[..., tuple[Finding, ...]]
HEAD = "Opiskelijanumero;Nimi;Kunta;Vuodet;Pisteet\n"
POINTS = "rules: [place_everyone]\npreferences: [balance: Pisteet]"
LATEST = "rules: [place_everyone]\nduplicates: latest"


@pytest.mark.parametrize(
    "text", ["12.tammi", "3.maalis", "Jan-12", "12-Jan", "maj-05", "5 okt", "1,23457E+11", "1E+15"]
)
def test_what_a_spreadsheet_does_is_known(text: str) -> None:
    assert what_happened(text) is not None


@pytest.mark.parametrize("text", ["12", "12.1", "E12", "M-12", "tammi", "A12.jan", "12E3x", "1E+1"])
def test_other_texts_are_left_alone(text: str) -> None:
    assert what_happened(text, dates=True) is None


@pytest.mark.parametrize("text", ["12.tammi", "Jan-12", "1,2E+12"])
@pytest.mark.parametrize("column", ["Vuodet", "Pisteet"])
def test_a_number_that_became_a_date_or_a_power_is_at_fault(
    refused: Refused, text: str, column: str
) -> None:
    years, points = (text, "5") if column == "Vuodet" else ("5", text)
    rows = [f"1;Aino A;Espoo;{years};{points}", *(f"{n};B {n};Turku;{n};{n}" for n in range(2, 8))]
    rules = POINTS if column == "Pisteet" else None
    [finding] = refused((HEAD + "\n".join(rows)).encode(), rules)
    assert (finding.row, finding.column, finding.value) == (2, column, text)
    assert "spreadsheet" in str(finding.message)
    assert "text" in str(finding.hint)


def test_a_day_among_numbers_of_years_is_asked_about(read: Read) -> None:
    _, findings = read(f"{HEAD}1;A;Espoo;3.5.2021;1\n2;B;Turku;7;1\n3;C;Pori;8;1\n".encode())
    [finding] = [each for each in findings if each.value == "3.5.2021"]
    assert finding.severity is Severity.WARNING
    _, findings = read(f"{HEAD}1;A;Espoo;3.5.2021;1\n2;B;Turku;1.8.2013;1\n".encode())
    assert {each.severity for each in findings} == {Severity.NOTICE}


@pytest.mark.parametrize("rules", [None, LATEST])
def test_ids_that_became_equal_make_nobody_the_same(refused: Refused, rules: str | None) -> None:
    rows = "1,23457E+11;Aino A;Espoo;1;5\n1,23457E+11;Bo B;Turku;12;6\n7;Cia C;Pori;3;7\n"
    [finding] = refused((HEAD + rows).encode(), rules)
    assert (finding.row, finding.column) == (3, "Opiskelijanumero")
    assert "shortened both" in str(finding.message)


@pytest.mark.parametrize("id_", ["12.tammi", "Jan-12", "2026-01-12", "1,23457E+11"])
def test_an_id_that_was_converted_is_warned_of(read: Read, id_: str) -> None:
    rows = f"{id_};Aino A;Espoo;1;5\n7;Bo B;Turku;12;6\n8;Cia C;Pori;3;7\n"
    _, findings = read((HEAD + rows).encode())
    [finding] = [each for each in findings if each.value == id_]
    assert (finding.row, finding.severity) == (2, Severity.WARNING)


def test_ids_that_are_dates_by_nature_are_not_warned_of(read: Read) -> None:
    rows = "2026-01-12;Aino A;Espoo;1;5\n2026-01-13;Bo B;Turku;12;6\n"
    assert read((HEAD + rows).encode())[1] == ()
