"""The page shows everybody, whatever they are called, and nothing of theirs is markup in it."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest

from tests.edit.opened import RULES, Visitor, groups_csv, visitor, workplace_of, written
from vermegroup.edit.pages import routes
from vermegroup.edit.pages.words import HELP, KEYS, OUTLOOKS, WORDS
from vermegroup.language.catalogues import languages

HOSTILE = (
    '<img src=x onerror="alert(1)">',
    "'\"><script>alert(1)</script>",
    "{{ 7 * 7 }} {% raw %}",
    "\N{RIGHT-TO-LEFT OVERRIDE}Otsuk",
    "x" * 300,
    "👩‍👩‍👧 Ääkkönen",
)


def test_everybody_stands_on_the_page_once(user: Visitor) -> None:
    page = user.get("/").text
    assert sorted(re.findall(r'data-person="([^"]+)"', page)) == sorted(
        user.session.state.roster.ids.tolist()
    )


@pytest.mark.parametrize("name", HOSTILE, ids=ascii)
def test_a_name_is_text_wherever_it_stands(name: str, tmp_path: Path) -> None:
    quoted = name.replace('"', '""')
    user = visitor(workplace_of(written(tmp_path, groups_csv().replace("Nimi 01", f'"{quoted}"'))))
    user.post("/move", person="P1", from_="G01", to="G02")
    pages = [user.get(path).text for path in ("/", "/history", "/repairs")]
    pages.append(user.get("/suggest", person="P1", **{"from": "G02"}).text)
    for page in pages:
        assert "<img" not in page
        assert "<script>alert" not in page
        assert ("7 * 7" in name) == ("7 * 7" in page)


def test_no_style_and_no_script_stands_in_the_page(user: Visitor) -> None:
    """The policy of the server would not let them do anything."""
    page = user.get("/").text
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*src=)", page)


def test_of_too_many_people_it_says_what_to_use(
    user: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(routes, "MOST_PEOPLE", 15)
    page = user.get("/").text
    assert "vermegroup move" in page
    assert "data-person" not in page
    assert user.post("/move", person="P1", from_="G01", to="G02").status_code == 409
    assert user.home("P1") == "G01"


def test_parts_of_a_split_roster_have_their_headings(tmp_path: Path) -> None:
    content = groups_csv().replace("group\n", "group,side\n")
    rows = [f"{row},{'ab'[at > 8]}" for at, row in enumerate(content.splitlines()[1:], 1)]
    source = written(
        tmp_path, "\n".join([content.splitlines()[0], *rows]), f"split_by: side\n{RULES}"
    )
    user = visitor(workplace_of(source))
    page = user.get("/").text
    assert re.findall(r'data-part="([^"]+)"', page) == ["a", "b"]
    answer = user.post("/move", person="P1", from_="G01", to="G03")
    assert answer.status_code == 200
    assert user.get("/held", version=1, person="P1", **{"from": "G03"}).status_code == 200


def test_somebody_in_several_groups_is_taken_from_the_one_that_is_meant(tmp_path: Path) -> None:
    content = "id,role,group\n" + "".join(
        f"{id_},{role},{group}\n"
        for id_, role, group in (
            ("M1", "mentor", "G01; G02"),
            ("A1", "mentee", "G01"),
            ("A2", "mentee", "G02"),
            ("M2", "mentor", "G03"),
            ("A3", "mentee", "G03"),
        )
    )
    rules = "groups: {size: 2-4}\nin_groups: {role: mentor, at_most: 2}\nrules: [place_everyone]\n"
    user = visitor(workplace_of(written(tmp_path, content, rules)))
    assert user.get("/").text.count('data-person="M1"') == 2
    answer = user.post("/move", person="M1", from_="G02", to="G03")
    assert answer.status_code == 200
    assert user.session.state.groups_by_id()["M1"] == {"G01", "G03"}


@pytest.mark.parametrize("language", languages())
def test_it_is_told_in_every_language(language: str, user: Visitor) -> None:
    user.client.post("/language", data={"language": language}, follow_redirects=False)
    page = unescape(user.get("/").text)
    assert f'<html lang="{language}">' in page
    assert WORDS["form"].in_(language) in page  # type: ignore[arg-type]
    assert user.client.post("/language", data={"language": "tlh"}).status_code == 422


def test_bonds_are_told_of_groups_that_a_file_has(user: Visitor) -> None:
    assert "24 in the groups that were saved; all of them stay together" in user.get("/").text
    answer = user.post("/move", person="P1", from_="G01", to="G02").text
    assert "24 in the groups that were saved; 21 of them stay together" in answer
    user.session.in_file = None  # as of groups that were formed just now
    assert "stay together" not in user.post("/undo").text


def test_every_word_of_the_page_is_used() -> None:
    folder = Path(routes.__file__).parents[1]
    texts = [path.read_text("utf-8") for path in (folder / "templates" / "groups").iterdir()]
    texts += [path.read_text("utf-8") for path in (folder / "pages").glob("*.py")]
    unused = [
        word
        for word in WORDS
        if not any(f"words.{word}" in text or f'WORDS["{word}"]' in text for text in texts)
        and not any(f'("{word}", prospect' in text for text in texts)
    ]
    assert unused == []
    assert OUTLOOKS
    assert HELP
    assert KEYS
