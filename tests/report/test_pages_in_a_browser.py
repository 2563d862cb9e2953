"""What of ``report.html`` only a browser can tell: what is in sight, found, clipped and printed."""

from __future__ import annotations

import re
import subprocess
from dataclasses import replace
from fractions import Fraction
from html import escape
from pathlib import Path

import pytest

from tests.answers import INVALID, outcome_for, outcome_of_threes, report_of
from tests.brute_force import Person
from tests.report.test_in_a_browser import BROWSER, OPTIONS
from vermegroup.domain.bonds import Bonds, Compared, Move, Rebalance
from vermegroup.language.catalogues import languages
from vermegroup.language.messages import verbatim
from vermegroup.report.report import Report
from vermegroup.report.to_html import to_html

pytestmark = pytest.mark.skipif(not BROWSER, reason="no Chromium is installed")
# With a budget of virtual time, no clock in the page tells how long it took.
NOW = tuple(option for option in OPTIONS if "virtual-time" not in option)
TOLD = re.compile(r"<title>told: (.*?)</title>", re.DOTALL)
FIND = """{
const box = document.querySelector("#find");
box.value = "syn-1500"; box.dispatchEvent(new Event("input"));
const seen = [...document.querySelectorAll(".searched")].filter((row) => row.checkVisibility());
const right = seen.map((row) => row.textContent.includes("SYN-1500"));
tell(`${right} ${document.querySelector("#found").textContent}`);
}"""
CLIPPED = """onload = () => {
const page = document.querySelector("iframe").contentDocument;
const wide = [...page.querySelectorAll("*")].filter((each) =>
  !each.closest(".unseen, thead") && each.getBoundingClientRect().right > 360.5);
tell(`${page.querySelectorAll("table").length > 3} ${wide.map((each) => each.outerHTML).join("")}`);
};"""
FIRST_ROW = """{
const bottom = (what) => document.querySelector(what).getBoundingClientRect().bottom;
tell(bottom("h1") < bottom(".card") && bottom(".card") < innerHeight);
}"""
OPENED = "onload = () => { document.body.getBoundingClientRect(); tell(performance.now()); };"


def told(page: str, script: str, folder: Path, options: tuple[str, ...] = OPTIONS) -> str:
    """What a script tells that runs in the page when all of it is there."""
    run = f"<script>const tell = (t) => {{ document.title = 'told: ' + t; }};\n{script}</script>"
    path = folder / "page.html"
    path.write_text(page.replace("</body>", f"{run}</body>"), "utf-8")
    profile = f"--user-data-dir={folder / 'profile'}"
    call = [BROWSER, *options, "--window-size=1280,800", profile, path.as_uri()]
    shown = subprocess.run(call, capture_output=True, text=True, timeout=120, check=True)
    return TOLD.findall(shown.stdout)[-1]


def of_fifty() -> Report:
    people = [Person(f"Town {p}", (1, 12, 7, 20)[p % 4]) for p in range(50)]
    return report_of(outcome_for([min(p // 4, 11) for p in range(50)], people))


def changed(report: Report) -> Report:
    """The report of a rebalancing that moved somebody, for a reason of one very long word."""
    move = Move("SYN-001", "Anna-Maija " * 6, "G01", "G02", verbatim("x" * 90))
    texts = map(verbatim, ("Rule " * 12, "long " * 9, "long " * 9))
    line = Compared(*texts, better=False, kind="k", values=(Fraction(1), Fraction(2)))
    rebalance = Rebalance(Bonds(9, 8, 1, 2), (move,), 1, compared=(line,))
    return replace(report, rebalance=rebalance)


@pytest.mark.parametrize("language", languages())
def test_the_first_screen_has_the_verdict_and_a_row_of_groups(
    tmp_path: Path, language: str
) -> None:
    assert told(to_html(of_fifty(), language), FIRST_ROW, tmp_path) == "true"


@pytest.mark.parametrize("kind", ["changed", "broken"])
def test_nothing_is_clipped_on_a_phone(tmp_path: Path, kind: str) -> None:
    broken = report_of(outcome_for(INVALID), hand=True)
    page = to_html(changed(of_fifty()) if kind == "changed" else broken, "fi")
    inside = escape(page.replace("<details", "<details open"))
    frame = f'<iframe style="width: 360px; height: 700px; border: 0" srcdoc="{inside}"></iframe>'
    assert told(f"<body>{frame}</body>", CLIPPED, tmp_path).strip() == "true"


def test_somebody_is_found_by_name_among_very_many(tmp_path: Path) -> None:
    page = to_html(report_of(outcome_of_threes(600)), "en")
    assert told(page, FIND, tmp_path) == "true Groups found: 1"


def test_ten_thousand_people_open_in_two_seconds(tmp_path: Path) -> None:
    page = to_html(report_of(outcome_of_threes(3334)), "en")
    assert float(told(page, OPENED, tmp_path, NOW)) < 2000


def test_fifty_people_print_on_two_pages(tmp_path: Path) -> None:
    path, pdf = tmp_path / "page.html", tmp_path / "page.pdf"
    path.write_text(to_html(of_fifty(), "fi"), "utf-8")
    options = [option for option in NOW if option != "--dump-dom"]
    profile = f"--user-data-dir={tmp_path / 'profile'}"
    call = [BROWSER, *options, profile, f"--print-to-pdf={pdf}", path.as_uri()]
    subprocess.run(call, capture_output=True, timeout=120, check=True)
    assert len(re.findall(rb"/Type\s*/Page\b", pdf.read_bytes())) == 2
