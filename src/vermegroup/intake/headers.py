"""The words by which a header is recognised: Finnish, Swedish and English."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

WORDS: dict[str, tuple[str, ...]] = {
    "id": (
        *("id", "participant", "participant id", "participant number", "person id", "code"),
        *("respondent id", "response id", "user id", "identifier"),
        *("tunnus", "tunniste", "koodi", "osallistujatunnus", "osallistujan tunnus"),
        *("osallistujanumero", "osallistuja id", "vastaajatunnus", "vastaajan tunnus"),
        *("vastaaja id", "käyttäjätunnus"),
        *("deltagar id", "deltagarid", "deltagarens id", "deltagarnummer", "deltagarkod"),
        *("kod", "beteckning", "respondent", "användar id", "svarsid", "svars id"),
    ),
    "name": (
        *("name", "full name", "participant name"),
        *("nimi", "koko nimi", "osallistujan nimi", "osallistuja"),
        *("namn", "fullständigt namn", "deltagarens namn", "deltagare", "för och efternamn"),
        *("etunimi ja sukunimi", "sukunimi ja etunimi", "first and last name"),
    ),
    "first name": ("first name", "given name", "etunimi", "etunimet", "förnamn"),
    "last name": ("last name", "surname", "family name", "sukunimi", "efternamn"),
    "email": (
        *("email", "e-mail", "email address", "e-mail address", "mail"),
        *("sähköposti", "sähköpostiosoite", "s-posti"),
        *("e-post", "epost", "e-postadress", "epostadress"),
    ),
    "municipality": (
        *("municipality", "home municipality", "work municipality", "municipality of work"),
        *("town", "city", "town or city"),
        *("kunta", "kaupunki", "kotikunta", "työkunta", "työskentelykunta", "paikkakunta"),
        *("työpaikan kunta", "työpaikkakunta", "työpaikan sijaintikunta", "kunta/kaupunki"),
        *("kunta tai kaupunki", "kaupunki tai kunta", "kaupunki/kunta", "osallistujan kunta"),
        *("kommun", "hemkommun", "arbetskommun", "arbetsplatsens kommun", "ort", "stad"),
        *("kommun/stad", "stad/kommun", "kommun eller stad", "deltagarens kommun"),
    ),
    "years": (
        *("years", "experience", "years of experience", "years of work experience"),
        *("experience in years", "experience years", "work experience", "years worked"),
        *("work experience in years", "work experience years", "years in profession"),
        *("years in the profession", "yrs", "years experience"),
        *("vuodet", "vuosia", "vuosina", "kokemus", "kokemusvuodet", "kokemus vuosina"),
        *("kokemus v", "kokemus vuotta", "työkokemus", "työkokemus vuosina", "työkokemus v"),
        *("työkokemus vuotta", "työkokemusvuodet", "työkokemus vuosissa", "työvuodet"),
        *("työvuosia", "vuosia alalla", "vuodet alalla", "alalla vuosia", "kokemusta vuosina"),
        *("työkokemusta vuosina", "työkokemuksen pituus", "työkokemuksen pituus vuosina"),
        *("år", "erfarenhet", "arbetserfarenhet", "erfarenhet i år", "erfarenhet år"),
        *("arbetserfarenhet i år", "arbetserfarenhet år", "antal år", "erfarenhetsår"),
        *("arbetsår", "tjänsteår", "år i yrket", "antal år i yrket", "års erfarenhet"),
        *("antal års erfarenhet", "antal arbetsår", "antal erfarenhetsår"),
    ),
    "organisation": (
        *("organisation", "organization", "employer", "company"),
        *("organisaatio", "työnantaja", "taustaorganisaatio", "työnantajan nimi", "yritys"),
        *("arbetsgivare", "företag"),
    ),
    "theme": (
        *("theme", "topic", "teema", "aihe", "kiinnostava teema", "kiinnostuksen kohde"),
        *("tema", "ämne"),
    ),
    "group": ("group", "ryhmä", "grupp", "vertaisryhmä", "vermeryhmä", "kamratgrupp"),
}


def recognise(header: str) -> str | None:
    """The canonical trait a header stands for, or None."""
    return _traits_by_word().get(plain(header))


def plain(header: str) -> str:
    """A header's letters and digits alone: no case, accents, punctuation or double spaces."""
    bare = (
        mark for mark in unicodedata.normalize("NFKD", header) if not unicodedata.combining(mark)
    )
    return re.sub(r"[\W_]+", " ", "".join(bare).casefold()).strip()


@cache
def _traits_by_word() -> dict[str, str]:
    return {plain(word): trait for trait, words in WORDS.items() for word in words}
