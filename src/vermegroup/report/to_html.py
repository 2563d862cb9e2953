"""``report.html``: one self-contained page that opens offline and prints well."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath

from vermegroup.domain.outcome import Verdict
from vermegroup.intake.files.readings import AFTER, GROUPS, ROSTER
from vermegroup.intake.files.source import spoken
from vermegroup.language.catalogues import Language
from vermegroup.language.messages import Message, _, ngettext, number
from vermegroup.language.terms import groups_of, people_of
from vermegroup.report.blocks import Mood, notice, ranked
from vermegroup.report.groups import Group
from vermegroup.report.meeting_text import (
    meeting_lines,
    meeting_title,
    permanent_rows,
    visitor_mark,
)
from vermegroup.report.members import common_line, facts_line, shown
from vermegroup.report.pages import raw, template
from vermegroup.report.pictures.gallery import Gallery, gallery_of
from vermegroup.report.report import (
    Amount,
    Members,
    PreferenceLine,
    Report,
    TraitColumn,
    TraitKind,
)
from vermegroup.report.rounds_text import (
    bound_told,
    group_rows,
    meetings_told,
    preferences_told,
    repeat_told,
    round_title,
)
from vermegroup.report.sections import edge_line, known_edges, relied_on
from vermegroup.report.summary import bonds_line, proof_line, size_now, tally
from vermegroup.report.why_not_text import conflict_proof, reached, repair_note
from vermegroup.report.words import (
    more,
    more_in_file,
    only_compared,
    rulebook_by,
    with_unit,
    words_in,
)

_SHADES = 5


@dataclass(frozen=True, slots=True)
class Dot:
    """One person on a group's strip: percent of the way along, and the band's shade."""

    percent: str
    shade: str


@dataclass(frozen=True, slots=True)
class Card:
    """A group: its members' names, marks and (style, text) cells, and their places on the strip."""

    title: str
    size: str
    stretch: str
    faults: int
    rows: tuple[tuple[str, str, tuple[tuple[str, str], ...]], ...]
    dots: tuple[Dot, ...]
    part: str = ""
    common: str = ""
    relies: tuple[str, ...] = ()
    facts: str = ""
    map: str = ""


@dataclass(frozen=True, slots=True)
class _Shown:
    """A trait's cells and styles for everybody, so that a card only takes its part."""

    trait: TraitColumn
    texts: list[str]
    styles: list[str]


def cards_of(report: Report, language: Language, at_most: int, pictures: Gallery) -> list[Card]:
    """The first cards, at most so many."""
    groups = report.groups[:at_most]
    cards = _cards(report, groups, language)
    return [
        replace(card, map=pictures.map_of(group)) for card, group in zip(cards, groups, strict=True)
    ]


def waitlist_card(report: Report, language: Language) -> Card | None:
    """The people left unplaced, as one more card."""
    if not report.waitlist.size:
        return None
    return _cards(report, (report.waitlist,), language)[0]


def _cards(report: Report, groups: tuple[Group, ...], language: Language) -> list[Card]:
    if not groups:
        return []
    members = report.members
    first, last = groups[0].start, groups[-1].stop
    columns = [_shown(trait, first, last, language) for trait in members.traits]
    along = _strip(members, columns, first, last)
    return [_card(group, first, report, columns, along, language) for group in groups]


def _card(
    group: Group,
    first: int,
    report: Report,
    columns: list[_Shown],
    along: list[Dot],
    language: Language,
) -> Card:
    members = report.members
    seats = range(group.start - first, group.stop - first)
    order = [seat - first for seat in members.leads_first(range(group.start, group.stop))]
    return Card(
        group.title,
        people_of(group.size).in_(language),
        _stretch(group, members, language),
        group.rules_broken,
        tuple(
            (
                members.marked(first + seat),
                visitor_mark(report, first + seat, language),
                tuple((column.styles[seat], column.texts[seat]) for column in columns),
            )
            for seat in order
        ),
        tuple(along[seat] for seat in seats) if along else (),
        group.part.in_(language) if group.part else "",
        common_line(group, language),
        tuple(sentence.in_(language) for sentence in relied_on(report, group)),
        facts_line(group, language),
    )


