"""Why there are no groups and what would help, as sections of the summary."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from vermegroup.domain.outcome import Conflict, Proof, Remedy, Repair
from vermegroup.language.catalogues import Language
from vermegroup.language.messages import N_, Message, _, as_sentence, capital, joined, ngettext
from vermegroup.language.terms import groups_of, people_of
from vermegroup.report.blocks import Item, Mood, Section
from vermegroup.report.report import PartialLine, Report, by_part
from vermegroup.report.sections import PARTS_SHOWN, of_part
from vermegroup.report.words import WORDS, more_alike

_REASONS_SHOWN = 8
_NAMED = 6


def why_not_sections(report: Report, language: Language) -> list[Section]:
    """Conflicts, repairs and the partial plan; of many parts, those of the first few."""
    conflicts = [
        (part, _conflicts(report, lines, language)) for part, lines in by_part(report.conflicts)
    ]
    repairs = [(part, _repairs(lines, language)) for part, lines in by_part(report.repairs)]
    partial = [(None, _partial(report.partial, language))] if report.partial else []
    return [
        *_sections("conflicts", conflicts, language),
        *_sections("repairs", repairs, language),
        *_sections("partial", partial, language),
    ]


def _sections(
    title: str, parts: Sequence[tuple[Message | None, tuple[Item, ...]]], language: Language
) -> Iterator[Section]:
    for part, items in parts[:PARTS_SHOWN]:
        yield Section(of_part(part, WORDS[title].in_(language), language), items)


def _conflicts(report: Report, lines: Sequence[Conflict], language: Language) -> tuple[Item, ...]:
    return tuple(
        Item(
            Mood.BAD, _conflict(report, line, language), as_sentence(conflict_proof(line), language)
        )
        for line in lines
    )


def _conflict(report: Report, line: Conflict, language: Language) -> str:
    """The reason, or, where the headline tells it already, the rules that meet in it."""
    if in_headline(report, line, language):
        return as_sentence(joined(line.rules), language)
    return as_sentence(line.sentence, language)


def in_headline(report: Report, line: Conflict, language: Language) -> bool:
    """Whether the verdict is told by this reason already."""
    verdict = report.sentence.in_(language).rstrip(".")
    return line.sentence.in_(language).rstrip(".") == verdict


def together(line: Conflict) -> Message:
    """What is said of the rules of a conflict whose reason is told above."""
    return ngettext("This rule cannot hold:", "These rules cannot hold together:", len(line.rules))


def _repairs(lines: Sequence[Repair], language: Language) -> tuple[Item, ...]:
    return tuple(
        Item(
            Mood.GOOD if line.verified else Mood.UNSURE,
            as_sentence(line.by_name, language),
            "\n".join(
                filter(None, [as_sentence(repair_note(line), language), *line.lines, line.command])
            ),
        )
        for line in lines
    )


def _partial(line: PartialLine, language: Language) -> tuple[Item, ...]:
    """How far one gets, and who is left out: those with the same reason together."""
    reasons: dict[Message, list[str]] = {}
    for person in line.left_out:
        reasons.setdefault(person.because, []).append(person.label)
    items = [
        Item(Mood.UNSURE, f"{_named(labels)}: {because.in_(language, _form(labels))}")
        for because, labels in reasons.items()
    ]
    more = more_alike(len(items) - _REASONS_SHOWN).in_(language)
    rest = [Item(Mood.QUIET, more)] if len(items) > _REASONS_SHOWN else []
    return (Item(Mood.QUIET, as_sentence(reached(line), language)), *items[:_REASONS_SHOWN], *rest)


def _form(labels: Sequence[str]) -> str:
    """The form of a reason that is told of so many people."""
    return "they" if len(labels) > 1 else ""


def _named(labels: Sequence[str]) -> str:
    shown = ", ".join(labels[:_NAMED])
    return shown if len(labels) <= _NAMED else f"{shown}, … ({len(labels)})"


def conflict_proof(line: Conflict) -> Message:
    """What a conflict rests on, and whether it is minimal."""
    proof = _BY_COUNTING if line.proof is Proof.ARITHMETIC else _BY_SEARCH
    return joined([proof, _NEEDED]) if line.minimal else proof


def repair_note(line: Repair) -> Message:
    """Whether a repair was tried, and whether it is the cheapest of its kind."""
    if line.remedy is Remedy.MOVE:
        return _RULES_HOLD_FEWEST if line.cheapest else _RULES_HOLD
    if not line.verified:
        return _NOT_TRIED
    return _TRIED_CHEAPEST if line.cheapest else _TRIED


def reached(line: PartialLine) -> Message:
    """How many people the partial plan places, whether that is the most, and of which numbers."""
    told = _placed(line)
    limits = (
        (_ANY_NUMBER, line.any_number),
        (_AS_ASKED, line.asked),
        (_MERGES_ONLY, line.merges_only),
    )
    for limit, holds in limits:
        if holds:
            return limit.filled(told=told)
    return capital(told)


def _placed(line: PartialLine) -> Message:
    groups = groups_of(line.groups)
    if not line.placed:
        return _("nobody is placed")
    if not line.left_out:
        return _("everyone can be placed, in {groups}", groups=groups)
    placed, left = people_of(line.placed), people_of(len(line.left_out))
    if line.most:
        return _(
            "{placed} can be placed, in {groups}; more is not possible. {left} would wait",
            placed=placed,
            groups=groups,
            left=left,
        )
    return ngettext(
        "{placed} is placed, in {groups}; at most {bound} could be. {left} would wait",
        "{placed} are placed, in {groups}; at most {bound} could be. {left} would wait",
        line.placed,
        placed=placed,
        groups=groups,
        bound=line.bound,
        left=left,
    )


_BY_COUNTING = _("shown by counting")
_BY_SEARCH = _("shown by two searches that agree")
_NEEDED = _("each of these rules is needed for it")
_RULES_HOLD = _("then every rule holds")
_RULES_HOLD_FEWEST = _("then every rule holds; fewer people are not enough")
_TRIED = _("tried, and it works")
_NOT_TRIED = _("found, but there was no time left to try it")
_TRIED_CHEAPEST = _("tried, and it works; less of the same change is not enough")
_AS_ASKED = N_("With the number of groups that was asked for: {told}")
_MERGES_ONLY = N_("While groups are only combined whole: {told}")
_ANY_NUMBER = N_("Where the number of groups is left open: {told}")
