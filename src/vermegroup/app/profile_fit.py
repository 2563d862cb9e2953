"""Which profile fits a roster: the one whose traits are there."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace

from vermegroup.intake.cells import tidy
from vermegroup.intake.pipeline import Look
from vermegroup.language.messages import Message, _, joined
from vermegroup.language.value_words import value_meant
from vermegroup.report.check_text import TRAITS

# The most particular first: many rosters tell of municipalities and years besides.
_NEEDS: Mapping[str, tuple[str, ...]] = {
    "town-wide": ("profession", "role"),
    "developer": ("role", "unit"),
    "school-network": ("organisation", "theme"),
    "remote-pilot": ("municipality", "years"),
}
_INSTEAD = {"unit": "organisation", "organisation": "unit"}
"""What people may call a workplace: the one stands in for the other where it is not there."""
_LOOKED_FOR = (
    "municipality",
    "years",
    "profession",
    "role",
    "unit",
    "organisation",
    "theme",
    "times",
)


@dataclass(frozen=True, slots=True)
class Fit:
    """The ``profile`` that fits, None for none, and the traits that were ``found``, and not.

    ``instead`` leads from a trait of the profile to the one that stands in for it, and ``others``
    fit as well. Without ``mentors`` there are roles, and nobody's is that of one.
    """

    profile: str | None
    found: tuple[str, ...]
    lacking: tuple[str, ...]
    instead: Mapping[str, str]
    others: tuple[str, ...] = ()
    mentors: bool = True

    def under(self, profile: str) -> Fit:
        """The same where somebody chose a profile, whatever the roster lacks for it."""
        instead = _standing_in(_NEEDS.get(profile, ()), self.found)
        there = {need: other for need, other in instead.items() if other in self.found}
        return replace(self, profile=profile, instead=there)

    def named(self) -> Message:
        """Which profile it is; else which is nearest, and what that lacks."""
        if self.profile is not None:
            return _("The profile that fits: {name}", name=self.profile)
        name, lacks = min(
            (
                (name, [need for need in needs if need in self.lacking])
                for name, needs in _NEEDS.items()
            ),
            key=lambda each: len(each[1]),
        )
        return _("No profile fits; {name} lacks: {traits}", name=name, traits=_named(lacks))

    def told(self) -> Iterator[Message]:
        """What was found, what was not, and what follows from it."""
        yield self.named() if self.mentors or self.profile else _NO_MENTORS
        if self.others:
            yield _("These fit, too: {names}", names=list(self.others))
        if self.found:
            yield _("Found: {traits}", traits=_named(self.found))
        if self.lacking:
            yield _("Not found: {traits}", traits=_named(self.lacking))


def fit_of(look: Look, *, levels: bool) -> Fit:
    """The profile that fits the columns that were recognised in a roster.

    A role counts where somebody is a mentor; with ``levels`` experience is told in words.
    """
    there = {column.trait for column in look.columns if column.trait is not None}
    there |= {"years"} if levels else set()
    usable = there if _has_mentors(look) else there - {"role"}
    exact = [name for name, needs in _NEEDS.items() if usable.issuperset(needs)]
    close = [name for name, needs in _NEEDS.items() if name not in exact and _stands(needs, usable)]
    chosen = (*exact, *close)
    profile = chosen[0] if chosen else None
    return Fit(
        profile,
        tuple(trait for trait in _LOOKED_FOR if trait in there),
        tuple(trait for trait in _LOOKED_FOR if trait not in there),
        {} if profile is None else _standing_in(_NEEDS[profile], usable),
        tuple(exact[1:]),
        mentors=usable == there,
    )


def _stands(needs: Collection[str], there: Collection[str]) -> bool:
    return all(need in there or _INSTEAD.get(need) in there for need in needs)


def _standing_in(needs: Collection[str], there: Collection[str]) -> dict[str, str]:
    return {need: _INSTEAD[need] for need in needs if need not in there and need in _INSTEAD}


def _has_mentors(look: Look) -> bool:
    """Whether somebody's role is that of a mentor, in the roster's own word."""
    traits = [column.trait for column in look.columns]
    if look.table is None or "role" not in traits:
        return False
    cells = look.table.cells.iloc[:, traits.index("role")].unique().tolist()
    return any(value_meant("role", tidy(cell)) == "mentor" for cell in cells)


_NO_MENTORS = _("No profile fits: there is a column of roles, and nobody in it is a mentor")


def _named(traits: Collection[str]) -> Message:
    return joined((TRAITS[trait] for trait in traits), ", ")
