"""Why each of those whom a plan leaves out has no place in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import numpy as np

from vermegroup.grouping import Grouping, Seating
from vermegroup.kind import Kind, Role
from vermegroup.phrase import Phrase, groups_of, joined, phrase
from vermegroup.plan import Plan
from vermegroup.problem import Problem
from vermegroup.roster import BoolArray, IntArray
from vermegroup.why_not import LeftOut

_REASONS = 2
# Sorts of people of whom each is held against every group: that takes as long as there are groups.
MOST_REASONS = 300


def left_out(problem: Problem, grouping: Grouping, nowhere: IntArray) -> tuple[LeftOut, ...]:
    """Everyone on the waitlist with the reason; ``nowhere`` are those who fit into no group."""
    plan, seating = problem.plan(grouping.groups), grouping.seating()
    alone = set(nowhere.tolist())
    full = bool(seating.groups) and bool((seating.sizes() >= plan.largest).all())
    reasons: dict[tuple[int, ...], Phrase] = {}
    found: list[LeftOut] = []
    for person in grouping.waitlist().tolist():
        if person in alone or full:
            found.append(LeftOut(person, _NOWHERE if person in alone else _ALL_FULL))
            continue
        alike = _alike(problem, person)
        if alike not in reasons and len(reasons) < MOST_REASONS:
            reasons[alike] = _because(problem, plan, seating, person)
        found.append(LeftOut(person, reasons.get(alike, _NO_PLACE)))
    return tuple(found)


def _alike(problem: Problem, person: int) -> tuple[int, ...]:
    """What people for whom the same reason holds have in common; the person where nothing is."""
    rules = problem.rulebook.rules
    if not all(rule.anonymous and not rule.numbers() and not rule.sets() for rule in rules):
        return (person,)
    traits = dict.fromkeys(trait for rule in rules for trait in rule.categories())
    return tuple(int(problem.roster.categories[trait].codes[person]) for trait in traits)


def takers(problem: Problem, plan: Plan, seating: Seating, person: int) -> IntArray:
    """The groups that keep every rule with the person as one more member."""
    broken = [own for _, own in _broken(problem, plan, seating, person)]
    return np.flatnonzero(~np.any(broken, axis=0)) if broken else np.arange(seating.groups)


def _because(problem: Problem, plan: Plan, seating: Seating, person: int) -> Phrase:
    """What stands in the way of adding the person to each group, the commonest reasons first."""
    if not seating.groups:
        return _NO_GROUPS
    counted: Counter[Kind] = Counter()
    for rule, broken in _broken(problem, plan, seating, person):
        counted[rule] += int(broken.sum())
    if counted.total() < seating.groups:
        return _NO_PLACE
    if all(rule.limits_size for rule, count in counted.items() if count):
        return _ALL_FULL
    told = [_told(rule, count) for rule, count in counted.most_common(_REASONS) if count]
    return phrase(
        "fits into none of {groups}: {told}",
        "ei sovi yhteenkään ryhmään ({k}): {told}",
        "passar inte i någon av {groups}: {told}",
        groups=groups_of(seating.groups),
        k=seating.groups,
        told=joined(told),
    )


def _told(rule: Kind, groups: int) -> Phrase:
    if rule.limits_size:
        one = groups == 1
        return phrase(
            "{n} is full" if one else "{n} are full",
            "{n} on täynnä",
            "{n} är full" if one else "{n} är fulla",
            n=groups,
        )
    return phrase(
        "{n} would break “{rule}”",
        "{n} rikkoisi säännön ”{rule}”",
        "{n} skulle bryta ”{rule}”",
        n=groups,
        rule=rule.sentence(Role.RULE),
    )


def _broken(
    problem: Problem, plan: Plan, seating: Seating, person: int
) -> Iterator[tuple[Kind, BoolArray]]:
    """Each rule with the groups that would break it with the person, and no rule before it."""
    larger = _with_one_more(seating, person)
    before = np.zeros(seating.groups, dtype=bool)
    for rule in problem.rulebook.rules:
        if rule.asks_number:
            judged = _uneven(problem, plan, seating, person, rule)
        else:
            judged = rule.shortfall(problem.roster, plan, larger) > 0
        broken = judged & ~before
        before |= broken
        yield rule, broken


def _uneven(problem: Problem, plan: Plan, seating: Seating, person: int, rule: Kind) -> BoolArray:
    """The groups that break a rule, or make others break it, which looks at all groups' sizes."""
    sizes, group, like = np.unique(seating.sizes(), return_index=True, return_inverse=True)
    judged = np.zeros(len(sizes), dtype=bool)
    for at, own in enumerate(group.tolist()):
        grown = Seating(
            np.append(seating.people, person), np.append(seating.group, own), seating.groups
        )
        judged[at] = rule.shortfall(problem.roster, plan, grown).any()
    return judged[like]


def _with_one_more(seating: Seating, person: int) -> Seating:
    """Every group with the person as one more member."""
    people = np.append(seating.people, np.full(seating.groups, person))
    group = np.append(seating.group, np.arange(seating.groups))
    order = np.argsort(group, kind="stable")
    return Seating(people[order], group[order], seating.groups)


_NOWHERE = Phrase(
    "can be in no group that keeps the rules, whoever else is in it",
    "ei voi olla missään säännöt täyttävässä ryhmässä, oli siinä kuka tahansa muu",
    "kan inte vara i någon grupp som uppfyller reglerna, vilka de andra än är",
)
_ALL_FULL = Phrase("every group is full", "kaikki ryhmät ovat täynnä", "alla grupper är fulla")
_NO_PLACE = Phrase(
    "no place was found in a group",
    "ryhmistä ei löytynyt paikkaa",
    "ingen plats hittades i en grupp",
)
_NO_GROUPS = Phrase(
    "no group is formed",
    "yhtään ryhmää ei muodosteta",
    "ingen grupp bildas",
)
