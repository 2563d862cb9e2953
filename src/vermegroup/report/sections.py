"""How rules, preferences and numbers of groups stand, and how near the edge, in sections."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from vermegroup.domain.outcome import GroupCount, Verdict
from vermegroup.language.catalogues import Language
from vermegroup.language.messages import (
    N_,
    Message,
    N_several,
    _,
    as_sentence,
    either,
    joined,
    ngettext,
)
from vermegroup.language.terms import groups_of
from vermegroup.report.blocks import Item, Mood, Section
from vermegroup.report.groups import Group, Reliance
from vermegroup.report.report import (
    EdgeLine,
    PreferenceLine,
    Report,
    RuleLine,
    by_part,
)
from vermegroup.report.words import WORDS, more_alike, only_compared, rules_by

SHOWN = 12
_MOODS = {True: Mood.GOOD, False: Mood.BAD, None: Mood.UNSURE}


@dataclass(frozen=True, slots=True)
class CountRun:
    """Numbers of groups from ``first`` to ``last``: the same answer, and the same reason."""

    first: int
    last: int
    possible: bool | None
    because: Message
    part: Message | None

    @property
    def span(self) -> str:
        """As in "10–16"."""
        return str(self.first) if self.first == self.last else f"{self.first}–{self.last}"


def count_runs(lines: Sequence[GroupCount]) -> list[CountRun]:
    """A line for each run of numbers that have the same answer, for the same reason.

    A reason that differs in its figures alone is told for the number that comes nearest: the last
    of the smallest ones, else the first.
    """
    runs: list[list[GroupCount]] = []
    for line in lines:
        if runs and _continues(runs[-1][-1], line):
            runs[-1].append(line)
        else:
            runs.append([line])
    return [_run(run, lowest=run is runs[0] and len(runs) > 1) for run in runs]


def _run(run: list[GroupCount], *, lowest: bool) -> CountRun:
    first, last = run[0], run[-1]
    nearest = last if lowest else first
    return CountRun(first.groups, last.groups, first.possible, nearest.because, first.part)


def count_items(lines: Sequence[GroupCount], language: Language) -> list[Item]:
    """The runs of numbers, each under the name of its part where there are several."""
    several = len({line.part for line in lines}) > 1
    return [_item(run, language, several=several) for run in count_runs(lines)]


def _item(run: CountRun, language: Language, *, several: bool) -> Item:
    part = f"{run.part.in_(language)}, " if run.part is not None and several else ""
    return Item(_MOODS[run.possible], f"{part}{run.span}: {run.because.in_(language)}")


def _continues(before: GroupCount, line: GroupCount) -> bool:
    """Whether a line says the same of the next number; of numbers between nothing is said."""
    return (
        line.groups == before.groups + 1
        and (line.part, line.possible) == (before.part, before.possible)
        and _without_figures(line.because) == _without_figures(before.because)
    )


def _without_figures(sentence: Message) -> str:
    return re.sub(r"\d+", "#", str(sentence))


PARTS_SHOWN = 8
_BREACHES_SHOWN = 8


def of_part(part: Message | None, title: str, language: Language) -> str:
    """A heading, under the name of the part that it speaks of."""
    return title if part is None else f"{part.in_(language)}: {title}"


def rule_sections(report: Report, language: Language) -> list[Section]:
    """How every rule stands; of many parts, only what is broken."""
    if not report.groups:
        return []
    lines = report.rules
    if len(report.parts) > PARTS_SHOWN:
        lines = tuple(line for line in lines if line.part is None or not line.satisfied)
    return [
        Section(
            of_part(
                part,
                (WORDS["rules"] if part else rules_by(report.provenance.origin)).in_(language),
                language,
            ),
            tuple(_rule(rule, language) for rule in rules),
        )
        for part, rules in by_part(lines)
    ]


def _rule(rule: RuleLine, language: Language) -> Item:
    if rule.satisfied:
        room = as_sentence(rule.room, language) if rule.room else ""
        return Item(Mood.GOOD, as_sentence(rule.sentence, language), room)
    return Item(
        Mood.BAD, as_sentence(rule.sentence, language), "\n".join(breaches_told(rule, language))
    )


def breaches_told(rule: RuleLine, language: Language) -> list[str]:
    """A line for each group that breaks a rule, and how many more there are."""
    broken = [
        f"{violation.group or WORDS['whole_grouping'].in_(language)}: "
        f"{violation.sentence.in_(language)}"
        + (f" ({', '.join(violation.labels)})" if violation.labels else "")
        for violation in rule.violations
    ]
    if len(broken) > _BREACHES_SHOWN:
        more = more_alike(len(broken) - _BREACHES_SHOWN).in_(language)
        broken = [*broken[:_BREACHES_SHOWN], more]
    return broken


def preference_sections(report: Report, language: Language) -> list[Section]:
    """Every preference's value beside its bound; nothing where the parts are many."""
    lines = [line for line in report.preferences if line.value is not None]
    if len(report.parts) > PARTS_SHOWN:
        return []
    return [
        Section(
            of_part(part, WORDS["preferences"].in_(language), language),
            tuple(
                Item(
                    _mood(report, line),
                    as_sentence(line.sentence, language),
                    as_sentence(value_told(report, line), language),
                )
                for line in preferences
            ),
        )
        for part, preferences in by_part(lines)
    ]


def _mood(report: Report, line: PreferenceLine) -> Mood:
    if line.proven:
        return Mood.GOOD
    return Mood.QUIET if report.verdict is Verdict.INVALID else Mood.UNSURE


def value_told(report: Report, line: PreferenceLine) -> Message:
    """A preference's value, and how good it is."""
    told = [line.in_words] if line.in_words else []
    if report.verdict is not Verdict.INVALID:  # else a bound says nothing
        told.append(line.best if line.proven else _conceivable(line))
        if line.for_groups is not None:
            told.append(only_compared(line.for_groups))
    return joined(told)


