"""115 people with free hours, grouped anew so that nobody meets last term's group again."""

from __future__ import annotations

import csv
import json
import random
from pathlib import Path

import pytest

from vermegroup.app.audit import judge_groups
from vermegroup.app.form import form_groups
from vermegroup.app.inputs import RulebookChoice
from vermegroup.app.save import save
from vermegroup.domain.outcome import Verdict
from vermegroup.solver.search import Limits

RULES = """
groups: {size: 4-5}
rules:
  - common: Vapaat tunnit
  - strangers: last-term.csv
  - place_everyone
preferences: [even_sizes]
"""
HOURS = [f"{day} {hour}" for day in ("ma", "ti", "ke", "to", "pe") for hour in (8, 15, 16, 17)]


def term(folder: Path, seed: int) -> Path:
    """A synthetic roster: each free at three to seven hours, some hours more liked than others."""
    chance = random.Random(seed)
    liked = [chance.choice((1, 2, 4)) for _ in HOURS]
    ids = [f"SYN-{number:03d}" for number in range(1, 116)]
    rows = [
        [
            id_,
            str(chance.randint(1, 30)),
            chance.choice(("; ", ", ", ";")).join(_free(chance, liked)),
        ]
        for id_ in ids
    ]
    _write(folder / "roster.csv", ["id", "Kokemus", "Vapaat tunnit"], rows)
    chance.shuffle(ids)
    before = [[id_, f"G{place // 4 + 1:02d}"] for place, id_ in enumerate([*ids[:110], "SYN-900"])]
    _write(folder / "last-term.csv", ["id", "group"], before)
    (folder / "rules.yaml").write_text(RULES, encoding="utf-8")
    return folder / "roster.csv"


def _free(chance: random.Random, liked: list[int]) -> list[str]:
    found: dict[str, None] = {}
    wanted = chance.randint(3, 7)
    while len(found) < wanted:
        found[chance.choices(HOURS, liked)[0]] = None
    return [hour if chance.random() < 0.9 else hour.upper() for hour in found]


def _write(path: Path, header: list[str], rows: list[list[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *rows])


@pytest.mark.parametrize("seed", range(3))
def test_strangers_with_a_common_hour_are_found_and_told(tmp_path: Path, seed: int) -> None:
    roster, choice = term(tmp_path, seed), RulebookChoice(rules=tmp_path / "rules.yaml")
    answer = form_groups(str(roster), choice, Limits(seconds=60))
    assert answer.outcome.verdict is Verdict.FORMED
    assert answer.outcome.proven
    written = save(answer, tmp_path / "out", "fi")
    report = json.loads((tmp_path / "out" / "report.json").read_text(encoding="utf-8"))
    assert len(report["groups"]) == 26
    for group in report["groups"]:
        assert 4 <= group["size"] <= 5
        hours = [set(text.split(", ")) for text in group["traits"]["Vapaat tunnit"]]
        assert group["common"]["Vapaat tunnit"]
        assert set(group["common"]["Vapaat tunnit"]) == set.intersection(*hours)
    earlier = [each for each in report["provenance"]["inputs"] if each["role"] == "earlier_groups"]
    assert [Path(each["path"]).name for each in earlier] == ["last-term.csv"]
    assert any(finding["file"] == "last-term.csv" for finding in report["findings"])
    judged = judge_groups(str(tmp_path / "out" / "groups.csv"), choice)
    assert judged.outcome.verdict is Verdict.FORMED
    assert written


def test_last_terms_own_groups_do_not_pass(tmp_path: Path) -> None:
    roster = term(tmp_path, 1)
    groups = dict(csv.reader((tmp_path / "last-term.csv").read_text().splitlines()))
    header, *rows = csv.reader(roster.read_text().splitlines())
    again = [[*row, groups.get(row[0], "G28")] for row in rows]
    _write(tmp_path / "again.csv", [*header, "group"], again)
    judged = judge_groups(
        str(tmp_path / "again.csv"), RulebookChoice(rules=tmp_path / "rules.yaml")
    )
    assert judged.outcome.verdict is Verdict.INVALID
    assert judged.outcome.audit is not None
    strangers = next(
        standing for standing in judged.outcome.audit.rules if standing.rule.kind == "strangers"
    )
    assert len(strangers.breaches) >= 27
