"""People whom rules tie together are brought together on rosters too large for one model."""

from __future__ import annotations

import random

import numpy as np
import pytest

from tests.brute_force import Person
from tests.builders import problem_from
from vermegroup.domain.arrays import IntArray
from vermegroup.domain.outcome import Verdict
from vermegroup.domain.plan import Plan
from vermegroup.domain.problem import Problem
from vermegroup.rules.selectors.pairs import Pairs
from vermegroup.rules.together import Together
from vermegroup.solver.construction.swaps import exchange, gather
from vermegroup.solver.form_parts import form
from vermegroup.solver.goals import bad_groups, goal_at
from vermegroup.solver.lns import repair
from vermegroup.solver.search import Limits, Search
from vermegroup.solver.solution import Draft

CHANCE = random.Random(3)
PEOPLE = [Person(f"Town {CHANCE.randrange(60)}", CHANCE.randrange(30)) for _ in range(240)]


def some_pairs(count: int) -> tuple[tuple[str, str], ...]:
    ids = [f"SYN-{number:03d}" for number in range(1, len(PEOPLE) + 1)]
    CHANCE.shuffle(ids)
    return tuple(zip(ids[:count], ids[count : 2 * count], strict=True))


def written(pairs: tuple[tuple[str, str], ...]) -> str:
    return ", ".join(f"[{a}, {b}]" for a, b in pairs)


def test_pairs_torn_all_over_a_roster_are_brought_together() -> None:
    text = f"""
groups: {{size: 4}}
rules:
  - together: [{written(some_pairs(30))}]
  - apart: [{written(some_pairs(30))}]
  - place_everyone
"""
    assert form(problem_from(PEOPLE, text), Limits(seconds=30)).verdict is Verdict.FORMED


def test_neither_swaps_nor_trades_lose_what_only_the_sum_tells() -> None:
    """What is held is most pairs together, not all; what is mended are rules against it."""
    text = """
groups: {size: 4}
rules: [{different: municipality}, {together: [SYN-001, SYN-009]}]
preferences: [place_everyone]
"""
    problem = problem_from(PEOPLE, text)
    plan = Plan(60, 4, 4, sizes=(4,) * 60)
    group_of = np.arange(240) // 4
    group_of[[0, 4]] = group_of[[4, 0]]
    draft = Draft(problem, plan, group_of)
    ids = [f"SYN-{number:03d}" for number in range(1, 241)]
    wish = Together(Pairs(tuple(zip(ids[::2], ids[1::2], strict=True))))
    before = wish.value_of(problem.roster, plan, draft.seating())
    held = goal_at(problem, plan, wish, before)
    assert before == held.bound - 2
    assert not held.local
    search = Search(Limits())
    gather(draft, (held,), np.arange(60), search)
    exchange(draft, (held,), np.arange(60), search)
    assert wish.value_of(problem.roster, plan, draft.seating()) >= before


@pytest.mark.parametrize("looks", range(12))
def test_what_there_is_no_time_to_mend_is_not_called_mended(
    looks: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However soon the time is up: only a draft in which nothing is broken counts as mended."""
    problem = problem_from(PEOPLE, "groups: {size: 4}\nrules: [{different: municipality}]")
    draft = Draft(problem, Plan(60, 4, 4, sizes=(4,) * 60), _home(problem))
    left = iter(range(looks, -1, -1))
    monkeypatch.setattr(Search, "expired", lambda _: next(left, 0) == 0)
    monkeypatch.setattr(repair, "exchange", lambda draft, goals, bad, *_: bad)
    monkeypatch.setattr(repair, "gather", lambda *_: None)
    mended = repair.repair(draft, (), Search(Limits(seconds=30)))
    assert not mended or not bad_groups(problem, draft.plan, (), draft.seating()).any()


def _home(problem: Problem) -> IntArray:
    """Sixty groups of neighbours in the alphabet of towns, so that most break the rule."""
    group_of = np.empty(len(problem.roster), dtype=np.int64)
    order = np.argsort(problem.roster.categories["municipality"].codes, kind="stable")
    group_of[order] = np.arange(len(order)) // 4
    return group_of
