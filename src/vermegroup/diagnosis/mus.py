"""Minimal unsatisfiable subsets: requirements that cannot hold together.

A deletion filter (Chinneck and Dravnieks 1991) shrinks a set; the next conflict is looked for where
one requirement of each known conflict is given up, as hitting-set enumerations do (Reiter 1987).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace

from vermegroup.domain.kind import Role
from vermegroup.domain.outcome import Requirement
from vermegroup.domain.problem import Problem
from vermegroup.rules.count import count_asked
from vermegroup.rules.size import Size
from vermegroup.solver.feasibility import Decision, decide
from vermegroup.solver.group_counts import Counting
from vermegroup.solver.search import Search


def requirements_of(problem: Problem) -> tuple[Requirement, ...]:
    """The rules in their order, and the number of groups where one was asked for."""
    rules = problem.rulebook.rules
    found = [Requirement(rule, rule.sentence(Role.RULE)) for rule in rules]
    found += [Requirement(None, count.sentence(Role.RULE)) for count in count_asked(problem)]
    return tuple(found)


def only(problem: Problem, kept: Collection[Requirement]) -> Problem:
    """The problem with some of its requirements, and without preferences.

    Without a rule on sizes a group may have any size, though somebody is in it; without one on the
    waitlist people may wait, but some group is formed.
    """
    spec, rulebook = problem.rulebook.groups, problem.rulebook
    rules = tuple(requirement.rule for requirement in kept if requirement.rule is not None)
    if not any(rule.limits_size for rule in rules):
        spec = replace(spec, smallest=1, largest=max(1, len(problem.roster)), prefer=None)
        rules = (Size(spec.smallest, spec.largest), *rules)
    if all(requirement.rule is not None for requirement in kept):
        spec = replace(spec, fewest=None, most=None)
    return replace(problem, rulebook=replace(rulebook.under(rules), groups=spec))


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
        return next(decision for known, decision in self._fail.items() if wanted >= known)

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
        problem = only(
            self.problem, [requirement for requirement in self.all if requirement in wanted]
        )
        spec = problem.rulebook.groups
        largest = _WIDER * self.problem.rulebook.groups.largest
        if spec.largest > largest:
            narrower = replace(spec, largest=largest)
            book = replace(problem.rulebook, groups=narrower)
            decision = decide(replace(problem, rulebook=book), self.search)
            if decision.possible:
                return decision
        return decide(problem, self.search)


MOST_CONFLICTS = 3
# Sets of given-up requirements that are looked at: each is a solve.
_MOST_TRIED = 40
# Numbers of groups that are judged to see which rules are in the way.
MOST_ASKED = 200


def conflicts(oracle: Oracle) -> Iterator[tuple[Set, bool]]:
    """Different conflicts, each with whether it is shown to be minimal; the first ones found.

    The oracle must know, or find, that all requirements together are impossible.
    """
    found: list[Set] = []
    waiting: deque[Set] = deque([frozenset()])
    seen: set[Set] = set()
    while waiting and len(found) < MOST_CONFLICTS and len(seen) < _MOST_TRIED:
        given_up = waiting.popleft()
        if given_up in seen:
            continue
        seen.add(given_up)
        known = next((conflict for conflict in found if not conflict & given_up), None)
        if known is None:
            rest = [requirement for requirement in oracle.all if requirement not in given_up]
            if oracle.possible(rest) is not False:
                continue
            known, minimal = shrink(oracle, rest)
            found.append(known)
            yield known, minimal
        waiting.extend(
            given_up | {requirement} for requirement in oracle.all if requirement in known
        )


def shrink(oracle: Oracle, requirements: list[Requirement]) -> tuple[Set, bool]:
    """A subset that still cannot hold; True if each of it is shown to be necessary.

    Whatever is not known to matter is given up first, so that what a proof speaks of stays; and
    sizes and seats for everyone last, since people take these for granted.
    """
    kept, minimal = list(requirements), True
    named = _named_by_proofs(oracle, requirements)
    for requirement in sorted(
        requirements,
        key=lambda requirement: (_taken_for_granted(requirement), requirement in named),
    ):
        rest = [other for other in kept if other != requirement]
        possible = oracle.possible(rest)
        if possible is False:
            kept = rest
        minimal = minimal and possible is not None
    return frozenset(kept), minimal


def _taken_for_granted(requirement: Requirement) -> bool:
    rule = requirement.rule
    return rule is not None and (rule.limits_size or rule.seats_everyone)


def _named_by_proofs(oracle: Oracle, requirements: list[Requirement]) -> set[Requirement]:
    """Those of whose rules a certificate for some number of groups speaks; of many numbers, a few.

    It only decides what is tried first.
    """
    counting = Counting(only(oracle.problem, requirements))
    numbers = counting.numbers[:: -(-len(counting.numbers) // MOST_ASKED)]
    proofs = (counting.judged(groups).certificate for groups in numbers)
    rules = {rule for proof in proofs if proof is not None for rule in proof.rules}
    return {requirement for requirement in requirements if requirement.rule in rules}
