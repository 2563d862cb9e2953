"""How many groups: which numbers arithmetic allows, in which order, and the table of them.

A large roster allows tens of thousands of numbers. Then the table has those that were tried and
their neighbours, both ends of the range, and where one answer changes to another. Every line was
judged; nothing is said of a number that is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby, pairwise

from vermegroup.domain.outcome import GroupCount, Proof
from vermegroup.domain.problem import Problem
from vermegroup.judge.certificates import Certificate, Certificates
from vermegroup.judge.rivals import Rivals, numbers_allowed
from vermegroup.language.messages import Message, _, joined
from vermegroup.language.terms import between, groups_between, people_of
from vermegroup.solver.params import PARAMS


@dataclass(frozen=True, slots=True)
class Candidate:
    """A number of groups, with the certificate that rules it out, if there is one."""

    groups: int
    certificate: Certificate | None = None


class Counting:
    """The numbers of groups that the sizes allow; each is judged when it is first asked for.

    ``numbers`` are those within the sizes' reach, and within those asked for. If the sizes allow
    none, or none of those asked for, they are the nearest ones.
    """

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.numbers = _range(problem)
        self._certificates = Certificates(problem)
        self._judged: dict[int, Candidate] = {}

    def judged(self, groups: int) -> Candidate:
        """What arithmetic says of this number of groups."""
        if groups not in self._judged:
            proof = self._certificates.of(self.problem.plan(groups))
            self._judged[groups] = Candidate(groups, proof)
        return self._judged[groups]

    @property
    def complete(self) -> bool:
        """Whether every number has been judged."""
        return len(self._judged) == len(self.numbers)

    def in_order(self) -> Iterator[Candidate]:
        """Every number with what arithmetic says of it, the one of the best bounds first."""
        return map(self.judged, self._order())

    def open(self) -> Iterator[int]:
        """The numbers that arithmetic does not rule out, the best first, judged as they come."""
        return (candidate.groups for candidate in self.in_order() if candidate.certificate is None)

    def left(self, expired: Callable[[], bool] = lambda: False) -> list[int]:
        """The numbers that arithmetic does not rule out, the best first.

        Once time has ``expired`` no more are judged: then the list is not ``complete``, and
        nothing follows for all numbers.
        """
        found = []
        for groups in self._order():
            if groups not in self._judged and expired():
                break
            if self.judged(groups).certificate is None:
                found.append(groups)
        return found

    def _order(self) -> Iterator[int]:
        return Rivals(self.problem, self.numbers).in_order()


def candidates(problem: Problem) -> tuple[Candidate, ...]:
    """Every number of groups that the sizes allow, judged, in ascending order."""
    counting = Counting(problem)
    return tuple(map(counting.judged, counting.numbers))


def ruled_out(candidate: Candidate) -> GroupCount:
    """A candidate with a certificate as a row of the table."""
    assert candidate.certificate is not None
    because = candidate.certificate.sentence
    return GroupCount(candidate.groups, False, because, Proof.ARITHMETIC)


def why_none(problem: Problem, found: tuple[Candidate, ...]) -> Message:
    """One sentence on why no number of groups is possible, when arithmetic rules out all."""
    return _with_range(problem, found, reason_for_none(problem, found))


def reason_for_none(problem: Problem, found: tuple[Candidate, ...]) -> Message:
    """The reason alone: numbers that the same rules rule out are told together.

    Each is shown where its rules come closest to holding. Of more than six such runs the
    numbers in between are left out.
    """
    runs = [
        list(run) for _rest, run in groupby(found, key=lambda candidate: _proof(candidate).rules)
    ]
    nearest = [max(run, key=lambda candidate: _slack(problem, candidate)) for run in runs]
    reasons = [_proof(candidate).sentence for candidate in nearest]
    if len(reasons) == 1:
        return reasons[0]
    spans = [(run[0].groups, run[-1].groups) for run in runs]
    lines = [
        _("with {span}, {reason}", span=groups_between(low, high), reason=reason)
        for (low, high), reason in zip(spans, reasons, strict=True)
    ]
    return joined(lines if len(lines) <= PARAMS.search.runs_listed else [lines[0], lines[-1]])


def _proof(candidate: Candidate) -> Certificate:
    assert candidate.certificate is not None
    return candidate.certificate


def _with_range(problem: Problem, found: tuple[Candidate, ...], reason: Message) -> Message:
    spec = problem.rulebook.groups
    low, high = found[0].groups, found[-1].groups
    return _(
        "{people} cannot make {groups} of {sizes}: {reason}",
        people=people_of(len(problem.roster)),
        groups=groups_between(low, high),
        sizes=between(spec.smallest, spec.largest),
        reason=reason,
    )


def _slack(problem: Problem, candidate: Candidate) -> int:
    """How much room the rule of a proof has left; the less negative, the nearer it is to holding.

    A proof from several rules has no such number: fewer groups need less.
    """
    proof = _proof(candidate)
    if len(proof.rules) > 1:
        return -candidate.groups
    margin = proof.rules[0].margin(problem.roster, problem.plan(candidate.groups))
    return margin.slack if margin is not None and margin.slack is not None else 0


def _range(problem: Problem) -> range:
    spec, numbers = problem.rulebook.groups, numbers_allowed(problem)
    if numbers:
        return numbers
    # The sizes allow none, or none of those asked for: show the nearest ones, with the reason.
    fewest = -(-len(problem.roster) // spec.largest) if problem.rulebook.everyone else 1
    low = spec.fewest or max(1, fewest)
    return range(low, max(low, spec.most or low) + 1)


def count_table(
    counting: Counting, tried: Mapping[int, GroupCount], otherwise: Message
) -> tuple[GroupCount, ...]:
    """The lines, in ascending order. ``otherwise`` is why a number was neither ruled out nor tried.

    Without any number tried, it is told around the one that would be tried first.
    """
    return tuple(
        tried[number] if number in tried else _line(counting.judged(number), otherwise)
        for number in _listed(counting, tried)
    )


def _line(candidate: Candidate, otherwise: Message) -> GroupCount:
    if candidate.certificate is None:
        return GroupCount(candidate.groups, None, otherwise)
    return ruled_out(candidate)


def _listed(counting: Counting, tried: Iterable[int]) -> list[int]:
    numbers = counting.numbers
    if len(numbers) <= PARAMS.search.numbers_listed:
        return list(numbers)
    first = next(counting.in_order()).groups
    ends = {numbers[0], numbers[-1]}
    reach = PARAMS.search.numbers_near
    near = {at + step for at in (first, *tried) for step in range(-reach, reach + 1)}
    listed = sorted(ends | {number for number in near if number in numbers})
    changes = {at for low, high in pairwise(listed) for at in _changes(counting, low, high)}
    return sorted(changes.union(listed))


def _changes(counting: Counting, low: int, high: int) -> Iterator[int]:
    """Neighbours between which the answer changes, if it is not the same at both ends."""
    if _alike(counting, low, high):
        return
    if high - low == 1:
        yield from (low, high)
        return
    middle = (low + high) // 2
    yield from _changes(counting, low, middle)
    yield from _changes(counting, middle, high)


def _alike(counting: Counting, one: int, other: int) -> bool:
    first, second = counting.judged(one).certificate, counting.judged(other).certificate
    if first is None or second is None:
        return first is second
    return first.rules == second.rules
