"""Who joins, leaves or is absent is told by files of people; what these leave open is asked."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run

TOWNS = ("Salo", "Turku", "Oulu", "Espoo")
GROUPS = "Tunnus;Nimi;Sähköposti;Kunta;Kokemus vuosina;ryhmä\n" + "".join(
    f"V-{at + 1:03};Nimi{letter} Suku{letter};n{at}@x.fi;{TOWNS[at % 4]};{at};G{at // 4 + 1}\n"
    for at, letter in enumerate("ABCDEFGHIJKL")
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with three groups of four, which is the current one."""
    monkeypatch.chdir(tmp_path)
    Path("g.csv").write_text(GROUPS, "utf-8")
    Path("rules.yaml").write_text("groups: {size: 2-7}\nrules: [place_everyone]\n", "utf-8")
    return tmp_path


def rebalanced(run: Run, *more: str) -> tuple[int, str]:
    shown = run("rebalance", "g.csv", "--rules", "rules.yaml", "-o", "new", *more)
    return shown.exit_code, " ".join(shown.output.split())


@pytest.mark.parametrize("name", ["Uusi Tulija", "Maija SukuA"])
@pytest.mark.parametrize("more", [(), ("--lang", "sv")])
def test_a_newcomer_with_a_members_email_and_another_name_is_asked_about(
    folder: Path, run: Run, name: str, more: tuple[str, ...]
) -> None:
    Path("j.csv").write_text(f"Nimi;Sähköposti;Kunta\nBo Ny;;Salo\n{name};N0@x.fi;Salo\n", "utf-8")
    code, text = rebalanced(run, "--joining", "j.csv", *more)
    assert code == 2
    assert all(each in text for each in (name, "NimiA SukuA", " 3"))
    assert not Path("new").exists()


def test_members_among_newcomers_are_told_by_name_and_row(folder: Path, run: Run) -> None:
    people = "SukuA, NimiA;n0@x.fi;Salo\nNimiB SukuB;;Turku\nBo Ny;bo@x.fi;Salo\n"
    Path("j.csv").write_text(f"Nimi;Sähköposti;Kunta\n{people}", "utf-8")
    code, text = rebalanced(run, "--joining", "j.csv")
    assert (code, "15 read" in text, "2 set aside" in text) == (0, True, True), text
    told = json.loads(Path("new/report.json").read_text("utf-8"))["findings"]
    already = [(each["row"], each["message"]) for each in told if "already" in each["message"]]
    assert already == [
        (2, "NimiA SukuA is a member already"),
        (3, "NimiB SukuB is a member already"),
    ]


@pytest.mark.parametrize("option", ["--absent", "--left"])
@pytest.mark.parametrize(
    "row", ["V-001;NimiB SukuB;", "V-001;;n1@x.fi", "v-001;NimiA SukuA;n1@x.fi"]
)
def test_a_row_whose_id_and_name_mean_two_people_is_asked_about(
    folder: Path, run: Run, option: str, row: str
) -> None:
    Path("a.csv").write_text(f"Tunnus;Nimi;Sähköposti\n{row}\nV-007;NimiG SukuG;\n", "utf-8")
    code, text = rebalanced(run, option, "a.csv")
    assert code == 2
    assert all(each in text for each in ("row 2", "NimiA SukuA", "NimiB SukuB"))


COLUMNS = {
    "Läsnä": ("kyllä", "ei"),
    "Deltar": ("ja", "nej"),
    "Present": ("yes", "no"),
    "Poissa": ("ei", "x"),
    "Frånvarande": ("", "x"),
    "Ei pääse mukaan": ("", "x"),
    "Osallistuuko kokoukseen?": ("kyllä", "ei"),
    "Status": ("tulossa", "peruutettu"),
    "Tila": ("Läsnä", "Poissa"),
    "State": ("confirmed", "cancelled"),
}


@pytest.mark.parametrize("header", COLUMNS)
@pytest.mark.parametrize("mark", [";", ","])
def test_a_list_that_says_who_is_there_is_read_so(
    folder: Path, run: Run, header: str, mark: str
) -> None:
    here, away = COLUMNS[header]
    rows = [("Tunnus", "Nimi", header), ("V-001", "NimiA SukuA", here), ("V-002", "", away)]
    Path("a.csv").write_text("".join(mark.join(row) + "\n" for row in rows), "utf-8")
    code, text = rebalanced(run, "--absent", "a.csv")
    assert code == 0, text
    assert "11 placed · 1 absent" in text
    assert "NimiB" not in text.split("Groups", 1)[1].split("Permanent groups", 1)[0]


