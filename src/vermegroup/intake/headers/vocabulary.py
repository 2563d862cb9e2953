"""The headers people write: words, and whole questions as survey exports have them.

The patterns meet a header's bare letters: lower case, no accents, single spaces.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from vermegroup.intake.headers.added import called, language_by_name
from vermegroup.language.catalogues import Language

_ANY = ""
"""For words that stand in files of several languages, and tell none."""
_WORDS_IN: Mapping[Language, Mapping[str, str]] = {
    "en": {
        "id": (
            "participant, participant id, participant number, person id, code, respondent id, "
            "response id, user id, identifier, attendee id, student id, student number, record id, "
            "id number, uin, respondent number, respondent no, response number, participant no, "
            "member id, member number, member no, employee id, employee number, student no, "
            "student nr, matriculation number, matr nr"
        ),
        "name": (
            "name, full name, participant name, attendee, attendee name, your name, first and "
            "last name, first name and last name, student, student name, name of participant, "
            "full name of participant"
        ),
        "first name": "first name, given name, forename, preferred name, preferred first name",
        "last name": "last name, surname, family name",
        "email": (
            "email address, e-mail address, email id, e-mail id, mail address, work email, "
            "work e-mail, work email address, work e-mail address, email address of participant"
        ),
        "municipality": (
            "municipality, home municipality, work municipality, municipality of work, town, "
            "city, town or city, municipality code, city or municipality"
        ),
        "years": (
            "years, experience, years of experience, years of work experience, experience in "
            "years, experience years, work experience, years worked, work experience in years, "
            "work experience years, years in profession, years in the profession, yrs, years "
            "experience, start year, started working, experience yrs, work experience yrs, "
            "years of service, years of teaching, years teaching, teaching experience, "
            "years in the field, years in field"
        ),
        "experience": "experience level, level of experience, new or experienced, new/experienced",
        "profession": "profession, occupation, job title, position, title, job",
        "unit": (
            "unit, work unit, workplace, place of work, school, kindergarten, daycare, day care, "
            "daycare centre, day care centre, preschool"
        ),
        "organisation": "organization, employer, company, institution",
        "region": "county",
        "language": "language, mother tongue, native language, first language, working language",
        "role": "role, mentor/mentee, mentor or mentee",
        "times": "free times, available times, availability, suitable times, times",
        "wishes": "wishes, wish, group wish, group wishes, group with, would like to be with",
        "avoid": (
            "avoid, people to avoid, persons to avoid, not with, do not group with, not in a group "
            "with, keep apart from, separate from, keep separate from"
        ),
        "status": (
            "state, registration status, booking status, enrolment status, enrollment status, "
            "enrolment state, enrollment state, participation status, attendance status, "
            "rsvp"
        ),
        "cancelled": (
            "cancelled, canceled, cancellation, cancelled at, cancelled on, has cancelled, "
            "withdrew, registration cancelled, cancelled registration, cancellation date, "
            "cancellation time, "
            "cancellation reason, date of cancellation, reason for cancellation, withdrawal date"
        ),
        "answered": (
            "timestamp, time of answer, answered, answered at, completion time, submitted, "
            "submitted at, submission date, submission time, response time, registration date, "
            "registration time, date submitted, registered at, recorded date, registered, "
            "enrolment time, time of registration, submit date, submission timestamp, saved at, "
            "created, created at"
        ),
        "theme": "theme, topic",
    },
    "fi": {
        "id": (
            "tunniste, koodi, osallistujatunnus, osallistujan tunnus, osallistujanumero, "
            "osallistuja id, vastaajatunnus, vastaajan tunnus, vastaaja id, käyttäjätunnus, "
            "henkilötunniste, vastauksen tunnus, vastaajan nro, vastaajanumero, vastaajan numero, "
            "vastausnumero, vastauksen numero, vastausnro, osallistujan nro, osallistujan numero, "
            "osallistuja nro, id-numero, tunnusnumero, tunnistenumero, henkilönumero, "
            "opiskelijanumero, opiskelijanro, opiskelijatunnus, matrikkelinumero, matrikkelinro, "
            "matrikelinumero, jäsennumero, jäsennro, henkilönro, työntekijänumero, nro, "
            "järjestysnumero"
        ),
        "name": (
            "nimi, koko nimi, osallistujan nimi, osallistuja, nimesi, vastaajan nimi, etunimi ja "
            "sukunimi, sukunimi ja etunimi, etu ja sukunimi, suku ja etunimi, sukunimi etunimi, "
            "etunimi sukunimi, opiskelija, opiskelijan nimi, henkilön nimi, jäsenen nimi"
        ),
        "first name": "etunimi, etunimet, kutsumanimi",
        "last name": "sukunimi",
        "email": (
            "sähköposti, sähköpostiosoite, s-posti, työsähköposti, sähköpostisi, s-postiosoite, "
            "sposti, meili, email-osoite, e-mail-osoite, työsähköpostiosoite"
        ),
        "municipality": (
            "kunta, kaupunki, kotikunta, työkunta, työskentelykunta, paikkakunta, asuinkunta, "
            "kuntakoodi, kuntanumero, kunnan nimi, työssäkäyntikunta, työpaikan kunta, "
            "työpaikkakunta, työpaikan sijaintikunta, kunta/kaupunki, kunta tai kaupunki, "
            "kaupunki tai kunta, kaupunki/kunta, osallistujan kunta, asuinpaikkakunta"
        ),
        "years": (
            "vuodet, vuosia, vuosina, kokemus, kokemusvuodet, kokemus vuosina, kokemus v, kokemus "
            "vuotta, työkokemus, työkokemus vuosina, työkokemus v, työkokemus vuotta, "
            "työkokemusvuodet, työkokemus vuosissa, työvuodet, työvuosia, vuosia alalla, vuodet "
            "alalla, alalla vuosia, kokemusta vuosina, työkokemusta vuosina, työkokemuksen "
            "pituus, työkokemuksen pituus vuosina, aloitusvuosi, alalla alkaen, alalla vuodesta, "
            "työkokemus alalta"
        ),
        "experience": (
            "kokemustaso, uusi vai kokenut, uusi tai kokenut, uusi/kokenut, kokenut vai uusi, "
            "kokenut/uusi, kokemusryhmä"
        ),
        "profession": (
            "ammatti, ammattinimike, tehtävänimike, nimike, tehtävä, työtehtävä, ammattiryhmä, "
            "virkanimike"
        ),
        "unit": (
            "yksikkö, työyksikkö, toimipaikka, toimipiste, työpaikka, päiväkoti, koulu, "
            "toimintayksikkö, päiväkodin nimi, työpaikan nimi"
        ),
        "organisation": (
            "organisaatio, työnantaja, taustaorganisaatio, työnantajan nimi, yritys, oppilaitos, "
            "oppilaitoksen nimi, organisaation nimi"
        ),
        "region": "maakunta, alue, hyvinvointialue",
        "language": "kieli, äidinkieli, työkieli, asiointikieli, ryhmän kieli",
        "role": "rooli, mentori/aktori, mentori vai aktori, mentori tai aktori",
        "times": (
            "vapaat ajat, sopivat ajat, sopivat ajankohdat, sopiva ajankohta, ajankohdat, sopivat "
            "päivät"
        ),
        "wishes": "toive, toiveet, ryhmätoive, ryhmätoiveet, toiveet ryhmästä, toivotut henkilöt",
        "avoid": (
            "vältettävät, vältettävät henkilöt, ei samaan ryhmään, ei samaan ryhmään kanssa, "
            "ei samassa ryhmässä, eri ryhmään, eri ryhmään kuin, vältä"
        ),
        "status": (
            "tila, ilmoittautumisen tila, ilmoittautumisen status, varauksen tila, osallistumisen "
            "tila, osallistumistila, osallistumisstatus, ilmoittautumistila, ilmoittautumisstatus, "
            "osallistutko"
        ),
        "cancelled": (
            "peruttu, peruutus, peruutettu, perumispäivä, peruutuspäivä, perui, peruuttanut, "
            "perunut ilmoittautumisen, peruuttanut ilmoittautumisen, ilmoittautuminen peruttu, "
            "ilmoittautuminen peruutettu, peruttu ilmoittautuminen, osallistuminen peruttu, "
            "peruttu pvm, perumisaika, peruutusaika, peruutuspvm, perumisen syy, peruutuksen syy"
        ),
        "answered": (
            "aikaleima, vastausaika, vastattu, vastauspäivä, lähetetty, lähetysaika, "
            "ilmoittautumisaika, ilmoittautumispäivä, ilmoittautunut, valmistumisaika, "
            "ilmoittautumisen päivämäärä, vastauksen päivämäärä, vastauksen aika, vastauksen "
            "ajankohta, tallennettu, vastausajankohta, täyttöaika, tallennusaika, tallennuspäivä, "
            "tallennusajankohta, lähetetty klo, lähetyspäivä, lähetysajankohta, täyttöpäivä, "
            "päättymisaika, luotu, luontiaika"
        ),
        "theme": "teema, aihe, kiinnostava teema, kiinnostuksen kohde",
        "group": "vertaisryhmä, vermeryhmä",
    },
    "sv": {
        "id": (
            "deltagar id, deltagarid, deltagarens id, deltagarnummer, deltagarkod, kod, "
            "beteckning, användar id, svarsid, svars id, respondentnummer, respondentens nummer, "
            "svarsnummer, svarandens nummer, deltagarnr, deltagarens nummer, id-nummer, "
            "studentnummer, studentnr, studerandenummer, studerandenr, matrikelnummer, matrikelnr, "
            "medlemsnummer, anställningsnummer, svarsnr, nr, löpnummer"
        ),
        "name": (
            "namn, fullständigt namn, deltagarens namn, deltagare, för och efternamn, ditt namn, "
            "förnamn och efternamn, efternamn och förnamn, studerande, studerandens namn, "
            "förnamn efternamn, efternamn förnamn"
        ),
        "first name": "förnamn, tilltalsnamn",
        "last name": "efternamn",
        "email": (
            "e-post, epost, e-postadress, epostadress, din e-post, din e-postadress, mejl, "
            "mejladress, mailadress, arbetets e-post, e-post till arbetet, jobbmejl, arbetsmejl"
        ),
        "municipality": (
            "kommun, hemkommun, arbetskommun, arbetsplatsens kommun, ort, stad, kommun/stad, "
            "stad/kommun, kommun eller stad, deltagarens kommun, kommunkod, kommunnummer, "
            "bostadskommun, boendekommun, bostadsort, hemort, arbetsort"
        ),
        "years": (
            "år, erfarenhet, arbetserfarenhet, erfarenhet i år, erfarenhet år, arbetserfarenhet i "
            "år, arbetserfarenhet år, antal år, erfarenhetsår, arbetsår, tjänsteår, år i yrket, "
            "antal år i yrket, års erfarenhet, antal års erfarenhet, antal arbetsår, antal "
            "erfarenhetsår, startår, yrkesår, år i branschen, antal tjänsteår"
        ),
        "experience": "erfarenhetsnivå, ny eller erfaren, ny/erfaren, erfaren eller ny, erfaren/ny",
        "profession": (
            "yrke, befattning, yrkestitel, titel, tjänstebeteckning, arbetsuppgift, yrkesgrupp"
        ),
        "unit": "enhet, arbetsenhet, arbetsplats, arbetsställe, daghem, skola, förskola",
        "organisation": "arbetsgivare, företag, läroanstalt, arbetsgivarens namn",
        "region": "landskap, område",
        "language": "språk, modersmål, arbetsspråk, gruppens språk",
        "role": "roll, mentor/adept, mentor eller adept, mentor/aktör, mentor eller aktör",
        "times": "lediga tider, lämpliga tider, tider, tider som passar",
        "wishes": "önskemål, grupptoivomus, önskemål om grupp, önskar samma grupp som",
        "avoid": (
            "undvik, personer att undvika, inte med, inte i samma grupp, inte i samma grupp som, "
            "inte samma grupp som, annan grupp än"
        ),
        "status": (
            "anmälningsstatus, bokningsstatus, anmälans status, status för anmälan, "
            "deltagarstatus, deltagandestatus, deltar du"
        ),
        "cancelled": (
            "avbokad, avbokat, avbokning, annullerad, avbokningsdatum, avbokningstid, anmälan "
            "avbokad, avbokad anmälan, avbokat anmälan, anmälan annullerad, anmälan återkallad, "
            "avanmälan, avanmäld den, avbokad den, orsak till avbokning, orsak till avanmälan"
        ),
        "answered": (
            "tidsstämpel, svarstid, svarsdatum, inskickad, anmälningsdatum, anmälningstid, "
            "svarat, sluttid, tid för svar, tidpunkt för svar, inlämnad, tidstämpel, "
            "slutförandetid, tid för slutförande, tidpunkt för slutförande, skickad, sparad, "
            "sparat, registrerad, registreringstid, inlämningstid, anmäld, tid för anmälan, skapad"
        ),
        "theme": "tema, ämne",
        "group": "kamratgrupp",
    },
    _ANY: {
        "id": "respondent",
        "email": "email, e-mail, mail",
        "organisation": "organisation",
        "region": "region",
        "status": "status",
    },
}
YIELDING = frozenset(
    (
        *("nro", "nr", "löpnummer", "järjestysnumero"),
        *("luotu", "luontiaika", "created", "created at", "skapad"),
    )
)
"""Words that tell a trait only where no other column tells it."""
PREFERRED = frozenset(
    ("preferred name", "preferred first name", "kutsumanimi", "tilltalsnamn", "recorded date")
)
"""Words that go before others for the same trait: the first name that a person goes by, say."""
USER_NAMES = frozenset(("käyttäjätunnus", "user id", "användar id"))
"""Ids that people have in some system, and which yield to an id of their own."""
_OURS = {"id": "id", "cancelled": "withdrawn", "group": "group"}
"""Traits that columns hold which we add, and what these are called in :mod:`added`."""


def _words_of(trait: str) -> tuple[str, ...]:
    ours = called(_OURS[trait]) if trait in _OURS else ()
    texts = (words[trait] for words in _WORDS_IN.values() if trait in words)
    return (*ours, *(word for text in texts for word in text.split(", ")))


WORDS: dict[str, tuple[str, ...]] = {
    trait: _words_of(trait)
    for trait in dict.fromkeys(trait for words in _WORDS_IN.values() for trait in words)
}


def language_by_word() -> dict[str, Language]:
    """The language of each word that tells one.

    Of the columns that we add, the English ones do not: for long they stood in every roster.
    """
    words = {
        word: language
        for language, texts in _WORDS_IN.items()
        for text in texts.values()
        for word in text.split(", ")
        if language != _ANY
    }
    return words | language_by_name()


_WORK = (
    r"\b(tyosk|tyokok|kokem|ollut|alalla|tyovuo|tyossa|tehny|toimi|opetta|arbeta|jobba|erfar"
    r"|verksam|yrke|varit|work|experien|taught|teach|been|ecec)"
)
_TO_WHAT = r"(vertais|verme|mentoroin|ryhma|koulutu|tilaisuu|tapahtum|tapaam|grupp|mentor|traff)\w*"
_SIGN_UP = r"(ilmoittautumi\w+|osallistumi\w+|anmalan|anmalningen|platsen|registration|booking)"
_CALLED_OFF = r"(peru(nut|ttu|utettu|uttanut)|avboka[dt]|avanmal[dt]|annullera[dt]|cancelled)"
_THESE = (
    r"(nama|naita|seuraavat|seuraavia|seuraavien|dessa|foljande|these|the following)"
    r"( (henkilot|henkiloita|ihmiset|ihmisia|personer|personerna|people|persons))?( [0-9]+)?"
)
_QUESTIONS: tuple[tuple[str, str], ...] = (
    ("experience", r"\b(uusi|ny|new|kokenut|erfaren|experienced) (kokenut|erfaren|experienced)\b"),
    ("experience", r"\b(uusi|ny|new)\b.*\b(vai|tai|eller|or) (kokenut|erfaren|experienced)\b"),
    ("years", rf"\b(kuinka|miten) (monta vuotta|kauan|pitkaan|pitka).*{_WORK}"),
    ("years", rf"\b(montako vuotta|kauanko).*{_WORK}"),
    ("years", r"\bhur lang (arbets|yrkes)erfarenhet\b"),
    ("years", rf"\bhur (manga ars?|lange|lang).*{_WORK}"),
    ("years", rf"\bhow (many years|long).*{_WORK}"),
    ("years", r"\b(tyo)?kokemu\w*\b.*\b(vuo(si|tt|de)|v$)"),
    ("years", r"\bvuo(sia|tta|det)\b.*\b(tyo)?kokemu"),
    ("years", r"\b(arbets)?erfarenhet\b.*\bar\b|\b(antal ar|ars)\b.*erfarenhet"),
    (
        "years",
        r"\byears?\b.*\bexperience\b|\bexperience\b.*\b(years|yrs)\b|\byears (worked|in ecec)",
    ),
    ("years", r"\b(milloin|mina vuonna|mista vuodesta).*\b(aloitit|aloittanut|alkaen|tyosken)"),
    ("years", r"\b(nar|vilket ar) borjade du (arbeta|jobba)|\bsedan vilket ar\b.*arbet"),
    ("years", r"\b(when|what year|which year) did you start\b.*\b(work|teach|in)"),
    ("municipality", r"\b(missa|minka|mika|mista) (kun(nas|nan|ta)|kaupun|paikkakun)"),
    ("municipality", r"\b((kunta|kaupunki|paikkakunta)|kunnan nimi) jossa\b"),
    ("municipality", r"\bvilke[nt] (kommun|stad|ort)\b|\b(kommun|stad|ort)(en)? (dar|som) du\b"),
    ("municipality", r"\b(which|what) (municipality|city|town)\b"),
    ("municipality", r"\b(municipality|city|town) (where|in which|that) you\b"),
    ("email", r"^(mika on )?(tyo)?sahkoposti(osoitte(esi|si))?\b|^(vad ar )?din e ?post"),
    ("email", r"^(what is )?your e ?mail\b"),
    ("email", r"^(mihin|mista) sahkopostiosoitt\w+ .*(lahet|tavoit)"),
    ("email", r"^(till )?vilken e ?post\w* .*(skicka|na dig)|^(which|what) e ?mail .*(send|reach)"),
    ("name", r"^etunimesi ja sukunimesi\b"),
    ("first name", r"^(mika on )?etunimesi\b|^ditt fornamn\b|^your (first|given) name\b"),
    ("last name", r"^(mika on )?sukunimesi\b|^ditt efternamn\b|^your (last|family) name\b"),
    (
        "name",
        r"^(mika on )?(koko )?nimesi\b|^etu ja sukunimesi\b|^vad heter du\b"
        r"|^((what (is|s)|please (enter|write|give|type)|enter|write) )?your (full )?name\b"
        r"|^(name and surname|surname and name)$|^(vad ar )?ditt (fullstandiga |hela )?namn$"
        r"|^(kuka (sina )?olet|vem ar du|who are you)$",
    ),
    ("role", r"\b(mentori\w*|aktori\w*) (vai|tai)\b|\bmentor (eller|or)\b"),
    ("role", r"\bmentori?\w* (aktori|mentoroitava|mentee|adept|aktor)$"),
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
    (
        "times",
        r"\b(mihin aikaan|milloin|mina paivina) (voit|voisit|pystyt) (osallistu|tava|kokoontu)",
    ),
    ("times", r"\bnar (har du mojlighet|ar du ledig|hinner du)\b"),
    ("times", r"^(the )?(times|days)( and times)? (that |when )?(you can|suit you|work for you)\b"),
    ("times", r"\b(which|what|when)\b.*\b(times|suits?|available|can you (meet|attend))\b"),
    (
        "avoid",
        r"\b(ei|en|et|emme|etten|ettet|ette[im]\w*) .*\bsama(an|ssa) ryhma"
        r"|\b(kene[nt]|keiden) .*\b(et|en|ei)\b",
    ),
    (
        "avoid",
        r"\b(halua\w*|toivo\w*|miel\w+) .*\b(ei|en|et|etten|ettei\w*) .*"
        r"\b(ryhmassa|yhteen|yhdessa)\b"
        r"|\b(en|et|ei) (halua|toivo)\w* .*\b(yhteen|yhdessa|kanssa)\b",
    ),
    (
        "avoid",
        r"\b(vill|onskar|skulle|helst)\b.*\b(inte|ej|ogarna)\b.*\b(vara|hamna|bli)\b.*\b(med|som)$",
    ),
    (
        "avoid",
        r"\b(halua\w*|toivo\w*|on oltava) .*\beri ryhma\w*( kuin| kenen)?\b"
        r"|\bke(ta|ita) (valt|et halua|en halua)",
    ),
    ("avoid", r"\b(inte|ej|ogarna)\b.*\b(samma grupp|ihop med|tillsammans med)\b|\bundvika?\b"),
    ("avoid", r"\b(not|never|don t|rather not|avoid\w*)\b.*\b(group\w*|together|be) (\w+ )?with\b"),
    ("avoid", r"\b(inte|ej)\b.*\bvara\b.*\b(i|med)( \w+)? ?(grupp|med)$|\bvem vill du inte\b"),
    ("avoid", r"\bjo(nka|iden) kanssa (et|en)\b"),
    ("avoid", r"\bke(ta|ita|net|tka) (et|en) (halua|toivo|ota)\w* .*\bryhma"),
    ("avoid", r"\b(ke(net|ta|ita|tka)|henkilo\w*) .*\bvaltta(a|isit)\b"),
    ("avoid", r"(^|\btoive\w* )ei (naiden|seuraavien|seuraavan)( \w+)? kanssa$"),
    ("avoid", r"\bv(em|ilka) vill du .*\bslippa\b"),
    ("avoid", r"^(onskemal )?(inte|ej) med (foljande|dessa)\b|^wish\w* not with( these people)?$"),
    ("avoid", r"\b(personer?|nagon|vem|vilka)\b.*\b(inte|ej|ogarna)\b.*\bvara\b.*\bmed$"),
    ("avoid", r"\b(prefer|like|want|wish) not to (be|work|group\w*) (\w+ )*with$"),
    ("avoid", r"\b(who|whom|anyone|people)\b.*\b(avoid|apart from|not (be|work|want))\b"),
    ("wishes", r"\b(halua\w*|toivo\w*|mielella\w*) .*\bsamaan ryhmaan( kuin| kenen\b.*)?$"),
    ("wishes", r"\b(onskar|vill( garna)?)\b.*\b(samma grupp|ihop|tillsammans)\b.*\b(som|med)$"),
    ("wishes", r"\b(want|wish|like|prefer) to (be|work) (\w+ )*with$|\bsame group (as|with)$"),
    ("wishes", r"\bke(ne|ide)n kanssa\b|\bmed v(em|ilka)\b.*\bgrupp|\bwho would you like\b"),
    ("wishes", r"^ke(ne|ide)[nt] (halua\w*|toivo\w*|ottaisit) .*\bryhma\w*"),
    ("wishes", r"^ke(ta|ita) (\w+ )?(halua\w*|toivo\w*|ottaisit) (\w+ )?ryhma(\w*si)?$"),
    ("wishes", rf"^(?!how).*\b(halua\w*|toivo\w*) (\w+ )*ryhma\w* {_THESE}$"),
    ("wishes", r"^v(em|ilka) (onskar|vill) du (\w+ )*(i|till) (din|er) grupp$"),
    ("wishes", rf"\b(onskar|vill)( \w+)* {_THESE} i (min|samma) grupp( [0-9])?$"),
    ("wishes", rf"\b(want|wish|like)( \w+)* {_THESE} in my group( [0-9])?$"),
    ("wishes", r"\b(toive\w*|onskemal|wish\w*|prefer\w*)( \w+){0,2} (ryhmakaver|gruppkamrat)"),
    ("wishes", r"\b(preferred|wished|desired) (group ?(mates?|members?)|team ?mates?)$"),
    ("wishes", r"^v(em|ilka) vill du (\w+ )?(vara|hamna|jobba|arbeta|samarbeta)\b.*\bmed$"),
    (
        "wishes",
        r"^(?!how).*\b(whom?|people|anyone|someone)\b.*\b(like|want|wish)\b"
        r".*\bin your (group|team)$",
    ),
    ("wishes", r"^(jag )?onskar vara (\w+ )*med$"),
    ("status", r"^ilmoittautumi\w* (tila|status)|^anmalning\w* status"),
    ("status", rf"^(osallistutko|tuletko|paasetko|oletko tulossa)( (mukaan|{_TO_WHAT}))?$"),
    ("status", rf"^(deltar du|kommer du( att delta)?)( (i|pa) {_TO_WHAT})?$"),
    (
        "status",
        r"^(will|are) you (be )?(attend|coming|participat|join)\w*( (the|this)"
        r" (course|program|group|training|event|meeting|session|mentor|peer|workshop"
        r"|autumn|spring|term|year)\w*)?$",
    ),
    ("cancelled", rf"^(onko |har )?{_CALLED_OFF}( \w+)? {_SIGN_UP}$"),
    ("cancelled", rf"^{_SIGN_UP} (on |ar )?{_CALLED_OFF}$"),
    ("answered", r"^(vastau|lahety|ilmoittautumi|tayto)\w* (aika\w*|paiva\w*|ajankohta)$"),
    ("answered", r"^(tid|datum|tidpunkt) (for|nar) (svar|anmalan)"),
)
_FIELD = (
    r"(ala|ammati|ammatti|opet|varhaiskasv|vaka|esiopet|kasvatus|paivakod|koulu|nykyise|tyo"
    r"|toissa)\w*"
)
_UNIT = (
    r"(paivakoti|koulu|(tyo)?yksikko|tyopaikka|toimipaikka|toimipiste|daghem|skola|enhet"
    r"|arbetsplats|school|unit|workplace|preschool)(si|nne)?"
)
_HEADINGS: tuple[tuple[str, str], ...] = (
    ("years", rf"(tyo)?(kokemus|kokemusta|kokemuksesi) {_FIELD}( \w+)?( v| vuo\w+)?"),
    (
        "years",
        r"(tyo|arbets|work )?(kokemu\w+|erfarenhet|experience)( in| i)?"
        r" (kk|kuukau\w+|man|manader|months|pv|paivi\w+|dagar|days)|months of experience",
    ),
    ("years", r"(kokemus|tyo)vuo(tesi|tenne|det)|alalla (tyo|tyoskentely)vuo(det|sia)"),
    ("years", r"(total )?number of years (in|of) (?!mentor|birth|age).+"),
    ("years", r"(tyo)?kokemu\w* vuo(sia|sina|det|tta)( \w+)?|tyovuotesi"),
    ("years", rf"(tyo|kokemus|opetus|palvelus|tyossaolo)?vuo(det|sia)( {_FIELD}( \w+)?)?"),
    ("years", r"(yrkes|arbets)erfarenhet( ar)?|(arbets)?erfarenhet (inom|i|som|av) (?!mentor).+"),
    ("years", r"(arbetsar|tjanstear|yrkesar|antal (arbets|tjanste)?ar) (inom|i|som) .+"),
    ("years", r"experience in (the field|ecec|early|education|teaching|child)\b.*"),
    ("years", r"((work|teaching) experience|years) (in|of|as) (?!mentor|birth|age).+"),
    ("years", r"work(ing)? years( in .+)?|years working( in .+)?"),
    (
        "municipality",
        r"(tyo|koti|asuin|toimi|paivako|koulu|yksiko|osallistuja|vastaaja|oma|nykyinen)\w*"
        r" (sijainti|tyo|koti|asuin)?(kunta|kaupunki|paikkakunta)(si|nne)?",
    ),
    (
        "municipality",
        r"(arbets|daghem|skola|hem|din|egen|nuvarande|enhet)\w* (hem)?(kommun|ort|stad)(en)?",
    ),
    (
        "municipality",
        r"(work(place|ing)?|home|school|unit|your|current)( s)? (municipality|city|town)"
        r"|(municipality|city|town) of (work|workplace|residence|employment|your \w+)",
    ),
    ("wishes", r"toive(et|esi|eni|eesi|ita)? (ryhma|tiimi)(n )?(kaver|toveri|lais|jase)\w*"),
    ("wishes", r"ryhmatoive(esi|eesi|eni)|(onskade|onskemal om) (grupp|team)(medlem|kamrat)\w*"),
    (
        "wishes",
        r"preferred (group|team) ?(mates?|members?)|(group|team) ?(mate|member)s? wish(es)?",
    ),
    (
        "times",
        r"((sinulle|itsellesi|minulle) )?(parhaiten )?sopiv(a|at|immat)"
        r" (tapaamis|kokoontumis|viikon)?(ajat|aika|ajankohdat|ajankohta|paivat|kellonajat)(si)?",
    ),
    (
        "times",
        r"(passande|lampliga|lediga|mojliga) (motes|traff)?(tider|dagar|tidpunkter|veckodagar)",
    ),
    ("times", r"(suitable|available|preferred|possible) (meeting )?(times|days|time slots|slots)"),
    ("unit", rf"{_UNIT}( (tai |eller |or )?{_UNIT})*( nimi)?"),
    ("unit", r"(koulu|yksiko|tyoyksiko|toimipaika|toimipistee|paivakodi)n nimi"),
    ("unit", r"(daghemmets|enhetens|skolans|arbetsplatsens|forskolans) namn"),
    (
        "unit",
        r"name of (your |the )?(unit|workplace|school|kindergarten|preschool|day ?care( cent\w+)?)",
    ),
    (
        "role",
        r"(roolini|roolisi|rooli|(min |din )?roll|(my |your )?role)"
        r" (ryhmassa(si)?|ohjelmassa|i (gruppen|programmet)|in (the )?(group|program(me)?))",
    ),
    ("email", r"(sahkoposti|e ?mail|e ?post)(osoite|adress|address)? (tyo\w*|work|arbete\w*)"),
)
"""What headings of a few words say, the whole heading each."""


def headed(bare: str) -> str | None:
    """The trait that a heading of a few words tells; None where it tells none."""
    return next((trait for trait, pattern in _headings() if pattern.fullmatch(bare)), None)


@cache
def _headings() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((trait, re.compile(pattern)) for trait, pattern in _HEADINGS)


AT_HOME = re.compile(
    r"\b(koti(?!maa)|asuin|asumis|hem(kommun|ort|stad|vist)|bostad|boende|folkbokfor|home|residen)"
    r"|\b(asut|asuu|asun|bor|live|lives)\b"
)
AT_WORK = re.compile(
    r"\b(tyo|toimi|paivako|koulu|yksik|arbet|jobb|tjanst|anstall|daghem|skol|enhet|work|employ|job"
    r"|school|unit)"
)
"""Where a municipality is somebody's: groups are formed of people at work."""


