"""Entries of a rulebook, kind by kind: what they mean, and what is said where they are at fault."""

from __future__ import annotations

from fractions import Fraction

import pytest
import yaml

from tests.brute_force import Person
from tests.builders import problem_from
from vermegroup.domain.findings import Finding, RulebookError
from vermegroup.domain.kind import Kind, Role
from vermegroup.rulebooks.read import rulebook_from_text
from vermegroup.rules.apart import Apart
from vermegroup.rules.balance import Balance
from vermegroup.rules.common import Common
from vermegroup.rules.different import Different
from vermegroup.rules.even_sizes import EvenSizes
from vermegroup.rules.include import Include
from vermegroup.rules.not_alone import NotAlone
from vermegroup.rules.pin import Pin
from vermegroup.rules.ratio import Ratio
from vermegroup.rules.resilient import Resilient
from vermegroup.rules.same import Same
from vermegroup.rules.selectors.pairs import Pairs
from vermegroup.rules.selectors.ranges import read_stretch
from vermegroup.rules.spread import Spread
from vermegroup.rules.together import Together


def read(entry: str) -> Kind:
    return rulebook_from_text(f"rules:\n  - {entry}", "rules.yaml").rules[1]


def faults(text: str) -> tuple[Finding, ...]:
    with pytest.raises(RulebookError) as raised:
        rulebook_from_text(text, "rules.yaml")
    return raised.value.findings


READ = [
    ("same: municipality", Same("municipality")),
    ("not_alone: {gender: man}", NotAlone("gender", "man")),
    ("not_alone: {years: 2 or less}", NotAlone("years", read_stretch("2 or less"))),
    ("include: {guild: [teacher, leader]}", Include("guild", ("teacher", "leader"), 1)),
    ("include: {guild: [teacher]}", Include("guild", "teacher", 1)),
    ("include: {years: 5-10, exactly: 1}", Include("years", read_stretch("5-10"), 1, 1)),
    ("include: {years: 5}", Include("years", read_stretch("5"), 1)),
    ("include: {years: over 2.5}", Include("years", read_stretch("above 2.5"), 1)),
    ("include: {code: 12}", Include("code", "12", 1)),
    ("include: {grade: [1-6]}", Include("grade", "1-6", 1)),
    ("together: [A, B, 003]", Together(Pairs((("A", "B", "003"),)))),
    ("together: [[A, B], [C, D, E]]", Together(Pairs((("A", "B"), ("C", "D", "E"))))),
    ("together: unit", Together(Pairs(trait="unit"))),
    ("apart: [[7, 8]]", Apart(Pairs((("7", "8"),)))),
    ("apart: unit", Apart(Pairs(trait="unit"))),
    ("pin: {A: G01, 007: Tiimi A}", Pin((("A", "G01"), ("007", "Tiimi A")))),
    ("pin: {A: 3}", Pin((("A", "3"),))),
    ("include: {grade: [1-6, 7-9]}", Include("grade", ("1-6", "7-9"), 1)),
    ("include: {guild: teacher, at_most: 0}", Include("guild", "teacher", 0, 0)),
    ("include: {guild: teacher, at_most: 2}", Include("guild", "teacher", 0, 2)),
    ("include: {guild: teacher, at_least: 2, at_most: 2}", Include("guild", "teacher", 2, 2)),
    ("include: {guild: teacher, at_least: 0}", Include("guild", "teacher", 0)),
    ("include: {guild: teacher, exactly: 0}", Include("guild", "teacher", 0, 0)),
    ("ratio: {role: mentee, per: mentor, at_least: 2}", Ratio("role", "mentee", "mentor", 2)),
    ("ratio: {role: mentee, per: mentor, at_most: 0}", Ratio("role", "mentee", "mentor", 0, 0)),
    (
        "ratio: {role: mentee, per: mentor, at_least: 2, at_most: 2}",
        Ratio("role", "mentee", "mentor", 2, 2),
    ),
    ("different: unit", Different("unit")),
    ("different: {unit: , at_most: 2}", Different("unit", 2)),
    ("common: times", Common("times")),
    ("common: {times: , at_least: 3}", Common("times", 3)),
    ("spread: {score: , at_least: 0.25}", Spread("score", Fraction(1, 4))),
    ("balance: {score: , at_most: 2}", Balance("score", Fraction(2))),
    ("even_sizes", EvenSizes()),
    ("resilient: 1", Resilient()),
]


