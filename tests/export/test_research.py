"""Research tables read without a setting, hold no name, and tell what every column means."""

from __future__ import annotations

import csv
import json
from math import sqrt
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from typer.testing import CliRunner, Result

from tests.export.conftest import GROUPS, Run
from vermegroup.app.study import column_names
from vermegroup.cli.commands import app

FOLDER = Path("ryhmat-export/research")


def table(name: str, folder: Path = FOLDER) -> pd.DataFrame:
    return pd.read_csv(folder / name)


def call(*words: str) -> Result:
    return CliRunner().invoke(app, words, catch_exceptions=False)


def test_every_person_has_a_row_with_traits_and_no_name(groups: Path, export: Run) -> None:
    assert export("--to", "research").exit_code == 0
    people = table("participants.csv").set_index("participant")
    assert len(people) == 7
    assert people.loc["SYN-1", ["group", "waiting", "municipality"]].tolist() == [
        *("G01", 0),
        "Turku",
    ]
    assert people.loc["SYN-4", "years"] == 20
    assert people.waiting.sum() == 1
    assert pd.isna(people.loc["SYN-7", "group"])
    for path in FOLDER.iterdir():
        text = path.read_text("utf-8")
        assert "Keksitty" not in text
        assert "example.org" not in text


def test_groups_have_their_indices(groups: Path, export: Run) -> None:
    assert export("--to", "research", "--faultlines").exit_code == 0
    found = table("groups.csv").set_index("group").loc["G01"]
    years = [1, 12, 7]
    mean = sum(years) / 3
    sd = sqrt(sum((value - mean) ** 2 for value in years) / 3)
    assert found["size"] == 3
    assert found.years_mean == pytest.approx(mean, abs=1e-12)
    assert found.years_sd == pytest.approx(sd, abs=1e-12)
    assert found.years_cv == pytest.approx(sd / mean, abs=1e-12)
    assert found.years_gini == pytest.approx((11 + 6 + 5) / (9 * mean), abs=1e-12)
    assert found.municipality_blau == pytest.approx(2 / 3, abs=1e-12)
    assert found.municipality_richness == 3
    assert pd.isna(found.fau)  # three people cannot be parted in two and two


def test_every_pair_stands_once_with_the_weeks_it_had_together(groups: Path, export: Run) -> None:
    call_ = ("--to", "research", "--every", "two-weeks", "--meetings", "5")
    assert export(*call_).exit_code == 0
    pairs = table("dyads.csv")
    assert len(pairs) == 7 * 6 // 2
    assert len(set(map(frozenset, pairs[["participant_a", "participant_b"]].values))) == len(pairs)
    assert pairs.together.sum() == 3 + 3
    assert set(pairs.weeks_together[pairs.together == 1]) == {9.0}
    assert set(pairs.weeks_together[pairs.together == 0]) == {0.0}


def test_weeks_are_empty_where_nothing_tells_them(groups: Path, export: Run) -> None:
    assert export("--to", "research").exit_code == 0
    pairs = table("dyads.csv")
    assert pairs.weeks_together[pairs.together == 1].isna().all()


def test_tables_are_tidy(groups: Path, export: Run) -> None:
    """One header of plain names, the same number of cells in each row, points for decimals."""
    groups.write_text(GROUPS.replace(";20;", ";20,5;"), "utf-8")
    assert export("--to", "research").exit_code == 0
    for path in FOLDER.glob("*.csv"):
        raw = path.read_bytes()
        assert not raw.startswith(b"\xef\xbb\xbf")
        rows = list(csv.reader(raw.decode("utf-8").splitlines()))
        assert all(name.isascii() and name.isidentifier() for name in rows[0])
        assert len(set(rows[0])) == len(rows[0])
        assert {len(row) for row in rows} == {len(rows[0])}
    assert table("participants.csv").years.max() == 20.5


