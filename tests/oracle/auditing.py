"""Groupings that were made by nobody's rules, judged by the audit and by the oracle."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import islice

import numpy as np

from tests.oracle.answers import Oracle
from tests.oracle.claims import Claim, Mismatch, of_claims
from tests.oracle.meanings import Groups
from vermegroup.domain.grouping import grouping_of
from vermegroup.domain.problem import Problem
from vermegroup.judge.auditor import audit

ASKED = 4
FIRST = 40


def of_audits(problem: Problem, oracle: Oracle, chance: random.Random) -> Iterator[Mismatch]:
    """A few groupings at random, valid and others."""
    if any(kind == "pin" for kind, _, _ in oracle.book.rules):
        return  # judged by names, which groups have once they are formed
    for _ in range(ASKED):
        groups = _some_grouping(oracle, chance)
        if groups:
            yield from _of_audit(problem, groups, oracle)


def _some_grouping(oracle: Oracle, chance: random.Random) -> Groups:
    """One whose groups are valid, or one of the sizes allowed but for the last group."""
    if chance.random() < 0.5:
        found = list(islice(oracle.groupings(), FIRST))
        return chance.choice(found) if found else ()
    places = list(oracle.world.all())
    chance.shuffle(places)
    waiting = chance.choice((0, 0, 0, 1, 2))
    groups: list[tuple[int, ...]] = []
    while len(places) > waiting:
        size = chance.randint(oracle.book.smallest, oracle.book.largest)
        group, places = places[:size], places[size:]
        groups.append(tuple(sorted(group)))
    return tuple(groups)


def _of_audit(problem: Problem, groups: Groups, oracle: Oracle) -> Iterator[Mismatch]:
    seats = np.full(len(oracle.world.people), -1, dtype=np.int64)
    for at, group in enumerate(groups):
        seats[list(group)] = at
    audited = audit(problem, grouping_of(seats))
    valid = oracle.keeps_rules(groups) and oracle.book.allows(len(groups))
    if audited.valid != valid:
        yield Mismatch(f"audit says {audited.valid}", str(groups), str(valid))
    plan, roster = problem.plan(len(groups)), problem.roster
    claims = [
        Claim(
            standing.preference.kind,
            standing.preference.in_units(roster, plan, standing.value),
            standing.preference.in_units(roster, plan, standing.bound),
            standing.proven,
        )
        for standing in audited.preferences
    ]
    judged = valid and oracle.book.allows(len(groups))
    yield from of_claims("audit", claims, groups, oracle, valid=judged)
