"""Whatever has no groups is explained before it is reported."""

from __future__ import annotations

import time
from dataclasses import replace

from vermegroup.domain.outcome import GroupCount, Outcome, Proof, Verdict
from vermegroup.solver.search import Limits

# The part of the time limit that is kept back for an explanation, and the most of it in seconds.
SHARE, MOST = 0.2, 8.0


def with_time_to_explain(limits: Limits) -> Limits:
    """The limits of the search itself, with some time left to explain what it finds."""
    return replace(limits, seconds=limits.seconds - min(MOST, SHARE * limits.seconds))


def explained(outcome: Outcome, limits: Limits, started: float) -> Outcome:
    """An outcome without groups with what diagnosis says of it, in the time that is left."""
    if outcome.verdict not in (Verdict.IMPOSSIBLE, Verdict.UNDECIDED):
        return outcome
    # Most runs find groups, and CP-SAT takes longer to load than they take.
    from vermegroup.diagnosis.diagnose import diagnose  # noqa: PLC0415

    left = limits.seconds - (time.monotonic() - started)
    return diagnose(outcome, replace(limits, seconds=max(0.0, left), workers=1))


def with_reasons(outcome: Outcome, limits: Limits, started: float) -> Outcome:
    """An outcome that has a partial plan, with the conflicts and repairs of those it is about.

    Of a split roster the plan is told alone.
    """
    if outcome.why_not is None or outcome.problem.rulebook.split is not None:
        return outcome
    assert outcome.because is not None
    plan = outcome.why_not.partial
    groups = 0 if plan is None else plan.grouping.groups
    verdict, possible = _for_any_groups(outcome, limits, started)
    searched = GroupCount(groups, possible, outcome.because, Proof.SEARCH)
    asked = replace(outcome, verdict=verdict, group_counts=(searched,))
    told = explained(asked, limits, started)
    if told.why_not is None:
        return outcome
    why_not = replace(told.why_not, partial=plan)
    return replace(told, verdict=outcome.verdict, group_counts=(), why_not=why_not)


def _for_any_groups(
    outcome: Outcome, limits: Limits, started: float
) -> tuple[Verdict, bool | None]:
    """What holds of groups of these people in general, shown anew: regrouping has other ways."""
    if outcome.verdict is not Verdict.IMPOSSIBLE:
        return outcome.verdict, None
    from vermegroup.solver.feasibility import decide  # noqa: PLC0415
    from vermegroup.solver.search import Search  # noqa: PLC0415

    left = max(0.0, limits.seconds - (time.monotonic() - started))
    search = Search(replace(limits, seconds=left / 2, workers=1))
    possible = decide(outcome.problem, search).possible
    return (Verdict.IMPOSSIBLE, False) if possible is False else (Verdict.UNDECIDED, None)
