"""One report of one run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from vermegroup.findings import Finding
from vermegroup.grouping import Grouping
from vermegroup.kind import Breach, Role
from vermegroup.outcome import Audit, GroupCount, Outcome, RuleStanding, Verdict
from vermegroup.problem import Problem
from vermegroup.report import verdict
from vermegroup.report.members import labels_of, seated
from vermegroup.report.report import (
    Amount,
    Counts,
    Group,
    GroupCountLine,
    Members,
    PreferenceLine,
    Provenance,
    Report,
    RuleLine,
    Violation,
)
from vermegroup.roster import Roster


def build_report(
    outcome: Outcome, findings: Sequence[Finding], provenance: Provenance, *, judged: bool = False
) -> Report:
    """Everything there is to tell about an outcome; ``judged``: the grouping is another's."""
    problem, grouping = outcome.problem, outcome.grouping
    members, groups, waitlist = _seated(problem, grouping)
    return Report(
        verdict=outcome.verdict,
        proven=outcome.proven and outcome.verdict is not Verdict.INVALID,
        label=verdict.label(outcome, judged=judged),
        sentence=verdict.sentence(outcome, judged=judged),
        counts=counts_of(problem.roster, grouping),
        members=members,
        groups=_with_faults(groups, outcome.audit),
        waitlist=waitlist,
        rules=_rules(outcome),
        preferences=_preferences(outcome),
        group_counts=tuple(map(_group_count, outcome.group_counts)),
        findings=tuple(findings),
        provenance=provenance,
    )


def counts_of(roster: Roster, grouping: Grouping | None) -> Counts:
    """What became of every row that is not blank; without a grouping nobody is placed."""
    waiting = len(grouping.waitlist()) if grouping else len(roster)
    aside = len(roster.set_aside)
    return Counts(len(roster) + aside, len(roster) - waiting, waiting, aside)


def amount(value: Fraction) -> Amount:
    """A fraction as the number a reader of the report gets."""
    return value.numerator if value.denominator == 1 else float(value)


def _seated(
    problem: Problem, grouping: Grouping | None
) -> tuple[Members, tuple[Group, ...], Group]:
    if grouping is None:
        return Members([], [], ()), (), Group("", 0, 0)
    return seated(problem, grouping)


def _with_faults(groups: tuple[Group, ...], audit: Audit | None) -> tuple[Group, ...]:
    if audit is None or audit.valid:
        return groups
    broken = Counter(
        group
        for standing in audit.rules
        for group in {breach.group for breach in standing.breaches}
        if group is not None
    )
    return tuple(
        replace(group, rules_broken=broken[index]) if index in broken else group
        for index, group in enumerate(groups)
    )


def _rules(outcome: Outcome) -> tuple[RuleLine, ...]:
    if outcome.audit is None or outcome.grouping is None:
        return tuple(
            RuleLine(rule.kind, rule.sentence(Role.RULE), None)
            for rule in outcome.problem.rulebook.rules
        )
    names = outcome.grouping.names
    roster = outcome.problem.roster
    labels = list(labels_of(roster)) if not outcome.audit.valid else []
    return tuple(_rule(standing, roster, labels, names) for standing in outcome.audit.rules)


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


def _preferences(outcome: Outcome) -> tuple[PreferenceLine, ...]:
    roster, audit = outcome.problem.roster, outcome.audit
    if audit is None or not outcome.preferences:
        return tuple(
            PreferenceLine(kind.kind, kind.sentence(Role.PREFERENCE), None, None, proven=False)
            for kind in outcome.problem.rulebook.preferences
        )
    return tuple(
        PreferenceLine(
            line.preference.kind,
            line.preference.sentence(Role.PREFERENCE),
            amount(line.preference.in_units(roster, audit.plan, line.value)),
            amount(line.preference.in_units(roster, audit.plan, line.bound)),
            line.proven and audit.valid,
            line.preference.told(roster, audit.plan, line.value),
        )
        for line in outcome.preferences
    )


def _group_count(line: GroupCount) -> GroupCountLine:
    return GroupCountLine(line.groups, line.possible, line.because)
