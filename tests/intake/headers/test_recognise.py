"""Headers as people and survey tools write them."""

from __future__ import annotations

import pytest

from vermegroup.intake.headers.recognise import header_score, recognise


@pytest.mark.parametrize(
    ("header", "trait"),
    [
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
        ("Kenen kanssa haluaisit samaan ryhmään?", "wishes"),
        ("Ilmoittautumisen tila", "status"),
        ("Anmälningsstatus", "status"),
        ("Aikaleima", "answered"),
        ("Completion time", "answered"),
        ("Tidsstämpel", "answered"),
        ("Vertaisryhmä", "group"),
    ],
)
def test_questions_and_other_traits_are_recognised(header, trait):
    assert recognise(header) == trait


@pytest.mark.parametrize(
    "header",
    [
        "Missä kunnassa toivot tapaamisten olevan?",
        "Saako sähköpostiosoitteesi jakaa ryhmälle?",
        "Tilaajan nimi",
        "Ilmoittajan sähköposti",
        "Esihenkilön nimi",
        "Kuinka vanha olet?",
        "Montako kertaa haluaisit tavata?",
        "Lisätietoja",
        "x" * 10_000,
    ],
)
def test_what_asks_for_something_else_is_no_trait(header):
    assert recognise(header) is None


def test_a_row_of_headers_scores_and_a_title_does_not():
    assert header_score(("Tunnus", "Kunta", "Vuodet", "Lempiväri", "")) == 3
    assert header_score(("Kansallinen etävertaismentorointi – ilmoittautuneet 2023", "")) == 0
