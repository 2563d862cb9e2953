"""Where people, values, groups and files are called otherwise, a kind means what it meant."""

from __future__ import annotations

import pytest

from tests.rules.test_contract import EXAMPLES, IDS
from vermegroup.domain.kind import Kind, Renaming

THERE = Renaming(
    lambda own: f"person {own}",
    lambda trait, own: f"{trait} {own}",
    lambda own: f"group {own}",
    lambda own: f"file {own}",
)
BACK = Renaming(
    lambda own: own.removeprefix("person "),
    lambda trait, own: own.removeprefix(f"{trait} "),
    lambda own: own.removeprefix("group "),
    lambda own: own.removeprefix("file "),
)
every_kind = pytest.mark.parametrize("kind", [own.kind for own in EXAMPLES], ids=IDS)


@every_kind
def test_nothing_is_called_what_it_was(kind: Kind) -> None:
    called = kind.renamed(THERE)
    assert called.ids() == tuple(f"person {own}" for own in kind.ids())
    assert called.named() == tuple((trait, f"{trait} {own}") for trait, own in kind.named())
    assert [own.file for own in called.earlier()] == [f"file {own.file}" for own in kind.earlier()]
    seats = [tuple(f"person {own}" for own in group) for e in kind.earlier() for group in e.groups]
    assert [group for own in called.earlier() for group in own.groups] == seats


@every_kind
def test_it_is_the_same_once_called_as_before(kind: Kind) -> None:
    called = kind.renamed(THERE)
    assert type(called) is type(kind)
    assert called.renamed(BACK) == kind
    changes = bool(kind.ids() or kind.named() or kind.earlier())
    assert (called != kind) == changes
