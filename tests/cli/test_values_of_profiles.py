"""What the profiles name has its word in each language; one word of the roster's is meant."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run

TOWN = {
    "Ammatti": "Tunnus;Nimi;Ammatti;Rooli",
    "Yrke": "Id;Namn;Yrke;Roll",
    "Profession": "Id,Name,Profession,Role",
}


def town(headers: str, leader: str, teacher: str, mentor: str, mentee: str) -> str:
    """Two leaders, one of them a mentor, and four teachers, of whom one is."""
    mark = ";" if ";" in headers else ","
    people = [(leader, mentor), (leader, mentee), (teacher, mentor), *[(teacher, mentee)] * 3]
    rows = [mark.join((f"P{n}", f"Nimi {n}", *each)) for n, each in enumerate(people, 1)]
    return "\n".join([headers, *rows])


@pytest.mark.parametrize(
    ("headers", "words"),
    [
        ("Ammatti", ("Johtaja", "Opettaja", "Kehittäjämentori", "Mentoroitava")),
        ("Ammatti", ("päiväkodin johtaja", "varhaiskasvatuksen opettaja", "MENTORI", "aktori")),
        ("Yrke", ("Ledare", "Lärare", "utvecklingsmentor", "adept")),
        ("Yrke", ("daghemsföreståndare", "lärare", "Mentorer", "Adepter")),
        ("Profession", ("Director", "Preschool teacher", "peer mentor", "Mentees")),
    ],
)
def test_a_profile_means_the_roster_s_own_words(
    run: Run, folder: Path, headers: str, words: tuple[str, str, str, str]
) -> None:
    (folder / "town.csv").write_text(town(TOWN[headers], *words), "utf-8")
    shown = run("form", "town.csv", "--profile", "town-wide", "--format", "json")
    told = json.loads(shown.stdout)
    assert (shown.exit_code, told["verdict"]) == (0, "formed")
    assert sorted(len(group["members"]) for group in told["groups"]) == [2, 4]
    notice = next(each for each in told["findings"] if "words of the roster" in each["message"])
    assert f"leader → {words[0]}" in notice["message"]
    assert f"mentor → {words[2]}" in notice["message"]
    assert run("audit", "town-groups/groups.csv").exit_code == 0


def test_where_two_of_the_roster_s_words_may_be_meant_neither_is(run: Run, folder: Path) -> None:
    text = town(TOWN["Ammatti"], "johtaja", "opettaja", "kehittäjämentori", "aktori")
    (folder / "town.csv").write_text(text.replace("johtaja;kehittäjä", "johtaja;verme"), "utf-8")
    shown = run("form", "town.csv", "--profile", "town-wide")
    assert shown.exit_code == 2
    assert "kehittäjämentori" in shown.stderr
    assert "vermementori" in shown.stderr


def test_a_part_of_the_roster_s_own_word_goes_before_the_profile_s(run: Run, folder: Path) -> None:
    (folder / "town.csv").write_text(
        town(TOWN["Ammatti"], "johtaja", "opettaja", "mentori", "aktori"), "utf-8"
    )
    (folder / "two.yaml").write_text(
        "split_by: profession\ngroups: {size: 2-4}\nrules: [place_everyone]\n"
        "parts:\n  leader: {groups: {size: 9}}\n  johtaja: {groups: {size: 2}}\n",
        "utf-8",
    )
    shown = run("form", "town.csv", "--rules", "two.yaml", "--format", "json")
    told = json.loads(shown.stdout)
    assert told["verdict"] == "formed"
    assert any(each["value"] == "leader" for each in told["findings"])


def test_nothing_is_told_where_the_roster_has_the_profile_s_words(run: Run, folder: Path) -> None:
    text = town(TOWN["Profession"], "leader", "teacher", "Mentor", "mentee")
    (folder / "town.csv").write_text(text, "utf-8")
    shown = run("form", "town.csv", "--profile", "town-wide", "--format", "json")
    assert json.loads(shown.stdout)["findings"] == []


def test_a_word_that_no_profile_has_is_no_other_word_of_the_roster(run: Run, folder: Path) -> None:
    text = town(TOWN["Ammatti"], "johtaja", "opettaja", "mentori", "aktori")
    (folder / "town.csv").write_text(text, "utf-8")
    rules = "groups: {size: 3}\nrules:\n- include: {role: ryhmänohjaaja, at_least: 1}\n"
    (folder / "own.yaml").write_text(rules, "utf-8")
    shown = run("form", "town.csv", "--rules", "own.yaml")
    assert shown.exit_code == 2
    assert "ryhmänohjaaja" in shown.stderr
