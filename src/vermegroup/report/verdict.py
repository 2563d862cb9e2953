"""The verdict in a word and in one sentence, of the whole and of each part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from vermegroup.domain.outcome import Outcome, PartOutcome, Verdict
from vermegroup.domain.seats import waiting_people
from vermegroup.language.messages import N_, Message, N_several, Template, _, joined, ngettext
from vermegroup.language.terms import all_rules_hold, decimals_of, groups_of, people_of, value_name
from vermegroup.report.groups import Groups
from vermegroup.report.report import PartLine

LABELS = {
    Verdict.FORMED: _("Groups formed"),
    Verdict.IMPOSSIBLE: _("Not possible"),
    Verdict.UNDECIDED: _("Not settled"),
    Verdict.INVALID: _("Rules are broken"),
}
VALID = _("All rules hold")


def label(outcome: Outcome, *, judged: bool) -> Message:
    """The verdict in a word or two; ``judged`` is a grouping that came from elsewhere."""
    if judged and outcome.verdict is Verdict.FORMED:
        return VALID
    return LABELS[outcome.verdict]


def sentence(outcome: Outcome, *, judged: bool) -> Message:
    """The verdict in one sentence, with its numbers."""
    if outcome.verdict is Verdict.FORMED:
        return all_rules_hold(*_sizes(outcome)) if judged else _formed(outcome)
    if outcome.verdict is Verdict.INVALID:
        return _invalid(outcome)
    if outcome.verdict is Verdict.IMPOSSIBLE:
        return _ended(outcome.because) if outcome.because else _IMPOSSIBLE
    return _undecided(outcome)


def _formed(outcome: Outcome) -> Message:
    people, groups = _sizes(outcome)
    sizes = {"people": people_of(people), "groups": groups_of(groups)}
    if not outcome.proven:
        return _FORMED.filled(people, **sizes)
    numbers = outcome.problem.roster.numbers.values()
    rounded = [column for column in numbers if column.rounded is not None]
    if not rounded:
        return _BEST.filled(people, **sizes)
    columns = [
        _(
            "{column} rounded to {decimals}",
            column=column.header,
            decimals=decimals_of(column.rounded or 0),
        )
        for column in rounded
    ]
    return _BEST_AS_COUNTED.filled(people, **sizes, columns=columns)


def _invalid(outcome: Outcome) -> Message:
    answers = (outcome, *(part.outcome for part in outcome.parts))
    standings = [standing for answer in answers if answer.audit for standing in answer.audit.rules]
    told = [_share(sum(not standing.satisfied for standing in standings), len(standings))]
    if where := {group for answer in answers for group in _broken_groups(answer)}:
        told.append(
            ngettext("{n} group must be put right.", "{n} groups must be put right.", len(where))
        )
    return joined(told, " ")


def _broken_groups(outcome: Outcome) -> set[str]:
    if outcome.audit is None or outcome.grouping is None:
        return set()
    breaches = (breach for standing in outcome.audit.rules for breach in standing.breaches)
    return {outcome.grouping.names[breach.group] for breach in breaches if breach.group is not None}


def _share(broken: int, rules: int) -> Message:
    if rules == 1:
        return _ONLY_RULE
    if broken == rules:
        return _("None of the {rules} rules holds.", rules=rules)
    return ngettext(
        "{n} of {rules} rules does not hold.",
        "{n} of {rules} rules do not hold.",
        broken,
        rules=rules,
    )


def _undecided(outcome: Outcome) -> Message:
    if outcome.because is not None:
        return _ended(outcome.because)
    return _NOTHING_FOUND if outcome.grouping is None else _PLAN_SAVED


def _ended(reason: Message) -> Message:
    return reason if str(reason).endswith(".") else Template("{reason}.").filled(reason=reason)


def _sizes(outcome: Outcome) -> tuple[int, int]:
    """How many people are placed, and in how many groups."""
    grouping = outcome.grouping
    if grouping is None:
        return 0, 0
    roster = outcome.problem.roster
    return roster.people - len(waiting_people(roster, grouping)), grouping.groups


_FORMED = N_several(
    "{people} is in {groups}, every rule holds, and a better grouping may exist.",
    "{people} are in {groups}, every rule holds, and a better grouping may exist.",
)
_BEST = N_several(
    "{people} is in {groups}, every rule holds, and it is proven that no better grouping exists.",
    "{people} are in {groups}, every rule holds, and it is proven that no better grouping exists.",
)
# Translators: {columns} is as in "Years rounded to 2 decimals"; numbers are counted so
_BEST_AS_COUNTED = N_several(
    "{people} is in {groups}, every rule holds, and it is proven that no better grouping exists "
    "with {columns}.",
    "{people} are in {groups}, every rule holds, and it is proven that no better grouping exists "
    "with {columns}.",
)
_ONLY_RULE = _("The only rule does not hold.")
_IMPOSSIBLE = _("No grouping can keep all the rules.")
_NOTHING_FOUND = _("The search ended before a grouping was found or ruled out.")
_PLAN_SAVED = _("The search ended before this was settled; the best plan found is saved.")


PartAnswer = tuple[Message | None, Outcome]
"""A part's name (None: the whole roster) and what came of it."""


