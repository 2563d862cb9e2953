"""What is claimed of a grouping's preferences, held against the oracle."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tests.oracle.answers import Oracle, Vector
from tests.oracle.meanings import Groups, Number


@dataclass(frozen=True)
class Mismatch:
    """What the package said of a case, what is right, and the sort of thing that it is."""

    sort: str
    said: object
    right: object


@dataclass(frozen=True)
class Claim:
    """A preference's value, the best that could be reached, and whether nothing is better.

    ``weighed`` are the claims of each preference that it weighs.
    """

    kind: str
    value: Number
    bound: Number
    proven: bool
    weighed: tuple[Claim, ...] = ()


def of_claims(
    who: str, claims: Sequence[Claim], groups: Groups, oracle: Oracle, *, valid: bool = True
) -> Iterator[Mismatch]:
    """Values, and of a valid grouping bounds and proofs, over all allowed numbers of groups."""
    right = oracle.values(groups)
    kinds, claimed = [wish.kind for wish in oracle.wishes], [claim.kind for claim in claims]
    if claimed != kinds:
        yield Mismatch(f"{who}: order of preferences", claimed, kinds)
        return
    for claim, value in zip(claims, right, strict=True):
        if claim.value != value:
            yield Mismatch(f"{who}: value of {claim.kind}", str(claim.value), str(value))
            return
    for at, claim in enumerate(claims):
        yield from _of_values_apart(f"{who}: {{}} of {claim.kind}", claim, groups, oracle, at)
        if valid:
            yield from _of_bound(f"{who}: {{}} of {claim.kind}", claim, groups, oracle, at)
            yield from _of_bounds_apart(f"{who}: {{}} of {claim.kind}", claim, groups, oracle, at)


def _of_bound(
    name: str, claim: Claim, groups: Groups, oracle: Oracle, at: int
) -> Iterator[Mismatch]:
    """No grouping as good in what comes before is beyond the bound; none beats what is proven."""
    costs, wish, count = oracle.costs_of(groups), oracle.wishes[at], len(groups)
    best, bound = oracle.best_after(costs[:at]), wish.cost(claim.bound)
    if best < bound:
        alone = oracle.best_after(costs[:at], count) < bound
        yield Mismatch(name.format("bound") + _even(alone), str(claim.bound), str(wish.cost(best)))
    if claim.proven and oracle.is_beaten(costs[: at + 1]):
        alone = oracle.is_beaten(costs[: at + 1], count)
        yield Mismatch(name.format("proof") + _even(alone), str(claim.value), "beaten")
    if claim.proven and claim.value != claim.bound:
        yield Mismatch(name.format("proof off the bound"), str(claim.value), str(claim.bound))


def _even(alone: bool) -> str:
    """Whether it is wrong for the grouping's own number of groups, too."""
    return ", even for its number" if alone else ""


def _of_values_apart(
    name: str, claim: Claim, groups: Groups, oracle: Oracle, at: int
) -> Iterator[Mismatch]:
    for weighed, (kind, meaning, _) in zip(claim.weighed, oracle.wishes[at].weighed, strict=False):
        right = meaning.value(groups)
        if (weighed.kind, weighed.value) != (kind, right):
            yield Mismatch(
                name.format(f"value of {kind} in a tier"), str(weighed.value), str(right)
            )


def _of_bounds_apart(
    name: str, claim: Claim, groups: Groups, oracle: Oracle, at: int
) -> Iterator[Mismatch]:
    """Each of those that are weighed is beside the best that it could reach alone."""
    before = oracle.costs_of(groups)[:at]
    for nth, weighed in enumerate(claim.weighed):
        _, meaning, _ = oracle.wishes[at].weighed[nth]
        sign = -1 if meaning.most else 1
        best = oracle.best_apart_after(before, nth)
        if best < sign * weighed.bound:
            sort = name.format(f"bound of {weighed.kind}, weighed")
            yield Mismatch(sort, str(weighed.bound), str(sign * best))
        if weighed.proven and best < sign * weighed.value:
            sort = name.format(f"proof of {weighed.kind}, weighed")
            yield Mismatch(sort, str(weighed.value), str(sign * best))


def of_proof(claimed: bool, groups: Groups, oracle: Oracle) -> Iterator[Mismatch]:
    """A grouping that is proven best in all is the lexicographic optimum."""
    costs = oracle.costs_of(groups)
    if claimed and costs != oracle.best():
        yield Mismatch("proven in all, but is not", plain(costs), plain(oracle.best()))


def plain(costs: Vector) -> list[str]:
    return [str(cost) for cost in costs]
