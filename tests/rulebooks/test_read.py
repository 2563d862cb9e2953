from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import ClassVar

import pytest
import yaml

from vermegroup.app.inputs import read_rulebook
from vermegroup.domain.findings import Finding, RulebookError
from vermegroup.domain.kind import Kind, Role
from vermegroup.domain.rulebook import Band, GroupSpec, Rulebook
from vermegroup.rulebooks.groups_and_bands import DEFAULT_BANDS
from vermegroup.rulebooks.read import (
    default_rulebook,
    profile_names,
    read_profile,
    rulebook_from_text,
)
from vermegroup.rulebooks.write import rulebook_text
from vermegroup.rules.balance import Balance
from vermegroup.rules.different import Different
from vermegroup.rules.even_sizes import EvenSizes
from vermegroup.rules.include import Include
from vermegroup.rules.place_everyone import PlaceEveryone
from vermegroup.rules.registry import KINDS
from vermegroup.rules.size import Size
from vermegroup.rules.spread import Spread


def read(text: str):
    return rulebook_from_text(text, "rules.yaml")


def faults(text: str) -> tuple[Finding, ...]:
    with pytest.raises(RulebookError) as raised:
        read(text)
    return raised.value.findings


def test_the_default_rulebook_is_the_documented_one():
    book = default_rulebook()
    assert book.groups == GroupSpec(3, 5, 4, None, None)
    assert book.bands == DEFAULT_BANDS
    assert book.rules == (
        Size(3, 5, 4),
        Different("municipality"),
        Include("experience", "new", 1, None),
        Include("experience", "experienced", 1, None),
        PlaceEveryone(),
    )
    assert book.preferences == (Size(3, 5, 4), Spread("years"), EvenSizes(), Balance("years"))
    assert book.origin == "default"
    assert book.everyone


@pytest.mark.parametrize(
    ("section", "spec"),
    [
        ("", GroupSpec(3, 5, 4)),
        ("groups: {}", GroupSpec(3, 5, 4)),
        ("groups: {count: 12}", GroupSpec(3, 5, 4, 12, 12)),
        ("groups: {size: 4}", GroupSpec(4, 4, None)),
        ("groups: {size: 3–6, prefer: 5}", GroupSpec(3, 6, 5)),
        ("groups: {size: 4 to 10, count: 2-3}", GroupSpec(4, 10, None, 2, 3)),
        ("groups: {size: '2 - 3', count: Auto}", GroupSpec(2, 3, None)),
    ],
)
def test_groups_may_be_a_number_a_range_or_auto(section: str, spec: GroupSpec):
    assert read(f"{section}\nrules: [place_everyone]").groups == spec


def test_bands_divide_a_numeric_trait():
    (band_set,) = read("bands: {age: {of: birth_age, young: below 30, old: 30+}}").bands
    assert (band_set.trait, band_set.of) == ("age", "birth_age")
    assert band_set.bands == (
        Band("young", None, Fraction(30), "below 30"),
        Band("old", Fraction(30), None, "30+"),
    )


def test_bands_of_experience_are_measured_in_years_and_others_by_their_own_name():
    book = read("bands: {experience: {new: below 5}, age: {young: below 30}}")
    assert [band_set.of for band_set in book.bands] == ["years", "age"]


def test_rules_that_nobody_wrote_stay_out():
    book = read("groups: {size: 3-5}")
    assert book.rules == (Size(3, 5, None),)
    assert book.preferences == (PlaceEveryone(),)


@pytest.mark.parametrize(
    ("text", "preferences"),
    [
        ("preferences: [even_sizes]", (PlaceEveryone(), Size(3, 5, 4), EvenSizes())),
        (
            "preferences: [even_sizes, place_everyone, spread: years]",
            (EvenSizes(), PlaceEveryone(), Size(3, 5, 4), Spread("years")),
        ),
        ("rules: [place_everyone]\npreferences: [even_sizes]", (Size(3, 5, 4), EvenSizes())),
    ],
)
def test_the_wish_for_a_size_follows_that_of_placing_everyone(text, preferences):
    assert read(text).preferences == preferences


