"""How far apart two people are: in traits, in kilometres, or as a file tells.

All distances are whole numbers, so that sums, limits and proofs are exact, and the audit finds the
same: thousandths of a standard deviation, of Gower's distance or of a kilometre, rounded once for
each pair; of a file the smallest unit that holds its weights as written.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from math import sqrt

import numpy as np

from vermegroup.domain.arrays import IntArray
from vermegroup.domain.declare import as_written
from vermegroup.domain.findings import Finding, Severity
from vermegroup.domain.kind import Renaming
from vermegroup.domain.pair_weights import PairWeights
from vermegroup.domain.plan import Plan
from vermegroup.domain.roster import Roster
from vermegroup.intake.headers.find_columns import meaning
from vermegroup.language.messages import Message, Template, joined, ngettext, verbatim
from vermegroup.language.terms import people_of, trait_name
from vermegroup.rules.arithmetic.inertia import squares_of_pairs
from vermegroup.rules.arithmetic.metrics import Euclidean, Gower, Listed, Metric, Table
from vermegroup.rules.arithmetic.partners import greatest_by_inertia, greatest_by_traits

PER_UNIT = 1000
EARTH_RADIUS = 6371.0088
"""The mean radius in kilometres (IUGG)."""
# Up to so many people, or places, all distances are written down: 12 MB.
MOST_IN_TABLE = 1_200
_PLACE = "municipality"


class Distances(ABC):
    """What a rulebook may measure between two people, with its unit and its words."""

    @abstractmethod
    def written(self) -> object:
        """As it stands in a rulebook behind ``of``."""

    @abstractmethod
    def called(self) -> Message:
        """What is measured, in a word or a few."""

    @abstractmethod
    def metric_of(self, roster: Roster) -> Metric:
        """The distances between the people of a roster; see :meth:`metric`."""

    def metric(self, roster: Roster) -> Metric:
        """The distances between the people of a roster, written down once where they are few."""
        return roster.known(("distances", self), lambda: _tabled(self.metric_of(roster), roster))

    @property
    def unit(self) -> str:
        """The unit as programs are told; "" where there is none."""
        return ""

    def per_unit(self) -> int:
        """How many of the whole numbers make one of the unit that people think in."""
        return PER_UNIT

    def amount(self, value: float | Fraction | Message, *, one: bool) -> Message:
        """So much, with the unit if there is one; ``one`` where it is exactly one."""
        del one
        return value if isinstance(value, Message) else Template("{n}").filled(n=value)

    def suited(self, roster: Roster) -> Distances:
        """The same as it is for this roster."""
        del roster
        return self

    def renamed(self, names: Renaming) -> Distances:
        """The same where people and files are called otherwise."""
        del names
        return self

    def either(self) -> tuple[str, ...]:
        """The traits it takes as they come."""
        return ()

    def numbers(self) -> tuple[str, ...]:
        """The traits it needs as numbers, once it is known which are."""
        return ()

    def categories(self) -> tuple[str, ...]:
        """The traits it needs as named values."""
        return self.places()

    def sets(self) -> tuple[str, ...]:
        """The traits it needs as sets of values."""
        return ()

    def places(self) -> tuple[str, ...]:
        """The traits, among the named ones, that must be places."""
        return ()

    def pair_weights(self) -> tuple[PairWeights, ...]:
        """The files that it reads."""
        return ()

    def notices(self, roster: Roster) -> tuple[Finding, ...]:
        """What people should know of how it meets a roster."""
        del roster
        return ()

    def greatest(self, roster: Roster, plan: Plan) -> int | None:
        """More than all groups' sums can come to at most, told without a look at pairs."""
        del roster, plan
        return None


@dataclass(frozen=True, slots=True)
class Kilometres(Distances):
    """Between the centres of two people's municipalities, along the great circle."""

    trait: str = _PLACE

    def written(self) -> object:
        return self.trait

    def called(self) -> Message:
        return trait_name(self.trait)

    def places(self) -> tuple[str, ...]:
        return (self.trait,)

    def renamed(self, names: Renaming) -> Distances:
        return replace(self, trait=names.trait(self.trait))

    @property
    def unit(self) -> str:
        return "kilometres"

    def amount(self, value: float | Fraction | Message, *, one: bool) -> Message:
        del one
        return Template("{n} km").filled(n=value)

    def metric_of(self, roster: Roster) -> Metric:
        """By the haversine formula, in metres; all in one place are 0 apart.

        Raises:
            ValueError: the roster was made by hand, and does not say where the places are.
        """
        trait = roster.categories[self.trait]
        if trait.places is None:
            raise ValueError(f"the roster does not say where the values of {self.trait} are")
        north, east = np.radians(trait.places).T
        half = np.sin((north[:, None] - north) / 2) ** 2
        across = np.sin((east[:, None] - east) / 2) ** 2
        half = half + np.cos(north[:, None]) * np.cos(north) * across
        metres = PER_UNIT * 2 * EARTH_RADIUS * np.arcsin(np.sqrt(np.minimum(1.0, half)))
        return Table(trait.codes, np.rint(metres).astype(np.int64))


