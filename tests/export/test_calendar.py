"""Calendars are read back as icalendar reads them, and repeat as dateutil expands them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from shutil import copytree
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr
from icalendar import Calendar, Event
from typer.testing import CliRunner

from tests.export.conftest import GROUPS, Run
from tests.export.examples import EVERY, formed, handout_of
from tests.export.hostile import GROUP_NAMES, hostile_groups, raw_handout
from vermegroup.app.handout import read_handout
from vermegroup.app.inputs import RulebookChoice
from vermegroup.app.privacy.how import AS_IT_IS
from vermegroup.cli.commands import app
from vermegroup.domain.findings import Severity
from vermegroup.domain.group_facts import GroupFacts
from vermegroup.export.calendars import calendars
from vermegroup.export.handout import Handout, HandoutGroup, Member
from vermegroup.export.rendered import Every, Meetings, Wanted

HELSINKI = ZoneInfo("Europe/Helsinki")
MONDAY = date(2027, 1, 18)
MONTHLY = Wanted(meetings=Meetings(MONDAY, time(15), 60, Every.MONTH, 6))


def events(content: bytes) -> list[Event]:
    return list(Calendar.from_ical(content).walk("VEVENT"))


def told(event: Event, name: str) -> Any:
    """A property as it is: texts without their escapes, moments in their zones."""
    value = event.get(name)
    return getattr(value, "dt", None) or (None if value is None else str(value))


def days(event: Event, most: int = 12) -> list[datetime]:
    """When the meetings are, by the clock of the place."""
    start = event["DTSTART"].dt.replace(tzinfo=None)
    if "RRULE" not in event:
        return [start]
    rule = rrulestr(event["RRULE"].to_ical().decode(), dtstart=start)
    return [day for day, _place in zip(rule, range(most), strict=False)]


def handout(*groups: HandoutGroup) -> Handout:
    return Handout("kevat.csv", "kevat", groups)


AINO = Member("1", 'Aino; Keksitty, "A"', "aino@example.org", 2, leads=True)
PYRY = Member("2", "Pyry Keksitty", "", 3)
OWN = HandoutGroup(
    "G01",
    (AINO, PYRY),
    GroupFacts(
        "G01",
        'Tiistai, "ilta"',
        theme="arki; \\n ja juhla",
        place="https://example.org/x?a=1,2;b",
        first_meeting=MONDAY,
        time="15:00–16:30",
        repeats="kuukausittain",
    ),
)


def test_an_event_tells_what_when_where_and_with_whom() -> None:
    rendered = calendars(handout(OWN), Wanted("sv"))
    assert [*rendered.files] == ["calendar/all.ics", "calendar/Tiistai, -ilta- (G01).ics"]
    (event,) = events(rendered.files["calendar/all.ics"])
    assert told(event, "SUMMARY") == 'Tiistai, "ilta"'
    assert told(event, "DTSTART") == datetime(2027, 1, 18, 15, tzinfo=HELSINKI)
    assert told(event, "DTEND") == datetime(2027, 1, 18, 16, 30, tzinfo=HELSINKI)
    assert told(event, "LOCATION") == told(event, "URL") == "https://example.org/x?a=1,2;b"
    lines = told(event, "DESCRIPTION").split("\n")
    assert lines == [
        "Tema: arki; \\n ja juhla",
        f"Ledare: {AINO.name}",
        f"Medlemmar: {AINO.name}, Pyry Keksitty",
    ]
    assert "ATTENDEE" not in event


def test_only_who_is_to_be_shown_with_an_address_is_invited() -> None:
    sly = Member("3", "Sly", "a?bcc=b@example.org", 4)
    group = replace(OWN, members=(*OWN.members, sly))
    rendered = calendars(handout(group), Wanted(emails=True))
    (event,) = events(rendered.files["calendar/all.ics"])
    invited = {str(each): each.params["CN"] for each in event["ATTENDEE"]}
    assert set(invited) == {"mailto:aino@example.org", "mailto:a%3Fbcc=b@example.org"}
    # A parameter holds no quotes, but what stands for them.
    assert invited["mailto:aino@example.org"].replace("'", '"') == AINO.name
    assert [each.row for each in rendered.findings if "Pyry" in str(each)] == [3]


def test_an_address_that_two_people_have_is_invited_once() -> None:
    other = Member("3", "Toinen", AINO.email.upper(), 4)
    rendered = calendars(handout(replace(OWN, members=(AINO, other))), Wanted(emails=True))
    content = rendered.files["calendar/all.ics"].decode("utf-8").replace("\r\n ", "")
    assert content.upper().count("MAILTO:AINO@EXAMPLE.ORG") == 1


def test_the_hour_by_the_clock_stays_when_summer_time_begins_and_ends() -> None:
    every_week = Wanted(meetings=Meetings(MONDAY, time(15), 60, Every.WEEK, 52))
    content = calendars(handout(OWN), every_week).files["calendar/all.ics"]
    zone = Calendar.from_ical(content).walk("VTIMEZONE")[0].to_tz(lookup_tzid=False)
    (event,) = events(content)
    meetings = days(event, 52)
    assert len(meetings) == 52
    assert {meeting.time() for meeting in meetings} == {time(15)}
    offsets = [meeting.replace(tzinfo=zone).utcoffset() for meeting in meetings]
    assert offsets == [meeting.replace(tzinfo=HELSINKI).utcoffset() for meeting in meetings]
    assert set(offsets) == {timedelta(hours=2), timedelta(hours=3)}


@pytest.mark.parametrize(
    ("first", "every", "expected"),
    [
        (MONDAY, Every.WEEK, ["18.1.", "25.1.", "1.2."]),
        (MONDAY, Every.TWO_WEEKS, ["18.1.", "1.2.", "15.2."]),
        (MONDAY, Every.MONTH, ["18.1.", "15.2.", "15.3."]),
        (date(2027, 1, 29), Every.MONTH, ["29.1.", "26.2.", "26.3."]),
    ],
)
def test_meetings_follow_each_other_as_asked(
    first: date, every: Every, expected: list[str]
) -> None:
    wanted = Wanted(meetings=Meetings(first, time(15), every=every, count=3))
    (event,) = events(calendars(handout(OWN), wanted).files["calendar/all.ics"])
    assert [f"{day.day}.{day.month}." for day in days(event)] == expected


@pytest.mark.parametrize("name", EVERY)
def test_every_group_of_an_example_has_its_event_and_the_same_in_a_file(name: str) -> None:
    groups = handout_of(name)
    files = calendars(groups, MONTHLY).files
    first, *own = files.values()
    assert len(own) == len(groups.groups) == len(events(first))
    of_all = {told(event, "UID"): event.to_ical() for event in events(first)}
    of_each = {told(event, "UID"): event.to_ical() for each in own for event in events(each)}
    assert of_all == of_each
    assert len(of_all) == len(own)
    for event, group in zip(events(first), groups.groups, strict=True):
        assert group.id in told(event, "SUMMARY") or group.facts
        assert all(member.name in told(event, "DESCRIPTION") for member in group.members)
        assert days(event)[0] == datetime(2027, 1, 18, 15)
        assert len(days(event)) == (1 if groups.meeting else 6)


def test_every_line_is_one_that_the_standard_has() -> None:
    """Bytes, ends of lines and folds, whatever names hold; and no line of another's making."""
    for content in calendars(raw_handout(), Wanted(emails=True)).files.values():
        lines = content.split(b"\r\n")
        assert max(map(len, lines)) <= 75
        assert not re.search(rb"[\x00-\x09\x0b\x0c\x0e-\x1f]", content)
        assert b"\n" not in content.replace(b"\r\n", b"")
        names = {re.split(rb"[:;]", line)[0] for line in lines if line[:1] not in (b"", b" ")}
        assert names <= NAMES_OF_LINES


