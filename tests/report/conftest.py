"""Reports of the four kinds: formed, with broken rules, impossible, with a waitlist."""

from __future__ import annotations

import pytest

from tests.answers import INVALID, VALID, impossible, outcome_for, report_of
from vermegroup.report.report import Report


@pytest.fixture
def formed() -> Report:
    return report_of(outcome_for(VALID))


@pytest.fixture
def broken() -> Report:
    return report_of(outcome_for(INVALID), hand=True)


@pytest.fixture
def not_possible() -> Report:
    return report_of(impossible())


@pytest.fixture
def waiting() -> Report:
    return report_of(outcome_for([0, 0, 0, 1, 1, 1, -1]))