@pytest.mark.parametrize(("entry", "kind"), READ)
def test_an_entry_means_its_kind(entry: str, kind: Kind) -> None:
    assert read(entry) == kind


@pytest.mark.parametrize(("entry", "kind"), READ)
def test_an_entry_written_again_means_the_same(entry: str, kind: Kind) -> None:
    text = yaml.safe_dump(kind.written(), default_flow_style=True, sort_keys=False)
    assert read(text.strip()) == kind


@pytest.mark.parametrize(
    "rules",
    [
        "{include: {a: b}}, {include: {a: b, at_most: 1}}",
        "{include: {a: b, at_least: 2}}, {include: {a: b}}",
        "{include: {a: b, at_least: 2}}, {include: {a: c, at_most: 1}}",
        "{include: {a: b, at_least: 3}}, {together: [A, B, C]}",
        "{pin: {A: X, B: x, C: X}}, {pin: {A: x, D: Y}}, {together: [A, B]}, {apart: [A, D]}",
        "{same: a}, {different: b}, {different: {a: , at_most: 2}}",
        "{together: [A, B]}, {apart: [[A, C], [B, D]]}",
    ],
)
def test_rules_that_a_group_of_three_can_keep_all_of_are_read(rules: str) -> None:
    book = rulebook_from_text(f"groups: {{size: 2-3}}\nrules: [{rules}]\n", "rules.yaml")
    assert len(book.rules) == 2 + rules.count("}, {")


