"""Findings as data, and the answer of a run that was refused, which has nothing else."""

from __future__ import annotations

import json
from collections.abc import Iterable

from vermegroup.domain.findings import Finding
from vermegroup.language.catalogues import Language
from vermegroup.language.legible import utf8
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
        }
        for finding in findings
    ]
