"""Repairs of a grouping that breaks rules, as they are told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from vermegroup.app.move_calls import Call
from vermegroup.domain.outcome import Outcome, PartOutcome, Remedy, Repair, WhyNot
from vermegroup.domain.problem import Problem
from vermegroup.judge.fixes import Fix, fixes_of
from vermegroup.report.edits_text import edit_sentence


def with_fixes(outcome: Outcome, call: Call) -> Outcome:
    """The outcome of an audit with the cheapest edits that put right what is broken."""
    if outcome.grouping is None or outcome.audit is None or outcome.audit.valid:
        return outcome
    fixes = fixes_of(outcome.problem, outcome.grouping, outcome.audit)
    parts = tuple(
        PartOutcome(part.value, _with(part.outcome, fixes, part.value, call))
        for part in outcome.parts
    )
    return _with(replace(outcome, parts=parts), fixes, None, call)


def _with(outcome: Outcome, fixes: Sequence[Fix], part: str | None, call: Call) -> Outcome:
    repairs = tuple(_repair(fix, outcome.problem, call) for fix in fixes if fix.part == part)
    return replace(outcome, why_not=WhyNot(repairs=repairs)) if repairs else outcome


def _repair(fix: Fix, problem: Problem, call: Call) -> Repair:
    return Repair(
        Remedy.MOVE,
        edit_sentence(fix.moves, by_name=False),
        len(fix.moves),
        fix.cheapest,
        problem,
        {"moves": {move.person: move.target for move in fix.moves}},
        verified=True,
        named_sentence=edit_sentence(fix.moves),
        command=call.command(fix.moves),
    )
