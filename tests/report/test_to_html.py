"""report.html is one page that needs nothing else, and takes nothing for markup."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from tests.answers import outcome_for, outcome_of_threes, report_of
from tests.brute_force import Person
from vermegroup.domain.findings import Finding, Severity
from vermegroup.language.catalogues import Language, languages
from vermegroup.language.messages import verbatim
from vermegroup.report.report import Report
from vermegroup.report.to_html import to_html

EVIL = "<script>alert('å')</script>"


class Page(HTMLParser):
    """The tags of a page, the texts of its headings, and whether all tags are closed."""

    VOID = frozenset({"meta", "link", "br", "img", "input"})

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: dict[str, list[str]] = {}
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data) -> None:
        if self.open:
            self.texts.setdefault(self.open[-1], []).append(data)


@pytest.mark.parametrize("language", languages())
def test_the_page_loads_nothing_from_elsewhere(formed: Report, language: Language) -> None:
    text = to_html(formed, language)
    page = Page(text)
    assert page.open == []
    assert page.tags[0] == ("html", {"lang": language})
    assert {tag for tag, _ in page.tags}.isdisjoint({"script", "link", "img", "iframe", "base"})
    assert not any({"src", "href"} & attributes.keys() for _, attributes in page.tags)
    assert not re.search(r"url\(|@import|https?:", text)


def test_cells_are_never_taken_for_markup() -> None:
    people = [Person(EVIL, 1), Person("Oulu", 12), Person("Lahti", 7)]
    finding = Finding(Severity.NOTICE, verbatim(EVIL), EVIL, 2, EVIL, EVIL, verbatim(EVIL))
    text = to_html(report_of(outcome_for([0, 0, 0], people), [finding]), "en")
    assert "<script" not in text
    assert "&lt;script&gt;" in text


def test_every_group_has_a_card_with_its_members(waiting: Report) -> None:
    page = Page(to_html(waiting, "fi"))
    assert page.texts["h3"] == ["G01", "G02", "Jonossa"]
    assert {"SYN-001", "SYN-007"} <= set(page.texts["th"])
    assert {"Turku", "12 v", "kokenut"} <= set(page.texts["span"])


def test_broken_rules_name_group_and_people(broken: Report) -> None:
    text = to_html(broken, "en")
    assert re.search(r"<li><strong>G01</strong>.*SYN-001, SYN-004", text)
    assert text.count('class="card faulty"') == 2  # G02 has nobody experienced


def test_an_impossible_roster_gives_the_reason_and_no_cards(not_possible: Report) -> None:
    page = Page(to_html(not_possible, "sv"))
    assert page.texts["h1"] == ["alla grupper är fulla."]
    assert "h3" not in page.texts


def test_very_many_groups_are_shown_in_part_and_say_so() -> None:
    text = to_html(report_of(outcome_of_threes(501)), "en")
    assert text.count("<article") == 60
    assert "first 60 of 501 groups" in text


def test_very_many_findings_are_shown_in_part_and_say_so(formed: Report) -> None:
    found = tuple(Finding(Severity.NOTICE, verbatim("odd"), "a.csv", row) for row in range(230))
    text = to_html(replace(formed, findings=found), "en")
    assert text.count("<td>odd</td>") == 200
    assert "30 more" in text


def test_rows_set_aside_come_first_then_warnings_then_notices(formed: Report) -> None:
    kinds = [(Severity.NOTICE, False)] * 150 + [(Severity.WARNING, False)] * 60
    found = [
        Finding(severity, verbatim(f"told {row}"), "a.csv", row, aside=aside)
        for row, (severity, aside) in enumerate([*kinds, (Severity.NOTICE, True)])
    ]
    text = to_html(replace(formed, findings=tuple(found)), "en")
    rows = [int(row) for row in re.findall(r"<td>told (\d+)", text)]
    assert rows == [210, *range(150, 210), *range(139)]


def test_a_place_ends_without_the_colon_of_a_header(formed: Report) -> None:
    found = Finding(Severity.NOTICE, verbatim("odd"), "a.csv", 5, "Kunta (työ):")
    assert "<td>a.csv, row 5, Kunta (työ)</td>" in to_html(replace(formed, findings=(found,)), "en")