def _shown(trait: TraitColumn, first: int, last: int, language: Language) -> _Shown:
    texts = [shown(trait, seat, language) for seat in range(first, last)]
    if trait.kind is TraitKind.BAND:
        shade = {
            level: _shade(place, len(trait.levels)) for place, level in enumerate(trait.levels)
        }
        styles = [f"band {shade.get(str(value), '')}" for value in trait.values[first:last]]
    else:
        styles = [trait.kind.value] * (last - first)
    return _Shown(trait, texts, styles)


def _shade(place: int, levels: int) -> str:
    return f"s{round(place * (_SHADES - 1) / max(1, levels - 1))}"


def _strip(members: Members, columns: list[_Shown], first: int, last: int) -> list[Dot]:
    """Everybody's place on the strip of the first numeric trait, from its least to its most."""
    numeric = _first_number(members)
    if numeric is None:
        return []
    values = numeric.values
    low = min(0.0, float(min(values, default=0)))
    high = max(0.0, float(max(values, default=0)))
    width = (high - low) or 1.0
    shades = next((c.styles for c in columns if c.trait.kind is TraitKind.BAND), None)
    return [
        Dot(
            f"{100 * (float(values[seat]) - low) / width:.1f}",
            shades[seat - first] if shades else "band s4",
        )
        for seat in range(first, last)
    ]


def _stretch(group: Group, members: Members, language: Language) -> str:
    """From the least to the most of the first numeric trait: "1–24 y"."""
    numeric = _first_number(members)
    if numeric is None or not group.size:
        return ""
    values = [float(value) for value in numeric.values[group.seats]]
    low, high = (number(value, language) for value in (min(values), max(values)))
    return with_unit(low if low == high else f"{low}–{high}", numeric.name, language)


def _first_number(members: Members) -> TraitColumn | None:
    return next((trait for trait in members.traits if trait.kind is TraitKind.NUMBER), None)


_CARDS_IN_FULL = 500
_CARDS_OTHERWISE = 60
_FINDINGS_SHOWN = 200
_MOVES_SHOWN = 500
_COUNTS_OPEN = 12
_LEFT_OUT_SHOWN = 200
_ID_LENGTH = 10
_TRAITS_ABREAST = 3


def to_html(report: Report, language: Language) -> str:
    """The page as HTML, in one language."""
    words = words_in(language)
    at_most = len(report.groups) if len(report.groups) <= _CARDS_IN_FULL else _CARDS_OTHERWISE
    pictures = gallery_of(report, language)
    cards = cards_of(report, language, at_most, pictures)
    repeated = report.rounds.repeated if report.rounds else ()
    moves = report.rebalance.moves if report.rebalance else ()
    gone = report.rebalance.departures if report.rebalance else ()
    return template(
        "report.html.j2"
    ).render(
        style=raw("report.css"),
        report=report,
        pictures=pictures,
        picture_style=raw("pictures.css"),
        language=language,
        words=words,
        say=lambda phrase: phrase.in_(language),
        amount=lambda value: _amount(value, language),
        more=more,
        gap=_gap,
        compared=only_compared,
        broken=lambda rules: ngettext("{n} rule does not hold", "{n} rules do not hold", rules),
        bounded=report.verdict is not Verdict.INVALID,  # a bound is for groupings that are valid
        room=words["room_or_breach" if report.verdict is Verdict.INVALID else "room"],
        source=_source(report),
        figures=_figures(report, language),
        titles=[trait.title.in_(language) for trait in report.members.traits],
        cards=cards,
        stacked=_stacked(report),
        meeting=report.meeting,
        meeting_title=meeting_title,
        meeting_lines=_meeting_lines(report),
        permanent=_permanent(report),
        rebalance=report.rebalance,
        bonds=bonds_line,
        bonds_proof=proof_line,
        rounds=report.rounds,
        repeats=bound_told,
        meetings=meetings_told,
        again=repeat_told,
        round_title=round_title,
        round_rows=lambda line: group_rows(line.report, language),
        round_preferences=_round_preferences(report, language),
        repeats_shown=_MOVES_SHOWN,
        repeats_unlisted=_unlisted(repeated, _MOVES_SHOWN, "report.json", language),
        most_groups=_CARDS_IN_FULL,
        groups_unlisted=lambda rest: more_in_file(rest, "groups.csv").in_(language),
        moves_shown=_MOVES_SHOWN,
        departures_unlisted=_unlisted(gone, _MOVES_SHOWN, "groups.csv", language),
        size_now=size_now,
        moves_unlisted=_unlisted(moves, _MOVES_SHOWN, "moves.csv", language),
        waiting=waitlist_card(report, language),
        edges=known_edges(report),
        edge=lambda line: edge_line(line, language),
        partly=_partly(len(cards), len(report.groups), language),
        proof=conflict_proof,
        tried=repair_note,
        reached=reached,
        most_left_out=_LEFT_OUT_SHOWN,
        counts_open=len(report.group_counts) <= _COUNTS_OPEN,
        findings=[notice(each, language) for each in ranked(report.findings)[:_FINDINGS_SHOWN]],
        unlisted=_unlisted(report.findings, _FINDINGS_SHOWN, "report.json", language),
        provenance=_provenance(report, words, language),
    )