@pytest.mark.parametrize(
    ("entry", "rule"),
    [
        ("different: municipality", Different("municipality")),
        ("{different: municipality, at_most: 2}", Different("municipality", 2)),
        ("{different: {municipality: , at_most: 2}}", Different("municipality", 2)),
        ("include: {experience: new}", Include("experience", "new", 1, None)),
        ("include: {at_most: 2, experience: new}", Include("experience", "new", 0, 2)),
        ("{include: {experience: new}, exactly: 2}", Include("experience", "new", 2, 2)),
        ("{include: , experience: new, at_least: 2}", Include("experience", "new", 2, None)),
        ("include: {language: no}", Include("language", "no", 1, None)),
        ("include: {code: 091}", Include("code", "091", 1, None)),
        (
            "{spread: years, at_least: 7,5}".replace("7,5", "'7,5'"),
            Spread("years", Fraction("7.5")),
        ),
        ("{balance: years, at_most: 0.1}", Balance("years", Fraction(1, 10))),
        ("place_everyone", PlaceEveryone()),
        ("place_everyone:", PlaceEveryone()),
        ("even_sizes: true", EvenSizes()),
    ],
)
def test_options_may_stand_beside_the_kind_or_inside(entry: str, rule: Kind):
    assert read(f"rules:\n  - {entry}").rules[1:] == (rule,)


@pytest.mark.parametrize(
    "text",
    [
        "groups: {size: 4, count: 3-7}",
        "groups: {size: 3-6}\nbands: {age: {of: x, young: 5 or less, old: '6'}}",
        "bands: {}\nrules: []",
        "rules: [{include: {language: no, exactly: 2}}, {include: {code: '12', at_most: 3}}]",
        "rules: [{spread: years, at_least: 2.25}, {balance: years, at_most: 0.0001}]",
        "preferences: [even_sizes, place_everyone, different: town]",
    ],
)
def test_a_rulebook_written_again_reads_the_same(text: str):
    book = read(text)
    assert read(yaml.safe_dump(dict(book.plain), sort_keys=False)) == book


def test_the_default_rulebook_written_again_reads_the_same():
    book = default_rulebook()
    text = yaml.safe_dump(dict(book.plain), sort_keys=False, allow_unicode=True)
    assert rulebook_from_text(text, "default") == book


@pytest.mark.parametrize("name", profile_names())
def test_every_profile_can_be_read(name: str):
    assert read_profile(name).origin == name


def test_an_unknown_profile_is_a_finding_with_a_suggestion():
    with pytest.raises(RulebookError, match="defalt") as raised:
        read_profile("defalt")
    assert "default" in str(raised.value.findings[0].hint)


def test_a_profile_name_is_no_path():
    with pytest.raises(RulebookError):
        read_profile("../profiles/default")


def test_a_file_is_read_from_disk(tmp_path: Path):
    path = tmp_path / "rules.yaml"
    path.write_text("rules:\n  - diferent: x\n", encoding="utf-8")
    with pytest.raises(RulebookError) as raised:
        read_rulebook(path)
    assert raised.value.findings[0].file == str(path)


