"""The list for participants: whole, free of what is nobody's business, and accessible."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from importlib import resources
from itertools import pairwise
from pathlib import Path

import pytest

from tests.export.conftest import Run
from tests.export.examples import EVERY, handout_of
from tests.export.hostile import GROUP_NAMES, as_read, hostile_groups, names, raw_handout
from vermegroup.app.handout import read_handout
from vermegroup.app.inputs import RulebookChoice
from vermegroup.app.privacy.how import AS_IT_IS
from vermegroup.export.handout import Handout
from vermegroup.export.list import list_page
from vermegroup.export.rendered import Every, Meetings, Wanted

VOID = {"meta", "link", "br", "img", "input"}


class Page(HTMLParser):
    """What stands in a page: its elements, its links, and the texts of each article in order."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.groups: list[list[str]] = []
        self.headings: list[tuple[int, str]] = []
        self._open: list[str] = []
        self.feed(page.decode())
        assert not self._open, self._open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag == "article":
            self.groups.append([])
        if re.fullmatch("h[1-6]", tag):
            self.headings.append((int(tag[1]), ""))
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" in self._open or "title" in self._open or not data.strip():
            return
        self.texts.append(data.strip())
        if "article" in self._open:
            self.groups[-1].append(data.strip())
        if any(re.fullmatch("h[1-6]", tag) for tag in self._open):
            level, before = self.headings[-1]
            self.headings[-1] = (level, before + data.strip())

    def links(self) -> list[str]:
        return [str(attrs["href"]) for _tag, attrs in self.tags if "href" in attrs]


def page_of(handout: Handout, wanted: Wanted | None = None) -> Page:
    return Page(list_page(handout, wanted or Wanted()).files["list.html"])


def small(*shown: str) -> Handout:
    return read_handout("ryhmat.csv", shown, RulebookChoice(), AS_IT_IS).handout


def test_a_list_tells_names_and_what_was_asked_for_and_nothing_else(groups: Path) -> None:
    page = page_of(small("Kunta"))
    first, second = page.groups
    assert first == [
        *("Group G01", "Aino Keksitty", "Kunta:", "Turku"),
        *("Åke Exempel", "Kunta:", "Lahti", "Örn Exempel", "Kunta:", "Oulu"),
    ]
    assert second == [
        *("Group G02", "Bertta Keksitty", "Kunta:", "Turku"),
        *("Cilla Exempel", "Kunta:", "Oulu", "Daavid Keksitty", "Kunta:", "Salo"),
    ]
    assert page.texts[:2] == ["Groups", "2 groups · 6 people"]
    assert page.links() == []
    assert len(page.texts) == 2 + sum(map(len, page.groups))


def test_addresses_are_shown_where_they_are_asked_for(groups: Path) -> None:
    made = list_page(small(), Wanted(emails=True))
    page = Page(made.files["list.html"])
    assert page.links() == [
        *("mailto:aino@example.org", "mailto:ake@example.org", "mailto:orn@example.org"),
        "mailto:aino@example.org,ake@example.org,orn@example.org",
        *("mailto:bertta@example.org", "mailto:daavid@example.org"),
        "mailto:bertta@example.org,daavid@example.org",
    ]
    [missing] = made.findings
    assert (missing.file, missing.row) == ("ryhmat.csv", 6)
    assert "Cilla Exempel" in str(missing)
    assert "Cilla Exempel" in page.texts
    assert list_page(small(), Wanted()).findings == ()


def test_an_address_that_cannot_be_used_is_not_there(groups: Path) -> None:
    handout = small()
    group = handout.groups[0]
    odd = replace(group.members[0], email="aino@example.org?cc=x@example.org, y")
    handout = replace(handout, groups=(replace(group, members=(odd,)),))
    made = list_page(handout, Wanted(emails=True))
    page = Page(made.files["list.html"])
    assert not any(odd.email in text for text in page.texts)
    assert page.links() == []
    assert [finding.value for finding in made.findings] == [odd.email]


@pytest.mark.parametrize("name", EVERY)
def test_everybody_stands_in_each_group_of_theirs_and_whoever_waits_in_none(name: str) -> None:
    handout = handout_of(name)
    page = page_of(handout)
    for group, texts in zip(handout.groups, page.groups, strict=True):
        for member in group.members:
            assert texts.count(member.name) == 1, member
    for member in handout.waiting:
        assert member.name not in page.texts


@pytest.mark.parametrize("name", EVERY)
def test_headings_go_down_by_one_and_every_group_has_its_own(name: str) -> None:
    handout = handout_of(name)
    page = page_of(handout)
    levels = [level for level, _text in page.headings]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    parts = {str(group.part) for group in handout.groups if group.part}
    assert {text for level, text in page.headings if level == 2} >= parts
    assert levels.count(3 if parts else 2) == len(handout.groups)
    ids = [attrs["id"] for _tag, attrs in page.tags if "id" in attrs]
    assert len(ids) == len(set(ids))
    named = [attrs["aria-labelledby"] for _t, attrs in page.tags if "aria-labelledby" in attrs]
    assert set(named) <= set(ids)
    assert {"header", "main", "h1"} <= {tag for tag, _attrs in page.tags}


@pytest.mark.parametrize(
    ("language", "first"),
    [
        ("en", ["First meeting", "Monday 2027-01-18 15:00–16:00"]),
        ("fi", ["1. tapaaminen", "ma 18.1.2027 klo 15.00–16.00"]),
        ("sv", ["Första träffen", "mån 18.1.2027 kl. 15.00–16.00"]),
    ],
)
def test_facts_are_told_in_the_form_of_the_reader(language: str, first: list[str]) -> None:
    page = page_of(handout_of("kevat"), Wanted(language))
    assert ("html", {"lang": language}) in page.tags
    texts = page.groups[0]
    assert texts[:2] == ["Rengas 1", "G01"]
    assert texts[texts.index("arki") + 1 :][:2] == first
    assert page.links()[0] == "https://example.org/huone/1"