BAD = [
    # text, line, key, words of the message, words of the hint
    ("rules:\n  - same", 2, "same", "name a trait", "same: municipality"),
    ("rules:\n  - not_alone: man", 2, "not_alone", "one trait and its value", "not_alone: {"),
    ("rules:\n  - include: {years: 10-5}", 2, "years", "begins above its end", ""),
    ("rules:\n  - include: {a: []}", 2, "a", "one value", "{experience: new}"),
    ("rules:\n  - include: {a: [[b]]}", 2, "a", "one value", "{experience: new}"),
    ("rules:\n  - include: {a: [b, b]}", 2, "a", "same value twice", ""),
    ("rules:\n  - together", 2, "together", "lists of two ids", "[[A, B]"),
    ("rules:\n  - together: []", 2, "together", "lists of two ids", "[[A, B]"),
    ("rules:\n  - together: [A]", 2, "together", "lists of two ids", "[[A, B]"),
    ("rules:\n  - together: [[A, B], C]", 2, "together", "lists of two ids", "[[A, B]"),
    ("rules:\n  - together: [A, [B, C]]", 2, "together", "lists of two ids", "[[A, B]"),
    ("rules:\n  - apart: {A: B}", 2, "apart", "lists of two ids", "[[A, B]"),
    ("rules:\n  - apart: [A, A]", 2, "apart", "A stands twice", ""),
    ("rules:\n  - apart: [[A, B, C], [D, C, B]]", 2, "apart", "pair B and C", ""),
    ("rules:\n  - together: [A, B]\n  - apart: [B, A]", 3, "apart", "B and A", "line 2"),
    ("rules:\n  - together: [[A, B], [B, C]]\n  - apart: [A, C]", 3, "apart", "A and C", "line 2"),
    ("rules:\n  - apart: [A, B]\n  - together: [B, A]", 3, "together", "A and B", "line 2"),
    (
        "groups: {size: 3}\nrules:\n  - together: [[A, B, C], [C, D]]",
        3, "together", "A, B, C and D", "",
    ),
    (
        "groups: {size: 3}\nrules:\n  - together: [[A, B], [C, D, E, F]]",
        3, "together", "C, D, E and F", "",
    ),
    ("rules:\n  - common: {times: , at_least: 0}", 2, "at_least", "1", ""),
    ("rules:\n  - different: {unit: , at_most: 0}", 2, "at_most", "1", ""),
    ("rules:\n  - ratio: {a: b, per: c}", 2, "ratio", "at_least or at_most", ""),
    ("rules:\n  - ratio: {a: b, at_least: 1}", 2, "ratio", "per names", ""),
    ("rules:\n  - ratio: {a: b, per: c, at_least: 2, at_most: 1}", 2, "at_most", "below", ""),
    ("rules:\n  - include: {a: b, at_least: 2, at_most: 1}", 2, "at_most", "below", ""),
    ("rules:\n  - include: {a: b, exactly: 1, at_least: 1}", 2, "exactly", "alone", ""),
    ("rules:\n  - include: {a: b, exactly: 1, at_most: 1}", 2, "exactly", "alone", ""),
    ("rules:\n  - spread: years", 2, "spread", "least", ""),
    ("rules:\n  - balance: years", 2, "balance", "largest distance", ""),
    (
        "groups: {size: 3}\nrules:\n  - include: {a: b, at_least: 4}",
        3, "include", "cannot include", "groups",
    ),
    (
        "rules:\n  - include: {a: b}\n  - include: {a: b, at_most: 0}",
        3, "include", "cannot have both", "line 2",
    ),
    ("rules:\n  - pin", 2, "pin", "ids and the groups", "pin: {A: G01"),
    ("rules:\n  - pin: [A, B]", 2, "pin", "ids and the groups", "pin: {A: G01"),
    ("rules:\n  - pin: {A: }", 2, "pin", "ids and the groups", "pin: {A: G01"),
    ("rules:\n  - pin: {A: G1, B: [C]}", 2, "pin", "ids and the groups", "pin: {A: G01"),
    ('rules:\n  - pin: {A: G1, B: " "}', 2, "pin", "a name that can be seen", "pin: {A: G01"),
    ("rules:\n  - pin: {A: G1}\n  - pin: {A: G2}", 3, "pin", "A cannot be in two", "line 2"),
    ("rules:\n  - pin: {A: G1, B: G2}\n  - together: [A, B]", 3, "together", "A and B", "line 2"),
    ("rules:\n  - pin: {A: G1, B: g01}\n  - apart: [C, A, B]", 3, "apart", "A and B", "line 2"),
    (
        "groups: {size: 2}\nrules:\n  - pin: {A: X, B: x, C: X}",
        3, "pin", "3 people are settled in one group", "groups",
    ),
    ("preferences:\n  - pin: {A: G1}", 2, "pin", "cannot be a preference", "rules"),
    ("rules:\n  - same: a\n  - different: a", 3, "different", "same and different", "line 2"),
    (
        "split_by: a\nparts:\n  b:\n    rules:\n      - same: c\n      - different: c",
        6, "different", "same and different", "line 5",
    ),
]  # fmt: skip


@pytest.mark.parametrize("entry", ["include: {guild: guide, exactly: 2}", "common: hours"])
def test_what_is_written_is_no_longer_than_what_was_read(entry: str) -> None:
    assert read(entry).written() == yaml.safe_load(entry)


@pytest.mark.parametrize(("text", "line", "key", "message", "hint"), BAD)
def test_a_fault_names_its_line_its_key_and_what_to_do(text, line, key, message, hint) -> None:
    (finding,) = faults(text)
    assert (finding.row, finding.column) == (line, key)
    assert message in str(finding.message)
    assert hint in str(finding.hint or "")
    assert len({str(finding.message), finding.message.in_("fi"), finding.message.in_("sv")}) == 3


