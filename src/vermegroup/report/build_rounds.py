"""The report of several rounds: that of each, and who meets whom in them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from vermegroup.domain.meetings import Rounds
from vermegroup.domain.problem import Problem
from vermegroup.domain.roster import labels_of
from vermegroup.language.messages import Message, _, joined, ngettext
from vermegroup.language.terms import groups_of, people_of
from vermegroup.report.build import build_report
from vermegroup.report.groups import Group, Groups
from vermegroup.report.report import (
    Members,
    RepeatLine,
    Report,
    RoundLine,
    RoundLines,
    RuleLine,
)


def with_rounds(report: Report, problem: Problem, rounds: Rounds) -> Report:
    """The report of what was formed once, as one of all rounds; its findings and record stay."""
    lines = tuple(
        RoundLine(
            number, build_report(each.outcome, (), report.provenance, judged=True), each.fixed
        )
        for number, each in enumerate(rounds.rounds, 1)
    )
    new = [line.report for line in lines if not line.fixed]
    each_best = all(line.proven for told in new for line in told.preferences)
    return replace(
        report,
        label=_("Rounds formed"),
        sentence=_sentence(rounds, new[0]),
        proven=rounds.proven and each_best,
        members=Members([], [], ()),
        groups=Groups(),
        waitlist=Group("", 0, 0),
        rules=tuple(_of_all(told) for told in zip(*(one.rules for one in new), strict=True)),
        preferences=tuple(
            replace(line, value=None, bound=None, in_words=None, weighed=(), proven=False)
            for line in report.preferences
        ),
        parts=(),
        edges=(),
        rounds=_round_lines(problem, rounds, lines),
    )


def _of_all(lines: tuple[RuleLine, ...]) -> RuleLine:
    """How a rule stands in all new rounds."""
    satisfied = all(line.satisfied for line in lines)
    return replace(lines[0], satisfied=satisfied, slack=None, room=None, violations=())


def _round_lines(problem: Problem, rounds: Rounds, lines: tuple[RoundLine, ...]) -> RoundLines:
    people, met = len(problem.roster), rounds.met
    again = np.flatnonzero(met.often > 1)
    again = again[np.argsort(-met.often[again], kind="stable")]
    where = _where(rounds)
    ids, labels = list(map(str, problem.roster.ids)), labels_of(problem.roster)
    pairs = zip(met.first[again].tolist(), met.second[again].tolist(), strict=True)
    repeated = tuple(
        RepeatLine((ids[a], ids[b]), (labels[a], labels[b]), where(a, b)) for a, b in pairs
    )
    count = people * (people - 1) // 2
    return RoundLines(lines, count, met.once, met.repeats, rounds.bound, rounds.proven, repeated)


def _where(rounds: Rounds) -> Callable[[int, int], tuple[int, ...]]:
    """In which rounds two people meet."""
    found = [each.outcome.grouping for each in rounds.rounds]
    groups = np.stack([grouping.group_of for grouping in found if grouping is not None])

    def where(one: int, two: int) -> tuple[int, ...]:
        meet = (groups[:, one] == groups[:, two]) & (groups[:, one] >= 0)
        return tuple((np.flatnonzero(meet) + 1).tolist())

    return where


def _sentence(rounds: Rounds, first: Report) -> Message:
    """What was formed, and how many meetings are repeats."""
    formed = ngettext(
        "{n} round is formed, with {people} in {groups}, and every rule holds.",
        "{n} rounds are formed, each with {people} in {groups}, and every rule holds.",
        len(rounds.formed),
        people=people_of(first.counts.placed),
        groups=groups_of(len(first.groups)),
    )
    return joined([formed, _repeats_told(rounds)], " ")


def _repeats_told(rounds: Rounds) -> Message:
    """How many meetings are repeats, and how few there could be."""
    repeats = rounds.met.repeats
    if not repeats:
        return _("Nobody meets anyone twice.")
    if rounds.proven:
        return ngettext(
            "{n} meeting is a repeat, and it is proven that there cannot be fewer with groups of "
            "these sizes.",
            "{n} meetings are repeats, and it is proven that there cannot be fewer with groups of "
            "these sizes.",
            repeats,
        )
    if not rounds.bound:
        return ngettext(
            "{n} meeting is a repeat; whether there must be any is not known.",
            "{n} meetings are repeats; whether there must be any is not known.",
            repeats,
        )
    return ngettext(
        "{n} meeting is a repeat; with groups of these sizes there are at least {bound}.",
        "{n} meetings are repeats; with groups of these sizes there are at least {bound}.",
        repeats,
        bound=rounds.bound,
    )
