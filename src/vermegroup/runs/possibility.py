"""What is possible with a roster, and why not, without forming groups to keep."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace

from vermegroup.outcome import Outcome, PartOutcome, Verdict
from vermegroup.problem import Problem
from vermegroup.runs.explaining import SHARE, explained
from vermegroup.solver import Limits
from vermegroup.solver.parting import each_part, may_wait
from vermegroup.splitting import parts_of

# Deterministic seconds for one number of groups, where a deal does not tell.
THOROUGH = 2.0


def possibility(problem: Problem, limits: Limits) -> Outcome:
    """Which numbers of groups are possible, of a split roster part by part.

    The verdict is FORMED where some grouping was found, though none is kept. A part that can have
    no group stands in nobody's way where its people may wait.
    """
    started = time.monotonic()
    # Most of the time is for explaining: whether anything is possible is mostly soon told.
    counting = replace(limits, seconds=limits.seconds * (1 - SHARE))
    parts = parts_of(problem)
    if not parts:
        return explained(_counted(problem, counting), limits, started)
    found = each_part(parts, counting, _counted)
    verdicts = _verdicts(found)
    worst = next(
        (v for v in (Verdict.IMPOSSIBLE, Verdict.UNDECIDED) if v in verdicts), Verdict.FORMED
    )
    deterministic = all(own.outcome.deterministic for own in found)
    whole = Outcome(worst, problem, (), deterministic=deterministic, parts=found)
    return explained(whole, limits, started)


def _verdicts(parts: Sequence[PartOutcome]) -> list[Verdict]:
    """What each part means for the whole: unless all are impossible, one where all wait is not."""
    if all(part.outcome.verdict is Verdict.IMPOSSIBLE for part in parts):
        return [Verdict.IMPOSSIBLE for _ in parts]
    return [Verdict.FORMED if may_wait(part.outcome) else part.outcome.verdict for part in parts]


def _counted(problem: Problem, limits: Limits) -> Outcome:
    from vermegroup.solver.limits import Search  # noqa: PLC0415
    from vermegroup.solver.possible_numbers import possible_numbers  # noqa: PLC0415

    search = Search(limits, thorough=THOROUGH)
    found = possible_numbers(problem, search)
    return Outcome(
        found.verdict,
        problem,
        found.table,
        because=found.because,
        deterministic=not search.cut_short,
        seconds=dict(search.seconds),
    )
