"""Whatever the tests have made as JSON is held against its schema as soon as it is made."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from jsonschema_rs import Draft202012Validator

from vermegroup.export import export_text
from vermegroup.report import baseline_text, draw_json, options_text, to_json, verify_text
from vermegroup.report.schemas import schema_text

MAKERS = (to_json, options_text, verify_text, export_text, draw_json, baseline_text)
LARGEST = 3_000_000
"""Bytes: what is larger has the same keys, and takes seconds."""


def strict(schema: Any) -> Any:
    """A schema that knows no other keys: those that are shipped leave room for additions."""
    if isinstance(schema, list):
        return [strict(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    tight = {key: strict(value) for key, value in schema.items()}
    if isinstance(schema.get("properties"), dict) and schema.get("type") == "object":
        tight.setdefault("additionalProperties", False)
    return tight


@cache
def validator(name: str) -> Draft202012Validator:
    return Draft202012Validator(strict(json.loads(schema_text(name))))


def name_for(plain: Mapping[str, Any]) -> str:
    """The schema that some JSON is to be held against."""
    if "job" in plain:
        return "job"
    if plain.get("verdict") == "refused" and "provenance" not in plain:
        return "refused"
    own = {
        "seconds": "timings",
        "usable": "check",
        "options": "options",
        "differences": "verify",
        "exports": "export",
        "baseline": "baseline",
        "proposals": "design",
    }
    found = next((name for key, name in own.items() if key in plain), None)
    if found is not None:
        return found
    command = (plain["provenance"]["call"] or {}).get("command")
    return command if command in ("move", "compare") else "report"


def faults(content: bytes) -> list[str]:
    """What is wrong with some JSON by its schema."""
    plain = json.loads(content)
    errors = validator(name_for(plain)).iter_errors(plain)
    return [f"{'/'.join(map(str, error.instance_path))}: {error.message}" for error in errors]


def hold_all_json() -> None:
    """From now on whoever makes JSON that its schema does not allow is stopped."""
    held = _held(to_json.laid_out)
    for module in MAKERS:
        module.laid_out = held  # type: ignore[attr-defined]


def _held(make: Callable[[Mapping[str, object]], bytes]) -> Callable[..., bytes]:
    def made(plain: Mapping[str, object]) -> bytes:
        content = make(plain)
        if len(content) <= LARGEST and (found := faults(content)):
            raise AssertionError(found[:5])
        return content

    return made