def test_the_codebook_tells_of_every_column_in_each_language(groups: Path, export: Run) -> None:
    for language in ("en", "fi", "sv"):
        assert export("--to", "research", "--faultlines", "--lang", language).exit_code == 0
        told = (FOLDER / "codebook.md").read_text("utf-8")
        for path in FOLDER.glob("*.csv"):
            with path.open(encoding="utf-8") as file:
                for name in next(csv.reader(file)):
                    assert f"`{name}`" in told
        for term in ("Blau", "Gini", "Harrison", "Thatcher"):
            assert term in told


def test_what_a_run_left_is_told_with_its_seed_and_its_draw(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    towns = ("Turku", "Oulu", "Lahti", "Salo")
    rows = [f"P{n},{towns[n % 4]},{n * 7 % 19}" for n in range(12)]
    Path("people.csv").write_text("\n".join(["id,municipality,years", *rows]), "utf-8")
    Path("rules.yaml").write_text(
        "groups: {size: 3-4}\nrules: [{different: municipality}]\npreferences: [{spread: years}]\n"
    )
    form = ("form", "people.csv", "--rules", "rules.yaml", "--seed", "5", "--effort", "2")
    assert call(*form, "--draw", "10", "-o", "out", "-q").exit_code == 0
    assert call("export", "out/groups.csv", "--to", "research", "-q").exit_code == 0
    chosen = json.loads(Path("out/design.json").read_bytes())["chosen"]
    told = Path("out/export/research/methods.txt").read_text("utf-8")
    assert "seed was 5" in told
    assert f"number {chosen} was chosen" in told
    text = Path("out/groups.csv").read_text("utf-8").replace("G01", "G02", 1)
    Path("out/groups.csv").write_text(text, "utf-8")
    assert call("export", "out/groups.csv", "--to", "research", "-q").exit_code == 0
    told = Path("out/export/research/methods.txt").read_text("utf-8")
    assert "not as a run of vermegroup left them" in told
    assert "seed" not in told


def test_pseudonyms_go_out(groups: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VERMEGROUP_KEY", "a key that is long enough")
    call("audit", groups.name, "--pseudonymise", "-o", "salassa", "-q")
    found = call("export", "salassa/groups.csv", "--to", "research", "-o", "ulos")
    assert found.exit_code == 0, found.output
    people = table("participants.csv", Path("ulos/research"))
    assert not set(people.participant) & {f"SYN-{n}" for n in range(1, 8)}
    assert set(people.years) == {1, 12, 7, 20, 2, 6, 4}


def test_traits_get_names_that_every_program_takes() -> None:
    found = column_names(["years", "Työ vuosia", "työ-vuosia", "group", "1. valinta", "☕"])
    assert list(found.values()) == [
        *("years", "tyo_vuosia", "tyo_vuosia_2", "group_2", "trait_1_valinta", "trait"),
    ]


def test_people_in_several_groups_stand_once_with_all_of_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    rows = ["M1;mentor;G01, G02", "A;mentee;G01", "B;mentee;G01", "C;mentee;G02", "D;mentee;G02"]
    Path("groups.csv").write_text("\n".join(["id;role;group", *rows]), "utf-8")
    Path("rules.yaml").write_text(
        "groups: {size: 3}\nin_groups: {role: mentor, at_most: 2}\n"
        "rules: [{include: {role: mentor, at_least: 1}}, place_everyone]\n"
    )
    done = call("export", "groups.csv", "--rules", "rules.yaml", "--to", "research", "-o", "out")
    assert done.exit_code == 0, done.output
    people = table("participants.csv", Path("out/research")).set_index("participant")
    assert people.group.to_dict() == {
        "M1": "G01;G02",
        "A": "G01",
        "B": "G01",
        "C": "G02",
        "D": "G02",
    }
    pairs = table("dyads.csv", Path("out/research"))
    assert int(pairs.together.sum()) == 6
    assert np.isclose(table("groups.csv", Path("out/research"))["size"], 3).all()