@dataclass(frozen=True, slots=True)
class Feature:
    """A trait as it is measured: so many ticks from ``origin`` are ``times / over`` as much.

    ``sort`` is where the roster has it: ``numbers``, ``categories`` or ``sets``. Of the last two
    ``times / over`` is what two people add who differ wholly.
    """

    trait: str
    sort: str
    origin: int
    times: float
    over: float

    def coordinates(self, ticks: IntArray) -> IntArray:
        """The whole numbers, in the same order, of those who have these ticks (n,)."""
        above = ticks - self.origin
        numbers: IntArray = np.rint(above * self.times / self.over).astype(np.int64)
        return numbers

    def share(self) -> int:
        """What two people who differ add, of a trait that is no number."""
        return round(self.times / self.over)


@dataclass(frozen=True, slots=True)
class InTraits(Distances):
    """Euclidean in numeric traits; where some are named values or sets, Gower's distance.

    Euclidean: the root of the weighted sum of squared differences, each in standard deviations of
    everybody on the roster. Gower (A general coefficient of similarity, Biometrics 27, 1971): the
    weighted mean of differences between 0 and 1: of numbers as a part of their range, of values 1
    where they differ, of sets by Jaccard. ``features`` tell how far everybody on the roster varies.
    """

    weights: tuple[tuple[str, Fraction], ...]
    features: tuple[Feature, ...] = ()
    gower: bool = False

    def written(self) -> object:
        names = [trait for trait, _weight in self.weights]
        if all(weight == 1 for _trait, weight in self.weights):
            return names
        return {trait: _plain(weight) for trait, weight in self.weights}

    def called(self) -> Message:
        return joined([trait_name(trait) for trait, _weight in self.weights], ", ")

    def either(self) -> tuple[str, ...]:
        return tuple(trait for trait, _weight in self.weights)

    @property
    def unit(self) -> str:
        return "" if self.gower else "standard deviations"

    def amount(self, value: float | Fraction | Message, *, one: bool) -> Message:
        if self.gower:
            return Distances.amount(self, value, one=one)
        return ngettext(
            "{n} standard deviation", "{n} standard deviations", 1 if one else 2, n=value
        )

    def renamed(self, names: Renaming) -> Distances:
        weights = tuple((names.trait(trait), weight) for trait, weight in self.weights)
        features = (replace(each, trait=names.trait(each.trait)) for each in self.features)
        return replace(self, weights=weights, features=tuple(features))

    def suited(self, roster: Roster) -> Distances:
        gower = any(trait not in roster.numbers for trait, _ in self.weights)
        measured = _as_part_of_range if gower else _in_deviations
        whole = sum((weight for _trait, weight in self.weights), Fraction(0))
        features = (
            measured(roster, trait, weight / whole if gower else weight)
            for trait, weight in self.weights
        )
        return replace(self, features=tuple(features), gower=gower)

    def metric_of(self, roster: Roster) -> Metric:
        columns = [
            each.coordinates(roster.numbers[each.trait].ticks) for each in self._features("numbers")
        ]
        coordinates = np.stack(columns, axis=1) if columns else np.zeros((len(roster), 0), np.int64)
        if not self.gower:
            return Euclidean(coordinates)
        return Gower(
            coordinates,
            tuple(
                (roster.categories[each.trait].codes, each.share())
                for each in self._features("categories")
            ),
            tuple(
                (roster.sets[each.trait].member, each.share()) for each in self._features("sets")
            ),
        )

    def greatest(self, roster: Roster, plan: Plan) -> int:
        columns = [
            each.coordinates(roster.rising(each.trait)) for each in self._features("numbers")
        ]
        if not self.gower:
            return greatest_by_inertia(columns, plan)
        shares = [
            (roster.categories[each.trait].counts(), each.share())
            for each in self._features("categories")
        ]
        wholly = sum(feature.share() for feature in self._features("sets"))
        return greatest_by_traits(len(roster), columns, shares, wholly, plan)

    def numbers(self) -> tuple[str, ...]:
        return self._of_sort("numbers") if self.features else self.either()

    def categories(self) -> tuple[str, ...]:
        return self._of_sort("categories")

    def sets(self) -> tuple[str, ...]:
        return self._of_sort("sets")

    def _of_sort(self, sort: str) -> tuple[str, ...]:
        return tuple(feature.trait for feature in self._features(sort))

    def _features(self, sort: str) -> list[Feature]:
        return [feature for feature in self.features if feature.sort == sort]


