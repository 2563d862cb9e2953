"""A pool has what was asked for: distinct groupings, each valid, as good, of the same sizes."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from fractions import Fraction
from functools import cache
from itertools import count

import numpy as np
import pytest

from tests.brute_force import Person
from tests.builders import problem_from
from tests.evidence.enumerated import case_of
from vermegroup.domain.design import Among, Design, DrawRequest, PairCounts, Sizes
from vermegroup.domain.findings import Severity
from vermegroup.domain.grouping import Grouping
from vermegroup.domain.outcome import Outcome
from vermegroup.domain.problem import Problem
from vermegroup.evidence.drawing import Drawn, draw
from vermegroup.evidence.mixing import effective_size, rhat
from vermegroup.evidence.pool import allowed_pairs, fingerprint
from vermegroup.evidence.values import measured, values_of
from vermegroup.judge.auditor import audit, keeps_rules
from vermegroup.report.draw_text import draw_findings
from vermegroup.solver.form_parts import form
from vermegroup.solver.search import Limits

TOWNS = ("Turku", "Oulu", "Lahti", "Salo", "Kemi", "Pori")
PEOPLE = tuple(Person(TOWNS[n % 6], n * 7 % 23) for n in range(18))
BOOK = """\
groups: {size: 3-5}
rules: [{different: municipality}, place_everyone]
preferences: [{spread: years}, even_sizes]
"""


@cache
def formed(book: str = BOOK, people: tuple[Person, ...] = PEOPLE) -> Outcome:
    outcome = form(problem_from(people, book), Limits(effort=5.0).begun())
    assert outcome.grouping is not None
    return outcome


def drawn(outcome: Outcome, asked: DrawRequest, seed: int = 1) -> Drawn:
    """With too little effort for other starts than the one that is there."""
    return draw(outcome, asked, Limits(seed=seed, effort=0.5).begun(), form)


def sizes(grouping: Grouping) -> list[int]:
    return sorted(grouping.seating().sizes().tolist())


def values(problem: Problem, grouping: Grouping) -> list[Fraction]:
    return values_of(problem, grouping)


def test_every_draw_differs_keeps_the_rules_and_is_as_good_and_as_large() -> None:
    outcome = formed()
    assert outcome.grouping is not None
    pool = drawn(outcome, DrawRequest(60))
    assert len(set(pool.fingerprints())) == len(pool.groupings) == 60
    best = values(outcome.problem, outcome.grouping)
    for each in pool.groupings:
        assert audit(outcome.problem, each).valid
        assert values(outcome.problem, each) == best
        assert sizes(each) == sizes(outcome.grouping)


def test_among_valid_ones_there_are_worse_and_within_a_share_slightly_worse() -> None:
    outcome = formed()
    assert outcome.grouping is not None
    best = values(outcome.problem, outcome.grouping)[0]
    valid = drawn(outcome, DrawRequest(60, Among.VALID))
    spreads = [values(outcome.problem, each)[0] for each in valid.groupings]
    assert min(spreads) < best * Fraction(95, 100)
    near = drawn(outcome, DrawRequest(60, within=Fraction(1, 50)))
    spreads = [values(outcome.problem, each)[0] for each in near.groupings]
    assert best * Fraction(98, 100) <= min(spreads) < best


def test_sizes_vary_only_where_that_is_asked_and_never_beyond_the_rulebook() -> None:
    outcome = formed(BOOK.replace("[{spread: years}, even_sizes]", "[]"))
    pool = drawn(outcome, DrawRequest(200, Among.VALID, sizes=Sizes.VARYING))
    found = Counter(tuple(sizes(each)) for each in pool.groupings)
    assert len(found) > 1
    assert {size for each in found for size in each} <= {3, 4, 5}
    assert {len(each) for each in found} == {outcome.grouping.groups if outcome.grouping else 0}


def test_who_waits_goes_on_waiting_and_who_is_pinned_stays_in_the_group_of_that_name() -> None:
    book = """\
