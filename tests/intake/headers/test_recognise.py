"""Headers as people and survey tools write them."""

from __future__ import annotations

import pytest

from vermegroup.intake.headers.recognise import header_score, language_of, plain, recognise
from vermegroup.intake.headers.vocabulary import WORDS, language_by_word


@pytest.mark.parametrize(
    ("header", "trait"),
    [
        ("What is your full name?", "name"),
        ("What's your full name?", "name"),
        ("Please enter your full name", "name"),
        ("Name and surname", "name"),
        ("Koko nimesi", "name"),
        ("Mikä on koko nimesi?", "name"),
        ("Vad är ditt fullständiga namn?", "name"),
        ("Finns det någon du inte vill vara i grupp med?", "avoid"),
        ("Vem vill du inte vara med?", "avoid"),
        ("Onko joku, jonka kanssa et halua ryhmään?", "avoid"),
        ("Is there anybody you'd prefer not to work with?", "avoid"),
        ("Kenet haluaisit ryhmääsi?", "wishes"),
        ("Önskemål om gruppkamrat", "wishes"),
        ("Toiveesi ryhmäkavereista", "wishes"),
        ("Preferred group mates", "wishes"),
        ("Önskar vara med", "wishes"),
        ("Keitä et halua ryhmääsi?", "avoid"),
        ("Preferred group mate", "wishes"),
        ("Missä kunnassa työskentelet?", "municipality"),
        ("3. Missä kunnassa työskentelet? *", "municipality"),
        ("I vilken kommun arbetar du?", "municipality"),
        ("In which municipality do you work?", "municipality"),
        ("Kuntasi", "municipality"),
        ("Kunta (pakollinen)", "municipality"),
        ("Kuinka monta vuotta olet työskennellyt varhaiskasvatuksessa?", "years"),
        ("Kuinka kauan olet ollut alalla?", "years"),
        ("Hur många år har du arbetat inom småbarnspedagogiken?", "years"),
        ("How many years have you worked in ECEC?", "years"),
        ("Työkokemuksesi varhaiskasvatuksessa (vuosina)", "years"),
        ("Milloin aloitit työt varhaiskasvatuksessa?", "years"),
        ("Kokemus (uusi/kokenut)", "experience"),
        ("Oletko uusi vai kokenut?", "experience"),
        ("Ny eller erfaren", "experience"),
        ("Osallistujan sähköposti", "email"),
        ("Sähköpostiosoitteesi", "email"),
        ("Etunimi", "first name"),
        ("Sukunimi", "last name"),
        ("Mikä on ammattinimikkeesi?", "profession"),
        ("Vad arbetar du som?", "profession"),
        ("Päiväkoti", "unit"),
        ("Arbetsenhet", "unit"),
        ("Työnantaja", "organisation"),
        ("Maakunta", "region"),
        ("Äidinkieli", "language"),
        ("Haluatko toimia mentorina vai aktorina?", "role"),
        ("Mentori/aktori", "role"),
        ("Mitkä ajat sinulle sopivat?", "times"),
        ("Vilka tider passar dig?", "times"),
        ("Mitkä ajat sopivat? (ei pakollinen)", "times"),
        ("Kenen kanssa haluaisit samaan ryhmään?", "wishes"),
        ("Kenen kanssa haluaisit samaan ryhmään? (ei pakollinen)", "wishes"),
        ("Who would you like to be with? Not everyone can be promised it", "wishes"),
        ("Toivon etten joudu samaan ryhmään", "avoid"),
        ("Toivon, ettei samassa ryhmässä ole", "avoid"),
        ("I would rather not be with", "avoid"),
        ("Not in the same group as", "avoid"),
        ("Vill inte vara med", "avoid"),
        ("Med vem vill du inte vara i grupp?", "avoid"),
        ("Ilmoittautumisen tila", "status"),
        ("Anmälningsstatus", "status"),
        ("Aikaleima", "answered"),
        ("Completion time", "answered"),
        ("Tidsstämpel", "answered"),
        ("Vertaisryhmä", "group"),
        ("studentId", "id"),
        ("record_id", "id"),
        ("ResponseId", "id"),
        ("Vastaajan nro", "id"),
        ("ID-numero", "id"),
        ("Respondentnummer", "id"),
        ("UIN", "id"),
        ("lastName", "last name"),
        ("RecipientFirstName", "first name"),
        ("preferredName", "first name"),
        ("emailAddress", "email"),
        ("Email ID", "email"),
        ("E-post (arbete)", "email"),
        ("Student", "name"),
        ("Työpaikkasi kunta", "municipality"),
        ("Nykyinen työkuntasi", "municipality"),
        ("Kunta (työ)", "municipality"),
        ("Arbetsplatsens ort", "municipality"),
        ("workMunicipality", "municipality"),
        ("City of work", "municipality"),
        ("Työvuodet varhaiskasvatuksessa", "years"),
        ("Työkokemus varhaiskasvatuksessa (v)", "years"),
        ("Kokemus alalta (v)", "years"),
        ("Vuosia opettajana", "years"),
        ("yearsOfExperience", "years"),
        ("Arbetserfarenhet inom småbarnspedagogik", "years"),
        ("Antal år inom småbarnspedagogiken", "years"),
        ("Experience (yrs)", "years"),
        ("Oppilaitos", "organisation"),
        ("Läroanstalt", "organisation"),
        ("Tidstämpel", "answered"),
        ("Slutförandetid", "answered"),
        ("Tallennusaika", "answered"),
        ("RecordedDate", "answered"),
        ("Kirjoita nimesi", "name"),
        ("Etunimesi ja sukunimesi", "name"),
        ("Vilken är din e-postadress?", "email"),
        ("Select your municipality", "municipality"),
        ("Päiväkotisi nimi", "unit"),
        ("What is your role?", "role"),
        ("Hur lång arbetserfarenhet har du?", "years"),
        ("När har du möjlighet att delta?", "times"),
        ("Sinulle sopivat ajankohdat", "times"),
        ("Vem vill du vara i grupp med?", "wishes"),
        ("Whom would you like to have in your group?", "wishes"),
        ("Vem vill du helst slippa?", "avoid"),
        ("Toiveet: ei näiden kanssa", "avoid"),
        ("Henkilöt, joita haluat välttää", "avoid"),
        ("Status för anmälan", "status"),
        ("Opiskelijanro", "id"),
        ("Matr.nr", "id"),
    ],
)
def test_questions_and_other_traits_are_recognised(header, trait):
    assert recognise(header) == trait


