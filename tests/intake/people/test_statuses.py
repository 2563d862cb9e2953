"""Who is not coming is told by the cells, whatever the column is called; a doubt is a question."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from vermegroup.domain.findings import Finding, RosterError, Severity
from vermegroup.domain.roster import Roster
from vermegroup.intake import read_roster
from vermegroup.intake.headers.recognise import recognise
from vermegroup.intake.people.statuses import Status, status_of
from vermegroup.rulebooks.read import rulebook_from_text

Read = Callable[..., tuple[Roster, tuple[Finding, ...]]]
RULES = "groups: {size: 2}\nrules: [place_everyone]"


def read_cells(header: str, cells: list[str], read: Read) -> tuple[list[str], tuple[Finding, ...]]:
    """Who takes part of people with these cells, who are called by their rows, and what is said."""
    rows = "".join(f"{row};{cell}\n" for row, cell in enumerate(cells, start=2))
    roster, found = read(f"id;{header}\n{rows}".encode(), RULES)
    assert len(roster) + len(roster.set_aside) == len(cells)
    return [str(id_) for id_ in roster.ids], found


@pytest.mark.parametrize(
    ("header", "cells", "coming"),
    [
        ("Osallistumisstatus", ["Ei osallistu", "Osallistuu", "Peruutettu", "Osallistuu"], "35"),
        ("Deltagarstatus", ["Deltar", "Deltar inte", "Deltar", "Avböjt"], "24"),
        ("Enrollment status", ["Active", "Withdrawn", "Dropped", "Active"], "25"),
        ("Kurssin tilanne", ["Hyväksytty", "Perui 3.9.", "Vahvistettu", "Jäi pois"], "24"),
        ("Läget just nu", ["Anmäld", "Hoppat av", "Tackat nej", "Anmäld"], "25"),
        ("Column1", ["registered", "declined", "can't attend", "confirmed"], "25"),
        ("Lisätietoja", ["", "Perui puhelimitse 3.9.", "", ""], "245"),
        ("RSVP", ["Yes", "No", "yes", "NO"], "24"),
        ("Osallistutko?", ["Kyllä", "En", "Kyllä", "En osallistu"], "24"),
        ("Deltar du?", ["Ja", "Nej, tyvärr inte", "Jag deltar", "Jag deltar tyvärr inte"], "24"),
        ("Are you coming?", ["Yes", "No, sorry", "yes", "Sorry, no"], "24"),
        ("Osallistutko?", ["Kyllä", "En valitettavasti pääse", "Ei, valitettavasti", "K"], "25"),
        ("Will you attend the dinner?", ["Yes", "No", "Yes", "No"], "2345"),
        ("Kommer du att delta?", ["Ja", "Nej", "Ja", "Ja"], "245"),
        ("Anmälan avbokad", ["", "Ja", "Nej", "2024-09-03"], "24"),
        ("Perunut ilmoittautumisen", ["Ei", "x", "", "3.9.2024"], "24"),
        ("Cancellation date", ["", "2024-09-03", "", "2024-09-04"], "24"),
        # a mere yes or no is read by what the header asks
        ("Peruin ilmoittautumisen", ["Kyllä", "", "Ei", ""], "345"),
        ("Peruin", ["", "Kyllä", "", ""], "245"),
        ("Haluatko perua ilmoittautumisesi?", ["Ei", "Kyllä", "Ei", "Kyllä, haluan perua"], "24"),
        ("Perutko paikkasi?", ["Ei", "Joo.", "Ei", "Ei"], "245"),
        ("Do you want to cancel?", ["", "Yes, please cancel", "No", "Yes, I fell ill"], "245"),
        ("Vill du avboka din plats?", ["Nej", "Ja, jag vill avboka", "Nej", "Nej"], "245"),
        ("Hylätty", ["", "Kyllä", "", ""], "245"),
        ("Ansökan avslagen", ["Nej", "Nej", "Ja", "Nej"], "235"),
        ("Rejected", ["", "x", "", "x"], "24"),
        ("Hylätty ehdotus", ["", "x", "", "x"], "2345"),
        ("Lupaan perua paikkani ajoissa", ["Kyllä", "Kyllä", "Ei", "Kyllä"], "2345"),
        ("I will cancel if I cannot come", ["Yes", "No", "Yes", "Yes"], "2345"),
        ("Perunut ilmoittautumisensa", ["Ei", "Kyllä", "Ei", "Ei"], "245"),
        ("Peruutus pvm", ["", "", "3.9.2026", ""], "235"),
        ("Peruutukset", ["", "x", "", ""], "245"),
        ("Ei osallistu", ["", "x", "", ""], "245"),
        ("Ei pääse", ["Ei", "Kyllä", "", ""], "245"),
        ("Estynyt", ["x", "", "", ""], "345"),
        ("En pääsekään mukaan", ["", "", "", "Kyllä"], "234"),
        ("Återbud", ["Nej", "Ja", "Nej", ""], "245"),
        ("Har lämnat återbud", ["", "Ja", "", ""], "245"),
        ("Jag avanmäler mig", ["", "Ja", "", ""], "245"),
        ("Unable to attend", ["no", "yes", "no", "no"], "245"),
        ("Osallistuu", ["Kyllä", "Ei", "Kyllä", "Kyllä"], "245"),
        ("Osallistun", ["Kyllä", "En", "Kyllä", "Kyllä"], "245"),
        ("Osallistuminen", ["Kyllä", "Ei", "Kyllä", "Kyllä"], "245"),
        ("Mukana", ["1", "0", "1", "1"], "245"),
        ("Deltar", ["Ja", "Nej", "Ja", "Ja"], "245"),
        ("Är du med?", ["Ja", "Nej", "Ja", "Ja"], "245"),
        ("Attending?", ["Yes", "No", "Yes", "Yes"], "245"),
    ],
)
def test_who_is_not_coming_is_set_aside(
    header: str, cells: list[str], coming: str, read: Read
) -> None:
    ids, found = read_cells(header, cells, read)
    assert "".join(ids) == coming
    told = {finding.row for finding in found if finding.severity is Severity.NOTICE}
    assert {row for row in range(2, 6) if str(row) not in coming} <= told


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("Ruokavalio", ["vege", "ei", "perunaa", "laktoositon"]),
        ("Osallistutko lounaalle?", ["Osallistun", "En osallistu", "Osallistun", "En"]),
        ("Middag", ["Deltar", "Deltar inte", "Deltar", "Deltar"]),
        ("Saako tietosi jakaa?", ["Kyllä", "Ei", "Kyllä", "Ei"]),
        ("Peruutusehdot hyväksytty", ["Kyllä", "Kyllä", "Kyllä", "Ei"]),
        ("Aihe", ["perusopetus", "peruskoulu", "Peru", "left-handed writing"]),
        ("Paidan koko", ["S", "M", "L", "S"]),
    ],
)
def test_what_tells_of_something_else_sets_nobody_aside(
    header: str, cells: list[str], read: Read
) -> None:
    ids, found = read_cells(header, cells, read)
    assert len(ids) == 4
    assert not [finding for finding in found if finding.severity is not Severity.NOTICE]


@pytest.mark.parametrize(
    ("header", "cells", "asked"),
    [
        ("Osallistumisstatus", ["Osallistuu", "Kutsuttu", "Osallistuu", "Osallistuu"], "Kutsuttu"),
        ("RSVP", ["Yes", "Maybe", "Yes", "No"], "Maybe"),
        ("Deltagarstatus", ["Deltar", "Väntelista", "Deltar", "Avbokad"], "Väntelista"),
        (
            "Tila",
            ["Vahvistettu", "Siirretty kevääseen", "Vahvistettu", "Peruttu"],
            "Siirretty kevääseen",
        ),
        ("Terveisiä", ["Allergia", "Perui 3.9.", "Moi", "Tulen bussilla"], "Perui 3.9."),
        ("Kommentarer", ["Hej", "nötallergi", "kan inte delta", "glutenfri"], "kan inte delta"),
    ],
)
def test_a_doubtful_status_is_a_question(
    header: str, cells: list[str], asked: str, read: Read
) -> None:
    ids, found = read_cells(header, cells, read)
    assert str(cells.index(asked) + 2) in ids
    questions = [finding.value for finding in found if finding.severity is Severity.WARNING]
    assert asked in questions


def test_a_column_read_by_its_cells_is_said_to_be(read: Read) -> None:
    _, found = read_cells("Kurssi", ["Active", "Withdrawn", "Active", "Active"], read)
    [said] = [each for each in found if "by its cells" in str(each.message)]
    assert said.severity is Severity.WARNING  # nothing in the header says so


def test_a_column_that_people_chose_is_the_only_one(read: Read) -> None:
    data = b"id;Kurssi;Status\n1;Withdrawn;Confirmed\n2;Active;Cancelled\n3;Active;Confirmed\n"
    rules = RULES + "\ncolumns: {status: Status}"
    roster, _ = read(data, rules)
    assert list(roster.ids) == ["1", "3"]


def test_a_column_that_a_rule_speaks_of_is_a_trait(read: Read) -> None:
    data = b"id;Vaihe\n1;Withdrawn\n2;Active\n3;Active\n4;Withdrawn\n"
    roster, _ = read(data, "groups: {size: 2}\nrules: [same: Vaihe, place_everyone]")
    assert len(roster) == 4


def test_everybody_may_not_have_cancelled(read: Read) -> None:
    with pytest.raises(RosterError):
        read_cells("Tila", ["Peruttu", "Peruttu", "Avbokad", "Cancelled"], read)


def test_a_workbook_tells_the_same(tmp_path: Path) -> None:
    book: Any = Workbook()
    for row in (["id", "Läge"], [1, "Deltar"], [2, "Avanmäld"], [3, "Deltar"]):
        book.active.append(row)
    book.save(tmp_path / "lista.xlsx")
    roster, _ = read_roster(tmp_path / "lista.xlsx", rulebook_from_text(RULES, ""))
    assert list(roster.ids) == ["1", "3"]
    assert [each.row for each in roster.set_aside] == [3]


@pytest.mark.parametrize(
    "header", ["Peruutusehdot hyväksytty", "Cancellation policy", "Osallistutko lounaalle?"]
)
def test_other_headers_tell_no_status(header: str) -> None:
    assert recognise(header) not in ("status", "cancelled")


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("En pääse mukaan", Status.CANCELLED),
        ("Ei vastannut", Status.OPEN),
        ("reserverad", None),
        ("kan inte på tisdagar", None),
        ("Drop-in", None),
        ("Jonossa", Status.OPEN),
        ("Not confirmed yet", Status.OPEN),
        ("No longer participating", Status.CANCELLED),
    ],
)
def test_a_status_is_told_by_its_first_words(text: str, status: Status | None) -> None:
    assert status_of(text) is status


@pytest.mark.parametrize(
    ("header", "cells", "row"),
    [
        ("Mukana", ["x", "", "x", "x"], 3),
        ("Peruin", ["", "3.9.2026", "", "Ei"], 3),
        ("Osallistun etänä", ["Kyllä", "Ei", "Kyllä", "Kyllä"], 3),
        ("Lisätietoja", ["", "En osallistu perjantaisin", "", ""], 3),
        ("Muuta", ["", "Peruttu ryhmä viime vuonna, haluan mukaan", "", ""], 3),
        ("Huom", ["", "", "perui perumisensa, tulee sittenkin", ""], 4),
        ("Notes", ["cancelled her other course, so has time", "", "", ""], 2),
        ("Anteckningar", ["", "Avbokat måndagar", "", ""], 3),
        ("Tila", ["Vahvistettu", "en pääse 1. kerralla", "Vahvistettu", "Vahvistettu"], 3),
    ],
)
def test_what_may_be_no_cancellation_is_asked(
    header: str, cells: list[str], row: int, read: Read
) -> None:
    ids, found = read_cells(header, cells, read)
    assert "".join(ids) == "2345"
    assert row in {finding.row for finding in found if finding.severity is Severity.WARNING}


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("Osallistunut aiemmin", ["Kyllä", "Ei", "Ei", "Kyllä"]),
        ("Peruutukset viime vuonna", ["0", "1", "2", "0"]),
        ("Viimeinen peruutuspäivä viimeistään", ["3.9.2026"] * 4),
        ("Peruutusturva, hyväksyn", ["Kyllä"] * 4),
    ],
)
def test_what_is_not_of_now_is_no_status(header: str, cells: list[str], read: Read) -> None:
    ids, found = read_cells(header, cells, read)
    assert len(ids) == 4
    assert not [finding for finding in found if finding.severity is Severity.WARNING]


@pytest.mark.parametrize(
    "text",
    [
        *("Peruttu sairauden takia", "Cancelled due to illness", "Avbokad på grund av sjukdom"),
        *("En osallistu", "Perui 3.9.2026 klo 12.15", "Återbud 3.9."),
    ],
)
def test_a_status_with_its_date_or_reason_is_one(text: str) -> None:
    assert status_of(text) is Status.CANCELLED


def test_every_column_that_tells_of_taking_part_counts(read: Read) -> None:
    data = b"id;Status;RSVP;Peruttu;Peruutuspvm\n1;Confirmed;Attending;;\n"
    data += (
        b"2;Confirmed;Not attending;;\n3;Confirmed;Attending;x;\n4;Confirmed;Attending;;3.9.2026\n"
    )
    roster, _ = read(data + b"5;Confirmed;Attending;;\n", RULES)
    assert list(roster.ids) == ["1", "5"]


@pytest.mark.parametrize(
    "text",
    [
        *("Cancelled - sick", "Declined: too busy", "Withdrawn – moving abroad"),
        *("Declined the offer", "Cancelled by participant (family reasons)"),
        *("Peruutettu osallistujan toimesta", "Perunut 3.9. (sairaus)", "Perui, ei ehdi"),
        *("Peruutettu 3.9.2026 klo 12.00 - sairaus", "Hylätty (ei täytä ehtoja)"),
        *("Tackat nej till plats", "Har tackat nej till erbjuden plats", "Avböjt – tidsbrist"),
    ],
)
def test_a_cancellation_with_its_reason_is_one(text: str) -> None:
    assert status_of(text) is Status.CANCELLED


@pytest.mark.parametrize(
    "text",
    [
        *("Cancelled: only lunch", "Declined - but may join later", "Cancelled (Monday)"),
        *("Perunut (vain 3.9.)", "Perui - maanantaina poissa", "Peruttu: lounas", "Peruttu?"),
        *("Avbokad - bara torsdagen", "Avbokad (kommer ändå)", "Cancelled - 3 Sept"),
    ],
)
def test_a_cancellation_of_a_part_is_a_question(text: str) -> None:
    assert status_of(text) is Status.DOUBTED


@pytest.mark.parametrize(
    ("header", "cells", "coming", "asked"),
    [
        ("Peruttu?", ["?", "x", "ehkä", ""], "245", [2, 4]),
        ("Cancelled", ["maybe", "no", "yes", "not yet"], "235", [2, 5]),
        ("Avbokad", ["kanske", "sjuk", "vet inte", "nej"], "245", [2, 4]),
    ],
)
def test_a_doubt_in_a_column_of_cancellations_is_a_question(
    header: str, cells: list[str], coming: str, asked: list[int], read: Read
) -> None:
    ids, found = read_cells(header, cells, read)
    assert "".join(ids) == coming
    assert [each.row for each in found if each.severity is Severity.WARNING] == asked


@pytest.mark.parametrize(
    ("header", "yes", "no"),
    [
        ("Can you commit to the whole autumn?", "Yes", "No"),
        ("Voitko sitoutua koko syksyyn?", "Kyllä", "En"),
        ("Kan du förbinda dig till hela hösten?", "Ja", "Nej"),
        ("Pystytkö osallistumaan kaikkiin tapaamisiin?", "Kyllä", "Ei"),
        ("Kan du delta i alla träffar?", "Ja", "Nej"),
    ],
)
def test_who_cannot_come_throughout_is_asked_about_and_takes_part(
    header: str, yes: str, no: str, read: Read
) -> None:
    coming, found = read_cells(header, [yes, no, yes], read)
    assert coming == ["2", "3", "4"]
    warned = [each.row for each in found if each.severity is Severity.WARNING]
    assert warned == [3]


@pytest.mark.parametrize(
    "header", ["Sitoudun noudattamaan sääntöjä", "I commit to the rules", "Committee member?"]
)
def test_other_commitments_are_none_of_it(header: str, read: Read) -> None:
    _, found = read_cells(header, ["Yes", "No", "Yes"], read)
    assert [each for each in found if each.column == header] == []


@pytest.mark.parametrize(
    ("text", "status"),
    [
        *((f"{who} perui 3.4. puhelimitse", Status.CANCELLED) for who in ("Eero", "Åsa Ek")),
        ("Korhonen, Eero perunut", None),
        ("Bo avbokade", Status.CANCELLED),
        ("Märta Ek har hoppat av", Status.CANCELLED),
        ("Aino has cancelled by phone", Status.CANCELLED),
        ("Eero perui lounaan", Status.DOUBTED),
        # Somebody or something else, or nothing, was cancelled.
        *((text, None) for text in ("Mentori perui", "Järjestäjä perui", "Lunch cancelled")),
        *((text, None) for text in ("Lounas peruttu", "Ei perunut", "Eero ei perunut")),
        *((text, None) for text in ("Inte avbokat", "Not withdrawn", "lounas perui")),
    ],
)
def test_somebody_by_name_who_cancelled_did(text: str, status: Status | None) -> None:
    assert status_of(text) is status
