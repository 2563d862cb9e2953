"""Whatever column tells who somebody is, known or not: no result has it, and all else stays."""

from __future__ import annotations

import csv
import json
import random
from pathlib import Path

import pytest

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


def people(seed: int) -> tuple[list[str], list[list[str]], list[list[str]]]:
    """A roster's header and rows; and of each row what may stand nowhere."""
    chance = random.Random(seed)
    pairs = chance.sample([(first, last) for first in FIRST for last in LAST], 12)
    header = [chance.choice(IDS), *STAYING, chance.choice(NAMES), chance.choice(EMAILS)]
    header += [chance.choice(OTHERS), "Completion time"]
    if seed % 2:
        header += ["Preferred name", "Theme"]
    rows, secrets = [], []
    for number, (first, last) in enumerate(pairs, 1):
        name = f"{first} {last}" if seed % 3 else f"{last} {first}"
        email = f"{first}.{last}@example.org".casefold()
        other = f"zq{first[:3]}{last[:3]}{number} street".casefold()
        kept = [TOWNS[number % 8], str(number), str(number % 5 + 1), str(number % 7 + 3)]
        row = [
            str(number),
            *kept,
            name,
            email,
            other,
            f"8/{number}/26 9:0{number % 10}:0{seed % 9}",
        ]
        if seed % 2:
            row += [first, f"{name} told me" if number == 3 else "reading"]
        rows.append(row)
        secrets.append([name, email, other])
    return header, rows, secrets


@pytest.mark.parametrize("block", range(5))
def test_nobody_is_told_and_nothing_else_changes(
    folder: Path, run: Run, monkeypatch: pytest.MonkeyPatch, block: int
) -> None:
    monkeypatch.setenv("VERMEGROUP_KEY", KEY)
    Path("r.yaml").write_text(
        "groups: {size: 3-4}\nrules: [{different: municipality}, place_everyone]\n"
        "preferences: [{balance: years}, {spread: Class}, {balance: Children}]\n",
        "utf-8",
    )
    for seed in range(10 * block, 10 * block + 10):
        header, rows, secrets = people(seed)
        with Path("people.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([header, *rows])
        call = ("form", "people.csv", "--rules", "r.yaml", "-o", f"out{seed}")
        shown = run(*call, "--pseudonymise")
        assert shown.exit_code == 0, shown.output
        told = shown.output + "".join(
            path.read_text("utf-8-sig") for path in Path(f"out{seed}").iterdir()
        )
        for secret in (text for each in secrets for text in each):
            assert secret.casefold() not in told.casefold(), (seed, secret)
        with Path(f"out{seed}/groups.csv").open(encoding="utf-8-sig") as file:
            written = list(csv.DictReader(file))
        for row, was in zip(written, rows, strict=True):
            before = dict(zip(header, was, strict=True))
            for column in (*STAYING, "Completion time"):
                assert row[column] == before[column], (seed, column)


def test_how_many_are_told_from_all_others_is_warned_of(
    folder: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VERMEGROUP_KEY", KEY)
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