@pytest.mark.parametrize(
    "header",
    [
        "Missä kunnassa toivot tapaamisten olevan?",
        "Saako sähköpostiosoitteesi jakaa ryhmälle?",
        "Which times do NOT suit you?",
        "When are you not available?",
        "Which times are impossible for you?",
        "Mitkä ajat eivät sovi?",
        "Milloin et pääse tapaamisiin (ajat)?",
        "Vapaat ajat (rasti, jos ei sovi)",
        "Vilka tider passar inte?",
        "När kan du inte?",
        "Tilaajan nimi",
        "Ilmoittajan sähköposti",
        "Esihenkilön nimi",
        "Kuinka vanha olet?",
        "Montako kertaa haluaisit tavata?",
        "Lisätietoja",
        "managerName",
        "supervisorEmail",
        "Nimi (huoltaja)",
        "Sähköposti (esihenkilö)",
        "Ryhmä (toive)",
        "Kokemus mentoroinnista",
        "Erfarenhet av mentorskap",
        "Years of age",
        "Valitse ryhmä",
        "Anna koodi",
        "Kirjoita esihenkilösi nimi",
        "What is your relation to the school?",
        "How many people would you like in your group?",
        "Mihin aikaan työpäiväsi alkaa?",
        "Sopiva tapaamispaikka",
        "Vilka vill du åka med?",
        "Kan du inte vara med?",
        "Toiveet ryhmän sisällöstä",
        "Team",
        "x" * 10_000,
    ],
)
def test_what_asks_for_something_else_is_no_trait(header):
    assert recognise(header) is None


def test_a_row_of_headers_scores_and_a_title_does_not():
    assert header_score(("Tunnus", "Kunta", "Vuodet", "Lempiväri", "")) == 3
    assert header_score(("Kansallinen etävertaismentorointi – ilmoittautuneet 2023", "")) == 0


@pytest.mark.parametrize(
    ("headers", "language"),
    [
        (("Kunta",), "fi"),
        (("Kommun", "Lempiväri"), "sv"),
        (("municipality",), "en"),
        (("Kunta (pakollinen)", "Id", "Email", "Status"), "fi"),
        (("Kuinka kauan olet ollut alalla?", "2. Kuntasi"), "fi"),
        (("Hur många år har du arbetat?", "id"), "sv"),
        (("Kunta", "Vuodet", "group", "permanent_group", "absent", "withdrawn"), "fi"),
        (("id", "Grupp"), "sv"),
        (("Kunta", "Kommun"), "en"),
        (("Lempiväri", "Huomio"), "en"),
        ((), "en"),
    ],
)
def test_most_of_the_headers_tell_their_language(headers, language):
    assert language_of(headers) == language


def test_a_word_tells_one_language_however_it_is_spelled():
    told: dict[str, str] = {}
    for word, language in language_by_word().items():
        assert told.setdefault(plain(word), language) == language


def test_what_is_neither_ours_nor_of_several_languages_tells_its_own():
    silent = {word for words in WORDS.values() for word in words if word not in language_by_word()}
    assert silent == {
        *("id", "respondent", "email", "e-mail", "mail", "organisation", "region", "status"),
        *("group", "withdrawn"),
    }


@pytest.mark.parametrize(
    ("trait", "header"),
    [
        *(("wishes", each) for each in ("Kenen kanssa haluaisin", "Haluan samaan ryhmään kuin")),
        *(("wishes", each) for each in ("Önskar samma grupp som", "Vill gärna vara ihop med")),
        *(("wishes", each) for each in ("I would like to be with", "Same group as", "Group with")),
        *(("avoid", each) for each in ("En halua samaan ryhmään", "Vältettävät", "Ketä vältät?")),
        *(("avoid", each) for each in ("Vill inte vara i samma grupp som", "Vem vill du undvika?")),
        *(("avoid", each) for each in ("Do not group with", "Who would you rather not be with?")),
        *((None, each) for each in ("Mitä et halua ryhmältä?", "En kuulu ryhmään", "Vill inte")),
    ],
)  # fmt: skip
def test_whom_people_wish_for_and_whom_they_avoid(trait: str | None, header: str) -> None:
    assert recognise(header) == trait


@pytest.mark.parametrize(
    ("header", "trait"),
    [
        ("Ketä toivot ryhmääsi?", "wishes"),
        ("Haluaisin ryhmään nämä henkilöt (2)", "wishes"),
        ("Vem önskar du till din grupp?", "wishes"),
        ("I would like these people in my group (1)", "wishes"),
        ("En haluaisi ryhmään näitä henkilöitä", "avoid"),
        ("Jag vill inte ha dessa personer i min grupp", "avoid"),
        ("Mitä toivot ryhmältäsi?", None),
        ("Mitä aiheita toivot ryhmääsi?", None),
        ("Haluaisin ryhmään ohjaajan", None),
    ],
)
def test_whom_somebody_wants_in_the_group_is_a_wish(header: str, trait: str | None) -> None:
    assert recognise(header) == trait
