"""Files that cannot be a roster: what is said, and where."""

from __future__ import annotations

import pytest

from vermegroup.domain.findings import RosterError, Severity
from vermegroup.intake import read_roster
from vermegroup.language.catalogues import languages

HEAD = "Tunnus;Kunta;Vuodet\n"

# what is wrong: (file, [(row, column, value, words of the message), …])
BAD = {
    "nothing": ("", [(None, None, None, "empty")]),
    "only blank rows": ("\n \n\n", [(None, None, None, "empty")]),
    "only a header": (HEAD, [(None, None, None, "no participants")]),
    "a header and blank rows": (HEAD + ";;\n\n", [(None, None, None, "no participants")]),
    "no id": ("Kunta;Vuodet\nSalo;1\n", [(1, None, None, "Kunta and Vuodet")]),
    "no municipality": ("\nTunnus;Vuodet\na;1\n", [(2, None, None, "municipality")]),
    "no years": ("Tunnus;Kunta\na;Salo\n", [(1, None, None, "experience")]),
    "none of them": ("x;y\n1;2\n", [(1, None, None, "x and y")] * 3),
    "two ids": (HEAD + "a;Salo;1\nb;Pori;2\na ;Kemi;3\n", [(4, "Tunnus", "a", "row 2")]),
    "an id thrice": (
        HEAD + "a;Salo;1\na;Pori;2\na;Kemi;3\n",
        [(3, "Tunnus", "a", "row 2"), (4, "Tunnus", "a", "row 2")],
    ),
    "municipality missing": (HEAD + "a;;1\nb;Pori;2\n", [(2, "Kunta", "", "missing")]),
    "a dash for a value": (
        HEAD + "a;-;1\nb;Pori;–\n",
        [(2, "Kunta", "", "missing"), (3, "Vuodet", "", "missing")],
    ),
    "a whole column missing": (HEAD + "a;;1\nb;;2\n", [(None, "Kunta", None, "column")]),
    "short row": (HEAD + "a;Salo;1\n\nb;Pori\n", [(4, "Vuodet", "", "missing")]),
    "long row": (HEAD + "a;Salo;1;2\n", [(2, None, None, "4 cells")]),
    "negative years": (HEAD + "a;Salo;-1\n", [(2, "Vuodet", "-1", "negative")]),
    "a true minus": (
        HEAD + "a;Salo;\N{MINUS SIGN}1\n",
        [(2, "Vuodet", "\N{MINUS SIGN}1", "negative")],
    ),
    "years in words": (HEAD + "a;Salo;monta\n", [(2, "Vuodet", "monta", "not a number")]),
    "years without an end": (HEAD + "a;Salo;inf\n", [(2, "Vuodet", "inf", "not a number")]),
    "years in other digits": (HEAD + "a;Salo;١٢\n", [(2, "Vuodet", "١٢", "not a number")]),
    "a start to come": (HEAD + "a;Salo;2999\n", [(2, "Vuodet", "2999", "more experience")]),
    "a start next year": (HEAD + "a;Salo;2024\n", [(2, "Vuodet", "2024", "future")]),
    "just beyond a life": (
        HEAD + "a;Salo;80\nb;Salo;80,5\n",
        [(3, "Vuodet", "80,5", "more experience")],
    ),
    "two columns for one trait": (
        "Tunnus;Kunta;Kotikunta;Vuodet\na;Salo;Pori;1\n",
        [(1, None, None, "“Kunta” and “Kotikunta”")],
    ),
    "a quote left open": (HEAD + 'a;Salo;1\nb;"Pori;2\nc;Kemi;3\n', [(3, None, None, "quotation")]),
    "a quote closed by another": (
        HEAD + 'a;Salo;1\nb;"Pori;2\nc;"Kemi";3\n',
        [(3, None, None, "quotation")],
    ),
    "a cell without end": (HEAD + f"a;{'x' * 200_000};1;2\n", [(2, None, None, "too long")]),
    "a spreadsheet": ("PK\x03\x04", [(None, None, None, "workbook is damaged")]),
    "zero bytes": ("T\0unnus;Kunta\n", [(None, None, None, "not a text file")]),
    "everything at once": (
        HEAD + "a;;-1\na;Salo;x\n;Pori;99\n",
        [
            (2, "Kunta", "", "missing"),
            (2, "Vuodet", "-1", "negative"),
            (3, "Tunnus", "a", "row 2"),
            (3, "Vuodet", "x", "not a number"),
            (4, "Vuodet", "99", "more experience"),
        ],
    ),
}


@pytest.mark.parametrize(("text", "expected"), BAD.values(), ids=BAD.keys())
def test_every_fault_is_told_with_its_place(refused, text, expected):
    findings = refused(text.encode())
    found = sorted((f.row or 0, f.column or "", f.value or "") for f in findings)
    assert found == sorted(
        (row or 0, column or "", value or "") for row, column, value, _ in expected
    )
    for *place, words in expected:
        assert any(
            [f.row, f.column, f.value] == place and words in str(f.message) for f in findings
        )
    assert all(f.severity is Severity.ERROR for f in findings)
    assert all(f.file.endswith("roster.csv") for f in findings)
    assert [f.row or 0 for f in findings] == sorted(f.row or 0 for f in findings)


@pytest.mark.parametrize(("text", "expected"), BAD.values(), ids=BAD.keys())
def test_every_fault_is_told_in_each_language(refused, text, expected):
    for finding in refused(text.encode()):
        said = {finding.message.in_(language) for language in languages()}
        assert len(said) == len(languages())
        assert not any("{" in sentence for sentence in said)


def test_a_file_that_is_not_there_is_a_finding(tmp_path, rulebook):
    with pytest.raises(RosterError) as stopped:
        read_roster(tmp_path / "nowhere.csv", rulebook)
    assert "no such file" in str(stopped.value.findings[0].message)
    with pytest.raises(RosterError) as stopped:
        read_roster(tmp_path, rulebook)
    assert "folder" in str(stopped.value.findings[0].message)
    with pytest.raises(RosterError):
        read_roster("a\0b", rulebook)


def test_a_braced_cell_is_quoted_as_it_is(refused):
    [finding] = refused((HEAD + "a;Salo;{0}\n").encode())
    assert "{0}" in finding.message.in_("fi")


def test_what_no_rule_needs_may_be_missing(read):
    rules = "rules:\n  - different: Kunta\n"
    roster, findings = read(b"Tunnus;Kunta;Vuodet\na;Salo;\nb;Pori;x\n", rules)
    assert len(roster) == 2
    assert not findings
    assert not roster.numbers
