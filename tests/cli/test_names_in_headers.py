"""Under pseudonyms the headers name nobody either, and a grid of wishes is read again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.cli.tokens import HIDDEN, KEY, essence

PEOPLE = (
    *("Aino Virtanen", "Eero Korhonen", "Maija Mäkinen", "Pekka Nieminen"),
    *("Liisa Lahti", "Kalle Salo"),
)
TOWNS = ("Helsinki", "Espoo", "Vantaa", "Tampere", "Lahti", "Salo")
SECRET = ("Virta", "Korho", "Mäki", "Niemi", "Aino", "Eero", "Maija")


@pytest.fixture(autouse=True)
def key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VERMEGROUP_KEY", KEY)


def saved(headers: list[str], cells: list[list[str]]) -> None:
    lines = [["id", "name", "municipality", *headers]]
    lines += [[f"P{n}", PEOPLE[n - 1], TOWNS[n - 1], *row] for n, row in enumerate(cells, 1)]
    Path("r.csv").write_text("\n".join(";".join(line) for line in lines) + "\n", "utf-8")


def told(folder: str) -> str:
    return "".join(path.read_text("utf-8-sig") for path in Path(folder).iterdir())


def values(run: Run, *call: str) -> list[tuple[str, int]]:
    shown = run(*call, "--format", "json")
    assert shown.exit_code == 0, shown.output
    record = json.loads(shown.stdout)
    assert not [line for line in record["findings"] if line["severity"] == "error"]
    return [(line["kind"], line["value"]) for line in record["preferences"]]


GRIDS = {
    "Toiveet [{}]": PEOPLE,
    "Wishes: {}": ("Virtanen, Aino", "KORHONEN EERO", "P3", "p4", "Lahti Liisa", "Kalle Salo"),
    "Önskemål / {}": PEOPLE,
    "wish___{}": ("P1", "P2", "P3", "P4", "P5", "P6"),
    "Toiveet - {}": PEOPLE,
    "Toiveet ({})": PEOPLE,
}


TICKS = ("x", "1", "kyllä", "☑", "ja", "X")


@pytest.mark.parametrize(("grid", "tick"), list(zip(GRIDS, TICKS, strict=True)))
def test_a_grid_of_wishes_is_read_again(run: Run, grid: str, tick: str) -> None:
    wishes = {1: 2, 2: 1, 3: 1, 4: 3, 5: 6, 6: 4}
    rows = [[tick if wishes[n] == m else "" for m in range(1, 7)] for n in range(1, 7)]
    saved([grid.format(name) for name in GRIDS[grid]], rows)
    rules = "groups: {size: 3}\nrules: [place_everyone]\npreferences: [{wishes: wishes}]\n"
    Path("rules.yaml").write_text(rules, "utf-8")
    call = ("form", "r.csv", "--rules", "rules.yaml")
    open_ = values(run, *call, "-o", "open")
    assert values(run, *call, "--pseudonymise", "-o", "hidden") == open_
    assert not [name for name in SECRET if name in told("hidden")]
    for more in ((), ("--pseudonymise",)):
        assert values(run, "audit", "hidden/groups.csv", *more) == open_
    both = run("compare", "hidden/groups.csv", "hidden/groups.csv")
    assert both.exit_code == 0, both.output
    left = ("--left", HIDDEN.pseudonym("P6"), "--format", "json", "-o", "left")
    assert run("rebalance", "hidden/groups.csv", *left).exit_code in (0, 1)
    assert "no participant" not in told("left")


@pytest.mark.parametrize(
    "header",
    [
        "Kokemus mentorina, arvioi Eero Korhonen",
        "arvio_eero_korhonen",
        "Aino Virtasen arvio",
        "Bedömning av Maija Mäkinen",
        "Eero's estimate",
        "ARVIO (KORHONEN, EERO)",
    ],
)
def test_a_header_that_was_named_has_a_pseudonym(folder: Path, run: Run, header: str) -> None:
    saved([header], [[str(n)] for n in (3, 4, 2, 4, 1, 5)])
    rules = "groups: {size: 3}\nrules: [place_everyone]\npreferences: [{balance: score}]\n"
    Path("rules.yaml").write_text(rules, "utf-8")
    call = ("form", "r.csv", "--rules", "rules.yaml", "--column", f"score={header}")
    plain, hidden = (run(*call, "-o", out, *more) for out, more in OUT)
    assert plain.exit_code == hidden.exit_code == 0, hidden.output
    text = (told("hidden") + hidden.output).casefold()
    assert not [name for name in SECRET if name.casefold() in text]
    assert essence(Path("open/report.json")) == essence(Path("hidden/report.json"))
    assert values(run, "audit", "hidden/groups.csv") == values(run, "audit", "open/groups.csv")


OUT = (("open", ()), ("hidden", ("--pseudonymise",)))


@pytest.mark.parametrize("header", ["Salon koulutus", "Ryhmän toive", "P1 kysymys", "Ikä"])
def test_headers_that_name_nobody_stay(folder: Path, run: Run, header: str) -> None:
    saved([header], [[str(n)] for n in (3, 4, 2, 4, 1, 5)])
    text = Path("r.csv").read_text("utf-8").replace("Kalle Salo", "Kalle Keksitty")
    Path("r.csv").write_text(text, "utf-8")
    call = ("form", "r.csv", "--pseudonymise", "-o", "hidden", "--column", f"score={header}")
    rules = "groups: {size: 3}\nrules: [place_everyone]\npreferences: [{balance: score}]\n"
    Path("rules.yaml").write_text(rules, "utf-8")
    assert run(*call, "--rules", "rules.yaml").exit_code == 0
    assert header in Path("hidden/groups.csv").read_text("utf-8-sig").splitlines()[0]
