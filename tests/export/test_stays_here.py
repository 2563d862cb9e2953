"""What nobody but whoever forms the groups may know goes out by no name, heading or mark."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.export.conftest import GROUPS, Run
from tests.export.examples import handout_of
from vermegroup.app.export import ExportRequest, export_groups
from vermegroup.app.handout import read_handout
from vermegroup.app.inputs import RulebookChoice
from vermegroup.app.privacy.how import AS_IT_IS, How
from vermegroup.domain.findings import InputError
from vermegroup.export.handout import Handout
from vermegroup.export.rendered import Kind

GROUPED = "groups: {size: 2-9}\n"


def under(groups: Path, rules: str, *shown: str, columns: dict[str, str] | None = None) -> Handout:
    book = groups.parent / "rules.yaml"
    book.write_text(GROUPED + rules, "utf-8")
    how = How(columns=columns or {})
    return read_handout(str(groups), shown, RulebookChoice(rules=book), how).handout


def with_column(groups: Path, header: str, cell: str = "x") -> None:
    head, *rows = GROUPS.splitlines()
    text = "\n".join([f"{header};{head}", *(f"{cell};{row}" for row in rows)])
    groups.write_text(text, "utf-8-sig")


def refused(groups: Path, rules: str, asked: str, **columns: str) -> bool:
    """Whether a column may not be shown; any other fault is an error of the test."""
    try:
        under(groups, rules, asked, columns=columns)
    except InputError as fault:
        told = [str(finding) for finding in fault.findings]
        assert len(told) == 1
        assert "is not shown to others" in told[0]
        return True
    return False


def test_what_is_read_as_something_else_still_stays_by_its_header(groups: Path) -> None:
    for asked in ("profession", "Työkokemus vuosina"):
        assert refused(groups, "", asked, profession="Työkokemus vuosina")
    with_column(groups, "Ilmoittautumisen tila", "vahvistettu")
    assert refused(groups, "", "unit", unit="Ilmoittautumisen tila")


def test_logins_are_not_taken_from_what_stays(groups: Path, export: Run) -> None:
    words = ("--column", "profession=Työkokemus vuosina", "--login", "profession")
    told = export("--to", "moodle", *words)
    assert told.exit_code == 2
    assert "“Työkokemus vuosina” is not shown" in told.stderr


def test_what_a_band_is_made_of_stays_though_no_rule_asks_for_it(groups: Path) -> None:
    with_column(groups, "Ikä", "40")
    bands = 'bands: {age: {of: Ikä, young: "0-30", old: 31 or more}}\n'
    assert refused(groups, bands, "Ikä")
    named = 'bands: {age: {of: span, young: "0-30", old: 31 or more}}\ncolumns: {span: Ikä}\n'
    assert refused(groups, named, "Ikä")
    assert not refused(groups, "", "Ikä")


@pytest.mark.parametrize(
    "header",
    [
        *("Huomio", "huomioitavaa", "Muistiinpanot", "Lisätiedot", "Lisätietoja", "Huom."),
        *("Notes", "Comments", "Comment", "Anteckningar", "Kommentarer", "Kommentti", "Merkinnät"),
        *("Muuta huomioitavaa", "Övrigt", "poissa", "vakituinen ryhmä", "perunut", "kierros 1"),
    ],
)
def test_notes_and_the_columns_we_add_stay(groups: Path, header: str) -> None:
    with_column(groups, header, "")
    assert refused(groups, "", header)


@pytest.mark.parametrize(
    "header", ["Kaupunginosa", "Puhelin", "Teema", "Kommunikaatio", "Musiikki"]
)
def test_what_else_a_roster_has_may_be_shown(groups: Path, header: str) -> None:
    with_column(groups, header)
    assert not refused(groups, "", header)


def test_parts_by_a_band_are_no_headings_and_others_are(groups: Path) -> None:
    by_town = under(groups, "split_by: unit\n")
    assert any(group.part for group in by_town.groups)
    for rules in (
        "split_by: experience\n",
        'split_by: age\nbands: {age: {of: "Työkokemus vuosina", new: "0-5", old: 6 or more}}\n',
    ):
        assert [group.part for group in under(groups, rules).groups] == [None, None]


def test_whoever_leads_by_a_band_is_not_marked(groups: Path) -> None:
    by_band = under(
        groups, "in_groups: {experience: experienced, at_most: 2}\nrules: [place_everyone]\n"
    )
    assert not any(member.leads for _group, member in by_band.members())
    with_column(groups, "Rooli", "mentori")
    groups.write_text(groups.read_text("utf-8-sig").replace("mentori", "aktori", 1), "utf-8-sig")
    by_role = under(groups, "in_groups: {role: mentori, at_most: 2}\nrules: [place_everyone]\n")
    assert any(member.leads for _group, member in by_role.members())


def noticed(groups: Path | str, *kinds: Kind) -> list[str]:
    found = export_groups(ExportRequest(str(groups), kinds), RulebookChoice(), AS_IT_IS).findings
    return [str(finding.message) for finding in found if "export" in str(finding.message)]


def test_people_who_wait_are_told_of_where_no_file_has_them(groups: Path) -> None:
    waits = "1 person waits for a group, and is in no export"
    assert noticed(groups, Kind.LIST, Kind.ZOOM) == [waits]
    assert noticed(groups, Kind.XLSX) == []
    both = export_groups(
        ExportRequest(str(groups), (Kind.XLSX, Kind.ZOOM)), RulebookChoice(), AS_IT_IS
    )
    assert any("and is only in xlsx" in str(finding) for finding in both.findings)


def test_people_absent_from_a_meeting_are_told_of() -> None:
    from tests.export.examples import formed

    assert handout_of("kokous").meeting
    assert noticed(formed("kokous"), Kind.LIST) == ["4 people are absent, and are in no export"]