groups: {size: 3, count: 5}
rules: [{different: municipality}, {pin: {SYN-004: G03, SYN-009: Sininen}}]
preferences: [place_everyone]
"""
    outcome = formed(book)
    assert outcome.grouping is not None
    waiting = outcome.grouping.waitlist().tolist()
    assert len(waiting) == 3
    pool = drawn(outcome, DrawRequest(40))
    for each in pool.groupings:
        assert each.waitlist().tolist() == waiting
        assert each.names[each.group_of[3]] == "G03"
        assert each.names[each.group_of[8]] == "Sininen"


def test_the_parts_of_a_split_roster_are_drawn_apart_and_put_together() -> None:
    people = (replace(each, subject="music" if n < 9 else "art") for n, each in enumerate(PEOPLE))
    outcome = formed("split_by: subject\n" + BOOK, tuple(people))
    pool = drawn(outcome, DrawRequest(50, Among.VALID))
    assert len(set(pool.fingerprints())) == len(pool.groupings) == 50
    subject = outcome.problem.roster.categories["subject"].codes
    for each in pool.groupings:
        assert keeps_rules(outcome.problem, each)
        for group in range(each.groups):
            assert len(set(subject[each.members(group)].tolist())) == 1
    names = [each.name for each in measured(outcome.problem, pool.groupings[0])]
    assert len(set(names)) == len(names) == 4


def test_parts_with_few_groupings_are_combined_in_every_way() -> None:
    people = tuple(Person(TOWNS[n % 3], n, "music" if n % 2 else "art") for n in range(12))
    book = "split_by: subject\ngroups: {size: 3}\nrules: [{different: municipality}]\n"
    outcome = formed(book, people)
    pool = drawn(outcome, DrawRequest(100, Among.VALID))
    # Six people in two groups of three with two of each town: 2 · 2 · 2 / 2 ways in each part.
    assert len(set(pool.fingerprints())) == len(pool.groupings) == 16


def test_a_seed_draws_the_same_again_and_another_one_otherwise() -> None:
    outcome = formed()
    first, again, other = (drawn(outcome, DrawRequest(20), seed) for seed in (1, 1, 2))
    assert first.fingerprints() == again.fingerprints()
    assert first.design == again.design
    assert set(first.fingerprints()) != set(other.fingerprints())


def test_each_member_of_a_pool_is_chosen_as_often() -> None:
    pool = drawn(formed(), DrawRequest(10))
    seen = Counter(pool.with_choice(seed).design.chosen for seed in range(4_000))
    assert set(seen) == set(range(1, 11))
    statistic = sum((count - 400) ** 2 / 400 for count in seen.values())
    assert statistic < 27.88  # the 0.999 quantile of χ² with 9 degrees of freedom


def test_other_seeds_give_further_starts() -> None:
    outcome = formed()
    further = draw(
        outcome, DrawRequest(5, Among.VALID), Limits(effort=6.0).begun(), form
    ).design.starts
    assert drawn(outcome, DrawRequest(5)).design.starts == 1 < further <= 4


def test_pairs_are_counted_as_in_all_groupings() -> None:
    found = (case for seed in count(1) if (case := case_of(seed)) is not None)
    case = next(each for each in found if not each.vary and len(each.groupings) > 20)
    start = case.groupings[0]
    outcome = Outcome(
        form(case.problem).verdict, case.problem, (), start, audit(case.problem, start)
    )
    asked = DrawRequest(4 * len(case.groupings), Among.VALID)
    pairs = drawn(outcome, asked).design.pairs
    n = len(case.problem.roster)
    one, two = np.triu_indices(n, 1)
    rows = np.array([each.group_of for each in case.groupings])
    shares = (rows[:, one] == rows[:, two]).mean(axis=0)
    assert pairs.ever_together == int((shares > 0).sum())
    assert pairs.always_together == int((shares == 1).sum())
    assert pairs.most == pytest.approx(shares.max())


def test_pairs_that_a_rule_keeps_apart_are_not_allowed() -> None:
    outcome = formed()
    assert outcome.grouping is not None
    # Eighteen people of six towns, three of each: 153 pairs, of which 18 are of one town.
    assert allowed_pairs(outcome.problem, outcome.grouping) == 153 - 18


def test_a_fingerprint_is_of_who_is_together_and_of_nothing_else() -> None:
    ids = ["a", "b", "c", "d"]
    one = fingerprint(np.array([0, 0, 1, -1]), ids)
    assert one == fingerprint(np.array([5, 5, 2, -1]), ids)
    assert one == fingerprint(np.array([-1, 1, 0, 0]), ["d", "c", "b", "a"])
    assert one != fingerprint(np.array([0, 0, 1, 2]), ids)


def test_diagnostics_tell_chains_that_agree_from_chains_that_do_not() -> None:
    rng = np.random.default_rng(3)
    independent = rng.standard_normal((4, 500))
    assert rhat(independent) == pytest.approx(1.0, abs=0.02)
    assert effective_size(independent) == pytest.approx(2_000, rel=0.2)
    apart = independent + np.arange(4)[:, None]
    assert (rhat(apart) or 0) > 1.2
    stuck = np.repeat(np.arange(4.0)[:, None], 500, axis=1)
    assert rhat(stuck) == 1_000
    assert rhat(np.zeros((4, 500))) is None
    # An autoregressive chain with coefficient r is worth (1 - r) / (1 + r) of its draws.
    chain = np.zeros((4, 20_000))
    noise = rng.standard_normal(chain.shape)
    for at in range(1, chain.shape[1]):
        chain[:, at] = 0.8 * chain[:, at - 1] + noise[:, at]
    assert effective_size(chain) == pytest.approx(80_000 / 9, rel=0.15)


SOUND = Design(DrawRequest(100), 100, 10, 10, 4, 1.01, 400.0, PairCounts(10, 10, 0, 0.1, 0.5), None)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"rhat": 1.2}, "R-hat is 1.2"),
        ({"ess": 30.0}, "about 30 independent"),
        ({"distinct": 40}, "Only 40 different"),
        ({"distinct": 1}, "Only one grouping"),
        ({"pairs": PairCounts(10, 7, 0, 0.0, 0.5)}, "3 pairs of 10"),
        ({"pairs": PairCounts(10, 10, 2, 0.1, 1.0)}, "2 pairs are together in every"),
    ],
)
def test_what_a_test_could_trip_over_is_a_warning(change: dict[str, object], said: str) -> None:
    def warnings(design: Design) -> list[str]:
        found = draw_findings(design, "--draws")
        return [str(each.message) for each in found if each.severity is Severity.WARNING]

    assert warnings(SOUND) == []
    told = warnings(replace(SOUND, **change))  # type: ignore[arg-type]
    assert len(told) == 1
    assert said in told[0]
