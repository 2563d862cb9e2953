"""What people answer beside the options: any of them, none, another, or perhaps."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from vermegroup.domain.findings import Finding, Severity
from vermegroup.domain.roster import Roster
from vermegroup.intake.answers import Answer, answer_in, is_another

Read = Callable[..., tuple[Roster, tuple[Finding, ...]]]
COMMON = "groups: {size: 2}\nrules: [{common: times}, place_everyone]"


def table(headers: list[str], *rows: str) -> bytes:
    lines = [";".join(f'"{header}"' for header in ["id", *headers]), *rows]
    return "\n".join(lines).encode()


def held(roster: Roster) -> list[set[str]]:
    found = roster.sets["times"]
    return [{found.values[at] for at in row.nonzero()[0]} for row in found.member]


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        *((text, Answer.ANY) for text in ("Mikä vain käy", "Vad som helst", "any time works")),
        *((text, Answer.ANY) for text in ("Kaikki ajat sopivat", "När som helst", "Any")),
        *((text, Answer.NONE) for text in ("Joku muu aika", "Muu, mikä?", "Annat", "Annan tid")),
        *((text, Answer.NONE) for text in ("Other (please specify)", "Other", "None of these")),
        *((text, Answer.NONE) for text in ("Ei mikään näistä", "Ingen av dessa", "En osaa sanoa")),
        *((text, Answer.DOUBTFUL) for text in ("Ehkä", "maybe", "kanske", "(x)", "Tarvittaessa")),
        *((text, Answer.DOUBTFUL) for text in ("Ti 17 (ehkä)", "Tis vid behov", "Tue, if needed")),
        *((text, None) for text in ("Ma 16", "Muutos", "Andrahandsval", "All day Monday")),
        *((text, None) for text in ("Miten jaksan?", "Muu maa mustikka", "Ev. luth. ungdom")),
    ],
)  # fmt: skip
def test_an_answer_beside_the_options_is_told_from_one_of_them(
    text: str, answer: Answer | None
) -> None:
    assert answer_in(text) is answer


@pytest.mark.parametrize(
    "option", ["Joku muu, mikä?", "Annat, vad", "Other: please specify", "Muu"]
)
def test_an_option_stands_for_those_that_are_not_listed(option: str) -> None:
    assert is_another(option)


@pytest.mark.parametrize(
    ("other", "any_time", "perhaps"),
    [
        ("Joku muu aika", "Mikä vain käy", "Ti 17 (ehkä)"),
        ("Annat", "Vad som helst", "kanske Ti 17"),
        ("Other (please specify)", "Any time", "Ti 17, if needed"),
    ],
)
def test_nobody_shares_another_time_and_who_can_at_any_has_all(
    read: Read, other: str, any_time: str, perhaps: str
) -> None:
    rows = [
        f'1;"Ma 16;{other}"',
        f'2;"{other}"',
        f'3;"{any_time}"',
        "4;Ti 17;",
        f'5;"{perhaps};Ma 16"',
    ]
    roster, findings = read(table(["Sopivat ajat"], *rows), COMMON)
    assert held(roster) == [{"Ma 16"}, set(), {"Ma 16", "Ti 17"}, {"Ti 17"}, {"Ma 16"}]
    told = {finding.row: finding.severity for finding in findings if finding.value}
    assert told == {2: Severity.WARNING, 4: Severity.NOTICE, 6: Severity.WARNING}


def test_a_doubtful_tick_is_not_free_and_is_told_once(read: Read) -> None:
    headers = [f"Times [{option}]" for option in ("Mon", "Tue", "Other, please specify")]
    rows = ["1;x;(x);", "2;maybe;1;", "3;1;?;Sat 10", "4;1;1;1", "5;x;tarvittaessa;Sat 10"]
    roster, findings = read(table(headers, *rows), COMMON)
    both = {"Mon", "Tue"}
    assert held(roster) == [{"Mon"}, {"Tue"}, {"Mon", "Sat 10"}, both, {"Mon", "Sat 10"}]
    doubtful = [str(finding.message) for finding in findings if "doubtful" in str(finding.message)]
    assert len(doubtful) == 1
    assert "4 people" in doubtful[0]


@pytest.mark.parametrize(
    ("one", "two", "others"),
    [
        ("en osaa sanoa", "ei käy", "Ma 16"),
        ("Vet inte", "passar inte", "Mån 16"),
        ("none of these", "don't know", "Mon 16"),
    ],
)
def test_each_answer_that_is_no_value_has_its_own_count(
    read: Read, one: str, two: str, others: str
) -> None:
    answers = [one, two, one.upper(), others, two, two]
    rows = [f"{at};{answer}" for at, answer in enumerate(answers, 1)]
    _roster, findings = read(table(["Sopivat ajat"], *rows), COMMON)
    [told] = [str(each.message) for each in findings if "counts for nothing" in str(each.message)]
    assert (f"“{two}” (3)" in told, f"“{one}” (2)" in told, "5 people" in told) == (True,) * 3


def test_any_hour_of_a_day_is_all_hours_of_that_day(read: Read) -> None:
    rows = ["1;16;17", "2;mikä vain;", "3;18;ei sovi", "4;;17"]
    roster, _ = read(table(["Ajat [Ma]", "Ajat [Ti]"], *rows), COMMON)
    assert held(roster) == [{"Ma 16", "Ti 17"}, {"Ma 16", "Ma 18"}, {"Ma 18"}, {"Ti 17"}]
