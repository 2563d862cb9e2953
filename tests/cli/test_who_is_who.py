"""People are found across files, and by whatever they are called."""

from __future__ import annotations

import csv
import json
from itertools import combinations
from pathlib import Path

import pytest

from tests.cli.conftest import Run

FORM = """\
Aikaleima,Sähköpostiosoite,Etunimi ja sukunimi,Missä kunnassa työskentelet?,Toive
2026/08/01 8.00.00,aino@example.org,Aino Keksitty,Helsinki,Bo Kuviteltu
2026/08/01 8.01.00,bo@example.org,Bo Kuviteltu,Espoo,aino@example.org
2026/08/01 8.02.00,cia@example.org,Cia Olematon,Turku,
2026/08/01 8.03.00,dan@example.org,Dan Tarina,Oulu,Eeva Haaveri
2026/08/01 8.04.00,eeva@example.org,Eeva Haaveri,Lahti,
2026/08/01 8.05.00,frans@example.org,Frans Satunen,Pori,
2026/08/01 8.06.00,gun@example.org,Gun Mallila,Vaasa,
2026/08/01 8.07.00,heli@example.org,Heli Testinen,Salo,
"""
SPRING = """\
Tunnus;Nimi;Sähköposti;group
1;Dan Tarina;dan@example.org;G01
4;Eeva Haaveri;eeva@example.org;G01
2;Aino Keksitty;aino@example.org;G02
5;Bo Kuviteltu;bo@example.org;G02
3;Gun Mallila;gun@example.org;G03
6;Heli Testinen;heli@example.org;G03
"""
PADDED = """\
Tunnus;Nimi;Sähköposti
00001;Dan Tarina;dan@example.org
00002;Aino Keksitty;aino@example.org
00003;Gun Mallila;gun@example.org
00004;Eeva Haaveri;eeva@example.org
00005;Bo Kuviteltu;bo@example.org
00006;Heli Testinen;heli@example.org
"""
AUTUMN = """\
Tunnus;Nimi;Sähköposti
1;Dan Tarina;dan@example.org
2;Aino Keksitty;aino@example.org
3;Gun Mallila;gun@example.org
4;Eeva Haaveri;eeva@example.org
5;Bo Kuviteltu;bo@example.org
6;Heli Testinen;heli@example.org
"""
RENUMBERED = """\
ID,Name,Email,group
1,Aino Keksitty,aino@example.org,A
2,Bo Kuviteltu,bo@example.org,A
3,Cia Olematon,cia@example.org,A
4,Dan Tarina,dan@example.org,B
5,Eeva Haaveri,eeva@example.org,B
6,Frans Satunen,frans@example.org,B
"""
PAIRS = "groups: {size: 2}\nrules: [{strangers: old.csv}, place_everyone]\n"
ANY = "groups: {size: 2-4}\nrules: [place_everyone]\n"


def write(folder: Path, **texts: str) -> None:
    for name, text in texts.items():
        stem, _, kind = name.rpartition("_")
        (folder / f"{stem}.{kind}").write_text(text, "utf-8")


def rows(path: Path) -> list[dict[str, str]]:
    text = path.read_text("utf-8-sig")
    return list(csv.DictReader(text.splitlines(), delimiter=";" if ";" in text else ","))


def bonds(path: Path, name: str, group: str = "group") -> set[frozenset[str]]:
    """The pairs of people who share a group, by name."""
    found = rows(path)
    pairs = combinations(found, 2)
    return {frozenset((a[name], b[name])) for a, b in pairs if a[group] and a[group] == b[group]}


