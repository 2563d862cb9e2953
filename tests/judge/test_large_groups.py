"""Groups of a thousand are judged; what cannot be tried in seconds is not tried."""

from __future__ import annotations

import time

import numpy as np

from tests.brute_force import Person
from tests.builders import problem_from
from vermegroup.domain.grouping import Grouping, group_names
from vermegroup.judge.auditor import audit
from vermegroup.judge.fixes import fixes_of
from vermegroup.judge.options import options_for


def test_no_time_is_lost_on_what_cannot_be_tried() -> None:
    people = [Person(f"Town {n}", n % 30) for n in range(2_000)]
    problem = problem_from(people, "groups: {size: 3-5}\nrules: []\n")
    grouping = Grouping(np.arange(2_000) % 2, group_names(2))
    before = time.process_time()
    assert fixes_of(problem, grouping, audit(problem, grouping)) == ()
    assert options_for(problem, grouping, 0).options
    assert time.process_time() - before < 5  # it took half a minute
