"""A profile's comments are in the reader's language, and change nothing of its rules."""

from __future__ import annotations

import pytest

from vermegroup.language.catalogues import languages
from vermegroup.rulebooks.profiles import commented, profile_names, profile_text
from vermegroup.rulebooks.read import read_profile, rulebook_from_text


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("name", profile_names())
def test_a_profile_reads_the_same_in_every_language(name: str, language: str) -> None:
    text = profile_text(name, language)
    assert rulebook_from_text(text, name) == read_profile(name)
    code = [line.partition("# ")[0] for line in text.splitlines() if not line.startswith("#")]
    asked = profile_text(name).splitlines()
    assert code == [line.partition("# ")[0] for line in asked if not line.startswith("#")]


@pytest.mark.parametrize("language", [one for one in languages() if one != "en"])
@pytest.mark.parametrize("name", profile_names())
def test_no_comment_is_left_in_english(name: str, language: str) -> None:
    english = {part.comment for part in commented(profile_text(name)) if part.comment}
    told = {part.comment for part in commented(profile_text(name, language)) if part.comment}
    assert len(told) == len(english)
    assert not told & english


def test_a_text_is_parted_by_its_comments_and_comes_together_again() -> None:
    text = "# one\n# paragraph\n#\n# another\nrules:  # aside\n  - x\n"
    parts = list(commented(text))
    assert "".join(part.text for part in parts) == text
    comments = [(part.code, part.comment) for part in parts if part.comment]
    assert comments == [("", "one paragraph"), ("", "another"), ("rules:  ", "aside")]
