"""The JSON Schemas (draft 2020-12) of all that is written or shown as JSON.

What several of them define stands once, in a file of definitions; each schema is shown with those
that it needs, whole by itself.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from importlib import resources
from typing import Any

from vermegroup.domain.findings import Finding, InputError, Severity
from vermegroup.language.messages import Message, _, either, verbatim

_PLACE = resources.files("vermegroup") / "schemas"


def schema_names() -> tuple[str, ...]:
    """What there are schemas of, in alphabetical order."""
    names = (file.name for file in _PLACE.iterdir())
    return tuple(sorted(name.removesuffix(".json") for name in names if name.endswith(".json")))


def schema_text(name: str) -> str:
    """A schema, whole by itself. Raises InputError for an unknown name."""
    names = schema_names()
    if name not in names:
        hint = _("There are: {names}", names=either(map(verbatim, names)))
        message = _("There is no schema called {name}", name=name)
        raise InputError([Finding(Severity.ERROR, message, hint=hint)])
    schema, definitions = _read(f"{name}.json"), _read("definitions/all.json")
    needed = dict.fromkeys(_needed(schema, definitions))
    if needed:
        schema["$defs"] = {key: definitions[key] for key in sorted(needed)}
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def schema_title(name: str) -> Message:
    """What a schema is of; in English, the title that it has itself."""
    return _TITLES[name]


_TITLES = {
    "baseline": _("What baseline shows as JSON, and baseline.json"),
    "check": _("What check shows as JSON"),
    "compare": _("What compare shows as JSON"),
    "design": _("design.json: how a pool of groupings was drawn"),
    "export": _("What export shows as JSON"),
    "job": _("jobs.ndjson: a line for each job that a batch has done"),
    "move": _("What move shows as JSON, which is its report.json"),
    "options": _("What options shows as JSON"),
    "refused": _("What any command shows as JSON where the input or the call is at fault"),
    "report": _("report.json, and what form, rebalance, rounds and audit show as JSON"),
    "timings": _("timings.json: the seconds that each stage of a run took"),
    "verify": _("What verify shows as JSON"),
}


def _read(path: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((_PLACE / path).read_text(encoding="utf-8"))
    return found


def _needed(schema: object, definitions: Mapping[str, object]) -> Iterator[str]:
    """The definitions that a schema refers to, and those that these do."""
    found, new = set[str](), _referred(schema)
    while new:
        yield from new
        found |= new
        new = {key for name in new for key in _referred(definitions[name])} - found


def _referred(schema: object) -> set[str]:
    return set(re.findall(r'"#/\$defs/([a-z_]+)"', json.dumps(schema)))