def _conceivable(line: PreferenceLine) -> Message:
    """The bound, as that beyond which nothing is conceivable."""
    value, bound = float(line.value or 0), float(line.bound or 0)
    if bound > value:
        return _("as much as {bound} would be conceivable", bound=bound)
    if bound < value:
        return _("as little as {bound} would be conceivable", bound=bound)
    return _("{bound} is the best conceivable", bound=bound)


def count_sections(report: Report, language: Language) -> list[Section]:
    """Told only where the answer is no or open: otherwise the groups speak for themselves."""
    if report.verdict in (Verdict.FORMED, Verdict.INVALID):
        return []
    title = WORDS["group_counts"].in_(language)
    settled = {line.part for line in report.parts if line.verdict is Verdict.FORMED}
    return [
        Section(of_part(part, title, language), _counted(lines, language))
        for part, lines in by_part(report.group_counts)
        if part is None or part not in settled
    ][:PARTS_SHOWN]


def _counted(lines: Sequence[GroupCount], language: Language) -> tuple[Item, ...]:
    items = count_items(lines, language)
    rest = [Item(Mood.QUIET, "…")] if len(items) > SHOWN else []
    return (*items[:SHOWN], *rest)


_GROUPS_NAMED = 6


def known_edges(report: Report) -> tuple[EdgeLine, ...]:
    """The line of the whole or of each part, of which something is known; none of many parts."""
    lines = report.edges if len(report.parts) <= PARTS_SHOWN else ()
    return tuple(line for line in lines if line.safe + line.fragile)


def edge_line(line: EdgeLine, language: Language) -> str:
    """All that is told of the whole, one sentence after the other."""
    return " ".join(
        f"{as_sentence(told, language)}." for told in (_spared(line), *_unasked(line), *limit(line))
    )


def edge_sections(report: Report, language: Language) -> list[Section]:
    """What the grouping can take, and the first of the fragile groups."""
    title = WORDS["edge"].in_(language)
    fragile = report.groups.first_fragile(_GROUPS_NAMED)
    return [
        Section(
            of_part(line.part, title, language),
            (
                *(Item(Mood.QUIET, as_sentence(told, language)) for told in limit(line)),
                Item(_edge_mood(line), as_sentence(_spared(line), language)),
                *(Item(Mood.QUIET, as_sentence(told, language)) for told in _unasked(line)),
                *_each(report, line, fragile.get(line.part, []), language),
            ),
        )
        for line in known_edges(report)
    ]


def _edge_mood(line: EdgeLine) -> Mood:
    return Mood.GOOD if line.safe == line.groups else Mood.UNSURE


def _each(
    report: Report, line: EdgeLine, fragile: Sequence[Group], language: Language
) -> list[Item]:
    items = [joined(relied_on(report, group)) for group in fragile]
    if line.fragile > len(fragile):
        items.append(more_alike(line.fragile - len(fragile)))
    return [Item(Mood.QUIET, as_sentence(told, language)) for told in items]


def limit(line: EdgeLine) -> tuple[Message, ...]:
    """With how many absences there must be fewer groups, if a rule says so."""
    if not line.reserves:
        return ()
    told = ngettext(
        "Not even one group can be formed with {people} absent",
        "{n} groups can no longer be formed with {people} absent",
        line.groups,
        people=either([reserve.people for reserve in line.reserves]),
    )
    return (told,)


def _unasked(line: EdgeLine) -> tuple[Message, ...]:
    """Which rules are left out of what is told, if there are such."""
    return (_COMPARING,) if line.comparing else ()


def _spared(line: EdgeLine) -> Message:
    """How many groups can spare any one member."""
    if line.safe == line.groups:
        return _ALL_SAFE
    if line.fragile == line.groups:
        return _NONE_SAFE
    if not line.safe:
        return _NONE_SAFE_OF_TRIED.filled(groups=groups_of(line.fragile))
    if line.safe + line.fragile < line.groups:
        return ngettext(
            "Of {groups} that could be tried, {n} can spare any one member",
            "Of {groups} that could be tried, {n} can spare any one member",
            line.safe,
            groups=groups_of(line.safe + line.fragile),
        )
    return ngettext(
        "{n} of {groups} can spare any one member",
        "{n} of {groups} can spare any one member",
        line.safe,
        groups=groups_of(line.groups),
    )


def relied_on(report: Report, group: Group) -> list[Message]:
    """Without whom a fragile group breaks which rule."""
    return [_relied_on(report, group, reliance) for reliance in group.relies]


def _relied_on(report: Report, group: Group, reliance: Reliance) -> Message:
    who = [report.members.labels[seat] for seat in reliance.seats]
    if reliance.only is not None:
        return _ONLY.filled(len(who), who=who, group=group.id, people=reliance.only)
    rule = report.rules[reliance.rule].sentence
    if len(who) == group.size > 1:
        return _("{group} needs every one of its members: “{rule}”", group=group.id, rule=rule)
    return _NEEDS.filled(len(who), who=who, group=group.id, rule=rule)


_ONLY = N_several("{group} has only {people}: {who}", "{group} has only {people}: {who}")
_NEEDS = N_several(
    "{group} cannot do without {who}: “{rule}”",
    "{group} cannot do without any one of {who}: “{rule}”",
)
_COMPARING = _(
    "Rules that compare groups with each other are left out here: one absence shifts what all are "
    "compared with"
)
_ALL_SAFE = _("Every group can spare any one member")
_NONE_SAFE_OF_TRIED = N_(
    "{groups} could be tried, and each of these has members it cannot do without"
)
_NONE_SAFE = _("Every group has members it cannot do without")
