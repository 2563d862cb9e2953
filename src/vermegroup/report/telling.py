"""What is told of members and groups, in words: a trait, and what is shared."""

from __future__ import annotations

from vermegroup.language.catalogues import Language
from vermegroup.language.messages import Message, number, verbatim
from vermegroup.language.terms import of_trait
from vermegroup.report.groups import Group
from vermegroup.report.report import TraitColumn, TraitKind
from vermegroup.report.words import WORDS, with_unit


def shown(trait: TraitColumn, seat: int, language: Language) -> str:
    """What one person's trait is called, with its unit: "Turku", "12 y"."""
    text = bare(trait, seat, language)
    return with_unit(text, trait.name, language) if trait.kind is TraitKind.NUMBER else text


def bare(trait: TraitColumn, seat: int, language: Language) -> str:
    """The same without the unit, for where the heading tells it: "Turku", "12"."""
    value = trait.values[seat]
    if isinstance(value, str):
        named = trait.shown.get(value)
        return named.in_(language) if named else value
    return number(float(value), language)


def common_line(group: Group, language: Language) -> str:
    """As in "In common: ma 17, ti 18"; with the traits' names where there are several."""
    if not group.common:
        return ""
    shared = [
        _of_trait(trait, values, alone=len(group.common) == 1).in_(language)
        for trait, values in group.common.items()
    ]
    return f"{WORDS['in_common'].in_(language)}: {'; '.join(shared)}"


def _of_trait(trait: str, values: tuple[str, ...], *, alone: bool) -> Message:
    shown = ", ".join(values) or "–"
    if alone:
        return verbatim(shown)
    return of_trait(trait, shown)
