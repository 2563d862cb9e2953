"""Municipalities: every name of the register, every way of writing it, and no other."""

from __future__ import annotations

import random
import unicodedata

import pytest

from vermegroup.domain.findings import Severity
from vermegroup.intake.municipalities import municipalities
from vermegroup.intake.municipalities.gazetteer import (
    SWEDISH_NAMES_OF_FORMER,
    genitive_names,
    genitives,
    key,
    named,
    names,
    today,
)
from vermegroup.intake.municipalities.misspellings import guess

EVERY = [
    (name.strip(), place)
    for place in municipalities()
    for name in sorted(
        {place.name_fi, place.name_sv, SWEDISH_NAMES_OF_FORMER.get(place.name_fi, "")}
    )
    if name
]


@pytest.mark.parametrize(
    "written",
    [
        str,
        str.upper,
        str.lower,
        lambda name: unicodedata.normalize("NFD", name),
        lambda name: unicodedata.normalize("NFD", name.upper()),
        lambda name: f"  {name} ",
        lambda name: name.replace("-", " "),
        lambda name: f"{name} kunta",
        lambda name: f"{name} stad",
        lambda name: f"{name} kommun",
    ],
)
def test_every_name_leads_to_its_municipality_or_its_successor(written):
    assert len({place.code for _, place in EVERY}) == 309 + 113
    for name, place in EVERY:
        assert today(named(written(name))).code == today(place).code


def test_every_code_is_known_with_and_without_leading_zeros():
    for place in municipalities():
        for code in (place.code, str(int(place.code))):
            assert named(code).code == place.code


@pytest.mark.parametrize(
    ("short", "name"),
    [
        *(("Hki", "Helsinki"), ("TRE", "Tampere"), ("Tku", "Turku"), ("jkl", "Jyväskylä")),
        *(("Lpr", "Lappeenranta"), ("Rvn.", "Rovaniemi"), ("Hml", "Hämeenlinna")),
        *(("H:linna", "Hämeenlinna"), ("J:kylä", "Jyväskylä"), ("S:joki", "Seinäjoki")),
        *(("H:fors", "Helsinki"), ("J:stad", "Pietarsaari"), ("Hki/Helsingfors", "Helsinki")),
    ],
)
def test_what_people_write_for_short_is_known(short, name):
    assert named(short).name_fi == name


def test_a_few_letters_are_no_slip_for_the_shortest_name():
    assert not guess("Xyz").near
    assert not guess("Hkk").near
    assert [place.name_fi for place in guess("Iii").near] == ["Ii"]


def test_no_form_of_a_name_is_a_form_of_another():
    seen: dict[str, str] = {}
    for name, place in EVERY:
        assert seen.setdefault(key(name), today(place).code) == today(place).code
    for form, place in genitive_names().items():
        assert form not in names() or today(names()[form]).code == today(place).code


@pytest.mark.parametrize(
    ("name", "genitive"),
    [
        *(("Kangasala", "Kangasalan"), ("Helsinki", "Helsingin"), ("Turku", "Turun")),
        *(("Tampere", "Tampereen"), ("Lahti", "Lahden"), ("Hanko", "Hangon")),
        *(("Raahe", "Raahen"), ("Kitee", "Kiteen"), ("Lieto", "Liedon"), ("Ii", "Iin")),
        *(("Kauniainen", "Kauniaisten"), ("Uusikaupunki", "Uudenkaupungin")),
        *(("Alavus", "Alavuden"), ("Nurmes", "Nurmeksen"), ("Varkaus", "Varkauden")),
        *(("Kokemäki", "Kokemäen"), ("Ylöjärvi", "Ylöjärven"), ("Seinäjoki", "Seinäjoen")),
        *(("Kirkkonummi", "Kirkkonummen"), ("Toholampi", "Toholammin"), ("Vihti", "Vihdin")),
        *(("Lappeenranta", "Lappeenrannan"), ("Outokumpu", "Outokummun"), ("Loppi", "Lopen")),
        *(("Pomarkku", "Pomarkun"), ("Pihtipudas", "Pihtiputaan"), ("Isokyrö", "Isonkyrön")),
        *(("Harjavalta", "Harjavallan"), ("Vesanto", "Vesannon"), ("Luoto", "Luodon")),
    ],
)
def test_genitives_are_those_that_people_write(name, genitive):
    assert genitive.casefold() in {form.casefold() for form in genitives(name)}
    assert named(f"{genitive} kaupunki").name_fi == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Kangasala kommun", "Kangasala"),
        ("Kyrkslätts kommun", "Kirkkonummi"),
        ("City of Espoo", "Espoo"),
        ("Staden Jakobstad", "Pietarsaari"),
        ("Turku/Åbo", "Turku"),
        ("Åbo (Turku)", "Turku"),
        ("Vaasa - Vasa", "Vaasa"),
        ("091 Helsinki", "Helsinki"),
        ("Tampere (837)", "Tampere"),
        ("Espoo, Leppävaara", "Espoo"),
        ("Salla (Lappi)", "Salla"),
        ("S:t Karins", "Kaarina"),
        ("Sankt Karins", "Kaarina"),
        ("Parainen", "Parainen"),
        ("Pargas", "Parainen"),
        ("Jyväskylän maalaiskunta", "Jyväskylän mlk"),
        ("Ekenäs", "Tammisaari"),
        ("Salo / Pori", None),
        ("Kemi/Tornio", None),
        ("Tukholma", None),
        ("999", None),
        ("", None),
    ],
)
def test_texts_name_one_municipality_or_none(text, name):
    place = named(text)
    assert (place and place.name_fi) == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Jyväskyla", "Jyväskylä"),
        ("Jyvaskyla", "Jyväskylä"),
        ("Abo", "Turku"),
        ("Tamperre", "Tampere"),
        ("Rovaneimi", "Rovaniemi"),
        ("Helsingfross", "Helsinki"),
        ("Kangasallan kaupunki", "Kangasala"),
        ("Hämmeenlina", "Hämeenlinna"),
        *((town, None) for town in ("Paris", "Oslo", "Luleå", "Umeå", "Tartu", "Berliini")),
        *(
            (town, None)
            for town in ("Haaparanta", "Riika", "Narva", "Viipuri", "Moskova", "Bergen", "X")
        ),
        *((text, None) for text in ("Iij", "Lemo i", "ei tiedossa", "x" * 10_000)),
    ],
)
def test_a_misspelling_is_repaired_where_only_one_name_is_near(text, name):
    place = guess(text).place
    assert (place and place.name_fi) == name


