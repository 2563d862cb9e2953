"""The form is read off the text, and changes entries in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.edit.starting.opened import opened, roster
from vermegroup.domain.kind import Role
from vermegroup.edit.starting.entries import blocks_of, sentence_of
from vermegroup.edit.starting.rules_form import changed, form_of
from vermegroup.intake.pipeline import Look
from vermegroup.rulebooks.amend import sections_of
from vermegroup.rulebooks.profiles import profile_names, profile_text
from vermegroup.rulebooks.read import rulebook_from_text

EXAMPLES = sorted((Path(__file__).parents[3] / "examples").rglob("*.yaml"))
TEXTS = {name: profile_text(name) for name in profile_names()} | {
    f"{path.parent.name}/{path.stem}": path.read_text(encoding="utf-8")
    for path in EXAMPLES
    if path.name != "jobs.yaml"
}


@pytest.fixture(scope="module")
def look(tmp_path_factory: pytest.TempPathFactory) -> Look:
    return opened(tmp_path_factory.mktemp("place"), roster()).beginning.look


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_a_form_sent_as_it_was_shown_changes_nothing(text: str, look: Look) -> None:
    shown = form_of(text, look)
    assert changed(text, shown, shown.values, look) == text


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_each_field_changed_and_changed_back_gives_the_same_rules(text: str, look: Look) -> None:
    before, shown = rulebook_from_text(text, "").written(), form_of(text, look)
    others = {
        "size_min": "3", "size_max": "9", "prefer": "", "count": "7", "new": "2",
        "experienced": "3", "below": "4", "from": "11",
    }  # fmt: skip
    for field, value in shown.values.items():
        if field in ("add", "split_by", "everyone"):
            continue  # these change more than one entry
        new = others.get(field, "" if value == "on" else "on")
        if field.endswith("at_least"):
            new = "2" if shown.values[field.removesuffix(" at_least")] else value
        if field == "duplicates":
            new = "latest" if value == "refuse" else "refuse"
        there = changed(text, shown, {**shown.values, field: new}, look)
        again = form_of(there, look)
        if field not in again.values:
            assert not new  # the roster does not tell it: it cannot be asked for again
            continue
        assert again.values[field] == new
        back = changed(there, again, {**again.values, field: value}, look)
        assert _unordered(rulebook_from_text(back, "").written()) == _unordered(before), field


def _unordered(plain: dict[str, object]) -> dict[str, object]:
    """Rules hold together: their order means nothing."""
    rules = plain["rules"]
    assert isinstance(rules, list)
    return {**plain, "rules": sorted(map(repr, rules))}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_every_rule_is_shown_as_a_field_or_told_beside_them(text: str, look: Look) -> None:
    shown = form_of(text, look)
    rules = sections_of(text).get("rules", [])
    assert isinstance(rules, list)
    fields = [choice for choice in shown.choices if shown.values[choice.field]]
    levels = [level for level in shown.levels if shown.values[level]]
    everyone = bool(shown.values["everyone"])
    assert len(fields) + len(levels) + everyone + len(shown.others) == len(rules)


def test_a_band_that_is_no_pair_of_numbers_stays_as_it_is(look: Look) -> None:
    text = "bands:\n  experience: {fresh: below 2, old: 20 or more}\nrules: []\n"
    shown = form_of(text, look)
    assert not shown.bands
    assert "below" not in shown.values
    after = changed(text, shown, {**shown.values, "new": "1"}, look)
    assert sections_of(after)["bands"] == sections_of(text)["bands"]


def test_without_a_section_the_form_shows_what_holds_then(look: Look) -> None:
    text = "rules: []\n"
    spec, values = rulebook_from_text(text, "").groups, form_of(text, look).values
    assert (values["size_min"], values["size_max"]) == (str(spec.smallest), str(spec.largest))
    assert values["prefer"] == str(spec.prefer)
    after = changed(text, form_of(text, look), {**values, "size_max": "6"}, look)
    assert rulebook_from_text(after, "").groups.prefer == spec.prefer


def test_who_need_not_be_placed_may_wait_and_the_wish_comes_first(look: Look) -> None:
    text = TEXTS["default"]
    shown = form_of(text, look)
    after = changed(text, shown, {**shown.values, "everyone": ""}, look)
    assert not rulebook_from_text(after, "").everyone
    assert sections_of(after)["preferences"][0] == "place_everyone"  # type: ignore[index]
    again = form_of(after, look)
    back = changed(after, again, {**again.values, "everyone": "on"}, look)
    assert sections_of(back)["preferences"] == sections_of(text)["preferences"]


@pytest.mark.parametrize(
    ("button", "order"),
    [("up 1", [1, 0, 2]), ("down 1", [0, 2, 1]), ("up 0", [0, 1, 2]), ("down 2", [0, 1, 2]),
     ("drop 0", [1, 2]), ("drop 9", [0, 1, 2]), ("leave x", [0, 1, 2])],
)  # fmt: skip
def test_preferences_are_put_into_another_order(button: str, order: list[int], look: Look) -> None:
    text = TEXTS["default"]
    before, shown = sections_of(text)["preferences"], form_of(text, look)
    after = sections_of(changed(text, shown, {**shown.values, "do": button}, look))["preferences"]
    assert after == [before[place] for place in order]  # type: ignore[index]


def test_preferences_that_are_weighed_against_each_other_stay_together(look: Look) -> None:
    weighed = [{"spread": "years", "weight": 2}, {"balance": "years", "weight": 1}]
    assert [len(block.entries) for block in blocks_of([*weighed, "even_sizes"])] == [2, 1]
    text = (
        "preferences:\n  - {spread: years, weight: 2}\n  - {balance: years, weight: 1}\n"
        "  - even_sizes\n"
    )
    shown = form_of(text, look)
    after = changed(text, shown, {**shown.values, "do": "up 1"}, look)
    assert sections_of(after)["preferences"] == ["even_sizes", *weighed]


def test_only_what_is_offered_can_be_added(look: Look) -> None:
    text = TEXTS["default"]
    shown = form_of(text, look)
    for key in shown.offered:
        after = changed(text, shown, {**shown.values, "add": key}, look)
        assert len(rulebook_from_text(after, "").preferences) > len(shown.preferences)
    assert changed(text, shown, {**shown.values, "add": "{keep: /etc/passwd}"}, look) == text


def test_a_number_that_is_none_stands_in_the_text_for_the_reader_to_refuse(look: Look) -> None:
    text = TEXTS["default"]
    shown = form_of(text, look)
    after = changed(text, shown, {**shown.values, "count": "many\n- x: y"}, look)
    assert sections_of(after)["rules"] == sections_of(text)["rules"]
    assert "many" in str(sections_of(after)["groups"])


def test_an_entry_that_cannot_be_read_alone_is_told_as_it_is_written() -> None:
    assert "groups.csv" in str(sentence_of([{"keep": "groups.csv"}], Role.PREFERENCE))
    assert str(sentence_of(["even_sizes"], Role.PREFERENCE)) != "even_sizes"
