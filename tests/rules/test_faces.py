"""Which faces each kind has of its own; taking any one of them out of any kind is noticed.

What the faces say is held against each other in ``test_contract.py`` and against brute force.
"""

from __future__ import annotations

import pytest

from vermegroup.domain.kind import Kind, Role
from vermegroup.rules.registry import KINDS

ALWAYS = frozenset({"sentence", "measure", "express", "bound"})
# What some kinds need besides, or they would be wrong or silent: their arithmetic, their check as a
# rule, what they need of others, and what it takes to survive an absence.
FURTHER = {
    "size": {"breach", "certificate", "margin", "shortfall", "windows", "require_spared"},
    "different": {"breach", "certificate", "margin", "keeps_apart"},
    "same": {"breach", "certificate", "margin", "shortfall", "is_rule_at", "contradicts"},
    "include": {"breach", "certificate", "margin", "named", "require_spared", "contradicts"},
    "ratio": {"breach", "certificate", "margin", "named", "require_spared"},
    "not_alone": {"breach", "certificate", "margin", "named", "require_spared"},
    "together": {"breach", "certificate", "ids", "lacks", "shortfall", "contradicts"},
    "apart": {"breach", "certificate", "ids", "base", "shortfall", "contradicts"},
    "pin": {"breach", "certificate", "ids", "named_groups", "overall"},
    "spread": {"breach", "certificate", "shortfall", "windows", "layering", "require_spared"},
    "balance": {"breach", "shortfall", "windows", "in_units", "suited"},
    "distance": {"breach", "certificate", "shortfall", "suited", "in_units", "require_spared"},
    "common": {"breach", "certificate", "margin", "in_common"},
    "strangers": {"breach", "rivals"},
    "resilient": {"breach", "certificate", "shortfall", "among", "is_rule_at"},
    "even_sizes": {"breach", "windows"},
    "place_everyone": {"overall", "shortfall", "base", "windows"},
    "split_by": {"breach", "certificate"},
}


def faces(kind: type[Kind]) -> set[str]:
    """The faces that a kind, or the kind it is a case of, brings itself."""
    classes = [cls for cls in kind.__mro__ if issubclass(cls, Kind) and cls is not Kind]
    return {name for cls in classes for name in vars(cls)}


def wanted(kind: type[Kind]) -> set[str]:
    worded = {"in_words"} if Role.PREFERENCE in kind.roles else set()
    # The model seats everyone by itself.
    demanded = {"require"} if Role.RULE in kind.roles and not kind.seats_everyone else set()
    return ALWAYS | worded | demanded | FURTHER.get(kind.kind, set())


def missing(kind: type[Kind]) -> set[str]:
    return wanted(kind) - faces(kind)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.kind)
def test_every_kind_has_its_faces(kind: type[Kind]) -> None:
    assert missing(kind) == set()


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.kind)
def test_taking_any_face_out_is_noticed(kind: type[Kind], monkeypatch: pytest.MonkeyPatch) -> None:
    for face in sorted(wanted(kind)):
        with monkeypatch.context() as without:
            for cls in kind.__mro__:
                if cls is not Kind and issubclass(cls, Kind) and face in vars(cls):
                    without.delattr(cls, face)
            assert missing(kind) == {face}
    assert missing(kind) == set()
