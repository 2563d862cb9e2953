"""``baseline`` tells where a grouping stands among all valid ones, hand-made groupings too."""

from __future__ import annotations

import json
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run

RULES = """\
groups: {size: 3-5}
rules: [{different: town, at_most: 2}, place_everyone]
preferences: [{spread: score}]
"""
JSON = ("--format", "json")
TOWNS = "ABABABAB"
SCORES = (0, 1, 3, 4, 8, 9, 15, 20)


def table(first: set[int]) -> str:
    rows = [
        f"P{n},{TOWNS[n]},{SCORES[n]},{'G1' if n in first else 'G2'}" for n in range(len(SCORES))
    ]
    return "\n".join(["id,town,score,group", *rows]) + "\n"


@pytest.fixture(autouse=True)
def files(folder: Path) -> None:
    (folder / "rules.yaml").write_text(RULES, "utf-8")
    (folder / "groups.csv").write_text(table({0, 1, 2, 3}), "utf-8")


def baseline(run: Run, *more: str) -> dict[str, Any]:
    found = run("baseline", "groups.csv", "--rules", "rules.yaml", "--format", "json", *more)
    assert found.exit_code == 0, found.output
    told: dict[str, Any] = json.loads(found.stdout)
    return told


def spread(first: set[int]) -> int:
    return sum(
        abs(SCORES[one] - SCORES[other])
        for group in (first, set(range(8)) - first)
        for one, other in combinations(group, 2)
    )


def every_spread() -> list[int]:
    """Of every division in four and four, with two of each town in each."""
    return [
        spread({0, *rest})
        for rest in combinations(range(1, 8), 3)
        if sum(TOWNS[n] == "A" for n in (0, *rest)) == 2
    ]


def test_where_there_are_few_groupings_it_stands_among_all_of_them(run: Run) -> None:
    told = baseline(run)
    [line] = told["baseline"]
    values, own = every_spread(), spread({0, 1, 2, 3})
    assert told["valid"]
    assert told["pool"]["distinct"] == len(values) == 18
    assert (line["value"], line["better"], line["entry"]) == (own, "most", {"spread": "score"})
    assert line["mean"] == pytest.approx(sum(values) / len(values))
    assert line["at_least_as_good"] == sum(value >= own for value in values)
    ties = sum(value == own for value in values)
    worse = sum(value < own for value in values)
    assert line["percentile"] == pytest.approx(100 * (worse + ties / 2) / len(values))
    assert (line["quantiles"]["0"], line["quantiles"]["100"]) == (min(values), max(values))
    assert sum(line["histogram"]["counts"]) == len(values)
    assert any("may be no more" in each["message"] for each in told["findings"])


def test_hand_made_groups_that_break_a_rule_stand_beside_valid_ones_of_their_sizes(
    run: Run, folder: Path
) -> None:
    (folder / "groups.csv").write_text(table({0, 2, 4}), "utf-8")
    told = baseline(run)
    assert not told["valid"]
    assert told["baseline"][0]["value"] == spread({0, 2, 4})
    assert any("break rules" in each["message"] for each in told["findings"])
    assert told["pool"]["sizes"] == "varying"  # five and three always have three of one town


def test_the_sizes_of_hand_made_groups_are_kept_where_they_can_be(run: Run, folder: Path) -> None:
    (folder / "rules.yaml").write_text(RULES.replace("at_most: 2", "at_most: 3"), "utf-8")
    (folder / "groups.csv").write_text(table({0, 2, 4, 6}), "utf-8")
    told = baseline(run)
    assert not told["valid"]
    assert told["pool"]["sizes"] == "fixed"
    # Thirty-five divisions in four and four, but for that of the towns.
    assert told["pool"]["distinct"] == 34


def test_a_page_has_a_histogram_with_a_mark_for_each_preference(run: Run, folder: Path) -> None:
    assert baseline(run, "-o", "out")
    page = (folder / "out" / "baseline.html").read_text("utf-8")
    assert page.count("<svg") == page.count('class="mark"') == 1
    assert page.count("<rect") == 20
    assert json.loads((folder / "out" / "baseline.json").read_bytes())["schema"] == 1
    refused = run("baseline", "groups.csv", "--rules", "rules.yaml", "-o", "out")
    assert refused.exit_code == 2
    assert run("baseline", "groups.csv", "--rules", "rules.yaml", "-o", "out", "--force")


def test_it_is_told_as_a_percentile_and_never_as_a_test(run: Run) -> None:
    for language in ("en", "fi", "sv"):
        told = run("baseline", "groups.csv", "--rules", "rules.yaml", "--lang", language).stdout
        assert {"en": "percentile", "fi": "prosenttipiste", "sv": "percentil"}[language] in told
        assert "p-" not in told.replace("p-\n", "")


def test_the_same_seed_tells_the_same(run: Run) -> None:
    assert baseline(run, "--seed", "3") == baseline(run, "--seed", "3")


def test_parts_of_a_split_roster_are_told_apart(run: Run, folder: Path) -> None:
    rows = [f"P{n},{'xy'[n % 2]},{n * n % 13},G{n % 4}" for n in range(16)]
    (folder / "groups.csv").write_text("\n".join(["id,side,score,group", *rows]), "utf-8")
    book = "split_by: side\ngroups: {size: 3-5}\npreferences: [{spread: score}]\n"
    (folder / "rules.yaml").write_text(book, "utf-8")
    lines = baseline(run)["baseline"]
    spreads = {line["name"]: line["part"] for line in lines if line["kind"] == "spread"}
    assert list(spreads) == ["x_spread_score", "y_spread_score"]
    assert len(set(spreads.values())) == 2


@pytest.mark.parametrize(
    ("book", "said"),
    [
        (RULES.replace("preferences: [{spread: score}]", ""), "no preferences"),
        (RULES.replace("3-5", "6"), "No grouping was found"),
        ("in_groups: {town: A, at_most: 2}\n" + RULES, "several groups"),
    ],
)
def test_what_cannot_be_compared_is_refused(run: Run, folder: Path, book: str, said: str) -> None:
    (folder / "rules.yaml").write_text(book, "utf-8")
    found = run("baseline", "groups.csv", "--rules", "rules.yaml")
    assert found.exit_code == 2
    assert said in found.stderr


def test_no_random_valid_grouping_of_the_pilots_spring_is_as_good_as_what_is_formed(
    run: Run,
) -> None:
    roster = Path(__file__).parents[2] / "examples" / "etavertaismentorointi" / "kevat.csv"
    assert run("form", str(roster), "-o", "kevat", "-q").exit_code == 0
    found = run("baseline", "kevat/groups.csv", "--draws", "200", "--effort", "1", *JSON)
    lines = {line["name"]: line for line in json.loads(found.stdout)["baseline"]}
    for name in ("spread_years", "balance_years"):
        assert lines[name]["at_least_as_good"] == 0
        assert lines[name]["percentile"] == 100