def test_what_was_asked_for_goes_before_the_facts() -> None:
    from datetime import date, time

    when = Meetings(date(2027, 2, 2), time(9), every=Every.TWO_WEEKS, count=6)
    texts = page_of(handout_of("kevat"), Wanted("fi", meetings=when)).groups[0]
    assert "ti 2.2.2027 klo 9.00" in texts
    assert "joka toinen viikko, 6 tapaamista" in texts


def test_a_meeting_has_its_day_and_no_first_one() -> None:
    page = page_of(handout_of("kokous"), Wanted("sv"))
    assert page.texts[0] == "Grupper på träffen tis 19.1.2027"
    assert "Första träffen" not in page.texts
    assert "Upprepas" not in page.texts
    assert "tis 19.1.2027 kl. 15.00–16.00" in page.groups[0]


def test_times_that_suit_everybody_are_told_where_none_is_set() -> None:
    handout = handout_of("verkossa")
    for group, texts in zip(handout.groups, page_of(handout).groups, strict=True):
        told = texts[texts.index("Times that suit everybody") + 1]
        assert sorted(told.split(", ")) == sorted(group.times)


def test_members_who_lead_are_marked_and_a_leader_from_elsewhere_is_named() -> None:
    handout = handout_of("ilmoittautuneet")
    for group, texts in zip(handout.groups, page_of(handout).groups, strict=True):
        leading = [member.name for member in group.members if member.leads]
        assert leading
        assert texts.count("leads the group") == len(leading)
        assert "Leader" not in texts
    kevat = handout_of("kevat")
    facts = kevat.groups[0].facts
    assert facts is not None
    led = replace(kevat.groups[0], facts=replace(facts, leader="Ulla Ulkopuolinen"))
    texts = page_of(replace(kevat, groups=(led,))).groups[0]
    assert texts[texts.index("Leader") + 1] == "Ulla Ulkopuolinen"


HARMLESS = {
    *("html", "head", "meta", "title", "style", "body", "header", "main", "section", "article"),
    *("h1", "h2", "h3", "p", "dl", "div", "dt", "dd", "ul", "li", "span", "bdi", "a"),
}


@pytest.mark.parametrize("raw", [False, True])
def test_hostile_names_are_whole_and_nothing_but_text(
    raw: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    hostile_groups(tmp_path)
    handout = raw_handout() if raw else small("Yksikkö")
    page = page_of(handout, Wanted(emails=True))
    assert {tag for tag, _attrs in page.tags} <= HARMLESS
    told = [" ".join(text.split()) for text in page.texts]
    for member in (member for _group, member in handout.members()):
        assert " ".join(member.name.split()) in told
    if not raw:
        assert set(names().values()) <= set(told)
        assert {as_read(name) for name in GROUP_NAMES} <= set(told)
    for link in page.links():
        assert re.fullmatch(r"mailto:[a-z0-9@.,-]+", link), link


def test_nothing_is_loaded_from_elsewhere_and_no_script_is_needed() -> None:
    text = list_page(handout_of("kevat"), Wanted()).files["list.html"].decode()
    assert not re.search(r"<script|<link|<img|src=|url\(|@import", text)


def test_equal_groups_make_equal_bytes() -> None:
    wanted = Wanted("fi", emails=True)
    once, again = (list_page(handout_of("kolmesataa"), wanted).files for _time in range(2))
    assert once == again
    assert len(once["list.html"]) < 150_000


def contrast(one: str, other: str) -> float:
    """The ratio of two colours, as WCAG 2.1 defines it."""

    def luminance(colour: str) -> float:
        whole = colour if len(colour) == 7 else "#" + "".join(2 * mark for mark in colour[1:])
        parts = [int(whole[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_colours_have_contrast_on_light_dark_and_paper() -> None:
    style = (resources.files("vermegroup.export") / "templates" / "list.css").read_text("utf-8")
    schemes = [
        dict(re.findall(r"--([a-z-]+): (#\w+)", part)) for part in style.split(":root {")[1:]
    ]
    assert len(schemes) == 3
    for colours in schemes:
        for text, ground in (
            *(("ink", "paper"), ("ink", "card"), ("soft", "paper"), ("soft", "card")),
            *(("accent", "card"), ("on-mark", "mark")),
        ):
            assert contrast(colours[text], colours[ground]) >= 4.5, (text, ground, colours)


def test_the_command_writes_it(groups: Path, export: Run) -> None:
    done = export("--to", "list", "--show", "Kunta", "--emails", "--lang", "sv")
    assert done.exit_code == 0
    assert "Cilla Exempel" in done.stdout
    assert "Örn Exempel" in Path("ryhmat-export/list.html").read_text("utf-8")


def test_what_is_shown_stands_in_one_place_on_a_card(groups: Path) -> None:
    handout = small()
    group = handout.groups[0]
    told = ("Turku", "Jokin hyvin pitkä työpaikan nimi, jolle ei ole tilaa", "Oulu")
    members = tuple(
        replace(each, shown=(text,)) for each, text in zip(group.members, told, strict=False)
    )
    shown = replace(handout, groups=(replace(group, members=members),), shown=("Yksikkö",))
    page = list_page(shown, Wanted()).files["list.html"].decode()
    assert ('class="below"' in page, 'class="beside"' in page) == (True, False)
