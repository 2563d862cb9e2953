"""Random small rosters, and whether all that is said of them is true; brute force knows.

By hand: ``python -m tests.diagnosis.sweeping far 2000``, and so with ``repairs`` and ``table``.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace

from tests.diagnosis.applying import NoSuchPersonError, with_repair
from tests.diagnosis.oracle import (
    COUNT,
    Labels,
    brute_force_feasible,
    brute_force_fewest_waiting,
    brute_force_minimal_conflicts,
    brute_force_numbers,
    label,
    labels,
)
from tests.diagnosis.random_small import Case, random_edge_case
from vermegroup.audit import audit
from vermegroup.diagnosis import diagnose
from vermegroup.outcome import Outcome, Verdict
from vermegroup.problem import Problem
from vermegroup.runs.possibility import possibility
from vermegroup.solver import Limits, form
from vermegroup.why_not import Conflict, Remedy, Repair

PATIENCE = Limits(seconds=60)
FEW = 8


def far(case: Case) -> Iterator[str]:
    """How far one gets: the most people, with the number asked for or else with any."""
    problem, outcome = case.problem(), diagnosed(case)
    if outcome.why_not is None:
        return
    fewest, any_number = brute_force_fewest_waiting(problem), False
    if fewest is None and COUNT in labels(problem):
        fewest, any_number = brute_force_fewest_waiting(problem, any_number=True), True
    plan = outcome.why_not.partial
    if plan is None or fewest is None:
        if plan is not None or fewest is not None:
            yield f"plan: {plan}, though {fewest} must wait"
        return
    said = (len(plan.left_out), len(problem.roster) - plan.bound, plan.any_number)
    if said != (fewest, fewest, any_number):
        yield f"waiting, at least, any number: said {said}, right {fewest, fewest, any_number}"
    if not audit(plan.problem, plan.grouping).valid:
        yield "the plan breaks a rule"


def verdict(case: Case) -> Iterator[str]:
    """Whether groups are possible."""
    said, possible = diagnosed(case).verdict, brute_force_feasible(case.problem())
    if said is not (Verdict.FORMED if possible else Verdict.IMPOSSIBLE):
        yield f"said {said}, though brute force says {possible}"


def conflicts(case: Case) -> Iterator[str]:
    """Every conflict is one, and minimal where it is called so."""
    outcome = diagnosed(case)
    if outcome.why_not is None:
        return
    problem = case.problem()
    true = brute_force_minimal_conflicts(problem)
    for conflict in outcome.why_not.conflicts:
        own = labels_of(conflict)
        if not any(known <= own for known in true):
            yield f"no conflict: {sorted(own)}"
        elif conflict.minimal and own not in true:
            yield f"not minimal: {sorted(own)}"


def repairs(case: Case) -> Iterator[str]:
    """Every repair works when it is applied; and nothing less does, where that is said."""
    outcome = diagnosed(case)
    for repair in outcome.why_not.repairs if outcome.why_not else ():
        told = f"{repair.remedy.value} {dict(repair.change)}"
        try:
            changed = with_repair(case.people, case.rulebook, repair)
        except NoSuchPersonError as nobody:
            yield f"{told}: nobody is {nobody}"
            continue
        formed = form(changed, PATIENCE).verdict is Verdict.FORMED
        if repair.verified and not (formed and _may_be_feasible(changed)):
            yield f"{told}: does not work (formed: {formed})"
        if not repair.verified:
            yield f"{told}: not tried in all this time"
        if repair.cheapest:
            yield from (f"{told}: {less} does, too" for less in _less(case, repair))


def table(case: Case) -> Iterator[str]:
    """Which numbers of groups ``check`` calls possible."""
    problem = case.problem()
    outcome = possibility(problem, PATIENCE)
    possible = brute_force_numbers(problem)
    told = {line.groups: line.possible for line in outcome.group_counts}
    for groups, said in told.items():
        if said is not (groups in possible):
            yield f"{groups} groups: said {said}"
    if possible - set(told):
        yield f"not told: {possible - set(told)}"
    right = Verdict.FORMED if possible else Verdict.IMPOSSIBLE
    if outcome.verdict is not right:
        yield f"said {outcome.verdict}, right {right}"


def diagnosed(case: Case) -> Outcome:
    """The case's groups, or why there are none; worked out once for each case."""
    if case not in _KNOWN:
        _KNOWN.clear()
        _KNOWN[case] = diagnose(form(case.problem(), PATIENCE), PATIENCE)
    return _KNOWN[case]


