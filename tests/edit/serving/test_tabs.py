"""Tabs count while they say that they are there."""

from __future__ import annotations

import re

import pytest

from tests.edit.serving.served import Served
from vermegroup.edit.serving.tabs import Tabs


def test_a_tab_knows_of_the_others_and_not_of_itself() -> None:
    tabs = Tabs()
    one, two = tabs.new_id(), tabs.new_id()
    assert one != two
    assert tabs.others(one) == 0
    tabs.seen(one)
    tabs.seen(one)
    assert (tabs.others(one), tabs.others(two)) == (0, 1)
    tabs.seen(two)
    assert (tabs.others(one), tabs.others(two)) == (1, 1)
    tabs.gone(two)
    tabs.gone("unknown")
    assert tabs.others(one) == 0


def test_a_hidden_tab_that_speaks_once_a_minute_counts_and_a_silent_one_does_not() -> None:
    now = [0.0]
    tabs = Tabs(lambda: now[0])
    tabs.seen("hidden")
    now[0] = 62.0
    assert tabs.others("mine") == 1
    now[0] = 76.0
    assert tabs.others("mine") == 0
    tabs.seen("hidden")
    assert tabs.others("mine") == 1


@pytest.mark.parametrize("tab", ["", "a" * 65, "a b", "<b>", "é", "a\n"])
def test_what_is_no_id_is_no_tab(tab: str) -> None:
    tabs = Tabs()
    with pytest.raises(ValueError, match=re.escape(tab) + "$"):
        tabs.seen(tab)
    assert tabs.others("mine") == 0


def test_endless_new_ids_fill_no_memory() -> None:
    tabs = Tabs()
    for n in range(3000):
        tabs.seen(f"t{n}")
    assert tabs.others("mine") == 1000


def test_pages_say_that_they_are_there_and_hear_of_others(server: Served) -> None:
    def asked(path: str, method: str = "GET") -> tuple[int, str]:
        answer = server.ask(path, method, server.own())
        return answer.status, answer.text

    assert asked("/alive?tab=one") == (200, "0")
    assert asked("/alive?tab=two", "POST") == (200, "1")
    assert asked("/alive?tab=one") == (200, "1")
    assert asked("/gone?tab=two", "POST") == (204, "")
    assert asked("/alive?tab=one") == (200, "0")
    assert asked("/alive?tab=%3Cb%3E")[0] == 400
    assert asked("/alive")[0] == 400
