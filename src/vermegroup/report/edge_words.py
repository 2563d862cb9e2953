"""How near the edge a grouping is, in words: for the summary and for the page."""

from __future__ import annotations

from vermegroup.phrase import Language, Phrase, either, groups_of, phrase
from vermegroup.report.report import EdgeLine, Group, Reliance, Report, by_part
from vermegroup.report.standings import PARTS_SHOWN, of_part
from vermegroup.report.summary import Item, Mood, Section
from vermegroup.report.wording import WORDS

_GROUPS_NAMED = 6


def edges_told(report: Report) -> tuple[EdgeLine, ...]:
    """The line of the whole or of each part, of which something is known; none of many parts."""
    lines = report.edges if len(report.parts) <= PARTS_SHOWN else ()
    return tuple(line for line in lines if line.safe + line.fragile)


def edge_line(line: EdgeLine, language: Language) -> str:
    """All that is told of the whole, one sentence after the other."""
    return " ".join(
        f"{own.in_(language)}." for own in (_spared(line), *_unasked(line), *limit(line))
    )


def edge_sections(report: Report, language: Language) -> list[Section]:
    """What the grouping can take, and the first of the fragile groups."""
    title = WORDS["edge"].in_(language)
    fragile = dict(by_part(group for group in report.groups if group.fragile))
    return [
        Section(
            of_part(line.part, title, language),
            (
                *(Item(Mood.QUIET, own.in_(language)) for own in limit(line)),
                Item(_mood(line), _spared(line).in_(language)),
                *(Item(Mood.QUIET, own.in_(language)) for own in _unasked(line)),
                *_each(report, fragile.get(line.part, []), language),
            ),
        )
        for line in edges_told(report)
    ]


def _mood(line: EdgeLine) -> Mood:
    return Mood.GOOD if line.safe == line.groups else Mood.UNSURE


def _each(report: Report, fragile: list[Group], language: Language) -> list[Item]:
    items = [
        f"{group.id} {WORDS['needs'].in_(language)}: "
        f"{'; '.join(relied_on(report, group, language))}"
        for group in fragile[:_GROUPS_NAMED]
    ]
    if len(fragile) > _GROUPS_NAMED:
        more = WORDS["more_alike"].in_(language).format(count=len(fragile) - _GROUPS_NAMED)
        items.append(f"… {more}")
    return [Item(Mood.QUIET, text) for text in items]


def limit(line: EdgeLine) -> tuple[Phrase, ...]:
    """With how many absences there must be fewer groups, if a rule says so."""
    if not line.reserves:
        return ()
    told = phrase(
        "{groups} can no longer be formed with {people} absent",
        "Ryhmiä ei enää saada {k}, kun poissa on {people}",
        "{groups} går inte längre att bilda när {people} är borta",
        groups=groups_of(line.groups),
        k=line.groups,
        people=either([own.people for own in line.reserves]),
    )
    return (told,)


def _unasked(line: EdgeLine) -> tuple[Phrase, ...]:
    """Which rules are left out of what is told, if there are such."""
    return (_COMPARING,) if line.comparing else ()


def _spared(line: EdgeLine) -> Phrase:
    """How many groups can spare any one member."""
    if line.safe == line.groups:
        return _ALL_SAFE
    if line.fragile == line.groups:
        return _NONE_SAFE
    if line.safe + line.fragile < line.groups:
        return phrase(
            "Of {groups} that could be tried, {safe} can spare any one member",
            "Kokeiltavissa olleista ryhmistä ({k}) {safe} kestää kenen tahansa yhden jäsenen "
            "poissaolon",
            "Av {groups} som kunde prövas klarar sig {safe} utan vem som helst av sina medlemmar",
            safe=line.safe,
            groups=groups_of(line.safe + line.fragile),
            k=line.safe + line.fragile,
        )
    return phrase(
        "{safe} of {groups} can spare any one member",
        "{k} ryhmästä {safe} kestää kenen tahansa yhden jäsenen poissaolon",
        "{safe} av {groups} klarar sig utan vem som helst av sina medlemmar",
        safe=line.safe,
        groups=groups_of(line.groups),
        k=line.groups,
    )


def relied_on(report: Report, group: Group, language: Language) -> list[str]:
    """Without whom a fragile group breaks which rule: "SYN-004 (Every group has …)"."""
    return [
        f"{_who(report, group, own, language)} ({report.rules[own.rule].sentence.in_(language)})"
        for own in group.relies
    ]


def _who(report: Report, group: Group, reliance: Reliance, language: Language) -> str:
    if len(reliance.seats) == group.size > 1:
        return WORDS["each_member"].in_(language)
    return ", ".join(report.members.labels[seat] for seat in reliance.seats)


_COMPARING = Phrase(
    "Rules that compare groups with each other were not asked: one absence moves those of all",
    "Ryhmiä toisiinsa vertaavia sääntöjä ei kysytty: yksi poissaolo muuttaa kaikkien vertailua",
    "Regler som jämför grupper med varandra ingår inte: en frånvaro rubbar jämförelsen för alla",
)
_ALL_SAFE = Phrase(
    "Every group can spare any one member",
    "Jokainen ryhmä kestää kenen tahansa yhden jäsenen poissaolon",
    "Varje grupp klarar sig utan vem som helst av sina medlemmar",
)
_NONE_SAFE = Phrase(
    "Every group has members it cannot do without",
    "Jokaisessa ryhmässä on jäseniä, joita ilman se ei täytä sääntöjä",
    "Varje grupp har medlemmar som den inte klarar sig utan",
)
