"""What a cell below an option says: yes, no, a time of its own, or nothing that is clear."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from vermegroup.domain.findings import Finding, Severity
from vermegroup.domain.roster import Roster
from vermegroup.intake.hours import near_times, when
from vermegroup.intake.ticks import Said, said_in, tick_in

Read = Callable[..., tuple[Roster, tuple[Finding, ...]]]
COMMON = "groups: {size: 2-9}\nrules: [{common: times}, place_everyone]"


def held(roster: Roster) -> list[set[str]]:
    found = roster.sets["times"]
    return [{found.values[at] for at in row.nonzero()[0]} for row in found.member]


@pytest.mark.parametrize(
    ("yes", "no"),
    [
        *(("Available", "Not available"), ("Free", "Busy"), ("Possible", "Not possible")),
        *(("I can", "I can't"), ("I can", "I can’t"), ("Suits well", "Suits badly")),
        *(("Works for me", "Does not work for me"), ("No problem", "Unavailable")),
        *(("Vapaa", "Varattu"), ("Vapaa", "Ei vapaa"), ("Pystyn", "En pysty")),
        *(("Pääsen", "En pääse"), ("Sopii hyvin", "Ei sovi lainkaan"), ("Sopii", "Huono")),
        *(("Mahdollinen", "Ei mahdollinen"), ("Sopii", "Estynyt"), ("Kyllä", "En")),
        *(("Ei estettä", "Valitettavasti en pääse"), ("Hyvin", "Sopii huonosti")),
        *(("Kan", "Kan inte"), ("Ledig", "Upptagen"), ("Passar bra", "Dåligt")),
        *(("Det går bra", "Jag kan tyvärr inte"), ("Inga hinder", "ei, olen töissä")),
    ],
)
def test_a_refusal_is_no_time_that_people_share(read: Read, yes: str, no: str) -> None:
    rows = "".join(f"{at};{no};{yes}\n" for at in range(3))
    roster, found = read(f"id;Sopivat ajat [Ma];Sopivat ajat [Ti]\n{rows}".encode(), COMMON)
    assert held(roster) == [{"Ti"}] * 3
    assert all(each.severity is Severity.NOTICE for each in found)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        *((text, Said.TIME) for text in ("Aamu", "16-18", "klo 16 jälkeen", "Morgon, kväll")),
        *((text, Said.TIME) for text in ("En kväll", "Ma 16")),
        *((text, Said.UNCLEAR) for text in ("ei ennen 16", "not before 10", "inte på kvällen")),
        *((text, Said.UNCLEAR) for text in ("etänä", "Hmm", "Kyllä, mutta myöhässä", "3")),
        *((text, Said.UNCLEAR) for text in ("yes, 16-17", "ja, om jag hinner", "on holiday")),
        *((text, Said.REMARKED) for text in ("kyllä (kysy Eerolta)", "Yes, by train")),
    ],
)
def test_a_cell_of_a_time_is_told_apart(text: str, said: Said) -> None:
    assert said_in(text) is said


@pytest.mark.parametrize("text", ["Ole", "Excel", "hyvä", "poor", "No Man's Sky", "16", "Ma", ""])
def test_what_grades_or_is_a_value_is_no_tick_elsewhere(text: str) -> None:
    assert tick_in(text) is None


def test_what_is_unclear_is_asked_about_and_never_shared(read: Read) -> None:
    data = "id;Ajat [Ma];Ajat [Ti]\n1;katsotaan;x\n2;katsotaan;kyllä (kysy Eerolta)\n"
    roster, found = read(data.encode(), COMMON)
    assert held(roster) == [{"Ti"}, {"Ti"}]
    told = {each.value: (each.severity, each.column, each.row) for each in found if each.value}
    assert told == {
        "katsotaan": (Severity.WARNING, "Ajat [Ma]", 2),
        "kyllä (kysy Eerolta)": (Severity.NOTICE, "Ajat [Ti]", 3),
    }


@pytest.mark.parametrize(
    ("alone", "listed", "others", "last"),
    [
        ("ei ma", "ei ma, ke", "ma, ti", "ti, ei ke"),
        ("not Monday", "not Monday, Wed", "Monday, Tue", "Tue, not Wed"),
        ("måndag passar inte", "inte må, on", "må, ti", "ti, inte on"),
    ],
)
def test_a_time_that_is_denied_is_no_value(
    read: Read, alone: str, listed: str, others: str, last: str
) -> None:
    rows = "".join(f"{at};{cell}\n" for at, cell in enumerate((alone, listed, others, last)))
    roster, found = read(f"id;Sopivat ajat\n{rows}".encode(), COMMON)
    both, second = set(others.split(", ")), {others.split(", ")[1]}
    assert held(roster) == [set(), set(), both, second]
    [told] = [each for each in found if each.severity is Severity.WARNING]
    assert "3 people" in str(told.message)


def test_a_time_that_all_deny_is_shared_by_nobody(
    refused: Callable[..., tuple[Finding, ...]],
) -> None:
    assert refused(b"id;Sopivat ajat\n1;ei ma\n2;ei ma\n", COMMON)


@pytest.mark.parametrize("cells", [("1", "0"), ("x", "x"), ("Kyllä", "Ei"), ("Available", "Busy")])
def test_ticks_that_tell_of_no_time_are_refused(
    refused: Callable[..., tuple[Finding, ...]], cells: tuple[str, str]
) -> None:
    rows = "".join(f"{at};{cell}\n" for at, cell in enumerate(cells))
    [told] = refused(f"id;Sopivat ajat\n{rows}".encode(), COMMON)
    assert told.hint is not None


def test_spellings_of_one_time_are_one_value(read: Read) -> None:
    same = ["Ma 16-18", "Ma 16.00-18.00", "ma klo 16–18", "Maanantai 16-18", "Mon 4-6 pm"]
    same += ["Måndagar kl. 16:00—18:00", "maanantaisin 16 - 18"]
    assert len({when(text) for text in same}) == 1
    others = ["Ma 16", "Ti 16-18", "Ma 16-18.30", "Ma aamu", "Ma aamupäivä", "ma", "16-18"]
    assert len({when(text) for text in (*same, *others)}) == len(others) + 1
    rows = "".join(f"{at};{cell}\n" for at, cell in enumerate(same))
    roster, _ = read(f"id;Sopivat ajat\n{rows}".encode(), COMMON)
    assert roster.sets["times"].values == ("Ma 16-18",)


@pytest.mark.parametrize(
    ("one", "two", "near"),
    [
        ("Ma 16-18", "Ma 16-18 etänä", True),
        ("Maannantai 16", "Maanantai 16 Zoom", False),
        ("Keskivikko 16", "Keskiviikko 16", True),
        ("Ti 16 lähi", "Ti 16 etänä", False),
        ("Ma 16-18 etänä", "Ti 16-18 etänä", False),
        ("Alternativ A", "Alternativ B", False),
        ("Måndag förmiddag", "Måndag eftermiddag", False),
        ("Ma 16-18", "Ma 16-19", False),
    ],
)
def test_times_that_may_be_one_are_asked_about(one: str, two: str, near: bool) -> None:
    assert bool(near_times((one, two))) is near
