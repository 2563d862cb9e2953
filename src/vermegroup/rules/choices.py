"""Choices of a model made of other choices."""

from __future__ import annotations

from vermegroup.model import Expression, Model
from vermegroup.roster import BoolArray


def any_of(model: Model, who: BoolArray, group: int) -> Expression:
    """A choice that is 1 where the group has any of ``who`` (m,)."""
    some = model.new_choice()
    model.limit(model.count(who, group) - some * int(who.sum()), at_most=0)
    return some


def both(model: Model, one: Expression, other: Expression) -> Expression:
    """A choice that is 1 where both are."""
    chosen = model.new_choice()
    model.limit(chosen - one - other, at_least=-1)
    return chosen
