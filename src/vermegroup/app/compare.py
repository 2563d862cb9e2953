"""Compare two groupings: bonds, moves, and how rules and preferences stand."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np

from vermegroup.app.checked_facts import with_facts
from vermegroup.app.group_facts import facts_for
from vermegroup.app.inputs import (
    RulebookChoice,
    chosen_for,
    day_of,
    look_for,
    naming,
    with_columns,
)
from vermegroup.app.plans import by_its_rules, notices_of, told_of
from vermegroup.app.privacy.how import AS_IT_IS, How, Openly
from vermegroup.app.recorded import inputs_of, path_of, recorded_call
from vermegroup.app.references import resolved, with_ids_of
from vermegroup.app.save import ReportedOutcome
from vermegroup.domain.arrays import IntArray
from vermegroup.domain.bonds import Move, Rebalance, bonds_between, bonds_between_several
from vermegroup.domain.findings import Finding, Severity
from vermegroup.domain.grouping import WAITLIST, Grouping
from vermegroup.domain.persons import Texts
from vermegroup.domain.problem import Problem, problem_of
from vermegroup.domain.roster import Roster, SetAside, called_by, labels_of
from vermegroup.domain.rulebook import Rulebook
from vermegroup.domain.split import unused_parts
from vermegroup.intake.files.readings import AFTER, BEFORE, readings
from vermegroup.intake.files.source import Given, named
from vermegroup.intake.pipeline import Look
from vermegroup.judge.auditor import audit, judged
from vermegroup.judge.several_groups import in_best_seats
from vermegroup.language.messages import N_, Message, verbatim
from vermegroup.language.terms import first_of, people_of, trait_name
from vermegroup.rebalancing.changes import compared_audits
from vermegroup.report.build import build_report, provenance_of


def compare_groups(
    before: Given, after: Given, choice: RulebookChoice, how: How = AS_IT_IS
) -> ReportedOutcome:
    """Read two groupings and judge the later one beside the earlier one. Writes nothing.

    Raises:
        InputError: a grouping or the rulebook cannot be read; with every finding.
    """
    started, names = time.monotonic(), naming(how)
    later_file = named(after)
    with names.faults(named(before), later_file), readings() as read:
        rulebook = with_columns(chosen_for(later_file, choice), how.columns)
        how = how.dated(day_of(later_file))
        files = ((before, BEFORE), (after, AFTER))
        looks = [look_for(file, rulebook, how, role) for file, role in files]
        missing = frozenset(trait for look in looks for trait in look.missing)
        if missing and choice == RulebookChoice():  # nobody has asked for rules about them
            rulebook = rulebook.untold(missing)
            looks = [look_for(file, rulebook, how, role) for file, role in files]
        (earlier, later), rulebook, noticed = _resolved(looks, rulebook, names)
        facts = facts_for(None, later_file, later.people, names)
        earlier, later = (names.look(look, rulebook) for look in (earlier, later))
        rulebook = names.rulebook(rulebook)
        old_problem, old = _read(earlier, rulebook, later)
        problem, new = _read(later, rulebook, earlier)
    judging, old_judging = (by_its_rules(each, later) for each in (problem, old_problem))
    outcome = judged(judging, new, started)
    noticed = names.findings(noticed)
    findings = (
        *notices_of(later),
        *later.remarks(),
        *noticed,
        *_untold(missing),
        *problem.notices(),
        *unused_parts(problem),
    )
    arguments = {"before": path_of(before), "after": path_of(after), **choice.rulebook()}
    call, inputs = recorded_call("compare", arguments, how, names), inputs_of(read, names)
    provenance = provenance_of(outcome, None, inputs, call, how.today.isoformat())
    report = build_report(outcome, findings, provenance, judged=True)
    change = comparison(old_judging, old, judging, new, later.set_aside)
    meeting = told_of(problem, new, later)
    answer = ReportedOutcome(outcome, replace(report, rebalance=change, meeting=meeting))
    return with_facts(answer, facts, problem.roster, new, permanent=later.permanent)


def _resolved(
    looks: list[Look], rulebook: Rulebook, names: Openly
) -> tuple[tuple[Look, Look], Rulebook, tuple[Finding, ...]]:
    """Both looks and the rulebook by the ids of the later look, and what is to say of it."""
    earlier, later = looks
    earlier.participants()
    later, rulebook = resolved(later, rulebook, names)
    earlier, noticed = with_ids_of(earlier, later, names)
    _, rulebook = resolved(earlier, rulebook, names)
    return (earlier, later), rulebook, noticed


def _read(look: Look, rulebook: Rulebook, other: Look) -> tuple[Problem, Grouping]:
    """A grouping under the rules; those that name people of the other file alone hold there."""
    here, there = (frozenset(map(str, side.participants().ids)) for side in (look, other))
    roster = look.participants()
    assert look.grouping is not None  # it is read, or stops the run, with the roster
    problem = problem_of(roster, rulebook.without(there - here), look.grouping)
    return problem, in_best_seats(problem, look.grouping)


def comparison(
    old_problem: Problem,
    old: Grouping,
    problem: Problem,
    new: Grouping,
    set_aside: Sequence[SetAside],
) -> Rebalance:
    """What a report tells of two groupings, in which the same people have the same ids.

    ``set_aside`` are rows of the later file.
    """
    people = problem.roster.ids[: problem.roster.people]
    places = old_problem.roster.positions([str(id_) for id_ in people])
    both = np.flatnonzero(places >= 0)
    compared = compared_audits(
        (old_problem, audit(old_problem, old)), (problem, audit(problem, new))
    )
    remarks = _remarks(old_problem.roster, problem.roster, places, set_aside)
    if old_problem.roster.has_further_seats or problem.roster.has_further_seats:
        told = _told_of_several(old_problem, old, problem, new, people[both])
        return replace(told, compared=compared, remarks=remarks)
    before = old.group_of[places[both]]
    after = new.group_of[both]
    whole = np.full(len(problem.roster), WAITLIST, dtype=np.int64)
    whole[both] = before
    return Rebalance(
        bonds_between(whole, new.group_of),
        tuple(_moves(problem.roster, both, _named(old, before), _named(new, after))),
        _touched(old, new, places),
        compared=compared,
        remarks=remarks,
    )


def _told_of_several(
    old_problem: Problem, old: Grouping, problem: Problem, new: Grouping, both: Texts
) -> Rebalance:
    """Bonds and moves where people may be in several groups; ``both`` are the ids in both files."""
    roster = problem.roster
    earlier, later = _members(old_problem.roster, old), _members(roster, new)
    there = frozenset(map(str, both))
    bonds = bonds_between_several(
        (group & there for group in earlier.values()), (group & there for group in later.values())
    )
    people = roster.positions(list(map(str, both)))
    named = (_names_of(own, both) for own in (earlier, later))
    touched = sum(group not in set(later.values()) for group in earlier.values())
    return Rebalance(bonds, tuple(_moves(roster, people, *named)), touched)


def _members(roster: Roster, grouping: Grouping) -> dict[str, frozenset[str]]:
    """The ids of each group's members, by its name."""
    return {
        name: frozenset(map(str, roster.ids[grouping.members(group)]))
        for group, name in enumerate(grouping.names)
    }


