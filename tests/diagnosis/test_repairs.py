"""A repair is the change of text that it is shown as, and works by the path of form."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
import yaml

from tests.brute_force import Person
from tests.builders import problem_from, roster_of
from tests.diagnosis.applying import with_repair
from vermegroup.diagnosis.diagnose import diagnose
from vermegroup.diagnosis.repairs.newcomers import newcomers
from vermegroup.diagnosis.repairs.recruits import _Lack
from vermegroup.diagnosis.written import Written
from vermegroup.domain.outcome import Outcome, Remedy, Repair, Verdict
from vermegroup.domain.problem import problem_of
from vermegroup.intake.municipalities import municipalities
from vermegroup.language.catalogues import languages
from vermegroup.report.build import repair_lines
from vermegroup.report.why_not_text import repair_note
from vermegroup.rulebooks.read import rulebook_from_text
from vermegroup.rulebooks.write import with_groups
from vermegroup.solver.form_parts import form
from vermegroup.solver.search import Limits, Search

PATIENCE = Limits(seconds=60)


def diagnosed(people: list[Person], rulebook: str) -> Outcome:
    return diagnose(form(problem_from(people, rulebook), PATIENCE), PATIENCE)


def repairs_of(people: list[Person], rulebook: str) -> tuple[Repair, ...]:
    why_not = diagnosed(people, rulebook).why_not
    assert why_not is not None
    return why_not.repairs


# Someone is pinned to a group with a number that fewer groups do not have.
def pinned(
    roles: str,
    size: str = "size: 2-3, prefer: 2",
    pin: str = "SYN-006: G03",
    more: str = "",
) -> tuple[list[Person], str]:
    people = [Person(f"Town {n}", n, role) for n, role in enumerate(roles)]
    rules = f"{{pin: {{{pin}}}}}, {{different: subject}}{more}"
    return people, f"groups: {{{size}}}\nrules: [{rules}]\n"


PINNED = [
    pinned("emmmem"),
    pinned("emmmem", pin="SYN-001: G03"),
    pinned("emmmem", pin="SYN-006: 3"),
    pinned("mmmmem", size="size: 2-3"),
    pinned("emmmemm", size="size: 2-3, prefer: 3"),
    pinned("emmmem", pin="SYN-006: G03, SYN-002: G01"),
    pinned("emmmem", more=", place_everyone"),
    pinned("emmmemxm", size="size: 2-4, prefer: 2", pin="SYN-004: G04"),
    pinned("emmmem", more=", {not_alone: {experience: new}}"),
    pinned("mmmmmmee", size="size: 2-4", pin="SYN-008: G03"),
    pinned("emmmem", more=", even_sizes"),
]


@pytest.mark.parametrize(("people", "rulebook"), PINNED)
def test_a_repair_minds_the_rules_that_it_does_not_speak_of(
    people: list[Person], rulebook: str
) -> None:
    outcome = diagnosed(people, rulebook)
    assert outcome.verdict is Verdict.IMPOSSIBLE
    assert outcome.why_not is not None
    for repair in outcome.why_not.repairs:
        assert repair.verified
        changed = with_repair(people, rulebook, repair)
        assert form(changed, PATIENCE).verdict is Verdict.FORMED, repair.lines


def test_the_lines_lead_from_one_text_to_the_other() -> None:
    people, rulebook = pinned("emmmem")
    before = yaml.safe_load(rulebook)
    (repair,) = [repair for repair in repairs_of(people, rulebook) if repair.remedy is Remedy.RULE]
    assert repair.lines == (
        "- groups: {size: 2-3, prefer: 2, count: auto}",
        "- rules: {different: subject}",
        "+ groups: {size: 2-3, prefer: 2, count: 3}",
        "+ preferences: {different: subject}",
    )
    after = {**before, **repair.change["rulebook"]}
    assert after["rules"] == [{"pin": {"SYN-006": "G03"}}]
    assert after["preferences"][0] == {"different": "subject"}


def test_of_a_part_the_change_is_written_under_its_name() -> None:
    text = """
split_by: subject
groups: {size: 2-3}
rules: [place_everyone]
parts:
  Art: {groups: {size: 3, count: 2}}
