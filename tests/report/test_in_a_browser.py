"""What somebody wrote into a cell stays text in ``report.html``: seen with a browser's eyes."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from typer.testing import CliRunner

from vermegroup.cli.commands import app

BROWSER = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), ""
)
OPTIONS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    *("--virtual-time-budget=2000", "--dump-dom"),
)
ATTACK = "<script>document.title = 'ran'</script>"
IMAGE = '<img src=x onerror="document.title = `ran`">'
TOWNS = ("Turku", "Oulu", "Lahti", "</style><script>document.title = 'ran'</script>")


def roster(name: str) -> str:
    quoted = '"' + name.replace('"', '""') + '"'
    rows = (f'S{place},{quoted},"{town}",{7 * place}' for place, town in enumerate(TOWNS))
    return "\n".join(["id,name,municipality,years", *rows]) + "\n"


def title_in_browser(page: Path, profile: Path) -> str:
    command = [BROWSER, *OPTIONS, f"--user-data-dir={profile}", page.as_uri()]
    shown = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
    return shown.stdout.partition("<title>")[2].partition("</title>")[0]


@pytest.mark.skipif(not BROWSER, reason="no Chromium is installed")
def test_the_browser_would_run_a_script(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(f"<title>quiet</title>{ATTACK}", "utf-8")
    assert title_in_browser(page, tmp_path / "profile") == "ran"


@pytest.mark.skipif(not BROWSER, reason="no Chromium is installed")
@pytest.mark.parametrize("name", [ATTACK, IMAGE])
def test_a_script_in_a_name_does_nothing(tmp_path: Path, name: str) -> None:
    (tmp_path / "roster.csv").write_text(roster(name), "utf-8")
    out = tmp_path / "out"
    called = ["form", str(tmp_path / "roster.csv"), "-o", str(out), "-q"]
    assert CliRunner().invoke(app, called).exit_code == 0
    title = title_in_browser(out / "report.html", tmp_path / "profile")
    assert title.startswith("Groups formed")
