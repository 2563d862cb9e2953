"""Whether some of the requirements can hold together; what is known is not asked again."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace

from vermegroup.diagnosis.requirements import only, requirements_of
from vermegroup.problem import Problem
from vermegroup.solver.deciding import Decision, decide
from vermegroup.solver.limits import Search
from vermegroup.why_not import Requirement

Set = frozenset[Requirement]

# Sizes tried before any size whatever: a model with all of them is large.
_WIDER = 2


@dataclass(slots=True)
class Oracle:
    """Answers for sets of requirements. Fewer of them are never harder to keep.

    So whatever holds is known of every smaller set, and whatever fails of every larger one.
    """

    problem: Problem
    search: Search
    all: tuple[Requirement, ...] = field(init=False)
    _hold: list[Set] = field(default_factory=list)
    _fail: dict[Set, Decision] = field(default_factory=dict)
    _open: set[Set] = field(default_factory=set)

    def __post_init__(self) -> None:
        """List the requirements once, so that they are the same ones everywhere."""
        self.all = requirements_of(self.problem)

    def possible(self, kept: Collection[Requirement]) -> bool | None:
        """True with a grouping, False with a proof, None where it was not settled."""
        wanted = frozenset(kept)
        if any(wanted <= known for known in self._hold):
            return True
        if any(wanted >= known for known in self._fail):
            return False
        if wanted in self._open or self.search.expired():
            return None
        return self._ask(wanted)

    def decided(self, kept: Collection[Requirement]) -> Decision:
        """The decision on a set that is known to fail."""
        wanted = frozenset(kept)
        return next(own for known, own in self._fail.items() if wanted >= known)

    def learn_impossible(self, kept: Collection[Requirement], decision: Decision) -> None:
        """Note what has been shown elsewhere."""
        self._fail[frozenset(kept)] = decision

    def _ask(self, wanted: Set) -> bool | None:
        decision = self._decide(wanted)
        if decision.possible:
            self._hold.append(wanted)
        elif decision.possible is False:
            self._fail[wanted] = decision
        else:
            self._open.add(wanted)
        return decision.possible

    def _decide(self, wanted: Set) -> Decision:
        # In their own order, so that the same set is always asked alike.
        problem = only(self.problem, [own for own in self.all if own in wanted])
        spec = problem.rulebook.groups
        largest = _WIDER * self.problem.rulebook.groups.largest
        if spec.largest > largest:
            narrower = replace(spec, largest=largest)
            book = replace(problem.rulebook, groups=narrower)
            decision = decide(replace(problem, rulebook=book), self.search)
            if decision.possible:
                return decision
        return decide(problem, self.search)
