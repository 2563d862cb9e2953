"""Who waits after groups were formed, against every grouping of up to eight people."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.by_day import todays
from tests.rebalancing.cases import EARLIER, Case, random_case
from tests.rebalancing.oracle import Plan, World, kind_of
from vermegroup.app.form import form_groups
from vermegroup.app.inputs import RulebookChoice
from vermegroup.domain.findings import InputError
from vermegroup.domain.outcome import Outcome, Verdict
from vermegroup.solver.search import Limits


def formed(number: int, folder: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Case, Outcome]:
    """Groups of one case, of which too few for all are asked for more often than not."""
    case = random_case(number)
    rules = tuple(rule for rule in case.book.rules if kind_of(rule) != "place_everyone")
    people = (*case.people, *case.joining)
    count = max(1, (len(people) - 1 - number % 3) // case.book.largest)
    book = replace(case.book, rules=rules, count=(count, count))
    case = replace(case, people=people, joining=(), old={p.id: "" for p in people}, book=book)
    case.write(folder)
    monkeypatch.chdir(folder)
    answer = form_groups("groups.csv", RulebookChoice(Path("rules.yaml")), Limits(30.0))
    return case, answer.outcome


def wrong(case: Case, outcome: Outcome) -> str | None:
    """What another grouping of as many groups, as good in all preferences, would do better."""
    grouping = outcome.grouping
    if outcome.verdict is not Verdict.FORMED or grouping is None:
        return None
    world = World(case.people, [""] * len(case.people), case.book, {EARLIER: case.earlier})
    plan: Plan = tuple(tuple(grouping.members(group).tolist()) for group in range(grouping.groups))
    values = world.costs(plan)
    missing = world.rank(plan)[0]
    plans = (p for p in world.plans(whole=False) if len(p) == len(plan))
    as_good = (p for p in plans if world.rank(p)[0] == missing)
    best = min(late(world, p) for p in as_good if world.costs(p) == values)
    return None if late(world, plan) == best else f"{late(world, plan)}, and best is {best}"


def late(world: World, plan: Plan) -> tuple[int, ...]:
    return world.late({person for group in plan for person in group})


@pytest.mark.parametrize("block", todays(range(20)))
def test_no_grouping_as_good_places_somebody_earlier(
    block: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    waited = 0
    for number in range(block * 20, block * 20 + 20):
        try:
            case, outcome = formed(number, tmp_path / str(number), monkeypatch)
        except InputError:
            continue
        assert wrong(case, outcome) is None, number
        waited += outcome.grouping is not None and len(outcome.grouping.waitlist()) > 0
    assert waited
