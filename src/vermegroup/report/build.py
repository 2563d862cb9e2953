"""One report of one run: what came of it, why not, and how it came about."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from platform import python_version

from vermegroup._version import __version__
from vermegroup.domain.findings import Finding, Severity
from vermegroup.domain.grouping import Grouping
from vermegroup.domain.kind import Kind, Role, Sense
from vermegroup.domain.outcome import (
    Audit,
    Conflict,
    Outcome,
    PartialPlan,
    Repair,
    RuleStanding,
    Verdict,
    WhyNot,
)
from vermegroup.domain.plan import Breach
from vermegroup.domain.problem import PreferenceStanding, Problem
from vermegroup.domain.roster import Roster, labels_of
from vermegroup.domain.seats import waiting_people
from vermegroup.intake.people.attendance import ABSENT_TODAY
from vermegroup.judge.rivals import best_alone
from vermegroup.language.messages import Message, _, joined
from vermegroup.report import verdict
from vermegroup.report.groups import Group, Groups
from vermegroup.report.members import seated, with_common, with_edges
from vermegroup.report.report import (
    Amount,
    Counts,
    Input,
    LeftOutLine,
    Members,
    PartialLine,
    PreferenceLine,
    Provenance,
    RecordedCall,
    Report,
    RuleLine,
    Violation,
)
from vermegroup.report.verdict import PartAnswer, answers_of, part_lines, with_parts


def conflict_lines(answers: Sequence[PartAnswer]) -> tuple[Conflict, ...]:
    """Every conflict, under its part."""
    found = _diagnosed(answers)
    return tuple(
        replace(conflict, part=part)
        for part, _whole, why_not in found
        for conflict in why_not.conflicts
    )


def repair_lines(answers: Sequence[PartAnswer]) -> tuple[Repair, ...]:
    """Every repair, the cheapest of a part first."""
    found = _diagnosed(answers)
    return tuple(
        replace(repair, part=part) for part, _whole, why_not in found for repair in why_not.repairs
    )


def partial_line(answers: Sequence[PartAnswer]) -> PartialLine | None:
    """How far one gets; where the roster is split, with the whole of it."""
    found = (
        _partial(outcome, why_not.partial)
        for part, outcome, why_not in _diagnosed(answers)
        if part is None and why_not.partial is not None
    )
    return next(found, None)


def _diagnosed(answers: Sequence[PartAnswer]) -> Iterator[tuple[Message | None, Outcome, WhyNot]]:
    for part, outcome in answers:
        if outcome.why_not is not None:
            yield part, outcome, outcome.why_not


def _partial(outcome: Outcome, plan: PartialPlan) -> PartialLine:
    roster = outcome.problem.roster
    labels = labels_of(roster)
    left_out = tuple(
        LeftOutLine(str(roster.ids[left.person]), labels[left.person], left.because)
        for left in plan.left_out
    )
    placed = roster.people - len(left_out)
    spec = plan.problem.rulebook.groups
    asked = (spec.fewest, spec.most) != (None, None)
    return PartialLine(
        placed,
        plan.grouping.groups,
        plan.bound,
        plan.most,
        left_out,
        asked,
        plan.any_number,
        plan.merges_only,
    )


_GIVEN = _("the best possible, given the preferences before it")
_GIVEN_BONDS = _("the best possible, given the bonds and the preferences before it")
_LIBRARIES = ("numpy", "pandas", "ortools")


def provenance_of(
    outcome: Outcome,
    seed: int | None,
    inputs: tuple[Input, ...] = (),
    call: RecordedCall | None = None,
    day: str = "",
) -> Provenance:
    """The record of a run: the call that asked for it, and what it read; no seed: no search."""
    rulebook = outcome.problem.rulebook
    return Provenance(
        version=__version__,
        libraries=libraries(),
        seed=seed,
        rulebook=rulebook.plain,
        origin=rulebook.origin,
        inputs=inputs,
        deterministic=outcome.deterministic,
        seconds=outcome.seconds,
        day=day,
        call=call,
        earlier=(rulebook.asked or rulebook).earlier(),
        weights=(rulebook.asked or rulebook).pair_weights(),
    )


def libraries() -> dict[str, str]:
    """The versions of what can take part; equal runs tell the same, whatever is loaded by then."""
    return {"python": python_version(), **{name: _version_of(name) for name in _LIBRARIES}}


def _version_of(library: str) -> str:
    if library in sys.modules:
        return str(getattr(sys.modules[library], "__version__", ""))
    # Late and only for what is not loaded: looking it up takes a millisecond.
    from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415

    try:
        return version(library)
    except PackageNotFoundError:
        return ""


def build_report(
    outcome: Outcome,
    findings: Sequence[Finding],
    provenance: Provenance,
    *,
    judged: bool = False,
    bonds_first: bool = False,
) -> Report:
    """Everything there is to tell about an outcome.

    ``judged``: the grouping is another's; ``bonds_first``: bonds came before all preferences.
    """
    problem, grouping = outcome.problem, outcome.grouping
    members, groups, waitlist = _seated(problem, grouping)
    answers = answers_of(outcome)
    rules = tuple(line for part, answer in answers for line in _rules(answer, part))
    groups = _with_faults(with_common(with_parts(groups, answers), answers), rules)
    groups, edges = with_edges(groups, answers)
    return Report(
        verdict=outcome.verdict,
        proven=outcome.proven and outcome.verdict is not Verdict.INVALID,
        label=verdict.label(outcome, judged=judged),
        sentence=verdict.sentence(outcome, judged=judged),
        counts=counts_of(problem.roster, grouping),
        members=members,
        groups=groups,
        waitlist=waitlist,
        rules=rules,
        preferences=tuple(
            line for part, answer in answers for line in _preferences(answer, part, bonds_first)
        ),
        group_counts=tuple(
            replace(line, part=part) for part, answer in answers for line in answer.group_counts
        ),
        findings=(*findings, *_stopped(provenance)),
        provenance=provenance,
        parts=part_lines(outcome, judged=judged),
        conflicts=conflict_lines(answers),
        repairs=repair_lines(answers),
        partial=partial_line(answers),
        edges=edges,
    )


def _stopped(provenance: Provenance) -> tuple[Finding, ...]:
    """That the clock, or somebody, ended the search: then results are not the same each time."""
    return () if provenance.deterministic else (_STOPPED,)


_STOPPED = Finding(
    Severity.WARNING,
    _("The search was stopped by the clock, or by hand: another run may find other groups"),
    column="--time-limit",
    hint=_("With --effort and no --time-limit the result is the same each time"),
)


def counts_of(roster: Roster, grouping: Grouping | None) -> Counts:
    """What became of every row that is not blank; without a grouping nobody is placed."""
    waiting = len(waiting_people(roster, grouping)) if grouping else roster.people
    aside = len(roster.set_aside)
    absent = sum(each.reason == ABSENT_TODAY for each in roster.set_aside)
    return Counts(roster.people + aside, roster.people - waiting, waiting, aside, absent)


def amount(value: Fraction) -> Amount:
    """A fraction as the number a reader of the report gets."""
    return value.numerator if value.denominator == 1 else float(value)


def _seated(problem: Problem, grouping: Grouping | None) -> tuple[Members, Groups, Group]:
    if grouping is None:
        return Members([], [], ()), Groups(), Group("", 0, 0)
    return seated(problem, grouping)


def _with_faults(groups: Groups, rules: tuple[RuleLine, ...]) -> Groups:
    broken = Counter(
        group for rule in rules for group in {violation.group for violation in rule.violations}
    )
    if not broken:
        return groups
    places = ((place, broken[name]) for place, name in enumerate(groups.ids) if name in broken)
    return replace(groups, broken=dict(places))


def _rules(outcome: Outcome, part: Message | None) -> tuple[RuleLine, ...]:
    if outcome.audit is None or outcome.grouping is None:
        return tuple(
            RuleLine(
                rule.kind,
                rule.sentence(Role.RULE),
                None,
                part=part,
                entry=entry_of(rule),
                people=_named_in(rule),
            )
            for rule in outcome.problem.rulebook.rules
        )
    names = outcome.grouping.names
    roster = outcome.problem.roster
    labels = labels_of(roster) if not outcome.audit.valid else []
    lines = (_rule(standing, roster, labels, names) for standing in outcome.audit.rules)
    return tuple(replace(line, part=part) for line in lines)


def entry_of(kind: Kind) -> object:
    """A rule or preference as the rulebook has it; None where it has a section of its own."""
    return None if kind.limits_size or kind.in_section else kind.written()


def _named_in(kind: Kind) -> int:
    return len(set(kind.ids()))


def _rule(
    standing: RuleStanding, roster: Roster, labels: list[str], names: tuple[str, ...]
) -> RuleLine:
    margin = standing.margin
    return RuleLine(
        standing.rule.kind,
        standing.rule.sentence(Role.RULE),
        standing.satisfied,
        tuple(_violation(breach, roster, labels, names) for breach in standing.breaches),
        margin.slack if margin else None,
        margin.sentence if margin else None,
        entry=entry_of(standing.rule),
        people=_named_in(standing.rule),
    )


def _violation(
    breach: Breach, roster: Roster, labels: list[str], names: tuple[str, ...]
) -> Violation:
    return Violation(
        None if breach.group is None else names[breach.group],
        int(breach.amount),
        tuple(str(roster.ids[person]) for person in breach.people),
        tuple(labels[person] for person in breach.people),
        breach.sentence,
    )


def _preferences(
    outcome: Outcome, part: Message | None, bonds_first: bool
) -> tuple[PreferenceLine, ...]:
    roster, audit = outcome.problem.roster, outcome.audit
    if audit is None or not outcome.preferences:
        return tuple(
            PreferenceLine(
                kind.kind,
                kind.sentence(Role.PREFERENCE),
                None,
                None,
                proven=False,
                part=part,
                entry=entry_of(kind),
                people=_named_in(kind),
            )
            for kind in outcome.problem.rulebook.preferences
        )
    lines = [_preference(line, roster, audit, part) for line in outcome.preferences]
    given = [_GIVEN_BONDS] * len(lines) if bonds_first else [None, *[_GIVEN] * len(lines)]
    return tuple(
        _given(line, standing, outcome.problem, audit, before)
        for line, standing, before in zip(lines, outcome.preferences, given, strict=False)
    )


def _given(
    line: PreferenceLine,
    standing: PreferenceStanding,
    problem: Problem,
    audit: Audit,
    before: Message | None,
) -> PreferenceLine:
    """The line of a preference that is proven, with what it is best given."""
    kind = standing.preference
    if before is None or not line.proven or (kind.sense is Sense.LEAST and not standing.value):
        return line
    alone = best_alone(problem, kind)
    if alone == standing.value:
        return line
    told = None if alone is None else amount(kind.in_units(problem.roster, audit.plan, alone))
    return replace(line, best=before, alone=told)


def _preference(
    line: PreferenceStanding, roster: Roster, audit: Audit, part: Message | None
) -> PreferenceLine:
    kind = line.preference
    weighed = tuple(_preference(preference, roster, audit, part) for preference in line.weighed)
    return PreferenceLine(
        kind.kind,
        kind.sentence(Role.PREFERENCE),
        amount(kind.in_units(roster, audit.plan, line.value)),
        amount(kind.in_units(roster, audit.plan, line.bound)),
        line.proven and audit.valid,
        joined(preference.in_words for preference in weighed if preference.in_words is not None)
        if weighed
        else kind.in_words(roster, audit.plan, line.value),
        part,
        weighed,
        audit.plan.groups if line.this_number else None,
        entry=entry_of(kind),
        people=_named_in(kind),
    )
