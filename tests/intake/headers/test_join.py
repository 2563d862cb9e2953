"""Several columns that are one trait: grids, one column for each option, and what people name."""

from __future__ import annotations

import codecs
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from openpyxl import Workbook

from vermegroup.app.init import beginning
from vermegroup.domain.findings import Finding, RosterError, Severity
from vermegroup.domain.roster import Roster
from vermegroup.intake import read_roster
from vermegroup.intake.cells import Column
from vermegroup.intake.joined import JoinedColumns
from vermegroup.intake.pipeline import ReadOptions, look_at
from vermegroup.rulebooks.read import rulebook_from_text
from vermegroup.rulebooks.write import rulebook_text

Read = Callable[..., tuple[Roster, tuple[Finding, ...]]]
COMMON = "groups: {size: 2}\nrules: [{common: times}, place_everyone]"


def table(headers: list[str], *rows: str) -> bytes:
    lines = [";".join(f'"{header}"' for header in ["id", *headers]), *rows]
    return "\n".join(lines).encode()


def held(roster: Roster, trait: str = "times") -> list[set[str]]:
    """The values that each participant has."""
    found = roster.sets[trait]
    return [{found.values[at] for at in row.nonzero()[0]} for row in found.member]


@pytest.mark.parametrize(
    "options", [("Ma; klo 17", "Ti; klo 17"), ("Mån|17, på nätet", "Tis|17, på nätet")]
)
def test_an_option_is_one_value_whatever_is_in_it(read: Read, options: tuple[str, str]) -> None:
    headers = [f"Sopivat ajat [{option}]" for option in options]
    roster, _ = read(table(headers, "1;Kyllä;Ei", "2;Ei;Kyllä", "3;Kyllä;Kyllä"), COMMON)
    assert held(roster) == [{options[0]}, {options[1]}, set(options)]


@pytest.mark.parametrize("named", ['"Slot*"', "[Slot]", "Slot", '[Slot, "Slot (2)", "Slot (3)"]'])
def test_columns_of_one_name_are_one_trait_together(read: Read, named: str) -> None:
    rules = f"{COMMON}\ncolumns: {{times: {named}}}"
    roster, _ = read(table(["Slot"] * 3, "1;Ma;Ti;", "2;;;Ti", "3;Ke;Ke;Ti"), rules)
    assert held(roster) == [{"Ma", "Ti"}, {"Ti"}, {"Ke", "Ti"}]


def test_a_name_in_two_columns_is_the_first_and_the_last(read: Read) -> None:
    rules = "rules: [place_everyone]\ncolumns: {name: [Kutsutaan, Suku]}"
    roster, _ = read(table(["Suku", "Kutsutaan"], "1;Keksitty;Aino", "2;Kuviteltu;Bo"), rules)
    assert roster.labels.tolist() == ["Aino Keksitty", "Bo Kuviteltu"]


@pytest.mark.parametrize(
    "named",
    [
        *("id: [Tunnus, Nimi]", "group: [Nimi, Kunta]", "email: [Nimi, Kunta]", 'id: "*un*"'),
        *("municipality: [Kunta, Nimi]", "years: [Nimi, Kunta]", "role: [Nimi, Kunta]"),
        *("name: [Tunnus, Nimi, Kunta]", "cancelled: [Nimi, Kunta]"),
    ],
)
def test_what_a_person_has_one_of_is_in_one_column(
    refused: Callable[..., tuple[Finding, ...]], named: str
) -> None:
    data = b"Tunnus;Nimi;Kunta\n1;Aino Keksitty;Oulu\n2;Bo Kuviteltu;Salo\n"
    found = refused(data, f"rules: [place_everyone]\ncolumns: {{{named}}}")
    assert any("No more than" in str(finding.message) for finding in found)


GOOGLE = ["Milloin pääset? [Maanantai]", "Milloin pääset? [Tiistai]"]


