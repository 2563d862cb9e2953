"""``draw`` publishes a pool, and ``form --draw`` takes one of it, which ``verify`` repeats."""

from __future__ import annotations

import csv
import json
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.schemas import faults
from vermegroup.report.schemas import schema_text

TOWNS = ["Turku", "Oulu", "Lahti", "Salo", "Kemi", "Pori", "Kuopio", "Vaasa"]
RULES = """\
groups: {size: 3-4}
rules: [{different: municipality}, place_everyone]
preferences: [{spread: years}, even_sizes]
"""
ROSTER = "id;name;municipality;years\n" + "".join(
    f"P{n};Name{n} Surname{n};{TOWNS[n % 8]};{n * 7 % 19}\n" for n in range(16)
)
FORM = ("form", "people.csv", "--rules", "rules.yaml", "--effort", "2", "-q")
DRAW = ("draw", "people.csv", "--rules", "rules.yaml", "--effort", "2", "-q", "--draws", "20")
KEYS = {
    *("schema", "method", "among", "within", "sizes", "draws", "distinct", "chosen"),
    *("proposals", "accepted", "starts", "rhat", "ess", "pairs"),
}


@pytest.fixture(autouse=True)
def files(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VERMEGROUP_KEY", "a key for tests, long enough")
    (folder / "people.csv").write_text(ROSTER, "utf-8")
    (folder / "rules.yaml").write_text(RULES, "utf-8")


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def design(folder: Path) -> dict[str, object]:
    found: dict[str, object] = json.loads((folder / "design.json").read_bytes())
    return found


def test_a_pool_is_published_with_its_values_and_its_design(run: Run, folder: Path) -> None:
    assert run(*DRAW, "-o", "out").exit_code == 0
    names = {path.name for path in (folder / "out").iterdir()}
    assert names == {
        *("groupings.csv", "draws.csv", "design.json", "methods.txt"),
        *("report.json", "timings.json"),
    }
    told = design(folder / "out")
    assert set(told) == KEYS
    assert (told["among"], told["sizes"], told["distinct"], told["chosen"]) == (
        *("optimal", "fixed", 20),
        None,
    )
    assert faults((folder / "out" / "design.json").read_bytes()) == []
    draws = rows(folder / "out" / "draws.csv")
    assert list(draws[0]) == ["draw", "spread_years", "even_sizes", "sha256"]
    assert len({row["sha256"] for row in draws}) == len(draws) == 20
    assert len({row["spread_years"] for row in draws}) == 1
    groups = defaultdict(list)
    for row in rows(folder / "out" / "groupings.csv"):
        groups[row["draw"], row["group"]].append(row["participant"])
    assert Counter(draw for draw, _group in groups) == {str(n): 4 for n in range(1, 21)}
    town = {f"P{n}": TOWNS[n % 8] for n in range(16)}
    assert all(len({town[id_] for id_ in ids}) == 4 for ids in groups.values())


def test_form_takes_the_member_of_the_pool_that_it_names(run: Run, folder: Path) -> None:
    assert run(*FORM, "--draw", "20", "-o", "out").exit_code == 0
    chosen = design(folder / "out")["chosen"]
    report = json.loads((folder / "out" / "report.json").read_bytes())
    assert report["draw"]["chosen"] == chosen
    assert f"number {chosen} of 20" in report["sentence"]
    assert f"number {chosen} of 20" in (folder / "out" / "report.html").read_text("utf-8")
    assert report["proven"]
    drawn = {
        row["participant"]: row["group"]
        for row in rows(folder / "out" / "groupings.csv")
        if row["draw"] == str(chosen)
    }
    groups = (folder / "out" / "groups.csv").read_text("utf-8").splitlines()[1:]
    assert {line.split(";")[0]: line.split(";")[-1] for line in groups} == drawn


def test_another_seed_takes_another_one(run: Run, folder: Path) -> None:
    found = set()
    for seed in range(1, 5):
        assert run(*FORM, "--draw", "20", "--seed", str(seed), "-o", f"o{seed}").exit_code == 0
        found.add((folder / f"o{seed}" / "groups.csv").read_bytes())
    assert len(found) > 1


@pytest.mark.parametrize(
    "call",
    [
        (*DRAW, "-o", "out"),
        (*FORM, "--draw", "10", "--among", "valid", "--sizes", "varying", "-o", "out"),
        (*FORM, "--draw", "10", "--within", "2,5 %", "--pseudonymise", "-o", "out"),
    ],
    ids=["draw", "form", "pseudonyms"],
)
def test_the_pool_and_the_choice_come_out_again(
    run: Run, folder: Path, call: tuple[str, ...]
) -> None:
    assert run(*call).exit_code == 0
    found = run("verify", "out", "--format", "json")
    assert json.loads(found.stdout)["differences"] == []
    assert found.exit_code == 0
    text = (folder / "out" / "groupings.csv").read_text("utf-8")
    (folder / "out" / "groupings.csv").write_text(text.replace(",2,G01", ",2,G02", 1), "utf-8")
    assert run("verify", "out").exit_code == 1


def test_pseudonyms_stand_in_every_file_of_a_pool(run: Run, folder: Path) -> None:
    assert run(*DRAW, "--pseudonymise", "-o", "out").exit_code == 0
    for path in (folder / "out").iterdir():
        text = path.read_text("utf-8")
        assert "Surname" not in text
        assert "P1," not in text


def test_the_record_tells_a_share_however_it_was_written(run: Run, folder: Path) -> None:
    for written in ("1%", "1 %", "0.01", "0,01"):
        assert run(*DRAW, "--within", written, "-o", "out", "--force").exit_code == 0
        assert design(folder / "out")["within"] == 0.01
    for wrong in ("much", "-1%", "1/3", "nan"):
        assert run(*DRAW, "--within", wrong, "-o", "wrong").exit_code == 2
    assert not (folder / "wrong").exists()


def test_as_json_there_is_the_design(run: Run) -> None:
    found = run(*DRAW, "-o", "out", "--format", "json")
    assert set(json.loads(found.stdout)) == KEYS
    assert set(json.loads(schema_text("design"))["required"]) == KEYS


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "Groupings drawn"), ("fi", "Ryhmäjaot arvottu"), ("sv", "Indelningarna är lottade")],
)
def test_the_summary_tells_how_the_chains_mixed(run: Run, language: str, words: str) -> None:
    call = [word for word in DRAW if word != "-q"]
    told = run(*call, "-o", "out", "--lang", language).stdout
    assert words in told
    assert "R-hat" in told


