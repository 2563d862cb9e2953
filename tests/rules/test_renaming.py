"""Where people, values, groups and files are called otherwise, a kind means what it meant."""

from __future__ import annotations

import pytest

from tests.rules.test_contract import EXAMPLES, IDS
from vermegroup.domain.kind import Kind, Renaming

THERE = Renaming(
    lambda id_: f"person {id_}",
    lambda trait, value: f"{trait} {value}",
    lambda name: f"group {name}",
    lambda file: f"file {file}",
)
BACK = Renaming(
    lambda id_: id_.removeprefix("person "),
    lambda trait, value: value.removeprefix(f"{trait} "),
    lambda name: name.removeprefix("group "),
    lambda file: file.removeprefix("file "),
)
every_kind = pytest.mark.parametrize("kind", [example.kind for example in EXAMPLES], ids=IDS)


@every_kind
def test_nothing_is_called_what_it_was(kind: Kind) -> None:
    called = kind.renamed(THERE)
    assert called.ids() == tuple(f"person {id_}" for id_ in kind.ids())
    assert called.named() == tuple((trait, f"{trait} {value}") for trait, value in kind.named())
    assert [past.file for past in called.earlier()] == [
        f"file {past.file}" for past in kind.earlier()
    ]
    seats = [tuple(f"person {id_}" for id_ in group) for e in kind.earlier() for group in e.groups]
    assert [group for past in called.earlier() for group in past.groups] == seats


@every_kind
def test_it_is_the_same_once_called_as_before(kind: Kind) -> None:
    called = kind.renamed(THERE)
    assert type(called) is type(kind)
    assert called.renamed(BACK) == kind
    changes = bool(kind.ids() or kind.named() or kind.earlier() or kind.pair_weights())
    assert (called != kind) == changes
