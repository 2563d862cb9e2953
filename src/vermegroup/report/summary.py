"""What the summary of a report says, in one language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import Path

from vermegroup.domain.bonds import Compared, Departure, Move, Rebalance
from vermegroup.domain.outcome import Verdict
from vermegroup.language.catalogues import Language
from vermegroup.language.messages import (
    Message,
    N_several,
    _,
    as_sentence,
    joined,
    listing,
    ngettext,
    verbatim,
)
from vermegroup.language.terms import people_of
from vermegroup.report.blocks import Headline, Item, Mood, Section, Summary, summarised
from vermegroup.report.group_facts import facts_line
from vermegroup.report.groups import Group
from vermegroup.report.meeting_text import meeting_sections, permanent_sections, visitor_mark
from vermegroup.report.report import (
    PartLine,
    Report,
    TraitColumn,
    TraitKind,
    by_part,
)
from vermegroup.report.rounds_text import round_sections
from vermegroup.report.sections import (
    PARTS_SHOWN,
    count_sections,
    edge_sections,
    of_part,
    preference_sections,
    rule_sections,
)
from vermegroup.report.telling import bare, common_line
from vermegroup.report.why_not_text import why_not_sections
from vermegroup.report.words import WORDS, more_alike, more_in_file, more_in_json, read, set_aside

_MOVES_SHOWN = 30
_FINDINGS_SHOWN = 5
_OFFERS_SHOWN = 3
_NEWCOMERS_SHOWN = 8


def rebalance_sections(
    rebalance: Rebalance | None, language: Language, *, saved: bool
) -> list[Section]:
    """Bonds before and after, who moves and why, and where newcomers would fit.

    Where it is ``saved``, what is left out here is to be found in a file.
    """
    if rebalance is None:
        return []
    sections = [
        Section(
            WORDS["bonds"].in_(language),
            (_bonds(rebalance, language), *_remarks(rebalance, language)),
        ),
        Section(WORDS["moves"].in_(language), _moves(rebalance, language, saved=saved)),
        Section(WORDS["offers"].in_(language), _offers(rebalance, language, saved=saved)),
        Section(
            WORDS["compared"].in_(language),
            tuple(
                _compared(line, language) for line in rebalance.compared if line.better is not None
            ),
        ),
    ]
    return [section for section in sections if section.items]


def bonds_line(rebalance: Rebalance) -> Message:
    """As in "before 90 · 86 kept · 4 broken · 12 new", without what there is none of."""
    bonds = rebalance.bonds
    counted = zip(_BONDS, (bonds.before, bonds.kept, bonds.broken, bonds.new), strict=True)
    told = [form.filled(count) for form, count in counted if count]
    return joined(told, " · ") if told else _NO_BONDS


# Translators: of bonds, which are pairs of people who know each other
_BONDS = (
    N_several("before {n}", "before {n}"),
    # Translators: of bonds, which are pairs of people who know each other
    N_several("{n} kept", "{n} kept"),
    # Translators: of bonds, which are pairs of people who know each other
    N_several("{n} broken", "{n} broken"),
    # Translators: of bonds, which are pairs of people who know each other
    N_several("{n} new", "{n} new"),
)
_NO_BONDS = _("No two people share a group, before or after")


def proof_line(rebalance: Rebalance) -> Message | None:
    """Whether fewer bonds could break; nothing where none broke, or nobody asked."""
    if not rebalance.bonds.broken:
        return None
    proof = _proof(rebalance)
    if proof is None or not rebalance.merges_only:
        return proof
    return _("{proof} (while groups are only combined whole)", proof=proof)


def _proof(rebalance: Rebalance) -> Message | None:
    if not rebalance.proven:
        if rebalance.bound is None:
            return None
        return ngettext("at least {n} had to break", "at least {n} had to break", rebalance.bound)
    if rebalance.bound is None:
        return _("proven of each step by itself: first the permanent groups, then the meeting")
    return _("proven: no plan that places as many breaks fewer")


def _bonds(rebalance: Rebalance, language: Language) -> Item:
    mood = (
        Mood.GOOD
        if rebalance.proven
        else Mood.UNSURE
        if rebalance.bound is not None
        else Mood.QUIET
    )
    proof = proof_line(rebalance)
    told = as_sentence(bonds_line(rebalance), language)
    return Item(mood, told, as_sentence(proof, language) if proof else "")


def _remarks(rebalance: Rebalance, language: Language) -> list[Item]:
    return [Item(Mood.QUIET, as_sentence(remark, language)) for remark in rebalance.remarks]


def _moves(rebalance: Rebalance, language: Language, *, saved: bool) -> tuple[Item, ...]:
    of_one_group = groupby(
        sorted(rebalance.departures[:_MOVES_SHOWN], key=lambda gone: gone.group),
        key=lambda gone: gone.group,
    )
    gone = [_departures(list(same), language) for _group, same in of_one_group]
    items = [_move(move, language) for move in rebalance.moves[:_MOVES_SHOWN]]
    for told, of, file in (
        (gone, rebalance.departures, "groups.csv"),
        (items, rebalance.moves, "moves.csv"),
    ):
        if len(of) > _MOVES_SHOWN:
            told.append(_more(len(of) - _MOVES_SHOWN, file if saved else None, language))
    return (*gone, *items)


def _departures(gone: Sequence[Departure], language: Language) -> Item:
    """Who left one group for good, and how large it is now."""
    who = listing((each.label for each in gone), language)
    origin = gone[0].group or WORDS["waitlist"].in_(language)
    path = f"{who}: {origin} → {WORDS['left_for_good'].in_(language)}"
    return Item(Mood.QUIET, path, as_sentence(size_now(gone[0]), language))


def size_now(gone: Departure) -> Message:
    """How many the group has that somebody left; nothing of the queue."""
    if not gone.group:
        return verbatim("")
    if not gone.now:
        return _("{group} is no more", group=gone.group)
    return _("{group} now has {people}", group=gone.group, people=people_of(gone.now))


def _move(move: Move, language: Language) -> Item:
    nowhere = "–" if move.also else WORDS["waitlist"].in_(language)
    path = " → ".join([move.origin or "–", move.target or nowhere])
    return Item(
        Mood.QUIET if move.target else Mood.UNSURE,
        f"{move.label}: {path}",
        as_sentence(move.reason, language),
    )


def _offers(rebalance: Rebalance, language: Language, *, saved: bool) -> tuple[Item, ...]:
    people = [
        list(offers) for _rest, offers in groupby(rebalance.offers, key=lambda offer: offer.person)
    ]
    items = [
        Item(
            Mood.QUIET,
            offers[0].label,
            "\n".join(
                f"{offer.group}: {offer.effect.in_(language)}" for offer in offers[:_OFFERS_SHOWN]
            ),
        )
        for offers in people[:_NEWCOMERS_SHOWN]
    ]
    more = len(people) - len(items)
    return tuple(
        [*items, _more(more, "report.json" if saved else None, language)] if more else items
    )


def _compared(line: Compared, language: Language) -> Item:
    mood = Mood.GOOD if line.better else Mood.UNSURE
    change = WORDS["better" if line.better else "worse"].in_(language)
    values = f"{as_sentence(line.before, language)} → {line.after.in_(language)}"
    return Item(mood, as_sentence(line.sentence, language), f"{values}; {change}")


def _more(count: int, file: str | None, language: Language) -> Item:
    told = more_in_json(count) if file is None else more_in_file(count, file)
    return Item(Mood.QUIET, told.in_(language))


GROUPS_SHOWN = 20


_MOODS = {
    Verdict.FORMED: Mood.GOOD,
    Verdict.IMPOSSIBLE: Mood.BAD,
    Verdict.UNDECIDED: Mood.UNSURE,
    Verdict.INVALID: Mood.BAD,
}


def summary(report: Report, language: Language, written: Sequence[Path] = ()) -> Summary:
    """The summary of a report, with the files that were written for it."""
    invalid = report.verdict is Verdict.INVALID
    permanent = permanent_sections(report, language, GROUPS_SHOWN)
    groups, rules = [*_groups(report, language), *permanent], rule_sections(report, language)
    rounds = [] if report.rounds is None else round_sections(report, report.rounds, language)
    sections = (
        _section("parts", _parts(report, language), language),
        *meeting_sections(report, language),
        *rebalance_sections(report.rebalance, language, saved=bool(written)),
        *rounds,
        *((*rules, *groups) if invalid else (*groups, *rules)),
        *preference_sections(report, language),
        *edge_sections(report, language),
        *why_not_sections(report, language),
        *count_sections(report, language),
        _findings(report, language, saved=bool(written)),
        _written(written, language),
    )
    return Summary(
        _headline(report, language), tuple(section for section in sections if section is not None)
    )


def _headline(report: Report, language: Language) -> Headline:
    return Headline(
        _MOODS[report.verdict],
        report.label.in_(language),
        as_sentence(report.sentence, language),
        joined(tally(report), " · ").in_(language),
    )


def tally(report: Report) -> list[Message]:
    """What became of the people: "50 read", "48 placed" and so on, of what there is none nothing.

    Where no grouping was found, nobody waits for a place in it.
    """
    counts = report.counts
    formed = report.groups or report.verdict is Verdict.FORMED
    figures = (
        (_PLACED, counts.placed),
        (_WAITING if formed else _WITHOUT_A_GROUP, counts.waitlisted),
        (_ABSENT, counts.absent),
    )
    told = [read(counts.read), *(form.filled(count) for form, count in figures if count)]
    aside = counts.set_aside - counts.absent
    return [*told, set_aside(aside)] if aside else told


_PLACED = N_several("{n} placed", "{n} placed")
_WAITING = N_several("{n} in the queue", "{n} in the queue")
_WITHOUT_A_GROUP = N_several("{n} without a group", "{n} without a group")
_ABSENT = N_several("{n} absent", "{n} absent")


def _parts(report: Report, language: Language) -> list[Item]:
    """Every part; of many parts, the first of those that have no groups or break rules."""
    lines = report.parts
    if len(lines) > PARTS_SHOWN:
        lines = tuple(
            line for line in lines if line.verdict is not Verdict.FORMED or not line.groups
        )
    items = [
        Item(
            _mood_of(line),
            f"{line.part.in_(language)}: {line.sentence.in_(language)}",
        )
        for line in lines
    ]
    if len(items) > PARTS_SHOWN:
        more = more_alike(len(items) - PARTS_SHOWN).in_(language)
        items = [*items[:PARTS_SHOWN], Item(Mood.QUIET, more)]
    return items


def _mood_of(line: PartLine) -> Mood:
    all_wait = line.verdict is Verdict.FORMED and not line.groups
    return Mood.UNSURE if all_wait else _MOODS[line.verdict]


def _groups(report: Report, language: Language) -> list[Section]:
    if not 0 < len(report.groups) <= GROUPS_SHOWN:
        return []
    # Of a grouping that breaks rules, the groups to be put right are enough.
    shown = [group for group in report.groups if group.rules_broken] or report.groups
    sections = [
        Section(
            of_part(part, _groups_title(report, part, language), language),
            rows=tuple(row for group in groups for row in _rows(report, group, language)),
        )
        for part, groups in by_part(shown)
    ]
    if report.waitlist.size:
        name = WORDS["waitlist"].in_(language)
        row = (name, _members(report, report.waitlist, language))
        if report.parts:  # who waits may be of any part
            sections.append(Section(name, rows=(row,)))
        else:
            sections[-1] = replace(sections[-1], rows=(*sections[-1].rows, row))
    return sections


def _groups_title(report: Report, part: Message | None, language: Language) -> str:
    """The heading of groups, with what is told of their members."""
    shown = _traits_shown(report, part)
    titles = listing((trait.title.in_(language) for trait in shown), language)
    title = WORDS["groups"].in_(language)
    return f"{title} ({titles})" if titles else title


def _rows(report: Report, group: Group, language: Language) -> list[tuple[str, tuple[str, ...]]]:
    """A group's members; where it has a name or other facts, below a line of these."""
    told = [group.facts.name if group.facts else "", facts_line(report, group, language)]
    facts = tuple(filter(None, told))
    members = _members(report, group, language)
    return [(group.id, facts), ("", members)] if facts else [(group.id, members)]


