"""``codebook.md``: what every column of the research tables means, and where it comes from."""

from __future__ import annotations

from collections.abc import Iterator

from vermegroup.export.rendered import Wanted
from vermegroup.export.study import Study
from vermegroup.language.catalogues import Language
from vermegroup.language.messages import N_, Message, _

_SOURCES = (
    "Blau, P. M. (1977). Inequality and heterogeneity. Free Press.",
    "Harrison, D. A., & Klein, K. J. (2007). What's the difference? Diversity constructs as "
    "separation, variety, or disparity in organizations. Academy of Management Review, 32(4), "
    "1199-1228.",
    "Thatcher, S. M. B., Jehn, K. A., & Zanutto, E. (2003). Cracks in diversity research: The "
    "effects of diversity faultlines on conflict and performance. Group Decision and Negotiation, "
    "12(3), 217-241.",
)

Line = tuple[str, Message]
"""A column and what it means."""


def codebook(study: Study, wanted: Wanted) -> str:
    """The text, in the language that is wanted."""
    language = wanted.language
    told = [f"# {_TITLE.in_(language)}", "", _FORMAT.in_(language), ""]
    for name, lines in (
        ("participants.csv", _participants(study)),
        ("groups.csv", _groups(study, wanted.faultlines)),
        ("dyads.csv", _dyads()),
    ):
        told += [f"## {name}", "", *_table(lines, language), ""]
    told += [f"## {_SOURCES_TITLE.in_(language)}", "", *(f"- {each}" for each in _SOURCES), ""]
    return "\n".join(told)


def _table(lines: Iterator[Line], language: Language) -> Iterator[str]:
    yield f"| {_COLUMN.in_(language)} | {_MEANING.in_(language)} |"
    yield "|---|---|"
    for name, meaning in lines:
        told = meaning.in_(language).replace("|", "\\|")
        yield f"| `{name}` | {told} |"


def _when() -> Iterator[Line]:
    yield "season", _("what the groups' file is called")
    yield "meeting", _("the day of the meeting, as 2026-12-01, where the groups are for one")


def _participants(study: Study) -> Iterator[Line]:
    yield "participant", _("the id, the same in all files")
    yield from _when()
    yield "group", _("the group; empty for who waits, with ; between several")
    yield "waiting", _("1 where the person has no group, else 0")
    yield "leads", _("1 where the person leads a group, else 0")
    for number in study.numbers:
        yield number.name, _NUMBER.filled(header=number.header)
    for named in study.names:
        template = _SEVERAL if named.several else _NAMED
        yield named.name, template.filled(header=named.header)


def _groups(study: Study, faultlines: bool) -> Iterator[Line]:
    yield "group", _("the group")
    yield from _when()
    yield "size", _("how many members it has")
    for number in study.numbers:
        for ending, meaning in _OF_NUMBERS.items():
            yield f"{number.name}_{ending}", meaning
    for named in study.names:
        if not named.several:
            yield f"{named.name}_blau", _BLAU
            yield f"{named.name}_richness", _RICHNESS
    if faultlines:
        yield "fau", _FAU


def _dyads() -> Iterator[Line]:
    yield "participant_a", _("one of the pair")
    yield "participant_b", _("the other one; each pair stands once")
    yield from _when()
    yield "together", _("1 where both are in one group, else 0")
    yield "weeks_together", _WEEKS_TOLD


_TITLE = _("Codebook")
_FORMAT = _(
    "Plain text in UTF-8 with commas, decimal points and one header; an empty cell is not known or "
    "not defined. Indices describe the members as they are: they are not estimates for others."
)
_SOURCES_TITLE = _("Sources")
_COLUMN, _MEANING = _("Column"), _("Meaning")
_NUMBER = N_("a number, from the column “{header}”")
_NAMED = N_("a named value, from “{header}”")
_SEVERAL = N_("named values with ; between them, from “{header}”")
_OF_NUMBERS = {
    "mean": _("the mean of the members"),
    "sd": _(
        "separation: the standard deviation, √(Σ(x − mean)² / n), from 0 to half the scale "
        "(Harrison and Klein, 2007)"
    ),
    "cv": _(
        "disparity: the coefficient of variation, standard deviation / mean, from 0 to √(n − 1); "
        "empty where the mean is not above 0 (Harrison and Klein, 2007)"
    ),
    "gini": _(
        "disparity: the Gini index, Σ|xᵢ − xⱼ| over all ordered pairs / (2 n² mean), from 0 to "
        "1 − 1/n; empty where a value is below 0 (Harrison and Klein, 2007)"
    ),
}
_BLAU = _(
    "variety: Blau's index, 1 − Σ share², from 0 to (K − 1) / K with K kinds (Blau, 1977; Harrison "
    "and Klein, 2007)"
)
_RICHNESS = _("variety: how many different values the members have")
_FAU = _(
    "faultline strength Fau: the largest share of the variation in all traits that lies between "
    "two subgroups of at least two, from 0 to 1; numbers are divided by everybody's standard "
    "deviation, and two who differ in a named trait are 1 apart; empty for fewer than 4 or more "
    "than 16 members (Thatcher, Jehn and Zanutto, 2003)"
)
_WEEKS_TOLD = _(
    "weeks from the first meeting together to the last, both counted; 0 for pairs who are not "
    "together, and empty where --every and --meetings were not given"
)
