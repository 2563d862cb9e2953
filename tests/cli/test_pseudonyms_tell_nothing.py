"""Whatever the command, the rulebook or the fault: under pseudonyms no output has a token."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

from tests.cli.conftest import Run
from tests.cli.tokens import HEADER, KEY, TOKEN, Invented, leaks, written
from vermegroup.app.form import form_groups
from vermegroup.app.inputs import RulebookChoice
from vermegroup.app.privacy.how import How
from vermegroup.domain.findings import InputError
from vermegroup.rulebooks.read import profile_names
from vermegroup.solver.search import Limits

PEOPLE = Invented()
COUNT = 12
SOON = ("--time-limit", "2")
GIVEN = ("Zqetua_Zqsukua.csv", "zqetum-new.csv", "zqetuc.yaml", "ZQID04.csv", "out.txt")
ROSTER, NEW, RULES, EARLIER, ABSENT = GIVEN
Step = Callable[..., Result]


@pytest.fixture
def step(folder: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> Step:
    """A call under pseudonyms, in which nothing may have a token."""
    monkeypatch.setenv("VERMEGROUP_KEY", KEY)
    (folder / ROSTER).write_text(PEOPLE.table(range(COUNT), COUNT), "utf-8")
    (folder / NEW).write_text(PEOPLE.table([COUNT, COUNT + 1, 2], COUNT), "utf-8")
    (folder / ABSENT).write_text(f"{PEOPLE.id(0)}\n{PEOPLE.id(7)}\n", "utf-8")
    earlier = [("id", "group"), *((PEOPLE.id(p), f"Zqetu {p % 6}") for p in range(COUNT + 2))]
    (folder / EARLIER).write_text(written(earlier), "utf-8")

    def call(*arguments: str, rules: str = "") -> Result:
        more = ["--pseudonymise", *(SOON if arguments[0] in ("form", "rebalance") else ())]
        if rules:
            (folder / RULES).write_text(rules, "utf-8")
            more += ["--rules", RULES]
        shown = run(*arguments, *more)
        assert leaks(folder, GIVEN, shown) == []
        return shown

    return call


PROFILES = [(p, name) for p, name in enumerate(profile_names()) if name != "remote-pilot"]


@pytest.mark.parametrize(("number", "profile"), PROFILES)
def test_no_command_under_any_profile(step: Step, folder: Path, number: int, profile: str) -> None:
    style = ("--format", ("text", "json")[number % 2], "--lang", ("en", "fi", "sv")[number % 3])
    step("check", ROSTER, "--profile", profile, *style)
    assert step("form", ROSTER, "--profile", profile, *style).exit_code in (0, 1)
    [made] = [path for path in folder.iterdir() if path.name.endswith("-groups")]
    groups = str(made.relative_to(folder) / "groups.csv")
    if not Path(groups).exists():
        return
    assert step("audit", groups, *style).exit_code == 0
    step("rebalance", groups, "--absent", ABSENT, *style)
    step("rebalance", groups, "--left", PEOPLE.id(3), "--joining", NEW, "-o", "changed", *style)
    if Path("changed/groups.csv").exists():
        assert step("compare", groups, "changed/groups.csv", *style).exit_code in (0, 1)


A, B, C, D, E = (PEOPLE.id(place) for place in range(5))
BOOKS = {
    "ids": f"rules: [{{together: [[{A}, {B}]]}}, {{apart: [[{A}, {C}], [{D}, {E}]]}},"
    f" {{pin: {{{C}: G02, {D}: Zqetuan ryhmä}}}}, place_everyone]",
    "tier": f"preferences: [[{{together: [[{A}, {B}]]}}, {{wishes: Vältä, weight: 2}}]]",
    "people as values": f"rules: [{{include: {{Kummi: {PEOPLE.name(0)}, at_least: 0}}}}]\n"
    "preferences: [{different: Kummi}, {different: Vältä}, {different: Esihenkilö}]",
    "names as values": "preferences: [{different: Nimi}, {wishes: Sähköposti}]",
    "split": f"split_by: Kummi\nparts: {{{PEOPLE.name(6)}: {{groups: {{size: 3}}, rules:"
    f" [{{together: [[{PEOPLE.id(6)}, {PEOPLE.id(7)}]]}}]}}}}",
    "earlier": f"rules: [{{strangers: {EARLIER}}}]\npreferences: [{{keep: {EARLIER}}}]",
    "impossible": f"rules: [{{together: [[{A}, {B}]]}}, {{different: Ammatti}}, place_everyone]",
    "columns": "columns: {name: Nimi, score: Yksikkö, id: Tunnus}",
    "contradictory": f"rules: [{{together: [[{A}, {B}, ZQTYPO]]}}, {{apart: [[{B}, ZQTYPO]]}}]",
    "unknown": f"rules: [{{together: [[{A}, ZQID0]]}}, {{pin: {{{PEOPLE.name(1)}: G01}}}}]",
    "twice": f"rules: [{{apart: [[{A}, {A}]]}}, {{apart: [[ZQTYPO, ZQTYPO]]}}]",
    "unknown value": f"rules: [{{include: {{Kummi: {PEOPLE.name(1)}}}}}]",
    "no yaml": f"rules: [{{together: [[{A}, {B}]}}]",
    "no such file": "rules: [{strangers: Zqetua.csv}]",
}


@pytest.mark.parametrize("book", BOOKS)
def test_no_rulebook(step: Step, book: str) -> None:
    rules = f"groups: {{size: 3-5}}\n{BOOKS[book]}\n"
    assert step("form", ROSTER, "-o", "out", rules=rules).exit_code in (0, 1, 2)
    if Path("out/groups.csv").exists():
        again = step("audit", "out/groups.csv", "--format", "json")
        assert again.exit_code in (0, 2)  # 2 where the record names a file of another name


@pytest.mark.parametrize("book", ["contradictory", "unknown", "twice", "no yaml", "no pairs"])
def test_no_finding_that_stops_a_run(step: Step, folder: Path, book: str) -> None:
    books = {**BOOKS, "no pairs": f"rules: [{{together: [{A}, [{B}, {C}]]}}, {{{A}: {B}}}]"}
    (folder / RULES).write_text(f"groups: {{size: 3-5}}\n{books[book]}\n", "utf-8")
    with pytest.raises(InputError) as stopped:
        form_groups(ROSTER, RulebookChoice(folder / RULES), Limits(2.0), how=How(key=KEY.encode()))
    assert stopped.value.findings
    assert TOKEN not in repr(stopped.value.findings).casefold()


LINES = PEOPLE.table(range(COUNT), COUNT).splitlines()
FIRST = LINES[1]
FAULTY = {
    "no header": LINES[1:],
    "titles": ["Vastuuhenkilö Zqvastuu Zqhenkilö, zq@zq.example.org", *LINES],
    "one id twice": [*LINES, FIRST.replace("Turku", "Oulu").replace("Zqetua", "Zqetux")],
    "one e-mail twice": [*LINES, FIRST.replace(A, "ZQID99").replace("Zqetua", "Zqtoinen")],
    "blank ids": [LINES[0], *(line[6:] if p % 2 else line for p, line in enumerate(LINES[1:]))],
    "no ids": [line.partition(";")[2] for line in LINES],
    "blank cells": [line.replace(";Turku;", ";;") for line in LINES],
    "wrong cells": [
        line.replace("Turku", PEOPLE.name(1)).replace(";7;", f";{C};") for line in LINES
    ],
    "rows twice": [*LINES, FIRST],
    "cancelled": [
        f"{LINES[0]};Peruttu",
        *(f"{line};{'Zqetua Zqsukua perui' if p < 2 else ''}" for p, line in enumerate(LINES[1:])),
    ],
    "two columns of ids": [
        f"{line};{('Deltagarnummer', 'ZQX')[p > 0]}" for p, line in enumerate(LINES)
    ],
    "groups of names": [
        f"{LINES[0]};Ryhmä",
        *(f"{line};{PEOPLE.name(p // 4 * 4)}n ryhmä" for p, line in enumerate(LINES[1:])),
    ],
    "one column": ["Zqetua Zqsukua", "Zqetub Zqsukub", "Zqetuc Zqsukuc"],
}


@pytest.mark.parametrize("fault", FAULTY)
def test_no_fault_of_a_roster(step: Step, folder: Path, fault: str) -> None:
    (folder / ROSTER).write_text("\n".join(FAULTY[fault]) + "\n", "utf-8")
    judged = ("rebalance", ROSTER, "--left", B) if "group" in fault else ("form", ROSTER)
    for arguments in (("check", ROSTER, "--format", "json"), judged):
        assert step(*arguments).exit_code in (0, 1, 2)


@pytest.mark.parametrize(
    "call",
    [
        ("--absent", "ZQTYPO9"),
        ("--absent", PEOPLE.name(1)),
        ("--absent", f"{A},{A}"),
        ("--absent", A, "--left", A),
        ("--left", EARLIER),
        ("--joining", "nowhere.csv"),
        ("--history", "nowhere.csv"),
    ],
)
def test_no_fault_of_a_call(step: Step, call: tuple[str, ...]) -> None:
    rules = "groups: {size: 3-5}\n"
    assert step("form", ROSTER, "-o", "out", rules=rules).exit_code == 0
    assert step("rebalance", "out/groups.csv", *call).exit_code == 2


def test_columns_that_nothing_asks_for_are_left_out_and_named(step: Step, folder: Path) -> None:
    shown = step("form", ROSTER, "-o", "out", "--format", "json", "--column", "why=Yksikkö")
    header = (folder / "out/groups.csv").read_text("utf-8").partition("\n")[0]
    left_out = {"Nimi", "Sähköposti", "Puhelin", "Kummi", "Lisätieto", "Esihenkilö"}
    assert header.split(";") == [*(name for name in HEADER if name not in left_out), "ryhmä"]
    [finding] = [f for f in json.loads(shown.stdout)["findings"] if "Left out" in f["message"]]
    assert all(name in finding["message"] for name in left_out)
