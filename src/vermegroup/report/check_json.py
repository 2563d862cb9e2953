"""A check as JSON: ``report.json`` without groups, and with what was recognised."""

from __future__ import annotations

from vermegroup.phrase import Language
from vermegroup.report.checked import Checked
from vermegroup.report.json import laid_out, to_plain


def check_to_json(checked: Checked, language: Language) -> str:
    """The check as JSON text that a person can read."""
    return laid_out(check_to_plain(checked, language))


def check_to_plain(checked: Checked, language: Language) -> dict[str, object]:
    """The check as plain values: the keys of the report, and its own before the findings."""
    plain = to_plain(checked.report, language)
    findings, provenance = plain.pop("findings"), plain.pop("provenance")
    return {
        **plain,
        "usable": checked.usable,
        "columns": [{"header": line.header, "trait": line.trait} for line in checked.columns],
        "missing": list(checked.missing),
        "rows_set_aside": [
            {
                "row": line.row,
                "merged_into": line.merged_into,
                "reason": line.reason.in_(language),
            }
            for line in checked.rows
        ],
        "findings": findings,
        "provenance": provenance,
    }