def _names_of(groups: Mapping[str, frozenset[str]], people: Texts) -> list[str]:
    """The groups of each person in one text, as groups.csv has them."""
    return [", ".join(name for name, group in groups.items() if id_ in group) for id_ in people]


def _remarks(
    old: Roster, new: Roster, places: IntArray, set_aside: Sequence[SetAside]
) -> tuple[Message, ...]:
    """Who is in one of the files alone; who is absent from a meeting is in both."""
    aside = {row.id for row in set_aside if row.merged_into is None}
    gone = np.setdiff1d(np.arange(old.people), places)
    away = np.array([old.ids[person] in aside for person in gone.tolist()], dtype=bool)
    told = (
        (_AWAY, called_by(old, gone[away])),
        (_ONLY_EARLIER, called_by(old, gone[~away])),
        (_ONLY_LATER, called_by(new, np.flatnonzero(places < 0))),
    )
    return tuple(
        form.filled(people=people_of(len(who)), who=first_of(who)) for form, who in told if who
    )


def _named(grouping: Grouping, group_of: IntArray) -> list[str]:
    names = [*grouping.names, ""]
    return [names[group] for group in group_of.tolist()]


def _moves(roster: Roster, people: IntArray, before: list[str], after: list[str]) -> list[Move]:
    labels = labels_of(roster)
    return [
        Move(str(roster.ids[person]), labels[person], origin, target, verbatim(""))
        for person, origin, target in zip(people.tolist(), before, after, strict=True)
        if origin != target
    ]


def _touched(old: Grouping, new: Grouping, places: IntArray) -> int:
    """How many of the earlier groups are no longer the same people."""
    later = {frozenset(places[new.members(group)].tolist()) for group in range(new.groups)}
    earlier = (frozenset(old.members(group).tolist()) for group in range(old.groups))
    return sum(group not in later for group in earlier)


def _untold(missing: Iterable[str]) -> Iterator[Finding]:
    """That rules are left out which ask for what one of the files does not tell."""
    if missing:
        traits = [trait_name(trait) for trait in sorted(missing)]
        yield Finding(Severity.NOTICE, _UNTOLD.filled(traits=traits))


_UNTOLD = N_("Not both files tell {traits}, so no rule or preference about it is judged")
_AWAY = N_("In both files, but absent or cancelled in the later one: {people} ({who})")
_ONLY_EARLIER = N_("Only in the earlier file: {people} ({who})")
_ONLY_LATER = N_("Only in the later file: {people} ({who})")
