"""How much a rule is broken is added up exactly, however large the numbers are."""

from __future__ import annotations

import numpy as np
import pytest

from tests.brute_force import Person
from tests.builders import problem_from
from vermegroup.diagnosis.repairs.relax_rule import _wish
from vermegroup.rules.different import Different


def test_breaches_that_leave_64_bits_are_added_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Different, "shortfall", lambda *_: np.array([2**62, 2**62, 2**62]))
    problem = problem_from([Person("Turku", 1)] * 9, "rules: []")
    wish = _wish(problem, Different("municipality"))
    assert wish.amount(np.arange(9) % 3, 3) == 3 * 2**62
