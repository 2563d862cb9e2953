"""The schemas that ship are sound, agree with each other, and refuse what they should."""

from __future__ import annotations

import json
import re
from importlib import resources

import pytest
from jsonschema_rs import Draft202012Validator, meta
from typer.testing import CliRunner

from tests.answers import outcome_for, report_of
from tests.schemas import faults, strict
from vermegroup.cli.commands import app
from vermegroup.report.schemas import schema_names, schema_text, schema_title
from vermegroup.report.to_json import to_json

NAMES = schema_names()


@pytest.mark.parametrize("name", NAMES)
def test_a_schema_is_one_of_its_draft_and_is_shown(name: str) -> None:
    schema = json.loads(schema_text(name))
    meta.validate(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert json.loads(CliRunner().invoke(app, ["schema", name]).stdout) == schema


def test_the_list_names_every_schema_and_no_other_is_known() -> None:
    listed = CliRunner().invoke(app, ["schema"]).stdout.splitlines()
    assert [line.split()[0] for line in listed] == list(NAMES)
    assert CliRunner().invoke(app, ["schema", "reports"]).exit_code == 2


def test_the_list_tells_what_each_is_of_in_a_language() -> None:
    assert [str(schema_title(name)) for name in NAMES] == [
        json.loads(schema_text(name))["title"] for name in NAMES
    ]
    listed = CliRunner().invoke(app, ["schema", "--lang", "fi"]).stdout
    assert "What " not in listed


def test_every_definition_is_needed_and_there() -> None:
    needed: set[str] = set()
    for name in NAMES:
        text = schema_text(name)
        defined = set(json.loads(text).get("$defs", {}))
        assert set(re.findall(r"#/\$defs/(\w+)", text)) == defined
        needed |= defined
    definitions = resources.files("vermegroup") / "schemas" / "definitions" / "all.json"
    assert set(json.loads(definitions.read_text("utf-8"))) == needed


@pytest.mark.parametrize("key", ["verdict", "participants", "provenance"])
def test_a_report_without_a_key_of_the_contract_is_refused(key: str) -> None:
    report = json.loads(to_json(report_of(outcome_for([0, 0, 0, 1, 1, 1, 0]), []), "en"))
    shipped = Draft202012Validator(json.loads(schema_text("report")))
    assert shipped.is_valid(report)
    assert shipped.is_valid({**report, "added": 1})
    assert not Draft202012Validator(strict(json.loads(schema_text("report")))).is_valid(
        {**report, "added": 1}
    )
    del report[key]
    assert not shipped.is_valid(report)


def test_a_value_of_another_type_is_told() -> None:
    report = json.loads(to_json(report_of(outcome_for([0, 0, 0, 1, 1, 1, 0]), []), "en"))
    report["rules"][0]["satisfied"] = "yes"
    assert "rules/0/satisfied" in faults(json.dumps(report).encode())[0]
