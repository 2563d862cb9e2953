"""What a grouping must keep, and the problem in which only some of it must be kept."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from vermegroup.kind import Role
from vermegroup.phrase import Phrase, groups_of, phrase, verb, verbatim
from vermegroup.problem import Problem
from vermegroup.rulebook import GroupSpec
from vermegroup.rules.size import Size
from vermegroup.why_not import Requirement


def requirements_of(problem: Problem) -> tuple[Requirement, ...]:
    """The rules in their order, and the number of groups where one was asked for."""
    rules = problem.rulebook.rules
    found = [Requirement(rule, rule.sentence(Role.RULE)) for rule in rules]
    spec = problem.rulebook.groups
    if spec.fewest is not None or spec.most is not None:
        found.append(Requirement(None, _number_asked_for(spec)))
    return tuple(found)


def only(problem: Problem, kept: Collection[Requirement]) -> Problem:
    """The problem with some of its requirements, and without preferences.

    Without a rule on sizes a group may have any size, though somebody is in it; without one on the
    waitlist people may wait, but some group is formed.
    """
    spec, rulebook = problem.rulebook.groups, problem.rulebook
    rules = tuple(own.rule for own in kept if own.rule is not None)
    if not any(rule.limits_size for rule in rules):
        spec = replace(spec, smallest=1, largest=max(1, len(problem.roster)), prefer=None)
        rules = (Size(spec.smallest, spec.largest), *rules)
    if all(own.rule is not None for own in kept):
        spec = replace(spec, fewest=None, most=None)
    return replace(problem, rulebook=replace(rulebook.under(rules), groups=spec))


def _number_asked_for(spec: GroupSpec) -> Phrase:
    if spec.fewest == spec.most:
        return phrase(
            "There {are} {groups}",
            "Ryhmiä on {k}",
            "Det blir {groups}",
            are=verb(spec.fewest or 0, "is", "are"),
            groups=groups_of(spec.fewest or 0),
            k=spec.fewest,
        )
    low = "…" if spec.fewest is None else str(spec.fewest)
    high = "…" if spec.most is None else str(spec.most)
    return phrase(
        "There are {span} groups",
        "Ryhmiä on {span}",
        "Det blir {span} grupper",
        span=verbatim(f"{low}–{high}"),
    )
