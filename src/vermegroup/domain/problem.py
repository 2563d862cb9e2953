"""A roster and a rulebook that fit each other: what the solver and the audit are asked about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np

from vermegroup.domain.arrays import WORD, IntArray, plus
from vermegroup.domain.findings import Finding, RulebookError, Severity, errors
from vermegroup.domain.grouping import Grouping, Seating
from vermegroup.domain.kind import Kind
from vermegroup.domain.plan import Plan
from vermegroup.domain.roster import Categories, Numbers, Roster, labels_of, value_key
from vermegroup.domain.rulebook import Band, BandSet, Rulebook
from vermegroup.domain.seats import refused_with_seats, seats_taken, with_seats
from vermegroup.domain.unknown_values import unknown_values
from vermegroup.language.levels import BETWEEN
from vermegroup.language.messages import Message, Template, _, joined
from vermegroup.language.terms import trait_name
from vermegroup.language.value_words import value_meant


@dataclass(frozen=True, slots=True)
class Problem:
    """Participants with every trait the rulebook speaks of, bands included."""

    roster: Roster
    rulebook: Rulebook

    def notices(self) -> tuple[Finding, ...]:
        """What people should know of how the rules meet the roster, each thing once."""
        kinds = self.rulebook.kinds()
        found = (finding for kind in kinds for finding in kind.notices(self.roster))
        noticed = (*_unknown_values(self.roster, self.rulebook), *_read_as(self.rulebook), *found)
        return tuple(dict.fromkeys(noticed))

    def under(self, rules: tuple[Kind, ...], *preferences: Kind) -> Problem:
        """The same participants under some of the rules, and with other preferences."""
        return Problem(self.roster, self.rulebook.under(rules, *preferences))

    def in_meetings(self) -> Problem:
        """The same participants under what holds at single meetings."""
        return Problem(self.roster, self.rulebook.in_meetings())

    def in_order(self, order: IntArray) -> Problem:
        """The same with the participants in another order, a permutation (n,)."""
        roster = replace(self.roster.subset(order), part=self.roster.part)
        return Problem(roster, self.rulebook)

    def bare(self) -> Problem:
        """The same without preferences: what is possible at all."""
        return self.under(self.rulebook.rules)

    def of_single_groups(self) -> Problem:
        """The same under those rules alone that judge a group by nothing but its members."""
        return self.under(tuple(rule for rule in self.rulebook.rules if not rule.compares))

    def layered_ticks(self) -> IntArray:
        """The trait whose spread is wished for first, (n,); nothing to sort by without one."""
        for preference in self.rulebook.preferences:
            trait = preference.layering()
            if trait is not None:
                return self.roster.numbers[trait].ticks
        return np.zeros(len(self.roster), dtype=np.int64)

    def gathering_trait(self) -> str | None:
        """The first trait of which each group must share a value."""
        found = (rule.gathers() for rule in self.rulebook.rules)
        return next((trait for trait in found if trait is not None), None)

    def plan(self, groups: int, *, everyone: bool | None = None, placed: int | None = None) -> Plan:
        """The plan of forming this many groups, before anything is settled."""
        spec = self.rulebook.groups
        strict = self.rulebook.everyone if everyone is None else everyone
        # However large groups may be, there are only so many people.
        largest = max(spec.smallest, min(spec.largest, len(self.roster)))
        return Plan(groups, spec.smallest, largest, strict, placed=placed)


def problem_of(roster: Roster, rulebook: Rulebook, taken: Grouping | None = None) -> Problem:
    """Join a roster and a rulebook: each band set becomes a named trait of the participants.

    Rules that take a trait as it comes learn here which sort it is of. A band set whose numeric
    trait the roster lacks is left out: intake has already refused a roster that lacks something a
    rule needs.

    Rules that name somebody who is set aside hold for the others. Whoever may belong to several
    groups gets as many seats, and whoever does in the grouping ``taken`` at least those.

    Raises:
        ValueError: the rulebook was made by hand and lacks the rule on its groups' sizes, or does
            not say what becomes of those without a group.
        RulebookError: rules name participants or values that the roster does not have, or come to
            numbers that are too large to be counted exactly.
    """
    _refuse_gaps(rulebook)
    rulebook = rulebook.without(roster.gone()) if roster.set_aside else rulebook
    unknown = unknown_ids(roster, rulebook)
    refuse(unknown)
    for band_set in rulebook.bands:
        numbers = roster.numbers.get(band_set.of)
        if numbers is not None and band_set.trait not in roster.categories:
            roster = roster.with_categories(band_set.trait, banded(numbers, band_set))
    suited = rulebook.suited(roster)
    if rulebook.several_groups:
        seats = suited.groups_each(roster)
        seats = seats if taken is None else np.maximum(seats, seats_taken(taken))
        roster = with_seats(roster, seats)
        suited = replace(rulebook.suited(roster), asked=suited.asked)
        refuse(_refused(roster, suited))
    beyond = (*errors(_unknown_values(roster, suited)), *_beyond_reach(roster, suited))
    refuse(beyond)
    return Problem(roster, suited)


def _refused(roster: Roster, rulebook: Rulebook) -> tuple[Finding, ...]:
    books = (rulebook,) if rulebook.split is None else rulebook.split.rulebooks()
    found = (
        fault
        for book in books
        for fault in refused_with_seats(roster, book.rules, book.preferences, book.origin)
    )
    return tuple(dict.fromkeys(found))


def refuse(faults: Sequence[Finding]) -> None:
    """Raise RulebookError where there are faults."""
    if faults:
        raise RulebookError(faults)


def _refuse_gaps(rulebook: Rulebook) -> None:
    """What reading a rulebook adds where nobody wrote it; without it every grouping would do."""
    books = rulebook.split.rulebooks() if rulebook.split is not None else (rulebook,)
    for book in books:
        if not any(rule.limits_size for rule in book.rules):
            raise ValueError("the rulebook has no rule on sizes: put rules.size.Size first")
        if not any(kind.seats_everyone for kind in (*book.rules, *book.preferences)):
            raise ValueError(
                "the rulebook does not say what becomes of those without a group: put "
                "rules.place_everyone.PlaceEveryone among its rules or preferences"
            )


def unknown_ids(roster: Roster, rulebook: Rulebook) -> tuple[Finding, ...]:
    """A fault for each id that a rule or preference names and nobody has."""
    found: dict[Finding, None] = {}
    for kind in rulebook.kinds():
        ids = kind.ids()
        for at in np.flatnonzero(roster.positions(ids) < 0).tolist() if ids else ():
            hint = _who_is_meant(roster, ids[at]) if len(found) < MOST_HINTS else None
            found.setdefault(_unknown_id(rulebook, kind, ids[at], hint))
    return tuple(found)


def _unknown_values(roster: Roster, rulebook: Rulebook) -> tuple[Finding, ...]:
    """What is named and nobody has, by the rules and preferences of the whole and of its parts."""
    books = tuple(_books(rulebook))
    rules = [(kind, True) for book in books for kind in book.rules]
    preferences = [(kind, False) for book in books for kind in book.preferences]
    bands = frozenset(band_set.trait for band_set in rulebook.bands)
    return unknown_values(roster, (*rules, *preferences), bands, rulebook.origin)


def _read_as(rulebook: Rulebook) -> Iterator[Finding]:
    """A notice of all values of a profile for which the roster has other words."""
    pairs = dict.fromkeys(
        _PAIR.filled(asked=asked, held=held)
        for asked, held in _both_words(rulebook.asked or rulebook, rulebook)
        if value_key(asked) != value_key(held)
    )
    if pairs:
        message = _("Read in the words of the roster: {pairs}", pairs=joined(pairs, ", "))
        yield Finding(Severity.NOTICE, message, rulebook.origin)


_PAIR = Template("{asked} → {held}")


def _both_words(asked: Rulebook, suited: Rulebook) -> Iterator[tuple[str, str]]:
    """Each value of a profile as a rulebook names it, and as the roster does."""
    kinds = zip(
        (*asked.rules, *asked.preferences), (*suited.rules, *suited.preferences), strict=False
    )
    for kind, here in kinds:
        for (trait, value), (_trait, held) in zip(kind.named(), here.named(), strict=False):
            if value_meant(trait, value) is not None:
                yield value, held
    if asked.split is not None and suited.split is not None:
        yield from zip(asked.split.parts, suited.split.parts, strict=False)
        for book, there in zip(asked.split.rulebooks(), suited.split.rulebooks(), strict=False):
            yield from _both_words(book, there)


def _beyond_reach(roster: Roster, rulebook: Rulebook) -> Iterator[Finding]:
    """A fault for each rule or preference that comes to more than a model has room for."""
    spec = rulebook.groups
    plan = Plan(1, spec.smallest, spec.largest)
    for kind in (*rulebook.rules, *rulebook.preferences):
        if kind.reach(roster, plan) >= WORD // 2:
            yield _too_large(rulebook, kind)
    for book in rulebook.others():
        yield from _beyond_reach(roster, book)


def _books(rulebook: Rulebook) -> Iterator[Rulebook]:
    """A rulebook, and all that stand in it."""
    yield rulebook
    for book in rulebook.others():
        yield from _books(book)


def _too_large(rulebook: Rulebook, kind: Kind) -> Finding:
    hint = _("Give weights with fewer digits, or allow only smaller groups")
    if traits := kind.numbers():
        hint = _(
            "Round the numbers in the roster ({traits}) to fewer decimals, give weights with fewer "
            "digits, or allow only smaller groups",
            traits=[trait_name(trait) for trait in traits],
        )
    return Finding(
        Severity.ERROR,
        _("{kind} comes to numbers that are too large to be counted exactly", kind=kind.kind),
        file=rulebook.origin,
        column=kind.kind,
        hint=hint,
    )


# Comparing with all ids takes a while: the first few faults come with a suggestion.
MOST_HINTS = 10


NO_NAMES = _(
    "No column of names was found: use the ids, or tell which column it is, with --column name=…"
)


def _who_is_meant(roster: Roster, id_: str) -> Message | None:
    from difflib import get_close_matches  # noqa: PLC0415

    ids = list(map(str, roster.ids))
    if near := get_close_matches(id_, ids, n=1):
        return _("Did you mean {near}?", near=near[0])
    return NO_NAMES if labels_of(roster) == ids else None


def _unknown_id(rulebook: Rulebook, kind: Kind, id_: str, hint: Message | None) -> Finding:
    return Finding(
        Severity.ERROR,
        _("{kind} names {own}, but no participant has this id", kind=kind.kind, own=id_),
        file=rulebook.origin,
        column=kind.kind,
        value=id_,
        hint=hint,
    )


def banded(numbers: Numbers, band_set: BandSet) -> Categories:
    """Name each participant's band; what lies in none of them is "mid"."""
    codes = np.full(len(numbers.ticks), len(band_set.bands), dtype=np.int64)
    for index, band in reversed(list(enumerate(band_set.bands))):
        codes[_within(numbers, band)] = index
    values = (*(band.name for band in band_set.bands), BETWEEN)
    return Categories(codes, values, numbers.header)


