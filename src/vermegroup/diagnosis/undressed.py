"""The roster as it was before bands were named: what ``problem_of`` begins with."""

from __future__ import annotations

from dataclasses import replace

from vermegroup.problem import Problem, banded
from vermegroup.roster import Roster
from vermegroup.rulebook import BandSet


def undressed(problem: Problem) -> Roster:
    """The roster without the named traits that the rulebook's bands make of its numbers."""
    made = {bands.trait for bands in problem.rulebook.bands if derived(problem, bands)}
    categories = problem.roster.categories
    kept = {name: trait for name, trait in categories.items() if name not in made}
    return replace(problem.roster, categories=kept)


def derived(problem: Problem, bands: BandSet) -> bool:
    """Whether people's bands come from their numbers, and from nothing that the roster says."""
    numbers = problem.roster.numbers.get(bands.of)
    trait = problem.roster.categories.get(bands.trait)
    if numbers is None or trait is None:
        return False
    own = banded(numbers, bands)
    return trait.values == own.values and bool((trait.codes == own.codes).all())
