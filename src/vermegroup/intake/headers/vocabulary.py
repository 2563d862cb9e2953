"""The headers people write: words, and whole questions as survey exports have them.

The patterns meet a header's bare letters: lower case, no accents, single spaces.
"""

from __future__ import annotations

import re
from functools import cache

WORDS: dict[str, tuple[str, ...]] = {
    "id": (
        *("id", "participant", "participant id", "participant number", "person id", "code"),
        *("respondent id", "response id", "user id", "identifier", "attendee id", "student id"),
        *("tunnus", "tunniste", "koodi", "osallistujatunnus", "osallistujan tunnus"),
        *("osallistujanumero", "osallistuja id", "vastaajatunnus", "vastaajan tunnus"),
        *("vastaaja id", "käyttäjätunnus", "henkilötunniste", "vastauksen tunnus"),
        *("deltagar id", "deltagarid", "deltagarens id", "deltagarnummer", "deltagarkod"),
        *("kod", "beteckning", "respondent", "användar id", "svarsid", "svars id"),
    ),
    "name": (
        *("name", "full name", "participant name", "attendee", "attendee name", "your name"),
        *("nimi", "koko nimi", "osallistujan nimi", "osallistuja", "nimesi", "vastaajan nimi"),
        *("namn", "fullständigt namn", "deltagarens namn", "deltagare", "för och efternamn"),
        *("etunimi ja sukunimi", "sukunimi ja etunimi", "etu ja sukunimi", "suku ja etunimi"),
        *("first and last name", "sukunimi etunimi", "etunimi sukunimi", "ditt namn"),
        *("förnamn och efternamn", "efternamn och förnamn", "first name and last name"),
    ),
    "first name": (
        *("first name", "given name", "forename", "etunimi", "etunimet", "förnamn"),
        *("kutsumanimi", "tilltalsnamn"),
    ),
    "last name": ("last name", "surname", "family name", "sukunimi", "efternamn"),
    "email": (
        *("email", "e-mail", "email address", "e-mail address", "mail"),
        *("sähköposti", "sähköpostiosoite", "s-posti", "työsähköposti", "sähköpostisi"),
        *("e-post", "epost", "e-postadress", "epostadress", "din e-post", "din e-postadress"),
    ),
    "municipality": (
        *("municipality", "home municipality", "work municipality", "municipality of work"),
        *("town", "city", "town or city", "municipality code", "city or municipality"),
        *("kunta", "kaupunki", "kotikunta", "työkunta", "työskentelykunta", "paikkakunta"),
        *("asuinkunta", "kuntakoodi", "kuntanumero", "kunnan nimi", "työssäkäyntikunta"),
        *("työpaikan kunta", "työpaikkakunta", "työpaikan sijaintikunta", "kunta/kaupunki"),
        *("kunta tai kaupunki", "kaupunki tai kunta", "kaupunki/kunta", "osallistujan kunta"),
        *("kommun", "hemkommun", "arbetskommun", "arbetsplatsens kommun", "ort", "stad"),
        *("kommun/stad", "stad/kommun", "kommun eller stad", "deltagarens kommun"),
        *("kommunkod", "kommunnummer", "bostadskommun", "boendekommun"),
    ),
    "years": (
        *("years", "experience", "years of experience", "years of work experience"),
        *("experience in years", "experience years", "work experience", "years worked"),
        *("work experience in years", "work experience years", "years in profession"),
        *("years in the profession", "yrs", "years experience", "start year", "started working"),
        *("vuodet", "vuosia", "vuosina", "kokemus", "kokemusvuodet", "kokemus vuosina"),
        *("kokemus v", "kokemus vuotta", "työkokemus", "työkokemus vuosina", "työkokemus v"),
        *("työkokemus vuotta", "työkokemusvuodet", "työkokemus vuosissa", "työvuodet"),
        *("työvuosia", "vuosia alalla", "vuodet alalla", "alalla vuosia", "kokemusta vuosina"),
        *("työkokemusta vuosina", "työkokemuksen pituus", "työkokemuksen pituus vuosina"),
        *("aloitusvuosi", "alalla alkaen", "alalla vuodesta", "työkokemus alalta"),
        *("år", "erfarenhet", "arbetserfarenhet", "erfarenhet i år", "erfarenhet år"),
        *("arbetserfarenhet i år", "arbetserfarenhet år", "antal år", "erfarenhetsår"),
        *("arbetsår", "tjänsteår", "år i yrket", "antal år i yrket", "års erfarenhet"),
        *("antal års erfarenhet", "antal arbetsår", "antal erfarenhetsår", "startår"),
    ),
    "experience": (
        *("experience level", "level of experience", "new or experienced", "new/experienced"),
        *("kokemustaso", "uusi vai kokenut", "uusi tai kokenut", "uusi/kokenut"),
        *("kokenut vai uusi", "kokenut/uusi", "kokemusryhmä"),
        *("erfarenhetsnivå", "ny eller erfaren", "ny/erfaren", "erfaren eller ny", "erfaren/ny"),
    ),
    "profession": (
        *("profession", "occupation", "job title", "position", "title", "job"),
        *("ammatti", "ammattinimike", "tehtävänimike", "nimike", "tehtävä", "työtehtävä"),
        *("ammattiryhmä", "virkanimike", "yrke", "befattning", "yrkestitel", "titel"),
        *("tjänstebeteckning", "arbetsuppgift", "yrkesgrupp"),
    ),
    "unit": (
        *("unit", "work unit", "workplace", "place of work", "school", "kindergarten"),
        *("daycare", "day care", "daycare centre", "day care centre", "preschool"),
        *("yksikkö", "työyksikkö", "toimipaikka", "toimipiste", "työpaikka", "päiväkoti"),
        *("koulu", "oppilaitos", "toimintayksikkö", "päiväkodin nimi", "työpaikan nimi"),
        *("enhet", "arbetsenhet", "arbetsplats", "arbetsställe", "daghem", "skola", "förskola"),
    ),
    "organisation": (
        *("organisation", "organization", "employer", "company"),
        *("organisaatio", "työnantaja", "taustaorganisaatio", "työnantajan nimi", "yritys"),
        *("arbetsgivare", "företag"),
    ),
    "region": (*("region", "county", "maakunta", "alue", "hyvinvointialue", "landskap", "område"),),
    "language": (
        *("language", "mother tongue", "native language", "first language", "working language"),
        *("kieli", "äidinkieli", "työkieli", "asiointikieli", "ryhmän kieli"),
        *("språk", "modersmål", "arbetsspråk", "gruppens språk"),
    ),
    "role": (
        *("role", "mentor/mentee", "mentor or mentee", "rooli", "mentori/aktori"),
        *("mentori vai aktori", "mentori tai aktori", "roll", "mentor/adept"),
        *("mentor eller adept", "mentor/aktör", "mentor eller aktör"),
    ),
    "times": (
        *("free times", "available times", "availability", "suitable times", "times"),
        *("vapaat ajat", "sopivat ajat", "sopivat ajankohdat", "sopiva ajankohta"),
        *("ajankohdat", "sopivat päivät", "lediga tider", "lämpliga tider", "tider"),
        *("tider som passar",),
    ),
    "wishes": (
        *("wishes", "wish", "group wish", "group wishes", "toive", "toiveet", "ryhmätoive"),
        *("ryhmätoiveet", "toiveet ryhmästä", "önskemål", "grupptoivomus", "önskemål om grupp"),
    ),
    "status": (
        *("status", "state", "registration status", "booking status", "enrolment status"),
        *("tila", "ilmoittautumisen tila", "ilmoittautumisen status", "varauksen tila"),
        *("osallistumisen tila", "anmälningsstatus", "bokningsstatus", "anmälans status"),
    ),
    "cancelled": (
        *("cancelled", "canceled", "cancellation", "cancelled at", "withdrawn"),
        *("peruttu", "perunut", "peruutus", "peruutettu", "perumispäivä", "peruutuspäivä"),
        *("avbokad", "avbokning", "annullerad", "avanmäld", "avbokningsdatum"),
    ),
    "answered": (
        *("timestamp", "time of answer", "answered", "answered at", "completion time"),
        *("submitted", "submitted at", "submission date", "submission time", "response time"),
        *("registration date", "registration time", "date submitted", "registered at"),
        *("aikaleima", "vastausaika", "vastattu", "vastauspäivä", "lähetetty", "lähetysaika"),
        *("ilmoittautumisaika", "ilmoittautumispäivä", "ilmoittautunut", "valmistumisaika"),
        *("ilmoittautumisen päivämäärä", "vastauksen päivämäärä", "vastauksen aika"),
        *("vastauksen ajankohta", "tallennettu", "vastausajankohta", "täyttöaika"),
        *("tidsstämpel", "svarstid", "svarsdatum", "inskickad", "anmälningsdatum"),
        *("anmälningstid", "svarat", "sluttid", "tid för svar", "tidpunkt för svar", "inlämnad"),
    ),
    "theme": (
        *("theme", "topic", "teema", "aihe", "kiinnostava teema", "kiinnostuksen kohde"),
        *("tema", "ämne"),
    ),
    "group": ("group", "ryhmä", "grupp", "vertaisryhmä", "vermeryhmä", "kamratgrupp"),
}


