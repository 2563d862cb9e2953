"""Where the header is, and that nobody is taken for a part of it."""

from __future__ import annotations

import pytest

from vermegroup.intake.headers.locate import header_among


def rows(*lines: str) -> list[list[str]]:
    return [line.split(";") for line in lines]


@pytest.mark.parametrize(
    ("lines", "first", "last"),
    [
        (["Tunnus;Kunta;Vuodet", "a;Salo;1"], 0, 0),
        (["", "Kevät", "Tunnus;Kunta;Vuodet", "a;Salo;1"], 2, 2),
        (["Tapahtuma;Verme;;", "Kunta;Salo;;", "Tunnus;Kunta;Vuodet;x", "a;Salo;1;"], 2, 2),
        (["Osallistujat;;", "Tunnus;Kunta;Vuodet", "a;Salo;1"], 1, 1),
        (["Tilaaja;Kangasala;", "Tunnus;Kunta;Vuodet", "a;Salo;1"], 1, 1),
        (["Toive;Teema", "a;b"], 0, 0),
        (["Otsikko;;", "", "Toive;Teema;Muu", "a;b;c"], 2, 2),
        (["Varaajan nimi;;", ";Tunnus;Kunta", "x;a;Salo"], 1, 1),
        (["Varaajan nimi;Tilaus;;", ";;Tunnus;Kunta", "x;y;a;Salo"], 0, 1),
        (["Varaajan nimi;Varaajan puhelin", "Tunnus;Kunta", "a;Salo"], 0, 1),
    ],
)
def test_the_header_is_where_known_words_and_the_shape_of_the_table_speak(lines, first, last):
    header = header_among(rows(*lines))
    assert (header.first, header.last) == (first, last)


def test_a_participant_is_no_second_half_of_the_header():
    header = header_among(
        rows(
            "Nimi;Kunta;Tila;Rooli;Kokemus",
            "Aino Keksitty;Salo;Tila;Osallistuja;uusi",
            "Eino Keksitty;Pori;Ilmoittautunut;Osallistuja;kokenut",
        )
    )
    assert (header.first, header.last) == (0, 0)


def test_what_a_column_repeats_is_no_header():
    people = [f"{name};Osallistuja;Kunta" for name in "abc"]
    assert header_among(rows("Toive;Teema;Muu", *people)).first == 0


def test_the_header_of_a_second_export_below_does_not_hide_the_first():
    header = header_among(rows("id;kunta;vuodet", "a;Salo;1", "id;kunta;vuodet", "b;Salo;2"))
    assert header.last == 0


def test_the_attendees_own_column_wins_where_both_have_the_same_name():
    header = header_among(rows("Nimi;Puhelin;;;", ";;Tunnus;Nimi;Kunta", "x;1;a;y;Salo"))
    assert header.spoken == ("", "Puhelin", "Tunnus", "Nimi", "Kunta")
    assert header.names == ("Nimi", "Puhelin", "Tunnus", "Nimi (2)", "Kunta")


def test_a_heading_counts_for_all_columns_below_it():
    header = header_among(rows("Ilmoittaja;;Osallistuja;", "Nimi;Puhelin;Nimi;Kunta", "x;1;y;Salo"))
    assert header.names == (
        *("Ilmoittaja / Nimi", "Ilmoittaja / Puhelin"),
        *("Osallistuja / Nimi", "Osallistuja / Kunta"),
    )
    assert header.spoken == ("Ilmoittaja / Nimi", "Ilmoittaja / Puhelin", "Nimi", "Kunta")


def test_what_stands_around_the_table_is_told_with_its_row(read):
    header = "Ilmoittaja;Osallistuja;;\nPuhelin;Tunnus;Kunta;Vuodet\n"
    data = f"Kevät\n\n{header}1;a;Salo;1\n;;;\n2;b;Pori;2\n"
    places = [(finding.row, finding.value) for finding in read(data.encode())[1]]
    assert places == [(1, "Kevät"), (3, None), (6, None)]