@pytest.mark.parametrize(
    "cells",
    [
        ("Läsnä", "ei", "ehkä"),
        ("Poissa", "x", "?"),
        ("Läsnä", "x", ""),
        ("Status", "peruutettu", ""),
    ],
)
def test_a_list_that_leaves_open_who_is_there_is_asked_about(
    folder: Path, run: Run, cells: tuple[str, str, str]
) -> None:
    header, one, open_ = cells
    Path("a.csv").write_text(f"Tunnus;{header}\nV-001;{one}\nV-002;{open_}\n", "utf-8")
    code, text = rebalanced(run, "--absent", "a.csv")
    assert (code, "row 3" in text, header in text) == (2, True, True), text


@pytest.mark.parametrize("option", ["--absent", "--left"])
@pytest.mark.parametrize("content", [None, "", "\n\n", "Tunnus;Läsnä\nV-001;kyllä\n"])
def test_an_option_that_names_nobody_is_an_error(
    folder: Path, run: Run, option: str, content: str | None
) -> None:
    Path("a.csv").write_text(content or "", "utf-8")
    code, text = rebalanced(run, option, "" if content is None else "a.csv")
    assert (code, option in text, Path("new").exists()) == (2, True, False), text


@pytest.mark.parametrize("language", ["en", "fi", "sv"])
def test_what_nobody_is_called_stands_in_quotes(folder: Path, run: Run, language: str) -> None:
    Path("a.txt").write_text("NimiA SukuA, sairas\n", "utf-8")
    _, text = rebalanced(run, "--absent", "a.txt", "--lang", language)
    assert any(f"{mark}sairas”" in text for mark in "“”"), text


@pytest.mark.parametrize(("lang", "row"), [("en", "newcomers' row 4"), ("fi", "rivi 4")])
def test_rows_of_newcomers_are_told_as_their_file_has_them(
    folder: Path, run: Run, lang: str, row: str
) -> None:
    Path("g.csv").write_text(GROUPS.replace("Espoo", "Esppo"), "utf-8")
    rows = "Uusi Tulija;u@x.fi;Salo\nCia Tulija;c@x.fi;J:kylä\nDan Tulija;d@x.fi;Esppo\n"
    again = "Uusi Tulija;u@x.fi;Oulu\nEva Tulija;e@x.fi;J:kylä\n"
    Path("j.csv").write_text(f"Nimi;Sähköposti;Kunta\n{rows}{again}", "utf-8")
    Path("rules.yaml").write_text("groups: {size: 2-7}\nrules: [{different: municipality}]\n")
    code, text = rebalanced(run, "--joining", "j.csv", "--lang", lang, "--format", "json")
    assert code == 0, text
    told = json.loads(Path("new/report.json").read_text("utf-8"))["findings"]
    of_file = {each["row"]: each["message"] for each in told if each["file"] == "j.csv"}
    [twice] = [message for message in of_file.values() if "2" in message and "5" in message]
    assert "14" not in twice
    assert "3" in of_file[3]
    assert "6" in of_file[3]
    [esppo] = [each["message"] for each in told if each["value"] == "Esppo"]
    assert row in esppo
    assert "15" not in esppo


@pytest.mark.parametrize("third", ["NimiC Uusi;c2@x.fi", "NimiC Uusi;", "Eva Ny;"])
def test_answers_numbered_from_one_again_are_other_people_whatever_one_is_called(
    folder: Path, run: Run, third: str
) -> None:
    rows = f"V-001;Bo Ny;b@x.fi;Salo\nV-002;Cia Ny;c@x.fi;Oulu\nV-003;{third};Oulu\n"
    Path("j.csv").write_text(f"Tunnus;Nimi;Sähköposti;Kunta\n{rows}", "utf-8")
    code, text = rebalanced(run, "--joining", "j.csv")
    assert code == 0, text
    assert "15 read · 15 placed" in text


@pytest.mark.parametrize("name", ["NimiC Uusi", "Uusi, NimiC"])
@pytest.mark.parametrize("email", ["c2@x.fi", ""])
def test_a_newcomer_with_a_members_id_and_half_the_name_is_asked_about(
    folder: Path, run: Run, name: str, email: str
) -> None:
    Path("j.csv").write_text(f"Tunnus;Nimi;Sähköposti\nV-003;{name};{email}\n", "utf-8")
    code, text = rebalanced(run, "--joining", "j.csv")
    assert code == 2
    assert "NimiC SukuC, who is a member" in text
    assert not Path("new").exists()


