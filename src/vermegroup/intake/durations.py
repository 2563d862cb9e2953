"""Lengths of time in years, as people write them in Finnish, Swedish and English.

A range is read as its middle, one without an end as its limit: ``0–2`` is 1, ``under 1`` lies
between 0 and 1 and is ½, ``5+`` and ``yli 5`` are 5.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from fractions import Fraction

LONGEST_TEXT = 80

_WORDS: dict[int, str] = {
    0: "nolla noll zero",
    1: "yksi yhden ett one",
    2: "kaksi kahden två two pari parin",
    3: "kolme kolmen tre three",
    4: "neljä neljän fyra four",
    5: "viisi viiden fem five",
    6: "kuusi kuuden sex six",
    7: "seitsemän sju seven",
    8: "kahdeksan åtta eight",
    9: "yhdeksän nio nine",
    10: "kymmenen tio ten",
    11: "yksitoista elva eleven",
    12: "kaksitoista tolv twelve",
    15: "viisitoista femton fifteen",
    20: "kaksikymmentä kahdenkymmenen tjugo twenty",
    25: "kaksikymmentäviisi tjugofem twenty-five",
    30: "kolmekymmentä kolmenkymmenen trettio thirty",
    40: "neljäkymmentä neljänkymmenen fyrtio forty",
}
_NUMBERS = {word: str(value) for value, words in _WORDS.items() for word in words.split()}

_NUMBER = r"(?:[0-9]{1,3}(?:[.,][0-9]{1,4})?)"
_YEARS = r"(?:v|vuotta|vuosi|vuoden|vuosia|vuotinen|vuodessa|år|års|y|yr|yrs|year|years)\b\.?"
_MONTHS = (
    r"(?:kk|kuukausi|kuukautta|kuukauden|mån|månad|månader|månaders|m|mo|mos|month|months)\b\.?"
)
_WEEKS = r"(?:vk|viikko|viikkoa|viikon|vecka|veckor|week|weeks)\b\.?"
_AND = r"(?:\s*(?:ja|och|and|,|&)\s*|\s*)"
_ABOUT = (
    r"(?:noin|suunnilleen|suurin piirtein|n\.|n|ca\.?|circa|cirka|c\.|ungefär|omkring|runt|drygt"
    r"|knappt|nästan|lähes|melkein|vajaa|vajaat|reilu|reilut|about|around|approx\.?|approximately"
    r"|roughly|almost|nearly|~|≈)"
)
_OVER = (
    r"(?:yli|enemmän kuin|vähintään|ainakin|över|mer än|mera än|minst|åtminstone|over|more than"
    r"|at least|above|>=|≥|>)"
)
_UNDER = (
    r"(?:alle|vähemmän kuin|enintään|korkeintaan|under|mindre än|högst|som mest|less than|below"
    r"|fewer than|at most|up to|not yet|<=|≤|<)"
)
_OR_MORE = r"(?:\+|tai (?:enemmän|yli)|eller (?:mera?|fler|över)|(?:or|and) (?:more|over|above))"
_OR_LESS = r"(?:tai (?:vähemmän|alle)|eller (?:mindre|under)|or (?:less|fewer|under))"
_AND_A_HALF = re.compile(r"(?<=[0-9]) (?:ja puoli|och (?:ett|1) halvt|and a half)\b")
_ORDINAL = re.compile(r"([0-9]{1,2})\.? (?:vuosi|året|year)")
_AT_WORK = (
    r"(?:\s+(?:työ)?kokemus(?:ta)?|\s+työssä|\s+alalla|\s+töissä|\s+(?:arbets)?erfarenhet"
    r"|\s+i yrket|\s+i branschen|\s+(?:of )?(?:work )?experience|\s+of work|\s+at work"
    r"|\s+sitten|\s+ago)*"
)

_SPAN = re.compile(
    rf"(?:(?P<years>{_NUMBER})\s*(?:{_YEARS})?)?"
    rf"(?:{_AND}(?P<months>{_NUMBER})\s*{_MONTHS})?"
)
_MONTHS_ALONE = re.compile(rf"(?P<months>{_NUMBER})\s*{_MONTHS}")
_WEEKS_ALONE = re.compile(rf"(?P<weeks>{_NUMBER})\s*{_WEEKS}")
_RANGE = re.compile(
    rf"(?:från\s+|from\s+|between\s+|mellan\s+)?(?P<low>{_NUMBER})\s*(?:{_YEARS}\s*)?"
    rf"(?:-|\.\.+|till|to|and|och|tai|eller|or)\s*(?P<high>{_NUMBER})\s*(?P<unit>{_YEARS}|{_MONTHS})?"
)
_BEFORE = re.compile(
    rf"(?:(?P<about>{_ABOUT})|(?P<over>{_OVER})|(?P<under>{_UNDER}))\s*(?P<rest>.+)"
)
_AFTER = re.compile(rf"(?P<rest>.+?)\s*(?:(?P<over>{_OR_MORE})|(?P<under>{_OR_LESS}))(?P<unit>.*)")
_ASIDE = re.compile(r"\s*\([^()]*\)\s*")
_BARE_YEAR = re.compile(r"(?:vuosi|vuoden|år|year|a year)")
_HALF = re.compile(r"(?:puoli|puolen|(?:1 )?halvt|half(?: a)?|a half)\s*(?:vuotta|vuoden|år|year)")
_ONE_AND_A_HALF = re.compile(
    r"(?:puolitoista|puolentoista|1 och 1 halvt|1 and a half)\s*(?:vuotta|vuoden|år|years?)?"
)
_FIRST = re.compile(r"(?:ensimmäinen vuosi|första året|(?:the |my )?first year)")
_NONE = re.compile(
    r"(?:ei (?:vielä )?(?:yhtään|lainkaan|kokemusta|työkokemusta)|none"
    r"|ingen(?: erfarenhet)?|inga(?: år)?|no experience|vastavalmistunut|nyutexaminerad"
    r"|nyexaminerad|newly graduated)"
)


@dataclass(frozen=True, slots=True)
class Duration:
    """A length of time; ``middle`` tells that it is the middle of a range."""

    years: Fraction
    middle: bool = False


def duration_in(text: str) -> Duration | None:
    """The years that a text tells of, or None where it tells of none, or not clearly."""
    bare = _bare(text) if len(text) <= LONGEST_TEXT else ""
    if (found := _RANGE.fullmatch(bare)) is not None:
        middle = _middle(found)
        return Duration(middle, middle=True) if middle is not None else None
    below = _BEFORE.fullmatch(bare) or _AFTER.fullmatch(bare)
    years = _read(bare)
    return None if years is None else Duration(years, bool(below and below["under"]))


def _read(text: str) -> Fraction | None:
    if (before := _BEFORE.fullmatch(text)) is not None:
        return _halved(_read(before["rest"]), only=before["under"] is not None)
    if (after := _AFTER.fullmatch(text)) is not None:
        inner = _span(f"{after['rest']} {after['unit']}".strip())
        return _halved(inner, only=after["under"] is not None)
    return _span(text)


def _halved(years: Fraction | None, *, only: bool) -> Fraction | None:
    return years / 2 if years is not None and only else years


def _middle(found: re.Match[str]) -> Fraction | None:
    low, high = _fraction(found["low"]), _fraction(found["high"])
    in_months = found["unit"] is not None and re.fullmatch(_MONTHS, found["unit"]) is not None
    return (low + high) / (24 if in_months else 2) if low <= high else None


def _span(text: str) -> Fraction | None:
    for pattern, years in (
        (_BARE_YEAR, Fraction(1)),
        (_HALF, Fraction(1, 2)),
        (_ONE_AND_A_HALF, Fraction(3, 2)),
        (_FIRST, Fraction(1)),
        (_NONE, Fraction(0)),
    ):
        if pattern.fullmatch(text):
            return years
    if found := _ORDINAL.fullmatch(text):
        return Fraction(found[1])
    if found := _MONTHS_ALONE.fullmatch(text):
        return _fraction(found["months"]) / 12
    if found := _WEEKS_ALONE.fullmatch(text):
        return Fraction(round(_fraction(found["weeks"]) * 12 / 52), 12)
    found = _SPAN.fullmatch(text)
    if found is None or found["years"] is None:
        return None
    return _fraction(found["years"]) + _fraction(found["months"] or "0") / 12


def _fraction(text: str) -> Fraction:
    return Fraction(text.replace(",", "."))


def _bare(text: str) -> str:
    """A text in one case, with plain dashes, digits for words, and nothing in brackets."""
    text = re.sub(r"(?<=[0-9])\s*½", ",5", text.replace("½", "½ ").strip())
    text = re.sub(r"(?<=[0-9]) 1/2\b", ",5", re.sub(r"^(?:½|1/2)\s*", "0,5 ", text))
    text = unicodedata.normalize("NFKC", text).casefold()
    text = re.sub("[\N{HYPHEN}-\N{HORIZONTAL BAR}\N{MINUS SIGN}]", "-", text).replace("…", "..")
    outside = _ASIDE.sub(" ", text).strip()
    text = re.sub(
        r"[a-zåäö-]+", lambda word: _NUMBERS.get(word[0], word[0]), outside or text.strip("() ")
    )
    text = _AND_A_HALF.sub(",5", " ".join(text.split()))
    text = text if _NONE.fullmatch(text) else re.sub(rf"{_AT_WORK}[.!]*$", "", text)
    # Tied to its unit a number ends where letters begin: 5v, 10år.
    return re.sub(r"(?<=[0-9])(?=[a-zåäö])", " ", text).replace(" ,5", ",5").strip()