@pytest.mark.parametrize(
    ("headers", "rows", "values"),
    [
        (
            GOOGLE,
            ['1;"Aamu;Ilta";Aamu', "2;Ilta;"],
            [{"Maanantai Aamu", "Maanantai Ilta", "Tiistai Aamu"}, {"Maanantai Ilta"}],
        ),
        (
            ["Vilka tider passar dig? [Måndag]", "Vilka tider passar dig? [Onsdag]"],
            ['1;"Förmiddag, Kväll";', "2;Kväll;Kväll"],
            [{"Måndag Förmiddag", "Måndag Kväll"}, {"Måndag Kväll", "Onsdag Kväll"}],
        ),
        (
            ["5. Sopivat ajat: Ma klo 16-18", "5. Sopivat ajat: Ti klo 8-10"],
            ["1;1;0", "2;1;1"],
            [{"Ma klo 16-18"}, {"Ma klo 16-18", "Ti klo 8-10"}],
        ),
        (
            ["times___1", "times___2"],
            ["1;Checked;Unchecked", "2;Unchecked;Checked"],
            [{"1"}, {"2"}],
        ),
        (
            ["times", "times/ma_16", "times/ti_16"],
            ["1;ma_16 ti_16;1;1", "2;ti_16;0;1"],
            [{"ma_16", "ti_16"}, {"ti_16"}],
        ),
        (
            ["Q5 - Available times - Monday", "Q5 - Available times - Friday"],
            ["1;Monday;", "2;Monday;Friday"],
            [{"Monday"}, {"Monday", "Friday"}],
        ),
        (
            ["Sopivat ajat (ma 16)", "Sopivat ajat (ti, klo 17)"],
            ["1;x;", "2;✓;X"],
            [{"ma 16"}, {"ma 16", "ti, klo 17"}],
        ),
        (
            ["Maanantai", "Tiistai", "Ke"],
            ["1;16-18;;16", "2;;8-10;16"],
            [{"Maanantai 16-18", "Ke 16"}, {"Tiistai 8-10", "Ke 16"}],
        ),
        (
            ["Lediga tider mån", "Lediga tider tis"],
            ["1;ja;nej", "2;JA;ja"],
            [{"mån"}, {"mån", "tis"}],
        ),
        (
            ["Which times suit you? Mon 16-18", "Which times suit you? Tue 16-18"],
            ["1;x;", "2;x;x"],
            [{"Mon 16-18"}, {"Mon 16-18", "Tue 16-18"}],
        ),
        (
            ["Mitkä ajat sopivat sinulle? aamut", "Mitkä ajat sopivat sinulle? illat"],
            ["1;Kyllä;Ei", "2;Ei;Kyllä"],
            [{"aamut"}, {"illat"}],
        ),
        (
            ["Lediga tider mån kl. 16.30", "Lediga tider tis kväll"],
            ["1;x;x", "2;;x"],
            [{"mån kl. 16.30", "tis kväll"}, {"tis kväll"}],
        ),
    ],
)
def test_columns_of_one_question_are_one_trait(
    headers: list[str], rows: list[str], values: list[set[str]], read: Read
) -> None:
    roster, found = read(table(headers, *rows), COMMON)
    assert held(roster) == values
    [told] = [each for each in found if "read as one" in str(each.message)]
    assert told.severity is Severity.NOTICE
    # The file's own columns stay as they are.
    assert list(roster.table.cells.columns) == ["id", *headers]


@pytest.mark.parametrize(
    ("columns", "headers", "rows", "values"),
    [
        (
            '["Aamut", "Illat"]',
            ["Aamut", "Illat"],
            ["1;ma;ma", "2;ti;"],
            [{"Aamut ma", "Illat ma"}, {"Aamut ti"}],
        ),
        (
            '"vapaat___*"',
            ["vapaat___ma", "vapaat___ti"],
            ["1;1;0", "2;1;1"],
            [{"ma"}, {"ma", "ti"}],
        ),
        ('"Mina*"', ["MinaMa", "MinaTi"], ["1;1;0", "2;0;1"], [{"MinaMa"}, {"MinaTi"}]),
        (
            "Vapaat",
            ["Vapaat [ma]", "Vapaat [ti]"],
            ["1;1;0", "2;1;1"],
            [{"ma"}, {"ma", "ti"}],
        ),
        (
            "[Aika 1, Aika 2]",
            ["Aika 1", "Aika 2"],
            ["1;ma 16;ti 17", "2;ti 17;"],
            [{"ma 16", "ti 17"}, {"ti 17"}],
        ),
        (
            "[Ensisijainen aika, Toissijainen aika]",
            ["Ensisijainen aika", "Toissijainen aika"],
            ["1;ma 16;ti 17", "2;ti 17;"],
            [{"ma 16", "ti 17"}, {"ti 17"}],
        ),
    ],
)
def test_columns_that_people_name_are_one_trait(
    columns: str, headers: list[str], rows: list[str], values: list[set[str]], read: Read
) -> None:
    rules = f"{COMMON}\ncolumns: {{times: {columns}}}"
    roster, _ = read(table(headers, *rows), rules)
    assert held(roster) == values
    # The rulebook is written again as it was read.
    book = rulebook_from_text(rules, "")
    assert rulebook_from_text(rulebook_text(book.plain), "").columns == book.columns


