"""Late joiners: the groups that could take a newcomer, best first, and what each would gain."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from vermegroup.domain.arrays import BoolArray, IntArray
from vermegroup.domain.bonds import Offer
from vermegroup.domain.grouping import Grouping, Seating, group_key
from vermegroup.domain.kind import Kind
from vermegroup.domain.plan import Plan
from vermegroup.domain.problem import Problem
from vermegroup.domain.roster import labels_of
from vermegroup.language.messages import Message, _, joined
from vermegroup.language.terms import trait_name
from vermegroup.solver.column_generation.columns import holds, padded, seating_of_rows
from vermegroup.solver.solution import promised

MOST_OFFERS = 10


def offers_for(problem: Problem, standing: Grouping, newcomers: IntArray) -> Iterator[Offer]:
    """For each newcomer the groups that keep every rule with them.

    ``standing`` is the grouping before anybody joins. The best leaves the fewest strangers, and
    then serves the preferences in their order.
    """
    used = np.unique(standing.group_of[standing.group_of >= 0]).tolist()
    groups = [standing.members(group) for group in used]
    if not groups or not len(newcomers):
        return
    plan = problem.plan(len(groups), everyone=False)
    rules = problem.rulebook.rules
    single = problem.under(tuple(rule for rule in rules if not rule.asks_number))
    labels = labels_of(problem.roster)
    width = max(map(len, groups)) + 1
    names = [standing.names[group] for group in used]
    room = _may_grow(problem, plan, groups) & _as_promised(problem, groups, names)
    promises = promised(problem)
    for person in newcomers.tolist():
        rows = padded([np.append(members, person) for members in groups], width)
        named = _named(names, promises.get(person))
        fits = np.flatnonzero(room & named & holds(single, plan, rows))
        alone = padded([groups[group] for group in fits.tolist()], width)
        gains = _gains(problem, plan, alone, rows[fits])
        sizes = np.array([len(groups[group]) for group in fits.tolist()])
        for at in np.lexsort((*reversed(gains), sizes))[:MOST_OFFERS].tolist():
            group = int(fits[at])
            effect = _effect(problem, plan, groups[group], person)
            yield Offer(str(problem.roster.ids[person]), labels[person], names[group], effect)


def _may_grow(problem: Problem, plan: Plan, groups: list[IntArray]) -> BoolArray:
    """Whether rules that compare groups take one more in each group; they ask for sizes alone."""
    rules = [rule for rule in problem.rulebook.rules if rule.asks_number]
    sizes = np.array([len(members) for members in groups])
    fits = np.ones(len(groups), dtype=bool)
    for size in np.unique(sizes).tolist() if rules else ():
        grown = sizes + (np.arange(len(groups)) == np.flatnonzero(sizes == size)[0])
        seats = np.repeat(np.arange(len(groups)), grown)
        seating = Seating(np.arange(len(seats)), seats, len(groups))
        short = [rule.shortfall(problem.roster, plan, seating).any() for rule in rules]
        fits[sizes == size] = not any(short)
    return fits


def _as_promised(problem: Problem, groups: list[IntArray], names: list[str]) -> BoolArray:
    """The groups that have the names which rules promise to their members, shape (groups,)."""
    fits, home = np.ones(len(groups), dtype=bool), np.full(len(problem.roster), -1)
    for group, members in enumerate(groups):
        home[members] = group
    for person, name in promised(problem).items():
        if home[person] >= 0:
            fits[home[person]] &= group_key(names[home[person]]) == group_key(name)
    return fits


def _named(names: list[str], name: str | None) -> BoolArray:
    """The groups of a name; all where none is asked for."""
    fits = [name is None or group_key(group) == group_key(name) for group in names]
    return np.array(fits, dtype=bool)


def _gains(problem: Problem, plan: Plan, alone: IntArray, rows: IntArray) -> list[IntArray]:
    """What each preference loses in each group, the first preference first; less is better."""
    found = []
    for preference in problem.rulebook.preferences:
        if preference.asks_number:
            continue
        before = preference.measure(problem.roster, plan, seating_of_rows(alone))
        after = preference.measure(problem.roster, plan, seating_of_rows(rows))
        found.append((after - before) * preference.sense.value)
    return found


def _effect(problem: Problem, plan: Plan, members: IntArray, person: int) -> Message:
    both = np.append(members, person)
    effects = [_("members: {old} → {new}", old=len(members), new=len(both))]
    effects += [
        found
        for whole in problem.rulebook.preferences
        for preference in _each(whole)
        if _traits(preference)
        and not preference.asks_number
        and (found := _change(problem, plan, preference, members, both)) is not None
    ]
    return joined([*effects, *_shared(problem, members, both)])


def _each(preference: Kind) -> Sequence[Kind]:
    """It alone, or what it weighs."""
    return [part for part, _rest in preference.weighed()] or [preference]


def _traits(kind: Kind) -> tuple[str, ...]:
    """The traits it looks at; a preference for sizes has none."""
    return (*kind.categories(), *kind.numbers(), *kind.sets(), *kind.either(), *kind.links())


def _change(
    problem: Problem, plan: Plan, preference: Kind, members: IntArray, both: IntArray
) -> Message | None:
    rows = padded([members, both], len(both))
    measures = preference.measure(problem.roster, plan, seating_of_rows(rows))
    old, new = map(int, measures)
    words = {preference.in_words(problem.roster, plan, value) for value in (old, new)}
    return preference.in_one_group(problem.roster, plan, old, new) if len(words) > 1 else None


def _shared(problem: Problem, members: IntArray, both: IntArray) -> Iterator[Message]:
    """What all members have in common, before and after."""
    for rule in problem.rulebook.rules:
        after = rule.in_common(problem.roster, both)
        for trait, values in rule.in_common(problem.roster, members).items():
            yield _(
                "{trait} that all share: {old} → {new}",
                trait=trait_name(trait),
                old=list(values),
                new=list(after.get(trait, ())) or "–",
            )
