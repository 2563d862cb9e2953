"""What the members of each group share, so that they can be told: the hours that suit all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from vermegroup.outcome import Outcome
from vermegroup.phrase import Language, Phrase, phrase
from vermegroup.report.parts import Answer
from vermegroup.report.report import Group
from vermegroup.report.wording import WORDS
from vermegroup.rules.trait_names import trait_name

Shared = Mapping[str, tuple[str, ...]]


def with_common(groups: tuple[Group, ...], answers: Sequence[Answer]) -> tuple[Group, ...]:
    """The groups, each with what its members share, by trait."""
    found = {name: shared for _, own in answers for name, shared in _of_each_group(own)}
    return tuple(
        replace(group, common=found[group.id]) if group.id in found else group for group in groups
    )


def common_line(group: Group, language: Language) -> str:
    """As in "In common: ma 17, ti 18"; with the traits' names where there are several."""
    if not group.common:
        return ""
    told = [
        _of_trait(trait, values, alone=len(group.common) == 1).in_(language)
        for trait, values in group.common.items()
    ]
    return f"{WORDS['in_common'].in_(language)}: {'; '.join(told)}"


def _of_each_group(outcome: Outcome) -> Iterator[tuple[str, Shared]]:
    grouping, roster = outcome.grouping, outcome.problem.roster
    rulebook = outcome.problem.rulebook
    sharing = [kind for kind in (*rulebook.rules, *rulebook.preferences) if kind.sets()]
    if grouping is None or not sharing:
        return
    for index, name in enumerate(grouping.names):
        members = grouping.members(index)
        found = [kind.in_common(roster, members) for kind in sharing]
        yield name, {trait: values for own in found for trait, values in own.items()}


def _of_trait(trait: str, values: tuple[str, ...], *, alone: bool) -> Phrase:
    shown = ", ".join(values) or "–"
    if alone:
        return Phrase(shown, shown, shown)
    return phrase("{t}: {v}", "{t}: {v}", "{t}: {v}", t=trait_name(trait), v=shown)