NAMES_OF_LINES = frozenset(
    b"BEGIN END VERSION PRODID X-WR-CALNAME TZID DTSTART DTEND RRULE TZNAME TZOFFSETFROM"
    b" TZOFFSETTO SUMMARY DTSTAMP UID SEQUENCE DESCRIPTION LOCATION URL ATTENDEE".split()
)


def test_hostile_names_come_back_whole(tmp_path: Path) -> None:
    path = hostile_groups(tmp_path)
    groups = read_handout(str(path), (), RulebookChoice(), AS_IT_IS).handout
    found = events(calendars(groups, Wanted(emails=True)).files["calendar/all.ics"])
    assert len(found) == len(GROUP_NAMES)
    for event, group in zip(found, groups.groups, strict=True):
        assert group.facts
        assert told(event, "SUMMARY") == group.facts.name
        assert told(event, "LOCATION") == group.facts.place
        assert all(member.name in told(event, "DESCRIPTION") for member in group.members)
        invited = {each.params["CN"].replace("'", '"') for each in event["ATTENDEE"]}
        assert invited == {member.name.replace("'", '"') for member in group.members}


def export_to(folder: Path, groups: Handout, wanted: Wanted = MONTHLY) -> Mapping[str, bytes]:
    rendered = calendars(groups, replace(wanted, folder=folder))
    for name, content in rendered.files.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(content)
    return rendered.files


def test_equal_groups_give_equal_bytes_also_beside_what_they_gave_before(tmp_path: Path) -> None:
    once = export_to(tmp_path, handout(OWN))
    assert export_to(tmp_path, handout(OWN)) == once
    assert calendars(handout(OWN), MONTHLY).files == once


def test_a_second_export_updates_what_has_changed_and_nothing_else(tmp_path: Path) -> None:
    other = replace(OWN, id="G02", facts=None)
    before = events(export_to(tmp_path, handout(OWN, other))["calendar/all.ics"])
    moved = replace(OWN, members=(AINO,))
    after = events(export_to(tmp_path, handout(moved, other))["calendar/all.ics"])
    assert [told(each, "UID") for each in after] == [told(each, "UID") for each in before]
    assert [told(each, "SEQUENCE") for each in after] == ["1", "0"]
    assert told(after[0], "DTSTAMP") > told(before[0], "DTSTAMP")
    back = events(export_to(tmp_path, handout(OWN, other))["calendar/all.ics"])
    assert [told(each, "SEQUENCE") for each in back] == ["2", "0"]