_WORK = (
    r"\b(tyosk|tyokok|kokem|ollut|alalla|tyovuo|tyossa|tehny|toimi|opetta|arbeta|jobba|erfar"
    r"|verksam|yrke|varit|work|experien|taught|teach|been|ecec)"
)
_QUESTIONS: tuple[tuple[str, str], ...] = (
    ("experience", r"\b(uusi|ny|new|kokenut|erfaren|experienced) (kokenut|erfaren|experienced)\b"),
    ("experience", r"\b(uusi|ny|new)\b.*\b(vai|tai|eller|or) (kokenut|erfaren|experienced)\b"),
    ("years", rf"\b(kuinka|miten) (monta vuotta|kauan|pitkaan|pitka).*{_WORK}"),
    ("years", rf"\bmontako vuotta.*{_WORK}"),
    ("years", rf"\bhur (manga ars?|lange|lang).*{_WORK}"),
    ("years", rf"\bhow (many years|long).*{_WORK}"),
    ("years", r"\b(tyo)?kokemu\w*\b.*\bvuo(si|tt|de)"),
    ("years", r"\bvuo(sia|tta|det)\b.*\b(tyo)?kokemu"),
    ("years", r"\b(arbets)?erfarenhet\b.*\bar\b|\b(antal ar|ars)\b.*erfarenhet"),
    ("years", r"\byears?\b.*\bexperience\b|\bexperience\b.*\byears\b|\byears (worked|in ecec)"),
    ("years", r"\b(milloin|mina vuonna|mista vuodesta).*\b(aloitit|aloittanut|alkaen|tyosken)"),
    ("years", r"\b(nar|vilket ar) borjade du (arbeta|jobba)|\bsedan vilket ar\b.*arbet"),
    ("years", r"\b(when|what year|which year) did you start\b.*\b(work|teach|in)"),
    ("municipality", r"\b(missa|minka|mika|mista) (kun(nas|nan|ta)|kaupun|paikkakun)"),
    ("municipality", r"\b(kunta|kaupunki|paikkakunta) jossa\b"),
    ("municipality", r"\bvilke[nt] (kommun|stad|ort)\b|\b(kommun|stad|ort)(en)? (dar|som) du\b"),
    ("municipality", r"\b(which|what) (municipality|city|town)\b"),
    ("municipality", r"\b(municipality|city|town) (where|in which|that) you\b"),
    ("email", r"^(mika on )?(tyo)?sahkoposti(osoitte(esi|si))?\b|^(vad ar )?din e ?post"),
    ("email", r"^(what is )?your e ?mail\b"),
    ("first name", r"^(mika on )?etunimesi\b|^ditt fornamn\b|^your (first|given) name\b"),
    ("last name", r"^(mika on )?sukunimesi\b|^ditt efternamn\b|^your (last|family) name\b"),
    ("name", r"^(mika on )?nimesi\b|^etu ja sukunimesi\b|^vad heter du\b|^(what is )?your name\b"),
    ("role", r"\b(mentori\w*|aktori\w*) (vai|tai)\b|\bmentor (eller|or)\b"),
    ("role", r"\bmissa roolissa\b|\bi vilken roll\b|\b(which|what) role\b"),
    ("unit", r"\bmissa (tyo)?(yksiko|paivakodi|koulu|toimipaika|toimipistee|tyopaika)"),
    ("unit", r"\bvilke[nt] (enhet|daghem|skola|forskola|arbetsplats)\b"),
    ("unit", r"\b(which|what) (unit|school|kindergarten|day ?care|workplace|preschool)\b"),
    ("unit", r"^(mika on )?(tyopaikkasi|tyoyksikkosi|paivakotisi|koulusi)\b|^din arbetsplats\b"),
    ("organisation", r"\btyonantaja(si|nne)?$|^missa organisaatiossa\b|^din arbetsgivare\b"),
    ("organisation", r"\bvem ar din arbetsgivare\b|\bvilken organisation\b"),
    ("organisation", r"\b(which|what) organi[sz]ation\b|\byour employer\b"),
    ("profession", r"\bmika on (nykyinen )?(ammatti|tehtava|nimik|tyotehtav|virkanim)"),
    ("profession", r"^(ammattisi|ammattinimikkeesi|tehtavanimikkeesi|tyotehtavasi)\b"),
    ("profession", r"\bvad (arbetar|jobbar) du (som|med)\b|\b(vilket ar )?ditt yrke\b"),
    ("profession", r"\b(what is )?your (profession|occupation|job|position)\b"),
    ("language", r"\bmilla kielella\b|\baidinkielesi\b|\bmika on aidinkiel"),
    ("language", r"\b(pa )?vilket sprak\b|\bditt modersmal\b|\b(which|what) language\b"),
    ("times", r"\b(mitka|milloin|mihin)\b.*\b(sopi\w*|paaset|ajat|ajankoh\w*)\b"),
    ("times", r"\b(vilka|nar)\b.*\b(tider|passar|kan du)\b|\btider som passar\b"),
    ("times", r"\b(which|what|when)\b.*\b(times|suits?|available|can you (meet|attend))\b"),
    ("wishes", r"\bkenen kanssa\b|\bmed v(em|ilka)\b.*\bgrupp|\bwho would you like\b"),
    ("status", r"^ilmoittautumi\w* (tila|status)|^anmalning\w* status"),
    ("answered", r"^(vastau|lahety|ilmoittautumi|tayto)\w* (aika\w*|paiva\w*|ajankohta)$"),
    ("answered", r"^(tid|datum|tidpunkt) (for|nar) (svar|anmalan)"),
)

# Whether something may be shared, or what is wished for, says nothing of the person.
_ANOTHER_MATTER = (
    r"^(saako|saa|voiko|onko|annatko|suostu|haluatko saada|far (vi|man|din)|kan (vi|man)|may we"
    r"|can we|do you (agree|consent|allow))\b|\b(toivo\w*|haluaisit|onskar|skulle vilja"
    r"|would you (like|prefer)|prefer\w*|tapaami\w*|kokoont\w*|traff\w*|meetings?)\b"
)
_MAY_BE_WISHED = frozenset({"times", "wishes", "role", "language"})


def asked_for(bare: str) -> str | None:
    """The trait that a question asks for, or None where it is none that is known."""
    found = next((trait for trait, pattern in _questions() if pattern.search(bare)), None)
    if found is None or found in _MAY_BE_WISHED:
        return found
    return None if re.search(_ANOTHER_MATTER, bare) else found


@cache
def _questions() -> tuple[tuple[str, re.Pattern[str]], ...]:
    # Compiling takes milliseconds, and most headers are known word for word.
    return tuple((trait, re.compile(pattern)) for trait, pattern in _QUESTIONS)