# Whether something may be shared, or what is wished for, says nothing of the person.
_ANOTHER_MATTER = (
    r"^(saako|saa|voiko|onko|annatko|suostu|haluatko saada|far (vi|man|din)|kan (vi|man)|may we"
    r"|can we|do you (agree|consent|allow))\b|\b(toivo\w*|haluaisit|onskar|skulle vilja"
    r"|would you (like|prefer)|prefer\w*|tapaami\w*|kokoont\w*|traff\w*|meetings?)\b"
)
_NEGATED = re.compile(
    r"\b(ei(vat|ka)?|e[nt] (voi|paase|ole|tule|ehdi|halua|kay|kykene)\w*|ettet|etten|ettei\w*"
    r"|inte|ej|ogarna|not|never|don t|doesn t|won t|can ?t|cannot|without)\b"
)
_UNSUITABLE = re.compile(
    r"\b(mahdoto\w*|mahdottom\w*|sopimatto\w*|esty\w*|este\w*|huono\w*|poissa|varattu\w*|omojlig\w*"
    r"|olamplig\w*|forhindrad\w*|upptagen\w*|borta|dalig\w*|impossible|unsuitable|unavailable|unable"
    r"|busy|bad|worst|away|avoid)\b"
)


def tells_no_time(bare: str) -> bool:
    """Whether a header about times asks for those at which somebody cannot come."""
    return bool(_NEGATED.search(bare) or _UNSUITABLE.search(bare))


