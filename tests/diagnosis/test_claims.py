"""Nothing false is said of random small rosters, not even when the solver lies.

Other rosters every day; a seed that failed is named by the test.
"""

from __future__ import annotations

from datetime import date

import pytest

from tests.diagnosis.lies import run
from tests.diagnosis.random_small import random_edge_case
from tests.diagnosis.sweeping import wrong

TODAY = date.today().toordinal()


@pytest.mark.parametrize("seed", range(6 * TODAY, 6 * TODAY + 6))
def test_all_that_should_be_said_is_said_and_true(seed: int) -> None:
    assert list(wrong(random_edge_case(seed, most=6))) == []


@pytest.mark.parametrize("seed", range(12 * TODAY, 12 * TODAY + 12))
def test_while_the_solver_lies_less_is_said_and_nothing_false(seed: int) -> None:
    assert run(seed)[1] == []
