"""Regroup: break as few bonds as can be, with proof; many people by their types first.

The order of what counts: people placed, bonds broken, groups touched, new bonds, turns taken,
and then the rulebook's preferences. A few hundred people are a set partitioning; more are planned
by the types of what is left of their groups.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from vermegroup.domain.arrays import IntArray
from vermegroup.domain.bonds import Policy
from vermegroup.domain.problem import Problem, must_be_seated
from vermegroup.solver.column_generation.columns import padded
from vermegroup.solver.column_generation.fragment_types import FragmentTypes, patterns_of, types_of
from vermegroup.solver.column_generation.fragments import Fragments, fragments_of
from vermegroup.solver.column_generation.realise import Realised, Realising, rows_of
from vermegroup.solver.column_generation.relaxation import left_by_sizes
from vermegroup.solver.column_generation.set_partitioning import preferred, settled
from vermegroup.solver.column_generation.task import (
    Ask,
    Regrouped,
    best_of,
    counted,
    sizes_that_fit,
)
from vermegroup.solver.column_generation.typed_master import plan_types
from vermegroup.solver.column_generation.typed_model import TypedPlan
from vermegroup.solver.params import PARAMS
from vermegroup.solver.search import Search


def regroup_by_types(ask: Ask, search: Search) -> Regrouped:
    """As ``regroup``, for any number of people; proven where real people do what types can.

    Whoever finds no place in the plan of the types is settled a few at a time.
    """
    types = types_of(ask)
    typed = None if types is None else _typed(types, ask, search)
    if types is None or typed is None:
        return _with_bounds(ask.fragments, _mended(ask, _untouched(ask), search), None)
    return _with_bounds(
        ask.fragments, _mended(ask, _realised(ask, types, typed, search), search), typed
    )


def proven_by_types(ask: Ask, search: Search) -> Regrouped | None:
    """An answer that is proven, if real people are soon found for the plan of the types."""
    types = types_of(ask)
    typed = None if types is None else _typed(types, ask, search)
    if types is None or typed is None:
        return None
    realised = _realised(ask, types, typed, search)
    found = _with_bounds(ask.fragments, list(rows_of(realised.groups)), typed)
    return found if found.proven else None


def _realised(ask: Ask, types: FragmentTypes, typed: TypedPlan, search: Search) -> Realised:
    """The best of a few tries: with nobody left open, if one succeeds."""
    best: Realised | None = None
    for _ in range(PARAMS.columns.realise_tries):
        found = Realising(ask, types, search).realise(typed)
        if best is None or len(found.open) < len(best.open):
            best = found
        if not len(best.open) or search.expired():
            break
    assert best is not None
    return best


def _typed(types: FragmentTypes, ask: Ask, search: Search) -> TypedPlan | None:
    patterns = patterns_of(types, ask, search)
    if patterns is None:
        return None
    sizes = np.array([len(part) for _, part in types.parts])
    may_wait = np.arange(len(sizes)) if types.whole else np.flatnonzero(sizes == 1)
    waiting = left_by_sizes(ask.fragments.people, ask.sizes)
    return plan_types(types, patterns, may_wait, waiting, search)


def _untouched(ask: Ask) -> Realised:
    """Every old group that can stay, and everybody else still open."""
    fragments = ask.fragments
    fitting = [group for group in fragments.members()[: fragments.old] if len(group) in ask.sizes]
    rows = padded(fitting, fragments.largest)
    rows = rows[ask.holds(rows)]
    return Realised(rows, np.setdiff1d(np.arange(fragments.people), rows))


def _mended(ask: Ask, realised: Realised, search: Search) -> list[IntArray]:
    """Groups for those still open, a few fragments at once, with groups that may help them."""
    groups = list(rows_of(realised.groups))
    apart = _by_fragment(ask.fragments, realised.open)
    step = PARAMS.columns.open_at_once
    for start in range(0, len(apart), step):
        if search.expired():
            break
        helpers = _helpers(ask.fragments, groups, search)
        some = [*apart[start : start + step], *(groups[at] for at in helpers)]
        here = np.sort(np.concatenate(some))
        groups = [group for at, group in enumerate(groups) if at not in helpers]
        groups += _few(ask, here, search)
    return groups


def _few(ask: Ask, here: IntArray, search: Search) -> Iterator[IntArray]:
    """Groups of a few of the people, by their fragments."""
    fragments = ask.fragments
    promised = np.flatnonzero(fragments.promised[here])
    fragments_here = fragments_of(fragments.fragment_of[here], fragments.largest, promised)
    group_of = settled(replace(ask, here=ask.here[here], fragments=fragments_here), search).group_of
    return (here[group_of == group] for group in range(int(group_of.max(initial=-1)) + 1))


def _by_fragment(fragments: Fragments, people: IntArray) -> list[IntArray]:
    """Some people, parted by their fragments."""
    order = people[np.argsort(fragments.fragment_of[people], kind="stable")]
    ends = np.flatnonzero(np.diff(fragments.fragment_of[order])) + 1
    return [members for members in np.split(order, ends) if len(members)]


def _helpers(fragments: Fragments, groups: list[IntArray], search: Search) -> set[int]:
    """Some groups, of those that are of one fragment."""
    alone = [
        at
        for at, group in enumerate(groups)
        if len(set(fragments.fragment_of[group].tolist())) == 1
    ]
    count = min(PARAMS.columns.helpers, len(alone))
    if not count:
        return set()
    return {int(at) for at in search.chance.choice(alone, size=count, replace=False)}


def _with_bounds(
    fragments: Fragments, groups: list[IntArray], typed: TypedPlan | None
) -> Regrouped:
    group_of = np.full(fragments.people, -1, dtype=np.int64)
    for number, members in enumerate(groups):
        group_of[members] = number
    found = counted(fragments, group_of)
    if typed is None or found.waiting != typed.people:
        return found
    best = found.waiting, typed.bound, typed.touched, typed.new
    proven = found.rank() == best and not found.missing
    bound = min(typed.bound, found.broken)
    waiting = found.waiting if proven else 0
    return replace(found, proven=proven, broken_bound=bound, waiting_bound=waiting)


def regroup(
    problem: Problem,
    before: IntArray,
    policy: Policy,
    search: Search,
    turns: IntArray | None = None,
) -> Regrouped:
    """The best new groups under a policy; those whom no group can take wait.

    ``before`` (n,) is each one's old group, negative for none; ``turns`` counts by old group how
    often it was combined before.

    Raises AuditError where an answer does not come to what the search reckoned with.
    """
    everybody, must = np.arange(len(problem.roster)), must_be_seated(problem)
    answers = []
    for sizes in sizes_that_fit(problem, len(everybody)):
        fragments = fragments_of(before, max(1, sizes.stop - 1), must, turns)
        answers.append(_regrouped(Ask(problem, everybody, fragments, policy, sizes), search))
    return best_of(answers)


def _regrouped(ask: Ask, search: Search) -> Regrouped:
    """By types where people are many; person by person, so that preferences count, where few."""
    people = ask.fragments.people if ask.sizes else 0
    if people > PARAMS.columns.settled_people:
        return regroup_by_types(ask, search)
    if ask.policy is Policy.MOVE and people > PARAMS.columns.person_people:
        typed = proven_by_types(ask, search)
        if typed is not None:
            return preferred(ask, typed, search)
    return settled(ask, search)
