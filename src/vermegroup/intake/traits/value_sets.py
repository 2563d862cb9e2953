"""Cells that hold several values: free hours, languages, the people someone wishes to be with.

People separate values by semicolons, line ends, commas or slashes, whatever the next person does.
Within one cell the strongest mark that is there separates, so that ``ma 17, 18; ti 9`` is two
values; a comma or slash between digits (``17,30``, ``24/12``) or in brackets never does.

A form that joins the ticked options by commas leaves open which of the commas stand inside an
option ("Ma klo 16-18, etänä"). What recurs from cell to cell tells: see :func:`read_cells`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cached_property

import numpy as np

from vermegroup.domain.roster import Links, Sets
from vermegroup.intake.answers import Answer, answer_in
from vermegroup.intake.cells import COMMA, STRONG, split_values, tidy
from vermegroup.intake.people.called import Called, compact
from vermegroup.intake.ticks import begins_denied, denied, tick_in


class Commas(Enum):
    """What commas are in a column: separators, or parts of options, as is certain or likely."""

    SEPARATE = "separate"
    INSIDE = "inside"
    LIKELY_INSIDE = "likely inside"


Values = tuple[str, ...]


@dataclass(frozen=True)
class Cells:
    """What each distinct text of a column holds, and what commas are in it.

    ``twice`` is a text in which one value stands twice, and the value: no form writes such.
    """

    values: Mapping[str, Values]
    commas: Commas = Commas.SEPARATE

    @cached_property
    def twice(self) -> tuple[str, str] | None:
        """The first text with a value that stands twice in it."""
        for text, values in self.values.items():
            keys = list(map(compact, values))
            if len(set(keys)) < len(keys):
                place = next(at for at, key in enumerate(keys) if key in keys[:at])
                return text, values[place]
        return None

    def with_commas(self) -> list[str]:
        """The options that hold a comma, each once."""
        found = (value for values in self.values.values() for value in values)
        return [value for value in dict.fromkeys(found) if COMMA.search(value)]


def read_cells(texts: Iterable[str]) -> Cells:
    """What each distinct text of a column holds.

    An option that was ticked stands once in a cell. So where a part between commas stands there
    twice, commas belong to options, and each option ends where some cell ends or begins where some
    cell begins: "Ma klo 16, etänä, To klo 16, etänä" is two, since cells end with "etänä". They
    likely do where all options read so hold one, and several of them end alike.
    """
    cells = Cells({text: split_values(text) for text in dict.fromkeys(texts)})
    marked = {text for text in cells.values if STRONG.search(text.strip())}
    if marked:
        return _as_where_marked(cells, marked)
    whole = _whole_options(cells)
    if whole is None:
        return cells
    if cells.twice is not None:
        return cells if whole.twice else whole
    return Cells(whole.values, Commas.LIKELY_INSIDE) if _share_tails(whole) else cells


def _as_where_marked(cells: Cells, marked: set[str]) -> Cells:
    """Cells without a strong mark hold what those with one tell to be single options."""
    options = {compact(value) for text in marked for value in cells.values[text]}
    inside = any(COMMA.search(value) for text in marked for value in cells.values[text])
    values = {
        text: (tidy(text),)
        if text not in marked and (inside or compact(text) in options) and tidy(text)
        else values
        for text, values in cells.values.items()
    }
    return Cells(values)


def _whole_options(cells: Cells) -> Cells | None:
    """The cells with parts put together that neither end an option nor begin the next; or None."""
    parts = [list(map(compact, values)) for values in cells.values.values() if values]
    first, last = {keys[0] for keys in parts}, {keys[-1] for keys in parts}
    values: dict[str, Values] = {}
    for text, found in cells.values.items():
        options: list[str] = []
        for at, value in enumerate(found):
            apart = at == 0 or compact(found[at - 1]) in last or compact(value) in first
            options[len(options) - (not apart) :] = [value if apart else f"{options[-1]}, {value}"]
        values[text] = tuple(options)
    return Cells(values, Commas.INSIDE) if values != cells.values else None


def _share_tails(whole: Cells) -> bool:
    """Whether all options hold a comma, some cell holds several, and several end alike.

    Where languages are listed, many people may name English second; but some name a third.
    """
    options = {value for values in whole.values.values() for value in values}
    tails = Counter(compact(COMMA.split(option)[-1]) for option in options)
    several = any(len(values) > 1 for values in whole.values.values())
    return several and len(whole.with_commas()) == len(options) and tails.most_common(1)[0][1] > 1


@dataclass(frozen=True, slots=True)
class Settled:
    """Cells without what says something of the options, and what did so in each text."""

    cells: Cells
    said: Mapping[str, Mapping[Answer, str]]

    def of(self, text: str, answer: Answer) -> str:
        """What gives such an answer in a text; "" where nothing does."""
        return self.said.get(text, {}).get(answer, "")


def only_ticks(cells: Cells) -> bool:
    """Whether cells hold nothing but ticks, which tell of no value."""
    found = {value for values in cells.values.values() for value in values}
    own = {value for value in found if answer_in(value) is None or tick_in(value) is not None}
    return bool(own) and all(tick_in(value, graded=True) is not None for value in own)


def settled(cells: Cells, *, timed: bool = False) -> Settled:
    """Who answered "any" has all values that there are; what is doubtful or another is no value.

    Nor is, where values are times, what is denied: "ei ma", "not Monday".
    """
    answer_of = _answer_of_times if timed else answer_in
    found = dict.fromkeys(value for values in cells.values.values() for value in values)
    answers = {value: answer for value in found if (answer := answer_of(value)) is not None}
    options = tuple(value for value in found if value not in answers)
    if not answers or not (options or timed):
        return Settled(cells, {})
    values: dict[str, Values] = {}
    said: dict[str, dict[Answer, str]] = {}
    for text, held in cells.values.items():
        own: dict[Answer, str] = {}
        kept: list[str] = []
        for value, answer in _answered(text, held, answers, timed=timed):
            if answer is not None:
                own[answer] = f"{own[answer]}; {value}" if answer in own else value
            if answer is None or (answer is Answer.ANY and not options):
                kept.append(value)
        if own:
            said[text] = own
        values[text] = options if options and Answer.ANY in own else tuple(kept)
    return Settled(Cells(values, cells.commas), said)


def _answered(
    text: str, held: Values, answers: Mapping[str, Answer], *, timed: bool
) -> Iterator[tuple[str, Answer | None]]:
    """Each value of a cell with its answer; in "not Mon, Wed" the negation may be of both."""
    listed = timed and not STRONG.search(text.strip())
    denying = False
    for value in held:
        answer = answers.get(value)
        denying = denying or (listed and answer is Answer.NONE and begins_denied(value))
        yield value, Answer.NONE if denying and answer is None else answer


def _answer_of_times(value: str) -> Answer | None:
    answer = answer_in(value)
    if answer is not None:
        return answer
    ticked = any(map(str.isalpha, value[1:])) and tick_in(value, graded=True) is not None
    return Answer.NONE if ticked or denied(value) else None


def sets_from(
    texts: Sequence[str],
    header: str,
    read: Cells | None = None,
    key_of: Callable[[str], str | None] | None = None,
) -> Sets:
    """Cells (n,) as sets of values; ``Ma 17``, ``ma 17`` and ``ma17`` are one value.

    So are those of one key, where ``key_of`` tells one.

    A value goes by the spelling most used, at a tie by the earlier one. Values stand in the order
    in which the column has them first, which for hours of a week is often the week's.
    """
    cells = (read_cells(texts) if read is None else read).values
    uses = Counter(value for text in texts for value in cells[text])
    key = {value: (key_of and key_of(value)) or compact(value) for value in uses}
    spelling: dict[str, str] = {}
    for value in uses:
        best = spelling.setdefault(key[value], value)
        if uses[value] > uses[best]:
            spelling[key[value]] = value
    place = {each: index for index, each in enumerate(spelling)}
    member = np.zeros((len(texts), len(place)), dtype=bool)
    columns = {text: [place[key[each]] for each in cells[text]] for text in dict.fromkeys(texts)}
    for person, text in enumerate(texts):
        member[person, columns[text]] = True
    return Sets(member, tuple(spelling.values()), header)


_AND = re.compile(r" (?:ja|tai|vai|sekä|och|eller|samt|and|or|&) ", re.IGNORECASE)
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_NO_ONE = re.compile(
    r"(?:e[in]|minulla ei)(?: (?:tunne|tiedä|halua|haluaisi|haluaisin|välttää|vältä|toivo|ole|pyydä"
    r"|osaa sanoa|osaa nimetä|ketään|ketä|kenenkään|kukaan|kehenkään|kanssa|erityistä|erityisesti"
    r"|tiettyä|erityisiä|mitään|muita|muuta|toiveita|toivetta|väliä|rajoituksia|tarvetta|tiedossa"
    r"|tässä|täällä|täältä|vielä|heistä|osallistujista|ryhmästä))*"
    r"|kaikki (?:käy|käyvät|ok|sopii|sopivat|kelpaa|kelpaavat)|samantekevää"
    r"|(?:kuka|ketä|kenen kanssa) (?:vain|vaan|tahansa|hyvänsä)"
    r"|(?:jag )?(?:(?:känner|har|vet|vill undvika) )?(?:inte )?(?:ingen|inga|någon)"
    r"(?: (?:särskild|speciell|här|alls|ännu|önskemål|preferens|av (?:dem|dessa|deltagarna)))*"
    r"|nej|vem som helst|alla (?:går bra|duger|passar|är ok)|spelar ingen roll"
    r"|(?:i )?(?:do not |don['’]?t |know )*(?:nobody|no ?one|none|anyone|anybody|no)"
    r"(?: (?:in particular|special|here|yet|else|at all|is (?:fine|ok)|of (?:them|these)|wishes"
    r"|preferences?))*|every(?:one|body) is (?:fine|ok)|all (?:fine|ok|good)|n/a|-+"
)
_NONE = Called()


def named_in(text: str, people: Called) -> Values:
    """The people whom a cell names, as written; "nobody" and the like are none."""
    if people.place(text) is not None:
        return (text,)
    found = (one for value in split_values(text) for one in _each(value, people))
    return tuple(one for one in found if one and not _means_nobody(one, people))


def _means_nobody(text: str, people: Called) -> bool:
    bare = " ".join(text.casefold().split()).strip(" .!")
    if not _NO_ONE.fullmatch(bare) and answer_in(text) not in (Answer.ANY, Answer.NONE):
        return False
    return not (people.places(text) or people.shortened(text))


def _each(value: str, people: Called) -> Values:
    """The people of a value: what stands in brackets, or joins two, is no part of their names."""
    bare = tidy(_BRACKETS.sub(" ", value))
    for one in (value, bare, bare.strip(" .!?:\"'“”’")):
        if people.places(one) or people.shortened(one):
            return (one,)
    parts = _AND.split(value)
    return (value,) if len(parts) < 2 else tuple(p for each in parts for p in _each(each, people))


def whom(text: str, people: Called, gone: Called = _NONE) -> int | None:
    """Where the one person stands whom a text means; None where it may be none, or several.

    A first name alone, or with the last one's initial, means somebody whom it fits alone, also
    among those who are ``gone``, or whose id among these it is exactly.
    """
    found = () if text in gone.ids and text not in people.ids else people.places(text)
    if not found and not gone.places(text) and not gone.shortened(text):
        found = people.shortened(text)
    return found[0] if len(found) == 1 else None


def links_from(texts: Sequence[str], people: Called, header: str, gone: Called = _NONE) -> Links:
    """Cells (n,) as names of other participants. Nobody names himself or herself, nor one twice.

    Who is ``gone`` is not unknown.
    """
    pairs: dict[tuple[int, int], None] = {}
    unknown: dict[str, None] = {}
    for person, text in enumerate(texts):
        for value in named_in(text, people):
            other = whom(value, people, gone)
            if other is None and not gone.places(value):
                unknown[value] = None
            elif other is not None and other != person:
                pairs[person, other] = None
    return Links(np.array([*pairs], dtype=np.int64).reshape(-1, 2), tuple(unknown), header)


def looks_like_sets(texts: Sequence[str]) -> bool:
    """Whether cells seem to hold several values each.

    A strong mark tells. Commas and slashes stand inside single values too ("Arts, crafts"): they
    separate where most of what they part stands elsewhere in the column as well.
    """
    distinct = list(dict.fromkeys(texts))
    if any(STRONG.search(text.strip()) for text in distinct):
        return True
    cells = [tuple(dict.fromkeys(map(compact, split_values(text)))) for text in distinct]
    uses = Counter(value for values in cells for value in values)
    parted = [value for values in cells if len(values) > 1 for value in values]
    return sum(uses[value] > 1 for value in parted) * 2 > len(parted)
