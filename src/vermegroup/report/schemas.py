"""The JSON Schemas (draft 2020-12) of all that is written or shown as JSON."""

from __future__ import annotations

import json
from importlib import resources
from typing import Any

from vermegroup.domain.findings import Finding, InputError, Severity
from vermegroup.language.messages import _, either, verbatim

_PLACE = resources.files("vermegroup") / "schemas"


def schema_names() -> tuple[str, ...]:
    """What there are schemas of, in alphabetical order."""
    names = (file.name for file in _PLACE.iterdir())
    return tuple(sorted(name.removesuffix(".json") for name in names if name.endswith(".json")))


def schema_text(name: str) -> str:
    """A schema as it is written. Raises InputError for an unknown name."""
    names = schema_names()
    if name not in names:
        hint = _("There are: {names}", names=either(map(verbatim, names)))
        message = _("There is no schema called {name}", name=name)
        raise InputError([Finding(Severity.ERROR, message, hint=hint)])
    return (_PLACE / f"{name}.json").read_text(encoding="utf-8")


def schema_title(name: str) -> str:
    """What a schema is of."""
    plain: dict[str, Any] = json.loads(schema_text(name))
    return str(plain["title"])
