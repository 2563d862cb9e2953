"""Whatever column tells who somebody is, known or not: no result has it, and all else stays."""

from __future__ import annotations

import csv
import json
import random
import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.by_day import todays
from tests.cli.conftest import Run

KEY = "synthetic key, for tests alone"
FIRST = ("Aino", "Bo", "Cia", "Dan", "Eeva", "Frans", "Gun", "Heli", "Olli", "Märta", "Åke", "Pyry")
LAST = ("Keksitty", "Kuviteltu", "Olematon", "Tarina", "Haaveri", "Satunen", "Påhittad", "Mallila")
TOWNS = ("Turku", "Oulu", "Lahti", "Salo", "Kemi", "Pori", "Vaasa", "Espoo")
IDS = ("ID", "Tunnus", "Participant ID", "Osallistujatunnus")
NAMES = ("Name", "Nimi", "Student", "Opiskelija", "Who are you", "Kuka olet", "Deltagare")
EMAILS = ("Email", "Sähköposti", "workEmail", "E-post", "Contact", "Yhteys")
OTHERS = ("Username", "Käyttäjänimi", "IP Address", "Osoite", "Home address", "Muuta", "Note")
STAYING = ("Municipality", "Years of experience", "Class", "Children")


@pytest.fixture(autouse=True)
def key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VERMEGROUP_KEY", KEY)


@dataclass(frozen=True)
class Roster:
    """A roster of twelve, and in the same columns four who join them."""

    header: list[str]
    rows: list[list[str]]
    joining: list[list[str]]
    people: list[tuple[str, str]]

    def told(self, text: str) -> list[str]:
        """The lines of a text in which a word tells who somebody is."""
        words = {word for person in self.people for word in person} | {"example", "zq"}
        secret = re.compile(rf"(?<![^\W_])({'|'.join(words)})(?![^\W\d_])|zq", re.IGNORECASE)
        return [line for line in text.splitlines() if secret.search(line)]


def roster(seed: int) -> Roster:
    chance = random.Random(seed)
    pairs = chance.sample([(first, last) for first in FIRST for last in LAST], 16)
    header = [chance.choice(IDS), *STAYING, chance.choice(NAMES), chance.choice(EMAILS)]
    header += [chance.choice(OTHERS), "Completion time"]
    if seed % 2:
        header += ["Preferred name", "Theme"]
    rows = []
    for number, (first, last) in enumerate(pairs, 1):
        name = f"{first} {last}" if seed % 3 else f"{last} {first}"
        kept = [TOWNS[number % 8], str(number), str(number % 5 + 1), str(number % 7 + 3)]
        email = f"{first}.{last}@example.org".casefold()
        other = f"zq{first[:3]}{last[:3]}{number} street".casefold()
        row = [str(number), *kept, name, email, other]
        row.append(f"8/{number}/26 9:0{number % 10}:0{seed % 9}")
        if seed % 2:
            row += [first, f"{name} told me" if number == 3 else "reading"]
        rows.append(row)
    return Roster(header, rows[:12], rows[12:], pairs)


def saved(file: Path, rows: list[list[str]]) -> None:
    with file.open("w", encoding="utf-8", newline="") as opened:
        csv.writer(opened).writerows(rows)


@pytest.mark.parametrize("block", todays(range(10)))
def test_nobody_is_told_and_nothing_else_changes(folder: Path, run: Run, block: int) -> None:
    Path("r.yaml").write_text(
        "groups: {size: 3-4}\nrules: [{different: municipality}, place_everyone]\n"
        "preferences: [{balance: years}, {spread: Class}, {balance: Children}]\n",
        "utf-8",
    )
    for seed in range(5 * block, 5 * block + 5):
        given = roster(seed)
        saved(Path("people.csv"), [given.header, *given.rows])
        saved(Path("new.csv"), [given.header, *given.joining])
        assert run("form", "people.csv", "--rules", "r.yaml", "-o", f"open{seed}").exit_code == 0
        groups, left = f"open{seed}/groups.csv", given.rows[8][0]
        changes = {
            "meeting": ("rebalance", groups, "--absent", f"{given.rows[4][0]},{left}"),
            "joined": ("rebalance", groups, "--left", left, "--joining", "new.csv"),
            "on": ("rebalance", f"formed{seed}/groups.csv", "--joining", "new.csv"),
        }
        # Each is formed, and changed in one of these ways, in turn.
        formed = ("form", "people.csv", "--rules", "r.yaml")
        for name, call in (("formed", formed), list(changes.items())[seed % 3]):
            out = Path(f"{name}{seed}")
            shown = run(*call, "-o", str(out), "--pseudonymise")
            assert shown.exit_code == 0, shown.output
            files = [path.read_text("utf-8-sig") for path in sorted(out.iterdir())]
            assert len(files) == (4 if name == "formed" else 5)
            assert given.told("\n".join([shown.output, *files])) == [], (seed, name)
            rows = given.rows if name in ("formed", "meeting") else given.rows + given.joining
            assert changed(out / "groups.csv", given.header, rows) == [], (seed, name)