@pytest.mark.parametrize(
    ("header", "gone", "comes"),
    [
        ("status", "peruttu", "ok"),
        ("Peruutus", "x", ""),
        ("Deltar", "nej", "ja"),
        ("Cancelled", "yes", "no"),
        ("Huomautus", "perui sairauden vuoksi", "tulossa"),
    ],
)
@pytest.mark.parametrize("more", [(), ("--pseudonymise", "--key-file", "k.txt")])
def test_a_newcomer_who_cancelled_by_a_column_of_the_newcomers_is_set_aside(
    folder: Path, run: Run, header: str, gone: str, comes: str, more: tuple[str, ...]
) -> None:
    Path("k.txt").write_text("some words that nobody will guess", "utf-8")
    people = f"N-1;Uusi Uuno;Salo;4;{gone}\nN-2;Vasta Ville;Salo;1;{comes}\n"
    Path("j.csv").write_text(f"Tunnus;Nimi;Kunta;Kokemus vuosina;{header}\n{people}", "utf-8")
    code, text = rebalanced(run, "--joining", "j.csv", *more)
    assert (code, "14 read · 13 placed · 1 set aside" in text) == (0, True), text
    first, *last = Path("new/groups.csv").read_text("utf-8").splitlines()
    group = first.lstrip("\ufeff").split(";").index("ryhmä")
    groups = [line.split(";")[group] for line in last[-2:]]
    assert groups[0] == "", last
    assert groups[1] != "", last
    assert text.count("so the row was set aside") == 1


@pytest.mark.parametrize(
    ("newcomers", "code"),
    [
        ("name;municipality;years;Sopivat\nDan Dow;Sipoo;2;Mon\n", 2),
        ("name;municipality;years;times\nDan Dow;Sipoo;2;Mon\n", 0),
        ("name;municipality;years;Mon;Tue\nDan Dow;Sipoo;2;x;x\n", 0),
        ("nimi;kunta;vuodet;Ajat\nDan Dow;Sipoo;2;Mon\n", 2),
        ("nimi;kunta;vuodet;Sopivat ajat\nDan Dow;Sipoo;2;Mon\n", 0),
    ],
)
def test_newcomers_must_have_the_columns_that_the_rules_need(
    folder: Path, run: Run, newcomers: str, code: int
) -> None:
    people = "1;Ann Ash;Espoo;1;Mon,Tue;A\n2;Bea Birch;Espoo;9;Mon;A\n3;Cid Cole;Vantaa;5;Mon;A\n"
    Path("g.csv").write_text(f"id;name;municipality;years;times;group\n{people}", "utf-8")
    Path("j.csv").write_text(newcomers, "utf-8")
    Path("r.yaml").write_text("groups: {size: 2..5}\nrules: [{common: times}]\n", "utf-8")
    found = run(*("rebalance", "g.csv", "--joining", "j.csv", "--rules", "r.yaml", "--dry-run"))
    assert found.exit_code == code, found.output
    assert ("no column “times”" in found.output) == (code == 2)


def test_what_was_typed_is_told_first_and_in_full(folder: Path, run: Run) -> None:
    rows = "".join(f"{n};P{n} Ash;Helsinkj{n * 7};{'abcdefghij'[n]};A\n" for n in range(1, 10))
    Path("g.csv").write_text(f"id;name;municipality;note;group\n{rows}", "utf-8")
    Path("j.csv").write_text("name;q;w;e;r;t;y\nP2 Ash;1;2;3;4;5;6\nDan Dow;1;2;3;4;5;6\n", "utf-8")
    Path("r.yaml").write_text("groups: {size: 2..20}\n", "utf-8")
    call = ("rebalance", "g.csv", "--joining", "j.csv", "--absent", "P1 Ash", "--rules", "r.yaml")
    told = run(*call, "--dry-run").output
    noticed = told.split("Noticed")[1]
    assert noticed.index("P1 Ash") < noticed.index("a column")
    assert noticed.index("P2 Ash is a member already") < noticed.index("a column")
    assert "report.html" not in told


@pytest.mark.parametrize(("header", "hinted"), [("Whoever", True), ("Name and surname", False)])
def test_where_no_names_were_found_this_is_said(
    folder: Path, run: Run, header: str, hinted: bool
) -> None:
    people = "1;Ann Ash;Espoo;A\n2;Bea Birch;Espoo;A\n3;Cid Cole;Vantaa;A\n"
    Path("g.csv").write_text(f"id;{header};municipality;group\n{people}", "utf-8")
    Path("r.yaml").write_text("groups: {size: 2..5}\n", "utf-8")
    call = ("rebalance", "g.csv", "--absent", "Xyz Quux", "--rules", "r.yaml", "--dry-run")
    told = run(*call)
    assert told.exit_code == 2
    assert ("No column of names" in told.output) == hinted


def test_a_rule_that_names_people_says_so_too(folder: Path, run: Run) -> None:
    Path("r.csv").write_text("id;Whoever\n1;Ann Ash\n2;Bea Birch\n3;Cid Cole\n", "utf-8")
    Path("r.yaml").write_text("rules: [{together: [Ann Ash, Bea Birch]}]\n", "utf-8")
    told = run("form", "r.csv", "--rules", "r.yaml")
    assert (told.exit_code, told.output.count("No column of names")) == (2, 2)
