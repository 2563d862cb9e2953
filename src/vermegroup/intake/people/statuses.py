"""What the cells of a column say of who takes part, in the words of exports and of people.

The words are looked for at the beginning of a cell: "Perui 3.9." is a cancellation, and "Esitti
peruuttamattoman toiveen" is none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from enum import Enum

import numpy as np

from vermegroup.domain.arrays import BoolArray
from vermegroup.intake.cells import Column
from vermegroup.intake.headers.added import called
from vermegroup.language.catalogues import ENGLISH, Language


class Status(Enum):
    """What a text says: somebody comes, does not come, or has not decided or been decided on.

    A text that is ``DOUBTED`` begins like a cancellation and says more: it may be of one evening.
    """

    COMING = "coming"
    CANCELLED = "cancelled"
    OPEN = "open"
    DOUBTED = "doubted"


class Asks(Enum):
    """What a column asks by its header, so that a mere yes or no in its cells is an answer."""

    WHO_COMES = "who comes"
    MAYBE_WHO_COMES = "maybe who comes"
    WHO_CANCELLED = "who cancelled"
    WHEN_CANCELLED = "when cancelled"


_WHO_COMES = re.compile(
    r"((ar|kommer|vill) (du|ni|jag) |(jag|i|i m|i am|you|are you|will you( be)?|oletko|haluan"
    r"|aion) )?"
    r"(osallistu(u|n|uko|tko|minen|miseni|misesi|misensa)|mukana|tulossa|tule[en]|tuleeko|tuletko"
    r"|paasee?n?|paaseeko|paasetko|deltar|deltagande|delta|med|kommer|attend(s|ing|ance)?|coming"
    r"|participat(es?|ing|ion)|joining|rsvp)"
    r"( (du|ni|mukaan|ryhmaan|ryhmassa|kurssille|koulutukseen|gruppen|kursen|med|att|delta|i|pa"
    r"|the|to|in|group|course|programme|program|vertaismentoroin\w*))*( [0-9]+)?"
)
_MAYBE_WHO_COMES = re.compile(
    r"\b(osallistu(u|n|uko|tko|mi\w+)\b|mukana\b|tuletko|paasetko|tulossa|deltar\b|deltagande"
    r"|ar du med"
    r"|kommer du|rsvp|attending|coming\b|participating)"
    # Whether somebody can come throughout.
    r"|\bsitou(du|dutko|tua|tunut|tumi\w*)\b|\bforbind(a|er)\b( du)? (dig|mig)\b"
    r"|\bcommit(ted)?\b( (yourself )?to| for)?\b"
    r"|\b(osallistumaan|paasetko|voitko tulla)\b.*\b(koko|kaik\w+|jokai\w+)"
    r"|\b(delta|narvara|komma)\b.*\b(hela|alla|varje)\b"
    r"|\b(attend|participate|join)\b.*\b(all|every|whole|entire|throughout)\b"
)
_WHO_CANCELLED = re.compile(
    r"\b(peru(n|u|in?|nut|nu|ttu|tt?[ai]n?|utta\w+|utti\w*|utin|utan|utet\w+|utuks?\w*|utus"
    r"|mi\w+)\b"
    r"|esty(nyt|i|n)\b|e[in] (enaa )?(osallistu|paase|tule|ole mukana)|aterbud|avanmal|avbok"
    r"|annuller"
    r"|cancel|withdr[ae]w|uteblir|forhindrad|deltar (inte|ej)|kommer (inte|ej)"
    r"|(not|cannot|can t|unable to|won t) (be )?(attend|com(e|ing)\b|participat)"
    r"|\b(haluat?ko|haluan|haluaa(ko)?|tahdotko|joudutko) (\w+ )?perua\b"
    r"|^peru(u\w*|t)?ko\b"
    r"|^((onko|on|is|was|ar|har|blev|the|hakemus|ilmoittautuminen|paikka|osallistuja|application"
    r"|registration|applicant|anmalan|ansokan|sokande) )*"
    r"(hylatty|rejected|declined|avslagen|avvisad|nekad)"
    r"( (hakemus|ilmoittautuminen|application|registration|anmalan|ansokan))?"
    r"( (pvm|paiva\w*|date|datum|on))?$)"
)
_DATED = re.compile(r"\b(pvm|paiva\w*|date|datum|aika|tid|time|milloin|koska|when|nar)\b")
# Of terms, deadlines and earlier years, and of what the person may do later, it asks nothing.
_NOT_OF_NOW = re.compile(
    r"ehdo|ehto|saanno|saanto|polic|\brules\b|\bregler|villkor|\bterms|viimeistaan|deadline|senast|aiemm|aikaisem|ennen"
    r"|viime (vuo|kev|syks|ker)"
    r"|before|previous|earlier|tidigare|last (year|time|spring|autumn)|forra|maksu|\bfee|avgift"
    r"|\bjos\b|\bif\b|\bom (jag|du|ni)\b|ajoissa|in time|\bi tid\b|lupa(a|u)|promise|\blova"
    r"|vakuutu|insurance|forsakr|hyvaks|accept|godkan|oikeu|sahkopost|sakert"
)


# Of a list for one meeting a header asks it in more words than of a roster.
_WHO_IS_AWAY = re.compile(r"\b(poissa|poisjaan|absen|franvar|borta|away|esty|forhind|avanm)")
_WHO_IS_THERE = re.compile(
    r"\b(lasna|paikalla|narvar|presen|osallistu|delta|kommer|attend|participa|coming)"
)


def asked_by(bare: str, *, of_meeting: bool = False) -> Asks | None:
    """What a header asks, of which these are the plain letters; None where it does not ask.

    ``of_meeting``: it stands in a list of those who are absent from a meeting, or of all.
    """
    if _NOT_OF_NOW.search(bare):
        return None
    if of_meeting and _WHO_IS_AWAY.search(bare):
        return Asks.WHO_CANCELLED
    if _WHO_CANCELLED.search(bare):
        return Asks.WHEN_CANCELLED if _DATED.search(bare) else Asks.WHO_CANCELLED
    if _WHO_COMES.fullmatch(bare) or (of_meeting and _WHO_IS_THERE.search(bare)):
        return Asks.WHO_COMES
    return Asks.MAYBE_WHO_COMES if _MAYBE_WHO_COMES.search(bare) else None


_CANCELLED = re.compile(
    # Finnish
    r"((hän|minä|itse|on|joutui|joutuu|haluaa|ilmoittautuminen|osallistuminen|paikka) )*"
    r"(peru(n|u|i|in|nut|nu|ttu|taan|ttiin|maan|uttaa|utti|uttanut|utettu|utettiin|uttamaan|utus)\b"
    r"|poistunut\b|poistui\b|poistettu\b|keskeytt(i|ää|änyt)\b|jäi pois|jää(nyt)? pois"
    r"|lopetti\b|lopettanut\b|lähtenyt\b|luopui\b|luopunut\b|vetäyty(i|nyt)\b|kieltäyty(i|nyt)\b"
    r"|estynyt\b|estyi\b|hylätty\b|hylättiin\b)"
    r"|(e[in]|emme|hän ei) (valitettavasti )?(enää )?(ole )?(osallistu|tule|tulossa|pääse|mukana"
    r"|saavu|jatka|hyväksytty)"
    # Swedish
    r"|((har|hon|han|jag|lämnat|lämnade|anmälan|platsen) )*(avbo|återbud|avanmäl|avbest|avbr(ut|öt"
    r"|yt)|avbö[jg]|avstå[rt]?\b"
    r"|avstod|avhopp|annuller|återkall|återtag|dra(git|git|r|og) sig|drog sig|dragit sig"
    r"|hopp(at|ade|ar) av|tacka[rtd]e? nej|struken|slutat\b|förhindrad|uteblir|uteblev)"
    r"|(jag )?(deltar|deltog|kommer|medverkar) (tyvärr )?(inte|ej)\b"
    r"|(inte|ej) (med|anmäld|deltagande)\b"
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
# Somebody by name who cancelled, "Eero perui"; what "was cancelled" may as well be a dinner.
_SOMEBODY = re.compile(
    r"(?!(?i:e[in]|eivät|emme|ette|et|inte|ej|nej|not?|never|ehkä|kanske|maybe|perhaps)\b)"
    r"(?!(?i:mentor|ohjaaj|opettaj|kouluttaj|järjestäj|vetäj|pari|ryhmä|koulu|kaveri|laps|esi"
    r"|johtaj|tapaami|handled|lärar|arrang|kurs|grupp|ledar|chef|barn|trainer|teacher|organi[sz]"
    r"|group|partner|school|course|child|boss|he\b|she\b|they\b|hän\b|hon\b|han\b|de\b))"
    r"(?:[^\W\d_a-zåäöéüøæ][\w’'-]*\.? ){1,3}"
)
_GAVE_UP = re.compile(
    r"(on |joutui |har |has )?(perui\b|perunut\b|perumaan\b|peruutti\b|peruuttanut\b|estyi\b"
    r"|estynyt\b|jäi pois|jäänyt pois|luopui\b|luopunut\b|vetäytyi\b|vetäytynyt\b"
    r"|avbokade\b|avbokat\b|avanmälde\b|avanmält\b|lämna(de|t) återbud|hoppa(de|t) av"
    r"|tacka(de|t) nej|drog sig|withdrew\b|withdrawn\b|dropped out|(?<=has )cancell?ed\b)"
)
_COMING = re.compile(
    r"ilmoittautu|vahvist|osallistu|mukana|hyväks|maksettu|ok\b|kyllä|aktiivi|tulossa|varattu"
    r"|voimassa"
    r"|anmäl|bekräft|deltar|med\b|godkän|betal|aktiv|ja\b|bokad|registrer"
    r"|confirm|attend|register|accept|approv|paid|active|yes\b|complete|booked|valmis|lähetetty"
    r"|tulee\b|tulen\b|osallistun|jatkaa|kommer\b|jag (deltar|kommer)\b(?! (inte|ej))"
    r"|enrolled|coming\b|going\b|participat|joining"
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

_DATE = r"(klo |kl |at |on |den )?[0-9][0-9.:/t-]*"
# What may follow a cancellation that is nothing but one: of what, how, when, by whom and why.
_NOTHING_ELSE = re.compile(
    rf"\w*([,:]? ({_DATE}|mukaan|mukana|kokonaan|pois|enää|itse|ilmoittautumi(sen|sensa|seni)"
    r"|puhelimitse"
    r"|osallistumi(sen|sensa|seni)|paik(an|kansa|kani)|(ryhmä|kurssi|koulutukse|ohjelma)(sta|lta)"
    r"|sähköposti(tse|lla)|tekstiviestillä|\w+n toimesta|omasta (pyynnöstä|tahdosta)"
    r"|järjestäjä|osallistuja|mig|sig|sin|min|(sin )?anmälan"
    r"|plats(en)?"
    r"|deltagande(t)?|delta|med|inte|ej|längre|per telefon|via (e-?post|mejl|mail)|ur|från|kursen"
    r"|gruppen|till|(den )?erbju(den|dna|dandet?)|inbjudan|på egen begäran"
    r"|av (deltagaren|arrangören)|by (e-?mail|phone|attendee|participant|user"
    r"|organi[sz]er|admin)"
    r"|the|this|her|his|their|my|from|out|group|course|programme|program|registration|booking"
    r"|enrol?ment"
    r"|offer|invitation|place|spot|seat|participation|attending|coming|to attend|part|late))*"
    r"([,:;.–-]* *(\w+ (takia|vuoksi|johdosta)|(koska|syynä|due to|because|owing to|på grund av"
    r"|p\.?g\.?a\.?|på g\.? ?av|eftersom)\b[^,;]*))?"
    rf"( ?\((?P<aside>\w+|{_DATE})\))?[ .!]*"
)
# A reason behind a mark: "Cancelled - sick". What it must not tell of is one evening, or a change
# of mind, for which there are so many words that a number or one of these leaves it open.
_REASON = re.compile(r"( ?[,;:.–—-]+ ?|[,;:.]* ?\()[^\W\d][^\d?]*")
_LIMITED = re.compile(
    r"\b(vain|ainoastaan|ensi|tois|toinen|kolma|kerra|kerta|kerran|il[tl]a|päiv|tapaam|kokoon|mutta"
    r"|silti|ehkä|tul(ee|en|ossa|isi)|osallistu|mukana|myöhem|kevä|syksy|siir|palaa|takaisin|vaih"
    r"|osit|osan|puol|lounas|lounaa|majoit|ruok|ruoa|kahvi|bussi|kulje|webin|\w+(kuu|tai)(ssa|lla|na)"
    r"|bara|endast|första|andra|gång|kväll|dag|träff|möte|men|kanske|kommer|deltar|senare|vår|höst"
    r"|byt|lunch|middag|boende|buss|delvis|istället|tillbaka|återk|\w+dag(en|ar)?"
    r"|only|first|second|third|once|evening|session|meeting|day|week|dinner|meal|accommod|hotel"
    r"|transport|but|may|might|maybe|later|next|instead|will|still|return|join|spring|autumn|moved"
    r"|transfer|switch|swap|partly|partial|until|before|month|\w+day)"
)
LONGEST = 60
"""A longer text tells more than whether somebody comes, and is none of these."""


def yes_or_no(text: str) -> bool | None:
    """What a mere yes or no says; None where a text is neither."""
    bare = text.casefold()
    return True if bare in _YES else False if bare in _NO else None


# A no that is made polite: "Nej, tyvärr inte", "No, sorry".
_POLITE = re.compile(
    r"(ei|en|nej|no)(,? (valitettavasti|tyvärr|sorry|unfortunately|thanks?( you)?|kiitos|tack|inte"
    r"|i can[’']?t|pahoittelut))+[ .!]*"
    r"|(valitettavasti|tyvärr|sorry|unfortunately),? (ei|en|nej|no|inte|not)[ .!]*"
)


def status_of(text: str, *, asks: Asks | None = None) -> Status | None:
    """What a text says in a column that ``asks`` so; None where it is no such text."""
    bare = text.casefold()
    if asks is not None and (answer := _answer(bare, asks)) is not None:
        return answer
    if found := _CANCELLED.match(bare):
        return Status.CANCELLED if _is_whole(bare, found.end()) else Status.DOUBTED
    if (found := _SOMEBODY.match(text)) and _GAVE_UP.match(rest := bare[found.end() :]):
        return status_of(rest)
    if not bare or len(bare) > LONGEST:
        return None
    return next((status for status, words in _WORDS if words.match(bare)), None)


def _is_whole(bare: str, end: int) -> bool:
    """Whether what follows a cancellation leaves no doubt of it."""
    if len(bare) > LONGEST:
        return False
    if whole := _NOTHING_ELSE.fullmatch(bare, end):
        return not _LIMITED.search(whole["aside"] or "")
    told = _NOTHING_ELSE.match(bare, end)
    reason = _REASON.fullmatch(bare, told.end() if told else end)
    return reason is not None and not _LIMITED.search(reason[0])


def _answer(bare: str, asks: Asks) -> Status | None:
    """What a mere yes, no or date says; None where a text is none of these."""
    no, yes = _ANSWERS[asks]
    if bare in _NO or _POLITE.fullmatch(bare):
        return no
    if bare in _YES:
        return yes
    if asks in _OF_CANCELLING and (found := _YES_AND.match(bare)):
        return Status.CANCELLED if _TO_CANCEL.match(bare, found.end()) else Status.DOUBTED
    if (
        asks in _OF_CANCELLING
        and re.fullmatch(rf"{_DATE}( {_DATE})?", bare)
        and not bare.isdecimal()
    ):
        return Status.CANCELLED if asks is Asks.WHEN_CANCELLED else Status.OPEN
    return Status.COMING if asks in _OF_CANCELLING and _NOT_MARKED.match(bare) else None


_YES_AND = re.compile(r"(kyllä|joo|juu|ja|yes)(\b[ ,.!:–—-]+|$)")
_TO_CANCEL = re.compile(
    r"((minä |jag |i (do |would )?)?(haluan|haluaisin|vill|want|wish|like|please)( to)?,? )?"
    r"(peru|avbo|avanmäl|annull|cancel|withdr)[^\W\d]*( [^\W\d]+){0,3}[ .!]*$|$"
)
_OF_CANCELLING = (Asks.WHO_CANCELLED, Asks.WHEN_CANCELLED)
_ANSWERS = {
    Asks.WHO_COMES: (Status.CANCELLED, Status.COMING),
    Asks.MAYBE_WHO_COMES: (Status.DOUBTED, Status.COMING),
    Asks.WHO_CANCELLED: (Status.COMING, Status.CANCELLED),
    Asks.WHEN_CANCELLED: (Status.COMING, Status.CANCELLED),
}
_WORDS = ((Status.OPEN, _OPEN), (Status.COMING, _COMING))


# What stands for a text of each meaning, in the language of its column.
_BARE: Mapping[Language, tuple[str, ...]] = {
    ENGLISH: ("coming", "cancelled", "maybe", "cancelled?", "other", "no", "yes"),
    "fi": ("osallistuu", "peruttu", "ehkä", "peruttu?", "muu", "ei", "kyllä"),
    "sv": ("deltar", "avbokad", "kanske", "avbokad?", "annat", "nej", "ja"),
}
OTHER = frozenset(words[4] for words in _BARE.values())
"""What stands for a text of no meaning that is known."""
_WORD = re.compile(r"[^\W\d_]+[.!]?")
_DAY = re.compile(
    r"[0-9]{1,4}[./-][0-9]{1,2}[./-]?([0-9]{1,4})?([ T][0-9]{1,2}[.:][0-9]{2}([.:][0-9]{2})?)?"
)


def bare_status(text: str, read: Callable[[str], object], language: Language) -> str:
    """A text that is ``read`` as this one, and tells neither who nor why; a single word stays."""
    bare = text.casefold()
    known = _WORD.fullmatch(bare) is not None and status_of(bare) is not None
    if not bare or known or yes_or_no(bare) is not None or bare in _OURS or _DAY.fullmatch(bare):
        return text
    words, meant = _BARE.get(language, _BARE[ENGLISH]), read(text)
    return next((word for word in words if read(word) == meant), words[-1])


_OURS = frozenset((*called("merged"), *called("withdrawn"), *called("left")))


def is_marked(text: str) -> bool | None:
    """Whether a cell of a column of cancellations marks one; None where it leaves that open.

    Anything marks one but a no and a doubt.
    """
    bare = text.casefold()
    if not bare or bare in _NO or _NOT_MARKED.match(bare):
        return False
    if _OPEN.match(bare) or _UNSURE.search(bare):
        return None
    return None if _BEGINS_WITH_NO.match(bare) and not _CANCELLED.match(bare) else True


_UNSURE = re.compile(
    r"\?|\b(ehkä|mahdollisesti|e[in] tie(dä|toa)|epäselvä|epävarma|harkitsee|selvi(ä|tt)"
    r"|kanske|eventuellt|vet (ej|inte)|oklar|osäker|funderar"
    r"|maybe|perhaps|possibly|unsure|not sure|unknown|unclear|don.?t know|tb[cd]|considering)"
)
_BEGINS_WITH_NO = re.compile(r"(e[in]|nej|no|not|inte|ej)\b")


def tells_who_comes(column: Column, asks: Asks | None) -> bool:
    """Whether most cells that are not blank tell who comes.

    Where the header does not ask it, one must say that somebody does not come.
    """
    told = [status_of(text, asks=asks) for text in column.values]
    if asks is None and Status.CANCELLED not in told:
        return False
    # It counts something: earlier cancellations, or evenings.
    if any(text.isdecimal() and text not in ("0", "1") for text in column.values):
        return False
    known = column.having(np.array([status is not None for status in told], dtype=bool))
    return bool(2 * known.sum() > (~column.blank()).sum())


def saying(column: Column, *statuses: Status, asks: Asks | None = None) -> BoolArray:
    """Which of a column's texts say one of these, shape (len(values),)."""
    told = (status_of(text, asks=asks) for text in column.values)
    return np.array([status in statuses for status in told], dtype=bool)
