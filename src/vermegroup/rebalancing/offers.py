"""Late joiners: the groups that could take a newcomer, best first, and what each would gain."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from vermegroup.domain.arrays import BoolArray, IntArray
from vermegroup.domain.bonds import Offer
from vermegroup.domain.grouping import WAITLIST, Grouping, Seating, group_key
from vermegroup.domain.kind import Kind
from vermegroup.domain.plan import Plan
from vermegroup.domain.problem import Problem
from vermegroup.domain.roster import labels_of
from vermegroup.judge.edits import NO_EDIT, Desk, Tried, best_first, moves
from vermegroup.language.messages import Message, _, joined
from vermegroup.language.terms import trait_name
from vermegroup.solver.solution import promised

MOST_OFFERS = 10


def offers_for(problem: Problem, standing: Grouping, newcomers: IntArray) -> Iterator[Offer]:
    """For each newcomer the groups that keep every rule with them.

    ``standing`` is the grouping before anybody joins. The best leaves the fewest strangers, and
    then serves the preferences in their order.
    """
    desk = Desk(problem, standing)
    used = np.flatnonzero(desk.sizes > 0)
    if not len(used) or not len(newcomers):
        return
    labels, promises = labels_of(problem.roster), promised(problem)
    now, named = int(desk.tried(NO_EDIT).broken[0]), _as_promised(standing, promises)
    for person in newcomers.tolist():
        joining = moves(np.full(len(used), person), used)
        tried = desk.tried(joining)
        kept = (tried.touched == 0) & (tried.broken <= now)
        kept &= (named & _named(standing.names, promises.get(person)))[used]
        fits = used[kept]
        ranks = [desk.sizes[fits], *desk.costs(joining.some(kept))]
        for at in best_first(Tried.nothing(len(fits)), ranks)[:MOST_OFFERS].tolist():
            group = int(fits[at])
            effect = _effect(problem, len(used), standing.members(group), person)
            name = standing.names[group]
            yield Offer(str(problem.roster.ids[person]), labels[person], name, effect)


def _as_promised(standing: Grouping, promises: Mapping[int, str]) -> BoolArray:
    """The groups that have the names which rules promise to their members, shape (groups,)."""
    fits = np.ones(standing.groups, dtype=bool)
    for person, name in promises.items():
        home = int(standing.group_of[person])
        if home != WAITLIST:
            fits[home] &= group_key(standing.names[home]) == group_key(name)
    return fits


def _named(names: Sequence[str], name: str | None) -> BoolArray:
    """The groups of a name; all where none is asked for."""
    fits = [name is None or group_key(group) == group_key(name) for group in names]
    return np.array(fits, dtype=bool)


def _effect(problem: Problem, groups: int, members: IntArray, person: int) -> Message:
    both, plan = np.append(members, person), problem.plan(groups, everyone=False)
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
    rows = np.repeat([0, 1], [len(members), len(both)])
    seating = Seating(np.concatenate([members, both]), rows, 2)
    measures = preference.measure(problem.roster, plan, seating)
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
