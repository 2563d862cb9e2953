"""The two horizons, step by step: what changes for good, and what is planned for one meeting."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np

from vermegroup.domain.arrays import IntArray
from vermegroup.domain.bonds import Policy
from vermegroup.domain.grouping import WAITLIST, EarlierGroups, Grouping, group_key, usual_number
from vermegroup.domain.problem import Problem
from vermegroup.domain.roster import Roster
from vermegroup.domain.seats import waiting_people
from vermegroup.domain.split import Part, parts_of
from vermegroup.judge.auditor import audit
from vermegroup.judge.several_groups import best_seated
from vermegroup.rebalancing.stage import Change, Rebalanced, Stage
from vermegroup.rulebooks.write import with_groups
from vermegroup.solver.column_generation.regroup import regroup
from vermegroup.solver.column_generation.task import Regrouped
from vermegroup.solver.regroup_several import bonds_of_several, regroup_several
from vermegroup.solver.search import Search
from vermegroup.solver.solution import promised


def turns_taken(roster: Roster, permanent: Grouping, history: Iterable[EarlierGroups]) -> IntArray:
    """In how many of the meetings each permanent group met with people of another, (groups,)."""
    turns = np.zeros(permanent.groups, dtype=np.int64)
    for meeting in history:
        mixed: set[int] = set()
        for ids in meeting.groups:
            people = roster.positions(ids)
            homes = np.unique(permanent.group_of[people[people >= 0]])
            homes = homes[homes >= 0]
            if len(homes) > 1:
                mixed.update(homes.tolist())
        turns[list(mixed)] += 1
    return turns


def named(
    group_of: IntArray,
    before: Grouping,
    promises: Mapping[int, str],
    used: Iterable[str] = (),
) -> Grouping:
    """Names for new groups (n,), -1 for the waitlist, and their order: that of the old groups.

    Where two new groups have most of their members from one old group, the one with more of them
    keeps the name. Groups that are promised to people by name get that name. All others get
    numbers that nothing has had, ``used`` names of groups that are gone among them.
    """
    groups = int(group_of.max(initial=-1)) + 1
    names: dict[int, str] = {
        int(group_of[person]): name for person, name in promises.items() if group_of[person] >= 0
    }
    taken = {group_key(name) for name in names.values()}
    for group, old in _heirs(group_of, before.group_of):
        name = before.names[old]
        if group not in names and group_key(name) not in taken:
            names[group] = name
            taken.add(group_key(name))
    fresh = _fresh([*before.names, *names.values(), *used])
    order = {group_key(name): place for place, name in enumerate(before.names)}
    for group in range(groups):
        if group not in names:
            names[group] = next(fresh)
    ranked = sorted(range(groups), key=lambda g: order.get(group_key(names[g]), len(order) + g))
    place = np.empty(groups + 1, dtype=np.int64)
    place[ranked] = np.arange(groups)
    place[groups] = -1
    return Grouping(place[group_of], tuple(names[group] for group in ranked))


def _heirs(group_of: IntArray, before: IntArray) -> list[tuple[int, int]]:
    """New groups with the old ones that most of their members come from, most members first."""
    both = (group_of >= 0) & (before >= 0)
    width = int(before.max(initial=0)) + 1
    keys, counts = np.unique(group_of[both] * width + before[both], return_counts=True)
    found = sorted(
        (-int(count), *divmod(int(key), width)) for key, count in zip(keys, counts, strict=True)
    )
    most: dict[int, int] = {}
    for less, group, _ in found:
        most.setdefault(group, less)
    return [(group, old) for less, group, old in found if less == most[group]]


def _fresh(names: Sequence[str]) -> Iterator[str]:
    numbers = [number for name in names if (number := usual_number(name)) is not None]
    digits = [len(name.strip()) - 1 for name in names if name.strip()[:1] in "gG"]
    width = max([2, *(count for count in digits if count < 9)])
    highest = max(numbers, default=0)
    while True:
        highest += 1
        yield f"G{highest:0{width}d}"


def take_stage(
    problem: Problem,
    before: Grouping,
    here: IntArray,
    policy: Policy | None,
    search: Search,
    turns: IntArray | None = None,
) -> Stage:
    """New groups for the people ``here`` (m,), of a whole roster with a grouping ``before``.

    With ``turns``, how often each group was combined with others, it is for one meeting: then there
    may be any number of groups. Without a policy groups are merged whole where that suffices; where
    it leaves anyone out, single people may move, if that is better.
    """
    present = _of(problem if turns is None else with_any_number(problem), here)
    old = Grouping(before.group_of[here], before.names)
    parts = (parts_of(present) or (Part("", np.arange(len(here)), present),)) if len(here) else ()
    group_of = np.full(len(here), WAITLIST, dtype=np.int64)
    answers, used, fails = [], Policy.MERGE if policy is None else policy, True
    if turns is not None:
        parts = tuple(replace(part, problem=with_any_number(part.problem)) for part in parts)
    for part in parts:
        part_before = old.group_of[part.people]
        answer, part_policy, proven = _answered(part, part_before, policy, search, turns)
        placed = answer.group_of >= 0
        group_of[part.people[placed]] = answer.group_of[placed] + int(group_of.max(initial=-1)) + 1
        answers.append(answer)
        if part_policy is Policy.MOVE:
            used, fails = Policy.MOVE, fails and proven
    promises = promised(present)
    after, whole = named(group_of, old, promises), policy is Policy.MERGE
    return Stage(here, present, old, after, parts, tuple(answers), used, whole, fails)


def _of(problem: Problem, here: IntArray) -> Problem:
    """The problem of some people: rules that name others hold for those who are here."""
    away = np.delete(problem.roster.ids, here)
    roster, book = problem.roster.subset(here), problem.rulebook.without(frozenset(away))
    return Problem(roster, book.suited(roster) if problem.roster.has_further_seats else book)


def _answered(
    part: Part, before: IntArray, policy: Policy | None, search: Search, turns: IntArray | None
) -> tuple[Regrouped, Policy, bool]:
    """The answer, how it came about, and whether merging is proven to leave somebody waiting."""
    if part.problem.roster.has_further_seats:
        answer = regroup_several(part.problem, before, search)
        if not answer.groups:
            answer = _partly(part.problem, before, answer, search)
        return answer, Policy.MOVE, False
    whole = policy is Policy.MERGE
    merged = regroup(part.problem, before, Policy.MERGE, search, turns, in_turn=whole)
    if whole or (merged.kept and not merged.waiting):
        # Where no bond breaks, nobody has moved alone: no move can be better.
        return merged, policy or Policy.MERGE, _fails(merged)
    moved = regroup(part.problem, before, Policy.MOVE, search, turns)
    # Whoever may move may also be merged: so nothing merged is better than the best of all moves.
    if (moved.order(), moved.costs) <= (merged.order(), merged.costs):
        return moved, policy or _used(before, moved), _fails(merged)
    return merged.doubted(moved.broken_bound), policy or Policy.MERGE, False


def _partly(problem: Problem, before: IntArray, none: Regrouped, search: Search) -> Regrouped:
    """Where no plan gives everyone a group: groups that can stay, and others one by one.

    The answer without any where nothing was found that keeps every other rule.
    """
    person = problem.roster.person_of()
    old = Grouping(before, tuple(map(str, range(int(before.max(initial=-1)) + 1))))
    standings = audit(problem, old).rules
    broken = [each.group for one in standings for each in one.breaches if each.group is not None]
    stays = (before != WAITLIST) & ~np.isin(before, broken)
    group_of = np.where(stays, before, WAITLIST)
    here = np.isin(person, person[stays])
    for other in np.unique(person[~here])[:_MOST_TRIED].tolist():
        wider = here | (person == other)
        seats = np.flatnonzero(wider)
        found = regroup_several(_of(problem, seats), before[seats], search)
        if found.groups:
            here, group_of = wider, np.full(len(person), WAITLIST, dtype=np.int64)
            group_of[seats] = found.group_of
    used, places = np.unique(group_of, return_inverse=True)
    group_of = places.astype(np.int64) - int((used < 0).any())
    groups = int(group_of.max(initial=-1)) + 1
    plan = best_seated(problem, Grouping(group_of, tuple(map(str, range(groups)))))
    others = (one for one in audit(problem, plan).rules if one.rule.kind != "place_everyone")
    if not groups or not all(standing.satisfied for standing in others):
        return none
    waiting = len(np.unique(person[~here]))
    broken_bonds, touched, new = bonds_of_several(problem, before, group_of, search)
    told = replace(none, group_of=group_of, groups=groups, waiting=waiting, broken=broken_bonds)
    told = replace(told, touched=touched, new=new, proven=False, never=False)
    return replace(told, waiting_bound=int(none.never))


# People for whom a place is sought beside those whose groups can stay.
_MOST_TRIED = 20


def _fails(merged: Regrouped) -> bool:
    return merged.waiting_bound > 0 or merged.never


def _used(before: IntArray, answer: Regrouped) -> Policy:
    """Whether single people had to move, or every old group went, or waits, as a whole."""
    homes = {*zip(before.tolist(), answer.group_of.tolist(), strict=True)}
    torn = Counter(old for old, _ in homes if old >= 0)
    return Policy.MOVE if any(many > 1 for many in torn.values()) else Policy.MERGE


def rebalance(
    problem: Problem,
    before: Grouping,
    change: Change,
    policy: Policy | None,
    search: Search,
) -> Rebalanced:
    """Repair a grouping after a change; first for good, then for one meeting.

    A grouping that keeps all its rules, of which nothing is asked, and for which nobody waits,
    stays as it is. No meeting is planned that nobody could come to, nor for groups that leave
    somebody over whom the rules want placed for good.
    """
    lasting = passing = meeting = None
    permanent = before
    if change.lasting or not (change.meeting or _all_well(problem, before)):
        here = np.setdiff1d(np.arange(len(problem.roster)), change.left)
        lasting = take_stage(problem, before, here, policy, search)
        permanent = _spread(lasting, len(problem.roster))
    fails = lasting is not None and (lasting.left_over or not lasting.kept)
    if change.meeting and not fails:
        waiting = waiting_people(problem.roster, permanent)
        members = np.flatnonzero(~np.isin(problem.roster.person_of(), waiting))
        here = np.setdiff1d(members, change.absent)
        turns = turns_taken(problem.roster, permanent, change.history)
        gentler = problem.in_meetings()
        passing = take_stage(gentler, permanent, here, policy, search, turns) if len(here) else None
        meeting = None if passing is None else _spread(passing, len(problem.roster))
    return Rebalanced(problem, before, permanent, meeting, lasting, passing, change)


def _all_well(problem: Problem, before: Grouping) -> bool:
    """Whether every rule holds and everybody has a group."""
    return not len(waiting_people(problem.roster, before)) and audit(problem, before).valid


def with_any_number(problem: Problem) -> Problem:
    """The problem without a number of groups: absences for one meeting may combine them."""
    book = problem.rulebook
    spec = replace(book.groups, fewest=None, most=None)
    free = replace(with_groups(book, spec), asked=book.asked or book)
    return replace(problem, rulebook=free)


def _spread(stage: Stage, people: int) -> Grouping:
    """The grouping of some people as one of all, the others having no group."""
    group_of = np.full(people, WAITLIST, dtype=np.int64)
    group_of[stage.here] = stage.after.group_of
    return replace(stage.after, group_of=group_of)
