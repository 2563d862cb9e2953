"""A single meeting has gentler rules: plans, proofs, what is told of them, and their audit.

The oracle tries every grouping of up to eight people.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.by_day import todays
from tests.rebalancing.cases import random_meeting
from tests.rebalancing.judging import answer_to, faults, said_less
from vermegroup.app.audit import judge_groups
from vermegroup.app.inputs import RulebookChoice
from vermegroup.app.save import files_of


@pytest.mark.parametrize("number", todays(range(520)))
def test_the_plan_of_a_meeting_is_the_best_by_the_rules_for_meetings(
    number: int, tmp_path: Path
) -> None:
    case = random_meeting(number)
    answer = answer_to(case, tmp_path)
    if answer is None:
        return
    assert faults(case, answer) == []
    assert said_less(answer) == []
    groups = files_of(answer, "en").get("groups.csv")
    if groups is not None and answer.report.meeting is not None:
        # Away from the record: the file itself tells that it is a plan.
        (tmp_path / "plan.csv").write_bytes(groups)
        audited = judge_groups(str(tmp_path / "plan.csv"), RulebookChoice(tmp_path / "rules.yaml"))
        assert audited.outcome.verdict is answer.outcome.verdict
        assert [line.value for line in audited.report.preferences] == [
            line.value for line in answer.report.preferences
        ]
        assert audited.report.meeting is not None
        assert [lack.breach for lack in audited.report.meeting.lacks] == [
            lack.breach for lack in answer.report.meeting.lacks
        ]
