"""Conflicts: minimal sets of requirements that cannot hold together.

A deletion filter (Chinneck and Dravnieks 1991) shrinks a set; the next conflict is looked for where
one requirement of each known conflict is given up, as hitting-set enumerations do (Reiter 1987).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator

from vermegroup.diagnosis.oracle import Oracle, Set
from vermegroup.diagnosis.requirements import only
from vermegroup.solver.counting import Counting
from vermegroup.why_not import Requirement

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
        known = next((own for own in found if not own & given_up), None)
        if known is None:
            rest = [own for own in oracle.all if own not in given_up]
            if oracle.possible(rest) is not False:
                continue
            known, minimal = shrink(oracle, rest)
            found.append(known)
            yield known, minimal
        waiting.extend(given_up | {own} for own in oracle.all if own in known)


def shrink(oracle: Oracle, requirements: list[Requirement]) -> tuple[Set, bool]:
    """A subset that still cannot hold; True if each of it is shown to be necessary.

    Whatever is not known to matter is given up first, so that what a proof speaks of stays; and
    sizes and seats for everyone last, since people take these for granted.
    """
    kept, minimal = list(requirements), True
    named = _named_by_proofs(oracle, requirements)
    for own in sorted(requirements, key=lambda own: (_taken_for_granted(own), own in named)):
        rest = [other for other in kept if other != own]
        possible = oracle.possible(rest)
        if possible is False:
            kept = rest
        minimal = minimal and possible is not None
    return frozenset(kept), minimal


def _taken_for_granted(own: Requirement) -> bool:
    return own.rule is not None and (own.rule.limits_size or own.rule.seats_everyone)


def _named_by_proofs(oracle: Oracle, requirements: list[Requirement]) -> set[Requirement]:
    """Those of whose rules a certificate for some number of groups speaks; of many numbers, a few.

    It only decides what is tried first.
    """
    counting = Counting(only(oracle.problem, requirements))
    numbers = counting.numbers[:: -(-len(counting.numbers) // MOST_ASKED)]
    proofs = (counting.judged(groups).certificate for groups in numbers)
    rules = {rule for proof in proofs if proof is not None for rule in proof.rules}
    return {own for own in requirements if own.rule in rules}
