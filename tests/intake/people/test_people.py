"""Who takes part: cancelled, twice on the list, without an id."""

from __future__ import annotations

import pytest

from vermegroup.domain.findings import RosterError, Severity
from vermegroup.intake import read_grouping
from vermegroup.intake.people.identity import MADE_UP

HEAD = "Tunnus;Nimi;Sähköposti;Kunta;Vuodet\n"


def placed(roster) -> list[int]:
    return sorted(roster.table.row_numbers[roster.rows].tolist())


def aside(roster) -> list[tuple[int, int | None]]:
    return [(each.row, each.merged_into) for each in roster.set_aside]


def accounted_for(roster) -> bool:
    """Every row is a participant or set aside, and none is both."""
    rows = placed(roster) + [each.row for each in roster.set_aside]
    return sorted(rows) == roster.table.row_numbers.tolist()


@pytest.mark.parametrize(
    ("status", "takes_part"),
    [
        *((text, False) for text in ("Peruttu", "perunut", "PERUTTU 12.8.", "Peruuttanut")),
        *((text, False) for text in ("avbokad", "Avanmäld", "Cancelled", "canceled", "withdrawn")),
        *((text, True) for text in ("Vahvistettu", "Anmäld", "confirmed", "ok", "", "jonossa")),
    ],
)
def test_cancelled_rows_are_set_aside_and_told(read, status, takes_part):
    data = f"Tunnus;Kunta;Vuodet;Tila\na;Salo;1;{status}\nb;Pori;2;Vahvistettu\n"
    roster, findings = read(data.encode())
    assert placed(roster) == ([2, 3] if takes_part else [3])
    assert aside(roster) == ([] if takes_part else [(2, None)])
    assert accounted_for(roster)
    if not takes_part:
        [finding] = findings
        assert (finding.row, finding.value) == (2, status)


def test_what_a_cancelled_row_lacks_is_no_fault(read):
    roster, _ = read(b"id;kunta;vuodet;cancelled\na;;;x\nb;Pori;2;\nc;Salo;3;no\n")
    assert (placed(roster), aside(roster)) == ([3, 4], [(2, None)])


def test_a_status_that_is_not_known_is_warned_of_where_others_are(read):
    data = "Tunnus;Kunta;Vuodet;Tila\na;Salo;1;Vahvistettu\nb;Pori;2;xyz\n"
    _, [finding] = read(data.encode())
    assert (finding.severity, finding.row) == (Severity.WARNING, 3)
    _, findings = read(data.replace("Vahvistettu", "abc").encode())
    assert not findings


def test_when_everyone_cancelled_there_is_no_roster(refused):
    [finding] = refused(b"id;kunta;vuodet;status\na;Salo;1;cancelled\n")
    assert "cancelled" in str(finding.message)


TWICE = {
    "the same id": "a;Aino E;a@example.org;Salo;1\na;Aino E;a@example.org;Pori;2\n",
    "the same id, one name": "a;Aino E;;Salo;1\na;Aino E;a@example.org;Pori;2\n",
    "the same e-mail": "a;Aino E;a@example.org;Salo;1\nb;Aino E;A@Example.org;Pori;2\n",
    "the same e-mail, one name": "a;Aino E;a@example.org;Salo;1\nb;;a@example.org;Pori;2\n",
    "the name in another order": "a;Aino E;a@example.org;Salo;1\na;E, Aino;;Pori;2\n",
    "the same name and details": ";Aino E;;Turku;1\n;aino e;;Åbo;1\n",
    "an id on one row": "a;Aino E;;Salo;1\n;Aino E;;Salo;1\n",
}


@pytest.mark.parametrize("rows", TWICE.values(), ids=TWICE.keys())
def test_the_same_person_is_merged_and_the_later_row_counts(read, rows):
    roster, findings = read((HEAD + rows + "z;Bo X;b@example.org;Kemi;9\n").encode())
    assert placed(roster) == [3, 4]
    assert aside(roster) == [(2, 3)]
    assert accounted_for(roster)
    merged = next(finding for finding in findings if finding.row == 2)
    assert "Rows 2 and 3 are the same person" in str(merged.message)


