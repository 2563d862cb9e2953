"""Entries of a rulebook, kind by kind: what they mean, and what is said where they are at fault."""

from __future__ import annotations

import pytest
import yaml

from vermegroup.findings import Finding, RulebookError
from vermegroup.kind import Kind, Role
from vermegroup.rules.include import Include
from vermegroup.rules.not_alone import NotAlone
from vermegroup.rules.reading import rulebook_from_text
from vermegroup.rules.same import Same
from vermegroup.rules.stretch import read_stretch


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
    ("include: {profession: [teacher, leader]}", Include("profession", ("teacher", "leader"), 1)),
    ("include: {profession: [teacher]}", Include("profession", "teacher", 1)),
    ("include: {years: 5-10, exactly: 1}", Include("years", read_stretch("5-10"), 1, 1)),
    ("include: {years: 5}", Include("years", read_stretch("5"), 1)),
    ("include: {years: over 2.5}", Include("years", read_stretch("above 2.5"), 1)),
    ("include: {code: 12}", Include("code", "12", 1)),
    ("include: {grade: [1-6]}", Include("grade", "1-6", 1)),
    ("include: {grade: [1-6, 7-9]}", Include("grade", ("1-6", "7-9"), 1)),
]


@pytest.mark.parametrize(("entry", "kind"), READ)
def test_an_entry_means_its_kind(entry: str, kind: Kind) -> None:
    assert read(entry) == kind


@pytest.mark.parametrize(("entry", "kind"), READ)
def test_an_entry_written_again_means_the_same(entry: str, kind: Kind) -> None:
    assert read(yaml.safe_dump(kind.written(), default_flow_style=True).strip()) == kind


BAD = [
    # text, line, key, words of the message, words of the hint
    ("rules:\n  - same", 2, "same", "name a trait", "same: municipality"),
    ("rules:\n  - not_alone: man", 2, "not_alone", "one trait and its value", "not_alone: {"),
    ("rules:\n  - include: {years: 10-5}", 2, "years", "begins above its end", ""),
    ("rules:\n  - include: {a: []}", 2, "a", "one value", "{experience: new}"),
    ("rules:\n  - include: {a: [[b]]}", 2, "a", "one value", "{experience: new}"),
    ("rules:\n  - include: {a: [b, b]}", 2, "a", "same value twice", ""),
]


@pytest.mark.parametrize(("text", "line", "key", "message", "hint"), BAD)
def test_a_fault_names_its_line_its_key_and_what_to_do(text, line, key, message, hint) -> None:
    (finding,) = faults(text)
    assert (finding.row, finding.column) == (line, key)
    assert message in finding.message.en
    assert hint in str(finding.hint or "")
    assert len({finding.message.en, finding.message.fi, finding.message.sv}) == 3


@pytest.mark.parametrize(
    ("entry", "en", "fi", "sv"),
    [
        (
            "include: {profession: [teacher, leader, nurse], at_least: 2}",
            "Every group has at least 2 people with profession teacher, leader or nurse",
            "Jokaisessa ryhmässä on vähintään 2 henkilöä (profession: teacher, leader tai nurse)",
            "Varje grupp har minst 2 personer (profession: teacher, leader eller nurse)",
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
            "same: municipality",
            "All members of a group have the same municipality",
            "Ryhmän kaikilla jäsenillä on sama kunta",
            "Alla medlemmar i en grupp har samma kommun",
        ),
    ],
)
def test_a_rule_is_said_in_three_languages(entry: str, en: str, fi: str, sv: str) -> None:
    sentence = read(entry).sentence(Role.RULE)
    assert (sentence.en, sentence.fi, sentence.sv) == (en, fi, sv)
