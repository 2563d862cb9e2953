"""A split roster: each value of a trait forms its groups apart, so each is a problem of its own."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from vermegroup.domain.arrays import IntArray
from vermegroup.domain.findings import Finding, Severity
from vermegroup.domain.grouping import WAITLIST, Grouping
from vermegroup.domain.problem import Problem
from vermegroup.domain.roster import value_key
from vermegroup.domain.rulebook import Rulebook, Split
from vermegroup.language.messages import _


@dataclass(frozen=True, slots=True)
class Part:
    """The participants with one value: ``people`` are their positions in the whole roster."""

    value: str
    people: IntArray
    problem: Problem


def parts_of(problem: Problem) -> tuple[Part, ...]:
    """The parts that anybody belongs to: first those of the rulebook, in its order.

    Values that the rulebook does not name follow in the order of the trait's values. Nothing for
    a rulebook that does not split.
    """
    split = problem.rulebook.split
    if split is None:
        return ()
    return _parts(problem, split, problem.roster.categories[split.by].codes)


def parts_in(problem: Problem, grouping: Grouping) -> tuple[tuple[Part, Grouping], ...]:
    """The parts as a grouping has them, each with its own groups.

    A group belongs to the part that most of its members are of, and so do all its members: who
    sits with the wrong people is judged there. Where no group mixes, these are the parts.
    """
    split = problem.rulebook.split
    if split is None:
        return ()
    codes = problem.roster.categories[split.by].codes
    home = _homes(codes, grouping)
    belongs = codes.copy()
    placed = np.flatnonzero(grouping.group_of != WAITLIST)
    belongs[placed] = home[grouping.group_of[placed]]
    return tuple((part, _part_grouping(part, grouping)) for part in _parts(problem, split, belongs))


def unused_parts(problem: Problem) -> tuple[Finding, ...]:
    """A warning for each part of the rulebook that nobody belongs to."""
    split = problem.rulebook.split
    if split is None:
        return ()
    trait = problem.roster.categories[split.by]
    found = [value for value, count in zip(trait.values, trait.counts(), strict=True) if count]
    known = {value_key(value) for value in found}
    return tuple(
        _unused(problem.rulebook, split, value, found)
        for value in split.parts
        if value_key(value) not in known
    )


def _parts(problem: Problem, split: Split, belongs: IntArray) -> tuple[Part, ...]:
    """Those who belong to each value's part, given as a code for each participant, shape (n,)."""
    order = np.argsort(belongs, kind="stable")
    codes, starts = np.unique(belongs[order], return_index=True)
    values = problem.roster.categories[split.by].values
    people = {
        values[code]: members
        for code, members in zip(codes, np.split(order, starts[1:]), strict=True)
    }
    return tuple(
        Part(value, people[value], _problem(problem, people[value], rulebook))
        for value, rulebook in _ranked(list(people), split)
    )


def _problem(whole: Problem, people: IntArray, rulebook: Rulebook) -> Problem:
    roster = whole.roster.subset(people)
    # In some parts nobody is in several groups, and the rules say so much the more.
    return Problem(roster, rulebook.suited(roster) if whole.roster.has_further_seats else rulebook)


def _ranked(values: list[str], split: Split) -> list[tuple[str, Rulebook]]:
    """Each value with its rulebook, in the order of the rulebook's parts."""
    named = {value_key(value): rank for rank, value in enumerate(split.parts)}
    rulebooks = split.rulebooks()  # the last is that of all others
    ranks = [named.get(value_key(value), len(named)) for value in values]
    return [
        (values[at], rulebooks[ranks[at]])
        for at in sorted(range(len(values)), key=ranks.__getitem__)
    ]


def _homes(codes: IntArray, grouping: Grouping) -> IntArray:
    """The value that most members of each group have, shape (groups,); at a tie the first."""
    seating = grouping.seating()
    width = int(codes.max(initial=0)) + 1
    keys, counts = np.unique(seating.group * width + codes[seating.people], return_counts=True)
    home = np.zeros(grouping.groups, dtype=np.int64)
    rising = np.lexsort((-keys, counts))  # what is written last, the most common value, stays
    home[keys[rising] // width] = keys[rising] % width
    return home


def _part_grouping(part: Part, grouping: Grouping) -> Grouping:
    groups = grouping.group_of[part.people]
    distinct, local = np.unique(groups, return_inverse=True)
    if len(distinct) and distinct[0] == WAITLIST:
        distinct, local = distinct[1:], local - 1
    return Grouping(local.astype(np.int64), tuple(grouping.names[group] for group in distinct))


def _unused(rulebook: Rulebook, split: Split, value: str, found: list[str]) -> Finding:
    return Finding(
        Severity.WARNING,
        _("Nobody belongs to the part {value}", value=value),
        file=rulebook.origin,
        column="parts",
        value=value,
        hint=_("The roster has these values: {found}", found=found),
    )
