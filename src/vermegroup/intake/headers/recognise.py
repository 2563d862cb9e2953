"""Which trait a header of one or two rows stands for.

Registration systems write it on two: the booker's columns in the first row and the attendee's in
the second, or one heading over the columns of each.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from vermegroup.intake.cells import tidy
from vermegroup.intake.headers.vocabulary import (
    PREFERRED,
    USER_NAMES,
    WORDS,
    YIELDING,
    asked_for,
    headed,
    language_by_word,
    language_of_question,
    tells_no_time,
)
from vermegroup.intake.ticks import tick_in
from vermegroup.language.catalogues import ENGLISH, Language

LONGEST_HEADER = 200
_MOST_COMMAS = 2
_HEADERS_KEPT = 1 << 15
"""More than a sheet has columns: each is asked about for one trait after the other."""

_LONGEST_CAMEL = 40
_CAMEL = re.compile(r"(?<=[a-zåäö])(?=[A-ZÅÄÖ])|(?<=[A-ZÅÄÖ])(?=[A-ZÅÄÖ][a-zåäö])")

_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_EXPLAINED = frozenset(
    (
        *("id", "name", "first name", "last name", "email", "municipality", "years"),
        *("profession", "unit", "organisation", "region", "language", "times", "answered"),
    )
)
# A code to be entered may be anything, and a group to be chosen is a wish.
_TO_BE_WRITTEN = _EXPLAINED - {"id"} | {"role", "wishes", "avoid"}
_OF_OTHERS = re.compile(
    r"huoltaj|lapse|lapsi|vanhem|esihenk|esimie|puoliso|laskut|toive|guardian|parent|child|boss"
    r"|manager|supervisor|invoice|wish|vardnads|barn|chef|faktur|onske"
)
_NUMBERED = re.compile(r"^(q|k|kysymys|fraga|question)? ?[0-9]{1,3} (?=\D)")
_REQUIRED = re.compile(
    r"( (ei|inte|icke|ej|not))? (pakollinen( tieto)?|obligatorisk\w*|required|mandatory)$"
)
_WHOSE = re.compile(
    r"^(osallistujan?|vastaajan|sinun|oma|attendee( s)?|participant( s)?|recipient( s)?|your"
    r"|deltagaren?s?|din|ditt)"
    r" (?=\w)"
)
_TO_WRITE = re.compile(
    r"^((ole hyva ja|please|var god och|vanligen) )?"
    r"((kirjoita|anna|valitse|ilmoita|tayta|merkitse|kerro|skriv|ange|valj|fyll i|uppge|enter|write"
    r"|provide|give|type|select|choose|fill in|mika on|mitka ovat|vad ar|vilken ar|vilket ar"
    r"|what is|what are) )?(?=\w)"
)
_SOMEONE_ELSE = re.compile(
    r"^(tilaaja|varaaja|ilmoittaja[n ]|maksaja|laskut|yhteyshenkilo|esihenkilo|esimie|booker|buyer"
    r"|billing|contact person|invoice|purchaser|supervisor|manager|bokaren?s?\b|anmalaren?s?\b"
    r"|fakturering|betalare|kontaktperson|chefen?s?\b|bestallare)"
)


def recognise(header: str) -> str | None:
    """The canonical trait a header stands for, or None."""
    found = _recognised(header) if len(header) <= LONGEST_HEADER else None
    return None if found == "times" and tells_no_time(_unnumbered(plain(header))) else found


def tells_of_someone_else(header: str) -> bool:
    """Whether a header is about a booker, a superior or the like."""
    return _SOMEONE_ELSE.match(plain(header)) is not None


def header_score(cells: Sequence[str]) -> int:
    """How many cells of a row look like headers that are known."""
    return sum(recognise(cell) is not None for cell in cells)


@lru_cache(maxsize=_HEADERS_KEPT)
def plain(header: str) -> str:
    """A header's letters and digits alone: no case, accents, punctuation or double spaces."""
    bare = (
        mark for mark in unicodedata.normalize("NFKD", header) if not unicodedata.combining(mark)
    )
    return re.sub(r"[\W_]+", " ", "".join(bare).casefold()).strip()


