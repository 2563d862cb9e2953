"""Units by their types: of what kinds of people they are. Types are few, however many the people.

Only rules that look at kinds are asked; of rules that keep people apart by a value, and of those
that name people, nothing is demanded. So what the types cannot do, nobody can.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import combinations

import numpy as np

from vermegroup.kind import Kind
from vermegroup.plan import Plan
from vermegroup.problem import Problem
from vermegroup.roster import BoolArray, IntArray
from vermegroup.solver.candidate_groups import NOBODY, holds
from vermegroup.solver.remains import Remains

Multiset = tuple[int, ...]
MOST_TYPES = 80
MOST_PATTERNS = 2_500_000


@dataclass(frozen=True, slots=True)
class UnitType:
    """What is left of a group of these kinds of people; ``old`` where it was a group at all."""

    kinds: Multiset
    old: bool


@dataclass(frozen=True)
class UnitTypes:
    """``kind_of`` (n,), the types in use, and the units of each."""

    kind_of: IntArray
    types: tuple[UnitType, ...]
    units: tuple[IntArray, ...]
    relaxed: Problem

    @cached_property
    def parts(self) -> list[tuple[int, Multiset]]:
        """Every part of every type that a group could hold, as (type, kinds)."""
        return [
            (place, part)
            for place, own in enumerate(self.types)
            for part in sorted(
                {
                    part
                    for size in range(1, len(own.kinds) + 1)
                    for part in combinations(own.kinds, size)
                }
            )
        ]


def types_of(problem: Problem, remains: Remains) -> UnitTypes | None:
    """The types of the units, by as many rules as keep them few; None where they never are."""
    rules = [
        rule
        for rule in problem.rulebook.rules
        if rule.anonymous
        and not (rule.keeps_apart() or rule.rivals(problem.roster) or rule.links())
    ]
    # Rules that look at numbers or at sets tell nearly everyone from everyone: they go first.
    rules.sort(key=lambda rule: len(rule.numbers()) + len(rule.sets()) + len(rule.either()))
    while True:
        relaxed = Problem(problem.roster, replace(problem.rulebook, rules=tuple(rules)))
        found = _types(relaxed, remains, rules)
        if len(found.types) <= MOST_TYPES:
            return found
        if not rules:
            return None
        rules.pop()


def _types(relaxed: Problem, remains: Remains, rules: list[Kind]) -> UnitTypes:
    kind_of = _kinds(relaxed, rules)
    own: dict[UnitType, list[int]] = {}
    for unit, members in enumerate(remains.units()):
        kinds = tuple(sorted(kind_of[members].tolist()))
        own.setdefault(UnitType(kinds, unit < remains.old), []).append(unit)
    units = tuple(np.array(each, dtype=np.int64) for each in own.values())
    return UnitTypes(kind_of, tuple(own), units, relaxed)


def _kinds(problem: Problem, rules: list[Kind]) -> IntArray:
    roster = problem.roster
    columns = [np.zeros(len(roster), dtype=np.int64)]
    named = {n for r in rules for n in (*r.categories(), *r.numbers(), *r.sets(), *r.either())}
    for name in sorted(named):
        if name in roster.categories:
            columns.append(roster.categories[name].codes)
        if name in roster.numbers:
            columns.append(roster.numbers[name].ticks)
        if name in roster.sets:
            columns += list(roster.sets[name].member.T.astype(np.int64))
    found = np.unique(np.stack(columns), axis=1, return_inverse=True)[1]
    return np.asarray(found, dtype=np.int64).reshape(-1)


@dataclass(frozen=True, slots=True)
class Patterns:
    """New groups as parts of types: ``parts`` (c, width) are positions, -1 for none."""

    parts: IntArray

    def only(self, which: IntArray | BoolArray) -> Patterns:
        """Some of them."""
        return Patterns(self.parts[which])


def patterns_of(types: UnitTypes, plan: Plan, usable: BoolArray) -> Patterns | None:
    """Every valid new group of parts (those ``usable``) of types; None where they are too many."""
    sizes = np.array([len(part) for _, part in types.parts], dtype=np.int64)
    found: list[IntArray] = []
    made = np.empty((1, 0), dtype=np.int64)
    taken = np.zeros(1, dtype=np.int64)
    total = 0
    while len(made):
        last = made[:, -1] if made.shape[1] else np.zeros(len(made), dtype=np.int64)
        if len(made) * len(sizes) > 50 * MOST_PATTERNS:
            return None
        fits = usable[None, :] & (taken[:, None] + sizes[None, :] <= plan.largest)
        rows, more = np.nonzero(fits & (np.arange(len(sizes))[None, :] >= last[:, None]))
        made = np.concatenate([made[rows], more[:, None]], axis=1)
        taken = taken[rows] + sizes[more]
        total += len(made)
        if total > MOST_PATTERNS:
            return None
        found.append(made[taken >= plan.smallest])
    width = plan.largest
    wide = [
        np.pad(own, ((0, 0), (0, width - own.shape[1])), constant_values=-1)
        for own in found
        if own.shape[1] <= width
    ]
    every = Patterns(np.concatenate(wide))
    return every.only(_valid(types, plan, every.parts))


def _valid(types: UnitTypes, plan: Plan, parts: IntArray) -> BoolArray:
    """Which patterns keep the relaxed rules, judged by stand-ins of each kind."""
    kinds = int(types.kind_of.max()) + 1
    counts = np.zeros((len(types.parts) + 1, kinds), dtype=np.int64)
    for place, (_, part) in enumerate(types.parts):
        np.add.at(counts[place], list(part), 1)
    composition = counts[parts].sum(axis=1)
    distinct, back = np.unique(composition, axis=0, return_inverse=True)
    people = [np.flatnonzero(types.kind_of == kind) for kind in range(kinds)]
    rows = np.full((len(distinct), plan.largest), NOBODY, dtype=np.int64)
    for row, own in enumerate(distinct.tolist()):
        # A kind may have fewer people than its parts could hold, taken together: none is that.
        chosen = [people[kind][:many] for kind, many in enumerate(own)]
        if all(len(each) == many for each, many in zip(chosen, own, strict=True)):
            members = np.concatenate(chosen)
            rows[row, : len(members)] = members
    valid = (rows != NOBODY).any(axis=1) & holds(types.relaxed, plan, rows)
    return np.asarray(valid[back.reshape(-1)])


def partitions(kinds: Multiset) -> Iterator[tuple[Multiset, ...]]:
    """Every way of taking a multiset apart, each once."""
    yield from sorted(set(_partitions(kinds)))


def _partitions(kinds: Multiset) -> Iterator[tuple[Multiset, ...]]:
    if not kinds:
        yield ()
        return
    first, rest = kinds[0], kinds[1:]
    for size in range(len(rest) + 1):
        for mates in set(combinations(rest, size)):
            left = list(rest)
            for kind in mates:
                left.remove(kind)
            for parts in _partitions(tuple(left)):
                yield tuple(sorted([(first, *mates), *parts]))
