"""What is possible with a roster, and why not, without forming groups to keep."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace

from vermegroup.outcome import Outcome, PartOutcome, Verdict
from vermegroup.phrase import Phrase, phrase
from vermegroup.problem import Problem
from vermegroup.rules.trait_names import value_name
from vermegroup.runs.explaining import SHARE, explained
from vermegroup.solver import Limits
from vermegroup.splitting import Part, parts_of

# Deterministic seconds for one number of groups, where a deal does not tell.
THOROUGH = 2.0


def possibility(problem: Problem, limits: Limits) -> Outcome:
    """Which numbers of groups are possible, of a split roster part by part.

    The verdict is FORMED where some grouping was found, though none is kept. A part that can have
    no group stands in nobody's way where its people may wait.
    """
    parts = parts_of(problem)
    if not parts:
        return _whole(problem, limits)
    found = _each(parts, limits)
    verdicts = _verdicts(found)
    worst = next(
        (v for v in (Verdict.IMPOSSIBLE, Verdict.UNDECIDED) if v in verdicts), Verdict.FORMED
    )
    return Outcome(
        worst,
        problem,
        (),
        because=_because(problem, found[verdicts.index(worst)]),
        deterministic=all(own.outcome.deterministic for own in found),
        parts=found,
    )


def _each(parts: Sequence[Part], limits: Limits) -> tuple[PartOutcome, ...]:
    """The answer of each part. Time that one leaves over is there for those that follow."""
    ends = time.monotonic() + limits.seconds
    waiting = sum(len(part.people) for part in parts)
    found: list[PartOutcome] = []
    for part in parts:
        left = max(0.0, ends - time.monotonic())
        own = replace(limits, seconds=left * len(part.people) / waiting)
        found.append(PartOutcome(part.value, _without_plan(_whole(part.problem, own))))
        waiting -= len(part.people)
    return tuple(found)


def _without_plan(part: Outcome) -> Outcome:
    """How far one part gets is not how far one gets: other parts have no groups to tell of."""
    if part.why_not is None:
        return part
    return replace(part, why_not=replace(part.why_not, partial=None))


def _verdicts(parts: Sequence[PartOutcome]) -> list[Verdict]:
    """What each part means for the whole: unless all are impossible, one where all wait is not."""
    own = [part.outcome.verdict for part in parts]
    if all(verdict is Verdict.IMPOSSIBLE for verdict in own):
        return own
    waits = [not part.outcome.problem.rulebook.everyone for part in parts]
    return [
        Verdict.FORMED if verdict is Verdict.IMPOSSIBLE and may_wait else verdict
        for verdict, may_wait in zip(own, waits, strict=True)
    ]


def _because(problem: Problem, part: PartOutcome) -> Phrase | None:
    """Why a part has no groups, under its name."""
    split, because = problem.rulebook.split, part.outcome.because
    if split is None or because is None:
        return None
    told = "{part}: {because}"
    return phrase(told, told, told, part=value_name(split.by, part.value), because=because)


def _whole(problem: Problem, limits: Limits) -> Outcome:
    from vermegroup.solver.limits import Search  # noqa: PLC0415
    from vermegroup.solver.possible_numbers import possible_numbers  # noqa: PLC0415

    started = time.monotonic()
    # Most of the time is for explaining: whether anything is possible is mostly soon told.
    search = Search(replace(limits, seconds=limits.seconds * (1 - SHARE)), thorough=THOROUGH)
    found = possible_numbers(problem, search)
    outcome = Outcome(
        found.verdict,
        problem,
        found.table,
        because=found.because,
        deterministic=not search.cut_short,
        seconds=dict(search.seconds),
    )
    return explained(outcome, limits, started)
