"""Why a conflict is one, in the roster's words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from vermegroup.certificates import tally
from vermegroup.diagnosis.requirements import only
from vermegroup.phrase import Phrase, capital, joined, phrase
from vermegroup.problem import Problem
from vermegroup.solver.counting import Counting, reason_for_none, why_none
from vermegroup.solver.draft import must_be_seated
from vermegroup.solver.limits import Search
from vermegroup.solver.nowhere import fits_nowhere
from vermegroup.why_not import Proof, Requirement

_NAMED = 5
# People of whom each is asked whether any group can have them.
MOST_ASKED = 1_000


def explained(
    problem: Problem,
    conflict: Sequence[Requirement],
    proof: Proof | None,
    search: Search,
    *,
    minimal: bool,
) -> Phrase:
    """The sentence of a conflict: its arithmetic, or whom no group can have, or its rules."""
    own = only(problem, conflict)
    if proof is Proof.ARITHMETIC:
        counted = _counted(own, sized=any(_limits_size(each) for each in conflict), search=search)
        if counted is not None:
            return capital(counted)
    nowhere, one = _nowhere(own, search)
    rules = joined(own.sentence for own in conflict)
    if nowhere:
        return phrase(
            "{who} can be in no group that keeps all of this: {rules}",
            "{who} ei voi olla missään ryhmässä, joka täyttää kaikki nämä: {rules}"
            if one
            else "{who} eivät voi olla missään ryhmässä, joka täyttää kaikki nämä: {rules}",
            "{who} kan inte vara i någon grupp som uppfyller allt detta: {rules}",
            who=nowhere,
            rules=rules,
        )
    template = _MINIMAL if minimal else _TOGETHER
    told = phrase(template.en, template.fi, template.sv, rules=rules)
    return _with_facts(told, list(_facts(own)))


def _limits_size(own: Requirement) -> bool:
    return own.rule is not None and own.rule.limits_size


def _counted(problem: Problem, *, sized: bool, search: Search) -> Phrase | None:
    """The reason of arithmetic; None where there was no time to judge every number of groups."""
    counting = Counting(problem)
    if counting.left(search.expired) or not counting.complete:
        return None
    found = tuple(map(counting.judged, counting.numbers))
    if sized and problem.rulebook.everyone:
        return why_none(problem, found)
    return reason_for_none(problem, found)


def _nowhere(problem: Problem, search: Search) -> tuple[str, bool]:
    """Whom no group can have who need one, by their ids, and whether it is one; "" for nobody."""
    rules = problem.rulebook.rules
    if all(rule.anonymous and not rule.sets() for rule in rules):
        return "", False
    people = must_be_seated(problem)
    if problem.rulebook.everyone:
        people = np.arange(len(problem.roster))
    nowhere = fits_nowhere(problem, people[:MOST_ASKED], search)
    named = ", ".join(map(str, problem.roster.ids[nowhere[:_NAMED]]))
    return named + (", …" if len(nowhere) > _NAMED else ""), len(nowhere) == 1


def _facts(problem: Problem) -> Iterator[Phrase]:
    """Where those are from of whom every group needs some: "12 new people: Kuopio 9, Oulu 3"."""
    roster, rules = problem.roster, problem.rulebook.rules
    caps = [cap for rule in rules if (cap := rule.cap()) is not None]
    for rule in rules:
        quota = rule.quota(roster)
        for cap in caps if quota is not None else ():
            assert quota is not None
            trait = roster.categories[cap.trait]
            counts = np.bincount(trait.codes[quota.who], minlength=len(trait.values))
            yield phrase(
                "{people}: {values}",
                "{people}: {values}",
                "{people}: {values}",
                people=quota.people(int(quota.who.sum())),
                values=tally(cap.trait, trait.values, counts),
            )


def _with_facts(told: Phrase, facts: Sequence[Phrase]) -> Phrase:
    if not facts:
        return told
    return phrase(
        "{told} ({facts})", "{told} ({facts})", "{told} ({facts})", told=told, facts=joined(facts)
    )


_MINIMAL = Phrase(
    "No grouping keeps all of this, though without any one of it the rest can be kept: {rules}",
    "Mikään ryhmittely ei täytä kaikkia näitä, mutta jos yhdestä luovutaan, muut voivat toteutua: "
    "{rules}",
    "Ingen indelning uppfyller allt detta, men släpper man en av dem kan de andra uppfyllas: "
    "{rules}",
)
_TOGETHER = Phrase(
    "No grouping keeps all of this: {rules}",
    "Mikään ryhmittely ei täytä kaikkia näitä: {rules}",
    "Ingen indelning uppfyller allt detta: {rules}",
)