BAD = [
    # text, line, key, words of the message, words of the hint
    ("rule:\n  - even_sizes", 1, "rule", "no section", "rules"),
    ("groups: 4", 1, "groups", "size, prefer and count", "size: 3-5"),
    ("groups:\n  sise: 4", 2, "sise", "no key sise", "size"),
    ("groups: {size: 1-3}", 1, "size", "from 2", "3-5"),
    ("groups: {size: 5-3}", 1, "size", "range", "smaller number first"),
    ("groups: {size: some}", 1, "size", "whole number", "3-5"),
    ("groups: {size: [3, 5]}", 1, "size", "whole number", "3-5"),
    ("groups: {size: 999999999999999999999}", 1, "size", "whole number", "3-5"),
    ("groups:\n  size: 3-5\n  prefer: 6", 3, "prefer", "from 3 to 5", "size"),
    ("groups: {count: 0}", 1, "count", "number of groups", "auto"),
    ("groups: {count: many}", 1, "count", "number of groups", "auto"),
    ("bands: new", 1, "bands", "names and limits", "below 5"),
    ("bands:\n  experience: new", 2, "experience", "names and limits", "below 5"),
    ("bands:\n  experience:\n    new: few", 3, "new", "cannot be understood", "below 5"),
    ("bands:\n  experience:\n    new: 5-2", 3, "new", "lower limit", "5-10"),
    ("bands:\n  a:\n    new: 0-5\n    old: 5-9", 4, "old", "overlap", "both its ends"),
    ("bands:\n  a:\n    old: 5-9\n    new: below 6", 4, "new", "overlap", "both its ends"),
    ("bands: {a: {of: [x], new: below 5}}", 1, "of", "numeric trait", ""),
    ("rules: even_sizes", 1, "rules", "dash", "- different"),
    ("rules: {different: municipality}", 1, "rules", "dash", "- different"),
    ("rules:\n  -\n", 2, "rules", "single word", ""),
    ("rules:\n  - [a, b]", 2, "rules", "single word", ""),
    ("rules:\n  - {}", 2, "rules", "single word", ""),
    ("rules:\n  - diferent: town", 2, "diferent", "no rule or preference", "different"),
    ("rules:\n  - Even sizes", 2, "Even sizes", "no rule or preference", "even_sizes"),
    ("rules:\n  - different:town", 2, "different:town", "no rule", "space is missing"),
    ("rules:\n  - different: a\n    spread: b", 3, "spread", "Two entries", "dash"),
    ("rules:\n  - different", 2, "different", "name a trait", "different: municipality"),
    ("rules:\n  - different: [a, b]", 2, "different", "name a trait", "different: municipality"),
    ("rules:\n  - different: a\n    at_mots: 2", 3, "at_mots", "no option", "at_most"),
    ("rules:\n  - different: a\n    at_most: few", 3, "at_most", "whole number, 1 or more", ""),
    ("rules:\n  - different: a\n    at_most: 0", 3, "at_most", "whole number, 1 or more", ""),
    ("rules:\n  - different: a\n    at_most: 1.5", 3, "at_most", "whole number", ""),
    ("rules:\n  - include: new", 2, "include", "one trait and its value", "{experience: new}"),
    ("rules:\n  - include: {a: }", 2, "a", "one value", "{experience: new}"),
    ("rules:\n  - include: {a: {b: c}}", 2, "a", "one value", "{experience: new}"),
    ("rules:\n  - include: {a: b, c: d}", 2, "include", "one trait", "{experience: new}"),
    ("rules:\n  - include: {a: b, at_leest: 1}", 2, "at_leest", "no option", "at_least"),
    ("rules:\n  - include: {a: b}\n    at_leest: 1", 3, "at_leest", "no option", "at_least"),
    (
        "rules:\n  - include: {a: b, at_least: 1}\n    at_least: 2",
        2, "at_least", "given twice", "",
    ),
    ("rules:\n  - include: {a: b, exactly: 2, at_most: 3}", 2, "exactly", "", ""),
    ("rules:\n  - spread: years", 2, "spread", "", ""),
    ("rules:\n  - spread: years\n    at_least: lots", 3, "at_least", "number", ""),
    ("rules:\n  - place_everyone: 5", 2, "place_everyone", "stands alone", ""),
    ("rules:\n  - even_sizes: {at_most: 1}", 2, "at_most", "no option", ""),
    ("rules:\n  - size: 3-5", 2, "size", "section groups", "groups"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "line", "key", "message", "hint"), BAD)
def test_a_fault_names_its_line_its_key_and_what_to_do(text, line, key, message, hint):
    finding = faults(text)[0]
    assert (finding.row, finding.column) == (line, key)
    assert message in str(finding.message)
    assert hint in str(finding.hint or "")
    assert finding.file == "rules.yaml"


@pytest.mark.parametrize("text", [row[0] for row in BAD])
def test_a_fault_is_said_in_three_languages(text):
    for finding in faults(text):
        for sentence in (finding.message, finding.hint):
            if sentence is not None:
                assert sentence.in_("fi")
                assert sentence.in_("sv")
        assert (
            len({str(finding.message), finding.message.in_("fi"), finding.message.in_("sv")}) == 3
        )


def test_one_mistake_is_one_finding():
    several = {text: len(faults(text)) for text, *_ in BAD if len(faults(text)) > 1}
    assert several == {}


def test_all_faults_of_a_file_are_told_at_once_from_top_to_bottom():
    found = faults(
        "groups: {size: x, prefer: y}\nbands:\n  a: {b: c}\nrules:\n  - foo\n"
        "  - different: a\n    at_most: z\n    at_moost: 1\npreferences: 7\nextra: 1\n"
    )
    assert [finding.row for finding in found] == [1, 1, 3, 5, 7, 8, 9, 10]


