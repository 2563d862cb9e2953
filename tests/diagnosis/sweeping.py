"""Random small rosters, of which nothing false is said, and all that should be said is.

By hand: ``python -m tests.diagnosis.sweeping 2000``, or from another seed on with a second number.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.diagnosis.applying import with_repair
from tests.diagnosis.claims import false_claims, of_table, of_verdict
from tests.diagnosis.oracle import (
    COUNT,
    brute_force_feasible,
    brute_force_fewest_waiting,
    brute_force_numbers,
    labels,
)
from tests.diagnosis.random_small import Case, random_edge_case
from vermegroup.app.check import possibility
from vermegroup.diagnosis import diagnose as diagnosing
from vermegroup.diagnosis.diagnose import diagnose
from vermegroup.domain.outcome import Outcome, Verdict
from vermegroup.domain.problem import Problem
from vermegroup.solver.form_parts import form
from vermegroup.solver.search import Limits

PATIENCE, HASTE = Limits(seconds=120), Limits(seconds=20)


@contextmanager
def all_the_time() -> Iterator[None]:
    """However busy the machine is, no part of a diagnosis runs out of its share of the time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(diagnosing, "CONFLICTS", (PATIENCE.seconds, 1.0))
        patch.setattr(diagnosing, "PLAN", (PATIENCE.seconds, 1.0))
        patch.setattr(diagnosing, "REMEDY", (PATIENCE.seconds, 1.0))
        yield


def wrong(case: Case) -> Iterator[str]:
    """What is false or missing in what ``form`` and ``check`` say of a case."""
    problem = case.problem()
    with all_the_time():
        outcome = diagnose(form(problem, PATIENCE), PATIENCE)
        checked = possibility(problem, PATIENCE)
    yield from false_claims(case, problem, outcome)
    yield from _missing(problem, outcome)
    yield from _not_formed(case, outcome)
    yield from of_verdict(problem, checked.verdict)
    yield from of_table(problem, checked.group_counts)
    yield from _open(problem, checked)


def _missing(problem: Problem, outcome: Outcome) -> Iterator[str]:
    """What a diagnosis with so much time should have found."""
    if outcome.verdict is Verdict.UNDECIDED:
        yield "undecided"
    if outcome.why_not is None:
        return
    fewest, any_number = brute_force_fewest_waiting(problem), False
    if fewest is None and COUNT in labels(problem):
        fewest, any_number = brute_force_fewest_waiting(problem, any_number=True), True
    plan = outcome.why_not.partial
    if plan is None:
        if fewest is not None:
            yield f"no plan, though only {fewest} must wait"
    elif not plan.most or plan.any_number is not any_number:
        yield f"a plan with {len(plan.left_out)} waiting that is not the best, which has {fewest}"
    if not all(conflict.minimal for conflict in outcome.why_not.conflicts):
        yield "a conflict that is not shown to be minimal"


def _not_formed(case: Case, outcome: Outcome) -> Iterator[str]:
    """Repairs that were not tried, or with which no groups are formed, preferences and all."""
    for repair in outcome.why_not.repairs if outcome.why_not else ():
        change = f"{repair.remedy.value} {dict(repair.change)}"
        if not repair.verified:
            yield f"{change}: not tried in all this time"
        changed = with_repair(case.people, case.rulebook, repair)
        if form(changed, HASTE).verdict is not Verdict.FORMED:
            yield f"{change}: no groups are formed"


def _open(problem: Problem, checked: Outcome) -> Iterator[str]:
    """Numbers that a check leaves open, or does not tell although they are possible."""
    listed = {line.groups for line in checked.group_counts}
    if any(line.possible is None for line in checked.group_counts):
        yield "a number of groups left open"
    if not brute_force_numbers(problem) <= listed:
        yield f"not told: {brute_force_numbers(problem) - listed}"
    if checked.verdict is Verdict.UNDECIDED:
        yield "check: undecided"


def main(cases: int, first: int = 0) -> None:
    """Sweep so many cases, and tell what is wrong."""
    started = time.monotonic()
    tally: Counter[str] = Counter()
    for seed in range(first, first + cases):
        case = random_edge_case(seed)
        for fault in wrong(case):
            tally["wrong"] += 1
            print(f"seed {seed}: {fault}", flush=True)
        tally["impossible"] += not brute_force_feasible(case.problem())
    print(f"{cases} cases in {time.monotonic() - started:.0f} s: {dict(tally)}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
