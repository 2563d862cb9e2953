"""Why a conflict is one, and why each of those left out has no place, in the roster's words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np

from vermegroup.domain.arrays import BoolArray, IntArray
from vermegroup.domain.grouping import Grouping, Seating
from vermegroup.domain.kind import Kind, Role
from vermegroup.domain.outcome import LeftOut, Proof, Requirement
from vermegroup.domain.plan import Plan
from vermegroup.domain.problem import Problem, must_be_seated
from vermegroup.domain.roster import called_by
from vermegroup.judge.certificates import tally
from vermegroup.language.messages import N_, Message, Template, Who, _, capital, joined, ngettext
from vermegroup.language.terms import first_of, groups_of, quoted
from vermegroup.solver.assignment.single_group import fits_nowhere
from vermegroup.solver.group_counts import Counting, reason_for_none, why_none
from vermegroup.solver.search import Search

# People of whom each is asked whether any group can have them.
MOST_ASKED = 1_000


def explained(
    problem: Problem,
    conflict: Sequence[Requirement],
    proof: Proof | None,
    search: Search,
    *,
    minimal: bool,
    asked: Sequence[int] = (),
) -> Message:
    """The sentence of a conflict: its arithmetic, or whom no group can have, or its rules.

    ``problem`` is that of this conflict alone. Where it says nothing of sizes, of all numbers of
    groups those are told of that are ``asked`` for, and those beside them.
    """
    if proof is Proof.ARITHMETIC:
        sized = any(map(_limits_size, conflict))
        counted = _counted(problem, asked, sized=sized, search=search)
        if counted is not None:
            return capital(counted)
    nowhere = _nowhere(problem, search)
    rules = joined(quoted(requirement.sentence) for requirement in conflict)
    if nowhere:
        return ngettext(
            "{who} can be in no group that keeps all of this: {rules}",
            "{who} can be in no group that keeps all of this: {rules}",
            len(nowhere),
            who=first_of(nowhere),
            rules=rules,
        )
    template = _MINIMAL if minimal else _TOGETHER
    words = template.filled(rules=rules)
    return _with_facts(words, list(_facts(problem)))


def _limits_size(requirement: Requirement) -> bool:
    return requirement.rule is not None and requirement.rule.limits_size


def _counted(
    problem: Problem, asked: Sequence[int], *, sized: bool, search: Search
) -> Message | None:
    """The reason of arithmetic; None where there was no time to judge every number of groups."""
    counting = Counting(problem)
    if counting.left(search.expired) or not counting.complete:
        return None
    found = tuple(map(counting.judged, counting.numbers))
    if sized and problem.rulebook.everyone:
        return why_none(problem, found)
    near = tuple(each for each in found if min(asked, default=0) - 1 <= each.groups)
    near = tuple(each for each in near if each.groups <= max(asked, default=0) + 1)
    return reason_for_none(problem, near if asked and near else found)


def _nowhere(problem: Problem, search: Search) -> list[Who]:
    """Whom no group can have who need one."""
    rules = problem.rulebook.rules
    if all(rule.anonymous and not rule.sets() for rule in rules):
        return []
    people = must_be_seated(problem)
    if problem.rulebook.everyone:
        people = np.arange(len(problem.roster))
    return called_by(problem.roster, fits_nowhere(problem, people[:MOST_ASKED], search))


def _facts(problem: Problem) -> Iterator[Message]:
    """Where those are from of whom every group needs some: "12 new people: Kuopio 9, Oulu 3"."""
    roster, rules = problem.roster, problem.rulebook.rules
    caps = [cap for rule in rules if (cap := rule.cap()) is not None]
    for rule in rules:
        quota = rule.quota(roster)
        for cap in caps if quota is not None else ():
            assert quota is not None
            trait = roster.categories[cap.trait]
            counts = np.bincount(trait.codes[quota.who], minlength=len(trait.values))
            people = quota.people(int(quota.who.sum()))
            yield joined([people, tally(cap.trait, trait.values, counts)], ": ")


def _with_facts(sentence: Message, facts: Sequence[Message]) -> Message:
    if not facts:
        return sentence
    return Template("{told} ({facts})").filled(told=sentence, facts=joined(facts))


_MINIMAL = N_(
    "No grouping keeps all of this, though without any one of it the rest can be kept: {rules}"
)
_TOGETHER = N_("No grouping keeps all of this: {rules}")


_REASONS = 2
# Sorts of people of whom each is held against every group: that takes as long as there are groups.
MOST_REASONS = 300


def left_out(problem: Problem, grouping: Grouping, nowhere: IntArray) -> tuple[LeftOut, ...]:
    """Everyone on the waitlist with the reason; ``nowhere`` are those who fit into no group."""
    plan, seating = problem.plan(grouping.groups), grouping.seating()
    alone = set(nowhere.tolist())
    full = bool(seating.groups) and bool((seating.sizes() >= plan.largest).all())
    reasons: dict[tuple[int, ...], Message] = {}
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
    broken = [mask for _rest, mask in _broken(problem, plan, seating, person)]
    return np.flatnonzero(~np.any(broken, axis=0)) if broken else np.arange(seating.groups)


def _because(problem: Problem, plan: Plan, seating: Seating, person: int) -> Message:
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
    if seating.groups == 1:
        (rule,) = (rule for rule, count in counted.items() if count)
        return _("no place in the only group: it would break “{rule}”", rule=_sentence(rule))
    reasons = [_reason(rule, count) for rule, count in counted.most_common(_REASONS) if count]
    # Translators: of one person, as "V-1: no place in any …"; in the context "they", of several.
    return _("no place in any of {n} groups: {told}", n=seating.groups, told=joined(reasons))


def _reason(rule: Kind, groups: int) -> Message:
    if rule.limits_size:
        # Translators: {n} is a number of groups
        return ngettext("{n} is full", "{n} are full", groups)
    return ngettext(
        # Translators: {n} is a number of groups
        "{n} would break “{rule}”",
        "{n} would break “{rule}”",
        groups,
        rule=_sentence(rule),
    )


def _sentence(rule: Kind) -> Message:
    return rule.sentence(Role.RULE)


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
    for at, host in enumerate(group.tolist()):
        grown = Seating(
            np.append(seating.people, person), np.append(seating.group, host), seating.groups
        )
        judged[at] = rule.shortfall(problem.roster, plan, grown).any()
    return judged[like]


def _with_one_more(seating: Seating, person: int) -> Seating:
    """Every group with the person as one more member."""
    people = np.append(seating.people, np.full(seating.groups, person))
    group = np.append(seating.group, np.arange(seating.groups))
    order = np.argsort(group, kind="stable")
    return Seating(people[order], group[order], seating.groups)


_NOWHERE = _("can be in no group that keeps the rules, whoever else is in it")
_ALL_FULL = _("every group is full")
_NO_PLACE = _("no place was found in a group")
_NO_GROUPS = _("no group is formed")


def so_many(problem: Problem, groups: int, search: Search) -> Message:
    """The groups of a changed problem as an object: "2 groups", or "groups".

    ``groups`` were found to be possible; ``form`` looks for the best of all numbers that are.
    """
    counting = Counting(problem)
    if counting.left(search.expired) != [groups] or not counting.complete:
        return _GROUPS
    return groups_of(groups)


# Translators: an unknown number, in place of "3 groups"
_GROUPS = _("groups")
