"""A split roster in the report: what is told of each part, under the part's name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from vermegroup.outcome import Outcome, PartOutcome, Verdict
from vermegroup.phrase import Phrase, groups_of, people_of, phrase
from vermegroup.report import verdict
from vermegroup.report.report import Group, PartLine
from vermegroup.rules.trait_names import value_name

Answer = tuple[Phrase | None, Outcome]
"""A part's name (None: the whole roster) and what came of it."""


def answers_of(outcome: Outcome) -> tuple[Answer, ...]:
    """The whole and then its parts. Where the whole has no groups, no part has any to show."""
    split = outcome.problem.rulebook.split
    if split is None:
        return ((None, outcome),)
    parts = (
        (value_name(split.by, part.value), _shown(part.outcome, outcome)) for part in outcome.parts
    )
    return ((None, outcome), *parts)


def with_parts(groups: tuple[Group, ...], answers: Sequence[Answer]) -> tuple[Group, ...]:
    """The groups, each with the part that it belongs to."""
    homes = {
        name: part
        for part, own in answers
        if part is not None and own.grouping is not None
        for name in own.grouping.names
    }
    return tuple(replace(group, part=homes.get(group.id)) for group in groups) if homes else groups


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
            len(part.outcome.problem.roster),
            part.outcome.grouping.groups if part.outcome.grouping else 0,
        )
        for part in outcome.parts
    )


def _shown(part: Outcome, whole: Outcome) -> Outcome:
    if whole.grouping is not None:
        return part
    return replace(part, grouping=None, audit=None, preferences=())


def _sentence(part: PartOutcome, whole: Outcome, *, judged: bool) -> Phrase:
    grouping = part.outcome.grouping
    if part.outcome.verdict is Verdict.FORMED and grouping is not None and not grouping.groups:
        return _all_waiting(part.outcome)
    if whole.grouping is not None or part.outcome.grouping is None:
        return verdict.sentence(part.outcome, judged=judged)
    partial = whole.why_not is not None and whole.why_not.partial is not None
    form = _IN_PARTIAL if partial else _CAN_FORM
    return phrase(
        form.en,
        form.fi,
        form.sv,
        people=people_of(len(part.outcome.problem.roster)),
        groups=groups_of(part.outcome.grouping.groups),
        count=part.outcome.grouping.groups,
    )


def _all_waiting(part: Outcome) -> Phrase:
    people = people_of(len(part.problem.roster))
    if len(part.problem.roster) < part.problem.rulebook.groups.smallest:
        return phrase(
            "{people} on the waitlist: too few for a group.",
            "jonossa {people}: liian vähän yhteen ryhmään.",
            "{people} på väntelistan: för få för en grupp.",
            people=people,
        )
    if part.because is None:
        return phrase(
            "{people} on the waitlist.",
            "jonossa {people}.",
            "{people} på väntelistan.",
            people=people,
        )
    return phrase(
        "{people} on the waitlist, for no group is possible: {because}.",
        "jonossa {people}, sillä yhtään ryhmää ei voi muodostaa: {because}.",
        "{people} på väntelistan, för ingen grupp är möjlig: {because}.",
        people=people,
        because=part.because,
    )


_CAN_FORM = Phrase(
    "{people} can form {groups}.",
    "{people} voidaan jakaa ryhmiin; ryhmien määrä: {count}.",
    "{people} kan bilda {groups}.",
)
_IN_PARTIAL = Phrase(
    "{people} can form {groups}, as in the partial plan.",
    "{people} voidaan jakaa ryhmiin kuten osittaisessa suunnitelmassa; ryhmien määrä: {count}.",
    "{people} kan bilda {groups}, som i delplanen.",
)