"""
    people = [Person(f"Town {n}", n, "Art" if n < 5 else "Music") for n in range(9)]
    outcome = diagnosed(people, text)
    art = next(part.outcome for part in outcome.parts if part.value == "Art")
    assert art.why_not is not None
    sizes = next(repair for repair in art.why_not.repairs if repair.remedy is Remedy.SIZE)
    assert sizes.lines == (
        "- Art: groups: {size: 3, count: 2}",
        "+ Art: groups: {size: 2-3, count: 2}",
    )
    plain = yaml.safe_load(text)
    plain["parts"]["Art"].update(sizes.change["rulebook"])
    changed = problem_from(people, yaml.safe_dump(plain, sort_keys=False))
    assert form(changed, PATIENCE).verdict is Verdict.FORMED
    (recruit,) = [repair for repair in art.why_not.repairs if repair.remedy is Remedy.RECRUIT]
    assert recruit.change["recruit"] == [{"subject": "Art"}]


def test_a_band_that_others_are_of_is_not_moved_for_one_part() -> None:
    text = """
split_by: subject
groups: {size: 2-3}
rules: [{include: {experience: experienced}}, place_everyone]
"""
    music = [Person("A", 9, "Music"), Person("B", 10, "Music")]
    art = [Person("C", 9, "Art"), Person("D", 1, "Art")]
    alone = [replace(music[0], years=1), music[1]]
    remedies = {
        len(people): {repair.remedy for repair in _of_art([*art, *people], text)}
        for people in (music, [*alone, Person("E", 1, "Music")])
    }
    assert Remedy.BAND not in remedies[2], "somebody of Music would be experienced, too"
    assert Remedy.BAND in remedies[3]


def _of_art(people: list[Person], text: str) -> tuple[Repair, ...]:
    parts = diagnosed(people, text).parts
    why_not = next(part.outcome.why_not for part in parts if part.value == "Art")
    assert why_not is not None
    return why_not.repairs


def test_what_the_reader_refuses_is_no_repair() -> None:
    """With groups of up to three, three mentors in a group could not be asked for."""
    text = "groups: {size: 3-4}\nrules: [{include: {subject: m, at_least: 4}}, place_everyone]"
    people = [Person(f"Town {n}", n, "m") for n in range(5)]
    written = Written(problem_from(people, text), problem_from(people, text), form)
    assert written.read({"groups": {"size": "2-3"}}) is None
    assert written.formed({"groups": {"size": "2-3"}}, Search(PATIENCE)) is False
    assert written.formed({"groups": {"size": "4-5"}}, Search(PATIENCE)) is True


def test_without_time_to_try_it_nothing_is_verified() -> None:
    text = "groups: {size: 3-4}\nrules: [place_everyone]"
    problem = problem_from([Person(f"Town {n}", n) for n in range(4)], text)
    hurried = Search(replace(PATIENCE, seconds=0.0))
    assert Written(problem, problem, form).formed({"groups": {"size": "5"}}, hurried) is not True
    repairs = repairs_of([Person(f"Town {n}", n) for n in range(5)], text)
    untried = tuple(replace(repair, verified=False) for repair in repairs)
    outcome = diagnosed([Person(f"Town {n}", n) for n in range(5)], text)
    assert outcome.why_not is not None
    untried_outcome = replace(outcome, why_not=replace(outcome.why_not, repairs=untried))
    for line in repair_lines(((None, untried_outcome),)):
        assert len({repair_note(line).in_(language) for language in languages()}) == 3
        assert "tried, and it works" not in str(repair_note(line))


# newcomers who can exist ------------------------------------------------------------------------
MID = "groups: {size: 2-3}\nrules: [{include: {experience: mid}}, place_everyone]\n"
NEW = "groups: {size: 2-3}\nrules: [{include: {experience: new}}, place_everyone]\n"


@pytest.mark.parametrize(
    ("rulebook", "bands", "years"),
    [
        (MID, "{new: below 5, experienced: 10 or more}", 5),
        (MID, "{new: below 5, experienced: 5 or more}", None),
        (MID, "{new: at most 5, experienced: above 5}", None),
        (MID, "{new: below 5, experienced: above 5}", 5),
        (MID, "{new: below 5, experienced: 5.5 or more}", 5),
        (MID, "{new: at most 5, experienced: 5.5 or more}", 5.25),
        (MID, "{new: at most 5, experienced: 5.1 or more}", None),
        (MID, "{new: 0-4, experienced: 5-80}", 4.5),
        (MID, "{new: below 0, experienced: 0 or more}", None),
        (NEW, "{new: below 0, experienced: 5 or more}", None),
        (NEW, "{new: over 80, experienced: 5-10}", None),
        (NEW, "{new: 70 or more, experienced: 5-10}", 70),
        (NEW, "{new: 0, experienced: 5-10}", 0),
    ],
)
def test_only_people_who_can_exist_are_asked_for(
    rulebook: str, bands: str, years: float | None
) -> None:
    """The number is told where a rule looks at it, too."""
    people = [Person(f"Town {n}", 6 + n % 2) for n in range(4)]
    text = f"{rulebook}bands: {{experience: {bands}}}\n"
    some_year = text.replace("place_everyone", "place_everyone, {spread: years, at_least: 0}")
    if form(problem_from(people, text), PATIENCE).verdict is Verdict.FORMED:
        people = [replace(person, years=20) for person in people]
    recruits = [
        repair for repair in repairs_of(people, some_year) if repair.remedy is Remedy.RECRUIT
    ]
    if years is None:
        assert not recruits
        return
    (repair,) = recruits
    assert {recruit["years"] for recruit in repair.change["recruit"]} == {years}
    assert form(with_repair(people, some_year, repair), PATIENCE).verdict is Verdict.FORMED


def test_nobody_comes_from_a_town_that_nobody_else_is_from_where_no_town_is_left() -> None:
    names = [town.name_fi for town in municipalities() if town.exists]
    book = "groups: {size: 3}\nrules: [{different: municipality}, place_everyone]"
    for left in (0, 2):
        problem = problem_from([Person(town, 1) for town in names[left:]], book)
        who = newcomers(Written(problem, problem, form))
        assert (who.most if who else 0) == left
    problem = problem_from([Person(f"Town {n}", 1) for n in range(500)], book)
    who = newcomers(Written(problem, problem, form))
    assert who is not None
    assert who.most == len(names)


def test_where_rules_look_at_a_town_and_its_region_nobody_is_asked_for() -> None:
    """A town that nobody is from may have a region that is not told."""
    people = [Person(f"Town {n}", n, "North") for n in range(5)]
    roster = roster_of(people)
    roster = roster.with_categories("region", roster.categories["subject"])
    text = "groups: {{size: 3, count: 2}}\nrules: [{{different: {t}}}, place_everyone{more}]"
    for trait, more, expected in (
        ("municipality", "", True),
        ("municipality", ", {not_alone: {region: North}}", False),
    ):
        problem = problem_of(roster, rulebook_from_text(text.format(t=trait, more=more), ""))
        outcome = diagnose(form(problem, PATIENCE), PATIENCE)
        assert outcome.why_not is not None
        found = any(repair.remedy is Remedy.RECRUIT for repair in outcome.why_not.repairs)
        assert found is expected


def test_what_quotas_lack_is_no_more_than_what_newcomers_could_serve_at_once() -> None:
    """Four quotas, each lacking two, and newcomers who serve two of them: four are enough."""
    problem = problem_from([Person("A", 1)] * 2, "groups: {size: 2, count: 1}\nrules: []")
    counted = np.array([[1, 0, 0], [1, 0, 1], [0, 1, 1], [0, 1, 0]], dtype=bool)
    lack = _Lack(problem, np.zeros(4, np.int64), np.full(4, 2, np.int64), counted)
    assert lack.fewest(10) == 4
    assert len(lack.serving(10)) >= 4


@pytest.mark.parametrize(
    ("years", "limit", "cheapest"), [(8, 10, True), (8.5, 10, False), (8, 9.5, False)]
)
def test_of_numbers_with_parts_a_step_of_a_whole_year_is_not_called_the_least(
    years: float, limit: float, cheapest: bool
) -> None:
    """From 8.5 on would do where from 8 on does, and be nearer."""
    text = (
        "groups: {size: 3}\n"
        f"bands: {{experience: {{experienced: {limit} or more}}}}\n"
        "rules: [{include: {experience: experienced}}, place_everyone]"
    )
    people = [Person("A", Fraction(years)), Person("B", 1), Person("C", 2)]
    (band,) = [repair for repair in repairs_of(people, text) if repair.remedy is Remedy.BAND]
    assert band.cheapest is cheapest


@pytest.mark.parametrize(
    ("like", "words"), [(4, "held in none of them"), (3, "could hold in 1 group")]
)
def test_a_wish_that_no_group_grants_is_not_said_to_be_kept_in_so_many(
    like: int, words: str
) -> None:
    people = [Person("Town", n, "Art" if n < like else "Music") for n in range(4)]
    text = "groups: {size: 2}\nrules: [{different: subject}, place_everyone]"
    (repair,) = [repair for repair in repairs_of(people, text) if repair.remedy is Remedy.RULE]
    assert words in str(repair.sentence)
    assert all("0" not in repair.sentence.in_(language) for language in languages())


def numbers_that_groups_may_have(repair: Repair) -> set[int]:
    """Every number of groups that is possible after a repair, found by trying each."""
    spec = repair.problem.rulebook.groups
    asked = (replace(spec, fewest=k, most=k) for k in range(1, len(repair.problem.roster) + 1))
    books = (with_groups(repair.problem.rulebook, spec) for spec in asked)
    found = (form(replace(repair.problem, rulebook=book), PATIENCE).grouping for book in books)
    return {grouping.groups for grouping in found if grouping is not None}


@pytest.mark.parametrize("people", [5, 6, 7])
@pytest.mark.parametrize("rule", ["{different: municipality}", "{include: {subject: Art}}"])
def test_a_number_of_groups_is_told_only_where_no_other_is_possible(people: int, rule: str) -> None:
    """Six of three sorts make three groups of two or two of three: no number is that of form."""
    roster = [Person(f"Town {n % 3}", n, "Art" if n else "Music") for n in range(people)]
    text = f"groups: {{size: 4}}\nrules: [{rule}, place_everyone]"
    repairs = repairs_of(roster, text)
    assert repairs
    for repair in repairs:
        number = re.search(
            r"(\d+) groups? would be possible|could form (\d+)", str(repair.sentence)
        )
        if number and repair.remedy is not Remedy.WAITLIST:
            assert numbers_that_groups_may_have(repair) == {int(number[1])}, repair.sentence.in_(
                "en"
            )


def test_where_form_may_choose_the_number_no_number_is_told() -> None:
    roster = [Person(f"Town {n}", n) for n in range(7)]
    text = "groups: {size: 4}\nrules: [{different: municipality}, place_everyone]"
    sizes = [
        str(repair.sentence) for repair in repairs_of(roster, text) if repair.remedy is Remedy.SIZE
    ]
    assert sizes[0] == "If groups could have 3 to 4 people, 2 groups would be possible"
    roster = roster[:6]
    text = "groups: {size: 4-5}\nrules: [{different: municipality}, place_everyone]"
    sizes = [
        str(repair.sentence) for repair in repairs_of(roster, text) if repair.remedy is Remedy.SIZE
    ]
    assert "If groups could have 4 to 6 people, 1 group would be possible" in sizes


def test_no_file_of_earlier_groups_is_read_again_for_a_repair(tmp_path: Path) -> None:
    earlier = tmp_path / "earlier.csv"
    earlier.write_text("id,group\np0,G1\np1,G1\n", "utf-8")
    people = [Person(f"Town {n}", n) for n in range(6)]
    problem = problem_from(people, f"groups: {{size: 3}}\nrules: [{{strangers: {earlier}}}]")
    earlier.unlink()
    again = Written(problem, problem, form).read({"groups": {"size": "2"}})
    assert again is not None
    assert again.rulebook.earlier() == problem.rulebook.earlier()
