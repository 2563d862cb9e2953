"""What the benchmark of rulebooks plants is a grouping that keeps their rules."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.benchmarks.planted_rulebooks import planted_case
from tests.oracle.judging import problem_from
from vermegroup.domain.grouping import grouping_of
from vermegroup.judge.auditor import audit


@pytest.mark.parametrize("seed", range(1, 41))
def test_the_planted_grouping_keeps_every_rule(seed: int, tmp_path: Path) -> None:
    case, groups = planted_case(seed)
    problem = problem_from(case, tmp_path)
    group_of = np.full(len(problem.roster), -1)
    for index, people in enumerate(groups):
        group_of[people] = index
    assert audit(problem, grouping_of(group_of)).valid
