from __future__ import annotations

import pytest

from vermegroup.domain.findings import Severity
from vermegroup.intake.cells import split_values
from vermegroup.intake.people.called import Called
from vermegroup.intake.traits.value_sets import (
    Commas,
    links_from,
    looks_like_sets,
    read_cells,
    sets_from,
)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("ma 17; ti 18", ("ma 17", "ti 18")),
        ("ma 17, ti 18", ("ma 17", "ti 18")),
        ("ma 17 / ti 18", ("ma 17", "ti 18")),
        ("ma 17\nti 18", ("ma 17", "ti 18")),
        ("ma 17;ti 18;", ("ma 17", "ti 18")),
        ("ma 17, 18; ti 9", ("ma 17, 18", "ti 9")),
        ("ma 17,30, ti 18", ("ma 17,30", "ti 18")),
        ("24/12", ("24/12",)),
        ("  ", ()),
        ("-", ()),
        ("ma 17", ("ma 17",)),
    ],
)
def test_a_cell_is_split_by_the_strongest_mark_in_it(text: str, values: tuple[str, ...]) -> None:
    assert split_values(text) == values


def test_spellings_of_one_value_merge_under_the_one_most_used() -> None:
    found = sets_from(["Ma 17; ti 18", "ma17", "Ma 17,TI 18", ""], "Vapaat")
    assert found.values == ("Ma 17", "ti 18")
    assert found.member.tolist() == [[True, True], [True, False], [True, True], [False, False]]
    assert found.header == "Vapaat"


def test_wishes_name_people_by_their_ids() -> None:
    found = links_from(
        ["b; c", "A, x/y", "c; a; A", "d"], Called.of(["a", "B", "c", "x/y"]), "Toiveet"
    )
    assert found.pairs.tolist() == [[0, 1], [0, 2], [1, 0], [1, 3], [2, 0]]
    assert found.unknown == ("d",)


@pytest.mark.parametrize(
    ("texts", "several"),
    [
        (["fi; sv", "en"], True),
        (["fi, sv", "sv", "fi"], True),
        (["fi/sv", "sv/fi"], True),
        (["Arts, crafts", "Sports"], False),
        (["math", "art"], False),
        ([], False),
    ],
)
def test_commas_separate_values_only_where_the_parts_stand_elsewhere(
    texts: list[str], several: bool
) -> None:
    assert looks_like_sets(texts) == several


def test_traits_taken_as_they_come_get_the_sort_of_their_column(read) -> None:
    rules = "preferences: [{spread: age}, {spread: subject}, {spread: languages}, {spread: kunta}]"
    data = b"id,age,subject,languages,kunta\na,31,Art,fi; sv,Turku\nb,28,Maths,en,Oulu\n"
    roster, _ = read(data, rules)
    assert set(roster.numbers) == {"age"}
    assert set(roster.categories) == {"subject", "kunta"}
    assert roster.sets["languages"].values == ("fi", "sv", "en")


def test_a_trait_that_has_no_column_is_missed_whatever_its_sort(refused) -> None:
    (finding,) = refused(b"id,age\na,31\nb,28\n", "preferences: [{spread: subject}]")
    assert "subject" in str(finding.message)


def test_wishes_name_people_by_what_is_theirs_alone() -> None:
    people = Called.of(
        ["1", "2", "3", "4"],
        ["Aino Esimerkki", "Esimerkki, Väinö", "Siiri Keksitty", "siiri  keksitty"],
        ["", "v.e@example.org", "s@example.org", "2"],
    )
    cells = ["Väinö Esimerkki; S@EXAMPLE.ORG", "esimerkki, aino", "Siiri Keksitty", "2"]
    found = links_from(cells, people, "Toiveet")
    assert found.pairs.tolist() == [[0, 1], [0, 2], [1, 0], [3, 1]]
    assert found.unknown == ("Siiri Keksitty",)


FRIENDS = Called.of(
    ["1", "2", "3", "4", "5"],
    ["Ann Ash", "Elm, Eva", "Bea Birch", "Cid Cole", "Cid Oak"],
    [""] * 5,
)


@pytest.mark.parametrize(
    ("text", "named", "unknown"),
    [
        ("Bea", [2], ()),
        ("eva elm or ann ash", [1, 0], ()),
        ("Cid C. tai Bea", [3, 2], ()),
        ("A. Ash eller Cid O", [0, 4], ()),
        ("Ash A.; bea", [0, 2], ()),
        # Two may be meant, one of them is gone, and last names and nicknames are asked about.
        ("Cid", [], ("Cid",)),
        ("Max", [], ("Max",)),
        ("Birch", [], ("Birch",)),
        ("Be", [], ("Be",)),
        ("E. O.", [], ("E. O.",)),
        ("Bea C.", [], ("Bea C.",)),
    ],
)
def test_a_first_name_means_whom_it_fits_alone(
    text: str, named: list[int], unknown: tuple[str, ...]
) -> None:
    people = Called.of([*FRIENDS.ids, "6"], [*FRIENDS.names, "Max Fir"], [""] * 6)
    gone = Called.of(["7", "8"], ["Max Elder", "Joe Lime"], ["", ""])
    found = links_from([*[""] * 5, f"{text}; Joe Lime"], people, "Wishes", gone)
    assert found.pairs[:, 1].tolist() == named
    assert found.unknown == unknown


