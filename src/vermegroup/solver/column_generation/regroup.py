"""Regroup: break as few bonds as can be, with proof; many people by their types first.

The order of what counts: people placed, bonds broken, who of the queue is placed, groups touched,
new bonds, turns taken, and then the rulebook's preferences. What people who had no group are to
each other is no new bond that counts: where there are several of them, the size wished for comes
before all other preferences. A few hundred people are a set partitioning; more are planned by the
types of what is left of their groups.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

import numpy as np

from vermegroup.domain.arrays import IntArray
from vermegroup.domain.bonds import Policy
from vermegroup.domain.grouping import Seating
from vermegroup.domain.problem import Problem, must_be_seated, queue_of
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
from vermegroup.solver.column_generation.typed_model import Limits, TypedPlan
from vermegroup.solver.feasibility import decide
from vermegroup.solver.first_served import first_served
from vermegroup.solver.params import PARAMS
from vermegroup.solver.search import Search


def regroup_by_types(ask: Ask, search: Search) -> Regrouped:
    """As ``regroup``, for any number of people; proven where real people do what types can.

    Whoever finds no place in the plan of the types is settled a few at a time.
    """
    types = types_of(ask)
    typed = None if types is None else _typed(types, ask, search)
    start = _untouched(ask)
    if types is not None and typed is not None:
        start = _realised(ask, types, typed, search)
    answer = _with_bounds(ask.fragments, _mended(ask, start, search), typed)
    return replace(answer, kept=ask.number in (None, answer.groups))


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
    waiting = left_by_sizes(ask.fragments.people, ask.sizes, ask.number)
    limits = Limits(waiting, ask.fragments.off, ask.number)
    return plan_types(types, patterns, may_wait, limits, search)


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
    before = np.where(fragments.fragment_of < fragments.old, fragments.fragment_of, -1)[here]
    fragments_here = fragments_of(before, fragments.largest, promised, off=fragments.off)
    part = replace(ask, here=ask.here[here], fragments=fragments_here, number=None)
    group_of = settled(part, search).group_of
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
    strange = found.touched, found.new, found.off
    proven = found.broken == typed.bound and strange == typed.strange and not found.missing
    bound = min(typed.bound, found.broken)
    waiting = found.waiting if proven else 0
    return replace(found, proven=proven, broken_bound=bound, waiting_bound=waiting)


def regroup(
    problem: Problem,
    before: IntArray,
    policy: Policy,
    search: Search,
    turns: IntArray | None = None,
    *,
    in_turn: bool = True,
) -> Regrouped:
    """The best new groups under a policy; those whom no group can take wait.

    ``before`` (n,) is each one's old group, negative for none; ``turns`` counts by old group how
    often it was combined before. With ``in_turn`` people are placed by the order of
    :func:`vermegroup.domain.problem.queue_of`, those who had no group after all who had one, among
    plans that leave as few waiting and break as few bonds: the first who can be, and then the next.
    Without it whoever fits is, and so where somebody waits whom a rule wants placed.

    Raises AuditError where an answer does not come to what the search reckoned with.
    """
    task = _Task(problem, before, policy, search, turns)
    answer, queue = task.answer(), before < 0
    if not answer.kept:  # then any number will do, to show how far one gets
        task = replace(task, any_number=True)
    if answer.missing or not answer.waiting:
        return _with_sizes(problem, before, answer)
    order = queue_of(problem)
    order = np.concatenate([order[~queue[order]], order[queue[order]]])
    if in_turn and len(before) <= PARAMS.columns.settled_people:
        answer = task.in_turn(answer, order)
    elif in_turn:
        answer = task.exchanged(answer, order)
    place = np.argsort(order)
    answer = replace(answer, late=tuple((-np.sort(place[answer.group_of < 0])).tolist()))
    return _with_sizes(problem, before, answer)


def _with_sizes(problem: Problem, before: IntArray, answer: Regrouped) -> Regrouped:
    """Sizes that came before all preferences but those for them are settled."""
    counted = int((before < 0).sum()) > 1 and answer.proven and answer.in_turn
    preferences = problem.rulebook.preferences
    first = takewhile(lambda own: own.sizes_alone and not own.asks_number, preferences)
    settled = len(list(first)) if counted else 0
    return replace(answer, settled=max(answer.settled, settled))


@dataclass(frozen=True, slots=True)
class _Task:
    problem: Problem
    before: IntArray
    policy: Policy
    search: Search
    turns: IntArray | None
    any_number: bool = False

    def answer(self, certain: Sequence[int] = ()) -> Regrouped:
        """The best groups, of a number that the rulebook allows, where these people have one."""
        asks = list(self._asks(certain))
        answer = best_of([_regrouped(ask, self.search) for ask in asks])
        numbers = self._numbers()
        if self.any_number or answer.groups in numbers or not len(self.before):
            return answer
        found = [
            _regrouped(replace(ask, number=number), self.search)
            for number in numbers
            for ask in asks
            if ask.sizes
        ]
        kept = [each for each in found if each.kept]
        shown = all(each.kept or each.never for each in found)
        if kept:
            best = best_of(kept)
            return best if shown else best.doubted()
        return replace(answer, kept=False, never=shown or self._shown_impossible())

    def in_turn(self, answer: Regrouped, order: IntArray) -> Regrouped:
        """The same, with the first of the order placed who can be."""
        best = answer

        def places(certain: Sequence[int]) -> tuple[Collection[int] | None, bool]:
            nonlocal best
            found = self.answer(certain)
            if not found.kept:
                return None, found.never
            if _worth(found) != _worth(answer):
                return None, found.proven
            best = replace(found, kept=answer.kept, never=answer.never)
            return _placed(found), False

        seats = len(order) - answer.waiting
        most = PARAMS.columns.queue_questions
        shown = first_served(order.tolist(), seats, _placed(answer), places, most)
        shown = shown and answer.proven
        return replace(best, in_turn=shown, settled=best.settled * shown)

    def exchanged(self, answer: Regrouped, order: IntArray) -> Regrouped:
        """The same, with whoever of the queue waits in the seat of one who comes later.

        Of many people that is tried for each by itself: it is shown only where all are in turn.
        """
        group_of = answer.group_of.copy()
        ask = next(self._asks(()))
        queue = [person for person in order.tolist() if self.before[person] < 0]
        for place, person in enumerate(queue):
            if group_of[person] >= 0 or self.search.expired():
                continue
            free = (group_of >= 0) & ~ask.fragments.promised
            later = [other for other in reversed(queue[place:]) if free[other]]
            later = later[: PARAMS.columns.queue_exchanges]
            groups = [np.flatnonzero(group_of == group_of[other]) for other in later]
            pairs = zip(groups, later, strict=True)
            rows = [np.append(members[members != other], person) for members, other in pairs]
            fits = np.flatnonzero(ask.holds(padded(rows, ask.fragments.largest)))
            if len(fits):
                other = later[int(fits[0])]
                group_of[person], group_of[other] = group_of[other], -1
        seated = group_of[order] >= 0
        return replace(
            answer, group_of=group_of, in_turn=not (np.diff(seated.astype(int)) > 0).any()
        )

    def _asks(self, certain: Sequence[int]) -> Iterator[Ask]:
        everybody = np.arange(len(self.before))
        must = np.union1d(must_be_seated(self.problem), np.array(certain, dtype=np.int64))
        for sizes in sizes_that_fit(self.problem, len(everybody)):
            largest = max(1, sizes.stop - 1)
            off = _off(self.problem, sizes, largest)
            fragments = fragments_of(self.before, largest, must, self.turns, off)
            yield Ask(self.problem, everybody, fragments, self.policy, sizes)

    def _numbers(self) -> range:
        spec = self.problem.rulebook.groups
        most = len(self.before) // spec.smallest
        return range(spec.fewest or 0, min(most if spec.most is None else spec.most, most) + 1)

    def _shown_impossible(self) -> bool:
        """Whether no grouping at all has such a number, however few are placed."""
        rules = tuple(rule for rule in self.problem.rulebook.rules if not rule.seats_everyone)
        return decide(self.problem.under(rules), self.search).possible is False


def _worth(answer: Regrouped) -> tuple[int, int, int]:
    """What comes before the order of the queue."""
    return answer.missing, answer.waiting, answer.broken


def _placed(answer: Regrouped) -> frozenset[int]:
    return frozenset(np.flatnonzero(answer.group_of >= 0).tolist())


def _off(problem: Problem, sizes: range, largest: int) -> IntArray:
    """How far each size is from the one that the rulebook wishes for, (largest + 1,)."""
    found = np.zeros(largest + 1, dtype=np.int64)
    wishes = (own for own in problem.rulebook.preferences if own.sizes_alone)
    wish = next((own for own in wishes if not (own.asks_number or own.seats_everyone)), None)
    if wish is not None and sizes:
        seats = np.repeat(np.arange(len(sizes)), list(sizes))
        seating = Seating(np.arange(len(seats)), seats, len(sizes))
        plan = problem.plan(1, everyone=False)
        found[list(sizes)] = wish.measure(problem.roster, plan, seating)
    return found


def _regrouped(ask: Ask, search: Search) -> Regrouped:
    """By types where people are many; person by person, so that preferences count, where few."""
    people = ask.fragments.people if ask.sizes else 0
    if people > PARAMS.columns.settled_people:
        return regroup_by_types(ask, search)
    few = people <= PARAMS.columns.person_people
    if ask.policy is Policy.MOVE and not few and ask.number is None:
        typed = proven_by_types(ask, search)
        if typed is not None:
            return preferred(ask, typed, search)
    return settled(ask, search)
