"""Groups that can spare anybody and share something: why there are none is told, and no defect."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from tests.oracle.answers import Oracle
from tests.oracle.written import book_of
from vermegroup import Limits, Verdict, diagnose, problem_of, read_roster
from vermegroup.rulebooks.read import rulebook_from_text
from vermegroup.solver.form_parts import form

THREE = ("fi, sv", "en, fi", "en")
RULES: list[object] = [{"resilient": 1}, {"common": "langs"}, "place_everyone"]
WAYS = [
    (THREE, 2, RULES),
    (THREE, 3, RULES),
    (THREE, "2-3", RULES),
    (THREE[:2], 2, RULES),
    ((*THREE, "fi"), 2, RULES),
    ((*THREE, "fi, en"), 4, RULES),
    (("fi", "sv", "en"), 2, RULES),
    (("fi", "fi, sv", "fi, sv", "fi"), "3-4", RULES),
    (THREE, 2, [*RULES, {"common": "langs", "at_least": 2}]),
    (THREE, 2, [{"resilient": 1}, {"common": "langs"}]),
    (THREE, 2, [{"resilient": 1}, {"include": {"langs": "en"}}, "place_everyone"]),
    ((*THREE, "sv, fi", "en, sv"), "2-4", [*RULES, {"apart": [["P0", "P1"]]}]),
]


@pytest.mark.parametrize(("langs", "size", "rules"), WAYS)
def test_the_answer_is_right_and_its_reasons_are_found(
    langs: tuple[str, ...], size: object, rules: list[object], tmp_path: Path
) -> None:
    ids = "P{}" if len(langs) < 4 else "{}-syn"
    named = yaml.safe_load(
        yaml.safe_dump(rules).replace("P0", ids.format(0)).replace("P1", ids.format(1))
    )
    rows = [{"id": ids.format(number), "langs": spoken} for number, spoken in enumerate(langs)]
    lines = ["id;langs", *(f"{row['id']};{row['langs']}" for row in rows)]
    (tmp_path / "people.csv").write_text("\n".join(lines), encoding="utf-8")
    text = yaml.safe_dump({"groups": {"size": size}, "rules": named, "preferences": []})
    book = rulebook_from_text(text, "rules.yaml")
    roster, _ = read_roster(tmp_path / "people.csv", book)
    outcome = diagnose(form(problem_of(roster, book), Limits(seconds=20)), Limits(seconds=20))
    spoken = [{**row, "langs": row["langs"].replace(",", ";")} for row in rows]
    oracle = Oracle(spoken, book_of(text).others, {})
    assert outcome.verdict is (Verdict.FORMED if oracle.possible else Verdict.IMPOSSIBLE)
    if outcome.grouping is not None:
        grouping = outcome.grouping
        assert oracle.keeps_rules(
            tuple(tuple(grouping.members(g).tolist()) for g in range(grouping.groups))
        )
