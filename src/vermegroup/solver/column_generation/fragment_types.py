"""Fragments by their types: a multiset of person types. Few, however many the people.

Only rules that look at person types are asked; of rules that keep people apart by a value, and of
those that name people, nothing is demanded. So what the types cannot do, nobody can.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

import numpy as np

from vermegroup.domain.arrays import BoolArray, IntArray
from vermegroup.domain.bonds import Policy
from vermegroup.domain.grouping import NOBODY
from vermegroup.domain.plan import Plan
from vermegroup.domain.problem import Problem
from vermegroup.solver.column_generation.columns import holds, of_width
from vermegroup.solver.column_generation.fragments import Fragments
from vermegroup.solver.column_generation.task import Ask
from vermegroup.solver.params import PARAMS
from vermegroup.solver.search import Search

Multiset = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class FragmentType:
    """What is left of a group of these person types; ``old`` where it was a group at all."""

    multiset: Multiset
    old: bool


@dataclass(frozen=True)
class FragmentTypes:
    """``person_type_of`` (n,), the types in use, and the fragments of each.

    Fragments are taken apart, or only taken ``whole``.
    """

    person_type_of: IntArray
    types: tuple[FragmentType, ...]
    fragments: tuple[IntArray, ...]
    relaxed: Problem
    whole: bool

    @cached_property
    def parts(self) -> list[tuple[int, Multiset]]:
        """Every part of every type that a group could hold, as (type, multiset)."""
        return [
            (place, part)
            for place, fragment_type in enumerate(self.types)
            for part in (
                [fragment_type.multiset] if self.whole else sorted(_parts(fragment_type.multiset))
            )
        ]

    @property
    def old(self) -> int:
        """How many of the fragments are what is left of a group."""
        both = zip(self.fragments, self.types, strict=True)
        return sum(len(fragments) for fragments, fragment_type in both if fragment_type.old)

    def ways(self, fragment_type: FragmentType) -> Iterator[tuple[Multiset, ...]]:
        """Every way of taking a fragment of a type apart."""
        multiset = fragment_type.multiset
        return iter([(multiset,)]) if self.whole else partitions(multiset)


def types_of(ask: Ask) -> FragmentTypes | None:
    """The types of the fragments, by as many rules as keep them few; None where they never are."""
    problem, fragments, whole = ask.single, ask.fragments, ask.policy is Policy.MERGE
    if not whole and fragments.sizes.max(initial=0) > PARAMS.columns.split_size:
        return None
    rules = [
        rule
        for rule in problem.rulebook.rules
        if rule.anonymous
        and not (rule.keeps_apart() or rule.rivals(problem.roster) or rule.links())
    ]
    # Rules that look at numbers or at sets tell nearly everyone from everyone: they go first.
    rules.sort(key=lambda rule: len(rule.numbers()) + len(rule.sets()) + len(rule.either()))
    while True:
        # Rules that look at other rules look at those alone that are asked here.
        relaxed = problem.under(tuple(rules))
        found = _types(relaxed, fragments, whole=whole)
        if len(found.types) <= PARAMS.columns.most_types:
            return found
        if not rules:
            return None
        rules.pop()


def _types(relaxed: Problem, fragments: Fragments, *, whole: bool) -> FragmentTypes:
    person_type_of = _person_types(relaxed)
    of_type: dict[FragmentType, list[int]] = {}
    for fragment, members in enumerate(fragments.members()):
        multiset = tuple(sorted(person_type_of[members].tolist()))
        of_type.setdefault(FragmentType(multiset, fragment < fragments.old), []).append(fragment)
    by_type = tuple(np.array(each, dtype=np.int64) for each in of_type.values())
    return FragmentTypes(person_type_of, tuple(of_type), by_type, relaxed, whole)


def _parts(multiset: Multiset) -> set[Multiset]:
    sizes = range(1, len(multiset) + 1)
    return {part for size in sizes for part in combinations(multiset, size)}


def _person_types(problem: Problem) -> IntArray:
    roster, rules = problem.roster, problem.rulebook.rules
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


def patterns_of(types: FragmentTypes, ask: Ask, search: Search) -> Patterns | None:
    """Every valid new group of parts of types; None where they are too many, or time is up."""
    sizes = np.array([len(part) for _, part in types.parts], dtype=np.int64)
    smallest, largest = ask.sizes[0], ask.sizes[-1]
    most = of_width(PARAMS.columns.most_patterns, largest)
    found: list[IntArray] = []
    made = np.empty((1, 0), dtype=np.int64)
    taken = np.zeros(1, dtype=np.int64)
    total = 0
    while len(made):
        if len(made) * len(sizes) > PARAMS.columns.pattern_cells * most:
            return None
        longer = _longer(made, taken, sizes, largest, search)
        if longer is None:
            return None
        made, taken = longer
        total += len(made)
        if total > most:
            return None
        found.append(made[taken >= smallest])
    wide = [
        np.pad(patterns, ((0, 0), (0, largest - patterns.shape[1])), constant_values=-1)
        for patterns in found
        if patterns.shape[1] <= largest
    ]
    every = Patterns(np.concatenate(wide))
    return every.only(_valid(types, ask.plan, every.parts, largest))


def _longer(
    made: IntArray, taken: IntArray, sizes: IntArray, largest: int, search: Search
) -> tuple[IntArray, IntArray] | None:
    """All that come of adding a part that does not stand before the last; None when time is up."""
    rows, parts = [np.empty(0, dtype=np.int64)], [np.empty(0, dtype=np.int64)]
    step = max(1, PARAMS.columns.cells // len(sizes))
    for start in range(0, len(made), step):
        if search.expired():
            return None
        prefixes, seats = made[start : start + step], taken[start : start + step]
        last = prefixes[:, -1] if prefixes.shape[1] else np.zeros(len(prefixes), dtype=np.int64)
        fits = seats[:, None] + sizes[None, :] <= largest
        row, part = np.nonzero(fits & (np.arange(len(sizes))[None, :] >= last[:, None]))
        rows.append(row + start)
        parts.append(part)
    row, part = np.concatenate(rows), np.concatenate(parts)
    return np.concatenate([made[row], part[:, None]], axis=1), taken[row] + sizes[part]


def _valid(types: FragmentTypes, plan: Plan, parts: IntArray, largest: int) -> BoolArray:
    """Which patterns keep the relaxed rules, judged by stand-ins of each type."""
    number = int(types.person_type_of.max()) + 1
    counts = np.zeros((len(types.parts) + 1, number), dtype=np.int64)
    for place, (_, part) in enumerate(types.parts):
        np.add.at(counts[place], list(part), 1)
    composition = counts[parts].sum(axis=1)
    distinct, back = np.unique(composition, axis=0, return_inverse=True)
    people = [np.flatnonzero(types.person_type_of == person_type) for person_type in range(number)]
    rows = np.full((len(distinct), largest), NOBODY, dtype=np.int64)
    for row, needed in enumerate(distinct.tolist()):
        # A type may have fewer people than its parts could hold, taken together: none is that.
        chosen = [people[person_type][:many] for person_type, many in enumerate(needed)]
        if all(len(each) == many for each, many in zip(chosen, needed, strict=True)):
            members = np.concatenate(chosen)
            rows[row, : len(members)] = members
    valid = (rows != NOBODY).any(axis=1) & holds(types.relaxed, plan, rows)
    return np.asarray(valid[back.reshape(-1)])


def partitions(multiset: Multiset) -> Iterator[tuple[Multiset, ...]]:
    """Every way of taking a multiset apart, each once."""
    yield from sorted(set(_partitions(multiset)))


def _partitions(multiset: Multiset) -> Iterator[tuple[Multiset, ...]]:
    if not multiset:
        yield ()
        return
    first, rest = multiset[0], multiset[1:]
    for size in range(len(rest) + 1):
        for mates in set(combinations(rest, size)):
            left = list(rest)
            for person_type in mates:
                left.remove(person_type)
            for parts in _partitions(tuple(left)):
                yield tuple(sorted([(first, *mates), *parts]))
