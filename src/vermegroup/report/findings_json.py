"""Findings as data, and the answer of a run that was refused, which has nothing else."""

from __future__ import annotations

import json
from collections.abc import Iterable

from vermegroup.domain.findings import Finding
from vermegroup.language.catalogues import Language
from vermegroup.language.legible import utf8
from vermegroup.language.messages import Message
from vermegroup.report.blocks import ranked

SCHEMA = 1


def refusal_to_json(findings: Iterable[Finding], language: Language) -> bytes:
    """The answer of a run that was refused, as JSON text in UTF-8."""
    listed = findings_plain(ranked(findings), language)
    answer = {"schema": SCHEMA, "verdict": "refused", "findings": listed}
    return utf8(json.dumps(answer, ensure_ascii=False, indent=2) + "\n")


def findings_plain(findings: Iterable[Finding], language: Language) -> list[dict[str, object]]:
    """Findings as plain values."""
    return [
        {
            "severity": finding.severity.value,
            "file": finding.file,
            "row": finding.row,
            "column": finding.column,
            "value": finding.value,
            "message": finding.message.in_(language),
            "hint": None if finding.hint is None else finding.hint.in_(language),
            **({"command": command} if (command := command_in(finding.hint)) else {}),
        }
        for finding in findings
    ]


def command_in(hint: object) -> str | None:
    """The command that a hint tells people to call, if it tells one."""
    if isinstance(hint, tuple):
        return next(filter(None, map(command_in, hint)), None)
    if not isinstance(hint, Message):
        return None
    told = (value for name, value in hint.values if name in ("call", "command"))
    command = next((value for value in told if isinstance(value, str)), None)
    return command or command_in(tuple(value for _name, value in hint.values))