def _members(report: Report, group: Group, language: Language) -> tuple[str, ...]:
    traits = _traits_shown(report, group.part)
    members = (
        " ".join([_label(report, seat, language), *(bare(t, seat, language) for t in traits)])
        for seat in report.members.by_name(range(group.start, group.stop))
    )
    shared = common_line(group, language)
    return (*members, shared) if shared else tuple(members)


def _label(report: Report, seat: int, language: Language) -> str:
    """What a member is called, and whether it is a visitor."""
    mark, label = visitor_mark(report, seat, language), report.members.marked(seat)
    return f"{label} ({mark})" if mark else label


def _traits_shown(report: Report, part: Message | None) -> list[TraitColumn]:
    """The traits told of each member: not a band, which says less than its number."""
    traits = report.members.traits_under(part)
    return [trait for trait in traits if trait.kind is not TraitKind.BAND]


def _findings(report: Report, language: Language, *, saved: bool) -> Section | None:
    lines = summarised(report.findings, language)
    # Whoever was set aside is never left out: it may be a person who wants to come. Nor is what
    # somebody has just typed, and may have meant otherwise.
    shown = max(_FINDINGS_SHOWN, sum(line.aside or line.typed for line in lines))
    items = [
        Item(
            Mood.QUIET if line.severity == "notice" else Mood.UNSURE,
            f"{line.place}: {line.message}" if line.place else line.message,
            "; ".join(part for part in (line.hint, line.others) if part),
        )
        for line in lines[:shown]
    ]
    if len(lines) > shown:
        items.append(_more(len(lines) - shown, "report.html" if saved else None, language))
    return _section("findings", items, language)


def _written(written: Sequence[Path], language: Language) -> Section | None:
    return _section("written", [Item(Mood.QUIET, str(path)) for path in written], language)


def _section(title: str, items: Sequence[Item], language: Language) -> Section | None:
    return Section(WORDS[title].in_(language), items=tuple(items)) if items else None