@pytest.mark.parametrize(
    ("roster", "old"), [(PADDED, SPRING), (AUTUMN, RENUMBERED), (FORM, SPRING), (FORM, RENUMBERED)]
)
def test_strangers_are_told_by_who_they_are(folder: Path, run: Run, roster: str, old: str) -> None:
    write(folder, roster_csv=roster, old_csv=old, r_yaml=PAIRS, any_yaml=ANY)
    shown = run("form", "roster.csv", "--rules", "r.yaml", "-o", "out")
    assert shown.exit_code == 0, shown.output
    names = ("Nimi", "Etunimi ja sukunimi")
    (name,) = [name for name in names if name in rows(Path("out/groups.csv"))[0]]
    group = "ryhmä" if "ryhmä" in rows(Path("out/groups.csv"))[0] else "group"
    before = bonds(folder / "old.csv", "Nimi" if old == SPRING else "Name")
    assert not bonds(Path("out/groups.csv"), name, group) & before
    told = run("compare", "old.csv", "out/groups.csv", "--rules", "any.yaml", "--format", "json")
    assert json.loads(told.stdout)["bonds"]["kept"] == 0
    assert json.loads(told.stdout)["bonds"]["before"] >= 2


@pytest.mark.parametrize(
    "old",
    [
        "id;name;group\nX1;Olli Korhonen;1\nX2;Maija Virtanen;1\n",
        "id;group\n91;1\n92;1\n",
        "Tunnus;Nimi;group\n1;Olli Korhonen;1\n2;Maija Virtanen;1\n",
    ],
)
def test_earlier_groups_of_other_people_stop_the_run(folder: Path, run: Run, old: str) -> None:
    write(folder, roster_csv=AUTUMN, old_csv=old, r_yaml=PAIRS, any_yaml=ANY)
    shown = run("form", "roster.csv", "--rules", "r.yaml", "-o", "out")
    assert (shown.exit_code, "old.csv" in shown.stderr) == (2, True), shown.output
    write(folder, new_csv=AUTUMN.replace("\n", ";G1\n").replace("posti;G1", "posti;group"))
    assert run("compare", "old.csv", "new.csv", "--rules", "any.yaml").exit_code == 2


@pytest.mark.parametrize(
    ("roster", "texts"),
    [
        (FORM, ("Aino Keksitty", "Bo Kuviteltu")),
        (FORM, ("kuviteltu BO", "aino@example.org")),
        (PADDED, ("2", "bo@example.org")),
    ],
)
@pytest.mark.parametrize("kind", ["apart", "together"])
def test_rules_call_people_as_people_do(
    folder: Path, run: Run, roster: str, texts: tuple[str, ...], kind: str
) -> None:
    rules = f"groups: {{size: 2-4}}\nrules: [{{{kind}: [{', '.join(texts)}]}}, place_everyone]\n"
    write(folder, roster_csv=roster, r_yaml=rules)
    shown = run("form", "roster.csv", "--rules", "r.yaml", "-o", "out")
    assert shown.exit_code == 0, shown.output
    assert "Who is meant" in shown.output
    found = rows(Path("out/groups.csv"))
    group = {
        next(row[key] for key in row if key in ("Nimi", "Etunimi ja sukunimi")): row["ryhmä"]
        for row in found
    }
    assert (group["Aino Keksitty"] == group["Bo Kuviteltu"]) is (kind == "together")
    again = run("audit", "out/groups.csv")
    assert again.exit_code == 0, again.output


def test_a_pin_calls_people_by_name(folder: Path, run: Run) -> None:
    rules = "groups: {size: 4}\nrules: [{pin: {Heli Testinen: G01}}, place_everyone]\n"
    write(folder, roster_csv=FORM, r_yaml=rules)
    assert run("form", "roster.csv", "--rules", "r.yaml", "-o", "out").exit_code == 0
    (heli,) = [row for row in rows(Path("out/groups.csv")) if "Heli Testinen" in row.values()]
    assert heli["ryhmä"] == "G01"


