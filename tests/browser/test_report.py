"""A report as it opens: groups on the first screen, and among very many a person by name."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.browser.conftest import Tabs
from tests.browser.measures import measured

Written = Callable[[str, str], str]
WITH_GROUPS = (
    *("formed", "split", "with_common_hours", "without_names", "under_pseudonyms"),
    *("with_findings", "waiting", "audited", "rebalanced", "meeting", "rounds"),
    *("many_groups", "very_many_groups"),
)


@pytest.mark.parametrize("kind", WITH_GROUPS)
def test_the_first_screen_has_the_verdict_and_the_first_groups(
    kind: str, written: Written, tabs: Tabs
) -> None:
    page = tabs.open(written(kind, "fi"))
    assert page.locator(".badge").bounding_box()["y"] >= 0
    assert 0 < measured(page, "endOfFirstGroups") <= 800


@pytest.mark.parametrize("kind", ["many_groups", "very_many_groups"])
def test_a_person_is_found_by_name_among_many_groups(
    kind: str, written: Written, tabs: Tabs
) -> None:
    page = tabs.open(written(kind, "en"))
    shown, groups = page.locator(".searched:visible"), page.locator(".searched").count()
    at_first, box = shown.count(), page.get_by_role("searchbox")
    box.fill("syn-100")
    assert "SYN-100" in shown.first.inner_text()
    assert page.get_by_role("status").inner_text().endswith(str(shown.count()))
    assert shown.count() < groups / 10
    box.fill("Nobody Of That Name")
    assert shown.count() == 0
    box.fill("")
    assert shown.count() == at_first
