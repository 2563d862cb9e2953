"""One rule as a wish, or a waitlist: how little would have to be given up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from vermegroup.diagnosis.explain import so_many
from vermegroup.diagnosis.minimise import Least, Wish, least
from vermegroup.diagnosis.written import Written
from vermegroup.domain.arrays import IntArray, sum_of
from vermegroup.domain.kind import Kind, Role
from vermegroup.domain.outcome import Conflict, Remedy, Repair
from vermegroup.domain.problem import Problem
from vermegroup.domain.roster import labels_of
from vermegroup.judge.auditor import audit, confirm
from vermegroup.language.messages import N_, Message, _, verbatim
from vermegroup.language.terms import groups_of, people_of
from vermegroup.rulebooks.write import wished_only, with_groups
from vermegroup.solver.group_counts import Counting
from vermegroup.solver.patterns.pattern_model import least_broken
from vermegroup.solver.search import Search
from vermegroup.solver.solution import numbered, seating_of


def rule_repairs(
    written: Written, conflicts: tuple[Conflict, ...], search: Search
) -> Iterator[Repair]:
    """For each rule of a conflict that may be a wish, the least that it must be broken."""
    problem = written.problem
    for rule in _in_conflict(problem, conflicts):
        found = None if search.expired() else _least(problem, rule, search)
        repair = None if found is None else _repair(written, rule, found, search)
        if repair is not None:
            yield repair


def _least(problem: Problem, rule: Kind, search: Search) -> Least | None:
    """A grouping that keeps all other rules, and breaks this one as little as was found."""
    without = problem.under(_others(problem, rule))
    counting = Counting(without)
    numbers = counting.left(search.expired)
    if not numbers or not counting.complete:
        return None
    wish = _wish(without, rule)
    # The rule cannot be kept as things are, so it is broken by one at least.
    known = max(1, min(wish.bound(without, groups) for groups in numbers))
    counted = least_broken(without, rule, numbers, known, search)
    found = least(without, wish, numbers, counted, known, search)
    if found is not None:
        confirm(audit(without, numbered(without, found.group_of, found.groups)), ())
    return found


def _others(problem: Problem, rule: Kind) -> tuple[Kind, ...]:
    return tuple(other for other in problem.rulebook.rules if other != rule)


def _wish(problem: Problem, rule: Kind) -> Wish:
    def amount(group_of: IntArray, groups: int) -> int:
        seating = seating_of(group_of, groups)
        return sum_of(rule.shortfall(problem.roster, problem.plan(groups), seating))

    return Wish(rule, amount, in_people=rule.zero_is_rule)


def _in_conflict(problem: Problem, conflicts: tuple[Conflict, ...]) -> list[Kind]:
    """Rules that some conflict names and that could be wishes, but for those of sizes and seats.

    A rule that another one leans on is not broken by what is in the way of that one.
    """
    named = {requirement.rule for conflict in conflicts for requirement in conflict.requirements}
    return [
        rule
        for rule in problem.rulebook.rules
        if rule in named
        and Role.PREFERENCE in rule.roles
        and not rule.limits_size
        and not rule.seats_everyone
        and not any(rule in other.others for other in problem.rulebook.rules)
    ]


def _repair(written: Written, rule: Kind, found: Least, search: Search) -> Repair | None:
    """The repair that a grouping shows; None where ``form`` has none under such a rulebook."""
    problem = written.problem
    spec = replace(problem.rulebook.groups, fewest=found.groups, most=found.groups)
    book = wished_only(with_groups(problem.rulebook, spec), rule)
    change = {name: book.plain[name] for name in ("groups", "rules", "preferences")}
    formed = written.formed(change, search)
    if formed is False:
        return None
    return Repair(
        Remedy.RULE,
        _rule_sentence(problem, rule, found),
        found.amount,
        cheapest=found.amount == found.bound,
        problem=replace(problem, rulebook=book),
        change={"rulebook": written.change(change)},
        verified=formed is True,
        lines=written.lines(change),
    )


def _rule_sentence(problem: Problem, rule: Kind, found: Least) -> Message:
    plan, seating = problem.plan(found.groups), seating_of(found.group_of, found.groups)
    kept = int((rule.shortfall(problem.roster, plan, seating) == 0).sum())
    sentence, groups = rule.sentence(Role.RULE), groups_of(found.groups)
    if not kept:
        return _KEPT_IN_NONE.filled(rule=sentence, groups=groups)
    return _KEPT_IN_SOME.filled(rule=sentence, groups=groups, kept=groups_of(kept))


_KEPT_IN_SOME = N_(
    "If “{rule}” were a preference and not a rule, {groups} would be possible; it could hold in "
    "{kept}"
)
_KEPT_IN_NONE = N_(
    "If “{rule}” were a preference and not a rule, {groups} would be possible; it held in none of "
    "them"
)


_NAMED = 6


def waitlist_repair(
    written: Written, everyone: Kind, found: Least, search: Search
) -> Repair | None:
    """The repair that a grouping with the fewest people waiting shows; None if form has none."""
    problem = written.problem
    book = wished_only(problem.rulebook, everyone)
    change = {name: book.plain[name] for name in ("rules", "preferences")}
    formed = written.formed(change, search)
    if formed is False:
        return None
    people = np.flatnonzero(found.group_of < 0).tolist()
    labels = labels_of(problem.roster)
    waiting = [str(problem.roster.ids[person]) for person in people]
    others = problem.roster.subset(np.flatnonzero(found.group_of >= 0))
    placed = Problem(others, problem.rulebook.without(frozenset(waiting)))
    groups = so_many(placed, found.groups, search)
    return Repair(
        Remedy.WAITLIST,
        _waitlist_sentence(waiting, groups),
        len(waiting),
        cheapest=found.amount == found.bound,
        problem=replace(problem, rulebook=book),
        change={"waitlist": waiting, "rulebook": written.change(change)},
        verified=formed is True,
        named_sentence=_waitlist_sentence([labels[person] for person in people], groups),
        lines=written.lines(change),
    )


def _waitlist_sentence(waiting: list[str], groups: Message) -> Message:
    return _(
        "If {people} waited ({who}), the others could form {groups}",
        people=people_of(len(waiting)),
        who=_named(waiting),
        groups=groups,
    )


def _named(ids: list[str]) -> Message:
    return verbatim(", ".join(ids[:_NAMED]) + (", …" if len(ids) > _NAMED else ""))