def answers_of(outcome: Outcome) -> tuple[PartAnswer, ...]:
    """The whole and then its parts. Where the whole has no groups, no part has any to show."""
    split = outcome.problem.rulebook.split
    if split is None:
        return ((None, outcome),)
    parts = (
        (value_name(split.by, part.value), _shown(part.outcome, outcome)) for part in outcome.parts
    )
    return ((None, outcome), *parts)


def with_parts(groups: Groups, answers: Sequence[PartAnswer]) -> Groups:
    """The groups, each with the part that it belongs to."""
    homes = {
        name: part
        for part, outcome in answers
        if part is not None and outcome.grouping is not None
        for name in outcome.grouping.names
    }
    return replace(groups, parts=list(map(homes.get, groups.ids))) if homes else groups


def part_lines(outcome: Outcome, *, judged: bool) -> tuple[PartLine, ...]:
    """Each part's answer in one sentence."""
    split = outcome.problem.rulebook.split
    if split is None:
        return ()
    return tuple(
        PartLine(
            value_name(split.by, part.value),
            part.outcome.verdict,
            part.outcome.proven and part.outcome.verdict is not Verdict.INVALID,
            _sentence(part, outcome, judged=judged),
            part.outcome.problem.roster.people,
            part.outcome.grouping.groups if part.outcome.grouping else 0,
        )
        for part in outcome.parts
    )


def _shown(part: Outcome, whole: Outcome) -> Outcome:
    if whole.grouping is not None:
        return part
    return replace(part, grouping=None, audit=None, preferences=())


def _sentence(part: PartOutcome, whole: Outcome, *, judged: bool) -> Message:
    grouping = part.outcome.grouping
    if part.outcome.verdict is Verdict.FORMED and grouping is not None and not grouping.groups:
        return _all_waiting(part.outcome)
    if whole.grouping is not None or part.outcome.grouping is None:
        return sentence(part.outcome, judged=judged)
    partial = whole.why_not is not None and whole.why_not.partial is not None
    form = _IN_PARTIAL if partial else _CAN_FORM
    return form.filled(
        people=people_of(_sizes(part.outcome)[0]),
        groups=groups_of(part.outcome.grouping.groups),
    )


def _all_waiting(part: Outcome) -> Message:
    people = people_of(part.problem.roster.people)
    if part.problem.roster.people < part.problem.rulebook.groups.smallest:
        return _("{people} in the queue: too few for a group.", people=people)
    if part.because is None:
        return _("{people} in the queue.", people=people)
    return _(
        "{people} in the queue, for no group is possible: {because}.",
        people=people,
        because=part.because,
    )


_CAN_FORM = N_("{people} can form {groups}.")
_IN_PARTIAL = N_("{people} can form {groups}, as in the partial plan.")
