"""Several groupings of the same people: those that were there before, and those after them."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from vermegroup.app.privacy.how import Openly
from vermegroup.app.references import References
from vermegroup.app.save import ReportedOutcome
from vermegroup.domain.findings import AuditError, Finding, InputError, Severity
from vermegroup.domain.grouping import WAITLIST, EarlierGroups, Grouping, group_names
from vermegroup.domain.meetings import Round, Rounds, met
from vermegroup.domain.outcome import Outcome, Verdict
from vermegroup.domain.problem import Problem
from vermegroup.domain.roster import Roster
from vermegroup.intake.files.readings import ROUND
from vermegroup.intake.groups import GIVES_WAY
from vermegroup.intake.people.people import People
from vermegroup.intake.pipeline import read_rounds
from vermegroup.judge.auditor import judged
from vermegroup.judge.meetings import fewest_repeats
from vermegroup.language.messages import _, ngettext
from vermegroup.language.terms import people_of
from vermegroup.report.build_rounds import with_rounds
from vermegroup.report.to_csv import rounds_csv
from vermegroup.solver.rounds.plan_rounds import Planned, plan_rounds
from vermegroup.solver.search import Limits, Listener


@dataclass(frozen=True, slots=True)
class RoundsRequest:
    """So many rounds of the people in ``roster``; those in the files ``after`` are the first."""

    roster: str
    rounds: int
    after: tuple[Path, ...] = ()


def earlier_rounds(
    wanted: RoundsRequest, people: People, names: Openly
) -> tuple[list[EarlierGroups], tuple[Finding, ...]]:
    """The rounds that were there before, by the ids of these people, and what is to say of them.

    Raises:
        InputError: a file cannot be read, or they leave no round to be formed.
    """
    with names.faults(wanted.roster, *map(str, wanted.after)):
        files = [each for path in wanted.after for each in read_rounds(path, path.name, ROUND)]
        if len(files) >= wanted.rounds:
            raise InputError([_nothing_left(wanted, len(files))])
        references = References(people, names)
        files = list(map(references.earlier, files))
        references.stop_on_faults()
    notices = tuple(dict.fromkeys(references.notices))
    return list(map(names.earlier, files)), names.findings(notices)


def _nothing_left(wanted: RoundsRequest, fixed: int) -> Finding:
    return Finding(
        Severity.ERROR,
        ngettext(
            "The earlier rounds are {n} already, so none is left to be formed",
            "The earlier rounds are {n} already, so none is left to be formed",
            fixed,
        ),
        column="--rounds",
        value=str(wanted.rounds),
        hint=_("--rounds counts all rounds, those of --after included"),
    )


def about_rounds(
    answer: ReportedOutcome, earlier: Sequence[EarlierGroups], noticed: Sequence[Finding]
) -> ReportedOutcome:
    """The answer with what was noticed of earlier rounds; no column of the roster gives way."""
    gone = (_gone(each, answer.outcome.problem.roster) for each in earlier)
    kept = (line for line in answer.report.findings if line.message != GIVES_WAY)
    findings = (*kept, *noticed, *dict.fromkeys(line for line in gone if line is not None))
    return replace(answer, report=replace(answer.report, findings=findings))


def _gone(earlier: EarlierGroups, roster: Roster) -> Finding | None:
    ids = [id_ for group in earlier.groups for id_ in group]
    gone = int((roster.positions(ids) < 0).sum()) if ids else 0
    if not gone:
        return None
    message = ngettext(
        "{people} in the earlier groups is not on the roster, and is left out of account",
        "{people} in the earlier groups are not on the roster, and are left out of account",
        gone,
        people=people_of(gone),
    )
    return Finding(Severity.NOTICE, message, file=earlier.file)


def with_further_rounds(
    answer: ReportedOutcome,
    rounds: int,
    earlier: Sequence[EarlierGroups],
    limits: Limits,
    listener: Listener,
) -> ReportedOutcome:
    """What was formed once, as so many rounds in all, of which the first are the earlier ones.

    Raises AuditError if the audit does not confirm a round, which is a defect.
    """
    first = answer.outcome
    assert first.grouping is not None
    problem = first.problem
    fixed = [_grouping_of(each, problem.roster) for each in earlier]
    before = [grouping.group_of for grouping in fixed]
    planned = plan_rounds(first, rounds - len(fixed), before, limits, listener)
    judging = time.monotonic()
    found = _judged(problem, fixed, planned)
    bound = fewest_repeats(problem, first.grouping, len(planned.groupings), before)
    groupings = (*fixed, *planned.groupings)
    whole = Rounds(
        found, met([grouping.group_of for grouping in groupings], len(problem.roster)), bound
    )
    seconds = {
        **first.seconds,
        "meet": planned.seconds,
        "audit": first.seconds.get("audit", 0.0) + time.monotonic() - judging,
    }
    provenance = replace(
        answer.report.provenance,
        deterministic=answer.report.provenance.deterministic and planned.deterministic,
        seconds=seconds,
    )
    report = with_rounds(replace(answer.report, provenance=provenance), problem, whole)
    return replace(
        answer,
        outcome=whole.formed[0].outcome,
        report=report,
        groups=rounds_csv(problem.roster, groupings),
        interrupted=limits.stop.is_set(),
    )


def _grouping_of(earlier: EarlierGroups, roster: Roster) -> Grouping:
    """An earlier round as a grouping of the roster's people; groups of nobody are left out."""
    group_of = np.full(len(roster), WAITLIST)
    names: list[str] = []
    for place, ids in enumerate(earlier.groups):
        people = roster.positions(ids)
        people = people[people >= 0]
        if len(people):
            group_of[people] = len(names)
            names.append(earlier.names[place] if earlier.names else "")
    return Grouping(group_of, tuple(names) if all(names) else group_names(len(names)))


def _judged(problem: Problem, fixed: Sequence[Grouping], planned: Planned) -> tuple[Round, ...]:
    """Every round with its audit, which must confirm those that are new."""
    before = (Round(_judgement(problem, grouping), fixed=True) for grouping in fixed)
    new = [Round(_judgement(problem, grouping)) for grouping in planned.groupings]
    for each in new:
        if each.outcome.verdict is not Verdict.FORMED:
            raise AuditError("a round breaks a rule")
    return (*before, *new)


def _judgement(problem: Problem, grouping: Grouping) -> Outcome:
    return judged(problem, grouping, time.monotonic())