@lru_cache(maxsize=_HEADERS_KEPT)
def _recognised(header: str) -> str | None:
    known = _traits_by_word()
    bare = plain(header)
    if bare in known:
        return known[bare]
    if any(map(_SOMEONE_ELSE.match, (bare, _unnumbered(bare), *_parted(header)))):
        return None
    found = next((known[form] for form in _all_forms(header) if form in known), None)
    found = found or headed(_unnumbered(bare))
    if found is None and _may_ask(header, bare):
        found = asked_for(_unnumbered(bare))
    return found or _outside_brackets(header) or _to_be_written(_unnumbered(bare))


def _to_be_written(bare: str) -> str | None:
    """What people are told to write or asked for: "Skriv ditt namn", "Mikä on roolisi"."""
    asked = _TO_WRITE.sub("", bare)
    if asked == bare:
        return None
    known = _traits_by_word()
    found = next((known[form] for form in _forms(asked) if form in known), None)
    found = found or headed(asked) or asked_for(asked)
    return found if found in _TO_BE_WRITTEN else None


def _outside_brackets(header: str) -> str | None:
    """What a header tells without its explanation: "Kunta (työ)"."""
    outside = _BRACKETS.sub(" ", header)
    if outside == header or _OF_OTHERS.search(plain(header)):
        return None
    found = recognise(outside)
    return found if found in _EXPLAINED else None


def is_user_name(header: str) -> bool:
    """Whether a header is of ids that people have in some system."""
    return any(form in _user_names() for form in _all_forms(header))


@cache
def _user_names() -> frozenset[str]:
    return frozenset(map(plain, USER_NAMES))


def yields(header: str) -> bool:
    """Whether a header tells a trait only where no other column's header tells it."""
    bare = plain(header)
    return bare in _yielding() or (
        bare not in _traits_by_word() and _BRACKETS.search(header) is not None
    )


def is_preferred(header: str) -> bool:
    """Whether a header goes before others that tell the same trait."""
    return any(form in _preferred() for form in _all_forms(header))


@cache
def _yielding() -> frozenset[str]:
    return frozenset(map(plain, YIELDING))


@cache
def _preferred() -> frozenset[str]:
    return frozenset(map(plain, PREFERRED))


def _unnumbered(bare: str) -> str:
    return _REQUIRED.sub("", _NUMBERED.sub("", bare))


def _parted(header: str) -> tuple[str, ...]:
    """The words of a header in camel case: studentId, SISLoginID; nothing for any other."""
    parted = _CAMEL.sub(" ", header) if len(header) <= _LONGEST_CAMEL else header
    return () if parted == header else (plain(parted),)


def _may_ask(header: str, bare: str) -> bool:
    """Whether a header may be a question.

    Cells are looked at too where a header is sought, and whole rows where a delimiter is.
    """
    if header.count(",") > _MOST_COMMAS or any(mark in header for mark in ";|\t"):
        return False
    return "?" in header or bare.count(" ") >= 2 or bare.endswith(("si", "nne"))


def _all_forms(header: str) -> Iterator[str]:
    for bare in (plain(header), *_parted(header)):
        yield from _forms(_unnumbered(bare))


def _forms(bare: str) -> Iterator[str]:
    """A header, and the same without the word that tells whose it is: ``kuntasi``."""
    yield bare
    yield (short := _WHOSE.sub("", bare))
    yield short.removesuffix("si")


@cache
def _traits_by_word() -> dict[str, str]:
    return {plain(word): trait for trait, words in WORDS.items() for word in words}


def language_of(headers: Iterable[str]) -> Language:
    """The language of most of the headers that are known; English where none has the most."""
    told = Counter(filter(None, map(_language, headers))).most_common(2)
    tie = len(told) == 2 and told[0][1] == told[1][1]
    return told[0][0] if told and not tie else ENGLISH