@pytest.mark.parametrize(
    "names",
    [
        ("Läsnä ma 16.10", "Läsnä ti 17.10"),
        ("Ma 16.2.", "Ti 17.2."),
        ("Lördag 2024", "Söndag 2024"),
        ("Do you need lunch?", "Do you need lunch? Why?"),
    ],
)
def test_dates_and_a_question_that_is_asked_on_are_no_options(
    names: tuple[str, ...], saved: Callable[[bytes], Path]
) -> None:
    path = saved(table(list(names), "1;x;", "2;x;x"))
    look = look_at(path, ReadOptions(rulebook_from_text("rules: []", "")))
    assert [(column.trait, column.joined) for column in look.columns[1:]] == [(None, False)] * 2


def test_one_of_the_columns_can_be_chosen_alone(read: Read) -> None:
    data = table(GOOGLE, '1;"Aamu;Ilta";Aamu', "2;Ilta;")
    roster, _ = read(data, COMMON, {"times": GOOGLE[0]})
    assert held(roster) == [{"Aamu", "Ilta"}, {"Ilta"}]


def test_a_column_that_is_not_there_is_told(read: Read) -> None:
    data = table(["Aamut", "Illat"], "1;ma;ti")
    for columns, missing in (('["Aamut", "Yöt"]', "Yöt"), ('"Öisin*"', "Öisin*")):
        with pytest.raises(RosterError) as refusal:
            read(data, f"{COMMON}\ncolumns: {{times: {columns}}}")
        assert f"“{missing}”" in str(refusal.value.findings[0].message)


def test_columns_that_share_no_stem_are_to_be_named_together(read: Read) -> None:
    data = table(["Sopivat ajat", "Vapaat ajat"], "1;ma;ti", "2;ma;ti")
    with pytest.raises(RosterError) as refusal:
        read(data, COMMON)
    hint = str(refusal.value.findings[0].hint)
    assert 'columns: {times: ["Sopivat ajat", "Vapaat ajat"]}' in hint


def test_columns_of_what_everybody_has_one_of_are_never_joined(read: Read) -> None:
    data = table(
        ["Missä kunnassa olet? [arkisin]", "Missä kunnassa olet? [muuten]"], "1;Turku;Espoo"
    )
    with pytest.raises(RosterError) as refusal:
        read(data, "rules: [{different: municipality}]")
    assert "Several columns" in str(refusal.value.findings[0].message)


def test_values_stand_in_the_order_of_the_columns(read: Read) -> None:
    roster, _ = read(table(GOOGLE, "1;;Aamu", "2;Ilta;", "3;Aamu;Ilta"), COMMON)
    days = [value.split()[0] for value in roster.sets["times"].values]
    assert days == sorted(days)


def test_ticks_are_one_trait_in_every_kind_of_file(tmp_path: Path) -> None:
    headers = ["id", "Ajat: Ma 16", "Ajat: Ti 17"]
    book: Any = Workbook()
    for row in (headers, [1, 1, 0], [2, True, True], [3, None, "x"]):
        book.active.append(row)
    book.save(tmp_path / "ajat.xlsx")
    text = "\t".join(headers) + "\n1\t1\t0\n2\tTRUE\tTRUE\n3\t\tx\n"
    (tmp_path / "ajat.txt").write_bytes(codecs.BOM_UTF16_LE + text.encode("utf-16-le"))
    rules = rulebook_from_text(f"{COMMON}\ncolumns: {{times: Ajat}}", "")
    for file in ("ajat.xlsx", "ajat.txt"):
        roster, _ = read_roster(tmp_path / file, rules)
        assert held(roster) == [{"Ma 16"}, {"Ma 16", "Ti 17"}, {"Ti 17"}]


