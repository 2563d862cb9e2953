"""``design.json``: how a pool of groupings was drawn."""

from __future__ import annotations

from vermegroup.domain.design import Design
from vermegroup.report.findings_json import SCHEMA
from vermegroup.report.to_json import laid_out


def design_json(design: Design) -> bytes:
    """The design as JSON text in UTF-8."""
    return laid_out({"schema": SCHEMA, **design.plain()})
