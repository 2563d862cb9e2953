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
    assert (begun.exit_code, begun.stdout.splitlines()[0].split(": ")[1]) == (0, "rules.yaml")
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


PROFILED = {
    "town-wide": (
        "Id;Namn;Yrke;Roll;Daghem",
        [
            [profession, "utvecklingsmentor" if n == 0 else "adept", f"Daghem {n}"]
            for profession in ("lärare", "barnskötare")
            for n in range(5)
        ]
        + [["ledare", "utvecklingsmentor", "Daghem 7"], ["ledare", "adept", "Daghem 8"]],
    ),
    "developer": (
        "Id,Name,Work unit,Mentor or mentee",
        [[f"Ward {n}", "Mentor" if n % 5 == 0 else "Mentee"] for n in range(10)],
    ),
    "school-network": (
        "Tunnus;Nimi;Koulu;Aihe",
        [[f"Koulu {n % 5}", "kieli" if n < 5 else "luonto"] for n in range(10)],
    ),
    "remote-pilot": (
        "Id;Namn;Kommun;Arbetserfarenhet i år;Yrke",
        [
            [("Åbo", "Esbo", "Vasa", "Borgå")[n % 4], str((1, 15)[n % 2]), "lärare"]
            for n in range(8)
        ],
    ),
}


def profiled(profile: str) -> str:
    """A roster that a profile fits."""
    header, rows = PROFILED[profile]
    mark = ";" if ";" in header else ","
    named = [mark.join([f"P{n}", f"Nimi {n}", *row]) for n, row in enumerate(rows)]
    return "\n".join([header, *named])


@pytest.mark.parametrize("language", ["en", "fi", "sv"])
@pytest.mark.parametrize("profile", PROFILED)
def test_the_profile_whose_traits_are_there_is_proposed_and_forms_groups(
    folder: Path, run: Run, profile: str, language: str
) -> None:
    (folder / "own.csv").write_text(profiled(profile), "utf-8")
    told = run("init", "own.csv", "--lang", language).stdout.splitlines()
    assert told[1].endswith(f": {profile}")
    assert told[-1].endswith("vermegroup form own.csv --rules rules.yaml")
    assert run("form", "own.csv", "--rules", "rules.yaml").exit_code == 0
    assert run("audit", "own-groups/groups.csv").exit_code == 0


@pytest.mark.parametrize(
    ("example", "profile"),
    [
        ("etavertaismentorointi/syksy.csv", "remote-pilot"),
        ("kaupunkimentorointi/ilmoittautuneet.csv", "town-wide"),
        ("kehittajamentorointi/kehittajat.csv", "developer"),
        ("kouluverkosto/verkosto.csv", "school-network"),
    ],
)
def test_each_programme_s_example_is_recognised(
    folder: Path, run: Run, example: str, profile: str
) -> None:
    shutil.copy(FOLDER.parent / example, folder / "own.csv")
    assert f": {profile}\n" in run("init", "own.csv").stdout
    assert run("form", "own.csv", "--rules", "rules.yaml").exit_code == 0


def test_what_was_not_found_is_told_and_which_profile_lacks_it(folder: Path, run: Run) -> None:
    (folder / "own.csv").write_text("Tunnus;Työyksikkö\nA;x\nB;y\nC;z\n", "utf-8")
    shown = run("init", "own.csv", "-o", "-")
    assert "developer lacks: role" in shown.stderr
    assert "Found: work unit" in shown.stderr
    assert "Not found: municipality" in shown.stderr
    assert "lacks" not in shown.stdout


def test_roles_without_a_mentor_are_no_programme_of_mentors(folder: Path, run: Run) -> None:
    (folder / "own.csv").write_text("Id;Enhet;Roll\nA;x;kassör\nB;y;ordförande\n", "utf-8")
    assert "nobody in it is a mentor" in run("init", "own.csv").stdout


def in_use(text: str) -> str:
    """A rulebook with the sections at the margin that were offered."""
    return re.sub(r"^# (?=meetings:|in_groups:|  )", "", text, flags=re.MULTILINE)


@pytest.mark.parametrize("language", ["en", "fi", "sv"])
@pytest.mark.parametrize("name", [*ROSTERS, *PROFILED])
def test_what_is_offered_for_meetings_is_what_holds_without_it_but_the_sizes(
    folder: Path, run: Run, name: str, language: str
) -> None:
    text = ROSTERS.get(name) or profiled(name)
    (folder / "people.csv").write_text(text, "utf-8")
    begun = run("init", "people.csv", "-o", "-", "--lang", language).stdout
    assert "\n# meetings: " in begun
    before, after = (rulebook_from_text(each, "") for each in (begun, in_use(begun)))
    sides = [book.split.others if book.split else book for book in (before, after)]
    plain, said = (book.in_meetings() for book in sides)
    assert sides[0].meetings is None
    assert sides[1].meetings is not None
    assert said.lists() == plain.lists()
    spec, wider = plain.groups, said.groups
    assert (wider.smallest, wider.largest) == (max(2, spec.smallest - 1), spec.largest + 1)


@pytest.mark.parametrize("word", ["mentor", "mentori", "kehittäjämentori"])
def test_several_groups_for_each_mentor_are_offered_where_they_are_too_few(
    folder: Path, run: Run, word: str
) -> None:
    def begun(mentors: int, others: int) -> str:
        roles = [word] * mentors + ["aktori"] * others
        rows = [[str(n), f"Yksikkö {n}", role] for n, role in enumerate(roles)]
        (folder / "people.csv").write_text(table("Tunnus;Työyksikkö;Rooli", rows), "utf-8")
        return run("init", "people.csv", "-o", "-").stdout

    assert "in_groups" not in begun(1, 9)
    assert "in_groups" not in begun(0, 18)
    assert "at_most: 3" in begun(2, 37)
    few = begun(1, 10)
    assert "\n# in_groups: {role: mentor, at_most: 2}" in few
    (folder / "rules.yaml").write_text(in_use(few), "utf-8")
    assert run("form", "people.csv", "--rules", "rules.yaml", "-q").exit_code == 0
    (folder / "without.yaml").write_text(few, "utf-8")
    assert run("form", "people.csv", "--rules", "without.yaml", "-q").exit_code == 1


def test_a_part_that_lacks_mentors_is_told_by_its_own_sizes(folder: Path, run: Run) -> None:
    def begun(leaders: int) -> str:
        people = [("lärare", "mentor"), *[("lärare", "adept")] * 6, ("ledare", "mentor")]
        people += [("ledare", "adept")] * leaders
        rows = [[str(n), yrke, roll] for n, (yrke, roll) in enumerate(people)]
        (folder / "people.csv").write_text(table("Id;Yrke;Roll", rows), "utf-8")
        return run("init", "people.csv", "-o", "-", "--lang", "sv").stdout

    assert "in_groups" not in begun(1)
    assert "# in_groups: {role: mentor, at_most: 2}" in begun(2)  # one to one
