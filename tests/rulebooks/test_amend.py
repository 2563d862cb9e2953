"""Sections of a rulebook's text change, and every other line stays."""

from __future__ import annotations

from pathlib import Path

import pytest

from vermegroup.domain.findings import RulebookError
from vermegroup.rulebooks.amend import sections_of, with_sections
from vermegroup.rulebooks.profiles import profile_names, profile_text

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").rglob("*.yaml"))
TEXTS = {
    **{name: profile_text(name) for name in profile_names()},
    **{
        path.parent.name + path.stem: path.read_text(encoding="utf-8")
        for path in EXAMPLES
        if path.name != "jobs.yaml"
    },
    "braces": "{groups: {size: 4}, rules: [place_everyone, {different: municipality}]}",
    "one line each": "groups: {size: 4}\nrules: [place_everyone]  # all\npreferences: []\n",
    "over two lines": (
        "rules:\n- different: unit\n-\n    include:\n        role: mentor\n        at_least: 1\n"
        "- {together: [a,\n    b]}\n"
    ),
    "an anchor": "rules: &all\n  - place_everyone\nmeetings: {rules: *all}\n",
    "windows": "groups: {size: 4}\r\nrules:\r\n  - place_everyone # all\r\n",
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_what_is_set_as_it_is_leaves_the_text_as_it_is(text: str) -> None:
    assert with_sections(text, sections_of(text)) == text


CHANGES: dict[str, dict[str, object]] = {
    "a rule more": {"rules": ["place_everyone", {"include": {"role": "mentor", "at_least": 2}}]},
    "no rule": {"rules": []},
    "no section": {"rules": None, "preferences": None},
    "new sections": {
        "columns": {"municipality": "Kunta: # 1", "times": ["a", "b"]},
        "preferences": ["even_sizes", {"spread": "years"}],
        "bands": {"experience": {"new": "below 3", "experienced": "8 or more"}},
        "split_by": "profession",
    },
    "words that are numbers elsewhere": {"rules": [{"together": ["007", "1e3", "no", "null"]}]},
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_the_text_says_what_was_set_and_else_what_it_said(
    text: str, change: dict[str, object]
) -> None:
    wanted = {**sections_of(text), **change}
    wanted = {name: value for name, value in wanted.items() if value is not None}
    assert sections_of(with_sections(text, change)) == wanted


def test_entries_keep_their_comments_wherever_they_go() -> None:
    text = (
        "# mine\n"
        "rules:  # must hold\n"
        "  - different: unit   # never two\n"
        "  # - same: language\n"
        "  - place_everyone    # all\n"
        "\n"
        "# at the end\n"
        "preferences:\n"
        "  - even_sizes\n"
    )
    rules = sections_of(text)["rules"]
    assert isinstance(rules, list)
    turned = with_sections(text, {"rules": [*reversed(rules), {"different": "region"}]})
    for line in text.splitlines():
        assert line in turned.splitlines()
    assert turned.index("# all") < turned.index("# never two") < turned.index("region")
    assert turned.endswith("# at the end\npreferences:\n  - even_sizes\n")


def test_a_changed_line_keeps_the_comment_behind_it() -> None:
    text = "groups: {size: 3-5}   # few\nrules:\n  - include: {role: mentor, at_least: 1}  # led\n"
    changed = with_sections(
        text,
        {"groups": {"size": 4}, "rules": [{"include": {"role": "mentor", "at_least": 2}}]},
    )
    assert changed.splitlines() == [
        "groups: {size: 4}   # few",
        "rules:",
        "  - include: {role: mentor, at_least: 2}  # led",
    ]


@pytest.mark.parametrize("text", ["", "rules: [", "- a", "rules: 1\nrules: 2\n", "a: &x [*x]"])
def test_what_is_no_yaml_of_sections_is_refused(text: str) -> None:
    with pytest.raises(RulebookError):
        with_sections(text, {"rules": []})
