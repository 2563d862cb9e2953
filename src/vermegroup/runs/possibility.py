"""What is possible with a roster, and why not, without forming groups to keep."""

from __future__ import annotations

import time
from dataclasses import replace

from vermegroup.outcome import GroupCount, Outcome, PartOutcome, Verdict
from vermegroup.problem import Problem
from vermegroup.runs.explaining import SHARE, explained
from vermegroup.solver import Limits
from vermegroup.splitting import parts_of

# Deterministic seconds for one number of groups, where a deal does not tell.
THOROUGH = 2.0


def possibility(problem: Problem, limits: Limits) -> Outcome:
    """Which numbers of groups are possible, of a split roster part by part.

    The verdict is FORMED where some grouping was found, though none is kept.
    """
    parts = parts_of(problem)
    if not parts:
        return _whole(problem, limits)
    shared = replace(limits, seconds=limits.seconds / len(parts))
    found = tuple(PartOutcome(part.value, _whole(part.problem, shared)) for part in parts)
    verdicts = [own.outcome.verdict for own in found]
    worst = next(
        (v for v in (Verdict.IMPOSSIBLE, Verdict.UNDECIDED) if v in verdicts), Verdict.FORMED
    )
    because = next((own.outcome.because for own in found if own.outcome.verdict is worst), None)
    return Outcome(worst, problem, (), because=because, parts=found)


def _whole(problem: Problem, limits: Limits) -> Outcome:
    from vermegroup.solver.limits import Search  # noqa: PLC0415
    from vermegroup.solver.possible_numbers import possible_numbers  # noqa: PLC0415

    started = time.monotonic()
    # Most of the time is for explaining: whether anything is possible is mostly soon told.
    search = Search(replace(limits, seconds=limits.seconds * (1 - SHARE)), thorough=THOROUGH)
    table = possible_numbers(problem, search)
    outcome = Outcome(
        _verdict(table),
        problem,
        table,
        deterministic=not search.cut_short,
        seconds=dict(search.seconds),
    )
    return explained(_with_reason(outcome), limits, started)


def _verdict(table: tuple[GroupCount, ...]) -> Verdict:
    if any(line.possible for line in table):
        return Verdict.FORMED
    if all(line.possible is False for line in table):
        return Verdict.IMPOSSIBLE
    return Verdict.UNDECIDED


def _with_reason(outcome: Outcome) -> Outcome:
    """The outcome with its reason, where arithmetic alone has one."""
    from vermegroup.solver.counting import candidates, why_none  # noqa: PLC0415
    from vermegroup.why_not import Proof  # noqa: PLC0415

    arithmetic = all(line.proof is Proof.ARITHMETIC for line in outcome.group_counts)
    if outcome.verdict is not Verdict.IMPOSSIBLE or not arithmetic:
        return outcome
    problem = outcome.problem
    return replace(outcome, because=why_none(problem, candidates(problem)))
