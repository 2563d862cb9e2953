"""Why there are no groups and what would help, as sections of the summary."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from vermegroup.domain.outcome import Conflict, Proof, Repair
from vermegroup.language.phrase import (
    Language,
    Phrase,
    capital,
    groups_of,
    joined,
    people_of,
    phrase,
    verb,
)
from vermegroup.report.blocks import Item, Mood, Section
from vermegroup.report.report import PartialLine, Report, by_part
from vermegroup.report.sections import PARTS_SHOWN, of_part
from vermegroup.report.words import WORDS

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
    title: str, parts: Sequence[tuple[Phrase | None, tuple[Item, ...]]], language: Language
) -> Iterator[Section]:
    for part, items in parts[:PARTS_SHOWN]:
        yield Section(of_part(part, WORDS[title].in_(language), language), items)


def _conflicts(report: Report, lines: Sequence[Conflict], language: Language) -> tuple[Item, ...]:
    return tuple(
        Item(Mood.BAD, _conflict(report, line, language), conflict_proof(line).in_(language))
        for line in lines
    )


def _conflict(report: Report, line: Conflict, language: Language) -> str:
    """The reason, or, where the headline tells it already, the rules that meet in it."""
    sentence = line.sentence.in_(language)
    if sentence.rstrip(".") == report.sentence.in_(language).rstrip("."):
        return joined(line.rules).in_(language)
    return sentence


def _repairs(lines: Sequence[Repair], language: Language) -> tuple[Item, ...]:
    return tuple(
        Item(
            Mood.GOOD if line.verified else Mood.UNSURE,
            line.by_name.in_(language),
            "\n".join([repair_note(line).in_(language), *line.lines]),
        )
        for line in lines
    )


def _partial(line: PartialLine, language: Language) -> tuple[Item, ...]:
    """How far one gets, and who is left out: those with the same reason together."""
    reasons: dict[Phrase, list[str]] = {}
    for person in line.left_out:
        reasons.setdefault(person.because, []).append(person.label)
    items = [
        Item(Mood.UNSURE, f"{_named(labels)}: {because.in_(language)}")
        for because, labels in reasons.items()
    ]
    more = WORDS["more_alike"].in_(language).format(count=len(items) - _REASONS_SHOWN)
    rest = [Item(Mood.QUIET, f"… {more}")] if len(items) > _REASONS_SHOWN else []
    return (Item(Mood.QUIET, reached(line).in_(language)), *items[:_REASONS_SHOWN], *rest)


def _named(labels: Sequence[str]) -> str:
    shown = ", ".join(labels[:_NAMED])
    return shown if len(labels) <= _NAMED else f"{shown}, … ({len(labels)})"


def conflict_proof(line: Conflict) -> Phrase:
    """What a conflict rests on, and whether it is minimal."""
    proof = _BY_COUNTING if line.proof is Proof.ARITHMETIC else _BY_SEARCH
    if not line.minimal:
        return proof
    return phrase(
        "{proof}; {needed}", "{proof}; {needed}", "{proof}; {needed}", proof=proof, needed=_NEEDED
    )


def repair_note(line: Repair) -> Phrase:
    """Whether a repair was tried, and whether it is the cheapest of its kind."""
    if not line.verified:
        return _NOT_TRIED
    return _TRIED_CHEAPEST if line.cheapest else _TRIED


def reached(line: PartialLine) -> Phrase:
    """How many people the partial plan places, whether that is the most, and of which numbers."""
    template = _MOST if line.most else _SO_MANY
    if not line.left_out:
        template = _ALL
    if not line.placed:
        template = _NOBODY
    sentence = phrase(
        template.en,
        template.fi,
        template.sv,
        placed=people_of(line.placed),
        are=verb(line.placed, "is", "are"),
        left=people_of(len(line.left_out)),
        groups=groups_of(line.groups),
        k=line.groups,
        bound=line.bound,
    )
    limits = (
        (_ANY_NUMBER, line.any_number),
        (_AS_ASKED, line.asked),
        (_MERGES_ONLY, line.merges_only),
    )
    for limit, holds in limits:
        if holds:
            return phrase(limit.en, limit.fi, limit.sv, told=sentence)
    return capital(sentence)


_BY_COUNTING = Phrase("shown by counting", "osoitettu laskemalla", "visat genom räkning")
_BY_SEARCH = Phrase(
    "shown by two searches that agree",
    "osoitettu kahdella haulla, jotka päätyivät samaan",
    "visat genom två sökningar som stämmer överens",
)
_NEEDED = Phrase(
    "each of these rules is needed for it",
    "jokainen näistä säännöistä vaikuttaa asiaan",
    "var och en av reglerna behövs för det",
)
_TRIED = Phrase(
    "tried, and it works",
    "kokeiltu, ja se toimii",
    "prövat, och det fungerar",
)
_NOT_TRIED = Phrase(
    "found, but there was no time left to try it",
    "löytyi, mutta aika ei riittänyt kokeilemiseen",
    "hittades, men tiden räckte inte till att pröva det",
)
_TRIED_CHEAPEST = Phrase(
    "tried, and it works; less of the same change is not enough",
    "kokeiltu, ja se toimii; sama muutos pienempänä ei riitä",
    "prövat, och det fungerar; mindre av samma ändring räcker inte",
)
_ALL = Phrase(
    "everyone can be placed, in {groups}",
    "kaikki voidaan sijoittaa, ryhmiä {k}",
    "alla kan placeras, i {groups}",
)
_NOBODY = Phrase(
    "nobody is placed",
    "ketään ei ole sijoitettu",
    "ingen är placerad",
)
_MOST = Phrase(
    "{placed} can be placed, in {groups}; more is not possible. {left} would wait",
    "{placed} voidaan sijoittaa, ryhmiä {k}; enempää ei voi. Jonoon jäisi {left}",
    "{placed} kan placeras, i {groups}; fler går inte. {left} skulle vänta",
)
_SO_MANY = Phrase(
    "{placed} {are} placed, in {groups}; at most {bound} could be. {left} would wait",
    "{placed} on sijoitettu, ryhmiä {k}; enintään {bound} voitaisiin. Jonoon jäisi {left}",
    "{placed} har fått plats, i {groups}; högst {bound} skulle kunna få det. {left} skulle vänta",
)
_AS_ASKED = Phrase(
    "With the number of groups that was asked for, {told}",
    "Pyydetyllä ryhmien määrällä {told}",
    "Med det antal grupper som önskades: {told}",
)
_MERGES_ONLY = Phrase(
    "While groups are only combined whole, {told}",
    "Kun ryhmiä vain yhdistetään kokonaisina, {told}",
    "När grupper bara slås ihop hela: {told}",
)
_ANY_NUMBER = Phrase(
    "Where the number of groups is left open, {told}",
    "Jos ryhmien määrä on vapaa, {told}",
    "Om antalet grupper är fritt: {told}",
)