def test_a_merged_person_keeps_what_the_other_row_tells(read):
    rows = "a;Aino E;a@example.org;Salo;1\n;;a@example.org;Pori;2\n"
    roster, _ = read((HEAD + rows).encode())
    assert (roster.ids.tolist(), roster.labels.tolist()) == (["a"], ["Aino E"])


def test_the_time_of_answer_tells_which_row_is_the_latest(read):
    data = (
        "Tunnus;Nimi;Kunta;Vuodet;Aikaleima\n"
        "a;Aino E;Salo;1;2.9.2023 10.00\n"
        "a;Aino E;Pori;2;1.10.2023 9.00\n"
        "a;Aino E;Kemi;3;30.9.2023 9.00\n"
    )
    roster, _ = read(data.encode())
    assert placed(roster) == [3]
    assert aside(roster) == [(2, 3), (4, 3)]


APART = {
    "one e-mail, two names": "a;Aino E;x@example.org;Salo;1\nb;Bo X;x@example.org;Pori;2\n",
    "one name, two e-mails": "a;Aino E;a@example.org;Salo;1\nb;Aino E;b@example.org;Salo;1\n",
    "one name, two ids": "a;Aino E;;Salo;1\nb;Aino E;;Salo;1\n",
}


@pytest.mark.parametrize("rows", APART.values(), ids=APART.keys())
def test_who_may_be_the_same_stays_apart_with_a_warning(read, rows):
    roster, [finding] = read((HEAD + rows).encode())
    assert len(roster) == 2
    assert finding.severity is Severity.WARNING
    assert "Rows 2 and 3" in str(finding.message)


@pytest.mark.parametrize(
    ("ids", "people"),
    [(("1", "2", "4"), [3, 4]), (("101", "102", "103"), [2, 3, 4]), (("1", "7", "3"), [2, 3, 4])],
)
def test_numbers_that_count_the_answers_do_not_part_one_person_in_two(read, ids, people):
    rows = "{};Aino E;;Salo;1\n{};Aino E;;Salo;1\n{};Bo X;;Kemi;9\n".format(*ids)
    roster, _ = read((HEAD + rows).encode())
    assert placed(roster) == people


@pytest.mark.parametrize(
    ("rows", "differing"),
    [
        ("a;Aino E;;Salo;1\nb;Aino E;;Pori;1\n", ["Tunnus", "Kunta"]),
        ("a;Aino E;;Salo;1\na2;E, Aino;;;1\n", ["Tunnus", "Kunta"]),
        ("1;Aino  E;;SALO;1\n2;aino e;;salo;3\n", ["Vuodet"]),
        (";Åsa Ö;a@example.org;Åbo;1\n;Ö A\u030asa;b@example.org;Turku;1\n", ["Sähköposti"]),
        ("a;Aino E;;;\na2;aino e;;;\n", ["Tunnus"]),
    ],
)
def test_one_name_with_other_details_is_two_people_with_a_warning_of_what_differs(
    read, rows, differing
):
    data = HEAD + rows + "3;Bo X;;Kemi;9\n"
    roster, findings = read(data.encode(), "groups: {size: 2}\nrules: [place_everyone]")
    assert len(roster) == 3
    [warning] = [each for each in findings if "the same name" in str(each.message)]
    assert warning.severity is Severity.WARNING
    assert "Rows 2 and 3" in str(warning.message)
    named = [header for header in HEAD.strip().split(";") if f"“{header}”" in str(warning.message)]
    assert named == differing


CONTRADICTORY = {
    "another name": "a;Aino E;;Salo;1\na;Bo X;;Salo;1\n",
    "another e-mail": "a;Aino E;a@example.org;Salo;1\na;Aino E;b@example.org;Salo;1\n",
    "nothing but other details": "a;;;Salo;1\na;;;Pori;1\n",
}


