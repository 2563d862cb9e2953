"""Columns to traits: headers in three languages, values that are one, numbers kept exactly."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from vermegroup.domain.findings import Severity
from vermegroup.domain.roster import Numbers
from vermegroup.intake.cells import Column
from vermegroup.intake.headers.recognise import WORDS, plain, recognise
from vermegroup.intake.ledger import Ledger
from vermegroup.intake.traits.categories import in_ticks, parsed


@pytest.mark.parametrize(
    ("header", "trait"),
    [
        ("id", "id"),
        ("Tunnus", "id"),
        ("OSALLISTUJATUNNUS", "id"),
        ("Deltagar-ID", "id"),
        ("participant_id", "id"),
        ("Kunta", "municipality"),
        ("työpaikan kunta:", "municipality"),
        ("Kommun", "municipality"),
        ("Hemkommun *", "municipality"),
        ("municipality", "municipality"),
        ("Työkokemus (vuosina)", "years"),
        ("Tyo\u0308kokemus vuosina", "years"),
        ("TYOKOKEMUS", "years"),
        ("Arbetserfarenhet (år)", "years"),
        ("Years of experience", "years"),
        ("Nimi", "name"),
        ("Namn", "name"),
        ("Sähköposti", "email"),
        ("E-postadress", "email"),
        ("E-mail", "email"),
        ("Ryhmä", "group"),
        ("Grupp", "group"),
        ("Ammattinimike", "profession"),
        ("Lempiväri", None),
        ("", None),
        ("?!", None),
    ],
)
def test_headers_are_recognised_in_three_languages(header, trait):
    assert recognise(header) == trait


def test_no_word_stands_for_two_traits():
    seen: dict[str, str] = {}
    for trait, words in WORDS.items():
        for word in words:
            assert seen.setdefault(plain(word), trait) == trait


def test_spelling_does_not_make_one_value_two(read):
    cells = [
        "Helsinki",
        "helsinki",
        " HELSINKI",
        "Helsinki ",
        "Mänttä  Vilppula",
        "mänttä vilppula",
    ]
    lines = [f"p{row};{cell};1" for row, cell in enumerate(cells)]
    roster, _ = read("\n".join(["Tunnus;Kunta;Vuodet", *lines]).encode())
    municipality = roster.categories["municipality"]
    assert municipality.values == ("Helsinki", "Mänttä-Vilppula")
    assert municipality.codes.tolist() == [0, 0, 0, 0, 1, 1]
    assert municipality.header == "Kunta"


def test_the_order_of_values_does_not_depend_on_the_order_of_rows(read):
    there, _ = read(b"id;kunta;vuodet\na;Salo;1\nb;Pori;2\n")
    back, _ = read(b"id;kunta;vuodet\nb;Pori;2\na;Salo;1\n")
    assert there.categories["municipality"].values == back.categories["municipality"].values


def test_any_other_column_is_a_trait_under_its_own_header(read):
    rules = "rules:\n  - different: yksikkö\n"
    roster, _ = read("Tunnus;YKSIKKÖ ;Kunta\na;Päiväkoti 1;x\nb;päiväkoti 1;y\n".encode(), rules)
    assert roster.categories["yksikkö"].values == ("Päiväkoti 1",)
    assert "municipality" not in roster.categories


def test_a_trait_without_a_column_is_named_as_the_rulebook_names_it(refused):
    [finding] = refused(b"id;x\na;1\n", "rules:\n  - different: yksikkö\n")
    assert "yksikkö" in finding.message.in_("fi")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12", 12),
        ("12,5", Fraction(25, 2)),
        ("12.5", Fraction(25, 2)),
        ("007", 7),
        ("+3", 3),
        ("-0,5", Fraction(-1, 2)),
        ("0", 0),
        ("", None),
        ("1e9", None),
        ("1,2,3", None),
        ("½", None),
        ("²", None),
        ("nan", None),
        ("1/0", None),
        ("1_0", None),
        ("9" * 400, None),
    ],
)
def test_numbers_are_read_as_people_write_them(text, number):
    assert parsed(text) == number


@pytest.mark.parametrize(
    ("numbers", "per_unit"),
    [
        (["1", "2"], 1),
        (["1/2", "3"], 2),
        (["1/4"], 4),
        (["1/10", "1/2"], 10),
        (["1/12", "1/4"], 12),
        (["1/4", "1/10"], 20),
        (["1/100"], 100),
        (["0.126", "1/3"], 1500),
        (["0.0001", "0.0040"], 10_000),
        (["0.000000000001", "-0.999999999999"], 10**12),
        (["1000000000", "0.125", "-999999999.999"], 1000),
        (["80", "1/12", "0.123456789"], 3 * 10**9),
        ([], 1),
    ],
)
def test_ticks_are_the_coarsest_that_hold_every_number_exactly(numbers, per_unit):
    values = [Fraction(number) for number in numbers]
    read, ledger = ticks_of(values)
    assert (read.per_unit, read.rounded) == (per_unit, None)
    assert [Fraction(int(tick), read.per_unit) for tick in read.ticks] == values
    assert not ledger.findings()


@pytest.mark.parametrize(
    ("numbers", "decimals", "rows"),
    [
        (["1", "0.1234567890123"], 12, [3]),
        (["1000000000", "0.1234", "0.5", "0.1236"], 3, [3, 5]),
        (["80", "1/3", "1/7", "0.123456789012"], 10, [3, 4, 5]),
        (["0.0000000000001", "0.0000000000002"], 12, [2, 3]),
    ],
)
def test_what_no_tick_holds_is_rounded_as_little_as_can_be_and_told(numbers, decimals, rows):
    values = [Fraction(number) for number in numbers]
    read, ledger = ticks_of(values)
    assert (read.per_unit, read.rounded) == (10**decimals, decimals)
    for tick, value in zip(read.ticks.tolist(), values, strict=True):
        assert abs(Fraction(tick, read.per_unit) - value) <= Fraction(1, 2 * read.per_unit)
    (finding,) = ledger.findings()
    assert finding.severity is Severity.NOTICE
    assert (finding.row, finding.column) == (rows[0], "Score")
    assert Fraction(finding.value or "") == values[rows[0] - 2]
    assert f"{decimals} decimals" in str(finding.message)
    assert all(str(row) in str(finding.message) for row in rows[len(rows) == 1 :])


def ticks_of(values: list[Fraction]) -> tuple[Numbers, Ledger]:
    """A column of these numbers, in rows from 2 on, and what was noted of it."""
    place, ledger = np.arange(len(values)), Ledger("synthetic.csv")
    column = Column("Score", place, tuple(map(str, values)), place + 2)
    return in_ticks(values, column, ledger), ledger


@pytest.mark.parametrize(
    ("header", "cells", "label"),
    [
        ("Nimi", "Aino Esimerkki", "Aino Esimerkki"),
        ("Nimi", "", "a"),
        ("Etunimi;Sukunimi", "Aino;Esimerkki", "Aino Esimerkki"),
        ("Sukunimi;Etunimi", "Esimerkki;Aino", "Aino Esimerkki"),
        ("Etunimi;Sukunimi", ";Esimerkki", "Esimerkki"),
        ("Sähköposti", "a@example.org", "a"),
    ],
)
def test_people_are_called_by_their_name_where_there_is_one(read, header, cells, label):
    roster, _ = read(f"Tunnus;Kunta;Vuodet;{header}\na;Salo;1;{cells}\n".encode())
    assert roster.labels.tolist() == [label]
    assert roster.ids.tolist() == ["a"]


@pytest.mark.parametrize(
    ("cells", "row", "rows"),
    [
        (["1", "2,5", "12 v"], 4, ""),
        (["1", "x", "-3", "ei", "4"], 3, "(rows 3 and 5)"),
        (["85 %", "90%", "70 %", "0,5"], 2, "(rows 2, 3 and 4)"),
        (["12,5 pistettä", "7 pistettä", "8 p", "9"], 2, "(rows 2, 3 and 4)"),
        (["1a", "2b", "3"], 2, "(rows 2 and 3)"),
    ],
)
@pytest.mark.parametrize("kind", ["spread", "balance"])
def test_numbers_that_are_taken_as_words_are_told_with_the_cell_that_makes_them(
    read, cells, row, rows, kind
):
    lines = [f"p{at};{cell};x" for at, cell in enumerate(cells)]
    data = "\n".join(["Tunnus;Pisteet;Kunta", *lines]).encode()
    roster, findings = read(data, f"preferences:\n  - {kind}: Pisteet\n")
    assert "Pisteet" in roster.categories
    [finding] = [
        finding for finding in findings if finding.severity is Severity.WARNING and finding.value
    ]
    assert (finding.row, finding.column, finding.value) == (row, "Pisteet", cells[row - 2])
    assert "words" in str(finding.message)
    assert str(finding.message).endswith(rows)
    assert finding.hint


@pytest.mark.parametrize(
    ("cells", "odd"),
    [
        (["1", "2,5", "1234567890123"], [2]),
        (["1", "1" + "0" * 13, "-3", "2" + "0" * 13], [1, 3]),
        (["9" * 20, "8" * 20], [0, 1]),
        (["3", "4", "12 v", "7"], [2]),
    ],
)
@pytest.mark.parametrize("kind", ["spread", "balance"])
def test_a_column_of_numbers_is_refused_for_its_odd_cells(refused, cells, odd, kind):
    lines = [f"p{at};{cell};x" for at, cell in enumerate(cells)]
    data = "\n".join(["Tunnus;Pisteet;Kunta", *lines]).encode()
    findings = refused(data, f"preferences:\n  - {kind}: Pisteet\n")
    assert [(each.row, each.value) for each in findings] == [(at + 2, cells[at]) for at in odd]
    assert all(finding.hint for finding in findings)


@pytest.mark.parametrize("cells", [["1a", "2b", "3c"], ["x", "y", "z"], ["1", "2", "3"]])
def test_words_alone_are_words_and_numbers_alone_are_numbers(read, cells):
    lines = [f"p{at};{cell};x" for at, cell in enumerate(cells)]
    data = "\n".join(["Tunnus;Luokka;Kunta", *lines]).encode()
    _, findings = read(data, "preferences:\n  - spread: Luokka\n")
    assert not [finding for finding in findings if finding.severity is Severity.WARNING]