def test_init_names_the_columns_together(tmp_path: Path) -> None:
    path = tmp_path / "roster.csv"
    path.write_bytes(table(GOOGLE, "1;Aamu;Aamu", "2;Ilta;"))
    text = beginning(str(path), "en").text
    book = rulebook_from_text(text, "")
    assert book.columns["times"] == tuple(GOOGLE)
    look = look_at(path, ReadOptions(rulebook_from_text(f"{COMMON}", "")))
    assert [column.trait for column in look.columns] == ["id", "times", "times"]
    assert look.missing == ()


def test_days_tell_of_times_where_nothing_else_tells_what_they_are_of(read: Read) -> None:
    roster, _ = read(table(["Paras aika ma", "Paras aika ti"], "1;16;17", "2;;17"), COMMON)
    assert held(roster) == [{"ma 16", "ti 17"}, {"ti 17"}]


def test_a_cell_that_repeats_its_columns_day_tells_it_once() -> None:
    joined = JoinedColumns("Times", (0, 1), ("Mon", "Tis"))
    codes, rows = np.array([0, 1]), np.array([2, 3])
    columns = [
        Column("Mon", codes, ("Mon 16-18", "16-18"), rows),
        Column("Tis", codes, ("tis 9", ""), rows),
    ]
    assert joined.cells(columns).tolist() == ["Mon 16-18; tis 9; ", "Mon 16-18"]


ANSWERS = ["1;Ek;Esbo;1;0;1", "2;Al;Vasa;1;1;0"]
BOTH = [{"Måndag fm", "Fredag fm"}, {"Måndag fm", "Onsdag em"}]


@pytest.mark.parametrize("below", [";;", "Svar;Svar;Svar", ";Öppet svar;"])
def test_options_in_a_row_below_their_question_are_one_trait(read: Read, below: str) -> None:
    header = ["id;Namn;Kommun;Lediga tider;;", f"{below};Måndag fm;Onsdag em;Fredag fm"]
    roster, _ = read("\n".join([*header, *ANSWERS]).encode(), COMMON)
    assert held(roster) == BOTH
    assert roster.labels.tolist() == ["Ek", "Al"]


@pytest.mark.parametrize(
    "header",
    [
        ["Tiedot;;;Sopivat ajat;;", "id;Nimi;Kunta;Aamut;Päivät;Illat"],
        [
            "Numero?;Mikä on nimesi?;Missä kunnassa olet?;Mitkä ajat sopivat?;;",
            "id;Nimi;Kunta;Aamut;Päivät;Illat",
        ],
    ],
)
def test_labels_below_questions_are_their_options_and_names(read: Read, header: list[str]) -> None:
    roster, _ = read("\n".join([*header, *ANSWERS]).encode(), COMMON)
    assert held(roster) == [{"Aamut", "Illat"}, {"Aamut", "Päivät"}]
    assert roster.labels.tolist() == ["Ek", "Al"]


def test_options_below_merged_questions_of_a_workbook_are_one_trait(tmp_path: Path) -> None:
    book: Any = Workbook()
    book.active.append(["id", "Namn", "Kommun", "Lediga tider", None, None])
    book.active.append([None, None, None, "Måndag fm", "Onsdag em", "Fredag fm"])
    for row in ANSWERS:
        book.active.append([int(cell) if cell.isdigit() else cell for cell in row.split(";")])
    for cells in ("A1:A2", "D1:F1"):
        book.active.merge_cells(cells)
    book.save(tmp_path / "svar.xlsx")
    roster, _ = read_roster(tmp_path / "svar.xlsx", rulebook_from_text(COMMON, ""))
    assert held(roster) == BOTH


@pytest.mark.parametrize("first", ["1;Aino;Ma 16;Ti 17", "1;;Ma 16;Ti 17", "1;Bo;;Ti 17"])
def test_the_first_participant_is_no_row_of_options(read: Read, first: str) -> None:
    roster, _ = read(f"id;Nimi;Sopivat ajat;\n{first}\n2;Al;Ma 16;\n".encode(), COMMON)
    assert roster.ids.tolist() == ["1", "2"]


def test_what_a_run_adds_beside_options_is_none_of_them(read: Read) -> None:
    header = ["Namn;Kommun;Lediga tider;;;;", "Svar;Svar;Måndag fm;Onsdag em;Fredag fm;grupp;id"]
    rows = ["Ek;Esbo;1;0;1;G01;7", "Al;Vasa;1;1;0;G01;8"]
    roster, _ = read("\n".join([*header, *rows]).encode(), COMMON)
    assert held(roster) == BOTH
    assert roster.ids.tolist() == ["7", "8"]