def test_what_could_be_two_is_neither_and_both_are_told():
    found = guess("Lemj")
    assert found.place is None
    assert {"Lemi", "Masku"} <= {place.name_fi for place in found.near}


def misspelt(name: str, rng: random.Random) -> str:
    """The name with one letter left out, added, exchanged, or swapped with the next."""
    letters = "abcdefghijklmnopqrstuvwxyzåäö"
    place = rng.randrange(len(name))
    before, here, after = name[:place], name[place], name[place + 1 :]
    return rng.choice(
        [
            before + after,
            before + rng.choice(letters) + here + after,
            before + rng.choice(letters) + after,
            before + after[:1] + here + after[1:],
        ]
    )


@pytest.mark.parametrize("seed", range(3))
def test_no_one_letter_misspelling_becomes_another_municipality(seed, record_property):
    """Of every name three, drawn alike in every run."""
    rng = random.Random(seed)
    tried: list[bool] = []
    for name, place in 3 * EVERY:
        text = misspelt(name, rng)
        if key(text) in names():  # it has become a name in its own right
            continue
        found = named(text) or guess(text).place
        assert found is None or today(found).code == today(place).code, (name, text)
        tried.append(found is not None)
    share = sum(tried) / len(tried)
    record_property("share_repaired", share)
    assert share > 0.9


HEAD = "Tunnus;Kunta;Vuodet\n"


def roster_of(read, *cells: str, rules: str = "rules:\n  - different: municipality\n"):
    rows = "".join(f"p{row};{cell};1\n" for row, cell in enumerate(cells))
    return read((HEAD + rows).encode(), rules)


def values(roster, trait: str = "municipality") -> list[str]:
    category = roster.categories[trait]
    return [category.values[code] for code in category.codes]


def test_all_spellings_of_one_are_one_and_each_is_told(read):
    cells = ("Turku", "Åbo", "turku", "853", "Turun kaupunki", "Turkku", "Turku", "Kuusankoski")
    roster, findings = roster_of(read, *cells, "Pori", "Salo", "Lahti", "Espoo", "Vantaa")
    assert values(roster)[:8] == ["Turku"] * 7 + ["Kouvola"]
    by_text = {finding.value: finding for finding in findings}
    assert set(by_text) == {"Åbo", "turku", "853", "Turun kaupunki", "Turkku", "Kuusankoski"}
    assert "misspelling" in by_text["Turkku"].message.in_("en")
    assert "part of Kouvola today" in by_text["Kuusankoski"].message.in_("en")
    assert {finding.severity for finding in findings} == {Severity.NOTICE}


@pytest.mark.parametrize(
    ("cells", "names"),
    [
        (("Åbo", "Esbo", "Vasa", "Tampere", "837"), ["Åbo", "Esbo", "Vasa", "Tampere", "Tampere"]),
        (("Åbo", "Esbo stad", "Vasa", "Helsinki"), ["Åbo", "Esbo", "Vasa", "Helsinki"]),
        (("Turku", "Espoon kaupunki", "Vasa"), ["Turku", "Espoo", "Vasa"]),
        (("Åbo", "Esbo", "Hki"), ["Åbo", "Esbo", "Helsingfors"]),
        (("Turku", "Espoo", "Hfors"), ["Turku", "Espoo", "Helsinki"]),
        (("091", "049", "Pori"), ["Helsinki", "Espoo", "Pori"]),
    ],
)
def test_a_municipality_is_called_as_the_roster_calls_it(read, cells, names):
    assert values(roster_of(read, *cells)[0]) == names


