"""Cells that list people with whom somebody must not sit."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tests.cli.conftest import Run

REVIEWS = """\
id;name;reviewer of;email
s1;Aino;s2, s3;a@x.fi
s2;Bo;s4;b@x.fi
s3;Cia;s1, s6;c@x.fi
s4;Dan;s5;d@x.fi
s5;Eeva;s6, s2;e@x.fi
s6;Frans;s3;f@x.fi
"""
BY_NAME = """\
Nimi,Sähköposti,Vältä
Aino Keksitty,aino@x.fi,Bo Kuviteltu; Cia Olematon
Bo Kuviteltu,bo@x.fi,dan@x.fi
Cia Olematon,cia@x.fi,
Dan Tarina,dan@x.fi,Olematon Cia
Eeva Haaveri,eeva@x.fi,Aino Keksitty
Frans Satunen,frans@x.fi,Bo Kuviteltu
"""
NUMBERED = "Nro;Kunta;Undvik\n1;Oulu;2, 3\n2;Oulu;4\n3;Oulu;1\n4;Oulu;\n5;Oulu;6\n6;Oulu;\n"
APART = {
    "reviews": (REVIEWS, "reviewer of", {(0, 1), (0, 2), (1, 3), (2, 5), (3, 4), (4, 5), (1, 4)}),
    "names": (BY_NAME, "Vältä", {(0, 1), (0, 2), (1, 3), (2, 3), (0, 4), (1, 5)}),
    "numbers": (NUMBERED, "Undvik", {(0, 1), (0, 2), (1, 3), (4, 5)}),
}


def groups(path: Path) -> list[str]:
    text = path.read_text("utf-8-sig")
    rows = list(csv.reader(text.splitlines(), delimiter=";" if ";" in text else ","))
    return [row[-1] for row in rows[1:]]


def met(found: list[str], pairs: set[tuple[int, int]]) -> int:
    return sum(found[one] == found[other] for one, other in pairs)


@pytest.mark.parametrize("kind", APART)
def test_nobody_sits_with_whom_a_cell_names(folder: Path, run: Run, kind: str) -> None:
    roster, column, pairs = APART[kind]
    Path("p.csv").write_text(roster, "utf-8")
    columns = "columns: {id: Nro}\n" if kind == "numbers" else ""
    rules = f"groups: {{size: 2}}\n{columns}rules: [{{apart: {{from: {column}}}}}, place_everyone]"
    Path("r.yaml").write_text(rules, "utf-8")
    shown = run("form", "p.csv", "--rules", "r.yaml", "-o", "out")
    assert shown.exit_code == 0, shown.output
    assert met(groups(Path("out/groups.csv")), pairs) == 0
    assert run("audit", "out/groups.csv").exit_code == 0


@pytest.mark.parametrize("kind", APART)
def test_as_a_preference_as_few_as_possible_meet(folder: Path, run: Run, kind: str) -> None:
    roster, column, pairs = APART[kind]
    Path("p.csv").write_text(roster, "utf-8")
    columns = "columns: {id: Nro}\n" if kind == "numbers" else ""
    rules = (
        f"groups: {{size: 3}}\n{columns}rules: [place_everyone]\n"
        f"preferences: [{{apart: {{from: {column}}}}}]\n"
    )
    Path("r.yaml").write_text(rules, "utf-8")
    shown = run("form", "p.csv", "--rules", "r.yaml", "-o", "out")
    assert shown.exit_code == 0, shown.output
    fewest = min(
        met(["A" if place in (0, one, other) else "B" for place in range(6)], pairs)
        for one in range(1, 6)
        for other in range(one + 1, 6)
    )
    assert met(groups(Path("out/groups.csv")), pairs) == fewest


def test_lists_of_people_that_are_taken_for_values_are_told(folder: Path, run: Run) -> None:
    Path("p.csv").write_text(REVIEWS, "utf-8")
    Path("r.yaml").write_text("groups: {size: 2}\nrules: [{apart: reviewer of}]\n", "utf-8")
    text = " ".join(run("form", "p.csv", "--rules", "r.yaml", "-o", "out").output.split())
    assert "apart: {from: reviewer of}" in text
    Path("p.csv").write_text("id;class\n1;1\n2;2\n3;1\n4;2\n", "utf-8")
    Path("r.yaml").write_text("groups: {size: 2}\nrules: [{apart: class}]\n", "utf-8")
    assert "from: class" not in run("form", "p.csv", "--rules", "r.yaml", "-o", "two").output


def test_names_to_avoid_that_nobody_has_are_warned_of(folder: Path, run: Run) -> None:
    Path("p.csv").write_text(REVIEWS.replace("Dan;s5", "Dan;s77"), "utf-8")
    Path("r.yaml").write_text("groups: {size: 2}\nrules: [{apart: {from: reviewer of}}]\n", "utf-8")
    shown = run("check", "p.csv", "--rules", "r.yaml")
    assert "s77" in shown.output


@pytest.mark.parametrize("kind", ["together", "apart"])
def test_one_person_by_name_and_by_id_is_not_two(folder: Path, run: Run, kind: str) -> None:
    Path("p.csv").write_text(REVIEWS, "utf-8")
    rules = f"groups: {{size: 2-3}}\nrules: [{{{kind}: [s1, Bo, Aino]}}]\n"
    Path("r.yaml").write_text(rules, "utf-8")
    shown = run("form", "p.csv", "--rules", "r.yaml")
    assert (shown.exit_code, "Aino stands twice" in shown.stderr) == (2, True), shown.output


PEOPLE = ("Ilta Satunen", "Kuura Tekaistu", "Bo Ny", "Cia Ny", "Sama Nimi", "Sama Nimi")


def avoiding(cell: str, *, rule: bool, run: Run, more: tuple[str, ...] = ()) -> tuple[int, str]:
    rows = "".join(f"V-{at};{name};\n" for at, name in enumerate(PEOPLE, 1))
    Path("r.csv").write_text(f"Tunnus;Nimi;Vältä\n{rows}V-7;Pois Suljettu;{cell}\n", "utf-8")
    book = "groups: {size: 2-4}\n%s: [{apart: {from: Vältä}}]\n" % (
        "rules" if rule else "preferences"
    )
    Path("b.yaml").write_text(book, "utf-8")
    shown = run("form", "r.csv", "--rules", "b.yaml", "-o", "o", *more)
    return shown.exit_code, " ".join(shown.output.split())


@pytest.mark.parametrize(
    "cell",
    [
        "Ilta Satunen ja Kuura Tekaistu",
        "Kuura Tekaistu (entinen kollega), V-1",
        "Satunen Ilta och V-2",
        "ilta satunen & Kuura Tekaistu [chef]",
        "V-1 and V-2, nobody",
        "Kuuran, Ilta Satusen!",
        "Ilta!, Tekaistun Kuuran",
        "Kuura's, “V-1”",
    ],
)
def test_two_in_one_entry_are_both_avoided(folder: Path, run: Run, cell: str) -> None:
    code, text = avoiding(cell, rule=True, run=run)
    assert code == 0, text
    group = {row["Tunnus"]: row["ryhmä"] for row in _rows(Path("o/groups.csv"))}
    assert group["V-7"] not in (group["V-1"], group["V-2"])


NOBODY = [
    *("ei ketään", "Ingen", "nobody.", "-", "", "en kenenkään", "En tunne ketään!", "kaikki käy"),
    *("en halua välttää ketään", "Känner ingen här", "vem som helst", "no one in particular"),
    *("I don't know anyone", "ei väliä", "ei kenenkään kanssa", "Alla går bra", "No preference"),
]


@pytest.mark.parametrize("cell", NOBODY)
def test_to_avoid_nobody_is_no_finding(folder: Path, run: Run, cell: str) -> None:
    code, text = avoiding(cell, rule=True, run=run)
    noticed = text.partition("Noticed in the roster")[2]
    assert (code, noticed.count(" row ")) == (0, 1), text  # of the two of one name alone
    assert "have the same name" in noticed


@pytest.mark.parametrize("cell", ["V-099", "Sama Nimi", "Ilta Satunen ja Outi Outo", "Outi (HR)"])
@pytest.mark.parametrize("more", [(), ("--lang", "fi")])
def test_an_entry_that_a_rule_cannot_heed_is_an_error(
    folder: Path, run: Run, cell: str, more: tuple[str, ...]
) -> None:
    code, text = avoiding(cell, rule=True, run=run, more=more)
    assert (code, "Vältä" in text, cell.rsplit(" ja ", maxsplit=1)[-1] in text) == (
        2,
        True,
        True,
    ), text
    code, text = avoiding(cell, rule=False, run=run)
    assert (code, "do not count (1)" in text) == (0, True), text


def _rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(path.read_text("utf-8-sig").splitlines(), delimiter=";"))


@pytest.mark.parametrize(
    ("together", "apart"),
    [("[Aino Ahti, Bo Berg]", "[P1, P2]"), ("[P1, P2]", "[bo@example.org, Aino Ahti]")],
)
def test_rules_contradict_each_other_by_whatever_they_call_people(
    folder: Path, run: Run, together: str, apart: str
) -> None:
    people = ("P1;Aino Ahti;;1", "P2;Bo Berg;bo@example.org;2", "P3;Cia Cid;;3", "P4;Dan Dal;;4")
    (folder / "p.csv").write_text("\n".join(("id;name;email;years", *people)), "utf-8")
    rules = f"groups: {{size: 2}}\nrules: [{{together: [{together}]}}, {{apart: [{apart}]}}]\n"
    (folder / "r.yaml").write_text(rules, "utf-8")
    shown = run("form", "p.csv", "--rules", "r.yaml")
    assert shown.exit_code == 2
    assert "both together and apart" in shown.output
