"""A pool of groupings for tests by randomisation, of which none is taken."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from vermegroup.app.form import formed_or_explained, read_asked, reported
from vermegroup.app.inputs import RulebookChoice
from vermegroup.app.lots import drawn_of, with_pool
from vermegroup.app.privacy.how import AS_IT_IS, How
from vermegroup.app.recorded import limits_told
from vermegroup.app.save import ReportedOutcome
from vermegroup.app.workers import Interrupts
from vermegroup.domain.design import DrawRequest
from vermegroup.domain.outcome import Verdict
from vermegroup.intake.files.source import Given
from vermegroup.solver.search import SILENT, Limits, Listener


def draw_groupings(
    roster_file: Given,
    choice: RulebookChoice,
    limits: Limits,
    listener: Listener = SILENT,
    how: How = AS_IT_IS,
    interrupts: Interrupts | None = None,
) -> ReportedOutcome:
    """Read a roster and a rulebook, form groups, and draw a pool of groupings. Writes nothing.

    The choice has what to ``draw``. Where no groups are possible, the answer is that of ``form``.

    Raises:
        InputError: the roster or the rulebook cannot be read; with every finding.
    """
    limits = limits.begun()
    draw = choice.draw or DrawRequest(_DRAWS)
    asked = read_asked(roster_file, replace(choice, draw=draw), how, limits)
    asked = replace(asked, call=replace(asked.call, command="draw"))
    if interrupts is not None:
        interrupts.heed()
    outcome = formed_or_explained(asked, limits, listener)
    if outcome.verdict is not Verdict.FORMED:
        return reported(asked, outcome, limits)
    pool, outcome = drawn_of(outcome, draw, limits)
    return with_pool(reported(asked, outcome, limits), pool)


def draw_again(told: Mapping[str, Any], how: How) -> ReportedOutcome:
    """Draw as a call that was recorded with these arguments."""
    return draw_groupings(told["roster"], RulebookChoice.told(told), limits_told(told), how=how)


_DRAWS = 1_000
