"""Answers to report on, built by hand so that no solver is needed."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from tests.brute_force import Person
from tests.builders import problem_from
from vermegroup.domain.findings import Finding
from vermegroup.domain.grouping import grouping_of
from vermegroup.domain.outcome import GroupCount, Outcome, Proof, Verdict
from vermegroup.judge.auditor import judged
from vermegroup.language.messages import _
from vermegroup.report.build import build_report, provenance_of
from vermegroup.report.report import Report

PEOPLE = [
    Person("Turku", 1),
    Person("Oulu", 12),
    Person("Lahti", 7),
    Person("Turku", 20),
    Person("Oulu", 2),
    Person("Salo", 6),
    Person("Kemi", 4),
]
VALID = [0, 0, 0, 1, 1, 1, 0]
INVALID = [0, 0, 1, 0, 1, 1, 1]


def outcome_for(group_of: Sequence[int], people: Sequence[Person] = tuple(PEOPLE)) -> Outcome:
    """The judged outcome of a grouping."""
    grouping = grouping_of(np.array(group_of, dtype=np.int64))
    return judged(problem_from(people), grouping, 0.0)


def outcome_of_threes(groups: int) -> Outcome:
    """The judged outcome of many groups of three that can spare nobody."""
    people = [Person(f"Town {p}", (1, 12, 7)[p % 3]) for p in range(3 * groups)]
    return outcome_for([p // 3 for p in range(3 * groups)], people)


def impossible() -> Outcome:
    """An outcome without a grouping."""
    because = _("every group is full")
    counts = (GroupCount(2, False, because, Proof.ARITHMETIC), GroupCount(3, None, because))
    return Outcome(Verdict.IMPOSSIBLE, problem_from(PEOPLE), counts, because=because)


def report_of(outcome: Outcome, findings: Sequence[Finding] = (), *, hand: bool = False) -> Report:
    """The report of an outcome."""
    provenance = provenance_of(outcome, 1)
    return build_report(outcome, findings, provenance, judged=hand)
