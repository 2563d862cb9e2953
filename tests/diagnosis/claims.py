"""What is claimed of a small roster, and which of it is false; brute force knows.

Only what is false is told: to say less is no falsehood. What should be said besides is asked in
:mod:`tests.diagnosis.sweeping`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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
)
from tests.diagnosis.random_small import Case
from vermegroup.domain.outcome import (
    Conflict,
    GroupCount,
    Outcome,
    PartialPlan,
    Remedy,
    Repair,
    Verdict,
)
from vermegroup.domain.problem import Problem
from vermegroup.domain.rulebook import GroupSpec
from vermegroup.judge.auditor import audit

FEW = 8
"""People that brute force is asked about in reasonable time."""


def false_claims(case: Case, problem: Problem, outcome: Outcome) -> Iterator[str]:
    """All that is false in an outcome and its diagnosis."""
    yield from of_verdict(problem, outcome.verdict)
    yield from of_table(problem, outcome.group_counts)
    why_not = outcome.why_not
    if why_not is None:
        return
    if why_not.partial is not None:
        yield from of_plan(problem, why_not.partial)
    for conflict in why_not.conflicts:
        yield from of_conflict(problem, conflict)
    for repair in why_not.repairs:
        yield from of_repair(case, problem, repair)


def of_verdict(problem: Problem, verdict: Verdict) -> Iterator[str]:
    """Formed where groups are possible, impossible where they are not."""
    possible = brute_force_feasible(problem)
    if verdict is (Verdict.IMPOSSIBLE if possible else Verdict.FORMED):
        yield f"{verdict}, though brute force says {possible}"


def of_table(problem: Problem, lines: Sequence[GroupCount]) -> Iterator[str]:
    """Each number of groups possible or not."""
    possible = brute_force_numbers(problem)
    for line in lines:
        if line.possible is (line.groups not in possible):
            yield f"{line.groups} groups: said {line.possible}"


def of_plan(problem: Problem, plan: PartialPlan) -> Iterator[str]:
    """The plan keeps its rules, and no more can be placed than it says."""
    if not audit(plan.problem, plan.grouping).valid:
        yield "the plan breaks a rule"
    fewest = brute_force_fewest_waiting(problem, any_number=plan.any_number)
    most = len(problem.roster) - (len(problem.roster) if fewest is None else fewest)
    placed = len(problem.roster) - len(plan.left_out)
    if placed > most or plan.bound < most:
        yield f"{placed} placed and {plan.bound} at the most, right {most}"


def of_conflict(problem: Problem, conflict: Conflict) -> Iterator[str]:
    """The conflict is one, and minimal if it is called so."""
    labels, true = labels_of(conflict), brute_force_minimal_conflicts(problem)
    if not any(known <= labels for known in true):
        yield f"no conflict: {sorted(labels)}"
    elif conflict.minimal and labels not in true:
        yield f"not minimal: {sorted(labels)}"


def of_repair(case: Case, problem: Problem, repair: Repair) -> Iterator[str]:
    """The repair works if it is called verified; nothing less does, if it is called cheapest."""
    change = f"{repair.remedy.value} {dict(repair.change)}"
    try:
        changed = with_repair(case.people, case.rulebook, repair)
    except NoSuchPersonError as nobody:
        yield f"{change}: nobody is {nobody}"
        return
    if repair.verified and not _may_be_feasible(changed):
        yield f"{change}: does not work"
    if repair.cheapest:
        yield from (f"{change}: {less} does, too" for less in _less(case, problem, repair))


def labels_of(conflict: Conflict) -> Labels:
    """A conflict as a set of rules by their names."""
    return frozenset(
        COUNT if requirement.rule is None else label(requirement.rule)
        for requirement in conflict.requirements
    )


def _less(case: Case, problem: Problem, repair: Repair) -> Iterator[str]:
    """What less of the same change does as well; of mixtures of newcomers some of it."""
    if brute_force_feasible(problem):
        yield "no change at all"
    if repair.remedy is Remedy.WAITLIST:
        fewest = brute_force_fewest_waiting(problem)
        if fewest is not None and fewest < repair.cost:
            yield f"{fewest} waiting"
    for change in _lesser(problem.rulebook.groups, repair):
        less = replace(repair, change=change)
        changed = with_repair(case.people, case.rulebook, less)
        if _may_be_feasible(changed, otherwise=False):
            yield str(change)


def _lesser(spec: GroupSpec, repair: Repair) -> Iterator[dict[str, object]]:
    recruits = repair.change.get("recruit", [])
    assert isinstance(recruits, list)
    for at in range(len(recruits)):
        yield {"recruit": [recruit for place, recruit in enumerate(recruits) if place != at]}
    for groups in _nearer(spec, repair):
        yield {"rulebook": {"groups": groups}}


def _nearer(spec: GroupSpec, repair: Repair) -> Iterator[dict[str, object]]:
    """Sizes and numbers of groups between those asked for and those of the repair."""
    repaired = repair.problem.rulebook.groups
    sizes = {"size": f"{spec.smallest}-{spec.largest}", "prefer": spec.prefer}
    if repair.remedy is Remedy.SIZE:
        asked = "auto" if spec.fewest is None else f"{spec.fewest}-{spec.most}"
        for by in range(1, int(repair.cost)):
            low = spec.smallest - by * (repaired.smallest < spec.smallest)
            high = spec.largest + by * (repaired.largest > spec.largest)
            yield {**sizes, "size": f"{low}-{high}", "count": asked}
    elif repair.remedy is Remedy.COUNT:
        assert spec.fewest is not None
        assert spec.most is not None
        reach = int(repair.cost) - 1
        numbers = range(max(1, spec.fewest - reach), spec.most + reach + 1)
        yield from ({**sizes, "count": groups} for groups in numbers)


def _may_be_feasible(problem: Problem, *, otherwise: bool = True) -> bool:
    """What brute force says, where people are not too many for it."""
    return brute_force_feasible(problem) if len(problem.roster) <= FEW else otherwise
