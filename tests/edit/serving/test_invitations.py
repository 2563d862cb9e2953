"""The address works as often as it is opened, that of the started browser once and not for long."""

from __future__ import annotations

from vermegroup.edit.serving.invitations import Invitations


def secret(address: str) -> str:
    return address.rpartition("/")[2]


def test_the_address_that_is_shown_works_as_often_as_it_is_opened() -> None:
    door = Invitations(8123)
    assert door.address.startswith("http://127.0.0.1:8123/enter/")
    assert [door.accepts(secret(door.address)) for _ in range(3)] == [True] * 3


def test_the_address_of_the_started_browser_works_once() -> None:
    door = Invitations(8123)
    once = secret(door.address_for_once())
    assert once != secret(door.address)
    assert [door.accepts(once) for _ in range(3)] == [True, False, False]
    assert not door.accepts("")


def test_the_address_of_the_started_browser_works_for_two_minutes() -> None:
    now = [0.0]
    door = Invitations(8123, lambda: now[0])
    now[0] = 119.0
    assert door.accepts(secret(door.address_for_once()))
    late = secret(door.address_for_once())
    now[0] = 240.0
    assert not door.accepts(late)
    assert door.accepts(secret(door.address))


def test_a_newer_address_for_once_replaces_the_one_before() -> None:
    door = Invitations(8123)
    first, second = secret(door.address_for_once()), secret(door.address_for_once())
    assert (door.accepts(first), door.accepts(second)) == (False, True)


def test_no_two_servers_have_a_secret_in_common() -> None:
    one, two = Invitations(8123), Invitations(8123)
    assert secret(one.address) != secret(two.address)
    cookie = one.set_cookie().partition(";")[0]
    assert (one.knows([cookie]), two.knows([cookie])) == (True, False)
    assert Invitations(1).cookie_name != Invitations(2).cookie_name
