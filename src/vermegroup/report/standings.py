"""How rules, preferences and numbers of groups stand, as sections of the summary."""

from __future__ import annotations

from collections.abc import Sequence

from vermegroup.outcome import Verdict
from vermegroup.phrase import Language, Phrase, groups_of, number, verbatim
from vermegroup.report.count_lines import SHOWN, count_items
from vermegroup.report.report import GroupCountLine, PreferenceLine, Report, RuleLine, by_part
from vermegroup.report.summary import Item, Mood, Section
from vermegroup.report.wording import WORDS

PARTS_SHOWN = 8
_BREACHES_SHOWN = 8


def of_part(part: Phrase | None, title: str, language: Language) -> str:
    """A heading, under the name of the part that it speaks of."""
    return title if part is None else f"{part.in_(language)}: {title[0].lower()}{title[1:]}"


def rule_sections(report: Report, language: Language) -> list[Section]:
    """How every rule stands; of many parts, only what is broken."""
    if not report.groups:
        return []
    title = WORDS["rules"].in_(language)
    lines = report.rules
    if len(report.parts) > PARTS_SHOWN:
        lines = tuple(line for line in lines if line.part is None or not line.satisfied)
    return [
        Section(
            f"{title} ({report.provenance.origin})"
            if part is None
            else of_part(part, title, language),
            tuple(_rule(rule, language) for rule in rules),
        )
        for part, rules in by_part(lines)
    ]


def _rule(rule: RuleLine, language: Language) -> Item:
    if rule.satisfied:
        room = rule.room.in_(language) if rule.room else ""
        return Item(Mood.GOOD, rule.sentence.in_(language), room)
    broken = [
        f"{violation.group or WORDS['whole_grouping'].in_(language)}: "
        f"{violation.sentence.in_(language)} ({', '.join(violation.labels)})"
        for violation in rule.violations
    ]
    if len(broken) > _BREACHES_SHOWN:
        rest = len(broken) - _BREACHES_SHOWN
        more = WORDS["more_alike"].in_(language).format(count=rest)
        broken = [*broken[:_BREACHES_SHOWN], f"… {more}"]
    return Item(Mood.BAD, rule.sentence.in_(language), "\n".join(broken))


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
                    _mood(report, line), line.sentence.in_(language), _value(report, line, language)
                )
                for line in own
            ),
        )
        for part, own in by_part(lines)
    ]


def _mood(report: Report, line: PreferenceLine) -> Mood:
    if line.proven:
        return Mood.GOOD
    return Mood.QUIET if report.verdict is Verdict.INVALID else Mood.UNSURE


def _value(report: Report, line: PreferenceLine, language: Language) -> str:
    reached = (line.told or verbatim("")).in_(language)
    if report.verdict is Verdict.INVALID:
        return reached  # a bound says nothing of a grouping that breaks the rules
    bound = f"{WORDS['bound'].in_(language).lower()} {number(float(line.bound or 0), language)}"
    if line.for_groups is not None:
        return f"{reached}; {bound} {compared_with(line.for_groups, language)}"
    proof = f", {WORDS['proven_best'].in_(language)}" if line.proven else ""
    return f"{reached}; {bound}{proof}"


def compared_with(groups: int, language: Language) -> str:
    """That a bound is for this number of groups, and no other was compared."""
    return WORDS["for_groups"].in_(language).format(groups=groups_of(groups).in_(language))


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


def _counted(lines: Sequence[GroupCountLine], language: Language) -> tuple[Item, ...]:
    items = count_items(lines, language)
    rest = [Item(Mood.QUIET, "…")] if len(items) > SHOWN else []
    return (*items[:SHOWN], *rest)
