"""Dates, lengths of time, and the day someone began, as people and exports write them.

A range is read as its middle, one without an end as its limit: ``0–2`` is 1, ``under 1`` lies
between 0 and 1 and is ½, ``5+`` and ``yli 5`` are 5.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from vermegroup.intake.hours import of_day

_TIME = (
    r"(?:(?:[ T,]+|\s*-\s*)(?:klo|kello|kl\.?|at)?\s*(?P<hour>[0-9]{1,2})[:.](?P<minute>[0-9]{2})"
    r"(?:[:.](?P<second>[0-9]{2})(?:[.,][0-9]{1,9})?)?\s*(?P<half>[aApPfFeEiI]\.?[mMpP]\.?)?"
    r"(?:\s*(?:[A-Z]{1,5}|[A-Z][a-z]+/[A-Z][a-z]+)?\s*(?:[+-][0-9]{1,2}(?::?[0-9]{2})?)?))?"
)
_YEAR_FIRST = re.compile(
    rf"(?P<y>[0-9]{{4}})[-/.](?P<m>[0-9]{{1,2}})[-/.](?P<d>[0-9]{{1,2}}){_TIME}"
)
_YEAR_LAST = re.compile(
    rf"(?P<a>[0-9]{{1,2}})(?P<mark>[./-])\s?(?P<b>[0-9]{{1,2}})[./-]\s?(?P<y>[0-9]{{4}}|[0-9]{{2}}){_TIME}"
)


def moment(text: str, *, month_first: bool = False) -> datetime | None:
    """A date, with its time where one is told; None for anything else.

    ``3/4/2024`` is 3 April unless ``month_first``; ``8/15/2024`` can only be 15 August.
    """
    text = text.strip()
    if (found := _YEAR_FIRST.fullmatch(text)) is not None:
        return _put_together(found, int(found["y"]), int(found["m"]), int(found["d"]))
    if (found := _YEAR_LAST.fullmatch(text)) is None:
        in_figures = _in_figures(text) if len(text) <= LONGEST_TEXT else text
        return None if in_figures == text else moment(in_figures, month_first=month_first)
    year = int(found["y"]) + (2000 if len(found["y"]) == 2 else 0)
    first, second = int(found["a"]), int(found["b"])
    if second > 12 or (month_first and found["mark"] == "/" and first <= 12):
        first, second = second, first
    return _put_together(found, year, second, first)


_DAY_OF_WEEK = re.compile(
    r"^(?:(?:ma|ti|ke|to|pe|la|su|må|on|lö|sö|mon|tue|wed|thu|fri|sat|sun"
    r"|(?:maanan|tiis|keskiviikko|tors|perjan|lauan|sunnun)\w*|\w+dag|\w+day)\b\.?,?\s+)?(?:den\s+)?",
    re.IGNORECASE,
)
_DAY_THEN_MONTH = re.compile(r"^([0-9]{1,2})[. -]+([^\W\d_]{3,})\.?[ ,-]+([0-9]{4})\b")
_MONTH_THEN_DAY = re.compile(r"^([^\W\d_]{3,})\.?\s+([0-9]{1,2}),?\s+([0-9]{4})\b")


def _in_figures(text: str) -> str:
    """A date and time without the day of the week, the month as a number and nothing aside."""
    text = _DAY_OF_WEEK.sub("", _ASIDE.sub(" ", text).strip())
    for pattern, day, month in ((_DAY_THEN_MONTH, 1, 2), (_MONTH_THEN_DAY, 2, 1)):
        found = pattern.match(text)
        if found and (number := _month_named(found[month].casefold())):
            return f"{found[day]}.{number}.{found[3]}{text[found.end() :]}"
    return text


def months_come_first(texts: Iterable[str]) -> bool:
    """Whether dates with slashes put the month first: one of them allows no other reading."""
    found = (_YEAR_LAST.fullmatch(text.strip()) for text in texts)
    return any(date["mark"] == "/" and int(date["b"]) > 12 for date in found if date)


def _put_together(found: re.Match[str], year: int, month: int, day: int) -> datetime | None:
    hour, minute, second = (int(found[part] or 0) for part in ("hour", "minute", "second"))
    try:
        return datetime(year, month, day, of_day(hour, found["half"]), minute, second)
    except ValueError:
        return None


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
_YEARS = (
    r"(?:v|vuotta|vuosi|vuoden|vuosia|vuotinen|vuodessa|år|års|y|yr|yrs|year|years"
    r"|lukuvuotta|lukuvuosi|lukuvuoden|lv|läsår|läsårs|(?:school|academic) years?)\b\.?"
)
_MONTHS = (
    r"(?:kk|kuukausi|kuukautta|kuukauden|mån|månad|månader|månaders|m|mo|mos|month|months)\b\.?"
)
_WEEKS = r"(?:vk|viikko|viikkoa|viikon|vecka|veckor|week|weeks)\b\.?"
_AND = r"(?:\s*(?:ja|sekä|och|o|samt|and|plus|[,&+])\s*|\s*)"
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
_OR_MORE = r"(?:\+|-|tai (?:enemmän|yli)|eller (?:mera?|fler|över)|(?:or|and) (?:more|over|above))"
_OR_LESS = r"(?:tai (?:vähemmän|alle)|eller (?:mindre|under)|or (?:less|fewer|under))"
_AND_A_HALF = re.compile(r"(?<=[0-9]) (?:ja puoli|och (?:ett|1) halvt|and a half)\b")
_ORDINAL = re.compile(
    r"(?:minun |min |mitt |my |the )?(?:(?P<figure>[0-9]{1,2}) ?(?:\.|: ?[ae]|st|nd|rd|th)"
    r"|(?P<word>[a-zåäö]+)) (?:luku|läs|school )?(?:vuosi|vuotta|året|år|year)(?: menossa| alalla)?"
)
_ORDINALS = {
    word: number
    for number, words in enumerate(
        (
            *(
                "ensimmäinen första first",
                "toinen toista andra second",
                "kolmas kolmatta tredje third",
            ),
            *(
                "neljäs neljättä fjärde fourth",
                "viides viidettä femte fifth",
                "kuudes sjätte sixth",
            ),
            *("seitsemäs sjunde seventh", "kahdeksas åttonde eighth", "yhdeksäs nionde ninth"),
            "kymmenes tionde tenth",
        ),
        start=1,
    )
    for word in words.split()
}
_AT_WORK = (
    r"(?:\s+(?:työ)?kokemus(?:ta)?|\s+työssä|\s+alalla|\s+töissä|\s+(?:arbets)?erfarenhet"
    r"|\s+i yrket|\s+i branschen|\s+(?:of )?(?:work )?experience|\s+of work|\s+at work"
    r"|\s+sitten|\s+ago)*"
)

_SPAN = re.compile(
    rf"(?:(?P<years>{_NUMBER})\s*(?:{_YEARS})?)?"
    rf"(?:{_AND}(?P<months>{_NUMBER})\s*{_MONTHS})?"
)
_YEARS_AND_MONTHS = re.compile(rf"{_NUMBER}\s*{_YEARS}{_AND}{_NUMBER}\s*{_MONTHS}")
_MONTHS_ALONE = re.compile(rf"(?P<months>{_NUMBER})\s*{_MONTHS}")
_WEEKS_ALONE = re.compile(rf"(?P<weeks>{_NUMBER})\s*{_WEEKS}")
_RANGE = re.compile(
    rf"(?:från\s+|from\s+|between\s+|mellan\s+)?(?P<low>{_NUMBER})\s*(?P<own>{_YEARS}\s*)?"
    rf"(?:-|\.\.+|till|to|and|och|tai|eller|or)\s*(?P<high>{_NUMBER})\s*(?P<unit>{_YEARS}|{_MONTHS})?"
)
_BEFORE = re.compile(
    rf"(?:(?P<about>{_ABOUT})|(?P<over>{_OVER})|(?P<under>{_UNDER}))(?![a-zåäö])\s*(?P<rest>.+)"
)
_AFTER = re.compile(rf"(?P<rest>.+?)\s*(?:(?P<over>{_OR_MORE})|(?P<under>{_OR_LESS}))(?P<unit>.*)")
_ASIDE = re.compile(r"\s*\([^()]*\)\s*")
_BARE_YEAR = re.compile(r"(?:vuosi|vuoden|år|year|a year)")
_HALF = re.compile(r"(?:puoli|puolen|(?:1 )?halvt|half(?: a)?|a half)\s*(?:vuotta|vuoden|år|year)")
_ONE_AND_A_HALF = re.compile(
    r"(?:puolitoista|puolentoista|1 och 1 halvt|1 and a half)\s*(?:vuotta|vuoden|år|years?)?"
)
_NONE = re.compile(
    r"(?:ei (?:vielä )?(?:yhtään|lainkaan|kokemusta|työkokemusta)|none"
    r"|ingen(?: erfarenhet)?|inga(?: år)?|no experience|(?:vasta|juuri ?)valmistunut(?: \w+)?"
    r"|ny(?:ut)?examinerad(?: \w+)?|nyutbildad"
    r"|(?:newly|just|recently) graduated|(?:new|fresh) graduate)"
)


@dataclass(frozen=True, slots=True)
class Duration:
    """A length of time; ``middle`` tells that it is the middle of a range.

    ``at_most`` tells that it may be less: who is in the second year has not two behind.
    """

    years: Fraction
    middle: bool = False
    at_most: bool = False


def duration_in(text: str) -> Duration | None:
    """The years that a text tells of, or None where it tells of none, or not clearly."""
    bare = _bare(text) if len(text) <= LONGEST_TEXT else ""
    if not _YEARS_AND_MONTHS.fullmatch(bare) and (found := _RANGE.fullmatch(bare)) is not None:
        middle = _middle(found)
        return Duration(middle, middle=True) if middle is not None else None
    below = _BEFORE.fullmatch(bare) or _AFTER.fullmatch(bare)
    years = _read(bare)
    if years is None:
        return None
    return Duration(years, bool(below and below["under"]), _ordinal(bare) is not None)


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
    low *= 12 if in_months and found["own"] else 1
    return (low + high) / (24 if in_months else 2) if low <= high else None


def _span(text: str) -> Fraction | None:
    for pattern, years in (
        (_BARE_YEAR, Fraction(1)),
        (_HALF, Fraction(1, 2)),
        (_ONE_AND_A_HALF, Fraction(3, 2)),
        (_NONE, Fraction(0)),
    ):
        if pattern.fullmatch(text):
            return years
    if (nth := _ordinal(text)) is not None:
        return Fraction(nth)
    if found := _MONTHS_ALONE.fullmatch(text):
        return _fraction(found["months"]) / 12
    if found := _WEEKS_ALONE.fullmatch(text):
        return Fraction(round(_fraction(found["weeks"]) * 12 / 52), 12)
    found = _SPAN.fullmatch(text)
    if found is None or found["years"] is None:
        return None
    return _fraction(found["years"]) + _fraction(found["months"] or "0") / 12


def _ordinal(text: str) -> int | None:
    """The number of "the second year", which is less than two years."""
    found = _ORDINAL.fullmatch(text)
    if found is None:
        return None
    return int(found["figure"]) if found["figure"] else _ORDINALS.get(found["word"])


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
    # Tied to its unit a number ends where letters begin: 5v, 10år, 3v6kk.
    return (
        re.sub(r"(?<=[0-9])(?=[a-zåäö])|(?<=[a-zåäö])(?=[0-9])", " ", text)
        .replace(" ,5", ",5")
        .strip()
    )


EARLIEST = 1940

_MONTH_NAMES = (
    ("tammikuu", "januari", "january"),
    ("helmikuu", "februari", "february"),
    ("maaliskuu", "mars", "march"),
    ("huhtikuu", "april"),
    ("toukokuu", "maj", "may"),
    ("kesäkuu", "juni", "june"),
    ("heinäkuu", "juli", "july"),
    ("elokuu", "augusti", "august"),
    ("syyskuu", "september"),
    ("lokakuu", "oktober", "october"),
    ("marraskuu", "november"),
    ("joulukuu", "december"),
)
_SEASONS = {"kevät": 1, "vår": 1, "våren": 1, "spring": 1, "keväällä": 1, "keväästä": 1}
_SEASONS |= dict.fromkeys(("syksy", "syksyllä", "syksystä", "höst", "hösten", "autumn", "fall"), 8)

_SINCE = re.compile(
    r"^(?:(?:vuodesta|vuonna|v\.|alkaen|lähtien|sedan|från och med|fr\.?o\.?m\.?|från|år"
    r"|since|from|in)\s+)+"
    r"|\s*(?:[-–—]|alkaen|lähtien|eteenpäin|och framåt|onwards?)$"
)
_YEAR = re.compile(r"([0-9]{4})")
_MONTH_AND_YEAR = re.compile(r"([0-9]{1,2})\s*[/.-]\s*([0-9]{4})|([0-9]{4})\s*[/-]\s*([0-9]{1,2})")
_NAMED = re.compile(r"([a-zåäö]+)\.?\s*([0-9]{4})|([0-9]{4})\s*([a-zåäö]+)")


@dataclass(frozen=True, slots=True)
class Start:
    """When someone began; ``month`` is None where only the year is told."""

    year: int
    month: int | None = None
    day: int = 1

    def years_to(self, day: date) -> Fraction:
        """The years from then to a day, in whole months; negative where it lies later.

        Where only the year is told, whole years from that year to the day's.
        """
        if self.month is None:
            return Fraction(day.year - self.year)
        months = (day.year - self.year) * 12 + day.month - self.month - (day.day < self.day)
        return Fraction(months, 12)


def start_in(text: str) -> Start | None:
    """The start a text tells of: ``2015``, ``8/2015``, ``1.8.2015``, ``since August 2015``."""
    if len(text) > LONGEST_TEXT:
        return None
    bare = _SINCE.sub("", " ".join(text.casefold().split())).strip()
    found = _dated(bare)
    return found if found is not None and found.year >= EARLIEST else None


def _dated(text: str) -> Start | None:
    if _YEAR.fullmatch(text):
        return Start(int(text))
    if (found := _MONTH_AND_YEAR.fullmatch(text)) is not None:
        return _in_month(int(found[2] or found[3]), int(found[1] or found[4]))
    if (found := _NAMED.fullmatch(text)) is not None:
        return _in_month(int(found[2] or found[3]), _month_named(found[1] or found[4]))
    day = moment(text)
    return Start(day.year, day.month, day.day) if day else None


def _in_month(year: int, month: int) -> Start | None:
    return Start(year, month) if 1 <= month <= 12 else None


def _month_named(word: str) -> int:
    """The month's number, 0 for no month: ``elokuu``, ``elokuusta``, ``aug``, ``syksy``."""
    if word in _SEASONS:
        return _SEASONS[word]
    alike = (
        number
        for number, names in enumerate(_MONTH_NAMES, start=1)
        if any(word.startswith(name) or (len(word) > 2 and name.startswith(word)) for name in names)
    )
    return next(alike, 0)