def test_two_of_one_name_are_listed_with_what_tells_them_apart(folder: Path, run: Run) -> None:
    two = FORM.replace("Heli Testinen", "Aino Keksitty")
    rules = "groups: {size: 4}\nrules: [{apart: [Aino Keksitty, Bo Kuviteltu]}, place_everyone]\n"
    write(folder, roster_csv=two, r_yaml=rules)
    shown = run("form", "roster.csv", "--rules", "r.yaml")
    assert shown.exit_code == 2
    assert "aino@example.org" in shown.stderr
    assert "heli@example.org" in shown.stderr


def test_who_is_made_an_id_keeps_it_when_others_sign_up(folder: Path, run: Run) -> None:
    write(folder, roster_csv=FORM, any_yaml=ANY)
    assert run("form", "roster.csv", "--rules", "any.yaml", "-o", "one").exit_code == 0
    header, *lines = FORM.splitlines()
    more = "2026/08/02 9.00.00,olli@example.org,Olli Korhonen,Kemi,"
    write(folder, roster_csv="\n".join([header, more, *reversed(lines)]) + "\n")
    assert run("form", "roster.csv", "--rules", "any.yaml", "-o", "two").exit_code == 0
    ids = [
        {row["Etunimi ja sukunimi"]: row["tunnus"] for row in rows(Path(out) / "groups.csv")}
        for out in ("one", "two")
    ]
    assert len(set(ids[1].values())) == len(ids[1]) == 9
    assert ids[0].items() <= ids[1].items()
    assert all(len(id_) <= 8 for id_ in ids[1].values())


ABSENT = {
    "form": "Aikaleima,Sähköpostiosoite,Etunimi ja sukunimi,Syy\n"
    "2026/09/01 8.20.03,cia@example.org,Cia Olematon,sairas\n",
    "names": "Nimi;Syy\nCia Olematon;kipeä\n",
    "parts": "First name,Last name\nCia,Olematon\n",
    "other ids": "ID,Name\n1,Cia Olematon\n",
    "list": "cia@example.org\n",
}


@pytest.mark.parametrize("kind", ABSENT)
def test_a_file_of_absent_people_is_read_as_a_roster(folder: Path, run: Run, kind: str) -> None:
    write(folder, roster_csv=FORM, any_yaml=ANY, absent_csv=ABSENT[kind])
    assert run("form", "roster.csv", "--rules", "any.yaml", "-o", "out").exit_code == 0
    call = ("rebalance", "out/groups.csv", "-o", "plan", "--absent")
    shown = run(*call, "absent.csv")
    assert shown.exit_code == 0, shown.output
    absent = [row for row in rows(Path("plan/groups.csv")) if row["poissa"]]
    assert [row["Etunimi ja sukunimi"] for row in absent] == ["Cia Olematon"]


def test_moves_name_people_beside_their_ids(folder: Path, run: Run) -> None:
    write(folder, roster_csv=FORM, any_yaml="groups: {size: 2}\nrules: [place_everyone]\n")
    assert run("form", "roster.csv", "--rules", "any.yaml", "-o", "out").exit_code == 0
    write(folder, any_yaml="groups: {size: 2-4}\nrules: [place_everyone]\n")
    call = ("rebalance", "out/groups.csv", "--rules", "any.yaml", "-o", "plan")
    shown = run(*call, "--absent", "Cia Olematon")
    assert shown.exit_code == 0, shown.output
    moves = rows(Path("plan/moves.csv"))
    ids = {row["tunnus"]: row["Etunimi ja sukunimi"] for row in rows(Path("out/groups.csv"))}
    assert moves
    assert all(ids[move["osallistuja"]] == move["nimi"] for move in moves)
    again = run(*call[:-1], "again", "--absent", "plan/moves.csv")
    assert again.exit_code in (0, 1), again.output
    assert run(*call).exit_code == 0
    kept = Path("plan/moves.csv").read_text("utf-8-sig").splitlines()
    assert kept == ["osallistuja,nimi,mistä,mihin,syy"]


