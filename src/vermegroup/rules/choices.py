"""Choices of a model made of other choices."""

from __future__ import annotations

from vermegroup.model import Expression, Model


def both(model: Model, one: Expression, other: Expression) -> Expression:
    """A choice that is 1 where both are."""
    chosen = model.new_choice()
    model.limit(chosen - one - other, at_least=-1)
    return chosen
