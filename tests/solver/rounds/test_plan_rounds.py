"""Rounds are valid, of the sizes that were formed, and repeat no more than a small search shows."""

from __future__ import annotations

import random

import numpy as np
import pytest

from tests.brute_force import Person
from tests.builders import problem_from
from tests.by_day import todays
from vermegroup.domain.grouping import Grouping
from vermegroup.domain.meetings import met
from vermegroup.domain.outcome import Verdict
from vermegroup.judge.auditor import judged
from vermegroup.judge.meetings import fewest_repeats
from vermegroup.solver.form_parts import form
from vermegroup.solver.rounds.blocks import blocks
from vermegroup.solver.rounds.plan_rounds import plan_rounds
from vermegroup.solver.rounds.schedule import Schedule, Trade, seats_for
from vermegroup.solver.rounds.trades import Judge
from vermegroup.solver.search import SILENT, Limits

RULES = (
    "- different: municipality",
    "- include: {experience: new, at_least: 1}",
    "- together: [SYN-001, SYN-002]",
    "- apart: [SYN-003, SYN-004]",
    "- same: subject",
    "- pin: {SYN-001: Red}",
)
BOOK = """\
groups: {{size: {size}}}
bands:
  experience: {{new: below 8, experienced: 10 or more}}
rules:
{rules}
preferences:
- spread: years
"""


@pytest.mark.parametrize("seed", todays(range(25), 3))
def test_rounds_are_valid_and_of_the_sizes_that_were_formed(seed: int) -> None:
    chance = random.Random(seed)
    people = [
        Person(f"Town {chance.randrange(9)}", chance.randrange(15), chance.choice("aab"))
        for _ in range(chance.randint(6, 20))
    ]
    rules = [*chance.sample(RULES, chance.randint(0, 2)), "- place_everyone"]
    problem = problem_from(people, BOOK.format(size="3-5", rules="\n".join(rules)))
    formed = form(problem, Limits(5.0))
    if formed.grouping is None:
        pytest.skip("no grouping keeps these rules")
    before = [np.array([chance.randrange(-1, 4) for _ in people]) for _ in range(seed % 2)]
    planned = plan_rounds(formed, 3, before, Limits(1.0), SILENT)
    sizes = sorted(formed.grouping.seating().sizes().tolist())
    for grouping in planned.groupings:
        assert judged(problem, grouping, 0.0).verdict is Verdict.FORMED
        assert sorted(grouping.seating().sizes().tolist()) == sizes
    rounds = [*before, *(grouping.group_of for grouping in planned.groupings)]
    bound = fewest_repeats(problem, formed.grouping, 3, before)
    assert met(rounds, len(people)).repeats >= bound


def test_preferences_are_kept_where_that_costs_no_repeat() -> None:
    people = [Person(f"Town {n}", 5 * (n % 4)) for n in range(32)]
    book = BOOK.format(size=4, rules="- place_everyone")
    formed = form(problem_from(people, book), Limits(5.0))
    planned = plan_rounds(formed, 8, [], Limits(5.0), SILENT)
    values = [
        judged(formed.problem, grouping, 0.0).preferences[0].value for grouping in planned.groupings
    ]
    assert values == [formed.preferences[0].value] * 8
    assert met([g.group_of for g in planned.groupings], 32).repeats == 0


def test_people_who_must_be_together_trade_places_together() -> None:
    people = [Person(f"Town {n}", n) for n in range(12)]
    pairs = ", ".join(f"[SYN-{n:03d}, SYN-{n + 1:03d}]" for n in range(1, 12, 2))
    rules = f"- together: [{pairs}]\n- place_everyone"
    formed = form(problem_from(people, BOOK.format(size=4, rules=rules)), Limits(5.0))
    planned = plan_rounds(formed, 3, [], Limits(5.0), SILENT)
    # The six pairs meet in every round; nobody else needs to meet twice.
    assert met([g.group_of for g in planned.groupings], 12).repeats == 6 * 2


def test_blocks_cost_what_they_are_said_to() -> None:
    people = [Person(f"Town {n % 7}", n) for n in range(17)]
    rules = "- different: municipality\n- place_everyone"
    formed = form(problem_from(people, BOOK.format(size="3-5", rules=rules)), Limits(5.0))
    assert formed.grouping is not None
    chance = np.random.default_rng(1)
    problem, groups = formed.problem, formed.grouping.groups
    seating = formed.grouping.seating()
    seats = seats_for(seating.sizes().tolist(), 17)
    schedule = Schedule(seats, np.stack([seating.people] * 3), np.empty((0, 17), dtype=np.int64))
    judge = Judge(problem, problem.plan(groups))
    tried = 0
    for at in (0, 1, 2, 1, 0, 2):
        for block in blocks(schedule, judge, at, int(chance.integers(17)), chance)[:1]:
            cost = schedule.cost
            for seat, other in zip(block.seats.tolist(), block.others.tolist(), strict=True):
                schedule.trade(Trade(at, seat, other))
            assert schedule.cost == cost + block.cost
            grouping = Grouping(schedule.group_of(at), formed.grouping.names)
            assert judged(problem, grouping, 0.0).verdict is Verdict.FORMED
            tried += 1
    assert tried


def test_every_part_goes_on_from_its_earlier_round() -> None:
    people = [Person(f"Town {n}", n % 24, "ab"[n % 2]) for n in range(98)]
    book = "groups: {size: 7}\nsplit_by: subject\nrules: [place_everyone]\n"
    formed = form(problem_from(people, book), Limits(5.0))
    chance = random.Random(1)
    before = np.empty(98, dtype=np.int64)
    for part in range(2):
        before[part::2] = 7 * part + np.array(chance.sample([n % 7 for n in range(49)], 49))
    planned = plan_rounds(formed, 7, [before], Limits(5.0), SILENT)
    # Seven groups of seven have eight such rounds: by arithmetic, and hardly by a search.
    assert met([before, *(grouping.group_of for grouping in planned.groupings)], 98).repeats == 0
