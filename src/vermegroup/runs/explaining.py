"""Whatever has no groups is explained before it is reported."""

from __future__ import annotations

import time
from dataclasses import replace

from vermegroup.outcome import Outcome, Verdict
from vermegroup.solver import Limits

# The part of the time limit that is kept back for an explanation, and the most of it in seconds.
SHARE, MOST = 0.2, 8.0


def with_time_to_explain(limits: Limits) -> Limits:
    """The limits of the search itself, with some time left to explain what it finds."""
    return replace(limits, seconds=limits.seconds - min(MOST, SHARE * limits.seconds))


def explained(outcome: Outcome, limits: Limits, started: float) -> Outcome:
    """An outcome without groups with what diagnosis says of it, in the time that is left."""
    if outcome.verdict not in (Verdict.IMPOSSIBLE, Verdict.UNDECIDED):
        return outcome
    # Most runs find groups, and CP-SAT takes longer to load than they take.
    from vermegroup.diagnosis import diagnose  # noqa: PLC0415

    left = limits.seconds - (time.monotonic() - started)
    return diagnose(outcome, replace(limits, seconds=max(0.0, left), workers=1))