def _in_deviations(roster: Roster, trait: str, weight: Fraction) -> Feature:
    ticks = roster.numbers[trait].ticks
    # n standard deviations.
    spread = sqrt(squares_of_pairs(ticks))
    factor = PER_UNIT * len(ticks) * sqrt(weight) if spread else 0.0
    return Feature(trait, "numbers", int(ticks.min()) if len(ticks) else 0, factor, spread or 1.0)


def _as_part_of_range(roster: Roster, trait: str, weight: Fraction) -> Feature:
    sort = roster.sort_of(trait)
    # Of weights with all their decimals these are so large that ticks times them leave 64 bits.
    part, over = float(PER_UNIT * weight.numerator), float(weight.denominator)
    if sort != "numbers":
        return Feature(trait, sort, 0, part, over)
    ticks = roster.numbers[trait].ticks
    low, high = (int(ticks.min()), int(ticks.max())) if len(ticks) else (0, 0)
    return Feature(trait, sort, low, part if high > low else 0.0, over * max(1, high - low))


@dataclass(frozen=True, slots=True)
class InFile(Distances):
    """As a file tells: pairs that it does not have are 0 apart."""

    weights: PairWeights

    def written(self) -> object:
        return self.weights.file

    def called(self) -> Message:
        return verbatim(self.weights.file)

    def per_unit(self) -> int:
        return self.weights.per_unit

    def pair_weights(self) -> tuple[PairWeights, ...]:
        return (self.weights,)

    def renamed(self, names: Renaming) -> Distances:
        return InFile(self.weights.renamed(names.person, names.file))

    def metric_of(self, roster: Roster) -> Metric:
        n = len(roster)
        ones, pair = roster.seats_of([one for one, _other, _ticks in self.weights.pairs])
        named = [self.weights.pairs[at][1] for at in pair.tolist()]
        others, again = roster.seats_of(named)
        ones, pair = ones[again], pair[again]
        ticks = np.array([ticks for _one, _other, ticks in self.weights.pairs], dtype=np.int64)
        keys = np.minimum(ones, others) * n + np.maximum(ones, others)
        order = np.argsort(keys)
        return Listed(n, keys[order], ticks[pair][order])

    def notices(self, roster: Roster) -> tuple[Finding, ...]:
        """How many of the file are not on the roster, and how many on the roster it lacks."""
        ids = self.weights.ids()
        known = roster.positions(ids)
        gone = int((known < 0).sum())
        without = roster.people - int((known >= 0).sum())
        said = []
        if gone:
            said.append(_gone(gone))
        if without:
            said.append(_without(without))
        return tuple(Finding(Severity.NOTICE, message, file=self.weights.file) for message in said)


def _gone(count: int) -> Message:
    return ngettext(
        "{people} in the file is not on the roster, and is left out of account",
        "{people} in the file are not on the roster, and are left out of account",
        count,
        people=people_of(count),
    )


def _without(count: int) -> Message:
    return ngettext(
        "The file tells nothing of {people} on the roster: pairs that it lacks count as 0",
        "The file tells nothing of {people} on the roster: pairs that it lacks count as 0",
        count,
        people=people_of(count),
    )


def distances_of(weights: Mapping[str, Fraction]) -> Distances:
    """What is measured in these traits; a municipality alone is a place on the map."""
    first, *others = weights or ("",)
    if not others and meaning(first) == _PLACE:
        return Kilometres(first)
    return InTraits(tuple(weights.items()))


def _tabled(metric: Metric, roster: Roster) -> Metric:
    if isinstance(metric, Table) or len(roster) > MOST_IN_TABLE:
        return metric
    everybody = np.arange(len(roster))
    return Table(everybody, metric.between(everybody[:, None], everybody[None, :]))


def _plain(weight: Fraction) -> object:
    return int(weight) if weight.denominator == 1 else as_written(weight)