JOINING = {
    "renumbered": ("ID,Name,Email\n1,Olli Korhonen,olli@x.fi\n2,Dan Tarina,dan@example.org\n", 1),
    "one taken": ("Tunnus;Nimi\n3;Gun Mallila\n4;Olli Korhonen\n", 1),
    "zeros lost": ("Tunnus;Nimi\n0001;Dan Tarina\n77;Olli Korhonen\n", 1),
}


@pytest.mark.parametrize("kind", JOINING)
def test_who_joins_under_a_members_number_gets_another(folder: Path, run: Run, kind: str) -> None:
    joining, fresh = JOINING[kind]
    groups = AUTUMN.replace("\n", ";G1\n").replace("posti;G1", "posti;group")
    write(folder, g_csv=groups, any_yaml="groups: {size: 2-7}\nrules: [place_everyone]\n")
    write(folder, joining_csv=joining)
    shown = run("rebalance", "g.csv", "--rules", "any.yaml", "--joining", "joining.csv", "-o", "o")
    assert shown.exit_code == 0, shown.output
    found = rows(Path("o/groups.csv"))
    assert len(found) == 6 + fresh
    assert len({row["Tunnus"] for row in found}) == len(found)
    assert [row["Nimi"] for row in found[6:]] == ["Olli Korhonen"]
    assert "is a member already" in " ".join(shown.output.split())


WHOSE = "Newcomers whose id is a member's get one of their own"
HERE = (
    "id;name;municipality;years;email;group\n1;Ann Ash;Helsinki;1;ann@example.org;A\n"
    "2;Bea Birch;Espoo;12;;A\n3;Cid Cole;Vantaa;5;;A\n"
)


def joined(folder: Path, run: Run, newcomers: str, *options: str) -> tuple[int, str, list[str]]:
    """The exit code, what was said, and the names of the groups' people."""
    write(folder, g_csv=HERE, any_yaml="groups: {size: 2-7}\nrules: [place_everyone]\n")
    write(folder, joining_csv=newcomers)
    call = ("rebalance", "g.csv", "--rules", "any.yaml", "--joining", "joining.csv", "-o", "o")
    shown = run(*call, *options)
    said = " ".join(shown.output.split())
    names = [] if shown.exit_code else [row.get("name", "") for row in rows(Path("o/groups.csv"))]
    return shown.exit_code, said, names


@pytest.mark.parametrize(
    ("newcomers", "differing"),
    [
        ("name;municipality;years\nBea Birch;Salo;12\nDan Dow;Oulu;4\n", "municipality"),
        ("name;municipality;years\nBea Birch;ESBO;15\nDan Dow;Oulu;4\n", "years"),
        ("Namn;Kommun;Erfarenhet\nBirch, Bea;Esbo;12,0\nDan Dow;Oulu;4\n", ""),
        ("Namn;Kommun;Erfarenhet\nBirch, Bea;Esbo;c. tolv år\nDan Dow;Oulu;4\n", ""),
        ("Nimi;Kunta;Kokemus vuosina\nBea Birch;Espoo;n. 12 vuotta\nDan Dow;Oulu;4\n", ""),
        ("name;municipality;years\nBea Birch;Esbo;6-18\nDan Dow;Oulu;4\n", "years"),
        ("id;name;kunta;email\n1;Ann Ash;Salo;ANN@example.org\n;Dan Dow;;\n", "kunta"),
    ],
)
def test_a_member_among_newcomers_is_set_aside_and_what_differs_is_told(
    folder: Path, run: Run, newcomers: str, differing: str
) -> None:
    code, said, names = joined(folder, run, newcomers)
    assert (code, names) == (0, ["Ann Ash", "Bea Birch", "Cid Cole", "Dan Dow"]), said
    assert "5 read · 4 placed · 1 set aside" in said
    assert ("other details stand here" in said) == bool(differing)
    assert not differing or f"stand here: {differing} " in said


