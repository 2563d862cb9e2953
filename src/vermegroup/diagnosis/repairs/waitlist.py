"""A waitlist: how many people at the least, and whom."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from vermegroup.diagnosis.least import Least
from vermegroup.diagnosis.repairs.so_many import so_many
from vermegroup.diagnosis.written import Written
from vermegroup.kind import Kind
from vermegroup.phrase import Phrase, people_of, phrase, verbatim
from vermegroup.problem import Problem
from vermegroup.roster import labels_of
from vermegroup.rules.amending import wished_only
from vermegroup.solver.limits import Search
from vermegroup.why_not import Remedy, Repair

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
        _sentence(waiting, groups),
        len(waiting),
        cheapest=found.amount == found.bound,
        problem=replace(problem, rulebook=book),
        change={"waitlist": waiting, "rulebook": change},
        verified=formed is True,
        told=_sentence([labels[person] for person in people], groups),
        lines=written.lines(change),
    )


def _sentence(waiting: list[str], groups: Phrase) -> Phrase:
    return phrase(
        "If {people} waited ({who}), the others could form {groups}",
        "Jos {people} jäisi jonoon ({who}), muista voisi muodostaa {groups}",
        "Om {people} fick vänta ({who}) kunde de andra bilda {groups}",
        people=people_of(len(waiting)),
        who=_named(waiting),
        groups=groups,
    )


def _named(ids: list[str]) -> Phrase:
    return verbatim(", ".join(ids[:_NAMED]) + (", …" if len(ids) > _NAMED else ""))
