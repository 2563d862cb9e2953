"""What a rebalancing changes, as sections of the summary."""

from __future__ import annotations

from itertools import groupby

from vermegroup.moves import Compared, Move, Rebalance
from vermegroup.phrase import Language
from vermegroup.report.summary import Item, Mood, Section
from vermegroup.report.wording import WORDS

_MOVES_SHOWN = 30
_OFFERS_SHOWN = 3
_NEWCOMERS_SHOWN = 8


def rebalance_sections(told: Rebalance | None, language: Language) -> list[Section]:
    """Bonds before and after, who moves and why, and where newcomers would fit."""
    if told is None:
        return []
    sections = [
        Section(WORDS["bonds"].in_(language), (_bonds(told, language), *_remarks(told, language))),
        Section(WORDS["moves"].in_(language), _moves(told, language)),
        Section(WORDS["offers"].in_(language), _offers(told, language)),
        Section(
            WORDS["compared"].in_(language),
            tuple(_compared(line, language) for line in told.compared if line.better is not None),
        ),
    ]
    return [section for section in sections if section.items]


def bonds_line(told: Rebalance, language: Language) -> str:
    """As in "90 before: 86 kept, 4 broken; 12 new"."""
    bonds = told.bonds
    word = {key: WORDS[f"bonds_{key}"].in_(language) for key in ("before", "kept", "broken", "new")}
    return (
        f"{word['before']} {bonds.before} · {bonds.kept} {word['kept']} · "
        f"{bonds.broken} {word['broken']} · {bonds.new} {word['new']}"
    )


def proof_line(told: Rebalance, language: Language) -> str:
    """Whether fewer bonds could break; nothing where nobody asked."""
    if told.proven:
        line = WORDS["fewest" if told.bound is not None else "fewest_in_each"].in_(language)
    elif told.bound is None:
        return ""
    else:
        line = WORDS["at_least"].in_(language).format(count=told.bound)
    return f"{line} {WORDS['merges_only'].in_(language)}" if told.merges_only else line


def _bonds(told: Rebalance, language: Language) -> Item:
    mood = Mood.GOOD if told.proven else Mood.UNSURE if told.bound is not None else Mood.QUIET
    return Item(mood, bonds_line(told, language), proof_line(told, language))


def _remarks(told: Rebalance, language: Language) -> list[Item]:
    return [Item(Mood.QUIET, remark.in_(language)) for remark in told.remarks]


def _moves(told: Rebalance, language: Language) -> tuple[Item, ...]:
    items = [_move(move, language) for move in told.moves[:_MOVES_SHOWN]]
    more = len(told.moves) - len(items)
    return tuple([*items, _more(more, "moves.csv", language)] if more else items)


def _move(move: Move, language: Language) -> Item:
    path = " → ".join([move.origin or "–", move.target or WORDS["waitlist"].in_(language)])
    return Item(
        Mood.QUIET if move.target else Mood.UNSURE,
        f"{move.label}: {path}",
        move.reason.in_(language),
    )


def _offers(told: Rebalance, language: Language) -> tuple[Item, ...]:
    people = [list(own) for _, own in groupby(told.offers, key=lambda offer: offer.person)]
    items = [
        Item(
            Mood.QUIET,
            own[0].label,
            "\n".join(
                f"{offer.group}: {offer.effect.in_(language)}" for offer in own[:_OFFERS_SHOWN]
            ),
        )
        for own in people[:_NEWCOMERS_SHOWN]
    ]
    more = len(people) - len(items)
    return tuple([*items, _more(more, "report.json", language)] if more else items)


def _compared(line: Compared, language: Language) -> Item:
    mood = Mood.GOOD if line.better else Mood.UNSURE
    change = WORDS["better" if line.better else "worse"].in_(language)
    told = f"{line.before.in_(language)} → {line.after.in_(language)}"
    return Item(mood, line.sentence.in_(language), f"{told}; {change}")


def _more(count: int, file: str, language: Language) -> Item:
    return Item(
        Mood.QUIET, "… " + WORDS["more_in_file"].in_(language).format(count=count, file=file)
    )