def _figures(report: Report, language: Language) -> list[list[str]]:
    """What is counted, each as the words before its number, the number, and those after it."""
    groups = [groups_of(len(report.groups))] if report.groups else []
    told = (count.in_(language) for count in (*groups, *tally(report)))
    return [re.split(r"(\d+)", text, maxsplit=1) for text in told]


def _meeting_lines(report: Report) -> list[Message]:
    if report.meeting is None:
        return []
    return [line for _mood, line in meeting_lines(report.meeting, _LEFT_OUT_SHOWN)]


def _permanent(report: Report) -> list[tuple[str, tuple[str, ...]]]:
    """The permanent groups beside those of a meeting, where they can be shown."""
    if report.meeting is None or len(report.meeting.permanent) > _CARDS_IN_FULL:
        return []
    return list(permanent_rows(report.meeting))


def _stacked(report: Report) -> bool:
    """Whether a member takes two lines: names are longer than ids, and traits may be many."""
    members = report.members
    long = any(map(_ID_LENGTH.__lt__, map(len, members.labels)))
    return long or len(members.traits) > _TRAITS_ABREAST


def _partly(shown: int, count: int, language: Language) -> str:
    if shown == count:
        return ""
    return _(
        "These are the first {shown} of {count} groups; groups.csv has all of them.",
        shown=shown,
        count=count,
    ).in_(language)


def _unlisted(lines: Sequence[object], shown: int, file: str, language: Language) -> str:
    """How many more lines there are in a file than are shown; nothing where all are."""
    rest = len(lines) - shown
    return more_in_file(rest, file).in_(language) if rest > 0 else ""


def _round_preferences(report: Report, language: Language) -> list[tuple[str, Mood, list[str]]]:
    return [] if report.rounds is None else list(preferences_told(report.rounds, language))


def _amount(value: Amount, language: Language) -> str:
    return number(float(value), language)


def _gap(line: PreferenceLine) -> Message:
    """How far a preference is from its bound."""
    # Translators: the best conceivable is better by this at most; nobody knows if it is possible.
    return _("better by {gap} at most", gap=abs(float(line.value or 0) - float(line.bound or 0)))


def _source(report: Report) -> str:
    """What the file is called that has the people."""
    paths = {each.role: each.path for each in report.provenance.inputs}
    path = next((paths[role] for role in (ROSTER, GROUPS, AFTER) if role in paths), "")
    return PurePath(spoken(path)).name


def _provenance(report: Report, words: dict[str, str], language: Language) -> list[tuple[str, str]]:
    record = report.provenance
    libraries = ", ".join(f"{name} {version}" for name, version in record.libraries.items())
    return [
        (words["version"], f"vermegroup {record.version}"),
        (words["libraries"], libraries),
        *([(words["seed"], str(record.seed))] if record.seed is not None else []),
        *((words["inputs"], f"{spoken(source.path)} {source.sha256}") for source in record.inputs),
        (words["rulebook"], rulebook_by(record.origin, _plain(record.rulebook)).in_(language)),
        (
            words["repeatable"],
            words["repeatable_yes"] if record.deterministic else words["repeatable_no"],
        ),
    ]


def _plain(rulebook: object) -> str:
    return json.dumps(rulebook, ensure_ascii=False)
