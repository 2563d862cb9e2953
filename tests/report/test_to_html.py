"""report.html is one page that needs nothing else, and takes nothing for markup."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser
from itertools import pairwise

import numpy as np
import pytest

from tests.answers import outcome_for, outcome_of_threes, report_of
from tests.brute_force import Person
from tests.builders import problem_from
from vermegroup.domain.bonds import Bonds, Departure, Rebalance
from vermegroup.domain.findings import Finding, Severity
from vermegroup.domain.grouping import grouping_of
from vermegroup.judge.auditor import judged
from vermegroup.language.catalogues import Language, languages
from vermegroup.language.messages import verbatim
from vermegroup.report.report import Input, Report
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
    told = [attributes.get(name) for _, attributes in page.tags for name in ("src", "href")]
    assert {link[:1] for link in told if link} <= {"#"}  # what is on the page itself
    assert not re.search(r"url\(|@import|https?:", text)


def test_cells_are_never_taken_for_markup() -> None:
    people = [Person(EVIL, 1), Person("Oulu", 12), Person("Lahti", 7)]
    finding = Finding(Severity.NOTICE, verbatim(EVIL), EVIL, 2, EVIL, EVIL, verbatim(EVIL))
    text = to_html(report_of(outcome_for([0, 0, 0], people), [finding]), "en")
    assert "<script" not in text
    assert "&lt;script&gt;" in text


def test_every_group_has_a_card_with_its_members(waiting: Report) -> None:
    page = Page(to_html(waiting, "fi"))
    assert page.texts["h3"][:3] == ["G01", "G02", "Jonossa"]
    assert {"SYN-001", "SYN-007"} <= {text.strip() for text in page.texts["th"]}
    assert {"Turku", "12 v"} <= set(page.texts["td"])
    assert "kokenut" in page.texts["span"]


def test_broken_rules_name_group_and_people_before_the_groups_and_on_their_cards(
    broken: Report,
) -> None:
    text = to_html(broken, "en")
    before, *cards = text.split("<article")
    assert re.search(r"<li><strong>G01</strong>.*SYN-001, SYN-004", before)
    assert ["✗" in card for card in cards] == [True, True]  # G02 has nobody experienced
    assert all(card.startswith(' class="card searched faulty"') for card in cards)


def test_an_impossible_roster_gives_the_reason_and_no_cards(not_possible: Report) -> None:
    page = Page(to_html(not_possible, "sv"))
    assert page.texts["h1"] == ["Alla grupper är fulla."]
    assert not any(attributes.get("class") == "card" for _, attributes in page.tags)
    assert page.texts["h2"][0] == "Möjliga antal grupper"


@pytest.mark.parametrize(("kind", "first"), [("formed", "Groups"), ("broken", "What is broken")])
def test_what_people_want_first_comes_first(
    kind: str, first: str, request: pytest.FixtureRequest
) -> None:
    page = Page(to_html(request.getfixturevalue(kind), "en"))
    known = [] if kind == "broken" else ["Good to know"]
    last = "How this result came about" if kind == "broken" else "Reasons"
    order = [first, "Groups", *known, "In pictures", "How rules and preferences stand", last]
    assert page.texts["h2"] == list(dict.fromkeys(order))


@pytest.mark.parametrize("kind", ["formed", "broken", "not_possible", "waiting"])
@pytest.mark.parametrize("language", languages())
def test_headings_and_tables_can_be_found_without_eyes(
    kind: str, language: Language, request: pytest.FixtureRequest
) -> None:
    page = Page(to_html(request.getfixturevalue(kind), language))
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert all(level <= before + 1 for before, level in pairwise(levels))
    assert all(attributes.get("scope") for tag, attributes in page.tags if tag == "th")
    known = {attributes["id"] for _, attributes in page.tags if "id" in attributes}
    asked = {attributes.get("aria-labelledby") for _, attributes in page.tags} - {None}
    assert asked <= known
    ids = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    assert len(ids) == len(known)


def test_proofs_and_numbers_of_groups_are_folded(formed: Report) -> None:
    text = to_html(formed, "en")
    shown, folded = text.split('<details class="reasons">')
    assert "How this result came about" in folded
    assert "SHA-256" not in shown
    assert "What is proven of the preferences" in folded
    assert "Whom groups cannot do without" in shown
    assert "Best conceivable" not in shown


@pytest.mark.parametrize("kind", ["formed", "broken", "not_possible", "waiting"])
def test_what_there_is_none_of_is_not_counted(kind: str, request: pytest.FixtureRequest) -> None:
    page = Page(to_html(request.getfixturevalue(kind), "en"))
    assert "0" not in page.texts["b"]


def rows(report: Report) -> list[str]:
    """The names on the cards."""
    cards = re.findall("<article.*?</article>", to_html(report, "sv"), re.DOTALL)
    heads = re.findall(r'<th scope="row">(.*?)</th>', "".join(cards))
    return [unescape(re.sub("<.*?>", "", head)).strip("★◆\N{NO-BREAK SPACE} ") for head in heads]


def test_members_stand_in_the_order_of_the_alphabet() -> None:
    outcome = outcome_for([0, 0, 0, 0], [Person(f"Town {p}", 6 * p) for p in range(4)])
    report = report_of(outcome)
    names = ["Örn", "Zachris", "Åsa", "aino"]
    members = replace(report.members, labels=names)
    assert rows(replace(report, members=members)) == ["aino", "Zachris", "Åsa", "Örn"]
    leading = replace(members, leads=frozenset([2]))
    assert rows(replace(report, members=leading)) == ["Åsa", "aino", "Zachris", "Örn"]


def test_under_the_name_of_a_part_nobody_has_it_once_more() -> None:
    people = [Person("Turku", years, ("Art", "Music")[years % 2]) for years in range(8)]
    book = (
        "split_by: subject\ngroups: {size: 2-3}\nrules: [{different: municipality, at_most: 3}]\n"
    )
    seats = np.array([0, 1, 0, 1, 0, 1, -1, -1])
    report = report_of(judged(problem_from(people, book), grouping_of(seats), 0.0))
    cards = re.findall("<article.*?</article>", to_html(report, "en"), re.DOTALL)
    assert [bool(re.search("Art|Music", card)) for card in cards] == [False, False, True]


@pytest.mark.parametrize(("groups", "cards"), [(60, True), (61, True), (501, False)])
def test_of_very_many_groups_every_one_is_there_in_folds(groups: int, cards: bool) -> None:
    text = to_html(report_of(outcome_of_threes(groups)), "en")
    page = Page(text)
    assert page.open == []
    assert text.count("<article") == (groups if cards else 0)
    assert all(f"SYN-{person + 1:03d}" in text for person in range(3 * groups))
    folds = [
        "open" in attributes for tag, attributes in page.tags if attributes.get("class") == "fold"
    ]
    assert folds == ([True, *[False] * (len(folds) - 1)] if groups > 60 else [])
    assert [tag for tag, _ in page.tags].count("script") == bool(folds)


def test_reports_are_light() -> None:
    fifty = len(to_html(report_of(outcome_of_threes(17)), "fi").encode())
    many = len(to_html(report_of(outcome_of_threes(3334)), "fi").encode())
    assert fifty < 120_000
    assert many < 5_000_000


def test_beyond_what_a_page_can_hold_groups_are_counted() -> None:
    text = to_html(report_of(outcome_of_threes(6_700)), "en")
    assert "first 6666 of 6700 groups" in text


def test_numbers_are_written_as_readers_write_them() -> None:
    report = report_of(outcome_of_threes(3334))
    assert "10\N{NO-BREAK SPACE}002 henkilöä" in to_html(report, "fi")
    assert "10,002 people" in to_html(report, "en")


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


def test_reports_of_groups_that_runs_made_are_told_apart_by_their_folders(formed: Report) -> None:
    def title(path: str) -> str:
        source = Input("groups", path, "0" * 64)
        told = replace(formed, provenance=replace(formed.provenance, inputs=(source,)))
        return re.search("<title>(.*?)</title>", to_html(told, "en"))[1].rpartition(" – ")[2]

    assert title("work/spring-groups/groups.csv") == "spring-groups"
    assert title("work/spring.csv") == "spring.csv"
    assert title("groups.csv") == "groups.csv"


def test_the_rules_of_an_impossible_report_are_a_list(not_possible: Report) -> None:
    text = to_html(not_possible, "en")
    rules = text.partition('<h3 id="rules">')[2].partition("</section>")[0]
    assert rules.count("<li>") == len(not_possible.rules) > 0
    assert "<table" not in rules


def test_why_somebody_left_is_not_what_became_of_the_group(formed: Report) -> None:
    gone = (Departure("P1", "Aino", "G09", 0), Departure("P2", "Kai", "", 0))
    rebalance = Rebalance(Bonds(1, 1, 0, 0), (), 1, departures=gone)
    text = to_html(replace(formed, rebalance=rebalance), "en")
    assert ">Named as somebody who left; G09 is no more<" in text
    assert ">Named as somebody who left<" in text
