"""Every answer is right by an oracle that shares nothing with the code: small cases at random.

There are 2,000 of them. A day's run takes a part of them, chosen by the date, and ``pytest -m
sweep`` takes all; ``python -m tests.oracle`` takes as many as you like.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.by_day import todays
from tests.oracle.answers import Case
from tests.oracle.chance import kinds_in, random_case
from tests.oracle.diagnosing import checked, diagnosed
from tests.oracle.judging import Judged, hurried, judged
from tests.oracle.reporting import reported

CASES = 2_000
CHUNK = 50

Ask = Callable[[Case, Path], Judged]


def chunks(cases: int) -> list[range]:
    """The seeds of so many cases, some at a time, so that a failure tells where it is."""
    return [range(first, first + CHUNK) for first in range(1, cases + 1, CHUNK)]


def wrong(ask: Ask, seeds: range, folder: Path) -> Iterator[str]:
    """What is wrong, with the input that shows it."""
    for seed in seeds:
        case = random_case(seed)
        for mismatch in ask(case, folder).mismatches:
            said = f"{mismatch.sort} (seed {seed}): said {mismatch.said}; right: {mismatch.right}"
            yield "\n".join([said, case.rulebook, case.roster, *case.earlier.values()])


@pytest.mark.parametrize("seeds", todays(chunks(CASES)), ids=str)
def test_verdicts_values_bounds_and_proofs_are_right(seeds: range, tmp_path: Path) -> None:
    assert not list(wrong(judged, seeds, tmp_path))


@pytest.mark.parametrize("seeds", todays(chunks(250)), ids=str)
def test_what_is_said_in_a_hurry_is_right(seeds: range, tmp_path: Path) -> None:
    assert not list(wrong(hurried, seeds, tmp_path))


@pytest.mark.parametrize("seeds", todays(chunks(250)), ids=str)
def test_conflicts_repairs_and_how_far_one_gets_are_right(seeds: range, tmp_path: Path) -> None:
    assert not list(wrong(diagnosed, seeds, tmp_path))


@pytest.mark.parametrize("seeds", todays(chunks(250)), ids=str)
def test_what_check_says_of_numbers_of_groups_is_right(seeds: range, tmp_path: Path) -> None:
    assert not list(wrong(checked, seeds, tmp_path))


@pytest.mark.parametrize("seeds", todays(chunks(250)), ids=str)
def test_reports_and_tables_say_what_is_right(seeds: range, tmp_path: Path) -> None:
    assert not list(wrong(reported, seeds, tmp_path))


def test_the_cases_mix_every_kind_as_a_rule_and_as_a_preference() -> None:
    kinds = set().union(*(kinds_in(random_case(seed)) for seed in range(1, 401)))
    assert len([kind for kind in kinds if kind.startswith("rule")]) == 16
    assert len([kind for kind in kinds if kind.startswith("wish")]) == 17
    assert "tier" in kinds
