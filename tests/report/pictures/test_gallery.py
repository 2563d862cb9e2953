"""The pictures of a whole page: each where it belongs, small, named, and in the page's colours."""

from __future__ import annotations

import re
from dataclasses import replace
from importlib import resources

import pytest

from tests.brute_force import Person
from tests.report.pictures.drawn import report_on
from vermegroup.domain.bonds import Bonds, Move, Rebalance
from vermegroup.domain.grouping import EarlierGroups
from vermegroup.language.catalogues import Language, languages
from vermegroup.language.messages import verbatim
from vermegroup.report.report import Report
from vermegroup.report.to_html import to_html

TOWNS = ("Helsinki", "Turku", "Oulu", "Lahti", "Kuopio", "Pori", "Vaasa", "Kemi", "Salo", "Inari")


def of_people(count: int) -> Report:
    """Groups of five with as many pictures as there can be."""
    people = [Person(TOWNS[p % 10], (0, 12, 7, 20, 3)[p % 5]) for p in range(count)]
    report = report_on(people, [p // 5 for p in range(count)])
    moves = tuple(
        Move(f"SYN-00{n}", f"SYN-00{n}", "G02", "G01", verbatim("so")) for n in range(1, 6)
    )
    earlier = (EarlierGroups("a.csv", (("SYN-001", "SYN-002"), ("SYN-001", "SYN-009"))),)
    return replace(
        report,
        rebalance=Rebalance(Bonds(9, 5, 4, 4), moves, 2),
        provenance=replace(report.provenance, earlier=earlier),
    )


@pytest.fixture(scope="module")
def pages() -> dict[Language, str]:
    return {language: to_html(of_people(50), language) for language in languages()}


def test_a_page_has_every_picture_under_a_title(pages: dict[Language, str]) -> None:
    for page in pages.values():
        titles = re.findall(r"<figcaption><b>([^<]+)</b>", page)
        assert len(set(titles)) == len(titles) == 4
        assert len(re.findall(r'<svg[^>]* class="map"', page)) == 10 + 1


def test_each_language_has_words_of_its_own(pages: dict[Language, str]) -> None:
    captions = [set(re.findall(r"<figcaption>.*", page)) for page in pages.values()]
    assert not captions[0] & captions[1]
    assert not captions[1] & captions[2]
    assert not captions[0] & captions[2]


def test_no_two_things_have_one_id_and_every_use_finds_what_it_uses(
    pages: dict[Language, str],
) -> None:
    for page in pages.values():
        ids = re.findall(r'\bid="([^"]*)"', page)
        assert len(ids) == len(set(ids))
        assert set(re.findall(r'<use href="#([^"]*)"', page)) <= set(ids)


def test_every_picture_is_named_and_none_else_is_heard(pages: dict[Language, str]) -> None:
    outer = re.findall(r"<svg[^>]*(?:viewBox|class|width=\"0\")[^>]*>", pages["en"])
    assert outer
    named = [re.search(r'role="img" aria-label="[^"]{5,}"', each) for each in outer]
    hidden = ["aria-hidden" in each or "preserveAspectRatio" in each for each in outer]
    assert all(name or unheard for name, unheard in zip(named, hidden, strict=True))


def test_colours_are_those_of_the_page_in_both_schemes(pages: dict[Language, str]) -> None:
    style = (
        resources.files("vermegroup.report").joinpath("templates/pictures.css").read_text("utf-8")
    )
    assert not re.search(r"#[0-9a-f]{3,6}\b|rgb|hsl", style)
    used = set(re.findall(r"var\((--\w+)\)", style))
    sheet = resources.files("vermegroup.report").joinpath("templates/report.css").read_text("utf-8")
    light, dark = sheet.split("prefers-color-scheme: dark")
    assert all(f"{name}:" in light and f"{name}:" in dark for name in used)
    assert not re.search(r'<(?:path|circle|rect|text|line)[^>]* (?:fill|stroke)="', pages["en"])


def test_a_page_of_fifty_people_is_small(pages: dict[Language, str]) -> None:
    assert max(len(page.encode()) for page in pages.values()) < 120_000


def test_a_page_of_very_many_people_has_pictures_of_all_alone() -> None:
    page = to_html(replace(of_people(2_000), rebalance=None), "en")
    assert len(re.findall(r"<figure", page)) == 2
    assert len(page.encode()) < 1_000_000
    assert len(re.findall(r'<svg[^>]* class="map"', page)) == 1
