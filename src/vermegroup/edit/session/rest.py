"""Those who are not pinned, formed into groups anew or repaired; the others stay as they are.

Every rule is local to a group, so pinned groups can be taken out and put back without a look at
the rest. What rules ask of all groups together is judged by the audit of the whole, and nothing of
the rest is called proven.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

import numpy as np

from vermegroup.domain.arrays import IntArray
from vermegroup.domain.findings import Finding, InputError, Severity
from vermegroup.domain.grouping import WAITLIST, Grouping, group_key, group_names
from vermegroup.domain.outcome import Outcome, Verdict
from vermegroup.domain.problem import Problem
from vermegroup.domain.roster import Roster, value_key
from vermegroup.domain.rulebook import GroupSpec, Rulebook
from vermegroup.edit.session.state import State
from vermegroup.language.messages import _
from vermegroup.rebalancing.horizons import rebalance
from vermegroup.rebalancing.stage import Change
from vermegroup.rulebooks.write import with_groups
from vermegroup.rules.pin import Pin
from vermegroup.solver.form_parts import form
from vermegroup.solver.search import Limits, Listener, Search


def formed_again(
    state: State, limits: Limits, listener: Listener
) -> tuple[Outcome, Grouping | None]:
    """What came of forming the rest anew, and with that the grouping of all; None: none was found.

    Raises InputError where nobody is left, or it cannot be told for these groups.
    """
    people, problem = _rest(state)
    outcome = form(problem, limits, listener)
    if outcome.grouping is None:
        return _explained(outcome, state, limits), None
    return outcome, _together(state, people, outcome.grouping)


def repaired(state: State, limits: Limits, listener: Listener) -> Grouping:
    """The groups after what is broken was repaired with the fewest bonds broken.

    Whoever then has no place waits, even if pinned. Raises InputError as :func:`formed_again` does.
    """
    people, problem = _rest(state)
    before = _among(state.grouping, people)
    nobody = np.zeros(0, dtype=np.int64)
    change = Change(nobody, nobody, nobody, meeting=False)
    found = rebalance(problem, before, change, None, Search(limits, listener=listener))
    return _together(state, people, found.permanent)


def not_around_pins(problem: Problem) -> Outcome:
    """That nothing was found which leaves those who are pinned where they are."""
    return Outcome(Verdict.UNDECIDED, problem, (), because=_AROUND)


def _explained(outcome: Outcome, state: State, limits: Limits) -> Outcome:
    """Why nothing was found, with what would help.

    The rest has other means than all have: so where some were left out, and a rule compares groups
    with each other, nothing is called impossible.
    """
    book = state.groups.problem.rulebook
    rules = [rule for each in (book, *book.others()) for rule in each.rules]
    whole = len(outcome.problem.roster) == len(state.roster)
    if whole or not any(rule.compares for rule in rules):
        from vermegroup.diagnosis.diagnose import diagnosed  # noqa: PLC0415

        return diagnosed(outcome, limits)
    return not_around_pins(outcome.problem)


def _rest(state: State) -> tuple[IntArray, Problem]:
    """The people who are not in pinned groups, and their problem, with the pins of single ones."""
    roster, book = state.roster, state.groups.problem.rulebook
    if roster.has_further_seats and state.pins:
        raise InputError([Finding(Severity.ERROR, _SEVERAL, hint=_UNPIN)])
    waits = state.grouping.group_of == WAITLIST
    stays = waits & np.isin(roster.ids, list(state.pins.people))
    people = np.flatnonzero(~(state.in_pinned_groups | stays))
    if not len(people):
        raise InputError([Finding(Severity.ERROR, _NOBODY, hint=_UNPIN)])
    if len(people) == len(roster) and not state.pins:
        return people, state.groups.problem
    away = frozenset(map(str, np.delete(roster.ids, people)))
    rest = roster.subset(people)
    pins = {id_: name for id_, name in state.pinned_seats().items() if id_ not in away}
    book = with_pins(_fewer_groups(book, state).without(away), pins, rest)
    return people, Problem(rest, book)


def _fewer_groups(book: Rulebook, state: State) -> Rulebook:
    """The rulebook with the number of groups that is left without those that are pinned."""
    parts = list(_pinned_by_part(state))
    if book.split is None:
        return _with_fewer(book, len(parts))
    split = book.split
    counted = {
        value: _with_fewer(own, sum(part == value_key(value) for part in parts))
        for value, own in split.parts.items()
    }
    return replace(book, split=replace(split, parts=counted))


def _pinned_by_part(state: State) -> Iterator[str]:
    """The part of each pinned group; of a whole roster without names."""
    split, grouping = state.groups.problem.rulebook.split, state.grouping
    for group, name in enumerate(grouping.names):
        if name in state.pins.groups:
            if split is None:
                yield ""
            else:
                trait = state.roster.categories[split.by]
                yield value_key(trait.values[trait.codes[grouping.members(group)[0]]])


def _with_fewer(book: Rulebook, pinned: int) -> Rulebook:
    spec = book.groups
    if not pinned or (spec.fewest, spec.most) == (None, None):
        return book
    return with_groups(book, _counted(spec, pinned))


def _counted(spec: GroupSpec, pinned: int) -> GroupSpec:
    fewest, most = (None if n is None else max(1, n - pinned) for n in (spec.fewest, spec.most))
    return replace(spec, fewest=fewest, most=most)


def with_pins(book: Rulebook, pins: Mapping[str, str], roster: Roster) -> Rulebook:
    """The rulebook with a rule that settles the groups of some people, by their ids.

    Of a split roster each part has a rule of its own.
    """
    if not pins:
        return book
    if book.split is None:
        return _pinned(book, pins)
    split = book.split
    trait = roster.categories[split.by]
    value_of = {
        str(id_): value_key(trait.values[code])
        for id_, code in zip(roster.ids.tolist(), trait.codes.tolist(), strict=True)
    }
    named = {value_key(value) for value in split.parts}

    def own(value: str | None) -> dict[str, str]:
        return {
            id_: name
            for id_, name in pins.items()
            if (value_of[id_] == value if value is not None else value_of[id_] not in named)
        }

    parts = {value: _pinned(part, own(value_key(value))) for value, part in split.parts.items()}
    return replace(book, split=replace(split, parts=parts, others=_pinned(split.others, own(None))))


def _pinned(book: Rulebook, pins: Mapping[str, str]) -> Rulebook:
    return book.under((*book.rules, Pin(tuple(pins.items()))), *book.preferences) if pins else book


def _among(grouping: Grouping, people: IntArray) -> Grouping:
    """The groups that some people have."""
    used, group_of = np.unique(grouping.group_of[people], return_inverse=True)
    names = tuple(grouping.names[group] for group in used[used != WAITLIST].tolist())
    return Grouping(group_of.astype(np.int64) - int((used == WAITLIST).any()), names)


def _together(state: State, people: IntArray, rest: Grouping) -> Grouping:
    """The rest's groups beside those that stay; no two have one name."""
    stay = [name for name in state.grouping.names if name in state.pins.groups]
    settled = {group_key(name): name for name in state.pinned_seats().values()}
    names = [settled.get(group_key(name), name) for name in _free(rest.names, stay, set(settled))]
    group_of = np.full(len(state.roster), WAITLIST, dtype=np.int64)
    for place, name in enumerate(stay):
        group_of[state.grouping.members(state.grouping.names.index(name))] = place
    placed = rest.group_of != WAITLIST
    group_of[people[placed]] = rest.group_of[placed] + len(stay)
    return Grouping(group_of, (*stay, *names))


def _free(names: tuple[str, ...], stay: list[str], settled: set[str]) -> list[str]:
    """The names with others for those that a group has which stays."""
    taken = set(map(group_key, stay))
    kept = {group_key(name) for name in names} - taken
    usual = iter(group_names(len(names) + len(stay) + len(settled)))
    free = (name for name in usual if group_key(name) not in taken | kept)
    return [next(free) if group_key(name) in taken else name for name in names]


_AROUND = _("No groups were found around what is pinned")
_SEVERAL = _("Where people may be in several groups, nothing can be formed around pins")
_UNPIN = _("Take some of the pins away")
_NOBODY = _("Everybody is pinned, so nothing is left to be formed")
