"""``init`` writes a rulebook that ``form`` can use as it is."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import ROSTER, Run
from vermegroup.rulebooks.read import rulebook_from_text

FOLDER = Path(__file__).parents[2] / "examples/etavertaismentorointi"
EXAMPLES = [FOLDER / "kevat.csv", FOLDER / "syksy.csv"]
PEOPLE = [line.split(";") for line in ROSTER.splitlines()[1:]]


def table(header: str, rows: list[list[str]]) -> str:
    return "".join(f"{line}\n" for line in (header, *map(";".join, rows)))


LEVELS = ["uusi", "kokenut", "kokenut", "uusi", "uusi", "kokenut", "uusi", "kokenut"]
ROSTERS = {
    "years": ROSTER,
    "no municipality": table("Tunnus;Työkokemus vuosina", [[i, y] for i, _, y in PEOPLE]),
    "other traits": table(
        "Id;Enhet;Yrke;Språk", [[i, f"Enhet {k}", "lärare", "sv"] for i, k, _ in PEOPLE]
    ),
    "experience in words": table(
        "Nimi;Kunta;Kokemustaso",
        [[f"Keksitty {i}", k, v] for (i, k, _), v in zip(PEOPLE, LEVELS, strict=True)],
    ),
    "words where years are asked": table(
        "id;municipality;experience",
        [[i, k, v] for (i, k, _), v in zip(PEOPLE, LEVELS, strict=True)],
    ),
    "words under years": table(
        "Tunnus;Kunta;Työkokemus",
        [[i, k, v] for (i, k, _), v in zip(PEOPLE, LEVELS, strict=True)],
    ),
    "nothing but ids": table("id;Allergiat", [[i, "-"] for i, _, _ in PEOPLE]),
    "headers to be quoted": table(
        'Tunnus;"Kunta: ""työ"" #1";Vuodet', [list(person) for person in PEOPLE]
    ),
}


@pytest.mark.parametrize("name", ROSTERS)
@pytest.mark.parametrize("language", ["en", "fi", "sv"])
def test_form_follows_what_init_wrote(folder: Path, run: Run, name: str, language: str) -> None:
    (folder / "people.csv").write_text(ROSTERS[name], "utf-8")
    begun = run("init", "people.csv", "--lang", language)
    assert (begun.exit_code, begun.stdout.split(": ")[1]) == (0, "rules.yaml\n")
    assert run("form", "people.csv", "--rules", "rules.yaml").exit_code == 0


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.name)
def test_the_examples_give_the_same_groups_as_without(
    folder: Path, run: Run, example: Path
) -> None:
    shutil.copy(example, folder / "example.csv")
    run("init", "example.csv", "-q")
    assert run("form", "example.csv", "-o", "one", "--rules", "rules.yaml").exit_code == 0
    assert run("form", "example.csv", "-o", "two").exit_code == 0
    assert (folder / "one/groups.csv").read_bytes() == (folder / "two/groups.csv").read_bytes()


@pytest.mark.parametrize("name", ROSTERS)
def test_what_is_offered_can_be_taken_into_use(folder: Path, run: Run, name: str) -> None:
    (folder / "people.csv").write_text(ROSTERS[name], "utf-8")
    text = run("init", "people.csv", "-o", "-").stdout
    everything = re.sub(r"^  # - ", "  - ", text, flags=re.MULTILINE)
    (folder / "all.yaml").write_text(everything, "utf-8")
    rulebook_from_text(everything, "all.yaml")
    # Two people may be too few for any group; the rulebook itself is taken.
    assert run("check", "people.csv", "--rules", "all.yaml").exit_code in {0, 1}


def test_municipalities_are_asked_to_differ_only_where_there_are_any(
    folder: Path, run: Run
) -> None:
    (folder / "none.csv").write_text(ROSTERS["other traits"], "utf-8")
    assert "municipality" not in run("init", "none.csv", "-o", "-").stdout
    assert "  # - different: unit" in run("init", "none.csv", "-o", "-").stdout
    assert "\n  - different: municipality" in run("init", "roster.csv", "-o", "-").stdout


def test_columns_that_compete_are_left_to_choose(folder: Path, run: Run) -> None:
    rows = [[i, k, k, y] for i, k, y in PEOPLE]
    (folder / "two.csv").write_text(table("Tunnus;Paikkakunta;Työkunta;Vuodet", rows), "utf-8")
    text = run("init", "two.csv", "-o", "-").stdout
    assert '  # municipality: "Paikkakunta"' in text
    chosen = text.replace('  # municipality: "Työkunta"', '  municipality: "Työkunta"')
    (folder / "rules.yaml").write_text(chosen, "utf-8")
    assert run("form", "two.csv", "--rules", "rules.yaml").exit_code == 0
    named = run("init", "two.csv", "-o", "-", "--column", "municipality=Paikkakunta").stdout
    assert '\n  municipality: "Paikkakunta"' in named


def test_a_rulebook_that_is_there_is_kept_unless_forced(folder: Path, run: Run) -> None:
    (folder / "rules.yaml").write_text("mine", "utf-8")
    assert run("init", "roster.csv").exit_code == 2
    assert (folder / "rules.yaml").read_text("utf-8") == "mine"
    assert run("init", "roster.csv", "--force").exit_code == 0
    assert (folder / "rules.yaml").read_text("utf-8") != "mine"


def test_a_file_without_a_table_exits_2_and_nothing_is_written(folder: Path, run: Run) -> None:
    (folder / "empty.csv").write_bytes(b"")
    assert run("init", "empty.csv").exit_code == 2
    assert not (folder / "rules.yaml").exists()


def test_standard_input_becomes_standard_output(run: Run) -> None:
    shown = run("init", "-", "-o", "-", stdin=ROSTER)
    assert shown.exit_code == 0
    assert rulebook_from_text(shown.stdout, "-").columns["municipality"] == "Kunta"