def test_where_no_groups_are_possible_nothing_is_drawn(run: Run, folder: Path) -> None:
    found = run(*DRAW, "--groups", "7", "-o", "out", "--format", "json")
    assert found.exit_code == 1
    assert json.loads(found.stdout)["verdict"] == "impossible"
    assert not (folder / "out" / "design.json").exists()
    assert run(*FORM, "--groups", "7", "--draw", "5", "-o", "out").exit_code == 1


def test_people_in_several_groups_are_refused(run: Run, folder: Path) -> None:
    (folder / "rules.yaml").write_text(RULES + "in_groups: {municipality: Turku, at_most: 2}\n")
    for call in (DRAW, (*FORM, "--draw", "5")):
        found = run(*call, "-o", "out")
        assert found.exit_code == 2
        assert "several groups" in found.stderr


def test_a_paragraph_for_the_paper_stands_in_three_languages(run: Run, folder: Path) -> None:
    assert run(*FORM, "--draw", "20", "-o", "out").exit_code == 0
    text = (folder / "out" / "methods.txt").read_text("utf-8")
    english, finnish, swedish = (
        text[text.index(f"[{language}]") :] for language in ("en", "fi", "sv")
    )
    assert "16 people were put into 4 groups, of 4 members each." in english
    assert "number " + str(design(folder / "out")["chosen"]) in english
    assert "16 henkilöä" in finnish
    assert "16 personer" in swedish


def test_a_job_of_a_batch_may_draw(run: Run, folder: Path) -> None:
    job = "{roster: people.csv, rules: rules.yaml, effort: 2, draw: 10}"
    (folder / "jobs.yaml").write_text(f"jobs: [{job}]\n", "utf-8")
    assert run("batch", "jobs.yaml", "-o", "all", "-q").exit_code == 0
    assert design(folder / "all" / "people")["chosen"] in range(1, 11)
