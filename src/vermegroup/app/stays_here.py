"""What of a roster is told to nobody but whoever forms the groups, by whatever name it is asked."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from vermegroup.domain.grouping import Grouping
from vermegroup.domain.kind import Kind
from vermegroup.domain.problem import Problem
from vermegroup.domain.roster import Roster
from vermegroup.domain.rulebook import Rulebook
from vermegroup.intake.headers.added import called, round_number
from vermegroup.intake.headers.find_columns import SeenColumn, meaning
from vermegroup.intake.headers.recognise import plain, recognise
from vermegroup.intake.joined import headers_of
from vermegroup.report.members import by_seat, leading

_TRAITS = frozenset(("years", "experience", "wishes", "avoid", "status", "cancelled", "answered"))
_NOTES = re.compile(
    r"\b(huom|huomi\w+|huomaut\w+|huomioita\w*|muistiinpano\w*|merkinn?[at]t?\w*|lisatie\w+"
    r"|kommen\w+|anteckning\w*|anmarkning\w*|tillaggs\w+|ovrigt|muuta"
    r"|notes?|comments?|remarks?|(additional|further|other) information)\b"
)


def column_stays(column: SeenColumn, problem: Problem) -> bool:
    """Whether a column is nobody else's business, by its header or by what it was read as.

    So are all numbers that groups are judged by, what bands are made of, notes, and the columns
    that we add ourselves.
    """
    named = {name for name in (column.trait, column.asked) if name}
    return (
        _header_stays(column.header)
        or bool(named & (_TRAITS | _banded(problem.rulebook)))
        or plain(column.header) in _headers_of_bands(problem)
    )


def columns_told(columns: Sequence[SeenColumn], problem: Problem) -> list[SeenColumn]:
    """The columns that may be told to others, and that a header of their own tells apart."""
    headers = Counter(plain(column.header) for column in columns)
    return [
        column
        for column in columns
        if headers[plain(column.header)] == 1 and plain(column.header)
        if not column_stays(column, problem)
    ]


def trait_stays(trait: str, problem: Problem) -> bool:
    """Whether a trait of the rulebook is a number, a band, or otherwise nobody else's business."""
    roster = problem.roster
    if trait in roster.numbers or meaning(trait) in _TRAITS or trait in _banded(problem.rulebook):
        return True
    known = roster.sets.get(trait) or roster.categories.get(trait)
    return known is not None and _header_stays(known.header)


def leads_told(problem: Problem, grouping: Grouping) -> frozenset[int]:
    """The seats of those who lead, but for rules that tell how experienced whoever leads is."""
    told = (rule for rule in problem.rulebook.kinds() if not _by_what_stays(rule, problem))
    return leading(told, problem.roster, by_seat(problem.roster, grouping))


def _by_what_stays(rule: Kind, problem: Problem) -> bool:
    return any(trait_stays(trait, problem) for trait in (*rule.categories(), *rule.numbers()))


def _header_stays(header: str) -> bool:
    return any(map(_half_stays, (header, *header.split(" / "))))


def _half_stays(header: str) -> bool:
    bare = plain(header)
    ours = {plain(name) for trait in ("permanent", "absent", "withdrawn") for name in called(trait)}
    is_ours = bare in ours or round_number(header) is not None
    return is_ours or recognise(header) in _TRAITS or _NOTES.search(bare) is not None


def _banded(rulebook: Rulebook) -> frozenset[str]:
    """The bands of a rulebook, and the traits that they are made of."""
    return frozenset(name for bands in rulebook.bands for name in (bands.trait, bands.of))


def _headers_of_bands(problem: Problem) -> set[str]:
    """The headers, by their letters, of what is a number or could be made into bands."""
    return set(map(plain, _spoken(problem.roster, problem.rulebook)))


def _spoken(roster: Roster, rulebook: Rulebook) -> Iterator[str]:
    yield from (trait.header for trait in roster.numbers.values())
    for trait in _banded(rulebook):
        yield trait
        if trait in rulebook.columns:
            yield from headers_of(rulebook.columns[trait])
