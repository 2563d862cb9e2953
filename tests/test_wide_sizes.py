"""Groups of very different sizes: no common multiple of them fits into 64 bits."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
import yaml

from tests.exact_judge import Judge, Members
from vermegroup import Grouping, Limits, Problem, Verdict, audit_grouping, read_roster
from vermegroup.domain.findings import RulebookError
from vermegroup.domain.grouping import group_names
from vermegroup.domain.problem import problem_of
from vermegroup.domain.roster import Categories, Numbers, Roster, Table
from vermegroup.rulebooks.read import rulebook_from_text
from vermegroup.solver.form_parts import form

TOWNS = ("Hamina", "Kemi", "Oulu")


def people(count: int, prefix: str = "SYN-") -> list[dict[str, str]]:
    """From no years of experience to forty, in order."""
    return [
        {
            "id": f"{prefix}{number:04d}",
            "years": str(40 * number // (count - 1)),
            "municipality": TOWNS[number % 3],
        }
        for number in range(count)
    ]


def problem(rows: Sequence[dict[str, str]], book: dict[str, object]) -> Problem:
    import pandas as pd

    ids = np.array([row["id"] for row in rows], dtype=object)
    towns = np.array([TOWNS.index(row["municipality"]) for row in rows])
    rising = np.arange(len(rows))
    roster = Roster(
        ids,
        {"municipality": Categories(towns, TOWNS, "municipality")},
        {"years": Numbers(np.array([int(row["years"]) for row in rows]), 1, "years")},
        Table("people.csv", pd.DataFrame(rows), rising + 2),
        rising,
        ids,
    )
    return problem_of(roster, rulebook_from_text(yaml.safe_dump(book), "rules.yaml"))


def in_order(count: int, size: int) -> list[Members]:
    """The people with the fewest years together, then the next, and so on."""
    return [tuple(range(at, min(at + size, count))) for at in range(0, count, size)]


BALANCE = {"balance": "years", "at_most": 8}
WAYS = [
    (400, 25, "10-31", [BALANCE]),
    (400, 25, "10-32", [BALANCE]),
    (400, 25, "10-43", [BALANCE]),
    (400, 40, "10-43", [{"balance": "years", "at_most": 15.5}]),
    (400, 25, "2-10000", [BALANCE]),
    (400, 25, "25", [BALANCE]),
    (390, 30, "7-61", [BALANCE, {"include": {"municipality": "Kemi"}, "at_least": 9}]),
    (200, 25, "10-97", [BALANCE, {"spread": "years", "at_least": 1500}]),
    (100, 10, "10-32", [{"balance": "municipality", "at_most": 3}]),
    (60, 12, "12-60", [{"balance": "years", "at_most": 0.01}, {"resilient": 1}]),
    (900, 100, "97-128", [BALANCE, {"different": "municipality", "at_most": 33}]),
]


@pytest.mark.parametrize(("count", "size", "sizes", "rules"), WAYS)
def test_the_audit_tells_groups_that_are_far_from_everybody(
    count: int, size: int, sizes: str, rules: list[dict[str, object]]
) -> None:
    rows = people(count, "x" if count == 390 else "SYN-")
    book = {
        "groups": {"size": sizes},
        "rules": [*rules, "place_everyone"],
        "preferences": [{"balance": "years"}, {"spread": "years"}],
    }
    groups = in_order(count, size)
    group_of = np.arange(count) // size
    here = problem(rows, book)
    audited = audit_grouping(here, Grouping(group_of, group_names(len(groups))))
    judge = Judge(rows, book, frozenset({"years"}))
    broken = [{breach.group for breach in standing.breaches} for standing in audited.rules]
    assert broken == judge.rules_broken(groups)
    assert not audited.valid
    values = [
        standing.preference.in_units(here.roster, audited.plan, standing.value)
        for standing in audited.preferences
    ]
    assert values == judge.worth(groups)


@pytest.mark.parametrize("sizes", ["10-43", "2-10000", "12-10000"])
def test_groups_of_very_different_sizes_are_formed(sizes: str) -> None:
    rows = people(60)
    book = {
        "groups": {"size": sizes},
        "rules": [{"balance": "years", "at_most": 5}, "place_everyone"],
        "preferences": [{"balance": "years"}],
    }
    here = problem(rows, book)
    outcome = form(here, Limits(seconds=2))
    assert outcome.verdict is Verdict.FORMED
    assert outcome.grouping is not None
    assert outcome.audit is not None
    groups = [tuple(outcome.grouping.members(g).tolist()) for g in range(outcome.grouping.groups)]
    judge = Judge(rows, book, frozenset({"years"}))
    assert judge.valid(groups)
    (standing,) = outcome.preferences
    value = standing.preference.in_units(here.roster, outcome.audit.plan, standing.value)
    assert [value] == judge.worth(groups)


@pytest.mark.parametrize(("size", "allowed"), [("2-10000", True), ("2-10001", False), (1, False)])
def test_sizes_beyond_what_is_counted_are_refused(size: object, allowed: bool) -> None:
    text = yaml.safe_dump({"groups": {"size": size}})
    if allowed:
        assert rulebook_from_text(text, "rules.yaml").groups.largest == 10_000
        return
    with pytest.raises(RulebookError, match="from 2 to 10000"):
        rulebook_from_text(text, "rules.yaml")


FINE = [f"0.{number:012d}" for number in (0, 1, 999_999_999_999, 5, 7, 11)]


@pytest.mark.parametrize(
    ("weight", "count", "refused"),
    [("1", 6, False), ("999999", 6, True), ("0.0001", 6, False), ("1", 6_000, True)],
)
def test_weights_and_decimals_beyond_what_can_be_counted_are_refused(
    weight: str, count: int, refused: bool, tmp_path: Path
) -> None:
    cells = [FINE[number % 6] for number in range(count)]
    lines = [f"P{at},{cell},{'AB'[at % 2]}" for at, cell in enumerate(cells)]
    (tmp_path / "people.csv").write_text("\n".join(["id,score,side", *lines]), encoding="utf-8")
    text = (
        "groups: {size: 3}\nrules: [place_everyone]\n"
        f"preferences: [[{{different: side, weight: {weight}}}, {{spread: score}}]]"
    )
    book = rulebook_from_text(text, "rules.yaml")
    roster, _ = read_roster(tmp_path / "people.csv", book)
    if not refused:
        assert form(problem_of(roster, book), Limits(seconds=5)).verdict is Verdict.FORMED
        return
    with pytest.raises(RulebookError, match="tier comes to numbers that are too large") as fault:
        problem_of(roster, book)
    assert "score" in str(fault.value.findings[0].hint)  # type: ignore[union-attr]
