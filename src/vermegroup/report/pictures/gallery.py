"""All pictures of one report, each where there is something to see."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from vermegroup.language.catalogues import Language
from vermegroup.language.terms import known_trait
from vermegroup.report.groups import Group
from vermegroup.report.pictures.finland import symbol
from vermegroup.report.pictures.maps import Located, located, map_of_all, map_of_card
from vermegroup.report.pictures.means import histogram
from vermegroup.report.pictures.meetings import of_history, of_rounds
from vermegroup.report.pictures.moves import arrows
from vermegroup.report.pictures.strips import MOST_GROUPS, strip
from vermegroup.report.pictures.svg import Figure
from vermegroup.report.pictures.values import towers
from vermegroup.report.report import Report, TraitColumn, TraitKind

MOST_MAPS = 60


@dataclass(frozen=True, slots=True)
class Gallery:
    """The pictures of a page, in one language.

    ``outline`` is what every map uses, empty where there is none; ``of_groups`` are those of all
    groups beside each other. Maps of single groups are made when they are asked for.
    """

    report: Report
    language: Language
    place: Located | None
    outline: Markup
    everybody: Figure | None
    of_groups: tuple[Figure, ...]
    moves: Figure | None
    meetings: Figure | None

    def map_of(self, group: Group) -> Markup:
        """The map of a group's members; empty where there is none, or where groups are many."""
        if self.place is None or len(self.report.groups) > MOST_MAPS:
            return Markup("")
        if self.place.trait.name == self.report.members.parted_by:  # its members are in one place
            return Markup("")
        return map_of_card(self.place, range(group.start, group.stop), self.language)


def gallery_of(report: Report, language: Language) -> Gallery:
    """Everything there is to see of a report."""
    told = report.rounds.rounds[0].report if report.rounds else report
    place = located(told.members) if told.groups else None
    meetings = of_rounds(report.rounds, language) if report.rounds else None
    return Gallery(
        report,
        language,
        place,
        symbol() if place else Markup(""),
        map_of_all(place, told.members, language) if place else None,
        tuple(_beside_each_other(report, language)),
        arrows(report.rebalance, language) if report.rebalance else None,
        meetings or of_history(report, language),
    )


def _beside_each_other(report: Report, language: Language) -> Iterator[Figure]:
    """A picture for each trait of which a preference speaks; a band shows in that of its number.

    Of very many groups only their means can be seen.
    """
    few = len(report.groups) <= MOST_GROUPS
    groups = report.groups[:] if few else ()
    for trait in _preferred(report):
        found = None
        if trait.kind is not TraitKind.NUMBER:
            found = towers(groups, trait, language)
        elif few:
            found = strip(report.members, groups, trait, language)
        else:
            found = histogram(report.groups, trait, language)
        if found is not None:
            yield found


def _preferred(report: Report) -> list[TraitColumn]:
    told = [word for line in report.preferences for word in _words(line.entry)]
    words = [word for text in told for word in (text, known_trait(text))]
    traits = {trait.name: trait for trait in report.members.traits}
    found = [traits[word] for word in dict.fromkeys(words) if word in traits]
    numbers = any(trait.kind is TraitKind.NUMBER for trait in found)
    return [trait for trait in found if not (numbers and trait.kind is TraitKind.BAND)]


def _words(entry: object) -> Iterator[str]:
    """All texts in an entry of a rulebook."""
    if isinstance(entry, str):
        yield entry
    elif isinstance(entry, Mapping):
        for key, value in entry.items():
            yield from _words(key)
            yield from _words(value)
    elif isinstance(entry, Sequence):
        for each in entry:
            yield from _words(each)
