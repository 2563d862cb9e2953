"""Certificates: proofs by counting that so many groups cannot be, from one rule or from several.

What every group needs adds up over quotas of different people: their sum must fit into a group,
and enough of these people must have a seat where groups take few with the same value (Hall's
condition, counted for all groups at once).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from vermegroup.domain.arrays import IntArray
from vermegroup.domain.kind import Kind
from vermegroup.domain.plan import Cap, Plan, Quota
from vermegroup.domain.problem import Problem
from vermegroup.domain.roster import Categories
from vermegroup.language.messages import Message, Template, _, joined, ngettext, verbatim
from vermegroup.language.terms import groups_of, trait_name, value_name

# Quotas counted together, and values named in a sentence.
MOST_QUOTAS = 6
_NAMED = 4


@dataclass(frozen=True, slots=True)
class Certificate:
    """Why a number of groups cannot be, and the rules that the proof speaks of."""

    sentence: Message
    rules: tuple[Kind, ...]


@dataclass(frozen=True, slots=True)
class _Demand:
    """Quotas of different people, added up; ``counts`` are these people by a cap's values."""

    rules: tuple[Kind, ...]
    quotas: tuple[Quota, ...]
    cap: Cap | None = None
    trait: Categories | None = None
    counts: IntArray | None = None

    @property
    def per_group(self) -> int:
        return sum(quota.at_least for quota in self.quotas)


class Certificates:
    """The proofs by counting for one problem; what does not depend on the plan is counted once."""

    def __init__(self, problem: Problem) -> None:
        self._problem = problem
        self._demands = tuple(_demands(problem))

    def of(self, plan: Plan) -> Certificate | None:
        """The first proof that rules out this plan's number of groups, if there is one."""
        for rule in self._problem.rulebook.rules:
            proof = rule.certificate(self._problem.roster, plan)
            if proof is not None:
                return Certificate(proof, (rule,))
        for demand in self._demands:
            proof = _too_much(demand, plan) if demand.cap is None else _no_seats(demand, plan)
            if proof is not None:
                return Certificate(proof, demand.rules)
        return None


def _demands(problem: Problem) -> Iterator[_Demand]:
    """Every sum of two or more quotas of different people, by itself and under each cap."""
    roster, rules = problem.roster, problem.rulebook.rules
    found = ((rule, rule.quota(roster)) for rule in rules)
    quotas = [(rule, quota) for rule, quota in found if quota is not None][:MOST_QUOTAS]
    capped = [(rule, cap) for rule in rules if (cap := rule.cap()) is not None]
    for count in range(1, len(quotas) + 1):
        for chosen in combinations(quotas, count):
            chosen_rules = tuple(rule for rule, _rest in chosen)
            summed = tuple(quota for _rest, quota in chosen)
            who = np.sum([quota.who for quota in summed], axis=0)
            if who.max(initial=0) > 1:
                continue
            if count > 1:
                yield _Demand(chosen_rules, summed)
            for rule, cap in capped:
                trait = roster.categories[cap.trait]
                counts = np.bincount(trait.codes[who > 0], minlength=len(trait.values))
                yield _Demand((*chosen_rules, rule), summed, cap, trait, counts.astype(np.int64))


def _too_much(demand: _Demand, plan: Plan) -> Message | None:
    if demand.per_group <= plan.largest:
        return None
    return _(
        "each group needs {needs}, {total} in all, but takes only {most}",
        needs=[quota.people(quota.at_least) for quota in demand.quotas],
        total=demand.per_group,
        most=plan.largest,
    )


def _no_seats(demand: _Demand, plan: Plan) -> Message | None:
    assert demand.cap is not None
    assert demand.counts is not None
    seated = np.minimum(demand.counts, plan.groups * demand.cap.at_most)
    room = int(seated.sum())
    if room >= plan.groups * demand.per_group:
        return None
    return ngettext(
        # Translators: {values} is "Kuopio 12, Oulu 3".
        "{groups} needs {needs}, but only {room} of these can be seated: at most {m} in a group "
        "can have the same {trait} ({values})",
        "{groups} need {needs}, but only {room} of these can be seated: at most {m} in a group "
        "can have the same {trait} ({values})",
        plan.groups,
        groups=groups_of(plan.groups),
        needs=[quota.people(quota.at_least * plan.groups) for quota in demand.quotas],
        room=room,
        trait=trait_name(demand.cap.trait),
        m=demand.cap.at_most,
        values=_tally(demand),
    )


def _tally(demand: _Demand) -> Message:
    """Where these people are from, the most common first: "Kuopio 12, Oulu 3"."""
    assert demand.cap is not None
    assert demand.trait is not None
    assert demand.counts is not None
    return tally(demand.cap.trait, demand.trait.values, demand.counts)


def tally(trait: str, values: Sequence[str], counts: IntArray) -> Message:
    """How many have each value, the most common first: "Kuopio 12, Oulu 3, …"."""
    common = np.argsort(-counts, kind="stable")[: np.count_nonzero(counts)]
    entries = [
        Template("{value} {n}").filled(value=value_name(trait, values[code]), n=counts[code])
        for code in common[:_NAMED].tolist()
    ]
    more = [verbatim("…")] if len(common) > _NAMED else []
    return joined([*entries, *more], ", ")