def changed(groups: Path, header: list[str], rows: list[list[str]]) -> list[tuple[str, str]]:
    """The cells that differ from what they were, ids aside."""
    with groups.open(encoding="utf-8-sig", newline="") as file:
        written = list(csv.DictReader(file))
    assert len(written) == len(rows)
    assert written[0].keys() >= {*STAYING, "Completion time"}
    found = []
    for row, was in zip(written, rows, strict=True):
        before = dict(zip(header, was, strict=True))
        kept = (before.keys() & row.keys()) - {header[0]}
        found += [(column, row[column]) for column in kept if row[column] != before[column]]
    return found


def test_how_many_are_told_from_all_others_is_warned_of(folder: Path, run: Run) -> None:
    Path("p.csv").write_text(
        "id,name,municipality,years\nA,Aino Keksitty,Turku,1\nB,Bo Kuviteltu,Turku,1\n"
        "C,Cia Olematon,Oulu,1\nD,Dan Tarina,Oulu,7\n",
        "utf-8",
    )
    Path("r.yaml").write_text("groups: {size: 2}\nrules: [place_everyone]\n", "utf-8")
    shown = run("form", "p.csv", "--rules", "r.yaml", "--pseudonymise", "--format", "json")
    warned = [
        line["message"]
        for line in json.loads(shown.stdout)["findings"]
        if line["severity"] == "warning"
    ]
    assert warned == [
        "2 people of 4 can be told from all others by what stays: municipality and years"
    ]


def test_names_within_a_column_that_a_rule_needs_are_replaced_and_told(
    folder: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VERMEGROUP_KEY", KEY)
    lines = [
        "Participant ID,Name,Username,Email,Theme",
        "1,Meri Keksitty,mkeksitty,meri.keksitty@example.org,Ainon ryhmä",
        "2,Bo Kuviteltu,bkuviteltu,bo@example.org,meri.keksitty",
        "3,Aino Haaveri,ahaaveri,aino@example.org,mkeksitty",
        "4,Cia Satunen,csatunen,cia@example.org,Musiikki",
    ]
    Path("people.csv").write_text("\n".join(lines), "utf-8")
    Path("r.yaml").write_text("groups: {size: 2}\nrules: [{different: Theme}]\n", "utf-8")
    call = ("form", "people.csv", "--rules", "r.yaml", "-o", "out", "--pseudonymise")
    shown = run(*call, "--column", "id=Participant ID")
    assert shown.exit_code == 0, shown.output
    told = shown.output + "".join(path.read_text("utf-8-sig") for path in Path("out").iterdir())
    for secret in ("keksitty", "ainon", "aino"):
        assert secret not in told.casefold()
    assert "Musiikki" in told
    assert "In 3 cells of this column people were named" in told


@pytest.mark.parametrize(
    ("name", "header", "cells"),
    [
        # The names stand in a column that only its cells tell, and few of them at a place.
        ("Vem är du", "Enhet", ["Aino Keksitty", "Solhem", "Bo Kuviteltu", "Solhem"]),
        ("Nimi", "Teema", ["Aino Keksitty kertoi", "lukeminen", "lukeminen", "Una Outo kertoi"]),
        ("Name", "Role", ["mentee", "mentee", "mentor of Bo Kuviteltu", "mentor of Una Outo"]),
    ],
)
@pytest.mark.parametrize(("needed", "turned"), [(False, False), (False, True), (True, True)])
def test_a_text_with_names_that_no_rule_needs_is_left_out(
    run: Run,
    name: str,
    header: str,
    cells: list[str],
    needed: bool,
    turned: bool,
) -> None:
    people = ("Aino Keksitty", "Bo Kuviteltu", "Cia Olematon", "Dan Tarina")
    called = [", ".join(reversed(each.split())) if turned else each for each in people]
    rows = [[str(at), *pair] for at, pair in enumerate(zip(called, cells, strict=True), 1)]
    saved(Path("p.csv"), [["Id", name, header], *rows])
    wish = f"preferences: [{{different: {header}}}]" if needed else ""
    Path("r.yaml").write_text(f"groups: {{size: 2}}\nrules: [place_everyone]\n{wish}\n", "utf-8")
    shown = run("form", "p.csv", "--rules", "r.yaml", "--pseudonymise", "-o", "out")
    assert shown.exit_code == 0, shown.output
    told = shown.output + "".join(path.read_text("utf-8-sig") for path in Path("out").iterdir())
    assert not [word for word in " ".join(people).split() if re.search(rf"\b{word}\b", told)]
    groups = Path("out/groups.csv").read_text("utf-8-sig")
    assert (header in groups) == needed
    assert needed or "Una" not in told
