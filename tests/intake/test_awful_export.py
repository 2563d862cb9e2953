"""One deliberately awful export: everything in it is told with its row, and nobody is lost."""

from __future__ import annotations

import numpy as np

from vermegroup.domain.grouping import Grouping
from vermegroup.intake import read_grouping
from vermegroup.report.build import counts_of
from vermegroup.report.to_csv import groups_csv

AWFUL = """\
Vertaismentorointi, syksy – ilmoittautuneet (keksittyä tietoa)
Viety 20.11.2023 klo 9.12

Ilmoittaja;;Osallistuja;;;;;
Nimi;Sähköposti;Nimi;Sähköposti;Missä kunnassa työskentelet?;\
Kuinka monta vuotta olet työskennellyt varhaiskasvatuksessa?;Ilmoittautumisen tila;Vastausaika
Tiina T;t@example.org;Aino Esimerkki;aino@example.org;Helsinki;3;Vahvistettu;15.8.2023 12.00
Tiina T;t@example.org;Bo Exempel;bo@example.org;Åbo;yli 10 vuotta;Vahvistettu;15.8.2023 12.01
Tiina T;t@example.org;Cia Exempel;cia@example.org;Kuusankoski;12;Vahvistettu;15.8.2023 12.02
Tiina T;t@example.org;Dan Esimerkki;dan@example.org;Tamperre;5;Vahvistettu;15.8.2023 12.03
Tiina T;t@example.org;Eeva Esimerkki;eeva@example.org;Salo;;Peruttu;15.8.2023 12.04
;;;;;;;
Tiina T;t@example.org;Frans Esimerkki;frans@example.org;Oulu;9;Vahvistettu;15.8.2023 12.05
Tiina T;t@example.org;Esimerkki Aino;AINO@example.org;Helsinki;4;Vahvistettu;16.8.2023 12.00
Tiina T;t@example.org;Gun Exempel;gun@example.org;Rovaniemi;1;peruttu 17.8.;15.8.2023 12.06
Tiina T;t@example.org;Heli Esimerkki;heli@example.org;Vaasa;2;Vahvistettu;15.8.2023 12.07
"""
PLACED = [7, 8, 9, 12, 13, 15]


def saved_by_excel() -> bytes:
    return AWFUL.replace("\n", "\r\n").encode("cp1252")


def test_everything_is_told_with_its_row(read):
    _, findings = read(saved_by_excel())
    cells = {(finding.row, finding.value) for finding in findings}
    rows = [finding.row for finding in findings]
    assert any("Windows-1252" in str(finding.message) for finding in findings)
    assert {1, 2, 4} <= set(rows)  # the titles, and the header's two rows
    assert {(7, "yli 10 vuotta"), (8, "Kuusankoski"), (9, "Tamperre")} <= cells
    assert {(10, "Peruttu"), (14, "peruttu 17.8.")} <= cells
    assert {6, 11} <= set(rows)  # the person who is on row 13 too, and the blank row


def test_everyone_who_takes_part_is_there_once_and_the_counts_add_up(read):
    roster, _ = read(saved_by_excel())
    assert sorted(roster.table.row_numbers[roster.rows].tolist()) == PLACED
    assert [(each.row, each.merged_into) for each in roster.set_aside] == [
        (6, 13),
        (10, None),
        (14, None),
    ]
    counts = counts_of(roster, Grouping(np.zeros(6, dtype=np.int64), ("G01",)))
    assert (counts.read, counts.placed, counts.waitlisted, counts.set_aside) == (9, 6, 0, 3)


def test_what_is_written_is_read_again_as_the_same(read, saved, rulebook):
    roster, _ = read(saved_by_excel())
    grouping = Grouping(np.array([0, 0, 0, 1, 1, 1]), ("G01", "G02"))
    again, groups, _ = read_grouping(saved(groups_csv(roster, grouping)), rulebook)
    read_again = dict(zip(again.ids.tolist(), groups.group_of.tolist(), strict=True))
    assert read_again == dict(zip(roster.ids.tolist(), grouping.group_of.tolist(), strict=True))
    assert len(again.set_aside) == 3
