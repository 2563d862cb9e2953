"""Inputs that once ended in a traceback or a false proof, as they were and changed in many ways."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tests.rebalancing.cases import Case
from tests.rebalancing.judging import answer_to, faults, said_less
from tests.rebalancing.oracle import Book, Entry, Person
from vermegroup.cli.commands import app
from vermegroup.domain.outcome import Verdict


def person(id_: str, years: int = 1, colour: str = "red") -> Person:
    return Person(id_, colour, "mentee", years, frozenset({"mon"}), ())


def book(smallest: int, largest: int, rules: Sequence[Entry], *wishes: Entry) -> Book:
    return Book(smallest, largest, None, tuple(rules), tuple(wishes))


A, B, C, D = person("A"), person("B", 12), person("C", 2), person("D", 3)
TRIO = {"A": "G01", "B": "G01", "C": "G01"}
EXPERIENCED = {"include": {"years": "10-99", "at_least": 2}}
CASES = {
    "nobody can have a group for good": Case(
        (A, B, C), TRIO, book(3, 3, [EXPERIENCED, "place_everyone"]), ("A",), joining=(D,)
    ),
    "no group can differ so much": Case(
        (A, B, C),
        TRIO,
        book(3, 3, [{"spread": "years", "at_least": 50}, "place_everyone"]),
        ("A",),
        joining=(D,),
    ),
    "too few are left for a group": Case(
        (A, B, C), TRIO, book(3, 3, ["even_sizes", "place_everyone"]), ("A",)
    ),
    "a preference that only moves serve": Case(
        tuple(person(f"P{number}") for number in (1, 2, 3, 4, 6)),
        {"P1": "G01", "P2": "G01", "P3": "G03", "P4": "G02", "P6": "G02"},
        book(3, 3, [], {"apart": [["P2", "P3", "P6"]]}),
    ),
    "a queue that there is room for": Case(
        (A, B, C, D, person("E")),
        {"A": "G01", "B": "G01", "C": "G02", "D": "G02", "E": ""},
        book(2, 3, []),
    ),
}


def with_rule(rule: Entry) -> Callable[[Case], Case]:
    return lambda case: replace(case, book=replace(case.book, rules=(*case.book.rules, rule)))


def with_wish(wish: Entry) -> Callable[[Case], Case]:
    return lambda case: replace(
        case, book=replace(case.book, preferences=(*case.book.preferences, wish))
    )


def with_sizes(smallest: int, largest: int) -> Callable[[Case], Case]:
    return lambda case: replace(
        case, book=replace(case.book, smallest=smallest, largest=largest, prefer=largest)
    )


def with_two_more(case: Case) -> Case:
    more = (person("X", 20, "blue"), person("Y", 7, "green"))
    return replace(case, people=(*more, *case.people), old={**case.old, "X": "", "Y": "G09"})


def left_instead_of_absent(case: Case) -> Case:
    return replace(case, absent=(), left=case.absent)


def renamed(case: Case) -> Case:
    """Ids of another form, and rows in another order."""

    def name(id_: str) -> str:
        return f"00{len(id_)}-{id_.lower()}ä"

    def with_new_names(entry: Entry) -> Entry:
        if isinstance(entry, dict) and "apart" in entry:
            return {"apart": [[name(id_) for id_ in ids] for ids in entry["apart"]]}
        return entry

    wishes = tuple(map(with_new_names, case.book.preferences))
    return replace(
        case,
        people=tuple(replace(member, id=name(member.id)) for member in reversed(case.people)),
        old={name(id_): group for id_, group in case.old.items()},
        joining=tuple(replace(member, id=name(member.id)) for member in case.joining),
        absent=tuple(map(name, case.absent)),
        book=replace(case.book, preferences=wishes),
    )


CHANGES: dict[str, Callable[[Case], Case]] = {
    "as it is": lambda case: case,
    "merged": lambda case: replace(case, policy="merge"),
    "moved": lambda case: replace(case, policy="move"),
    "renamed": renamed,
    "smaller groups": with_sizes(2, 2),
    "groups of two sizes": with_sizes(2, 4),
    "two more": with_two_more,
    "left": left_instead_of_absent,
    "different": with_rule({"different": "colour", "at_most": 2}),
    "resilient": with_rule({"resilient": 1}),
    "not alone": with_rule({"not_alone": {"colour": "red"}}),
    "balanced": with_wish({"balance": "years"}),
    "spread": with_wish({"spread": "years"}),
}


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("name", CASES)
def test_however_it_is_changed_the_answer_is_right(name: str, change: str, tmp_path: Path) -> None:
    case = CHANGES[change](CASES[name])
    answer = answer_to(case, tmp_path)
    assert answer is not None
    assert faults(case, answer) == []
    assert said_less(answer) == []


@pytest.mark.parametrize("name", list(CASES)[:3])
def test_what_cannot_be_is_said_with_its_reason(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    CASES[name].write(tmp_path)
    monkeypatch.chdir(tmp_path)
    shown = CliRunner().invoke(app, [*CASES[name].arguments(), "-o", "out"])
    assert (shown.exit_code, "Not possible" in shown.stdout) == (1, True), shown.output
    assert "Everyone can be placed" not in shown.stdout


def test_no_meeting_is_planned_for_groups_that_cannot_be(tmp_path: Path) -> None:
    answer = answer_to(CASES["nobody can have a group for good"], tmp_path)
    assert answer is not None
    assert answer.report.rebalance is not None
    (remark,) = answer.report.rebalance.remarks
    assert "No meeting is planned" in str(remark)


def test_who_waits_gets_a_place_and_that_is_told(tmp_path: Path) -> None:
    answer = answer_to(CASES["a queue that there is room for"], tmp_path)
    assert answer is not None
    assert answer.report.counts.waitlisted == 0
    assert answer.report.rebalance is not None
    (line,) = [line for line in answer.report.rebalance.compared if line.better is not None]
    assert (str(line.before), str(line.after)) == (
        "1 person in the queue",
        "0 people in the queue",
    )
    assert line.better


def test_who_finds_no_place_goes_on_waiting_and_nothing_is_called_worse(tmp_path: Path) -> None:
    case = with_sizes(2, 2)(CASES["a queue that there is room for"])
    case.write(tmp_path)
    answer = answer_to(case, tmp_path)
    assert answer is not None
    assert answer.outcome.verdict is Verdict.FORMED
    assert answer.report.rebalance is not None
    assert [line.better for line in answer.report.rebalance.compared] == [None] * 3
    assert answer.groups == (tmp_path / "groups.csv").read_bytes()
    assert "1 person in the queue" in str(answer.report.sentence)
