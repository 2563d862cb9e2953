"""A rebalancing as the outcome of a run: its verdict, its audit, and why not, if not."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from vermegroup.audit import audit
from vermegroup.diagnosis.left_out import left_out
from vermegroup.findings import AuditError
from vermegroup.grouping import WAITLIST, Grouping
from vermegroup.intake.attendance import ABSENT_TODAY
from vermegroup.moves import Policy
from vermegroup.outcome import Audit, Outcome, PartOutcome, PreferenceStanding, Verdict
from vermegroup.phrase import Phrase, groups_of, people_of, phrase
from vermegroup.problem import Problem
from vermegroup.rebalancing.rebalancing import Rebalanced
from vermegroup.rebalancing.stage import Stage
from vermegroup.roster import SetAside, Table
from vermegroup.settling import standings
from vermegroup.solver.draft import must_be_seated
from vermegroup.solver.limits import Search
from vermegroup.why_not import PartialPlan, WhyNot


def outcome_of(found: Rebalanced, table: Table, policy: Policy | None, search: Search) -> Outcome:
    """The answer for those who take part in what comes next; all others are set aside.

    ``table`` is the roster's, with what changed written into it. Where not everyone can be placed
    who must be, the grouping is the best partial one.

    Raises AuditError if the audit does not confirm that every rule holds in every group.
    """
    problem, grouping = _taking_part(found, table)
    verdict, because = _verdict(found, policy)
    for stage in found.stages:
        _confirm(audit(stage.problem, stage.after), complete=not stage.waiting)
    if verdict is Verdict.FORMED:
        last = found.stages[-1] if found.stages else None
        outcome = _answered(problem, grouping, audit(problem, grouping), last)
    else:
        partial = _partial(problem, grouping, proven=verdict is Verdict.IMPOSSIBLE)
        outcome = Outcome(verdict, problem, (), why_not=WhyNot(partial=partial))
    return replace(
        outcome, because=because, deterministic=not search.cut_short, seconds=search.seconds
    )


def _partial(problem: Problem, grouping: Grouping, *, proven: bool) -> PartialPlan:
    """The plan that places most people, where that is not everyone who must be placed."""
    waiting = left_out(problem, grouping, np.empty(0, dtype=np.int64))
    people = len(problem.roster)
    return PartialPlan(problem, grouping, waiting, people - len(waiting) if proven else people)


def _taking_part(found: Rebalanced, table: Table) -> tuple[Problem, Grouping]:
    whole = found.problem.roster
    if not found.stages:
        return Problem(replace(whole, table=table), found.problem.rulebook), found.before
    last = found.stages[-1]
    aside = sorted((*whole.set_aside, *_others(found, last)), key=lambda each: each.row)
    roster = replace(last.problem.roster, table=table, set_aside=tuple(aside))
    return Problem(roster, last.problem.rulebook), last.after


def _others(found: Rebalanced, last: Stage) -> list[SetAside]:
    roster = found.problem.roster
    reasons = dict.fromkeys(found.change.left.tolist(), _LEFT)
    reasons |= dict.fromkeys(found.change.absent.tolist(), ABSENT_TODAY)
    out = np.setdiff1d(np.arange(len(roster)), last.here)
    numbers = roster.table.row_numbers[roster.rows[out]]
    return [
        SetAside(int(row), reasons.get(person, _NO_MEMBER))
        for person, row in zip(out.tolist(), numbers, strict=True)
    ]


def _confirm(audited: Audit, *, complete: bool) -> None:
    """Raise AuditError where a group breaks a rule, or a complete grouping any."""
    for standing in audited.rules:
        for breach in standing.breaches:
            if complete or breach.group is not None:
                raise AuditError(f"{standing.rule.kind}: {breach.sentence.en}")
    for part in audited.parts:
        _confirm(part.audit, complete=complete)


def _answered(problem: Problem, grouping: Grouping, audited: Audit, last: Stage | None) -> Outcome:
    """The outcome without its verdict; of a split roster with one for each part."""
    if not audited.parts:
        told = _told(problem, grouping, audited, last, 0)
        return Outcome(Verdict.FORMED, problem, (), grouping, audited, told)
    parts = tuple(
        PartOutcome(
            part.value,
            Outcome(
                Verdict.FORMED,
                part.problem,
                (),
                part.grouping,
                part.audit,
                _told(part.problem, part.grouping, part.audit, last, place),
            ),
        )
        for place, part in enumerate(audited.parts)
    )
    return Outcome(Verdict.FORMED, problem, (), grouping, audited, parts=parts)


def _told(
    problem: Problem, grouping: Grouping, audited: Audit, last: Stage | None, part: int
) -> tuple[PreferenceStanding, ...]:
    """Preferences beside the best that they could be without breaking more bonds."""
    if not grouping.groups:
        return ()
    if last is None:  # everything stayed, and nothing else would keep every group as it is
        shown = dict(enumerate(standing.value for standing in audited.preferences))
    else:
        answer = last.answers[part] if part < len(last.answers) else None
        shown = dict(answer.bounds) if answer is not None and answer.proven else {}
    return standings(problem, audited.plan, grouping.seating(), shown)


def _verdict(found: Rebalanced, policy: Policy | None) -> tuple[Verdict, Phrase | None]:
    """Formed, unless somebody waits whom the rules want placed."""
    for stage in found.stages:
        left_over = _left_over(stage)
        if not left_over:
            continue
        proven = stage.proven
        form = _CANNOT if proven else _NOT_FOUND
        because = phrase(
            form.en,
            form.fi,
            form.sv,
            people=people_of(left_over),
            how=_WHOLE if policy is Policy.MERGE else Phrase("", "", ""),
        )
        return (Verdict.IMPOSSIBLE if proven else Verdict.UNDECIDED), because
    return Verdict.FORMED, None


def _left_over(stage: Stage) -> int:
    waiting = stage.after.waitlist()
    if any(_everyone(problem) for problem in _problems(stage.problem)):
        return len(waiting)
    return int(np.isin(waiting, must_be_seated(stage.problem)).sum())


def _problems(problem: Problem) -> list[Problem]:
    from vermegroup.splitting import parts_of  # noqa: PLC0415

    return [part.problem for part in parts_of(problem)] or [problem]


def _everyone(problem: Problem) -> bool:
    return problem.rulebook.everyone


def label_of(found: Rebalanced, outcome: Outcome) -> Phrase | None:
    """The verdict in a word or two, where groups were found."""
    if outcome.verdict is not Verdict.FORMED:
        return None
    return _REBALANCED if found.stages and _changed(found) else _NOTHING


def sentence_of(found: Rebalanced, outcome: Outcome) -> Phrase | None:
    """The verdict in one sentence, where groups were found."""
    if outcome.verdict is not Verdict.FORMED:
        return None
    if not _changed(found):
        return _ALL_STAY
    groups = outcome.grouping.groups if outcome.grouping is not None else 0
    touched = sum(stage.touched for stage in found.stages)
    return phrase(
        "{people} are in {groups}, and every rule holds. {touched} changed, {bonds}",
        "{people} on {count} ryhmässä, ja kaikki säännöt toteutuvat. Muuttuneita ryhmiä on {n}; "
        "{bonds}",
        "{people} är i {groups}, och alla regler är uppfyllda. {n} av grupperna ändrades, {bonds}",
        people=people_of(int((found.result.group_of != WAITLIST).sum())),
        groups=groups_of(groups),
        count=groups,
        touched=groups_of(touched),
        n=touched,
        bonds=_bonds(found),
    )


def _bonds(found: Rebalanced) -> Phrase:
    broken = found.bonds().broken
    if not broken:
        return _NONE_BROKEN
    proven = all(stage.proven for stage in found.stages)
    return phrase(
        "{n} of {all} bonds broke{proof}.",
        "{all} sidoksesta katkesi {n}{proof}.",
        "{n} av {all} band bröts{proof}.",
        n=broken,
        all=found.bonds().before,
        proof=_PROVEN if proven else Phrase("", "", ""),
    )


def _changed(found: Rebalanced) -> bool:
    """Whether anybody is in another group than before, or together with other people."""
    if any(stage.touched or stage.waiting for stage in found.stages):
        return True
    newcomers = (stage.before.group_of < 0 for stage in found.stages)
    return any(own.any() for own in newcomers)


_CANNOT = Phrase(
    "{people} cannot be placed without breaking a rule{how}; the best partial plan is shown",
    "{people} jää ilman ryhmää, ellei sääntöjä rikota{how}; tässä on paras osittainen suunnitelma",
    "{people} kan inte placeras utan att en regel bryts{how}; här är den bästa delplanen",
)
_NOT_FOUND = Phrase(
    "No plan was found that places everyone{how}; in the best one, {people} are left over",
    "Kaikille ei löytynyt ryhmää{how}; parhaassa suunnitelmassa ilman jää {people}",
    "Ingen plan hittades som placerar alla{how}; i den bästa blir {people} utan grupp",
)
_LEFT = Phrase("Left for good", "Lähtenyt kokonaan", "Har slutat helt")
_NO_MEMBER = Phrase(
    "On the waitlist, so not part of this meeting",
    "Jonossa, joten ei mukana tässä tapaamisessa",
    "På väntelistan, så inte med på den här träffen",
)
_WHOLE = Phrase(
    " while groups are only combined whole (--policy move allows more)",
    ", kun ryhmiä vain yhdistetään kokonaisina (--policy move sallii enemmän)",
    " när grupper bara slås ihop hela (--policy move tillåter mer)",
)
_REBALANCED = Phrase("Groups rebalanced", "Ryhmät tasapainotettu", "Grupperna är ombalanserade")
_NOTHING = Phrase("Nothing to do", "Ei tehtävää", "Inget att göra")
_ALL_STAY = Phrase(
    "Every group can stay as it is, and every rule holds.",
    "Kaikki ryhmät voivat pysyä ennallaan, ja kaikki säännöt toteutuvat.",
    "Alla grupper kan förbli som de är, och alla regler är uppfyllda.",
)
_NONE_BROKEN = Phrase("and no bond broke.", "yksikään sidos ei katkennut.", "och inget band bröts.")
_PROVEN = Phrase(
    ", and no plan breaks fewer", ", eikä vähemmällä selviä", ", och ingen plan bryter färre"
)