@pytest.mark.parametrize("rows", CONTRADICTORY.values(), ids=CONTRADICTORY.keys())
def test_an_id_that_two_people_have_is_refused_unless_the_latest_counts(read, refused, rows):
    [finding] = refused((HEAD + rows).encode())
    assert (finding.row, finding.column, finding.value) == (3, "Tunnus", "a")
    assert "row 2" in str(finding.message)
    assert "duplicates: latest" in finding.hint.in_("fi")
    rules = "duplicates: latest\nrules:\n  - different: municipality\n"
    roster, _ = read((HEAD + rows).encode(), rules)
    assert (placed(roster), aside(roster)) == ([3], [(2, 3)])


def test_rows_that_are_alike_in_every_way_are_one_person(read):
    roster, _ = read(b"id;kunta;vuodet\na;Salo;1\na;Salo;1\n")
    assert (placed(roster), aside(roster)) == ([3], [(2, 3)])


def test_blank_ids_are_made_up_and_always_the_same(read):
    rows = ["a;Aino E;;Salo;1", ";Bo X;b@example.org;Pori;2", ";;;Kemi;3", ";Bo X;;Oulu;4"]
    there, findings = read((HEAD + "\n".join(rows)).encode())
    back, _ = read((HEAD + "\n".join(reversed(rows))).encode())
    assert there.ids.tolist() == back.ids.tolist()
    assert len(set(there.ids.tolist())) == 4
    assert all(MADE_UP.fullmatch(id_) for id_ in there.ids[1:])
    notices = [finding for finding in findings if finding.severity is Severity.NOTICE]
    assert [finding.row for finding in notices] == [3, 4, 5]
    assert there.labels.tolist()[:2] == ["Aino E", "Bo X"]


def test_made_up_ids_survive_the_group_that_is_added(read, saved):
    data = "Nimi;Kunta;Vuodet\nAino E;Salo;1\nAino E;Pori;2\nBo X;Kemi;3\n"
    roster, [notice, _] = read(data.encode())
    assert notice.column is None
    grouped = data.replace("\n", ";G01\n").replace("Vuodet;G01", "Vuodet;group")
    from vermegroup.rulebooks.read import default_rulebook

    again, _, _ = read_grouping(saved(grouped.encode()), default_rulebook())
    assert again.ids.tolist() == roster.ids.tolist()
    assert len(set(roster.ids.tolist())) == 3


def test_without_ids_people_are_called_by_name_else_by_e_mail(read):
    data = "Nimi;Sähköposti;Kunta;Vuodet\nAino E;a@example.org;Salo;1\n;b@example.org;Pori;2\n"
    roster, _ = read(data.encode())
    assert roster.labels.tolist() == ["Aino E", "b@example.org"]


def test_without_ids_two_columns_of_e_mails_ask_for_a_choice(refused):
    data = "Sähköposti;Työsähköposti;Kunta;Vuodet\na@example.org;b@example.org;Salo;1\n"
    assert any("“Työsähköposti”" in str(finding.message) for finding in refused(data.encode()))


def grouping_of(saved, rulebook, rows: str):
    return read_grouping(saved((HEAD[:-1] + ";Ryhmä\n" + rows).encode()), rulebook)


def test_a_person_in_two_groups_is_refused(saved, rulebook):
    rows = "a;Aino E;;Salo;1;G1\na;Aino E;;Salo;1;G2\n"
    with pytest.raises(RosterError) as stopped:
        grouping_of(saved, rulebook, rows)
    assert "several groups: “G1” and “G2” (rows 2 and 3)" in str(stopped.value.findings[0].message)


def test_of_two_rows_the_one_with_a_group_counts_in_a_grouping(saved, rulebook):
    rows = "a;Aino E;;Salo;1;G1\na;Aino E;;Salo;1;\nb;Bo X;;Pori;2;G1\n"
    roster, grouping, _ = grouping_of(saved, rulebook, rows)
    assert placed(roster) == [2, 4]
    assert grouping.group_of.tolist() == [0, 0]


