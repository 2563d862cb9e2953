"""What came of a run: possible, impossible, undecided or broken; and why there are no groups."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from vermegroup.domain.grouping import Grouping
from vermegroup.domain.kind import Kind
from vermegroup.domain.plan import Breach, Margin, Plan
from vermegroup.domain.problem import PreferenceStanding, Problem
from vermegroup.language.messages import N_, Message, Template, verbatim
from vermegroup.language.terms import value_name


class Proof(StrEnum):
    """What a "possible" or "impossible" rests on.

    ``SEARCH`` is two solves that agree, one of them without presolve.
    """

    ARITHMETIC = "arithmetic"
    SEARCH = "search"
    GROUPING = "grouping"


@dataclass(frozen=True, slots=True)
class Requirement:
    """What a grouping must keep: a rule, or (None) the number of groups that was asked for."""

    rule: Kind | None
    sentence: Message

    @property
    def kind(self) -> str:
        """The rule's kind; ``count`` for the number of groups."""
        return "count" if self.rule is None else self.rule.kind


@dataclass(frozen=True, slots=True)
class Conflict:
    """Requirements that cannot hold together; ``sentence`` says why in the roster's words.

    ``minimal``: without any one of them the others can hold, each shown by a decided solve.
    ``part`` is that of a split roster, where a report speaks of several.
    """

    requirements: tuple[Requirement, ...]
    sentence: Message
    minimal: bool
    proof: Proof
    part: Message | None = None

    @property
    def rules(self) -> tuple[Message, ...]:
        """The requirements in words."""
        return tuple(requirement.sentence for requirement in self.requirements)


class Remedy(StrEnum):
    """What a repair changes."""

    WAITLIST = "waitlist"
    SIZE = "size"
    COUNT = "count"
    BAND = "band"
    RECRUIT = "recruit"
    RULE = "rule"
    MOVE = "move"


@dataclass(frozen=True, slots=True)
class Repair:
    """A change that makes groups possible: a grouping with it was found, and passed the audit.

    ``cost`` is in the remedy's own unit: people waiting or recruited, groups, years, people or
    pairs by which a rule falls short. ``cheapest`` says that nothing cheaper of its kind is
    possible, which is proven. ``problem`` is the one with the change, and ``change`` tells it in
    plain values: ``waitlist`` (ids), ``recruit`` (traits), ``rulebook`` (sections to replace);
    ``lines`` tell how the text of the rulebook changes. ``verified`` says that ``form`` was tried
    with the text so changed, and formed groups. Of a grouping that breaks rules, people are moved:
    ``change`` has ``moves`` (groups by ids), ``verified`` says that the audit finds every rule kept
    then, and ``command`` does it.
    ``named_sentence`` is the sentence with people's names, where it speaks of people.
    """

    remedy: Remedy
    sentence: Message
    cost: float
    cheapest: bool
    problem: Problem
    change: Mapping[str, object]
    verified: bool = False
    named_sentence: Message | None = None
    lines: tuple[str, ...] = ()
    part: Message | None = None
    command: str = ""

    @property
    def by_name(self) -> Message:
        """The sentence for people, who know each other by name."""
        return self.named_sentence or self.sentence


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A participant (position) whom the best partial plan leaves out, and why."""

    person: int
    because: Message


@dataclass(frozen=True, slots=True)
class PartialPlan:
    """A valid grouping of as many people as were found to fit; the others wait.

    It keeps every rule but the one that places everyone, and has the number of groups that was
    asked for. Only where no grouping of that number was found it may have ``any_number``. ``bound``
    is the most that could be placed so, as far as that is proven; with ``merges_only`` it holds of
    plans that combine old groups whole.
    """

    problem: Problem
    grouping: Grouping
    left_out: tuple[LeftOut, ...]
    bound: int
    any_number: bool = False
    merges_only: bool = False

    @property
    def most(self) -> bool:
        """Whether it is proven that no more people can be placed."""
        return self.problem.roster.people - len(self.left_out) == self.bound


@dataclass(frozen=True, slots=True)
class WhyNot:
    """Conflicts first, then repairs with the cheapest first, and the best partial plan.

    ``none`` says that there is no plan because not one group is possible, which is proven.
    """

    conflicts: tuple[Conflict, ...] = ()
    repairs: tuple[Repair, ...] = ()
    partial: PartialPlan | None = None
    none: bool = False
    deterministic: bool = True


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
    because: Message
    proof: Proof | None = None
    part: Message | None = None


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
    because: Message | None = None
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


def verdict_of_parts(outcomes: Sequence[PartOutcome]) -> Verdict:
    """What the verdicts of all parts come to."""
    verdicts = {part.outcome.verdict for part in outcomes}
    for verdict in (Verdict.IMPOSSIBLE, Verdict.UNDECIDED):
        if verdict in verdicts:
            return verdict
    return Verdict.FORMED


def because_of_parts(problem: Problem, outcomes: Sequence[PartOutcome]) -> Message | None:
    """Why there are no groups: the first part that has none, with its reason, and the others."""
    verdict, split = verdict_of_parts(outcomes), problem.rulebook.split
    if verdict is Verdict.FORMED or split is None:
        return None
    by = split.by
    first, *others = (part for part in outcomes if part.outcome.verdict is verdict)
    reason = Template("{part}: {because}").filled(
        part=value_name(by, first.value), because=first.outcome.because or verbatim("")
    )
    names = [value_name(by, part.value) for part in others]
    if not names:
        return reason
    template = _ALSO_NOT if verdict is Verdict.IMPOSSIBLE else _ALSO_OPEN
    return template.filled(reason=reason, others=names)


_ALSO_NOT = N_("{reason}; nor is it possible for {others}")
_ALSO_OPEN = N_("{reason}; not settled either: {others}")
