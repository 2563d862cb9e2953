"""What a cell below an option says of it: yes or no, however people write it.

A negation makes a no of whatever it stands beside ("en pääse", "not available", "kan inte"). A
cell of which not every word is known is no tick; where options are times, :func:`said_in` tells
apart what of it is a time, a refusal, a yes with a remark, or unclear.
"""

from __future__ import annotations

import re
from enum import Enum
from functools import lru_cache

from vermegroup.intake.answers import LONGEST_TEXT
from vermegroup.intake.hours import tells_time


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_YES_MARKS = _words("1 x × ✓ ✔ ☑ ☒ ✅ ✔️ 👍 v y k j + ok")
_NO_MARKS = _words("0 ☐ ❌ ✗ ✘ 👎 n e -- n/a na")
_YES = _words(
    "yes yep yeah sure absolutely definitely checked selected true available free possible can"
    " works work suits suit suitable fits fit fine okay able attend"
    " kyllä juu joo tosi valittu sopii sopiva käy vapaa vapaana pystyn pääsen mahdollinen"
    " mahdollista onnistuu ehdin voin kelpaa osallistun tulen ok"
    " jees jep absolut ja sant vald valt kan ledig ledigt passar går möjlig möjligt"
    " funkar fungerar tillgänglig lediga kommer deltar hinner"
)
_GRADED_YES = _words(
    "well good great perfect perfectly best preferred excellent ideal"
    " hyvin hyvä erinomaisesti erinomainen mainiosti parhaiten paras loistavasti mieluiten"
    " bra väl bäst utmärkt perfekt jättebra gärna helst"
)
_NO = _words(
    "unavailable impossible unable unsuitable unchecked unselected false busy booked occupied"
    " reserved taken away absent declined inconvenient conflict conflicts"
    " varattu varattuna estynyt estyn este mahdoton mahdotonta epätosi poissa kiireinen sopimaton"
    " epäsopiva hylätty lomalla töissä"
    " upptagen upptaget otillgänglig omöjlig omöjligt falskt förhindrad bokad bokat olämplig borta"
    " bortrest olämpligt"
)
_GRADED_NO = _words(
    "bad badly poor poorly worst terrible huono huonosti huonoin dåligt dålig sämst illa"
)
_NEGATION = re.compile(
    r"no|nope|not|cannot|cant|dont|never|none|neither|nor|\w+n['’]t|ei"
    r"|en(?! (?:kväll|gång|dag|timme|stund|halv|annan|morgon|\w*middag))|emme|eivät|et|inte|icke|ej"
    r"|aldrig|ingen|inget|inga|nej"
)
_BESIDE = _words(
    "i am is it its that this me my for to do does very really quite all at time then i'm"
    " i’m have a make attend join come please so be would will not the ole"
    " minulle mulle minä mä todella oikein"
    " melko ihan aika lainkaan ollenkaan yhtään mitenkään valitettavasti silloin paikalle"
    " jag det den mig för är alls mycket väldigt ganska då tyvärr heller tid på dessvärre"
    " sorry unfortunately kyllä pysty pääse sovi käy onnistu ehdi voi sopisi se on olen"
)
_NOTHING_AGAINST = re.compile(
    r"(?:no|not|ei|inga|inget|inte|ej)(?: ole)? (?:conflicts?|problems?|busy|booked|reserved"
    r"|occupied|ongelm\w+|estettä|esteitä|este|varattu|haittaa|problem|hinder|upptagen|bokad)"
)
_WORDS = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_OTHERWISE = re.compile(r"[\d&<>=%@*]")
_NEGATED = re.compile(rf"(?<![^\W_])(?:{_NEGATION.pattern})(?![^\W_]|['’]\w)")
_HEAD = re.compile(r"([^,;:.(\[–—]*?)\s*(?:[,;:.(\[–—]| - )(.*)", re.DOTALL)
_IF = re.compile(
    r"(?<!\w)(?:jos|mikäli|kunhan|vain|paitsi|mutta|if|unless|only|but|except|provided|om|bara"
    r"|endast|utom|men|förutsatt)(?!\w)"
)
_RATING = re.compile(r"[2-5]")


@lru_cache(maxsize=1 << 14)
def tick_in(text: str, *, graded: bool = False) -> bool | None:
    """Whether a text is a plain yes or a plain no; None for one that says anything else.

    Words that grade ("well", "badly") count where they are ``graded``.
    """
    bare = " ".join(text.casefold().split()).strip(".! ")
    if bare in _YES_MARKS or bare in _NO_MARKS:
        return bare in _YES_MARKS
    if len(bare) > LONGEST_TEXT or _OTHERWISE.search(bare):
        return None
    if _NOTHING_AGAINST.fullmatch(bare):
        return True
    yes = _YES | _GRADED_YES if graded else _YES
    no = _NO | _GRADED_NO if graded else _NO
    words = _WORDS.findall(bare)
    rest = [word for word in words if word not in yes | no | _BESIDE and not _denies(word)]
    if rest or not words:
        return None
    if denied(bare) or any(word in no for word in words):
        return False
    return True if any(word in yes for word in words) else None


def _denies(word: str) -> bool:
    return _NEGATION.fullmatch(word) is not None


def denied(text: str) -> bool:
    """Whether a text holds a negation: "ei ma", "not Monday", "tisdag passar inte"."""
    return _NEGATED.search(" ".join(text.casefold().split())) is not None


def begins_denied(text: str) -> bool:
    """Whether a text begins with a negation, which may be of what is listed after it, too."""
    return _NEGATED.match(" ".join(text.casefold().split())) is not None


class Said(Enum):
    """What a cell says of the time that its column is of."""

    YES = "yes"
    REMARKED = "yes, with a remark"
    NO = "no"
    TIME = "a time of its own"
    UNCLEAR = "unclear"


@lru_cache(maxsize=1 << 14)
def said_in(text: str) -> Said:
    """What a cell says of the time that its column is of."""
    tick = tick_in(text, graded=True)
    if tick is not None:
        return Said.YES if tick else Said.NO
    parts = _HEAD.fullmatch(text)
    head, rest = parts.groups() if parts is not None else (text, "")
    first = None if any(map(str.isdigit, head)) else tick_in(head, graded=True)
    if tells_time(text):
        plain = first is None and not denied(text) and not _RATING.fullmatch(text)
        return Said.TIME if plain else Said.UNCLEAR
    if first:
        again = denied(rest) or _IF.search(rest.casefold())
        return Said.UNCLEAR if again else Said.REMARKED
    return Said.NO if first is False or denied(text) else Said.UNCLEAR
