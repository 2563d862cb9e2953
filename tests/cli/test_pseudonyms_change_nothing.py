"""Under pseudonyms the same groups come out, with the same values and the same verdict."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.cli.tokens import HIDDEN, KEY, Invented, essence, leaks, rows_of, written
from vermegroup.intake.headers.added import called

WISHES = """\
id;name;email;municipality;years;wishes
A1;Maija Virtanen;maija.virtanen@example.org;Turku;1;Olli Korhonen
A2;Olli Korhonen;olli.korhonen@example.org;Oulu;12;maija.virtanen@example.org
A3;Kari Niemi;kari.niemi@example.org;Lahti;7;A1
"""
SIX = "id;municipality\n" + "".join(f"A{place};T{place}\n" for place in range(1, 7))
THREE_PAIRS = "id;group\nA1;G01\nA4;G01\nA2;G02\nA5;G02\nA3;G03\nA6;G03\n"
STRANGERS = "groups: {size: 2}\nrules: [{strangers: earlier.csv}, place_everyone]\n"
APART = "groups: {size: 2}\nrules: [{apart: [A1, A2]}, place_everyone]\n"


@pytest.fixture(autouse=True)
def key(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VERMEGROUP_KEY", KEY)


def alike(run: Run, *arguments: str, out: str = "out") -> Path:
    """The same call by names and under pseudonyms; the folder of the latter."""
    folders = Path(f"{out}-plain"), Path(f"{out}-hidden")
    calls = [
        run(*arguments, "-o", str(folder), *more)
        for folder, more in zip(folders, ((), ("--pseudonymise",)), strict=True)
    ]
    assert calls[0].exit_code == calls[1].exit_code in (0, 1)
    same(*folders)
    return folders[1]


def same(plain: Path, hidden: Path) -> None:
    """Two folders tell the same but for names, and place the same rows together."""
    assert essence(plain / "report.json") == essence(hidden / "report.json")
    for name in ("groups.csv", "groups.partial.csv"):
        assert (plain / name).exists() == (hidden / name).exists()
        if (plain / name).exists():
            for column in (*called("group"), *called("permanent"), *called("absent")):
                columns = [
                    [row.get(column) for row in rows_of(folder / name)]
                    for folder in (plain, hidden)
                ]
                assert len(columns[0]) == len(columns[1])
                pairs = set(zip(*columns, strict=True))
                assert len(pairs) == len(set(columns[0])) == len(set(columns[1]))


def test_wishes_by_name_and_by_email_are_granted_and_told_by_nobody(run: Run) -> None:
    Path("r.csv").write_text(WISHES, "utf-8")
    rules = "groups: {size: 2-3}\nrules: [place_everyone]\npreferences: [{wishes: wishes}]\n"
    Path("rules.yaml").write_text(rules, "utf-8")
    hidden = alike(run, "form", "r.csv", "--rules", "rules.yaml")
    report = json.loads((hidden / "report.json").read_bytes())
    assert [line["value"] for line in report["preferences"] if line["kind"] == "wishes"] == [3]
    text = "".join(path.read_text("utf-8-sig") for path in hidden.iterdir()).casefold()
    assert not [name for name in ("maija", "olli", "kari", "example.org") if name in text]
    again = json.loads(run("audit", f"{hidden}/groups.csv", "--format", "json").stdout)
    assert [line["value"] for line in again["preferences"] if line["kind"] == "wishes"] == [3]


@pytest.mark.parametrize("hidden", [False, True], ids=["plain", "pseudonyms"])
def test_earlier_groups_part_people_whether_they_are_plain_or_not(run: Run, hidden: bool) -> None:
    Path("r.csv").write_text(SIX, "utf-8")
    Path("earlier.csv").write_text(THREE_PAIRS, "utf-8")
    Path("rules.yaml").write_text(STRANGERS, "utf-8")
    assert run("form", "r.csv", "--rules", "rules.yaml", "-o", "plain").exit_code == 0
    if hidden:
        rows = [(HIDDEN.pseudonym(row["id"]), row["group"]) for row in rows_of(Path("earlier.csv"))]
        Path("earlier.csv").write_text(written([("id", "group"), *rows]), "utf-8")
    more = ("--pseudonymise", "--format", "json")
    shown = json.loads(run("form", "r.csv", "--rules", "rules.yaml", *more, "-o", "new").stdout)
    same(Path("plain"), Path("new"))
    groups = {row["id"]: row["group"] for row in rows_of(Path("new/groups.csv"))}
    pairs = [("A1", "A4"), ("A2", "A5"), ("A3", "A6")]
    assert all(groups[HIDDEN.pseudonym(a)] != groups[HIDDEN.pseudonym(b)] for a, b in pairs)
    [rule] = [rule for rule in shown["rules"] if rule["kind"] == "strangers"]
    assert "2 people" in rule["room"]


def test_ids_in_rules_are_those_of_the_roster(run: Run) -> None:
    Path("r.csv").write_text(SIX, "utf-8")
    Path("rules.yaml").write_text(APART, "utf-8")
    hidden = alike(run, "form", "r.csv", "--rules", "rules.yaml")
    rulebook = json.loads((hidden / "report.json").read_bytes())["provenance"]["rulebook"]
    assert rulebook["rules"][0] == {"apart": [[HIDDEN.pseudonym("A1"), HIDDEN.pseudonym("A2")]]}
    for more in ((), ("--pseudonymise",)):
        assert run("audit", f"{hidden}/groups.csv", *more).exit_code == 0
    again = ("form", f"{hidden}/groups.csv", "--rules", "rules.yaml", "--pseudonymise")
    assert run(*again, "-o", "again").exit_code == 0
    assert essence(Path("again/report.json")) == essence(hidden / "report.json")


IDS = ("ZQID{:02d}", "{}", "zqkäyttäjä{}", "1000{:02d}", "ZQ {} x")


def mutated(seed: int) -> tuple[Invented, int, str]:
    """People, their number, and a rulebook about some of them; the last four are in no rule."""
    chance = random.Random(seed)
    people, count = Invented(IDS[seed % len(IDS)]), chance.randint(11, 12)
    ids = [json.dumps(people.id(place)) for place in chance.sample(range(count - 4), 7)]
    rules = (
        f"{{together: [[{ids[0]}, {ids[1]}]]}}",
        f"{{apart: [[{ids[0]}, {ids[2]}], [{ids[3]}, {ids[4]}]]}}",
        f"{{pin: {{{ids[5]}: G02, {ids[6]}: Zqetuan ryhmä}}}}",
        f"{{include: {{Kummi: {people.name(0)}, at_least: 0, at_most: 3}}}}",
        "{strangers: earlier.csv}",
    )
    wished = (
        "{wishes: Vältä}, {spread: Vuodet}",
        "{different: Kummi}, {spread: Vuodet}",
        "{keep: earlier.csv}, {spread: Vuodet}",
        f"[{{together: [[{ids[3]}, {ids[6]}]]}}, {{wishes: Vältä, weight: 2}}]",
    )
    more = chance.choice(("place_everyone", "{different: Yksikkö}"))
    text = f"groups: {{size: 3-{chance.choice((4, 5))}}}\n"
    text += f"rules: [{rules[seed % 5]}, {more}]\npreferences: [{wished[seed % 4]}]\n"
    return people, count, text + ("split_by: Teema\n" if seed == 8 else "")


def given(people: Invented, count: int, rules: str) -> tuple[str, ...]:
    """Files for a run, and their names: a roster with one row twice, and newcomers."""
    new = people.table([count, count + 1, 2], count).replace(people.name(2), people.id(2))
    before = [(people.id(place), f"G{place % 4}") for place in range(count)]
    texts = {
        "r.csv": people.table([*range(count), 0], count),
        "new.csv": new,
        "rules.yaml": rules,
        "earlier.csv": written([("Tunnus", "group"), *before]),
    }
    for name, text in texts.items():
        Path(name).write_text(text, "utf-8")
    return tuple(texts)


@pytest.mark.parametrize("seed", range(10))
def test_other_ids_sizes_and_rules(folder: Path, run: Run, seed: int) -> None:
    people, count, rules = mutated(seed)
    names = given(people, count, rules)
    hidden = alike(run, "form", "r.csv", "--rules", "rules.yaml")
    shown = run("audit", f"{hidden}/groups.csv", "--pseudonymise")
    assert leaks(folder, (*names, "out-plain"), shown) == []


@pytest.mark.parametrize("seed", [1, 5, 9])
def test_a_season_is_the_same_and_nobody_gets_lost(folder: Path, run: Run, seed: int) -> None:
    """Each step under pseudonyms, on what the step before wrote."""
    people, count, rules = mutated(seed)
    names = (*given(people, count, rules), "plain")

    def step(command: str, *files: str, more: tuple[str, ...] = (), out: str = "") -> None:
        shown = []
        for mode in ("plain", "hidden"):
            paths = [f"{mode}/{file}/groups.csv" if len(file) == 1 else file for file in files]
            to = ("-o", f"{mode}/{out}") if out else ()
            hide = ("--pseudonymise",) if mode == "hidden" else ()
            shown.append(run(command, *paths, *more, *to, *hide, "--format", "json"))
        plain, hidden = shown
        assert (plain.exit_code, hidden.exit_code) == (0, 0)
        assert leaks(folder, names, hidden) == []
        counts = json.loads(hidden.stdout)["participants"]
        assert counts.pop("read") == sum(counts.values())
        if out:  # what is read again is in the order of other ids, and may be another as good
            told = [essence(Path(mode, out, "report.json")) for mode in ("plain", "hidden")]
            assert told[0] == told[1]

    step("form", "r.csv", more=("--rules", "rules.yaml"), out="a")
    same(Path("plain", "a"), Path("hidden", "a"))
    groups = {row["Tunnus"]: row["ryhmä"] for row in rows_of(Path("hidden/a/groups.csv"))}
    step("rebalance", "a", more=("--absent", people.id(count - 1)), out="b")
    rows = rows_of(Path("hidden/b/groups.csv"))
    assert {row["Tunnus"]: row["vakituinen ryhmä"] for row in rows} == groups
    assert len(rows) == count + 1
    step("compare", "a", "b")
    step("rebalance", "b", more=("--left", people.id(count - 2), "--joining", "new.csv"), out="c")
    assert len(rows_of(Path("hidden/c/groups.csv"))) == count + 3
    step("compare", "a", "c")
    step("audit", "c")
    step("rebalance", "c", more=("--absent", people.id(count)), out="d")


def test_a_file_with_people_by_id_and_by_pseudonym_is_refused(run: Run) -> None:
    rows = [f"A{place}" for place in range(1, 7)] + [HIDDEN.pseudonym("A1")]
    Path("r.csv").write_text(written([("id",), *((id_,) for id_ in rows)]), "utf-8")
    Path("rules.yaml").write_text("groups: {size: 2-3}\n", "utf-8")
    shown = run("form", "r.csv", "--rules", "rules.yaml", "--pseudonymise")
    assert shown.exit_code == 2
    assert all(row in shown.stderr for row in ("row 2", "row 8"))
