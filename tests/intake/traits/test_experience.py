"""Experience as people write it: texts and the years they are read as."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from vermegroup.domain.findings import Severity
from vermegroup.intake import read_roster
from vermegroup.intake.traits.experience import level_in
from vermegroup.intake.traits.times import duration_in, moment, months_come_first, start_in
from vermegroup.rulebooks.read import rulebook_from_text

HALF = Fraction(1, 2)


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("5 v", 5),
        ("5v.", 5),
        ("12,5 vuotta", Fraction(25, 2)),
        ("3 vuotta 6 kk", Fraction(7, 2)),
        ("3 v. ja 6 kuukautta", Fraction(7, 2)),
        ("3 år 6 mån", Fraction(7, 2)),
        ("3 years 6 months", Fraction(7, 2)),
        ("3 years and 6 months", Fraction(7, 2)),
        ("10 år och 3 månader", Fraction(41, 4)),
        ("3 år o 6 mån", Fraction(7, 2)),
        ("2 vuotta sekä 3 kuukautta", Fraction(9, 4)),
        ("6 kk", HALF),
        ("18 månader", Fraction(3, 2)),
        ("yli 10 vuotta", 10),
        ("yli kymmenen vuotta", 10),
        ("mer än 10 år", 10),
        ("more than 10 years", 10),
        ("5+", 5),
        ("5 + v", 5),
        (">10", 10),
        ("10 tai enemmän", 10),
        ("10 or more", 10),
        ("vähintään 3", 3),
        ("noin 7", 7),
        ("n. 7 v", 7),
        ("ca 7 år", 7),
        ("~7", 7),
        ("1 (first year)", 1),
        ("10 v (josta 3 hoitovapaalla)", 10),
        ("puoli vuotta", HALF),
        ("ett halvt år", HALF),
        ("half a year", HALF),
        ("puolitoista vuotta", Fraction(3, 2)),
        ("kaksi ja puoli vuotta", Fraction(5, 2)),
        ("3½ vuotta", Fraction(7, 2)),
        ("½", HALF),
        ("vuosi", 1),
        ("ett år", 1),
        ("10 år", 10),
        ("5 vuotta kokemusta", 5),
        ("10 years of experience", 10),
        ("1. vuosi", 1),
        ("ei kokemusta", 0),
        ("vastavalmistunut opettaja", 0),
        ("nyutexaminerad", 0),
        ("just graduated", 0),
        ("5 lukuvuotta", 5),
        ("4 lv", 4),
        ("3 läsår", 3),
        ("2 school years", 2),
        ("3v6kk", Fraction(7, 2)),
        ("2y3m", Fraction(9, 4)),
        ("10-", 10),
        ("5 v –", 5),
        ("PARI VUOTTA", 2),
    ],
)
def test_lengths_of_time_are_read(text, years):
    duration = duration_in(text)
    assert (duration.years, duration.middle) == (years, False)


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("0–2", 1),
        ("0-2 vuotta", 1),
        ("2 — 3", Fraction(5, 2)),
        ("från 5 till 10 år", Fraction(15, 2)),
        ("5 to 10 years", Fraction(15, 2)),
        ("6-12 kk", Fraction(3, 4)),
        ("between 1 year and 18 months", Fraction(5, 4)),
        ("alle vuosi", HALF),
        ("alle vuoden", HALF),
        ("mindre än ett år", HALF),
        ("less than a year", HALF),
        ("<1 v", HALF),
        ("alle 5 vuotta", Fraction(5, 2)),
        ("5 tai vähemmän", Fraction(5, 2)),
    ],
)
def test_a_range_is_read_as_its_middle(text, years):
    duration = duration_in(text)
    assert (duration.years, duration.middle) == (years, True)


@pytest.mark.parametrize(
    "text",
    [
        *("", "?", "monta", "muutama vuosi", "en", "kk", "10–5", "12 v 3", "N/A", "+5"),
        *("5 vuotta päiväkodissa ja 3 koulussa", "ks. liite", "1/2/3", "9" * 100, "yli " * 50),
    ],
)
def test_what_tells_no_length_of_time_is_none_and_never_zero(text):
    assert duration_in(text) is None


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("2015", 8),
        ("vuodesta 2015", 8),
        ("sedan 2015", 8),
        ("2015–", 8),
        ("8/2015", Fraction(97, 12)),
        ("08.2015", Fraction(97, 12)),
        ("2015-08", Fraction(97, 12)),
        ("1.8.2015", Fraction(97, 12)),
        ("2.9.2015", Fraction(95, 12)),
        ("2015-08-01", Fraction(97, 12)),
        ("2015-08-01 00:00:00", Fraction(97, 12)),
        ("elokuu 2015", Fraction(97, 12)),
        ("elokuusta 2015", Fraction(97, 12)),
        ("augusti 2015", Fraction(97, 12)),
        ("Aug 2015", Fraction(97, 12)),
        ("syksy 2015", Fraction(97, 12)),
    ],
)
def test_a_start_makes_years_up_to_a_day(text, years):
    assert start_in(text).years_to(date(2023, 9, 1)) == years


@pytest.mark.parametrize("text", ["12", "1900", "13/2015", "31.2.2015", "foo 2015", "2015-2020"])
def test_what_is_no_start_is_none(text):
    assert start_in(text) is None


@pytest.mark.parametrize(
    ("text", "level"),
    [
        *(("uusi", "new"), ("Aloitteleva", "new"), ("ny", "new"), ("New", "new")),
        *(("kokenut", "experienced"), ("erfaren", "experienced"), ("Experienced", "experienced")),
        *(("siltä väliltä", "mid"), ("däremellan", "mid"), ("uusi (alle 5 v)", "new")),
        *(("vanha", None), ("12", None), ("", None)),
    ],
)
def test_words_for_experience_are_known_in_three_languages(text, level):
    assert level_in(text) == level


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2023-08-15 12:03:11", (2023, 8, 15, 12, 3)),
        ("2023-08-15T12:03:11.123Z", (2023, 8, 15, 12, 3)),
        ("15.8.2023 klo 12.03", (2023, 8, 15, 12, 3)),
        ("15.8.2023", (2023, 8, 15, 0, 0)),
        ("8/15/23 12:03:11", (2023, 8, 15, 12, 3)),
        ("8/15/2023 1:03:11 PM", (2023, 8, 15, 13, 3)),
        ("2023/08/15 1:03:11 ip. UTC+3", (2023, 8, 15, 13, 3)),
        ("3/4/2023", (2023, 4, 3, 0, 0)),
        ("2023/08/15 1:03:11 em EEST", (2023, 8, 15, 13, 3)),
        ("15. elokuuta 2023 klo 12.03", (2023, 8, 15, 12, 3)),
        ("ti 15.8.2023 kello 12:03", (2023, 8, 15, 12, 3)),
        ("den 15 augusti 2023 kl. 12:03", (2023, 8, 15, 12, 3)),
        ("Aug 15, 2023, 12:03:11 PM", (2023, 8, 15, 12, 3)),
        ("Tue Aug 15 2023 12:03:11 GMT+0300 (Eastern European Summer Time)", (2023, 8, 15, 12, 3)),
        ("15-Aug-2023 12:03", (2023, 8, 15, 12, 3)),
        ("2023-08-15 12:03:11 Europe/Helsinki", (2023, 8, 15, 12, 3)),
    ],
)
def test_times_of_answer_are_read(text, expected):
    found = moment(text)
    assert (found.year, found.month, found.day, found.hour, found.minute) == expected


def test_one_date_tells_that_months_come_first():
    assert months_come_first(["3/4/2023", "3/24/2023"])
    assert not months_come_first(["3/4/2023", "24/3/2023"])
    assert moment("3/4/2023", month_first=True).month == 3
    assert moment("32.1.2023") is None


HEAD = "Tunnus;Kunta;Kokemus\n"


def years(roster) -> list[Fraction]:
    numbers = roster.numbers["years"]
    return [Fraction(int(tick), numbers.per_unit) for tick in numbers.ticks]


def test_each_unusual_text_is_told_once_with_all_its_rows(read):
    data = HEAD + "a;Salo;yli 10 vuotta\nb;Pori;3\nc;Turku;yli 10 vuotta\nd;Kemi;0–2\n"
    roster, findings = read(data.encode())
    assert years(roster) == [10, 3, 10, 1]
    assert [(f.row, f.value, f.severity) for f in findings] == [
        (2, "yli 10 vuotta", Severity.NOTICE),
        (5, "0–2", Severity.NOTICE),
    ]
    assert str(findings[0].message) == "“yli 10 vuotta” was read as 10 years (rows 2 and 4)"
    assert "middle" in str(findings[1].message)
    assert "keskikohta" in findings[1].message.in_("fi")


@pytest.mark.parametrize(
    ("text", "years"),
    [
        *(("toinen vuosi", 2), ("2. vuosi", 2), ("kolmatta vuotta", 3), ("3. vuosi menossa", 3)),
        *(("andra året", 2), ("fjärde året", 4), ("my second year", 2)),
        *(("2nd year", 2), ("third school year", 3)),
    ],
)
def test_the_year_that_somebody_is_in_is_asked_about(read, text, years):
    assert duration_in(text).at_most
    _, [finding] = read(f"{HEAD}a;Salo;{text}\nb;Pori;3\n".encode())
    assert finding.severity is Severity.WARNING
    assert f"{years} years" in str(finding.message)


def test_what_is_said_of_ranges_is_not_said_of_others(read):
    _, findings = read(f"{HEAD}a;Salo;n. 5 v\nb;Pori;0-2\nc;Turku;ca 7 år\n".encode())
    hints = {finding.value: finding.hint for finding in findings}
    forms = {finding.value: finding.message.template for finding in findings}
    assert hints["n. 5 v"] is None
    assert hints["0-2"] is not None
    assert forms["n. 5 v"] == forms["ca 7 år"] != forms["0-2"]


def test_a_start_is_counted_to_the_newest_answer_and_else_to_today(read):
    table = "Tunnus;Kunta;Kokemus;Aikaleima\na;Salo;2015;1.8.2022 9.00\nb;Pori;3;2.8.2022 9.00\n"
    roster, [finding] = read(table.encode())
    assert years(roster) == [7, 3]
    assert "the newest answer in the file (2022-08-02)" in str(finding.message)
    roster, [finding] = read((HEAD + "a;Salo;2015\nb;Pori;3\n").encode())
    assert years(roster) == [8, 3]
    assert "today (2023-09-01)" in str(finding.message)


def test_months_and_decimals_stay_exact_together(read):
    roster, _ = read((HEAD + "a;Salo;8/2015\nb;Pori;2,5\nc;Kemi;0,1\n").encode())
    assert years(roster) == [Fraction(97, 12), Fraction(5, 2), Fraction(1, 10)]


BANDS_ONLY = """
rules:
  - include: {experience: new, at_least: 1}
  - include: {experience: experienced, at_least: 1}
