"""What a kind may ask of the model of a neighbourhood; only the solver knows how it is made."""

from __future__ import annotations

from typing import Protocol

from vermegroup.domain.arrays import BoolArray, IntArray


class Expression(Protocol):
    """A linear expression of the model. Only the solver knows what it is made of."""

    def __add__(self, other: Expression | int, /) -> Expression: ...
    def __sub__(self, other: Expression | int, /) -> Expression: ...
    def __mul__(self, factor: int, /) -> Expression: ...


class Model(Protocol):
    """What a kind may ask of, and demand from, the model of a neighbourhood.

    ``people`` are the participants in it, shape (m,): a mask or weight handed to the model
    covers these, in this order. Groups are numbered from 0 to ``groups`` - 1.
    """

    people: IntArray
    groups: int
    smallest: int
    largest: int

    def count(self, who: BoolArray, group: int) -> Expression:
        """How many of ``who`` sit in the group."""

    def total(self, weights: IntArray, group: int) -> Expression:
        """The sum of a weight over the group's members."""

    def size(self, group: int) -> Expression:
        """The group's size."""

    def placed(self) -> Expression:
        """How many of ``people`` sit in any group: all who are placed, if these are everybody."""

    def seated(self, position: int, group: int) -> Expression:
        """1 if the person at this position of ``people`` sits in the group, else 0."""

    def sizes_possible(self, group: int) -> tuple[int, ...]:
        """The sizes this group may have."""

    def limit(
        self,
        expression: Expression,
        *,
        at_least: int | None = None,
        at_most: int | None = None,
        when: Expression | None = None,
    ) -> None:
        """Demand that the expression stays within limits; with ``when``, if that choice is 1."""

    def limit_at_size(
        self,
        expression: Expression,
        group: int,
        size: int,
        *,
        at_least: int | None = None,
        at_most: int | None = None,
        when: Expression | None = None,
    ) -> None:
        """Demand limits that apply when the group has this size, and ``when`` is 1."""

    def new_amount(self, highest: int) -> Expression:
        """A new whole number between 0 and ``highest``."""

    def product(self, one: Expression, other: Expression, together: int) -> Expression:
        """The product of two whole numbers, 0 or more, that add up to ``together`` at most."""

    def new_choice(self) -> Expression:
        """A new choice, 0 or 1, that limits may depend on."""


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
