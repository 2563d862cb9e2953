"""A rebalancing as the outcome of a run: its verdict, its bounds, and why not, if not.

A bound is the best of those of all numbers of groups that a plan as good may have: as good in
people placed, bonds, groups touched and new bonds. Where the rulebook says how many groups there
are to be, no other is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from vermegroup.diagnosis.explain import left_out
from vermegroup.domain.findings import AuditError
from vermegroup.domain.grouping import WAITLIST, Grouping
from vermegroup.domain.kind import Kind
from vermegroup.domain.outcome import (
    Audit,
    LeftOut,
    Outcome,
    PartialPlan,
    PartOutcome,
    Verdict,
    WhyNot,
)
from vermegroup.domain.plan import Plan
from vermegroup.domain.problem import PreferenceStanding, Problem
from vermegroup.domain.roster import SetAside, Table
from vermegroup.domain.seats import groups_less, waiting_people
from vermegroup.domain.split import Part
from vermegroup.intake.people.attendance import ABSENT_TODAY
from vermegroup.judge.auditor import audit
from vermegroup.judge.rivals import MOST_LOOKS
from vermegroup.judge.several_groups import best_seated
from vermegroup.language.days import meeting_on
from vermegroup.language.messages import N_, Message, N_several, _, joined, ngettext
from vermegroup.language.terms import all_rules_hold, groups_between, groups_of, people_of
from vermegroup.rebalancing.stage import Rebalanced, Stage
from vermegroup.solver.column_generation.task import Regrouped
from vermegroup.solver.search import Search


def standings_of(
    problem: Problem, grouping: Grouping, answer: Regrouped | None
) -> tuple[PreferenceStanding, ...]:
    """Every preference beside the best that it could be without loss to what comes before it.

    ``answer`` is the solver's; None where everything stayed and no other plan leaves all as it is.

    Raises AuditError where a preference is not worth what the solver reckoned with.
    """
    if not grouping.groups:
        return ()
    here = _Standing(problem, grouping, answer)
    return tuple(map(here.of, range(len(problem.rulebook.preferences))))


@dataclass(frozen=True, slots=True)
class _Standing:
    problem: Problem
    grouping: Grouping
    answer: Regrouped | None

    def of(self, place: int) -> PreferenceStanding:
        """The preference at a place."""
        preference, answer = self.problem.rulebook.preferences[place], self.answer
        value = self._value(preference)
        weighed = tuple(self._counted(part) for part, _rest in preference.weighed())
        if answer is not None and place >= answer.settled:
            return self._counted(preference, weighed)
        reckoned = () if answer is None else answer.costs[place : place + 1]
        if reckoned not in ((), (value * preference.sense.value,)):
            raise AuditError(f"{preference.kind}: reckoned {reckoned}, found {value}")
        return PreferenceStanding(preference, value, value, proven=True, weighed=weighed)

    def _counted(
        self, preference: Kind, weighed: tuple[PreferenceStanding, ...] = ()
    ) -> PreferenceStanding:
        """Beside what arithmetic alone says of every number of groups."""
        numbers, value = self._numbers(), self._value(preference)
        if len(numbers) * len(self.problem.roster) <= MOST_LOOKS:
            bound = self._bound(preference, numbers)
            return PreferenceStanding(preference, value, bound, value == bound, weighed)
        bound = self._bound(preference, (self.grouping.groups,))
        return PreferenceStanding(
            preference, value, bound, proven=False, weighed=weighed, this_number=True
        )

    def _value(self, preference: Kind) -> int:
        plan = self.problem.plan(self.grouping.groups)
        return preference.value_of(self.problem.roster, plan, self.grouping.seating())

    def _bound(self, preference: Kind, numbers: Sequence[int]) -> int:
        """The best that any of these numbers of groups could reach."""
        sense, roster = preference.sense.value, self.problem.roster
        bounds = (preference.bound(roster, self._plan(groups)) for groups in numbers)
        return sense * min(bound * sense for bound in bounds)

    def _plan(self, groups: int) -> Plan:
        """Where nobody waits now, nobody waits in a plan that is as good."""
        everyone = self.problem.rulebook.everyone or not len(self.grouping.waitlist())
        if self.problem.roster.has_further_seats:  # of which some may be empty in another plan
            everyone = False
        return self.problem.plan(groups, everyone=everyone)

    def _numbers(self) -> range:
        """How many groups a plan may have that leaves as few waiting."""
        spec, people = self.problem.rulebook.groups, len(self.problem.roster)
        waiting = len(self.grouping.waitlist())
        if self.problem.roster.has_further_seats:
            waiting = people - self.problem.roster.people
        least = 0 if self.answer is None else self.answer.waiting_bound
        fewest = -(-(people - waiting) // spec.largest)
        most = (people - least) // spec.smallest
        if self.answer is not None and self.answer.kept:
            fewest = max(fewest, spec.fewest or 0)
            most = min(most, most if spec.most is None else spec.most)
        return range(max(1, fewest), most + 1)


def outcome_of(found: Rebalanced, table: Table, search: Search) -> Outcome:
    """The answer for those who take part in what comes next; all others are set aside.

    ``table`` is the roster's, with what changed written into it. Where not everyone can be placed
    who must be, the grouping is the best partial one.

    Raises AuditError if the audit does not confirm that every rule holds in every group.
    """
    problem, grouping = _taking_part(found, table)
    verdict, because = _verdict(found)
    for stage in found.stages:
        seated = best_seated(stage.problem, stage.after)
        _confirm(audit(stage.problem, seated), complete=stage.kept and not stage.waiting)
    if verdict is Verdict.FORMED:
        last = found.stages[-1] if found.stages else None
        outcome = _answered(problem, grouping, audit(problem, grouping), last)
    elif problem.roster.has_further_seats and not grouping.groups:
        outcome = Outcome(verdict, problem, ())
    else:
        last = found.stages[-1]
        parts = tuple(_partial_part(last, place) for place in range(len(last.parts)))
        partial = _partial(problem, grouping, last, parts)
        shown = parts if problem.rulebook.split is not None else ()
        outcome = Outcome(verdict, problem, (), why_not=WhyNot(partial=partial), parts=shown)
    return replace(
        outcome, because=because, deterministic=not search.cut_short, seconds=search.seconds
    )


def _partial(
    problem: Problem, grouping: Grouping, stage: Stage, parts: Sequence[PartOutcome]
) -> PartialPlan:
    """The plan that places most people, where that is not everyone who must be placed."""
    waiting = tuple(
        replace(left, person=int(part.people[left.person]))
        for part, answer in zip(stage.parts, parts, strict=True)
        for left in _left_out(part, answer.outcome)
    )
    bound = problem.roster.people - stage.waiting_bound
    number, merges = not stage.kept, stage.merges_only
    return PartialPlan(problem, grouping, waiting, bound, any_number=number, merges_only=merges)


def _left_out(part: Part, outcome: Outcome) -> tuple[LeftOut, ...]:
    if outcome.why_not is not None and outcome.why_not.partial is not None:
        return outcome.why_not.partial.left_out
    assert outcome.grouping is not None  # it has a partial plan, or groups
    return _waiting(part.problem, outcome.grouping)


def _waiting(problem: Problem, grouping: Grouping) -> tuple[LeftOut, ...]:
    """Whoever has no group at all, by first seats, with the reason."""
    people = set(waiting_people(problem.roster, grouping).tolist())
    found = left_out(problem, grouping, np.empty(0, dtype=np.int64))
    return tuple(left for left in found if left.person in people)


def _partial_part(stage: Stage, place: int) -> PartOutcome:
    """What came of one part where the whole has no groups: of its own, or a partial plan."""
    part, answer = stage.parts[place], stage.answers[place]
    used, group_of = np.unique(stage.after.group_of[part.people], return_inverse=True)
    names = tuple(stage.after.names[group] for group in used[used >= 0])
    grouping = Grouping(group_of.astype(np.int64) - int((used < 0).any()), names)
    own = replace(stage, here=part.people, after=grouping, parts=(part,), answers=(answer,))
    if own.kept and not own.left_over:
        return PartOutcome(part.value, Outcome(Verdict.FORMED, part.problem, (), grouping))
    waiting = _waiting(part.problem, grouping)
    bound = part.problem.roster.people - own.waiting_bound
    partial = PartialPlan(
        *(part.problem, grouping, waiting, bound),
        any_number=not own.kept,
        merges_only=own.merges_only,
    )
    verdict, because = _verdict_of(own)
    why_not = WhyNot(partial=partial)
    return PartOutcome(
        part.value, Outcome(verdict, part.problem, (), because=because, why_not=why_not)
    )


def _taking_part(found: Rebalanced, table: Table) -> tuple[Problem, Grouping]:
    whole = found.problem.roster
    if not found.stages:
        return Problem(replace(whole, table=table), found.problem.rulebook), found.before
    last = found.stages[-1]
    aside = sorted((*whole.set_aside, *_others(found, last)), key=lambda each: each.row)
    roster = replace(last.problem.roster, table=table, set_aside=tuple(aside))
    problem = Problem(roster, last.problem.rulebook)
    return problem, best_seated(problem, last.after)


def _others(found: Rebalanced, last: Stage) -> list[SetAside]:
    roster = found.problem.roster
    reasons = dict.fromkeys(found.change.left.tolist(), _LEFT)
    reasons |= dict.fromkeys(found.change.absent.tolist(), ABSENT_TODAY)
    out = np.setdiff1d(np.flatnonzero(~roster.further()), last.here)
    numbers = roster.table.row_numbers[roster.rows[out]]
    return [
        SetAside(int(row), reasons.get(person, _NO_MEMBER))
        for person, row in zip(out.tolist(), numbers, strict=True)
    ]


def _confirm(audited: Audit, *, complete: bool) -> None:
    """Raise AuditError where a group breaks a rule, or a complete grouping any."""
    for standing in audited.rules:
        for breach in standing.breaches:
            if complete or breach.group is not None:
                raise AuditError(f"{standing.rule.kind}: {breach.sentence}")
    for part in audited.parts:
        _confirm(part.audit, complete=complete)


def _answered(problem: Problem, grouping: Grouping, audited: Audit, last: Stage | None) -> Outcome:
    """The outcome without its verdict; of a split roster with one for each part."""
    if not audited.parts:
        standings = _standings_of_part(problem, grouping, last, 0)
        return Outcome(Verdict.FORMED, problem, (), grouping, audited, standings)
    parts = tuple(
        PartOutcome(
            part.value,
            Outcome(
                Verdict.FORMED,
                part.problem,
                (),
                part.grouping,
                part.audit,
                _standings_of_part(part.problem, part.grouping, last, place),
            ),
        )
        for place, part in enumerate(audited.parts)
    )
    return Outcome(Verdict.FORMED, problem, (), grouping, audited, parts=parts)


def _standings_of_part(
    problem: Problem, grouping: Grouping, last: Stage | None, part: int
) -> tuple[PreferenceStanding, ...]:
    """Preferences beside the best that they could be without breaking more bonds."""
    answer = last.answers[part] if last is not None and part < len(last.answers) else None
    return standings_of(problem, grouping, answer)


def _verdict(found: Rebalanced) -> tuple[Verdict, Message | None]:
    """Formed, unless somebody waits whom the rules want placed."""
    for stage in found.stages:
        if not stage.kept or stage.left_over:
            return _verdict_of(stage)
    return Verdict.FORMED, None


def _verdict_of(stage: Stage) -> tuple[Verdict, Message]:
    """The verdict of a step that leaves somebody over, or has not as many groups as are asked."""
    if stage.problem.roster.has_further_seats and stage.left_over:
        if stage.left_over_bound:
            return Verdict.IMPOSSIBLE, _NOT_ALL_SEVERAL
        return Verdict.UNDECIDED, _NOT_FOUND_SEVERAL
    if not stage.kept:
        return _without_the_number(stage)
    verdict = Verdict.IMPOSSIBLE if stage.left_over_bound else Verdict.UNDECIDED
    because = _why_not_all(stage)
    return verdict, joined([because, _WHOLE], ". ") if stage.merges_only else because


def _without_the_number(stage: Stage) -> tuple[Verdict, Message]:
    """That there cannot be as many groups as the rulebook asks for, or that none were found so."""
    part, answer = next(
        (part, answer)
        for part, answer in zip(stage.parts, stage.answers, strict=True)
        if not answer.kept
    )
    spec, people = part.problem.rulebook.groups, len(part.people)
    low, high = spec.fewest or 1, spec.most or max(1, people // spec.smallest)
    groups = groups_between(min(low, high), high)
    if people < low * spec.smallest:
        because = _TOO_FEW.filled(
            people=people_of(people), groups=groups, needed=people_of(low * spec.smallest)
        )
        return Verdict.IMPOSSIBLE, because
    verdict = Verdict.IMPOSSIBLE if answer.never else Verdict.UNDECIDED
    form = _NOT_SO_MANY if answer.never else _NOT_FOUND_SO_MANY
    because = form.filled(groups=groups)
    return verdict, joined([because, _WHOLE_SO_MANY], ". ") if stage.merges_only else because


def _why_not_all(stage: Stage) -> Message:
    """What is known of those who are left over."""
    form = _NOT_FOUND
    if stage.left_over_bound:
        form = _CANNOT if stage.left_over_bound == stage.left_over else _NOT_ALL
    return form.filled(people=people_of(stage.left_over))


def label_of(found: Rebalanced, outcome: Outcome, day: date) -> Message | None:
    """The verdict in a word or two, where groups were found; a meeting is that of a day."""
    if outcome.verdict is not Verdict.FORMED:
        return None
    if found.meeting is not None:
        return meeting_on(day)
    return _REBALANCED if found.changed or len(found.change.left) else _NOTHING


def sentence_of(found: Rebalanced, outcome: Outcome) -> Message | None:
    """The verdict in one sentence, where groups were found."""
    if outcome.verdict is not Verdict.FORMED:
        return None
    waiting = sum(stage.waiting for stage in found.stages[-1:])
    if not found.changed:
        left = len(found.change.left)
        gone = [_LEFT_FOR_GOOD.filled(left, people=people_of(left))] if left else []
        if waiting:
            return joined([*gone, _still_waiting(waiting)], " ")
        stay = _NOBODY_ELSE if gone else _ALL_STAY
        return joined([*gone, stay if found.meeting is None else _ALL_AT_HOME], " ")
    groups = outcome.grouping.groups if outcome.grouping is not None else 0
    hold = all_rules_hold if found.meeting is None else _meeting_rules_hold
    placed = found.problem.roster.person_of()[found.result.group_of != WAITLIST]
    kept = hold(len(np.unique(placed)), groups)
    changed = ngettext("{n} group changed.", "{n} groups changed.", found.changed_groups())
    return joined([kept, changed, _moved(found), _bonds(found)], " ")


def sentence_of_part(found: Rebalanced, whole: Outcome, part: PartOutcome) -> Message | None:
    """The same of one part of a split roster: bonds come first, so none is called the best."""
    grouping = part.outcome.grouping
    if whole.verdict is not Verdict.FORMED or grouping is None or not grouping.groups:
        return None
    hold = all_rules_hold if found.meeting is None else _meeting_rules_hold
    roster = part.outcome.problem.roster
    return hold(roster.people - len(waiting_people(roster, grouping)), grouping.groups)


def part_is_proven(found: Rebalanced, value: str) -> bool:
    """Whether in each step nothing is better for the part with this value, bonds included."""
    return all(
        answer.proven and answer.in_turn
        for stage in found.stages
        for part, answer in zip(stage.parts, stage.answers, strict=True)
        if part.value == value
    )


def _moved(found: Rebalanced) -> Message:
    """How many of those who had a group are in another one."""
    names = [
        np.array([*groups.names, ""], dtype=object)[groups.group_of]
        for groups in (found.before, found.result)
    ]
    moves = (names[0] != names[1]) & (names[0] != "") & found.here()
    if found.meeting is not None and found.problem.roster.has_further_seats:
        moves &= ~groups_less(found.problem.roster, found.before, found.result)
    moved = int(moves.sum())
    if not moved:
        return _NONE_MOVED
    return ngettext(
        "{people} changes groups, and nobody else has to.",
        "{people} change groups, and nobody else has to.",
        moved,
        people=people_of(moved),
    )


def _meeting_rules_hold(people: int, groups: int) -> Message:
    return ngettext(
        "{people} meets in {groups}, and every rule for meetings holds.",
        "{people} meet in {groups}, and every rule for meetings holds.",
        people,
        people=people_of(people),
        groups=groups_of(groups),
    )


def _still_waiting(people: int) -> Message:
    return _(
        "Every group can stay as it is, and every rule holds. {people} in the queue.",
        people=people_of(people),
    )


def _bonds(found: Rebalanced) -> Message:
    broken = found.bonds().broken
    if not broken:
        return _NONE_BROKEN
    # Of two steps each is the best for what it begins with: that is no proof for both together.
    form = _BROKEN
    if len(found.stages) == 1 and found.stages[0].proven:
        form = _FEWEST_WHOLE if found.stages[0].merges_only else _FEWEST
    return form.filled(broken, all=found.bonds().before)


_CANNOT = N_("{people} cannot be placed without breaking a rule; the best partial plan is shown")
_NOT_ALL = N_(
    "Not everyone can be placed without breaking a rule; the best plan that was found leaves "
    "{people} over"
)
_NOT_FOUND = N_("No plan was found that places everyone; the best one leaves {people} over")
_TOO_FEW = N_(
    "The rulebook asks for {groups}, and {people} are too few for that: it takes {needed}"
)
_NOT_SO_MANY = N_("The rulebook asks for {groups}, and with that no plan keeps every rule")
_NOT_FOUND_SO_MANY = N_("The rulebook asks for {groups}, and no plan with that was found")
_WHOLE_SO_MANY = _(
    "This holds while groups are only combined whole; --policy move may find such a plan"
)
_NOT_ALL_SEVERAL = _("No plan gives everyone a group and keeps every rule")
_NOT_FOUND_SEVERAL = _("No plan was found that gives everyone a group and keeps every rule")
_LEFT = _("Left for good")
_NO_MEMBER = _("In the queue, so not part of this meeting")
_WHOLE = _("This holds while groups are only combined whole; --policy move may place more")
_REBALANCED = _("Groups rebalanced")
_NOTHING = _("Nothing to do")
_ALL_STAY = _("Every group can stay as it is, and every rule holds.")
_NOBODY_ELSE = _("Nobody else has to move, and every rule holds.")
_LEFT_FOR_GOOD = N_several("{people} left for good.", "{people} left for good.")
_ALL_AT_HOME = _("Everyone who comes meets with their own group: nobody has to move.")
_NONE_MOVED = _("Nobody who had a group has to move.")
_NONE_BROKEN = _("No bond broke.")
_BROKEN = N_several("{n} of {all} bonds broke.", "{n} of {all} bonds broke.")
_FEWEST = N_several(
    "{n} of {all} bonds broke, and no plan that places as many breaks fewer.",
    "{n} of {all} bonds broke, and no plan that places as many breaks fewer.",
)
_FEWEST_WHOLE = N_several(
    "{n} of {all} bonds broke, and no plan that only combines whole groups and places as many "
    "breaks fewer.",
    "{n} of {all} bonds broke, and no plan that only combines whole groups and places as many "
    "breaks fewer.",
)