@dataclass(frozen=True, slots=True)
class OnlyWished(EvenSizes):
    kind: ClassVar[str] = "only_wished"
    roles: ClassVar[frozenset[Role]] = frozenset({Role.PREFERENCE})


@dataclass(frozen=True, slots=True)
class OnlyRuled(EvenSizes):
    kind: ClassVar[str] = "only_ruled"
    roles: ClassVar[frozenset[Role]] = frozenset({Role.RULE})


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("rules: [only_wished]", "cannot be a rule", "preferences"),
        ("preferences: [only_ruled]", "cannot be a preference", "rules"),
    ],
)
def test_a_kind_stands_only_where_it_can(text, message, hint):
    with pytest.raises(RulebookError, match=message) as raised:
        rulebook_from_text(text, "rules.yaml", (*KINDS, OnlyWished, OnlyRuled))
    assert hint in str(raised.value.findings[0].hint)


MEETINGS = """
groups: {size: 3-5, prefer: 4, count: 6}
rules: [{different: municipality}, {include: {experience: new, at_least: 1}}, place_everyone]
preferences: [{spread: years}]
"""


def kinds(rulebook: Rulebook) -> tuple[list[str], list[str]]:
    return [rule.kind for rule in rulebook.rules], [kind.kind for kind in rulebook.preferences]


@pytest.mark.parametrize(
    ("section", "rules", "preferences", "sizes"),
    [
        ("", "size different place_everyone", "size include spread", "3-5"),
        ("meetings:", "size different place_everyone", "size include spread", "3-5"),
        ("meetings: {size: 2-6}", "size different place_everyone", "size include spread", "2-6"),
        ("meetings: {size: 2}", "size different place_everyone", "include spread", 2),
        (
            "meetings: {rules: [{common: times}]}",
            "size common",
            "different include place_everyone size spread",
            "3-5",
        ),
        ("meetings: {preferences: []}", "size different place_everyone", "size", "3-5"),
        (
            "meetings: {rules: [], preferences: [even_sizes]}",
            "size",
            "place_everyone size even_sizes",
            "3-5",
        ),
    ],
)
def test_meetings_have_the_rules_of_their_section_and_gentler_ones_without_it(
    section: str, rules: str, preferences: str, sizes: object
) -> None:
    whole = read(MEETINGS + section)
    meeting = whole.in_meetings()
    assert meeting.groups.sizes() == sizes
    assert (meeting.groups.fewest, meeting.groups.most) == (None, None)
    assert kinds(meeting) == (rules.split(), preferences.split())
    assert kinds(whole) == (["size", "different", "include", "place_everyone"], ["size", "spread"])
    again = read(rulebook_text(whole.plain))
    assert (again, again.in_meetings()) == (whole, meeting)


def test_a_part_of_a_split_says_of_meetings_what_the_whole_does_not() -> None:
    whole = read(
        MEETINGS + "split_by: trade\nmeetings: {size: 2-6}\n"
        "parts: {leader: {groups: {size: 2}, meetings: {rules: []}}}\n"
    )
    split = whole.in_meetings().split
    assert split is not None
    leaders = split.parts["leader"]
    assert (leaders.groups.sizes(), [rule.kind for rule in leaders.rules]) == ("2-6", ["size"])
    assert [rule.kind for rule in split.others.rules] == ["size", "different", "place_everyone"]
    assert read(rulebook_text(whole.plain)) == whole


@pytest.mark.parametrize(
    ("section", "key"),
    [
        ("meetings: gentle", "meetings"),
        ("meetings: {siz: 2-6}", "siz"),
        ("meetings: {size: small}", "size"),
        ("meetings: {rules: [{keep: earlier.csv}]}", "keep"),
        ("meetings: {rules: [{different: town}, {same: town}]}", "same"),
        ("meetings: {groups: {size: 3}}", "groups"),
    ],
)
def test_a_fault_in_the_section_on_meetings_is_told_with_its_line(section: str, key: str) -> None:
    found = faults(MEETINGS + section)
    assert all(fault.row == 5 for fault in found)
    assert key in {fault.column for fault in found}
