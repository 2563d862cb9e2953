"""Which column counts where several could, and where people say which."""

from __future__ import annotations

import pytest

from vermegroup.domain.findings import Severity

ROWS = "Tunnus;Paikkakunta;Työkunta;Vuodet\na;Salo;Pori;1\nb;Pori;Salo;2\n"


def test_two_columns_for_one_trait_ask_for_a_choice_that_can_be_copied(refused):
    [finding] = refused(ROWS.encode())
    assert "“Paikkakunta” and “Työkunta”" in str(finding.message)
    assert '--column "municipality=Paikkakunta"' in str(finding.hint)
    assert 'columns: {municipality: "Paikkakunta"}' in finding.hint.in_("sv")


@pytest.mark.parametrize(
    ("rules", "columns"),
    [
        ("columns: {municipality: Työkunta}\n", {}),
        ("columns: {kunta: työkunta}\n", {}),
        ("columns: {municipality: Paikkakunta}\n", {"municipality": "Työkunta"}),
    ],
)
def test_a_choice_decides_and_the_call_goes_before_the_rulebook(read, rules, columns):
    rules += "rules:\n  - different: municipality\n"
    roster, findings = read(ROWS.encode(), rules, columns)
    assert roster.categories["municipality"].header == "Työkunta"
    assert roster.categories["municipality"].codes.tolist() == [0, 1]
    assert not findings


def test_a_column_chosen_for_one_trait_does_not_compete_for_another(read):
    rules = "columns: {birthplace: Paikkakunta}\nrules:\n  - different: municipality\n"
    roster, _ = read(ROWS.encode(), rules)
    assert roster.categories["municipality"].header == "Työkunta"


def test_a_chosen_column_that_is_not_there_gets_a_suggestion(refused):
    finding = refused(ROWS.encode(), columns={"municipality": "Tyokuntaa"})[0]
    assert "Tyokuntaa" in finding.message.in_("fi")
    assert "Työkunta" in finding.hint.in_("fi")


def test_repeated_headers_can_be_chosen_by_the_names_they_are_shown_under(read, refused):
    data = b"id;kunta;kunta;vuodet\na;Salo;Pori;1\nb;Pori;Salo;2\n"
    assert "kunta (2)" in refused(data)[0].message.in_("en")
    roster, _ = read(data, columns={"municipality": "kunta (2)"})
    assert roster.categories["municipality"].values == ("Pori", "Salo")
    assert roster.categories["municipality"].codes.tolist() == [0, 1]


def test_competing_columns_that_nothing_depends_on_are_told_and_not_used(read):
    data = "Tunnus;Kunta;Vuodet;Nimi;Osallistujan nimi\na;Salo;1;A;B\nb;Pori;2;C;D\n"
    roster, [finding] = read(data.encode())
    assert roster.labels.tolist() == ["a", "b"]
    assert finding.severity == "warning"
    assert "None of them is used" in str(finding.message)


def test_a_group_column_is_no_trait_of_a_roster(read):
    roster, findings = read("Tunnus;Kunta;Vuodet;Ryhmä;Grupp\na;Salo;1;x;y\n".encode())
    assert len(roster) == 1
    assert not findings


@pytest.mark.parametrize(
    ("work", "home"),
    [
        ("Työkunta", "Kotikunta"),
        ("Työpaikan kunta", "Asuinkunta"),
        ("Arbetskommun", "Hemkommun"),
        ("Work municipality", "Home town"),
        ("Missä kunnassa työskentelet?", "Missä kunnassa asut?"),
    ],
)
def test_the_municipality_of_the_workplace_goes_before_that_of_the_home(read, work, home):
    rules = "rules:\n  - different: municipality\n  - same: region\n"
    for one, other in ((work, home), (home, work)):
        data = f"id;{one};{other}\n1;Oulu;Oulu\n2;Salo;Salo\n".encode()
        roster, [notice] = read(data, rules)
        assert roster.categories["municipality"].header == work
        assert (notice.severity, notice.row) == (Severity.NOTICE, 1)
        assert f"from “{work}” and not from “{home}”" in str(notice.message)
        assert f'--column "municipality={home}"' in str(notice.hint)
    for chosen in ({"municipality": home}, {"municipality": work}):
        roster, findings = read(data, rules, columns=chosen)
        assert (roster.categories["municipality"].header, findings) == (*chosen.values(), ())
    roster, findings = read(data, f'rules: [{{different: "{home}"}}]\n')
    assert (roster.categories[home].header, findings) == (home, ())


def test_a_municipality_of_neither_work_nor_home_asks_for_a_choice(refused):
    [error] = refused(b"id;kunta;kotikunta;vuodet\n1;Oulu;Salo;1\n")
    assert "Several columns" in str(error.message)
