"""What ``groups.csv`` keeps of a roster, and what it makes harmless."""

from __future__ import annotations

import csv
import io

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vermegroup.domain.grouping import WAITLIST, Grouping
from vermegroup.intake import read_grouping, read_roster
from vermegroup.intake.files.csv_text import SIGNS, defused, restored
from vermegroup.report.to_csv import groups_csv
from vermegroup.rulebooks.read import default_rulebook

CELLS = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=12)
STARTS = ["", "'", "=", "'=", "-1", "+358", "\t", "\n", " =", "＝", "'\xa0@", "\u200b＋", " -1"]
AWKWARD = st.builds(str.__add__, st.sampled_from(STARTS), CELLS)


def saved_roster(tmp_path, data):
    path = tmp_path / "roster.csv"
    path.write_bytes(data)
    return read_roster(path, default_rulebook())[0]


def all_in_one(roster):
    return Grouping(np.zeros(len(roster), dtype=np.int64), ("G01",))


@given(cell=AWKWARD | CELLS)
def test_a_defused_cell_comes_back_as_it_was(cell):
    assert restored(defused(cell)) == cell


@given(cell=AWKWARD | CELLS)
def test_what_begins_as_a_formula_is_a_number_or_defused(cell):
    written = defused(cell)
    if written.strip()[:1] in {*SIGNS} or written[:1] in {*"\t\r\n"}:
        float(written.replace(",", "."))


@pytest.mark.parametrize("cell", ["-5", "+12", "-0,5", "+358401234567", "-1.5e3", "a=b", "'-5", ""])
def test_numbers_and_plain_words_stay_as_they_are(cell):
    assert defused(cell) == cell == restored(cell)


@pytest.mark.parametrize(
    "cell",
    [
        *('=HYPERLINK("http://example.org")', "+1+1", "-A1", "@SUM(A1)", "\t=1", "\r=1", "--5"),
        *("\nx", " =1", "＝1", "\xa0@A", "﹣1", "\ufeff=1"),
    ],
)
def test_formulas_are_defused(cell):
    assert defused(cell) == f"'{cell}"


@settings(suppress_health_check=list(HealthCheck), deadline=None)
@given(notes=st.lists(AWKWARD | CELLS, min_size=2, max_size=5), delimiter=st.sampled_from(";,\t|"))
def test_every_cell_survives_being_written_and_read(tmp_path_factory, notes, delimiter):
    folder = tmp_path_factory.mktemp("cells")
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerow(["id", "kunta", "vuodet", "huomio", "loppu"])
    writer.writerows([f"p{i}", "Salo", i, note, "x"] for i, note in enumerate(notes))
    first = saved_roster(folder, text.getvalue().encode())
    again = saved_roster(folder, groups_csv(first, all_in_one(first)))
    assert again.table.cells["huomio"].tolist() == first.table.cells["huomio"].tolist()


@pytest.mark.parametrize(
    ("data", "starts", "newline"),
    [
        (b"id;kunta;vuodet\na;Salo;1\n", "id;kunta;vuodet;ryhmä".encode(), b"\n"),
        (b"id,kunta,vuodet\r\na,Salo,1\r\n", "id,kunta,vuodet,ryhmä".encode(), b"\r\n"),
        (b"\xef\xbb\xbfid\tkunta\tvuodet\ra\tSalo\t1\r", b"\xef\xbb\xbfid\tkunta", b"\r"),
        ("id;kunta;vuodet\na;Ähtäri;1\n".encode("cp1252"), b"\xef\xbb\xbfid;kunta", b"\n"),
        ("id|kunta|vuodet\na|Salo|1\n".encode("utf-16"), b"\xef\xbb\xbfid|kunta", b"\n"),
        (b"sep=;\nListat\nid;kunta;vuodet\na;Salo;1\n", "id;kunta;vuodet;ryhmä".encode(), b"\n"),
    ],
)
def test_the_file_keeps_its_form_as_far_as_a_spreadsheet_can_read_it(
    tmp_path, data, starts, newline
):
    roster = saved_roster(tmp_path, data)
    written = groups_csv(roster, all_in_one(roster))
    assert written.startswith(starts)
    assert written.endswith(b"G01" + newline)


def test_rows_that_are_nobodys_are_written_back_with_no_group(tmp_path):
    roster = saved_roster(tmp_path, b"id;kunta;vuodet\na;Salo;1\n;;\nb;Pori;2\n;;\n")
    waiting = Grouping(np.array([0, WAITLIST]), ("G01",))
    assert groups_csv(roster, waiting).split(b"\n")[1:] == [
        b"a;Salo;1;G01",
        b";;;",
        b"b;Pori;2;",
        b"",
    ]


def test_repeated_headers_are_written_back_as_they_were(tmp_path):
    roster = saved_roster(tmp_path, b"id;x;kunta;x;vuodet;x\na;1;Salo;2;3;4\n")
    assert roster.table.cells.columns.tolist() == ["id", "x", "kunta", "x (2)", "vuodet", "x (3)"]
    assert groups_csv(roster, all_in_one(roster)).startswith(
        "id;x;kunta;x;vuodet;x;ryhmä\n".encode()
    )


def test_rows_set_aside_stay_without_a_group_and_are_set_aside_again(tmp_path):
    data = (
        "Tunnus;Nimi;Kunta;Vuodet;Tila\n"
        "a;Aino Keksitty;Salo;1;Vahvistettu\n"
        "b;Eino Keksitty;Pori;2;Peruttu\n"
        "a;Aino Keksitty;Salo;1;Vahvistettu\n"
        "c;Helvi Keksitty;Kemi;3;Vahvistettu\n"
    )
    roster = saved_roster(tmp_path, data.encode())
    assert [aside.row for aside in roster.set_aside] == [2, 3]
    written = groups_csv(roster, all_in_one(roster))
    assert [line.rpartition(b";")[2] for line in written.splitlines()[1:]] == [
        *(b"", b"", b"G01", b"G01")
    ]
    (tmp_path / "groups.csv").write_bytes(written)
    again, grouping, _ = read_grouping(tmp_path / "groups.csv", default_rulebook())
    assert again.ids.tolist() == roster.ids.tolist()
    assert again.set_aside == roster.set_aside
    assert grouping.group_of.tolist() == [0, 0]