"""


@pytest.mark.parametrize("words", ["uusi kokenut", "ny erfaren", "New Experienced"])
def test_words_for_experience_do_where_only_bands_are_needed(read, words):
    new, experienced = words.split()
    data = HEAD + f"a;Salo;{new}\nb;Pori;{experienced}\nc;Kemi;siltä väliltä\n"
    roster, findings = read(data.encode(), BANDS_ONLY)
    assert not findings
    assert not roster.numbers
    experience = roster.categories["experience"]
    assert experience.values == ("new", "experienced", "mid")
    assert experience.codes.tolist() == [0, 1, 2]


def test_words_are_met_by_the_names_that_a_rulebook_gives_its_bands(read):
    rules = (
        "bands:\n  experience: {uusi: below 5, kokenut: 10 or more}\n"
        "rules:\n  - include: {experience: uusi, at_least: 1}\n"
    )
    roster, _ = read((HEAD + "a;Salo;ny\nb;Pori;kokenut\n").encode(), rules)
    assert roster.categories["experience"].values == ("uusi", "kokenut", "mid")
    assert roster.categories["experience"].codes.tolist() == [0, 1]


def test_words_do_not_do_where_years_are_needed(refused):
    [finding] = refused((HEAD + "a;Salo;uusi\nb;Pori;kokenut\n").encode())
    assert finding.column == "Kokemus"
    assert "spread: years" in str(finding.hint)


def test_a_word_among_numbers_is_an_error(refused):
    [finding] = refused((HEAD + "a;Salo;5\nb;Pori;kokenut\n").encode())
    assert (finding.row, finding.value) == (3, "kokenut")


def test_many_blank_cells_are_summarised(refused):
    rows = "".join(f"p{row};Salo;{'' if row else 1}\n" for row in range(200))
    findings = refused((HEAD + rows).encode())
    (finding,) = findings
    assert finding.message.in_("en").endswith("(rows 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 and 189 more)")


@pytest.mark.parametrize(
    ("header", "cell", "years"),
    [
        ("Työkokemus (kk)", "18", HALF * 3),
        ("Experience (months)", "6", HALF),
        ("Erfarenhet (mån)", "24", 2),
        ("Työkokemus kuukausina", "30", HALF * 5),
        ("Kokemus (pv)", "1461", 4),
        ("Erfarenhet (dagar)", "1461", 4),
        ("Kokemus (v, kk)", "6", 6),
        ("Työkokemus", "6", 6),
    ],
)
def test_numbers_are_in_the_unit_of_their_header(tmp_path, header, cell, years):
    roster = tmp_path / "roster.csv"
    roster.write_text(f'id,"{header}"\nP1,{cell}\nP2,{cell}\n', encoding="utf-8")
    book = "preferences: [{balance: years}]"
    found, findings = read_roster(roster, rulebook_from_text(book, "rules.yaml"))
    numbers = found.numbers["years"]
    assert Fraction(int(numbers.ticks[0]), numbers.per_unit) == years
    assert sum("divided" in str(each.message) for each in findings) == (str(years) != cell)
