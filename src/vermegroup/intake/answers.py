"""What people answer beside the options of a question: any of them, none, another, or perhaps.

Two who ticked "another time" have no time in common, and who answered "any time" has all of them.
Who would come if need be is not free.
"""

from __future__ import annotations

import re
from enum import Enum
from functools import lru_cache

LONGEST_TEXT = 80


class Answer(Enum):
    """What a text says of the options that others name."""

    ANY = "any"
    NONE = "none"
    DOUBTFUL = "doubtful"


DOUBT = "(?)"
"""What stands behind an option that somebody ticked in doubt."""

_SPECIFY = (
    r"(?:[ ,:;/(–-]+(?:please|specify|which|what|when|explain|mikä|mitä|milloin|kerro"
    r"|tarkenna|kirjoita|vad|vilken|vilket|när|ange|specificera|skriv)(?: \w+){0,3}\W*)?"
)
_ANY = "|".join(
    (
        r"(?:ihan )?(?:mikä|mitkä|milloin|koska|kaikki) (?:vain|vaan|tahansa|hyvänsä)",
        r"kaikki(?: yllä olevat| edellä mainitut)?|aina|ei väliä|ei merkitystä|joustava",
        r"vad som helst|när som helst|vilken(?: tid| dag)? som helst|vilka som helst|alla",
        r"alla ovanstående|spelar ingen roll|flexibel|alltid",
        r"any(?: of (?:these|them|the above))?|anytime|any day|whenever|whatever|always|flexible",
        r"all(?: of (?:these|them|the above))?|either|does ?n[o']t matter|no preference",
    )
)
_TIMES = (
    r"(?: (?:ajat|aika|päivät|päivä|ajankohdat|ajankohta|vaihtoehdot|vaihtoehto|käy|käyvät|sopii"
    r"|sopivat|tider|tid|tidpunkter|tidpunkt|dagar|dag|alternativ|passar|går bra|duger|times?|days?"
    r"|options?|slots?|works?|suits?|fine|is|are|will|do|ok|okay|me|minulle|mig))*"
)
_OTHER = "|".join(
    (
        rf"(?:joku |jokin |jonkin |joitain )?(?:muu|muut|muita){_TIMES}",
        rf"(?:någon |något |några )?(?:annat|annan|andra|övrigt){_TIMES}",
        rf"(?:some |an)?other{_TIMES}",
    )
)
_NONE = "|".join(
    (
        rf"ei (?:mikään|mitkään|yksikään|mitään){_TIMES}|mikään(?: näistä)? ei{_TIMES}",
        rf"ei{_TIMES}|ei (?:mikään|mitään|yksikään) (?:näistä|yllä olevista|edellä mainituista)"
        rf"{_TIMES}|en (?:tiedä|osaa sanoa)(?: vielä)?",
        rf"(?:inget|ingen|inga)(?: av (?:dessa|dem|ovanstående|tiderna))?{_TIMES}|nej",
        rf"vet (?:inte|ej)(?: än| ännu)?|none(?: of (?:these|them|the above))?{_TIMES}|no|n/?a",
        r"(?:i )?(?:don['’]t|do not) know(?: yet)?|not sure(?: yet)?",
        r"(?:passar|funkar|går) (?:inte|ej)",
        r"(?:does ?n['’]?t|does not|do not|don['’]t) (?:work|suit)",
    )
)
_PERHAPS = (
    r"ehkä|kenties|mahdollisesti|tarvittaessa|hätätilassa|varauksella|maybe|perhaps|possibly"
    r"|if (?:needed|need be|necessary)|tentative(?:ly)?|kanske|eventuellt|ev|möjligen|vid behov"
    r"|i nödfall|med reservation"
)
_IN_BRACKETS = re.compile(r"\s*\([^()]*\)$")
_ANY_OF_THEM = re.compile(rf"(?:{_ANY}){_TIMES}")
_NONE_OF_THEM = re.compile(rf"(?:{_OTHER}){_SPECIFY}|{_NONE}")
_ANOTHER = re.compile(rf"(?:{_OTHER}){_SPECIFY}")
_DOUBTFUL = re.compile(
    rf".*?(?<!\w)(?:{_PERHAPS})\.?(?:{_TIMES})[)\]]?"
    rf"|[(\[]?(?!ev\b)(?:{_PERHAPS})(?!\w).*|.*\(\?\)"
)
_DOUBTFUL_TICK = re.compile(r"\?+|\((?:x|1|✓|✔|v|ok)\)|(?:x|1|✓|✔|ok) ?(?:\?+|\(\?\))")


@lru_cache(maxsize=1 << 14)
def answer_in(text: str) -> Answer | None:
    """What a value says of the others of its column; None for a value of its own."""
    bare = _bare(text)
    if len(text) > LONGEST_TEXT:
        return None
    if _DOUBTFUL.fullmatch(bare) or _DOUBTFUL_TICK.fullmatch(bare):
        return Answer.DOUBTFUL
    whole = _IN_BRACKETS.sub("", bare)
    if _ANY_OF_THEM.fullmatch(whole):
        return Answer.ANY
    return Answer.NONE if _NONE_OF_THEM.fullmatch(bare) else None


def is_another(option: str) -> bool:
    """Whether an option stands for those that are not listed: "Other, please specify"."""
    return len(option) <= LONGEST_TEXT and _ANOTHER.fullmatch(_bare(option)) is not None


def _bare(text: str) -> str:
    return " ".join(text.casefold().split()).rstrip(".!:… ")