@pytest.mark.parametrize(
    ("name", "municipality", "email"),
    [
        ("Ian Ash", "Sipoo", ""),
        ("Ash, Kirsti", "Sipoo", ""),
        ("Ian Ash", "Helsinki", "ian@example.org"),
    ],
)
def test_somebody_else_of_the_family_name_and_number_of_a_member_joins(
    folder: Path, run: Run, name: str, municipality: str, email: str
) -> None:
    text = f"id;name;municipality;years;email\n1;{name};{municipality};2;{email}\n"
    code, said, names = joined(folder, run, text)
    assert (code, names[3:]) == (0, [name]), said
    assert f"{name} had that of Ann Ash and gets 4" in said
    assert "missing" not in said


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("id;name;municipality;years;email\n1;Ann Ash;Salo;14;ash@example.org\n", "Ann Ash"),
        ("id;name;municipality;years;email\n9;ASH, Ann;Salo;14;ash@example.org\n", "ASH, Ann"),
        ("name;email\nAnn Ash;ash@example.org\n", "Ann Ash"),
        ("Tunnus;Nimi;Kunta\n2;Bea Birch;Salo\n", "Bea Birch"),
    ],
)
def test_a_members_namesake_joins_and_the_namesake_is_told(
    folder: Path, run: Run, text: str, who: str
) -> None:
    code, said, names = joined(folder, run, text)
    assert (code, names[3:]) == (0, [who]), said
    assert "newcomers' row 2 have the same name but differ" in said


@pytest.mark.parametrize(
    ("name", "municipality"),
    [("Ann Cole", "Sipoo"), ("Anne Ashton", "Sipoo"), ("Ian Ash", "Helsinki")],
)
def test_who_may_be_the_member_of_that_number_is_asked_about(
    folder: Path, run: Run, name: str, municipality: str
) -> None:
    code, said, _names = joined(folder, run, f"id;name;municipality\n1;{name};{municipality}\n")
    assert (code, "has the id of Ann Ash, who is a member" in said) == (2, True), said


def test_an_id_that_a_newcomer_shares_with_a_member_is_not_called_missing(
    folder: Path, run: Run
) -> None:
    groups = HERE.replace("\n1;", "\nP1;").replace("\n2;", "\nP2;").replace("\n3;", "\nP3;")
    write(folder, g_csv=groups, any_yaml="groups: {size: 2-7}\nrules: [place_everyone]\n")
    write(folder, joining_csv="id;name;municipality\nP2;Dan Dow;Oulu\n", key_txt="k" * 40)
    call = ("rebalance", "g.csv", "--rules", "any.yaml", "--joining", "joining.csv")
    said = " ".join(run(*call, "-o", "o").output.split())
    own = rows(Path("o/groups.csv"))[3]["id"]
    assert f"row 2: {WHOSE}: Dan Dow had that of Bea Birch and gets {own}" in said
    assert "missing" not in said
    hidden = run(*call, "-o", "p", "--pseudonymise", "--key-file", "key.txt").output
    mine, theirs = (rows(Path("p/groups.csv"))[place]["id"] for place in (3, 1))
    assert f"{mine} had that of {theirs} and gets {mine}" in " ".join(hidden.split())


def test_who_misses_a_meeting_is_no_stranger_to_it(folder: Path, run: Run) -> None:
    write(folder, roster_csv=FORM, any_yaml=ANY)
    assert run("form", "roster.csv", "--rules", "any.yaml", "-o", "out").exit_code == 0
    call = ("rebalance", "out/groups.csv", "--absent", "Cia Olematon", "-o", "plan")
    assert run(*call).exit_code == 0
    shown = run("compare", "out/groups.csv", "plan/groups.csv")
    text = " ".join(shown.output.split())
    assert "absent or cancelled in the later one: 1 person (Cia Olematon)" in text
    assert "Only in the earlier file" not in text


