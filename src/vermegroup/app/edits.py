"""Edits by hand as they are told: repairs of a grouping that breaks rules, and ready commands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from vermegroup.domain.bonds import Move
from vermegroup.domain.outcome import Outcome, PartOutcome, Remedy, Repair, WhyNot
from vermegroup.domain.problem import Problem
from vermegroup.judge.fixes import Fix, fixes_of
from vermegroup.report.calls import file_word, shell_line
from vermegroup.report.edits_text import edit_sentence, steps_of


@dataclass(frozen=True, slots=True)
class Call:
    """How groups were read: their file, and the options of the call that say so.

    Not ``again``: groups on standard input are gone, and pseudonyms are in no file that was read.
    """

    groups: str
    options: tuple[str, ...] = ()
    again: bool = True

    def command(self, moves: Sequence[Move]) -> str:
        """What applies some moves, for a shell; nothing where it could not read the same groups."""
        if not self.again:
            return ""
        return shell_line(
            ["vermegroup", "move", file_word(self.groups), *_moved(moves), *self.options]
        )


def _moved(moves: Sequence[Move]) -> Iterator[str]:
    steps = steps_of(moves)
    yield from (f"{_who(move)}={move.target or '-'}" for move, other in steps if other is None)
    for move, other in steps:
        if other is not None:
            yield from ("--swap", _who(move), _who(other))


def _who(move: Move) -> str:
    """Whoever is in several groups, with the one that is meant."""
    return f"{move.person}@{move.origin or '-'}" if move.also else move.person


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
