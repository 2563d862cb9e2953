"""Several rounds in sections: who meets whom, who meets again, and how each round stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from vermegroup.language.catalogues import Language
from vermegroup.language.messages import N_, Message, _, as_sentence, ngettext, verbatim
from vermegroup.report.blocks import Item, Mood, Section
from vermegroup.report.groups import Group
from vermegroup.report.report import RepeatLine, Report, RoundLine, RoundLines
from vermegroup.report.sections import breaches_told, of_part, value_told
from vermegroup.report.words import WORDS, more_in_file, rules_by

GROUPS_SHOWN = 20
SEATS_SHOWN = 1_000
REPEATS_SHOWN = 30


def round_sections(report: Report, rounds: RoundLines, language: Language) -> list[Section]:
    """All that is told of the rounds, in the order in which people ask for it."""
    return [
        Section(WORDS["meetings"].in_(language), _meetings(rounds, language)),
        *_groups(rounds, language),
        *_rules(report, rounds, language),
        *_preferences(rounds, language),
    ]


def meetings_told(rounds: RoundLines) -> Message:
    """Of how many pairs how many meet."""
    told = {"pairs": rounds.pairs, "once": rounds.met_once}
    again = len(rounds.repeated)
    never = rounds.pairs - rounds.met_once - again
    if again and never:
        form = _AGAIN_AND_NEVER
    elif again:
        form = _AGAIN
    else:
        form = _NEVER if never else _ONCE
    return form.filled(again=again, never=never, **told)


_AGAIN_AND_NEVER = N_("of {pairs} pairs {once} meet once, {again} more often and {never} never")
_AGAIN = N_("of {pairs} pairs {once} meet once and {again} more often")
_NEVER = N_("of {pairs} pairs {once} meet once and {never} never")
_ONCE = N_("all {pairs} pairs meet once")


def bound_told(rounds: RoundLines) -> Message:
    """How many meetings are repeats beside the fewest there can be."""
    if not rounds.repeats:
        return _("nobody meets anyone twice")
    repeats = ngettext("{n} meeting is a repeat", "{n} meetings are repeats", rounds.repeats)
    if rounds.proven:
        return _("{repeats}: as few as possible, which is proven", repeats=repeats)
    if not rounds.bound:
        return _("{repeats}; whether any has to be is not known", repeats=repeats)
    return _("{repeats}; at least {bound} must be", repeats=repeats, bound=rounds.bound)


def repeat_told(line: RepeatLine) -> Message:
    """Who meets again, and where: "Anna – Bo: rounds 1 and 4"."""
    return _(
        "{one} – {two}: {rounds}",
        one=line.labels[0],
        two=line.labels[1],
        rounds=_numbers(line.rounds),
    )


def _numbers(numbers: Sequence[int]) -> Message:
    """As in "rounds 1–3 and 5"."""
    texts = [verbatim(str(a) if a == b else f"{a}–{b}") for a, b in _runs(numbers)]
    return ngettext("round {which}", "rounds {which}", len(numbers), which=texts)


def _runs(numbers: Sequence[int]) -> list[tuple[int, int]]:
    breaks = [at for at, (a, b) in enumerate(pairwise(numbers), 1) if b != a + 1]
    cuts = [0, *breaks, len(numbers)]
    return [(numbers[a], numbers[b - 1]) for a, b in pairwise(cuts)]


def round_title(line: RoundLine) -> Message:
    """The name of a round."""
    if line.fixed:
        return _("Round {number} (earlier)", number=line.number)
    return _("Round {number}", number=line.number)


def _meetings(rounds: RoundLines, language: Language) -> tuple[Item, ...]:
    mood = Mood.GOOD if rounds.proven else Mood.UNSURE
    items = [
        Item(mood, as_sentence(bound_told(rounds), language)),
        Item(Mood.QUIET, as_sentence(meetings_told(rounds), language)),
    ]
    items += [
        Item(Mood.QUIET, repeat_told(line).in_(language))
        for line in rounds.repeated[:REPEATS_SHOWN]
    ]
    if (rest := len(rounds.repeated) - REPEATS_SHOWN) > 0:
        items.append(Item(Mood.QUIET, more_in_file(rest, "report.json").in_(language)))
    return tuple(items)


def _groups(rounds: RoundLines, language: Language) -> list[Section]:
    """Who meets whom, round by round, where that does not fill many screens."""
    seats = sum(len(line.report.members.ids) for line in rounds.rounds)
    if seats > SEATS_SHOWN or max(len(r.report.groups) for r in rounds.rounds) > GROUPS_SHOWN:
        return []
    return [
        Section(round_title(line).in_(language), rows=tuple(group_rows(line.report, language)))
        for line in rounds.rounds
    ]


def group_rows(report: Report, language: Language) -> list[tuple[str, tuple[str, ...]]]:
    """Each group with those who are in it, and at the end who waits."""
    members = report.members

    def named(group: Group) -> tuple[str, ...]:
        return tuple(
            members.labels[seat] for seat in members.by_name(range(group.start, group.stop))
        )

    rows = [(group.id, named(group)) for group in report.groups]
    if report.waitlist.size:
        rows.append((WORDS["waitlist"].in_(language), named(report.waitlist)))
    return rows


def _rules(report: Report, rounds: RoundLines, language: Language) -> list[Section]:
    """How every rule stands in the new rounds; of earlier rounds, what they break."""
    items = []
    for place, rule in enumerate(report.rules):
        mood = Mood.GOOD if rule.satisfied else Mood.BAD
        broken = [
            f"{round_title(line).in_(language)}: {told}"
            for line in rounds.rounds
            if place < len(line.report.rules)
            for told in breaches_told(line.report.rules[place], language)
        ]
        text = of_part(rule.part, as_sentence(rule.sentence, language), language)
        items.append(Item(mood, text, "\n".join(broken)))
    title = rules_by(report.provenance.origin).in_(language)
    return [Section(title, tuple(items))] if items else []


def _preferences(rounds: RoundLines, language: Language) -> list[Section]:
    """What every preference comes to, rounds of which the same is to be told together."""
    items = [
        Item(mood, text, "\n".join(values))
        for text, mood, values in preferences_told(rounds, language)
    ]
    return [Section(WORDS["preferences"].in_(language), tuple(items))] if items else []


def preferences_told(
    rounds: RoundLines, language: Language
) -> Iterable[tuple[str, Mood, list[str]]]:
    """Each preference, whether it is at its best in every new round, and its values."""
    if not rounds.rounds:
        return
    for place, first in enumerate(rounds.rounds[-1].report.preferences):
        values: dict[str, list[int]] = {}
        best = True
        for line in rounds.rounds:
            if place < len(line.report.preferences):
                told = line.report.preferences[place]
                values.setdefault(value_told(line.report, told).in_(language), []).append(
                    line.number
                )
                best = best and (line.fixed or told.proven)
        text = of_part(first.part, as_sentence(first.sentence, language), language)
        lines = [
            f"{as_sentence(_numbers(where), language)}: {value}" for value, where in values.items()
        ]
        yield text, Mood.GOOD if best else Mood.UNSURE, lines
