"""What somebody wrote into a cell stays text in ``report.html``: seen with a browser's eyes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.browser.conftest import Tabs
from tests.browser.written_pages import LIMITS, choice, page_of
from vermegroup.app.form import form_groups
from vermegroup.intake.files.source import Source

ATTACK = "<script>document.title = 'ran'</script>"
IMAGE = '<img src=x onerror="document.title = `ran`">'
TOWNS = ("Turku", "Oulu", "Lahti", "</style><script>document.title = 'ran'</script>")


def roster(name: str) -> str:
    quoted = '"' + name.replace('"', '""') + '"'
    rows = (f'S{place},{quoted},"{town}",{7 * place}' for place, town in enumerate(TOWNS))
    return "\n".join(["id,name,municipality,years", *rows]) + "\n"


def test_the_browser_would_run_a_script(tmp_path: Path, tabs: Tabs) -> None:
    file = tmp_path / "page.html"
    file.write_text(f"<title>quiet</title>{ATTACK}", "utf-8")
    assert tabs.open(file.as_uri()).title() == "ran"


@pytest.mark.parametrize("name", [ATTACK, IMAGE])
def test_a_script_in_a_name_does_nothing(tmp_path: Path, tabs: Tabs, name: str) -> None:
    answer = form_groups(Source("roster.csv", roster(name).encode()), choice(), LIMITS)
    file = tmp_path / "report.html"
    file.write_bytes(page_of(answer)("en"))
    page = tabs.open(file.as_uri())
    assert page.title().startswith("Groups formed")
    assert name in page.locator("main").inner_text()
