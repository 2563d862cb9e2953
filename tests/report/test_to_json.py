"""report.json keeps to its contract."""

from __future__ import annotations

import json

import pytest

from tests.answers import impossible, outcome_for, report_of
from vermegroup.domain.findings import Finding, Severity
from vermegroup.language.catalogues import Language, languages
from vermegroup.language.messages import verbatim
from vermegroup.report.report import Report
from vermegroup.report.to_json import to_json

KEYS = {
    "": {
        *("schema", "verdict", "proven", "participants", "groups", "rules", "preferences"),
        *("group_counts", "edge", "conflicts", "repairs", "findings", "provenance"),
    },
    "participants": {"read", "placed", "waitlisted", "set_aside"},
    "groups": {"id", "members", "size", "fragile", "needs"},
    "rules": {"kind", "sentence", "satisfied", "violations", "slack"},
    "preferences": {"kind", "sentence", "value", "bound", "proven"},
    "group_counts": {"groups", "possible", "because"},
    "findings": {"severity", "file", "row", "column", "value", "message", "hint"},
    "provenance": {
        *("version", "libraries", "seed", "rulebook", "inputs", "outputs"),
        *("deterministic", "call"),
    },
}
NOTED = Finding(Severity.WARNING, verbatim("odd"), "a.csv", 3, "Kunta", "x", verbatim("look"))


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("outcome", [outcome_for([0, 0, 0, 1, 1, 1, 0]), impossible()])
def test_every_key_of_the_contract_is_there(outcome, language: Language) -> None:
    plain = json.loads(to_json(report_of(outcome, [NOTED]), language))
    assert plain.keys() >= KEYS[""]
    for key in KEYS.keys() - {""}:
        for entry in plain[key] if isinstance(plain[key], list) else [plain[key]]:
            assert entry.keys() >= KEYS[key], key


def test_counts_add_up_and_groups_name_their_members(waiting: Report) -> None:
    plain = json.loads(to_json(waiting, "en"))
    counts = plain["participants"]
    assert counts == {"read": 7, "placed": 6, "waitlisted": 1, "set_aside": 0}
    assert [group["size"] for group in plain["groups"]] == [3, 3]
    assert plain["groups"][0]["members"] == ["SYN-001", "SYN-002", "SYN-003"]
    assert plain["groups"][0]["traits"]["years"] == [1, 12, 7]
    assert plain["groups"][0]["traits"]["experience"] == ["new", "experienced", "mid"]


def test_violations_name_the_group_and_the_people(broken: Report) -> None:
    rules = json.loads(to_json(broken, "en"))["rules"]
    different = next(rule for rule in rules if rule["kind"] == "different")
    assert different["satisfied"] is False
    assert [violation["group"] for violation in different["violations"]] == ["G01"]
    assert different["violations"][0]["people"] == ["SYN-001", "SYN-004"]


def test_an_impossible_roster_has_no_groups_and_says_why(not_possible: Report) -> None:
    plain = json.loads(to_json(not_possible, "sv"))
    assert (plain["verdict"], plain["proven"], plain["groups"]) == ("impossible", False, [])
    assert [line["possible"] for line in plain["group_counts"]] == [False, None]
    assert plain["group_counts"][0]["because"] == "alla grupper är fulla"
    assert {rule["satisfied"] for rule in plain["rules"]} == {None}


def test_preference_values_are_in_the_units_people_think_in(formed: Report) -> None:
    spread = next(
        line
        for line in json.loads(to_json(formed, "en"))["preferences"]
        if line["kind"] == "spread"
    )
    # The pairs of 1, 4, 7 and 12 differ by 36 years in all, and those of 2, 6 and 20 as well.
    assert spread["value"] == 72