_MAY_BE_WISHED = frozenset({"times", "wishes", "avoid", "role", "language"})


def asked_for(bare: str) -> str | None:
    """The trait that a question asks for, or None where it is none that is known."""
    asking = ((trait, pattern.search(bare)) for trait, pattern in _questions())
    found, match = next(((trait, match) for trait, match in asking if match), (None, None))
    if found == "wishes" and match and _NEGATED.search(bare, 0, match.end()):
        return "avoid"
    if found is None or found in _MAY_BE_WISHED:
        return found
    return None if re.search(_ANOTHER_MATTER, bare) else found


@cache
def _questions() -> tuple[tuple[str, re.Pattern[str]], ...]:
    # Compiling takes milliseconds, and most headers are known word for word.
    return tuple((trait, re.compile(pattern)) for trait, pattern in _QUESTIONS)


_SPOKEN: tuple[tuple[Language, str], ...] = (
    (
        "fi",
        r"\b(mi(ka|nka|ssa|sta|hin|lla|tka|loin|ta|na)|kuinka|miten|montako|kene[nt]|vai|tai|olet\w*"
        r"|halua\w*|kokem\w*|tyo\w*|vuo\w*|sahkoposti\w*|nime?si|\w+(nimesi|kotisi|koulusi))\b",
    ),
    ("sv", r"\b(vad|vilke[nt]|vilka|hur|nar|du|din|ditt|eller|med|\w*erfaren\w*|svar|anmalan)\b"),
    ("en", r"\b(what|which|how|when|who|you|your|or|years?|experience\w*)\b"),
)


def language_of_question(bare: str) -> Language | None:
    """The language of a question that is known, by the words that questions are made of."""
    return next((language for language, words in _SPOKEN if re.search(words, bare)), None)