def _language(header: str) -> Language | None:
    bare = plain(header)
    known = _languages_by_word()
    if bare in known:
        return known[bare]
    if recognise(header) is None or bare in _traits_by_word():
        return None
    found = next((known[form] for form in _all_forms(header) if form in known), None)
    return found or language_of_question(_unnumbered(bare))


@cache
def _languages_by_word() -> dict[str, Language]:
    return {plain(word): language for word, language in language_by_word().items()}


_ATTENDEE = frozenset(
    (
        *("osallistuja", "osallistujan tiedot", "ilmoitettava", "ilmoitettavan tiedot"),
        *("attendee", "attendee details", "participant", "participant details"),
        *("deltagare", "deltagarens uppgifter", "deltagaruppgifter"),
    )
)
_BOOKER_WORDS = (
    *("varaaja", "ilmoittaja", "tilaaja", "maksaja", "booker", "buyer", "bokare"),
    *("bestallare", "anmalare", "betalare"),
)
_BOOKER = frozenset(
    (
        *("varaaja", "varaajan tiedot", "ilmoittaja", "ilmoittajan tiedot"),
        *("tilaaja", "tilaajan tiedot", "maksaja", "maksajan tiedot"),
        *("booker", "booker details", "buyer", "buyer details"),
        *("bokare", "bokarens uppgifter", "bestallare", "anmalare", "betalare"),
    )
)


@dataclass(frozen=True, slots=True)
class Header:
    """A header of one to three rows, ``first`` to ``last`` (counted from 0) of a file's records.

    ``written`` are its rows as they stand. ``names`` says what people call each column; where
    the participant's own column and the booker's tell the same trait, ``spoken``, by which traits
    are recognised, is empty for the booker's.
    """

    first: int
    last: int
    written: tuple[tuple[str, ...], ...]
    names: tuple[str, ...]
    spoken: tuple[str, ...]


def recognised(cells: Sequence[str]) -> set[str]:
    """The traits that a row's cells would be headers of."""
    return {trait for cell in cells if cell.strip() and (trait := recognise(cell))}


def is_party(cell: str) -> bool:
    """Whether a cell is a heading over the booker's or the attendee's columns."""
    return plain(cell) in _ATTENDEE | _BOOKER


def tells_of_booker(cell: str) -> bool:
    """Whether a header is of the booker rather than of the attendee."""
    return plain(cell).startswith(_BOOKER_WORDS)


_ANSWER = frozenset(
    (
        *("vastaus", "vapaa vastaus", "avoin vastaus", "svar", "oppet svar", "fritt svar"),
        *("response", "answer", "open ended response", "open response"),
    )
)
_WITH_OPTIONS = ("times", "language", "wishes", "avoid")


def option_runs(tops: Sequence[str], bottoms: Sequence[str]) -> list[list[int]]:
    """The columns of each question in the upper row that has options, or a label, in the lower.

    A question stands above the first of its columns, or above each of them. A header of its own
    is none of its options: the group that an earlier run has added at the right end.
    """
    runs: list[list[int]] = []
    question = ""
    for place, bottom in enumerate(bottoms):
        top = tidy(tops[place]) if place < len(tops) else ""
        alone = not top and recognise(bottom) not in (None, *_WITH_OPTIONS)
        if not tidy(bottom) or alone or (top and not _may_have_options(top)):
            question = ""
        elif top and top != question:
            question = top
            runs.append([place])
        elif question:
            runs[-1].append(place)
    return runs


def _may_have_options(text: str) -> bool:
    return recognise(text) in _WITH_OPTIONS or (recognise(text) is None and "?" in text)


