"""How many groups: which numbers arithmetic allows, and in which order to try them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from vermegroup.certificates import Certificate, Certificates
from vermegroup.outcome import GroupCount, Proof
from vermegroup.phrase import Phrase, people_of, phrase, verbatim
from vermegroup.problem import Problem


@dataclass(frozen=True, slots=True)
class Candidate:
    """A number of groups, with the certificate that rules it out, if there is one."""

    groups: int
    certificate: Certificate | None = None


def candidates(problem: Problem) -> tuple[Candidate, ...]:
    """Every number of groups that the sizes allow, in ascending order.

    Numbers within the sizes' reach, and within those asked for. If the sizes allow none, or none
    of those asked for, the nearest ones are listed with the reason.
    """
    certificates = Certificates(problem)
    return tuple(Candidate(k, certificates.of(problem.plan(k))) for k in _range(problem))


def in_order(problem: Problem, found: tuple[Candidate, ...]) -> Iterator[Candidate]:
    """The candidates not ruled out, the best number first.

    Best is: fewest people beyond the largest size, then sizes nearest to the preferred one, then
    fewer and so larger groups, which survive an absence more easily.
    """
    people, spec = len(problem.roster), problem.rulebook.groups
    wished = spec.prefer if spec.prefer is not None else (spec.smallest + spec.largest) / 2

    def rank(candidate: Candidate) -> tuple[float, ...]:
        k = candidate.groups
        return max(0, people - k * spec.largest), abs(people - wished * k), k

    return iter(sorted((c for c in found if c.certificate is None), key=rank))


def ruled_out(candidate: Candidate) -> GroupCount:
    """A candidate with a certificate as a row of the table."""
    assert candidate.certificate is not None
    because = candidate.certificate.sentence
    return GroupCount(candidate.groups, False, because, Proof.ARITHMETIC)


def why_none(problem: Problem, found: tuple[Candidate, ...]) -> Phrase:
    """One sentence on why no number of groups is possible, when arithmetic rules out all.

    If one rule stands in the way of all, it is shown where it comes closest to holding;
    otherwise the two ends of the range are shown, each with its reason.
    """
    first, last = _proof(found[0]), _proof(found[-1])
    if len(found) == 1:
        return _with_range(problem, found, first.sentence)
    if first.rules == last.rules:
        nearest = max(found, key=lambda candidate: _slack(problem, candidate))
        return _with_range(problem, found, _proof(nearest).sentence)
    both = phrase(
        "with {low}, {first}; with {high}, {last}",
        "jos ryhmiä on {low}: {first}; jos {high}: {last}",
        "med {low}: {first}; med {high}: {last}",
        low=found[0].groups,
        first=first.sentence,
        high=found[-1].groups,
        last=last.sentence,
    )
    return _with_range(problem, found, both)


def _proof(candidate: Candidate) -> Certificate:
    assert candidate.certificate is not None
    return candidate.certificate


def _with_range(problem: Problem, found: tuple[Candidate, ...], reason: Phrase) -> Phrase:
    spec = problem.rulebook.groups
    low, high = found[0].groups, found[-1].groups
    numbers = verbatim(str(low) if low == high else f"{low}–{high}")
    sizes = spec.smallest if spec.smallest == spec.largest else f"{spec.smallest}–{spec.largest}"
    return phrase(
        "{people} would make {numbers} groups of {sizes}, but {reason}",
        "{people} jakautuisi {numbers} ryhmään, joissa on {sizes} henkilöä, mutta {reason}",
        "{people} skulle bilda {numbers} grupper på {sizes}, men {reason}",
        people=people_of(len(problem.roster)),
        numbers=numbers,
        sizes=sizes,
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
    people, spec = len(problem.roster), problem.rulebook.groups
    most = max(1, people // spec.smallest)
    fewest = -(-people // spec.largest) if problem.rulebook.everyone else 1
    most = max(most, fewest)
    low = max(fewest, spec.fewest or 0)
    high = min(most, spec.most) if spec.most is not None else most
    if low > high:
        # None of the numbers asked for fits the sizes: show those asked for, with the reason.
        return range(spec.fewest or low, (spec.most or high) + 1)
    return range(max(1, low), high + 1)
