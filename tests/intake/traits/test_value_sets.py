from __future__ import annotations

import pytest

from vermegroup.intake.people.called import Called
from vermegroup.intake.traits.value_sets import links_from, looks_like_sets, sets_from, split_values


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
