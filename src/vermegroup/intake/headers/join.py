"""Which columns of a sheet are one trait: those that people name, and those with one stem.

``Sopivat ajat [Ma 16]`` (Google Forms, LimeSurvey), ``ajat___1`` (REDCap), ``ajat/ma_16`` (KoBo),
``5. Sopivat ajat: Ma 16`` (Webropol), ``Times - Monday`` (Qualtrics), ``Ajat (Ma)``,
``Ajat ma 16``, ``When can you come? Monday``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from vermegroup.intake.headers.find_columns import SINGLE, meaning
from vermegroup.intake.headers.recognise import plain, recognise
from vermegroup.intake.joined import Header, JoinedColumns
from vermegroup.intake.sheet import Sheet

_DAY = (
    r"(?:ma|ti|ke|to|pe|la|su|maanantai|tiistai|keskiviikko|torstai|perjantai|lauantai|sunnuntai"
    r"|m[aå]n?|tis?|ons?|tors?|fre?|l[oö]r|s[oö]n|m[aå]ndag|tisdag|onsdag|torsdag|fredag|l[oö]rdag"
    r"|s[oö]ndag|mon|tues?|wed|thu(?:rs)?|fri|sat|sun|monday|tuesday|wednesday|thursday|friday"
    r"|saturday|sunday)(?:na|sin|isin|ar|s)?"
)
# Quarters of hours alone: "16.10" may be a day of October.
_HOUR = r"[0-9]{1,2}(?:[.:](?:00|15|30|45))?(?: ?[ap]m)?"
_PART_OF_DAY = (
    r"(?:aamu|ilta|iltap[aä]iv[aä]|p[aä]iv[aä])(?:lla|isin)?|(?:f[oö]r|efter)middag|morgon|kv[aä]ll"
    r"|morning|afternoon|evening"
)
_CLOCK = rf"(?:klo |kl\.? |at )?{_HOUR}(?: ?[-–—] ?{_HOUR})?"
_WHEN = rf"{_DAY}(?:[,.]?[ _](?:{_CLOCK}|{_PART_OF_DAY}))?"
_STEMS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?P<stem>.*\S)\s*\[(?P<option>[^\[\]]+)\]",
        r"(?P<stem>\S.*?)___(?P<option>\w+)",
        r"(?P<stem>\S.*?\S)\s*:\s+(?P<option>\S.*)",
        r"(?P<stem>.*\S)\s+[-–—|/]\s+(?P<option>\S.*)",
        r"(?P<stem>[^\s/]+)/(?P<option>[^\s/]+)",
        # Headers that repeat are numbered so.
        r"(?P<stem>.*\S)\s*\((?P<option>(?![0-9]+\))[^()]+)\)",
        r"(?P<stem>\S.*\?)\s+(?P<option>\S.*)",
        rf"(?P<stem>.*\S)[ _](?P<option>{_WHEN})",
        rf"(?P<stem>)(?P<option>{_WHEN})",
    )
)
_MAY_HAVE_STEM = re.compile(rf"[\[(:/|]|___| [-–—] |\?\s|(?:^|[ _]){_WHEN}$", re.IGNORECASE)
_OF_DAYS = "times"
"""What columns tell that are called by days, where nothing else says what they are of."""
_BEGINS_WITH_DAY = re.compile(rf"{_DAY}\b", re.IGNORECASE)
_NUMBERING = re.compile(
    r"[0-9]{1,2}|[a-h]|i{1,3}|iv|vi{0,3}|ensisijainen|toissijainen|ensimmainen|toinen|kolmas|neljas"
    r"|viides|forsta|andra|tredje|fjarde|femte|first|second|third|fourth|fifth|primary|secondary"
    r"|1st|2nd|3rd|4th|5th"
)


def with_joined(sheet: Sheet, headers: Mapping[str, Header]) -> Sheet:
    """The sheet with the columns joined that people named together, or that have one stem.

    Of what people named, that which is not there is left to be noted by who looks for it.
    """
    named = (_named(trait, header, sheet) for trait, header in headers.items())
    found = (*filter(None, named), *_families(sheet.names))
    return replace(sheet, joined=tuple(found))


def matching(header: str, names: Sequence[str]) -> list[int]:
    """The columns of a header with an asterisk, or of one that is the stem of several."""
    if "*" in header:
        pattern = ".*".join(map(re.escape, header.casefold().split("*")))
        return [at for at, name in enumerate(names) if re.fullmatch(pattern, name.casefold())]
    stems = (several for several in _families(names) if plain(several.header) == plain(header))
    return list(next((several.places for several in stems), ()))


def _named(trait: str, header: Header, sheet: Sheet) -> JoinedColumns | None:
    if isinstance(header, str):
        places = _called(header, sheet)
        if len(places) == 1 or (places and meaning(trait) in SINGLE):
            return None
        places = places or matching(header, sheet.names)
    else:
        found = [_called(name, sheet) for name in header]
        if not all(found):
            return None
        if meaning(trait) in SINGLE:
            found = [places[:1] for places in found]
        places = list(dict.fromkeys(place for several in found for place in several))
    if not places:
        return None
    names = [sheet.names[place] for place in places]
    shared = next((each for each in _families(names) if len(each.places) == len(places)), None)
    options = _apart(names) if shared is None else shared.options
    return _joined(trait if shared is None else shared.header, places, options, trait)


def _called(header: str, sheet: Sheet) -> list[int]:
    """The columns of this very header: that of the name, and those of the same name, numbered."""
    if "*" in header and header not in sheet.names:
        return []
    bare = plain(header)
    exactly = [at for at, name in enumerate(sheet.names) if name and plain(name) == bare][:1]
    again = re.compile(rf"{re.escape(bare)} [0-9]+")
    same = (at for at, text in enumerate(sheet.header) if text and plain(text) == bare)
    return [*exactly, *(at for at in same if again.fullmatch(plain(sheet.names[at])))]


def _joined(
    header: str, places: Sequence[int], options: Sequence[str], asked: str | None = None
) -> JoinedColumns:
    numbered = all(_NUMBERING.fullmatch(plain(option)) for option in options)
    trait = recognise(header)
    if trait is None and all(_BEGINS_WITH_DAY.match(option) for option in options):
        trait = _OF_DAYS
    return JoinedColumns(header, tuple(places), tuple(options), numbered, trait, asked)


def _families(names: Sequence[str]) -> list[JoinedColumns]:
    """The columns with one stem and several options, by the first pattern that shows them."""
    found: dict[tuple[int, str], list[tuple[int, str]]] = {}
    for place, name in enumerate(names):
        if not _MAY_HAVE_STEM.search(name):
            continue
        for number, pattern in enumerate(_STEMS):
            if (parts := pattern.fullmatch(name)) is not None:
                stem = plain(parts["stem"])
                found.setdefault((number, stem), []).append((place, parts["option"].strip()))
    families: list[JoinedColumns] = []
    taken: set[int] = set()
    for (number, _stem), columns in sorted(found.items(), key=lambda item: item[0][0]):
        if len(columns) < 2 or taken & {place for place, _ in columns}:
            continue
        places, options = zip(*columns, strict=True)
        taken |= set(places)
        parts = _STEMS[number].fullmatch(names[places[0]])
        families.append(_joined(parts["stem"] if parts else "", places, options))
    return families


def _apart(names: Sequence[str]) -> list[str]:
    """What each of some headers says beside the words that all begin or end with."""
    again = re.compile(rf"{re.escape(plain(names[0]))}( [0-9]+)?")
    if all(again.fullmatch(plain(name)) for name in names):
        return [str(number) for number in range(1, len(names) + 1)]
    words = [name.split() for name in names]
    while min(map(len, words)) > 1 and len({plain(each[0]) for each in words}) == 1:
        words = [each[1:] for each in words]
    while min(map(len, words)) > 1 and len({plain(each[-1]) for each in words}) == 1:
        words = [each[:-1] for each in words]
    return [" ".join(each) for each in words]
