"""Why there are no groups, and what would help: what diagnosis finds and the report tells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from vermegroup.grouping import Grouping
from vermegroup.kind import Kind
from vermegroup.phrase import Phrase
from vermegroup.problem import Problem


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
    sentence: Phrase

    @property
    def kind(self) -> str:
        """The rule's kind; ``count`` for the number of groups."""
        return "count" if self.rule is None else self.rule.kind


@dataclass(frozen=True, slots=True)
class Conflict:
    """Requirements that cannot hold together; ``sentence`` says why in the roster's words.

    ``minimal``: without any one of them the others can hold, each shown by a decided solve.
    """

    requirements: tuple[Requirement, ...]
    sentence: Phrase
    minimal: bool
    proof: Proof


class Remedy(StrEnum):
    """What a repair changes."""

    WAITLIST = "waitlist"
    SIZE = "size"
    COUNT = "count"
    BAND = "band"
    RECRUIT = "recruit"
    RULE = "rule"


@dataclass(frozen=True, slots=True)
class Repair:
    """A change that makes groups possible: a grouping with it was found, and passed the audit.

    ``cost`` is in the remedy's own unit: people waiting or recruited, groups, years, people or
    pairs by which a rule falls short. ``cheapest`` says that nothing cheaper of its kind is
    possible, which is proven. ``problem`` is the one with the change, and ``change`` tells it in
    plain values: ``waitlist`` (ids), ``recruit`` (traits), ``rulebook`` (sections to replace);
    ``lines`` tell how the text of the rulebook changes. ``verified`` says that ``form`` was tried
    with the text so changed, and formed groups.
    ``told`` is the sentence with people's names, where it speaks of people.
    """

    remedy: Remedy
    sentence: Phrase
    cost: float
    cheapest: bool
    problem: Problem
    change: Mapping[str, object]
    verified: bool = False
    told: Phrase | None = None
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A participant (position) whom the best partial plan leaves out, and why."""

    person: int
    because: Phrase


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
        return len(self.grouping.group_of) - len(self.left_out) == self.bound


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