def has_options(first: Sequence[str], second: Sequence[str]) -> bool:
    """Whether the row below a header holds the options of its questions, and nobody's answers.

    Whoever answers has a name, or something else that is not asked with options.
    """
    runs = [places for places in option_runs(first, second) if not _are_answers(second, places)]
    taken = {place for places in runs for place in places}
    others = [cell for place, cell in enumerate(second) if cell.strip() and place not in taken]
    labelled = all(plain(cell) in _ANSWER or recognise(cell) for cell in others)
    return labelled and any(len(places) > 1 for places in runs)


def _are_answers(second: Sequence[str], places: Sequence[int]) -> bool:
    """Whether cells are ticks rather than what is ticked, or the same again and again."""
    cells = [tidy(second[place]) for place in places]
    return len(set(cells)) < len(cells) or any(tick_in(cell) is not None for cell in cells)


def is_imported(cell: str) -> bool:
    """Whether a cell says where its column was imported from, as Qualtrics writes it."""
    return cell.startswith('{"ImportId"')


def _told(cell: str) -> str:
    return "" if is_imported(cell) or plain(cell) in _ANSWER else tidy(cell)


def header_of(rows: Sequence[Sequence[str]], first: int, last: int) -> Header:
    """What the rows ``first`` to ``last`` call the columns."""
    width = max(map(len, rows[first : last + 1]))
    written = tuple(
        tuple(row[place] if place < len(row) else "" for place in range(width))
        for row in rows[first : last + 1]
    )
    if first == last:
        names = tuple(map(tidy, written[0]))
        return Header(first, last, written, unique(names), names)
    tops, *lower = (tuple(_told(cell) for cell in row) for row in written)
    bottoms = tuple(next(filter(None, cells), "") for cells in zip(*lower, strict=True))
    return _merged(first, written, _spread(tops, bottoms), bottoms)


def _merged(
    first: int,
    written: tuple[tuple[str, ...], ...],
    tops: tuple[str, ...],
    bottoms: tuple[str, ...],
) -> Header:
    pairs = list(zip(tops, bottoms, strict=True))
    names = tuple(" / ".join(dict.fromkeys(filter(None, pair))) for pair in pairs)
    said = [_said(top, bottom, name) for (top, bottom), name in zip(pairs, names, strict=True)]
    bookers = [not bottom or plain(top) in _BOOKER for top, bottom in pairs]
    traits = recognised([text for text, booker in zip(said, bookers, strict=True) if not booker])
    spoken = tuple(
        "" if booker and recognise(text) in traits else text
        for text, booker in zip(said, bookers, strict=True)
    )
    return Header(first, first + len(written) - 1, written, unique(names), spoken)


def _said(top: str, bottom: str, name: str) -> str:
    """The half of a header that tells the trait; the whole of it where it is the booker's."""
    if plain(top) in _BOOKER and bottom:
        return name
    return next((text for text in (bottom, top) if text and recognise(text)), name)


def _spread(tops: tuple[str, ...], bottoms: tuple[str, ...]) -> tuple[str, ...]:
    """The headings over several columns, repeated over each of them."""
    spread: list[str] = []
    heading = ""
    asked = {place: tops[run[0]] for run in option_runs(tops, bottoms) for place in run}
    for place, (top, bottom) in enumerate(zip(tops, bottoms, strict=True)):
        if top or not bottom:
            heading = top if is_party(top) and bottom else ""
        spread.append(top or asked.get(place, heading))
    return tuple(spread)


def first_free(names: Sequence[str], taken: Iterable[str]) -> str:
    """The first of some names for a column that is not taken, however written; else the first."""
    known = set(map(plain, taken))
    return next((name for name in names if plain(name) not in known), names[0])


def unique(names: tuple[str, ...]) -> tuple[str, ...]:
    """The names, those that repeat numbered: Nimi, Nimi (2)."""
    taken = set(names)
    seen: dict[str, int] = {}
    numbered: list[str] = []
    for name in names:
        number = seen[name] = seen.get(name, 0) + 1
        candidate = name
        while name and number > 1 and candidate in taken:
            candidate = f"{name} ({number})"
            number += 1
        taken.add(candidate)
        numbered.append(candidate)
    return tuple(numbered)