def _within(numbers: Numbers, band: Band) -> IntArray:
    inside = np.ones(len(numbers.ticks), dtype=bool)
    if band.low is not None:
        inside &= numbers.ticks >= _ticks(band.low, numbers)
    if band.high is not None:
        inside &= numbers.ticks < _ticks(band.high, numbers)
    return np.flatnonzero(inside)


def _ticks(limit: Fraction, numbers: Numbers) -> int:
    """The first whole tick at or above a limit: x >= limit holds exactly when x >= this."""
    return -((-limit * numbers.per_unit) // 1)


@dataclass(frozen=True, slots=True)
class PreferenceStanding:
    """A preference's value beside the best that anything could reach.

    Both are whole numbers in the kind's own scale; ``proven`` says that the value is optimal
    given the preferences before it, over all numbers of groups that the rulebook allows. With
    ``this_number`` the bound is that of the grouping's own number of groups alone. Of a tier
    ``weighed`` holds each preference by itself.
    """

    preference: Kind
    value: int
    bound: int
    proven: bool
    weighed: tuple[PreferenceStanding, ...] = ()
    this_number: bool = False


def settled(plan: Plan, preference: Kind, value: int, bound: int) -> Plan:
    """The plan once a preference has reached a value.

    An empty waitlist stays empty, and a spread at its bound tells the layers, if sizes are known.
    """
    if value != bound:
        return plan
    if preference.seats_everyone and value == 0:
        return replace(plan, everyone=True)
    trait = preference.layering()
    if trait is None or plan.sizes is None:
        return plan
    return replace(plan, layered=plan.layered | {trait})


def rules_broken(problem: Problem, plan: Plan, seating: Seating) -> IntArray:
    """By how much each group falls short of the rules, added up, shape (groups,)."""
    missing = np.zeros(seating.groups, dtype=np.int64)
    for rule in problem.rulebook.rules:
        missing = plus(missing, rule.shortfall(problem.roster, plan, seating))
    return missing


def must_be_seated(problem: Problem) -> IntArray:
    """The participants whom a rule keeps off the waitlist."""
    named = (rule.named_groups(problem.roster) for rule in problem.rulebook.rules)
    promised = np.fromiter((person for each in named for person in each), dtype=np.int64)
    others = [rule.must_sit(problem.roster) for rule in problem.rulebook.rules]
    return np.unique(np.concatenate([promised, *others]))


def queue_of(problem: Problem) -> IntArray:
    """All participants, (n,), in the order in which they are placed where some must wait.

    By what the rulebook puts first, and then by who signed up first.
    """
    roster = problem.roster
    first = [turn for own in problem.rulebook.preferences for turn in own.turns(roster)]
    return np.lexsort([roster.signed_up(), *reversed(first)])


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
    from_numbers = banded(numbers, bands)
    return trait.values == from_numbers.values and bool((trait.codes == from_numbers.codes).all())
