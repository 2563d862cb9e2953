"""Sentences that agree with their numbers, take the forms they need, and leave names alone."""

from __future__ import annotations

import ast
import io
from collections.abc import Iterator
from fractions import Fraction
from gettext import NullTranslations
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import write_po

from vermegroup.language import catalogues
from vermegroup.language.messages import (
    Message,
    _,
    capital,
    either,
    joined,
    ngettext,
    pgettext,
    verbatim,
)
from vermegroup.language.terms import (
    between,
    groups_between,
    groups_of,
    people_between,
    people_with,
    trait_name,
    value_name,
)

FULL = _("every group is full")


@pytest.fixture
def made_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A language of its own, ``xx``, beside no other; not compiled yet."""
    catalogue = Catalog(locale="fi", charset="utf-8")
    catalogue.add("every group is full", "KAIKKI")
    catalogue.add("full", "täysi", context="of a glass")
    catalogue.add("{name} is full", "ryhmä {name}")
    catalogue.add(("{n} group", "{n} groups"), ("{n} ryhmä", "{n} ryhmää"))
    catalogue.add(("{n} group", "{n} groups"), ("yhteen", "{n} ryhmään"), context="into")
    catalogue.add("split into {groups}", "jaettu {groups:into}")
    folder = tmp_path / "xx" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    with (folder / "vermegroup.po").open("wb") as file:
        write_po(file, catalogue)
    monkeypatch.setattr(catalogues, "LOCALES", tmp_path)
    for cached in (catalogues.languages, catalogues.catalogue):
        cached.cache_clear()
    yield folder
    monkeypatch.undo()
    for cached in (catalogues.languages, catalogues.catalogue):
        cached.cache_clear()


def full(name: object) -> Message:
    return _("{name} is full", name=name)


def test_a_folder_more_is_a_language_more(made_up: Path) -> None:
    assert catalogues.languages() == ("en", "xx")
    assert FULL.in_("xx") == "KAIKKI"
    assert _("nobody translated this {n}", n=1).in_("xx") == "nobody translated this 1"
    assert FULL.in_("fi") == "every group is full"


def test_a_compiled_catalogue_goes_before_its_source(made_up: Path) -> None:
    catalogue, compiled = Catalog(locale="fi"), io.BytesIO()
    catalogue.add("every group is full", "compiled")
    write_mo(compiled, catalogue)
    (made_up / "vermegroup.mo").write_bytes(compiled.getvalue())
    assert FULL.in_("xx") == "compiled"


def test_what_is_counted_has_the_form_of_its_number_and_of_its_sentence(made_up: Path) -> None:
    assert [groups_of(n).in_("xx") for n in (0, 1, 2)] == ["0 ryhmää", "1 ryhmä", "2 ryhmää"]
    split = [_("split into {groups}", groups=groups_of(n)).in_("xx") for n in (1, 5)]
    assert split == ["jaettu yhteen", "jaettu 5 ryhmään"]
    # What has no such form stands in its plain one, and so does a name.
    assert _("split into {groups}", groups=FULL).in_("xx") == "jaettu KAIKKI"
    assert _("split into {groups}", groups="teams").in_("xx") == "jaettu teams"


def test_english_reads_no_catalogue(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(language: str) -> None:
        assert language == "en", f"{language} was read"
        return NullTranslations()

    monkeypatch.setattr("vermegroup.language.messages.catalogue", refuse)
    told = [
        people_with("experience", "new", 2),
        people_with("municipality", "Turku", 1),
        value_name("role", "mentor"),
        trait_name("years"),
    ]
    assert [str(message) for message in told] == [
        "2 new people",
        "1 person with municipality Turku",
        "mentor",
        "years of experience",
    ]


def test_a_context_tells_words_apart(made_up: Path) -> None:
    assert pgettext("of a glass", "full").in_("xx") == "täysi"
    assert pgettext("of a moon", "full").in_("xx") == _("full").in_("xx") == "full"


def test_a_sentence_begins_with_a_capital_letter(made_up: Path) -> None:
    assert capital(full(FULL)).in_("xx") == "Ryhmä KAIKKI"
    assert str(capital(full(FULL))) == "Every group is full is full"


@pytest.mark.parametrize("name", ["ilves", ["ilves", "hauki"], verbatim("ilves")])
def test_a_name_at_the_beginning_of_a_sentence_stays_as_it_is(name: object, made_up: Path) -> None:
    for sentence in (capital(full(name)), capital(joined([full(name), FULL]))):
        assert str(sentence).startswith("ilves ")
        assert sentence.in_("xx").startswith("Ryhmä ilves")


def test_a_name_that_is_replaced_stays_as_it_is_then() -> None:
    assert str(capital(full("Ilves")).retold(lambda _name: "g-1")) == "g-1 is full"


def test_a_message_keeps_what_it_was_given_and_is_equal_to_its_like() -> None:
    names = ["A", "B"]
    message = _("{names}", names=names)
    names.append("C")
    assert str(message) == "A and B"
    assert message == _("{names}", names=["A", "B"])
    assert len({message, _("{names}", names=["A", "B"])}) == 1


def test_numbers_and_lists_are_written_as_a_language_does() -> None:
    half = _("{n}", n=Fraction(1, 2))
    assert [half.in_(language) for language in ("en", "fi", "sv")] == ["0.5", "0,5", "0,5"]
    lists = [_("{n}", n=["a", "b", "c"]).in_(language) for language in ("en", "fi", "sv")]
    assert lists == ["a, b and c", "a, b ja c", "a, b och c"]
    assert either([verbatim("a"), verbatim("b"), verbatim("c")]).in_("sv") == "a, b eller c"


def test_a_range_of_one_number_is_that_number() -> None:
    assert [str(between(2, 2)), str(between(2, 3)), between(2, 3).in_("sv")] == [
        "2",
        "2 to 3",
        "2–3",
    ]
    assert [str(people_between(1, 1)), people_between(1, 3).in_("fi")] == [
        "1 person",
        "1–3 henkilöä",
    ]
    assert [groups_between(1, 1).in_("sv"), str(groups_between(3, 9))] == ["1 grupp", "3–9 groups"]


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "en"),
        ({"LANG": "fi_FI.UTF-8"}, "fi"),
        ({"LANG": "sv_FI", "LC_MESSAGES": "fi_FI"}, "fi"),
        ({"LC_ALL": "C.UTF-8", "LANG": "fi_FI.UTF-8"}, "en"),
        ({"VERMEGROUP_LANG": "sv", "LC_ALL": "fi_FI.UTF-8"}, "sv"),
        ({"VERMEGROUP_LANG": "nonsense", "LC_ALL": "fi_FI.UTF-8"}, "fi"),
        ({"VERMEGROUP_LANG": "", "LANG": "fi@euro"}, "fi"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
    ],
)
def test_the_environment_tells_the_language(environment: dict[str, str], language: str) -> None:
    assert catalogues.preferred(environment) == language


@pytest.mark.parametrize(
    ("words", "language"),
    [
        (["--lang", "fi", "check"], "fi"),
        (["check", "--lang=sv"], "sv"),
        (["check", "--", "--lang", "fi"], None),
        (["check", "--lang"], None),
        (["check", "--lang", "nonsense"], None),
        (["check", "--lang", "fi_FI.UTF-8"], "fi"),
        (["check", "--lang", " SV "], "sv"),
        (["--lang", "fi", "check", "--lang", "nonsense"], "fi"),
        ([], None),
        (["--lang", "fi", "check", "--lang", "sv"], "sv"),
    ],
)
def test_the_command_line_tells_the_language(words: list[str], language: str | None) -> None:
    assert catalogues.asked_in(words) == language


def test_a_message_that_counts_shows_its_number() -> None:
    assert [str(ngettext("{n} row", "{n} rows", n)) for n in (1, 2)] == ["1 row", "2 rows"]


@pytest.mark.parametrize("damage", [b"", b"no catalogue", b"\xde\x12\x04\x95" + b"\xff" * 40])
def test_a_damaged_catalogue_leaves_english(made_up: Path, damage: bytes) -> None:
    (made_up / "vermegroup.mo").write_bytes(damage)
    assert FULL.in_("xx") == "every group is full"
    assert not catalogues.is_readable("xx")


def test_a_damaged_source_leaves_english(made_up: Path) -> None:
    (made_up / "vermegroup.po").write_bytes(b'msgid "every group is full"\nmsgstr "\xfc')
    assert FULL.in_("xx") == "every group is full"


@pytest.mark.parametrize(
    "wrong", ["{nothing}", "{name.foo}", "{name[0]}", "{0}", "{", "{nothing} x"]
)
def test_a_translation_with_places_that_are_none_leaves_english(made_up: Path, wrong: str) -> None:
    catalogue, compiled = Catalog(locale="fi"), io.BytesIO()
    catalogue.add("{name} is full", wrong)
    write_mo(compiled, catalogue)
    (made_up / "vermegroup.mo").write_bytes(compiled.getvalue())
    assert full("A").in_("xx") == "A is full"
    assert capital(full("A")).in_("xx") == "A is full"


def test_no_variable_takes_the_place_of_what_translates() -> None:
    """Python 3.12 puts a comprehension's variables among the function's own: "_" was gone then."""
    wrong = []
    for path in Path(catalogues.__file__).parents[1].rglob("*.py"):
        nodes = list(ast.walk(ast.parse(path.read_text("utf-8"))))
        imported = (
            alias for node in nodes if isinstance(node, ast.ImportFrom) for alias in node.names
        )
        if any(alias.name == "_" for alias in imported):
            names = (node for node in nodes if isinstance(node, ast.Name) and node.id == "_")
            wrong += [(path.name, n.lineno) for n in names if isinstance(n.ctx, ast.Store)]
    assert wrong == []


@pytest.mark.parametrize("language", catalogues.languages())
def test_nothing_said_is_nothing_in_every_language(language: str) -> None:
    """gettext has the head of its catalogue for an empty text."""
    assert joined(()).in_(language) == ""
    assert verbatim("").in_(language) == ""
