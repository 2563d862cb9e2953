"""The list for participants prints on few pages, or a slip for each group."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.browser.conftest import Tabs
from tests.export.examples import handout_of
from vermegroup.export.list import list_page
from vermegroup.export.rendered import Wanted


@pytest.mark.parametrize(("slips", "pages"), [(False, 2), (True, 12)])
def test_twelve_groups_print_on_two_pages_or_each_on_its_own(
    slips: bool, pages: int, tmp_path: Path, tabs: Tabs
) -> None:
    wanted = Wanted("fi", emails=True, one_per_page=slips)
    file = tmp_path / "list.html"
    file.write_bytes(list_page(handout_of("kevat", "Kunta"), wanted).files["list.html"])
    printed = tabs.open(file.as_uri()).pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", printed)) == pages