TWINS = """\
id,name,municipality,years,group,wishes
a1,Pekka Nieminen,Tampere,15,G,
A1,Liisa Laine,Turku,1,G,
ä-3,Kalle Koski,Oulu,20,H,a1
Ä-3,Ville Virta,Kuopio,2,H,A1
"""


def test_an_id_is_its_owners_and_no_twins_in_another_case(folder: Path, run: Run) -> None:
    rules = "groups: {size: 2-4}\nrules: [place_everyone]\n"
    write(folder, g_csv=TWINS, r_yaml=rules)
    write(folder, p_yaml="groups: {size: 2}\nrules: [{pin: {a1: G01, ä-3: G01}}, place_everyone]\n")
    write(folder, w_yaml="groups: {size: 2}\npreferences: [{wishes: wishes}]\n")
    for asked, kept in (("a1", "A1"), ("A1", "a1")):
        shown = run("rebalance", "g.csv", "--left", asked, "--rules", "r.yaml", "-o", asked * 2)
        group = {row["id"]: row["group"] for row in rows(Path(asked * 2, "groups.csv"))}
        assert (shown.exit_code, group[asked], group[kept] != "") == (0, "", True), shown.output
    assert run("move", "g.csv", "Ä-3=G", "--rules", "p.yaml", "-o", "moved").exit_code == 1
    assert {row["id"] for row in rows(Path("moved/groups.csv")) if row["group"] == "H"} == {"ä-3"}
    for book in ("p", "w"):
        assert run("form", "g.csv", "--rules", f"{book}.yaml", "-o", book).exit_code == 0
        assert frozenset(("a1", "ä-3")) in bonds(Path(book, "groups.csv"), "id")


def test_an_id_in_another_case_than_any_may_be_either_twins(folder: Path, run: Run) -> None:
    write(folder, g_csv=TWINS.replace("a1,P", "ab1,P").replace("A1,L", "AB1,L"))
    shown = run("rebalance", "g.csv", "--left", "Ab1", "--profile", "default")
    assert (shown.exit_code, "may be any of several" in shown.stderr) == (2, True), shown.output
    gone = TWINS.replace("wishes\n", "withdrawn\n").replace("15,G,", "15,,left").replace(",a1", ",")
    write(folder, g_csv=gone.replace(",A1", ","), r_yaml="groups: {size: 2-4}\n")
    shown = run("rebalance", "g.csv", "--left", "a1", "--rules", "r.yaml", "--dry-run")
    assert "a1 has left already" in shown.output, shown.output


@pytest.mark.parametrize(
    ("absent", "who"),
    [
        ("Salo, Timo", {"3"}),
        ("haaveri,Eeva Maija; Salo, Timo", {"3", "4"}),
        ("1, Salo, Timo, Bo Kuviteltu", {"1", "2", "3"}),
        ("away.txt", {"3", "4"}),
        ("Tarina, Bo Kuviteltu", None),
    ],
)
def test_a_family_name_before_a_comma_and_the_first_name_behind_it_are_one_person(
    folder: Path, run: Run, absent: str, who: set[str] | None
) -> None:
    names = ("Dan Tarina", "Bo Kuviteltu", "Timo Salo", "Eeva Maija Haaveri", "Cia Ek", "Åke Ö")
    lines = "".join(f"{at};{name};A\n" for at, name in enumerate(names, 1))
    write(folder, g_csv=f"id;name;group\n{lines}", any_yaml=ANY.replace("2-4", "2-9"))
    write(folder, away_txt='Salo, Timo\n"Haaveri, Eeva Maija"\n')
    call = ("rebalance", "g.csv", "--rules", "any.yaml", "--date", "2026-09-01", "-o", "o")
    shown = run(*call, "--absent", absent)
    assert shown.exit_code == (2 if who is None else 0), shown.output
    here = set() if who is None else {r["id"] for r in rows(Path("o/groups.csv")) if r["group"]}
    assert who is None or here == set("123456") - who, shown.output