@pytest.mark.parametrize(("header", "name"), [("kunta", "Espoo"), ("kommun", "Esbo")])
def test_codes_alone_are_named_in_the_language_of_the_header(read, header, name):
    roster, _ = read(f"id;{header};vuodet\n1;049;1\n2;091;20\n3;837;3\n".encode())
    assert roster.categories["municipality"].values[:1] == (name,)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        *((text, "Helsinki") for text in ("H:ki", "Hgin kaupunki", "H:gin kaupunki", "Hfors stad")),
        *((text, "Helsinki") for text in ("Helsingin kaupungin varhaiskasvatus", "Hki, Kallio")),
        *((text, "Tampere") for text in ("T:re", "Tampereen kaupunki / kasvatus", "Tre kaup.")),
        *((text, "Espoo") for text in ("Espoo, Finland", "Suomi / Espoo", "Esbo stads skolor")),
        *((text, "Turku") for text in ("T:ku", "Kasvatus / Turun kaupunki", "Turku Finland")),
        *((text, None) for text in ("Espoo / Vantaa", "Stockholm, Sverige", "Finland", "X:ki")),
        *((text, None) for text in ("Turun kaupunki / Oulun kaupunki", "Kaupungin koulu")),
    ],
)  # fmt: skip
def test_a_town_is_known_by_what_is_short_for_it_and_beside_its_country_or_office(text, name):
    place = named(text)
    assert (place and place.name_fi) == name


def test_an_unknown_place_stays_and_is_warned_of(read):
    roster, findings = roster_of(read, "Tukholma", "Pori", "Salo", "tukholma")
    assert values(roster) == ["Tukholma", "Pori", "Salo", "Tukholma"]
    assert [(each.row, each.severity) for each in findings] == [
        (2, Severity.WARNING),
        (5, Severity.WARNING),
    ]


def test_a_former_municipality_without_a_known_successor_is_asked_about(read):
    roster, [finding] = roster_of(read, "Pertunmaa", "Pori")
    assert values(roster) == ["Pertunmaa", "Pori"]
    assert finding.severity is Severity.WARNING
    assert finding.hint is not None


def test_a_former_municipality_called_as_a_region_is_warned_of(read):
    roster, [finding] = roster_of(read, "Lappi", "Pori")
    assert values(roster)[0] == "Rauma"
    assert finding.severity is Severity.WARNING


def test_places_of_another_country_are_taken_as_written_with_one_notice(read):
    towns = [f"{name} County" for name in ("Adams", "Bond", "Cass", "Clark", "Lake", "Salo")]
    roster, [finding, spelling] = roster_of(read, *towns, "adams county", "91", "Åbo")
    assert values(roster) == [*towns, towns[0], "91", "Åbo"]
    assert "taken as they are written" in str(finding.message)
    assert spelling.value == "adams county"


def test_the_register_gives_region_and_language_where_no_column_does(read):
    rules = "rules:\n  - different: region\n  - different: municipality_language\n"
    roster, _ = roster_of(read, "Åbo", "Rovaniemi", "Pietarsaari", "Närpiö", rules=rules)
    assert values(roster, "region") == ["Varsinais-Suomi", "Lappi", "Pohjanmaa", "Pohjanmaa"]
    assert values(roster, "municipality_language") == ["fi-sv", "fi", "sv-fi", "sv-fi"]


def test_a_column_goes_before_the_register(read):
    data = "Tunnus;Kunta;Maakunta\na;Salo;Itä\nb;Pori;Itä\n"
    roster, _ = read(data.encode(), "rules:\n  - different: region\n")
    assert roster.categories["region"].values == ("Itä",)


def test_a_place_that_the_register_does_not_know_has_no_region(refused):
    data = HEAD + "a;Salo;1\nb;Tukholma;1\n"
    [finding] = refused(data.encode(), "rules:\n  - different: region\n")
    assert (finding.row, finding.value) == (3, "Tukholma")


def test_other_categories_merge_what_differs_in_case_and_say_so(read):
    data = "Tunnus;Ammatti\na;Opettaja\nb;opettaja\nc;Opettaja\nd;Johtaja\n"
    roster, [finding] = read(data.encode(), "rules:\n  - different: profession\n")
    assert roster.categories["profession"].values == ("Johtaja", "Opettaja")
    assert (finding.row, finding.value) == (3, "opettaja")
