"""Columns with headers for one trait: which of them tells it."""

from __future__ import annotations

import pytest

ANY = "rules:\n  - place_everyone\n"
# A form open to all: its own columns of e-mails and names tell nobody's.
OPEN_FORMS = {
    "fi": (
        "Tunnus;Valmistumisaika;Sähköposti;Nimi;Etunimi;Sukunimi;Sähköpostiosoitteesi",
        "anonyymi",
    ),
    "sv": ("ID;Slutförandetid;E-post;Namn;Förnamn;Efternamn;Din e-postadress", "anonym"),
    "en": (
        "ID;Completion time;Email;Name;First name;Last name;What is your email address?",
        "anonymous",
    ),
}


def _open_form(language: str) -> bytes:
    header, nobody = OPEN_FORMS[language]
    people = (("Aino", "Keksitty"), ("Bo", "Kuviteltu"), ("Cia", "Olematon"), ("Aino", "Keksitty"))
    rows = (
        f"{at};{at}.8.2026 12:00;{nobody};;{first};{last};{first.lower()}@example.org"
        for at, (first, last) in enumerate(people, 1)
    )
    return "\n".join((header, *rows)).encode()


@pytest.mark.parametrize("language", OPEN_FORMS)
def test_what_people_answer_tells_who_they_are_where_the_form_does_not(read, language):
    roster, findings = read(_open_form(language), ANY)
    assert roster.labels.tolist() == ["Bo Kuviteltu", "Cia Olematon", "Aino Keksitty"]
    assert [(aside.row, aside.merged_into) for aside in roster.set_aside] == [(2, 5)]
    told = [str(finding.message) for finding in findings if finding.column]
    assert told == [
        "No cell of this column is an e-mail address, so it is not read as e-mail addresses"
    ]


@pytest.mark.parametrize(
    ("text", "trait", "header"),
    [
        ("id;Kotikunta;Työkunta\n1;;Oulu\n2;;Salo\n", "municipality", "Työkunta"),
        ("id;kommun;hemkommun\n1;Vasa;\n2;Åbo;\n", "municipality", "kommun"),
        ("id;city (billing);city\n1;Oulu;Salo\n2;Salo;Oulu\n", "municipality", "city"),
    ],
)
def test_a_blank_column_and_one_told_less_clearly_yield(read, text, trait, header):
    roster, _ = read(text.encode(), f"rules:\n  - different: {trait}\n")
    assert roster.categories[trait].header == header


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("Nro;Tunnus;Nimi\n1;A7;Aino\n2;B8;Bo\n", ["A7", "B8"]),
        ("Nro;Nimi\n1;Aino\n2;Bo\n", ["1", "2"]),
        ("nr;record_id\n1;77\n2;78\n", ["77", "78"]),
    ],
)
def test_running_numbers_are_ids_where_nothing_else_is(read, text, ids):
    assert read(text.encode(), ANY)[0].ids.tolist() == ids


def test_numbers_that_begin_anew_in_every_group_are_no_ids(read):
    roster, _ = read(b"Nro;Nimi\n1;Aino\n2;Bo\n1;Cia\n2;Dan\n", ANY)
    assert roster.labels.tolist() == ["Aino", "Bo", "Cia", "Dan"]
    assert not {"1", "2"} & set(roster.ids.tolist())


def test_the_name_that_somebody_goes_by_is_taken(read):
    text = "id;Etunimet;Kutsumanimi;Sukunimi\n1;Aino Maria;Maria;Keksitty\n2;Bo;Bo;Kuviteltu\n"
    assert read(text.encode(), ANY)[0].labels.tolist() == ["Maria Keksitty", "Bo Kuviteltu"]


def test_two_columns_that_are_as_good_as_each_other_ask_for_a_choice(read):
    text = "id;Sähköposti;Työsähköposti\n1;a@example.org;b@example.org\n"
    _, findings = read(text.encode(), ANY)
    [finding] = findings
    assert "“Sähköposti” and “Työsähköposti”" in str(finding.message)


@pytest.mark.parametrize(
    ("header", "emails", "known"),
    [
        ("Yhteystieto", ["a@example.org", "b@example.org", "c@example.org"], True),
        ("Contact", ["a@example.org", "", "C@example.org"], True),
        ("Kontakt", ["", "b@mail.example.org", "c@example.org"], True),
        ("Contact", ["a@example.org", "040 123", "c@example.org"], False),  # something else, too
        ("Contact", ["a@example.org", "a@example.org", "c@example.org"], False),  # of an office?
        ("Esihenkilö", ["a@example.org", "b@example.org", "c@example.org"], False),
    ],
)
def test_addresses_under_another_header_are_e_mails_where_they_are_each_ones_own(
    read, header, emails, known
):
    rows = [f"{email};Aino {letter}" for email, letter in zip(emails, "ABC", strict=True)]
    data = "\n".join((f"{header};Vem är du", *rows)).encode()
    roster, findings = read(data, ANY)
    assert any("so it is read as e-mail" in str(each.message) for each in findings) == known
    assert roster.labels.tolist() == ["Aino A", "Aino B", "Aino C"]


@pytest.mark.parametrize("user", ["Käyttäjätunnus", "User ID", "Användar-id"])
def test_an_id_goes_before_a_user_name_unless_it_repeats(read, refused, user):
    roster, _ = read(f"{user};Tunnus;Nimi\nb;1;Bo\na;2;Aino\n".encode(), ANY)
    assert sorted(roster.ids.tolist()) == ["1", "2"]
    [found] = refused(f"{user};Tunnus;Nimi\nb;1;Bo\na;1;Aino\n".encode(), ANY)
    assert "Several columns" in str(found.message)
    roster, _ = read(f"{user};Nimi\nb;Bo\na;Aino\n".encode(), ANY)
    assert sorted(roster.ids.tolist()) == ["a", "b"]