def test_an_event_that_is_no_more_is_told(tmp_path: Path) -> None:
    export_to(tmp_path, handout(OWN, replace(OWN, id="G02")))
    rendered = calendars(handout(OWN), replace(MONTHLY, folder=tmp_path))
    assert [finding for finding in rendered.findings if "1 event of the earlier" in str(finding)]


@pytest.mark.parametrize("content", [b"", b"BEGIN:VEVENT\r\nUID:x\r\n", b"\xff\x00" * 99])
def test_an_earlier_calendar_that_is_none_does_no_harm(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "calendar").mkdir()
    (tmp_path / "calendar/all.ics").write_bytes(content)
    rendered = calendars(handout(OWN), replace(MONTHLY, folder=tmp_path))
    assert rendered == calendars(handout(OWN), MONTHLY)


def test_groups_of_another_name_have_other_events() -> None:
    spring = events(calendars(handout(OWN), MONTHLY).files["calendar/all.ics"])
    autumn = calendars(replace(handout(OWN), name="syksy"), MONTHLY).files["calendar/all.ics"]
    assert told(spring[0], "UID") != told(events(autumn)[0], "UID")


def test_no_group_with_a_known_hour_is_an_error_and_no_file() -> None:
    rendered = calendars(handout(replace(OWN, facts=None)), Wanted())
    assert rendered.files == {}
    assert [finding.severity for finding in rendered.findings] == [Severity.ERROR]


def test_on_the_command_line_a_second_export_counts_on(groups: Path, export: Run) -> None:
    words = ("--to", "calendar", "--first", "18.1.2027", "--time", "15", "--every", "week")
    assert export(*words, "--meetings", "6").exit_code == 0
    before = Path("ryhmat-export/calendar/all.ics").read_bytes()
    assert export(*words, "--meetings", "6").exit_code == 0
    assert Path("ryhmat-export/calendar/all.ics").read_bytes() == before
    groups.write_text(GROUPS.replace("Cilla", "Celia"), "utf-8")
    assert export(*words, "--meetings", "6").exit_code == 0
    found = events(Path("ryhmat-export/calendar/all.ics").read_bytes())
    assert [told(event, "SEQUENCE") for event in found] == ["0", "1"]


def test_an_unknown_zone_is_refused_with_the_near_ones(export: Run) -> None:
    refused = export(
        "--to", "calendar", "--first", "18.1.2027", "--time", "15", "--zone", "helsinki"
    )
    assert refused.exit_code == 2
    assert "Europe/Helsinki" in refused.stderr
    assert not Path("ryhmat-export").exists()


@pytest.fixture
def spring(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Groups that a run has formed, in the current folder."""
    monkeypatch.chdir(tmp_path)
    copytree(formed("kevat").parent, tmp_path / "kevat-groups")
    return tmp_path


def _run(*words: str) -> None:
    done = CliRunner().invoke(app, [*words, "-q"], catch_exceptions=False)
    assert done.exit_code in (0, 1), done.output  # a move by hand may break a rule


def _revisions(folder: str, *words: str) -> dict[str, int]:
    """The SEQUENCE of each event of an export, by its UID."""
    _run("export", f"{folder}/groups.csv", "--to", "calendar", *words)
    found = events(Path(folder, "export/calendar/all.ics").read_bytes())
    return {str(each["UID"]): int(each["SEQUENCE"]) for each in found}


def test_groups_that_were_changed_update_the_calendar_that_people_have(spring: Path) -> None:
    first = _revisions("kevat-groups")
    assert set(first.values()) == {0}
    _run("rebalance", "kevat-groups/groups.csv", "--left", "V-016", "-o", "uudet")
    second = _revisions("uudet")
    assert first.keys() == second.keys()
    assert max(second.values()) == 1
    _run("move", "uudet/groups.csv", "V-015=G02", "--force", "-o", "uudet")
    third = _revisions("uudet")
    assert first.keys() == third.keys()
    assert max(third.values()) == 2


def test_a_renamed_folder_leaves_its_events_the_same(spring: Path) -> None:
    first = _revisions("kevat-groups")
    Path("kevat-groups").rename("arkisto")
    assert _revisions("arkisto") == first
    _run("rebalance", "arkisto/groups.csv", "--left", "V-016", "-o", "uudet")
    assert _revisions("uudet").keys() == first.keys()


def test_a_meeting_s_events_replace_no_permanent_ones(spring: Path) -> None:
    first = _revisions("kevat-groups")
    absent = "V-016,V-018,V-021,V-035"
    call = ["rebalance", "kevat-groups/groups.csv", "--absent", absent, "--date", "2027-01-19"]
    _run(*call, "-o", "kokous")
    assert not first.keys() & _revisions("kokous").keys()
