"""The comments in a rulebook to start from."""

from __future__ import annotations

from vermegroup.phrase import Phrase, phrase
from vermegroup.report.checked import TRAITS

TITLE = Phrase(
    "The rules and preferences of a run. A line that begins with # is not in use.",
    "Ajon säännöt ja tavoitteet. Rivi, jonka alussa on #, ei ole käytössä.",
    "Reglerna och önskemålen för en körning. En rad som börjar med # används inte.",
)
HOW_TO_USE = Phrase(
    "Use it: vermegroup form ROSTER --rules rules.yaml",
    "Käyttö: vermegroup form LUETTELO --rules rules.yaml",
    "Användning: vermegroup form LISTA --rules rules.yaml",
)
COLUMNS = Phrase(
    "which column holds what",
    "mitä missäkin sarakkeessa on",
    "vad som finns i vilken kolumn",
)
NO_COLUMNS = Phrase(
    "No column was recognised. Name them so: columns: {municipality: Header}",
    "Yhtään saraketta ei tunnistettu. Nimeä ne näin: columns: {municipality: Otsikko}",
    "Ingen kolumn kändes igen. Ange dem så här: columns: {municipality: Rubrik}",
)
CHOOSE = Phrase(
    "choose one: remove the # before it",
    "valitse yksi: poista # sen edestä",
    "välj en: ta bort # framför den",
)
GROUPS = Phrase(
    "a number, a range, or auto",
    "luku, väli tai auto",
    "ett tal, ett intervall eller auto",
)
BANDS = Phrase(
    "in years; what lies between is mid",
    "vuosina; väliin jäävä on mid",
    "i år; det som ligger emellan är mid",
)
WORDS = Phrase(
    "the roster tells it in words",
    "luettelossa kokemus kerrotaan sanoin",
    "i listan anges erfarenheten i ord",
)
RULES = Phrase("must hold in every group", "näiden on toteuduttava", "måste uppfyllas")
EVERYONE = Phrase(
    "under preferences, it allows a waitlist",
    "tavoitteisiin siirrettynä sallii jonon",
    "bland önskemålen tillåter den en väntelista",
)
PREFERENCES = Phrase(
    "in order of importance",
    "tärkeysjärjestyksessä",
    "i ordning efter vikt",
)
SPREAD = Phrase(
    "new and experienced people together",
    "uusia ja kokeneita yhteen",
    "nya och erfarna tillsammans",
)
EVEN = Phrase(
    "groups of nearly equal size",
    "ryhmät mahdollisimman samankokoisia",
    "så lika stora grupper som möjligt",
)
BALANCE = Phrase(
    "groups alike in experience",
    "ryhmät kokemukseltaan toistensa kaltaisia",
    "grupper med liknande erfarenhet",
)
SAME_LANGUAGE = Phrase("one language in a group", "yksi kieli ryhmässä", "ett språk i gruppen")
COMMON_TIMES = Phrase(
    "a time that suits all members",
    "kaikille jäsenille sopiva aika",
    "en tid som passar alla medlemmar",
)
WISHES = Phrase(
    "whom people would like to be with",
    "kenen kanssa toivotaan samaan ryhmään",
    "vem man vill vara tillsammans med",
)


def different(trait: str) -> Phrase:
    """What ``different`` asks of a trait."""
    return phrase(
        "no two members with the same {trait}",
        "jokaisella jäsenellä eri {trait}",
        "ingen delar {trait} med en annan medlem",
        trait=TRAITS[trait],
    )
