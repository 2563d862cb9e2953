"""Under pseudonyms only the meaning of a status stays: it may say who comes instead, and why."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.cli.tokens import KEY, essence, rows_of

NAMES = ("Aino Virtanen", "Eero Korhonen", "Maija Mäkinen", "Pekka Nieminen", "Liisa Lahti")
SECRET = ("virta", "korho", "mäki", "niemi", "pekka", "pomo", "kaisa", "eva", "flunssa", "liisa")


@pytest.fixture(autouse=True)
def key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VERMEGROUP_KEY", KEY)


def saved(name: str, column: str, cells: list[str], *, people: int = 12) -> None:
    called = (*NAMES, *(f"Osallistuja {chr(65 + n)}" for n in range(people)))
    padded = [*cells, *[""] * people][:people]
    lines = [f"id;{name};municipality;{column}"]
    lines += [f"P{n};{called[n]};Turku;{cell}" for n, cell in enumerate(padded)]
    Path("r.csv").write_text("\n".join(lines) + "\n", "utf-8")
    Path("rules.yaml").write_text("groups: {size: 3-4}\nrules: [place_everyone]\n", "utf-8")


def formed(run: Run) -> str:
    """The same groups by names and under pseudonyms, which are audited; all that is told then."""
    for out, more in (("open", ()), ("hidden", ("--pseudonymise",))):
        shown = run("form", "r.csv", "--rules", "rules.yaml", "-o", out, *more)
        assert shown.exit_code == 0, shown.output
    audited = run("audit", "hidden/groups.csv", "--format", "json")
    assert audited.exit_code == 0, audited.output
    told = shown.output + audited.output
    told += "".join(path.read_text("utf-8-sig") for path in Path("hidden").iterdir())
    assert essence(Path("open/report.json")) == essence(Path("hidden/report.json"))
    plain = json.loads(run("audit", "open/groups.csv", "--format", "json").stdout)
    hidden = json.loads(audited.stdout)
    assert hidden["participants"] == plain["participants"]
    places = [
        [(f["severity"], f["row"], f["column"]) for f in each["findings"] if f["row"]]
        for each in (plain, hidden)
    ]
    assert places[0] == places[1]
    return told


@pytest.mark.parametrize(
    ("name", "column", "cells"),
    [
        (
            "name",
            "status",
            ["Peruttu Niemisen Pekka", "Mäkinen perunut", "peruttu, tilalle Kaisa Pomo", "ok/Eva"],
        ),
        ("nimi", "Tila", ["Perui (flunssa)", "Vahvistettu, Eva Pomo", "odottaa Kaisaa", "Pomo"]),
        ("namn", "Status", ["Avbokad av Kaisa Pomo", "Kommer, Eva", "kanske, fråga Eva", "?Pomo"]),
        ("name", "Perunut", ["Kaisa Pomo tilalle", "ei", "x", "ehkä, kysy Eva Pomolta"]),
        ("name", "Will you attend?", ["No, sorry", "yes", "Yes with Kaisa Pomo", "maybe Eva"]),
        ("nimi", "Huomioita", ["Peruttu", "Perunut, Eva", "Osallistuu", "peruttu, flunssa"]),
    ],
)
def test_only_the_meaning_of_a_status_stays(
    folder: Path, run: Run, name: str, column: str, cells: list[str]
) -> None:
    saved(name, column, cells)
    told = formed(run).casefold()
    assert not [word for word in SECRET if word in told]


def test_a_status_of_one_known_word_stays_as_it_is(folder: Path, run: Run) -> None:
    cells = ["Vahvistettu", "Peruttu", "ODOTTAA", "kyllä", "x", "Ilmoittautunut", "Confirmed"]
    saved("nimi", "Tila", cells)
    formed(run)
    rows = rows_of(Path("hidden/groups.csv"))
    assert [row["Tila"] for row in rows] == [*cells, *[""] * 5]


def test_a_cancellation_in_place_of_a_group_stays_one(folder: Path, run: Run) -> None:
    gone = ["Peruttu Niemisen Pekka", "perui, tilalle Kaisa Pomo", "Perunut", "jonossa"]
    saved("nimi", "ryhmä", [*gone, *(f"G0{1 + n % 2}" for n in range(8))])
    call = ("audit", "r.csv", "--rules", "rules.yaml", "--format", "json")
    plain, hidden = run(*call), run(*call, "--pseudonymise", "-o", "hidden")
    assert plain.exit_code == hidden.exit_code
    told = hidden.output + Path("hidden/groups.csv").read_text("utf-8-sig")
    assert not [word for word in SECRET if word in told.casefold()]
    again = run("audit", "hidden/groups.csv", "--rules", "rules.yaml", "--format", "json")
    counts = [json.loads(shown.stdout)["participants"] for shown in (plain, hidden, again)]
    assert counts[0] == counts[1] == counts[2]
