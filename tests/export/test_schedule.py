"""When a group meets: the call goes before the group's facts, and these before its common hour."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

import pytest

from vermegroup.domain.findings import Finding, Severity
from vermegroup.domain.group_facts import GroupFacts
from vermegroup.export.handout import Handout, HandoutGroup
from vermegroup.export.rendered import Every, Meetings
from vermegroup.export.repetition import ONCE, Repetition, Unit
from vermegroup.export.schedule import Series, schedule

MONDAY, TUESDAY, WEDNESDAY = date(2027, 1, 18), date(2027, 1, 19), date(2027, 1, 20)


def planned(
    asked: Meetings, *times: str, meeting: date | None = None, **facts: Any
) -> tuple[Series | None, list[Finding]]:
    """The meetings of the first of two groups; the other one always has some."""
    own = HandoutGroup("G01", (), GroupFacts("G01", file="f.csv", row=2, **facts), {"times": times})
    sure = GroupFacts("G02", first_meeting=MONDAY, time="09:00")
    groups = (own, HandoutGroup("G02", (), sure))
    handout = Handout("g.csv", "g", groups, meeting=meeting is not None, day=meeting)
    series, findings = schedule(handout, asked)
    mine = [each for each in series if each.group.id == "G01"]
    told = [each for each in findings if each.file != "g.csv"]
    return (mine[0] if mine else None), told


@pytest.mark.parametrize(
    ("asked", "times", "facts", "start", "minutes"),
    [
        (Meetings(), (), {"first_meeting": MONDAY, "time": "14:30"}, (MONDAY, 14, 30), 60),
        (Meetings(), (), {"first_meeting": MONDAY, "time": "14:30–16:00"}, (MONDAY, 14, 30), 90),
        (Meetings(MONDAY, time(15)), ("ti 9-10", "ma 15-16"), {}, (MONDAY, 15, 0), 60),
        (Meetings(time=time(8), minutes=30), (), {"first_meeting": MONDAY, "time": "14:30–16:00"},
         (MONDAY, 8, 0), 30),
        (Meetings(MONDAY), ("ma 15-16",), {}, (MONDAY, 15, 0), 60),
        (Meetings(MONDAY), ("ti klo 17",), {}, (TUESDAY, 17, 0), 60),
        (Meetings(TUESDAY), ("Mon 16-18",), {}, (date(2027, 1, 25), 16, 0), 60),
        (Meetings(MONDAY), ("to 8-9", "tis 9-10"), {}, (TUESDAY, 9, 0), 60),
        (Meetings(MONDAY), ("ti 14-15", "ke 10-11"), {"time": "10:00"}, (WEDNESDAY, 10, 0), 60),
        (Meetings(), ("ma 9-10", "ti 14-15"), {"first_meeting": TUESDAY}, (TUESDAY, 14, 0), 60),
        (Meetings(MONDAY), (), {"first_meeting": TUESDAY, "time": "10:00"}, (MONDAY, 10, 0), 60),
    ],
)  # fmt: skip
def test_what_the_call_leaves_open_is_taken_from_the_group(
    asked: Meetings,
    times: tuple[str, ...],
    facts: dict[str, Any],
    start: tuple[date, int, int],
    minutes: int,
) -> None:
    series, _findings = planned(asked, *times, **facts)
    assert series is not None
    assert series.start == datetime.combine(start[0], time(*start[1:]))
    assert series.minutes == minutes


@pytest.mark.parametrize(
    ("asked", "times", "facts", "said"),
    [
        (Meetings(), (), {}, "on which day"),
        (Meetings(), ("ma 15-16",), {}, "on which day"),
        (Meetings(MONDAY), (), {}, "at what time"),
        (Meetings(MONDAY), ("silloin tällöin",), {}, "at what time"),
        (Meetings(), ("ti 14-15",), {"first_meeting": MONDAY}, "at what time"),
        (Meetings(), (), {"first_meeting": date(1027, 1, 1), "time": "10:00"}, "cannot meet"),
    ],
)
def test_a_group_without_a_known_day_or_hour_is_told_of_and_has_no_event(
    asked: Meetings, times: tuple[str, ...], facts: dict[str, Any], said: str
) -> None:
    series, findings = planned(asked, *times, **facts)
    assert series is None
    assert [(each.row, each.severity, said in str(each)) for each in findings[:1]] == [
        (2, Severity.WARNING, True)
    ]
    assert findings[0].hint


@pytest.mark.parametrize(
    ("asked", "times", "facts", "said"),
    [
        (Meetings(MONDAY), (), {"first_meeting": TUESDAY, "time": "10:00"}, "another day"),
        (Meetings(MONDAY, time(10)), ("ti 10-11",), {}, "they share ti 10-11"),
        (Meetings(MONDAY, minutes=90), ("ma 10-11",), {}, "90 minutes is longer"),
        (Meetings(MONDAY), ("ma 10-11", "ti 10-11"), {}, "several hours"),
        (Meetings(MONDAY, time(10), count=6), (), {}, "how often"),
        (
            Meetings(MONDAY, time(10)),
            (),
            {"repeats": "kaksi kertaa kuussa"},
            "does not surely tell",
        ),
        (Meetings(MONDAY, time(10)), (), {"repeats": "joka tiistai"}, "does not surely tell"),
    ],
)
def test_what_may_be_otherwise_than_meant_is_told(
    asked: Meetings, times: tuple[str, ...], facts: dict[str, Any], said: str
) -> None:
    series, findings = planned(asked, *times, **facts)
    assert series is not None
    assert [finding for finding in findings if said in str(finding)]


def test_what_is_clear_is_not_talked_about() -> None:
    asked = Meetings(MONDAY, time(15, 15), every=Every.MONTH, count=6, minutes=45)
    _series, findings = planned(asked, "ma 15-16", first_meeting=MONDAY, repeats="viikoittain")
    assert findings == []


@pytest.mark.parametrize(
    ("asked", "repeats", "meant"),
    [
        (Meetings(every=Every.TWO_WEEKS, count=4), "kuukausittain", (Repetition(Unit.WEEK, 2), 4)),
        (Meetings(count=4), "kuukausittain", (Repetition(Unit.MONTH), 4)),
        (Meetings(), "kuukausittain", (Repetition(Unit.MONTH), None)),
        (Meetings(), "joka maanantai", (Repetition(Unit.WEEK, weekday=0), None)),
        (Meetings(count=1), "kuukausittain", (ONCE, 1)),
        (Meetings(), "kerran", (ONCE, 1)),
        (Meetings(), "", (ONCE, 1)),
    ],
)
def test_how_often_is_what_the_call_says_or_else_the_facts(
    asked: Meetings, repeats: str, meant: tuple[Repetition | None, int | None]
) -> None:
    series, findings = planned(asked, first_meeting=MONDAY, time="10:00", repeats=repeats)
    assert series is not None
    assert (series.repetition, series.count) == meant
    assert ("no end" in str(findings)) == (meant[1] is None)


def test_the_groups_of_a_meeting_meet_on_its_day_and_once() -> None:
    facts = {"first_meeting": MONDAY, "time": "10:00", "repeats": "kuukausittain"}
    series, findings = planned(Meetings(), meeting=date(2027, 2, 16), **facts)
    assert series is not None
    assert (series.start, series.repetition, findings) == (datetime(2027, 2, 16, 10), ONCE, [])


@pytest.mark.parametrize("asked", [Meetings(), Meetings(date(9999, 12, 31), time(10))])
def test_where_nothing_can_be_made_it_is_an_error(asked: Meetings) -> None:
    handout = Handout("g.csv", "g", (HandoutGroup("G01", ()),))
    series, findings = schedule(handout, asked)
    assert series == []
    assert [finding.severity for finding in findings] == [Severity.ERROR]


def test_one_meeting_is_not_repeated_whatever_the_call_says() -> None:
    asked = Meetings(every=Every.MONTH, count=6)
    series, findings = planned(asked, time="10:00", meeting=date(2027, 2, 16))
    assert series is not None
    assert (series.repetition, series.count, findings) == (ONCE, 1, [])