@pytest.mark.parametrize("own", ["nimi", "Namn"])
def test_how_a_first_name_was_read_is_told_and_what_is_not_certain_asked(read, own: str) -> None:
    rows = ["1;Ann Ash;Bea;", "2;Bea Birch;Cid;", "3;Cid Cole;Oak;", "4;Cid Oak;;Ann"]
    data = "\n".join([f"id;{own};Toiveet;Vältä", *rows]).encode()
    _, found = read(data, "rules: [{apart: {from: avoid}}]\npreferences: [{wishes: wishes}]")
    told = {(each.row, each.value): str(each.message) for each in found if each.row}
    assert "Cid Cole (3) or Cid Oak (4)" in told[3, "Cid"]
    assert "did you mean Cid Oak (4)?" in told[4, "Oak"]
    assert len(told) == 2
    meant = [str(each.message) for each in found if "is meant" in str(each.message)]
    assert any("“Bea” is Bea Birch (2)" in text for text in meant)
    assert any("“Ann” is Ann Ash (1)" in text for text in meant)


ONLINE = ["Ma 16-18, etänä", "Ti 16-18, etänä", "Ke 8-10, lähi", "To 16-18, etänä"]


@pytest.mark.parametrize(
    ("texts", "commas", "values"),
    [
        # An option twice in a cell: "etänä" is none.
        (
            [*ONLINE[:3], f"{ONLINE[0]}, {ONLINE[3]}", f"{ONLINE[1]}, {ONLINE[2]}"],
            Commas.INSIDE,
            [*([text] for text in ONLINE[:3]), [ONLINE[0], ONLINE[3]], [ONLINE[1], ONLINE[2]]],
        ),
        (
            ["Mon, online, Tue, online", "Mon, online", "Wed, in person"],
            Commas.INSIDE,
            [["Mon, online", "Tue, online"], ["Mon, online"], ["Wed, in person"]],
        ),
        (
            ["Må, kl 16, Må, kl 18", "Ti, kl 16", "Må, kl 18"],
            Commas.INSIDE,
            [["Må, kl 16", "Må, kl 18"], ["Ti, kl 16"], ["Må, kl 18"]],
        ),
        (
            ["Ti 16, etänä, ruotsiksi", "Ti 16, etänä, ruotsiksi, To 9, etänä, suomeksi"],
            Commas.INSIDE,
            [
                ["Ti 16, etänä, ruotsiksi"],
                ["Ti 16, etänä, ruotsiksi", "To 9, etänä, suomeksi"],
            ],
        ),
        # No option twice, but all would hold a comma, and some would end alike.
        (
            [ONLINE[0], f"{ONLINE[1]}, {ONLINE[2]}", ONLINE[2]],
            Commas.LIKELY_INSIDE,
            [[ONLINE[0]], [ONLINE[1], ONLINE[2]], [ONLINE[2]]],
        ),
        # Options that are parted by semicolons hold their commas, alone in a cell too.
        (
            [f"{ONLINE[0]};{ONLINE[1]}", ONLINE[0], ONLINE[3]],
            Commas.SEPARATE,
            [[ONLINE[0], ONLINE[1]], [ONLINE[0]], [ONLINE[3]]],
        ),
        # Lists of single words are what they were.
        (["ma, ti", "ti, ke", "ma"], Commas.SEPARATE, [["ma", "ti"], ["ti", "ke"], ["ma"]]),
        (
            ["suomi, englanti", "ruotsi, englanti", "suomi, englanti, saksa"],
            Commas.SEPARATE,
            [["suomi", "englanti"], ["ruotsi", "englanti"], ["suomi", "englanti", "saksa"]],
        ),
        (["ma; ti", "ma, ke"], Commas.SEPARATE, [["ma", "ti"], ["ma", "ke"]]),
        (["Ma (16, 17), Ti", "Ti"], Commas.SEPARATE, [["Ma (16, 17)", "Ti"], ["Ti"]]),
    ],
)
def test_commas_inside_options_are_told_from_those_between_them(
    texts: list[str], commas: Commas, values: list[list[str]]
) -> None:
    found = read_cells(texts)
    assert found.commas is commas
    assert [list(found.values[text]) for text in texts] == values


def test_whole_options_are_told_and_a_doubt_is_a_warning(read) -> None:
    rules = "groups: {size: 2}\nrules: [common: times]"
    for cells, severity in (
        ([ONLINE[0], f"{ONLINE[0]}, {ONLINE[1]}", ONLINE[1]], Severity.NOTICE),
        ([ONLINE[0], f"{ONLINE[1]}, {ONLINE[2]}", ONLINE[2]], Severity.WARNING),
        (["ma, ti, ma", "ti", "ma"], Severity.WARNING),
    ):
        rows = "".join(f'{n},"{cell}"\n' for n, cell in enumerate(cells))
        _, (told,) = read(f"id,Sopivat ajat\n{rows}".encode(), rules)
        assert told.severity is severity
        assert told.hint is not None


def test_times_are_sets_whatever_rule_asks_for_them(read) -> None:
    roster, _ = read(b'id,Sopivat ajat\n1,"ma, ti"\n2,ke\n', "preferences: [spread: times]")
    assert roster.sets["times"].values == ("ma", "ti", "ke")
