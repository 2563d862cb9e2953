"""What came of a run: possible, impossible, undecided and broken are four different values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from vermegroup.grouping import Grouping
from vermegroup.kind import Kind
from vermegroup.phrase import Phrase
from vermegroup.plan import Plan
from vermegroup.problem import Problem
from vermegroup.standing import Breach, Margin
from vermegroup.why_not import Proof, WhyNot


class Verdict(StrEnum):
    """The answer in a word. ``INVALID`` is the audit's: a grouping that breaks a rule."""

    FORMED = "formed"
    IMPOSSIBLE = "impossible"
    UNDECIDED = "undecided"
    INVALID = "invalid"


@dataclass(frozen=True, slots=True)
class GroupCount:
    """Whether this many groups are possible: True, False, or None for open; and why."""

    groups: int
    possible: bool | None
    because: Phrase
    proof: Proof | None = None


@dataclass(frozen=True, slots=True)
class RuleStanding:
    """How one rule stands in a grouping."""

    rule: Kind
    breaches: tuple[Breach, ...]
    margin: Margin | None

    @property
    def satisfied(self) -> bool:
        """Whether no group breaks it."""
        return not self.breaches


@dataclass(frozen=True, slots=True)
class PreferenceStanding:
    """A preference's value beside the best that anything could reach.

    Both are whole numbers in the kind's own scale; ``proven`` says that the value is optimal
    given the preferences before it, over all numbers of groups that the rulebook allows. With
    ``this_number`` the bound is that of the grouping's own number of groups alone. Of a tier
    ``weighed`` holds each preference by itself.
    """

    preference: Kind
    value: int
    bound: int
    proven: bool
    weighed: tuple[PreferenceStanding, ...] = ()
    this_number: bool = False


@dataclass(frozen=True, slots=True)
class Audit:
    """The solver-free judgement of one grouping; its bounds are those of arithmetic alone.

    Of a split roster ``rules`` say only whether groups mix the parts; ``parts`` hold the rest.
    """

    plan: Plan
    rules: tuple[RuleStanding, ...]
    preferences: tuple[PreferenceStanding, ...]
    parts: tuple[PartAudit, ...] = ()

    @property
    def valid(self) -> bool:
        """Whether every rule holds, in every part."""
        return all(standing.satisfied for standing in self.rules) and all(
            part.audit.valid for part in self.parts
        )


@dataclass(frozen=True, slots=True)
class PartAudit:
    """One part of a split roster with the groups that are its own, and their judgement."""

    value: str
    problem: Problem
    grouping: Grouping
    audit: Audit


@dataclass(frozen=True, slots=True)
class Outcome:
    """The answer to one run.

    ``grouping`` and ``audit`` are None where no grouping was found. ``because`` says why not, in
    one sentence. ``deterministic`` is False when the clock stopped the search, so that another
    run may end elsewhere.
    Of a split roster ``parts`` hold the answers, each with a problem and a grouping of its own;
    the whole has a grouping only where every part has one. ``why_not`` is what diagnosis found.
    """

    verdict: Verdict
    problem: Problem
    group_counts: tuple[GroupCount, ...]
    grouping: Grouping | None = None
    audit: Audit | None = None
    preferences: tuple[PreferenceStanding, ...] = ()
    because: Phrase | None = None
    deterministic: bool = True
    seconds: Mapping[str, float] = field(default_factory=dict)
    parts: tuple[PartOutcome, ...] = ()
    why_not: WhyNot | None = None

    @property
    def proven(self) -> bool:
        """Whether a grouping was found and is proven optimal in every preference."""
        if self.grouping is None:
            return False
        if not all(part.outcome.proven for part in self.parts):
            return False
        if self.grouping.groups and len(self.preferences) < len(self.problem.rulebook.preferences):
            return False  # nobody has told what the others came to
        return all(standing.proven for standing in self.preferences)


@dataclass(frozen=True, slots=True)
class PartOutcome:
    """The answer for one part of a split roster: those with this value of the trait."""

    value: str
    outcome: Outcome