@pytest.mark.parametrize(
    "rows",
    [
        ("id;name;status", "P1;Aino Keksitty;ok", "P2;Bo Olematon;ok", "P1;Aino K;peruttu"),
        ("Nimi;Sähköposti;Tila", "Aino A;a@example.org;ok", "Bo B;;ok", "A A;a@example.org;perui"),
        ("Namn;Ort;Status", "Aino Keksitty;;ja", "Bo Bok;;ja", "Keksitty, Aino;;avbokad"),
    ],
)
def test_who_cancels_on_one_row_and_takes_part_by_another_is_told(read, rows):
    roster, findings = read("\n".join(rows).encode(), "rules: [place_everyone]")
    assert len(roster) + len(roster.set_aside) == 3
    torn = [each.row for each in findings if "takes part by row 2" in str(each.message)]
    assert torn == [4]


LATER = {
    "same id": ("id;name;status", "P1;Aino K;ok", "P2;Bo O;ok", "P3;Cia P;ok", "P1;Aino K;peruttu"),
    "no names": ("id;Kunta;Tila", "P1;Oulu;", "P2;Salo;", "P3;Pori;", "P1;;perui 3.9."),
    "by time": (
        *("Aikaleima;Nimi;Sähköposti;Tila", "10.3.2024;Aino K;a@example.org;ok"),
        *("12.3.2024;Bo O;b@example.org;ok", "13.3.2024;Cia P;;ok"),
        "1.4.2024;Aino K;a@example.org;peruttu",
    ),
    "numbered answers": (
        *("ID;Namn;E-post;Status", "1;Aino K;a@example.org;ja", "2;Bo O;;ja", "3;Cia P;;ja"),
        "4;K, Aino;A@example.org;avbokad",
    ),
}


@pytest.mark.parametrize("kind", LATER)
def test_who_cancels_on_a_later_row_takes_no_part(read, kind):
    roster, findings = read("\n".join(LATER[kind]).encode(), "rules: [place_everyone]")
    assert ([each.row for each in roster.set_aside], len(roster)) == ([2, 5], 2)
    assert [each.row for each in findings if each.aside] == [2, 5]
    assert not [each for each in findings if each.severity is Severity.WARNING]


NOT_CERTAIN = {
    "sorted by id": ("id;name;Tila", "1;Aino K;ok", "1;Aino K;peruttu", "2;Bo O;ok", "3;Cia;ok"),
    "sorted by status": (
        *("id;name;Tila", "3;Cia P;ok", "1;Aino K;ok", "2;Bo O;ok"),
        *("1;Aino K;peruttu", "4;Dan;peruttu"),
    ),
    "time missing": (
        *("Aikaleima;id;name;Tila", "10.3.2024;2;Bo O;ok", "12.3.2024;1;Aino K;ok"),
        *("13.3.2024;3;Cia;ok", ";1;Aino K;peruttu"),
    ),
    "cancelled above": (
        *("id;name;Tila", "2;Bo O;ok", "1;Aino K;peruttu", "3;Cia P;ok", "1;Aino K;ok"),
    ),
    "another name": ("id;name;Tila", "1;Aino K;ok", "2;Bo O;ok", "1;Aino Kas;peruttu"),
}


@pytest.mark.parametrize("kind", NOT_CERTAIN)
def test_where_it_is_not_certain_which_row_is_later_both_are_told(read, kind):
    roster, findings = read("\n".join(NOT_CERTAIN[kind]).encode(), "rules: [place_everyone]")
    assert "Aino K" in roster.labels.tolist()
    assert [each for each in findings if "takes part by row" in str(each.message)]


def test_who_comes_after_all_by_a_later_answer_takes_part(read):
    rows = ("Aikaleima;id;name;Tila", "1.4.2024;1;Aino K;ok", "2.4.2024;2;Bo O;ok")
    data = "\n".join((*rows, "10.3.2024;1;Aino K;peruttu")).encode()
    roster, _findings = read(data, "rules: [place_everyone]")
    assert (roster.ids.tolist(), [each.row for each in roster.set_aside]) == (["1", "2"], [4])
