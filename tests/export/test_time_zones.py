"""A calendar tells when clocks change as the time zone database does, for years to come."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from vermegroup.domain.findings import Finding
from vermegroup.export.time_zones import vtimezone, zone_called

NOT_ONE_S_OWN = ("localtime", "posixrules", "Factory")
BY_RULES = ("Europe/Helsinki", "Europe/Dublin", "America/New_York", "Australia/Sydney")
OTHERS = ("Asia/Tokyo", "UTC", "Asia/Kolkata", "Africa/Casablanca", "Asia/Jerusalem")


@pytest.mark.parametrize("name", [*BY_RULES, *OTHERS])
def test_an_independent_reader_gets_the_same_offsets(name: str) -> None:
    zone = ZoneInfo(name)
    read = vtimezone(zone, 2027, 2028).to_tz(lookup_tzid=False)
    moments = [datetime(2027, 1, 1, tzinfo=UTC) + timedelta(hours=36 * at) for at in range(480)]
    for moment in moments:
        local = moment.astimezone(zone).replace(tzinfo=None)
        assert local.replace(tzinfo=read).utcoffset() == local.replace(tzinfo=zone).utcoffset()


@pytest.mark.parametrize("name", BY_RULES)
def test_clocks_that_change_by_a_rule_have_no_last_year(name: str) -> None:
    component = vtimezone(ZoneInfo(name), 2027, 2027)
    assert [part["RRULE"]["FREQ"] for part in component.subcomponents] == ["YEARLY"] * 2


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("helsinki", "Europe/Helsinki"),
        ("europe/helsinki", "Europe/Helsinki"),
        ("Stokholm", "Europe/Stockholm"),
        ("New York", "America/New_York"),
        ("../../etc/passwd", "Write it like this"),
        ("", "Write it like this"),
    ],
)
def test_an_unknown_zone_is_refused_with_those_that_are_near(name: str, near: str) -> None:
    finding = zone_called(name)
    assert isinstance(finding, Finding)
    assert (finding.column, finding.value) == ("--zone", name)
    assert near in str(finding.hint)


@pytest.mark.parametrize("name", NOT_ONE_S_OWN)
def test_a_zone_that_is_another_on_another_machine_is_refused(name: str) -> None:
    found = zone_called(name)
    assert isinstance(found, Finding)
    assert not set(NOT_ONE_S_OWN) & set(str(found.hint).replace(",", "").split())
