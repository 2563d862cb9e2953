"""What the cells of a column say of who takes part, in the words of exports and of people.

The words are looked for at the beginning of a cell: "Perui 3.9." is a cancellation, and "Esitti
peruuttamattoman toiveen" is none.
"""

from __future__ import annotations

import re
from enum import Enum

import numpy as np

from vermegroup.domain.arrays import BoolArray
from vermegroup.intake.cells import Column


class Status(Enum):
    """What a text says: somebody comes, does not come, or has not decided or been decided on."""

    COMING = "coming"
    CANCELLED = "cancelled"
    OPEN = "open"


_CANCELLED = re.compile(
    # Finnish
    r"((hän|itse|on|joutui|joutuu|haluaa|ilmoittautuminen|osallistuminen|paikka) )*"
    r"(peru(n|u|i|in|nut|nu|ttu|taan|ttiin|maan|uttaa|utti|uttanut|utettu|utettiin|uttamaan|utus)\b"
    r"|poistunut\b|poistui\b|poistettu\b|keskeytt(i|ää|änyt)\b|jäi pois|jää(nyt)? pois"
    r"|lopetti\b|lopettanut\b|lähtenyt\b|luopui\b|luopunut\b|vetäyty(i|nyt)\b|kieltäyty(i|nyt)\b"
    r"|estynyt\b|estyi\b|hylätty\b|hylättiin\b)"
    r"|(e[in]|emme|hän ei) (enää )?(ole )?(osallistu|tule|tulossa|pääse|mukana|saavu|jatka"
    r"|hyväksytty)"
    # Swedish
    r"|((har|hon|han|anmälan|platsen) )*(avbo|avanmäl|avbest|avbr(ut|öt|yt)|avbö[jg]|avstå[rt]?\b"
    r"|avstod|avhopp|annuller|återkall|återtag|dra(git|git|r|og) sig|drog sig|dragit sig"
    r"|hopp(at|ade|ar) av|tacka[rtd]e? nej|struken|slutat\b|förhindrad|uteblir|uteblev)"
    r"|(deltar|deltog|kommer|medverkar) (inte|ej)\b|(inte|ej) (med|anmäld|deltagande)\b"
    r"|kan (inte|ej) (delta|komma|medverka|närvara)"
    # English
    r"|((has|was|is|have|been|i|registration|booking|enrol?lment) )*"
    r"(cancel|withdr[ae]w|revoked|declin(ed|es|e)\b|annulled|drop(s|ped)?\b(?![ -]in)|dropout"
    r"|quit\b|unenrol|unregister|deregister|resign|opt(s|ed)? out|left\b(?!-)|removed\b|deleted\b"
    r"|inactive\b|terminated\b|discontinued\b|rejected\b|voided\b)"
    r"|(has |is |was |does |did |do |will )?(not|no longer) "
    r"(attend|coming|come\b|participat|going|taking part|tak(e|ing) part|enrol|interested)"
    r"|(can ?not|can[’']?t|won[’']?t|unable to) (attend|come|participate|make it|join|take part)"
    r"|rsvp:? ?no\b"
)
_COMING = re.compile(
    r"ilmoittautu|vahvist|osallistu|mukana|hyväks|maksettu|ok\b|kyllä|aktiivi|tulossa|varattu|voimassa"
    r"|anmäl|bekräft|deltar|med\b|godkän|betal|aktiv|ja\b|bokad|registrer"
    r"|confirm|attend|register|accept|approv|paid|active|yes\b|complete|booked|valmis|lähetetty"
    r"|tulee\b|tulen\b|osallistun|jatkaa|kommer\b|enrolled|coming\b|going\b|participat|joining"
)
_OPEN = re.compile(
    r"ehkä|mahdollisesti|alustav|odot|jono|vara(sija|paikka|lla)|kutsu|ei (ole )?vasta|kesken|avoin"
    r"|vahvistama|kanske|preliminär|vänta|väntelist|kö(plats)?\b|reserv(plats|lista)?\b|inbjud"
    r"|inget svar|obekräft|ej svarat|har (inte|ej) svarat"
    r"|maybe|tentativ|pending|wait|standby|invited|no (reply|response|answer)|unconfirmed"
    r"|not (yet )?(confirmed|replied|responded)|undecided|incomplete|draft"
)
_NO = frozenset(("ei", "en", "nej", "no", "n", "e", "0", "false", "epätosi", "falskt", "falsk"))
_YES = frozenset(("kyllä", "joo", "k", "ja", "j", "yes", "y", "1", "true", "tosi", "sant", "x"))
# In a column of cancellations even "confirmed" is one: of what follows nothing is.
_NOT_MARKED = re.compile(
    r"(ei (ole )?|inte |ej |not )(peru|avbo|avanmäl|annull|cancel|withdr)"
    r"|osallistu|voimassa|mukana|aktiivi|tulossa|deltar\b(?! (inte|ej))|aktiv|anmäl"
    r"|attend|active|coming"
)

LONGEST = 60
"""A longer text tells more than whether somebody comes, and is none of these."""


def status_of(text: str, *, asked: bool = False) -> Status | None:
    """What a text says; None where it is no such text.

    ``asked``: the column asks whether the person comes, so that a mere no says it.
    """
    bare = text.casefold()
    if not bare or len(bare) > LONGEST:
        return None
    if asked and bare in _NO:
        return Status.CANCELLED
    if asked and bare in _YES:
        return Status.COMING
    for status, words in _WORDS:
        if words.match(bare):
            return status
    return None


_WORDS = ((Status.CANCELLED, _CANCELLED), (Status.OPEN, _OPEN), (Status.COMING, _COMING))


def is_marked(text: str) -> bool:
    """Whether a cell of a column of cancellations marks one: anything but a no does."""
    bare = text.casefold()
    return bool(bare) and bare not in _NO and not _NOT_MARKED.match(bare)


def tells_who_comes(column: Column) -> bool:
    """Whether most cells that are not blank tell who comes, and one that somebody does not."""
    told = [status_of(text) for text in column.values]
    if Status.CANCELLED not in told:
        return False
    known = column.having(np.array([status is not None for status in told], dtype=bool))
    return bool(2 * known.sum() > (~column.blank()).sum())


def cancellations(column: Column, *, asked: bool) -> BoolArray:
    """Which of a column's texts say that somebody does not come, shape (len(values),)."""
    statuses = (status_of(text, asked=asked) for text in column.values)
    return np.array([status is Status.CANCELLED for status in statuses], dtype=bool)