_KNOWN: dict[Case, Outcome] = {}


def labels_of(conflict: Conflict) -> Labels:
    """A conflict as a set of rules by their names."""
    return frozenset(
        COUNT if own.rule is None else label(own.rule) for own in conflict.requirements
    )


def _less(case: Case, repair: Repair) -> Iterator[str]:
    """What less of the same change does as well; of bands and of mixtures some of it."""
    problem = case.problem()
    if repair.remedy is Remedy.WAITLIST:
        fewest = brute_force_fewest_waiting(problem)
        if fewest is not None and fewest < repair.cost:
            yield f"{fewest} waiting"
    elif repair.remedy is Remedy.RECRUIT:
        recruits = repair.change["recruit"]
        assert isinstance(recruits, list)
        for at in range(len(recruits)):
            fewer = {"recruit": [own for place, own in enumerate(recruits) if place != at]}
            if _feasible(case, repair, fewer):
                yield str(fewer)
    else:
        for less in _nearer(problem.rulebook.groups, repair):
            if _feasible(case, repair, {"rulebook": {"groups": less}}):
                yield str(less)


def _nearer(spec, repair: Repair) -> Iterator[dict[str, object]]:
    """Sizes and numbers of groups between those asked for and those of the repair."""
    own = repair.problem.rulebook.groups
    sizes = {"size": f"{spec.smallest}-{spec.largest}", "prefer": spec.prefer}
    asked = "auto" if spec.fewest is None else f"{spec.fewest}-{spec.most}"
    if repair.remedy is Remedy.SIZE:
        for by in range(1, int(repair.cost)):
            low = spec.smallest - by * (own.smallest < spec.smallest)
            high = spec.largest + by * (own.largest > spec.largest)
            yield {**sizes, "size": f"{low}-{high}", "count": asked}
    elif repair.remedy is Remedy.COUNT:
        reach = int(repair.cost) - 1
        low, high = max(1, spec.fewest - reach), spec.most + reach
        yield from ({**sizes, "count": own} for own in range(low, high + 1))


def _feasible(case: Case, repair: Repair, change: dict[str, object]) -> bool:
    less = replace(repair, change=change)
    return _may_be_feasible(with_repair(case.people, case.rulebook, less), otherwise=False)


def _may_be_feasible(problem: Problem, *, otherwise: bool = True) -> bool:
    """What brute force says, where people are not too many for it."""
    few = len(problem.roster) <= FEW
    return brute_force_feasible(problem) if few else otherwise


SWEEPS: dict[str, Callable[[Case], Iterator[str]]] = {
    "verdict": verdict,
    "far": far,
    "conflicts": conflicts,
    "repairs": repairs,
    "table": table,
}


def main(name: str, cases: int, first: int = 0) -> None:
    """Sweep that many cases, and tell what is wrong."""
    started = time.monotonic()
    tally: Counter[str] = Counter()
    for seed in range(first, first + cases):
        case = random_edge_case(seed)
        for own in name.split("+"):
            for wrong in SWEEPS[own](case):
                tally[f"wrong: {own}"] += 1
                print(f"seed {seed}, {own}: {wrong}", flush=True)
        tally["without groups"] += diagnosed(case).why_not is not None
        tally["repairs"] += len(why_not.repairs) if (why_not := diagnosed(case).why_not) else 0
    print(f"{cases} cases in {time.monotonic() - started:.0f} s: {dict(tally)}")


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:]))