@pytest.mark.parametrize(
    ("entry", "en", "fi", "sv"),
    [
        (
            "include: {guild: [teacher, leader, nurse], at_least: 2}",
            "Every group has at least 2 people with guild teacher, leader or nurse",
            "Jokaisessa ryhmässä on vähintään 2 henkilöä (guild: teacher, leader tai nurse)",
            "Varje grupp har minst 2 personer (guild: teacher, leader eller nurse)",
        ),
        (
            "include: {years: 5-10}",
            "Every group has at least 1 person with years of experience 5–10",
            "Jokaisessa ryhmässä on vähintään 1 henkilö (kokemusvuodet: 5–10)",
            "Varje grupp har minst 1 person (erfarenhetsår: 5–10)",
        ),
        (
            "not_alone: {experience: new}",
            "Nobody is the only one in their group (experience: new)",
            "Kukaan ei ole ryhmänsä ainoa (kokemus: uusi)",
            "Ingen är ensam i sin grupp (erfarenhet: ny)",
        ),
        (
            "pin: {A: G01, B: G02, C: G02}",
            "Places settled beforehand: G01: A; G02: B and C",
            "Ennalta sovitut paikat: G01: A; G02: B ja C",
            "Platser som är bestämda på förhand: G01: A; G02: B och C",
        ),
        (
            "together: [[A, B], [C, D, E]]",
            "These are in the same group: A and B; C, D and E",
            "Samassa ryhmässä ovat: A ja B; C, D ja E",
            "Dessa är i samma grupp: A och B; C, D och E",
        ),
        (
            "apart: [A, B]",
            "A and B are in different groups",
            "A ja B ovat eri ryhmissä",
            "A och B är i olika grupper",
        ),
        (
            "{different: municipality, at_most: 2}",
            "At most 2 members of a group have the same municipality",
            "Enintään 2 ryhmän jäsenellä on sama kunta",
            "Högst 2 medlemmar i en grupp har samma kommun",
        ),
        (
            "same: municipality",
            "All members of a group have the same municipality",
            "Ryhmän kaikilla jäsenillä on sama kunta",
            "Alla medlemmar i en grupp har samma kommun",
        ),
    ],
)
def test_a_rule_is_said_in_three_languages(entry: str, en: str, fi: str, sv: str) -> None:
    sentence = read(entry).sentence(Role.RULE)
    assert (str(sentence), sentence.in_("fi"), sentence.in_("sv")) == (en, fi, sv)


def test_rules_that_can_stand_together_do() -> None:
    read("pin: {A: G1}\n  - pin: {A: g01, B: G2}\n  - together: [A, C]\n  - apart: [A, B]")
    read("together: [A, B]\n  - together: [B, C]\n  - apart: [A, D]\n  - same: a\n  - different: b")
    read(
        "same: a\n  - {different: a, at_most: 2}\n"
        "  - include: {a: b}\n  - include: {a: c, at_most: 0}"
    )


def test_preferences_may_pull_in_different_directions() -> None:
    rulebook_from_text("rules:\n  - together: [A, B]\npreferences:\n  - apart: [A, B]", "")


def test_an_id_that_nobody_has_is_a_fault_with_a_suggestion() -> None:
    text = "rules: [{together: [SYN-001, SYN-0O2]}]\npreferences: [{apart: [SYN-001, Nobody]}]"
    with pytest.raises(RulebookError) as raised:
        problem_from([Person("Town", 1)] * 4, text)
    near, far = raised.value.findings
    assert (near.column, near.value, near.file) == ("together", "SYN-0O2", "test")
    assert near.hint is not None
    assert "SYN-002" in str(near.hint)
    assert (far.column, far.value) == ("apart", "Nobody")
    assert "SYN" not in str(far.hint)
