"""Contacts are read back whole by another reader of vCard 3.0."""

from __future__ import annotations

from pathlib import Path

import pytest
import vobject

from tests.export.examples import EVERY, handout_of
from tests.export.handouts import group, handout, member, told
from tests.export.hostile import hostile_groups, names, raw_handout
from vermegroup.app.handout import read_handout
from vermegroup.app.inputs import RulebookChoice
from vermegroup.app.privacy.how import AS_IT_IS
from vermegroup.export.names_elsewhere import one_line
from vermegroup.export.rendered import Rendered, Wanted
from vermegroup.export.vcard import contacts


def cards(rendered: Rendered, name: str) -> list[vobject.base.Component]:
    content = rendered.files[f"vcard/{name}.vcf"]
    lines = content.split(b"\r\n")
    assert lines.pop() == b""
    for line in lines:
        assert len(line) <= 75
        line.decode("utf-8")
        assert b"\n" not in line
    return list(vobject.readComponents(content.decode("utf-8")))


@pytest.mark.parametrize("example", EVERY)
def test_everybody_has_a_card_in_each_group_and_one_in_all(example: str) -> None:
    asked = handout_of(example)
    rendered = contacts(asked, Wanted())
    found = cards(rendered, "all")
    groups: dict[str, list[str]] = {}
    for each, person in asked.members():
        groups.setdefault(person.email, []).append(each.title)
    assert {card.email.value: card.categories.value for card in found} == groups
    assert len(found) == len(groups)
    assert len(rendered.files) == len(asked.groups) + 1
    for each in asked.groups:
        called = [card.fn.value for card in cards(rendered, each.title)]
        assert called == [person.name for person in each.members]
    assert not rendered.findings


@pytest.mark.parametrize(
    ("name", "given", "family", "expected"),
    [
        ("Aino Keksitty", "Aino", "Keksitty", ("Keksitty", "Aino")),
        ("Anna Maria von Exempel", "", "", ("", "Anna Maria von Exempel")),
        ("von Exempel, Anna; Maria", "", "", ("von Exempel", "Anna; Maria")),
        ("a, b, c", "", "", ("", "a, b, c")),
        ("Keksitty,", "", "", ("", "Keksitty,")),
    ],
)
def test_no_name_is_taken_apart_by_guessing(
    name: str, given: str, family: str, expected: tuple[str, str]
) -> None:
    person = member(1, name=name, given=given, family=family)
    (card,) = cards(contacts(handout(group("G01", person)), Wanted()), "all")
    assert card.fn.value == name
    assert (card.n.value.family, card.n.value.given) == expected
    assert card.version.value == "3.0"


def test_first_and_last_names_of_the_file_are_the_parts_of_a_name(groups: Path) -> None:
    groups.write_text(
        "Tunnus;Etunimi;Sukunimi;Sähköposti;Kunta;Kokemus;Ryhmä\n"
        "SYN-1;Anna Maria;von Exempel;a@example.org;Turku;1;G01\n"
        "SYN-2;;Keksitty;b@example.org;Oulu;12;G01\n"
        "SYN-3;Åke;Exempel;c@example.org;Lahti;7;G01\n",
        "utf-8",
    )
    read = read_handout(groups.name, (), RulebookChoice(), AS_IT_IS).handout
    found = {card.fn.value: card.n.value for card in cards(contacts(read, Wanted()), "all")}
    assert {name: (parts.family, parts.given) for name, parts in found.items()} == {
        "Anna Maria von Exempel": ("von Exempel", "Anna Maria"),
        "Keksitty": ("Keksitty", ""),
        "Åke Exempel": ("Exempel", "Åke"),
    }


def test_the_note_tells_the_groups_and_what_is_to_be_shown() -> None:
    person = member(1, shown=("Turku", ""))  # type: ignore[arg-type]
    asked = handout(
        group("G01", person, name="a, b; c"), group("G02", person), shown=("Kunta", "X")
    )
    rendered = contacts(asked, Wanted(language="fi"))
    (card,) = cards(rendered, "all")
    assert card.note.value == "a, b; c (G01)\nRyhmä G02\nKunta: Turku"
    assert card.categories.value == ["a, b; c (G01)", "G02"]


@pytest.mark.parametrize("address", ["", "two@example.org, three@example.org", "a@b\r\nX:1"])
def test_a_card_without_an_address_is_told(address: str) -> None:
    rendered = contacts(handout(group("G01", member(1, address))), Wanted())
    (card,) = cards(rendered, "G01")
    assert "email" not in card.contents
    ((row, said),) = told(rendered)
    assert row == 2
    assert "Keksitty 1" in said


def test_a_group_called_all_has_a_file_of_its_own() -> None:
    rendered = contacts(handout(group("all", member(1)), group("B", member(2))), Wanted())
    assert set(rendered.files) == {"vcard/all.vcf", "vcard/all-2.vcf", "vcard/B.vcf"}
    assert len(cards(rendered, "all")) == 2


def test_hostile_names_come_back_whole(tmp_path: Path) -> None:
    path = str(hostile_groups(tmp_path))
    read = read_handout(path, ("Yksikkö",), RulebookChoice(), AS_IT_IS).handout
    raw = raw_handout()
    for asked in (read, raw):
        found = cards(contacts(asked, Wanted()), "all")
        assert {card.email.value: card.fn.value for card in found} == {
            f"{id_.lower()}@example.org": name for id_, name in names().items()
        }
        shown = {person.email: one_line(person.shown[0]) for _group, person in asked.members()}
        assert all(card.note.value.endswith(shown[card.email.value]) for card in found)
        allowed = {"version", "n", "fn", "email", "categories", "note"}
        assert all(set(card.contents) == allowed for card in found)
