"""Where somebody could go: every other group, alone or in exchange for one of its members.

Where the rulebook lets people wait, so could this one; and where it allows one more group, there is
the best new group of the smallest size. Best is what breaks the fewest rules, and then serves the
preferences in their order; then what parts the fewest who are together, and then what moves the
fewest people. Of a split roster these are the groups of the person's own part.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations, count
from math import comb

import numpy as np

from vermegroup.domain.arrays import BoolArray, IntArray
from vermegroup.domain.bonds import Compared, Move
from vermegroup.domain.grouping import WAITLIST, Grouping, group_names, usual_number
from vermegroup.domain.kind import Kind, Role
from vermegroup.domain.plan import Plan
from vermegroup.domain.problem import Problem
from vermegroup.domain.roster import Roster, labels_of
from vermegroup.domain.seats import groups_of_people, is_elsewhere
from vermegroup.domain.split import Part, parts_in
from vermegroup.judge.auditor import rules_in
from vermegroup.judge.edits import NO_EDIT, Desk, Edits, Tried, best_first, moves, together
from vermegroup.judge.seat_edits import SeveralSeats
from vermegroup.language.messages import Message, verbatim

MOST = 10
"""How many options are told where nobody says."""
# New groups that are tried: of 64 people all those of up to four.
_MOST_COMPANIES = 50_000


@dataclass(frozen=True, slots=True)
class Broken:
    """A rule that a group breaks (None: the grouping as a whole), and why; ``new``: it was kept."""

    rule: Message
    group: str | None
    sentence: Message
    new: bool


@dataclass(frozen=True, slots=True)
class Option:
    """Who would move, and what that does.

    ``broken`` are the rules that would be broken then, ``mended`` how many breaches would be gone.
    ``changes`` are the preferences that come out otherwise; ``bonds`` pairs would be parted.
    ``new_group`` is the name of the group that the moves begin, if they do.
    """

    moves: tuple[Move, ...]
    broken: tuple[Broken, ...]
    mended: int
    changes: tuple[Compared, ...]
    bonds: int
    new_group: str = ""


@dataclass(frozen=True, slots=True)
class Options:
    """Where a person could go, best first, and how many ``more`` such options there are.

    All break equally few rules: none where ``kept``. ``elsewhere`` tells how many breaches there
    are that concern other parts of a split roster, or who is in the wrong one.
    """

    person: str
    label: str
    group: str
    options: tuple[Option, ...]
    more: int
    kept: bool
    elsewhere: int = 0


def options_for(problem: Problem, grouping: Grouping, person: int, most: int = MOST) -> Options:
    """The options of one participant, at most so many of them."""
    setting = _setting(problem, grouping, person)
    desk, ways = setting.desk, setting.ways()
    tried = desk.tried(ways.judged)
    fewest = np.flatnonzero(tried.broken == tried.broken.min(initial=np.iinfo(np.int64).max))
    ways, tried = ways.some(fewest), tried.some(fewest)
    order = best_first(tried, desk.costs(ways.judged), ways.bonds, ways.told.moved())
    shown = ways.some(order[:most])
    return Options(
        str(problem.roster.ids[person]),
        labels_of(problem.roster)[person],
        ", ".join(_groups_of(problem.roster, grouping, person)),
        tuple(_told(desk, shown, setting.group, _free_name(grouping))),
        max(0, len(order) - most),
        kept=bool(len(order)) and not tried.broken.any() and not setting.elsewhere,
        elsewhere=setting.elsewhere,
    )


def _order(desk: Desk, edits: Edits, tried: Tried) -> IntArray:
    return best_first(tried, desk.costs(edits), desk.bonds_broken(edits), edits.moved())


def choices(desk: Desk, person: int, partners: IntArray) -> Edits:
    """The edits by which a person comes into another group: alone, or in a partner's place.

    Where people may wait, the queue is such a group, as long as somebody else has a place.
    """
    group_of = desk.grouping.group_of
    last = desk.sizes.sum() < 2
    waits = [] if last or desk.problem.rulebook.everyone else [WAITLIST]
    places = np.array([*np.flatnonzero(desk.sizes > 0), *waits], dtype=np.int64)
    places = places[places != group_of[person]]
    partners = partners[np.isin(group_of[partners], places) & (partners != person)]
    theirs = group_of[partners]
    partners = partners[np.argsort(theirs + (theirs == WAITLIST) * len(group_of), kind="stable")]
    alone = moves(np.full(len(places), person), places)
    return together([alone, desk.swaps(person, partners)])


def _best_new_group(desk: Desk, person: int, partners: IntArray) -> Edits:
    """The best group of the smallest size that a person could begin; at most one.

    Of very many partners those are looked at whom their groups can best spare.
    """
    spec, group_of = desk.problem.rulebook.groups, desk.grouping.group_of
    others, groups = spec.smallest - 1, int((desk.sizes > 0).sum())
    partners = partners[partners != person]
    if (spec.most is not None and groups >= spec.most) or len(partners) < others:
        return NO_EDIT.some(np.zeros(0, dtype=np.int64))
    if comb(len(partners), others) > _MOST_COMPANIES:
        leaving = moves(partners, np.full(len(partners), WAITLIST))
        spared = best_first(desk.tried(leaving), desk.costs(leaving))
        most = next(n for n in count(others) if comb(n + 1, others) > _MOST_COMPANIES)
        partners = np.sort(partners[spared[:most]])
    company = np.array(list(combinations(partners.tolist(), others)), dtype=np.int64)
    people = np.column_stack([np.full(len(company), person), company])
    homes = group_of[people]
    # A whole group that goes is the same group by another name.
    whole = (homes == homes[:, :1]).all(axis=1) & (homes[:, 0] != WAITLIST)
    whole &= np.append(desk.sizes, 0)[homes[:, 0]] == spec.smallest
    edits = Edits(people, np.full_like(people, desk.grouping.groups)).some(~whole)
    return edits.some(_order(desk, edits, desk.tried(edits))[:1])


def _free_name(grouping: Grouping) -> str:
    """The usual name of one more group."""
    highest = max((usual_number(name) or 0 for name in grouping.names), default=0)
    return group_names(max(highest, grouping.groups) + 1)[-1]


@dataclass(frozen=True, slots=True)
class _Ways:
    """Edits as they are ``told``, and as they are ``judged``, with the ``bonds`` they break (c,).

    The two differ where people are in several groups, each by the seat that suits the rules.
    """

    told: Edits
    judged: Edits
    bonds: IntArray

    def some(self, places: IntArray | BoolArray) -> _Ways:
        return _Ways(self.told.some(places), self.judged.some(places), self.bonds[places])


@dataclass(frozen=True, slots=True)
class _Setting:
    """Where a person's edits are tried: the person's ``place`` there, and whom to swap with.

    ``company`` are those with whom to begin a group: none from a group that mixes parts, for it
    might be another part's without them. ``group`` is the name of the group that the person has
    left for that; "" otherwise.
    """

    desk: Desk
    place: int
    partners: IntArray
    company: IntArray
    group: str = ""
    elsewhere: int = 0

    def ways(self) -> _Ways:
        """All ways of the person into another group than the one just left."""
        desk, names = self.desk, np.array([*self.desk.grouping.names, ""])
        if desk.problem.roster.has_further_seats:
            several = SeveralSeats(desk)
            told = several.choices(self.place, self.partners, left=bool(self.group))
            told = told.some(names[told.targets[:, 0]] != self.group)
            return _Ways(told, *several.judged(told))
        edits = choices(desk, self.place, self.partners)
        if self.group:
            edits = edits.some(names[edits.targets[:, 0]] != self.group)
        edits = together([edits, _best_new_group(desk, self.place, self.company)])
        return _Ways(edits, edits, desk.bonds_broken(edits))


def _setting(problem: Problem, grouping: Grouping, person: int) -> _Setting:
    """The person's part; who sits in a group that mixes parts leaves it first, and alone."""
    split = problem.rulebook.split
    if split is None:
        everybody = np.arange(len(problem.roster))
        return _Setting(Desk(problem, grouping), person, everybody, everybody)
    codes = problem.roster.categories[split.by].codes
    group_of, names = grouping.group_of.copy(), grouping.names
    strange = np.unique(group_of[codes != codes[person]])
    seats = np.flatnonzero(problem.roster.person_of() == problem.roster.person_of()[person])
    astray = seats[np.isin(group_of[seats], strange) & (group_of[seats] != WAITLIST)]
    mixed = bool(len(astray))
    person = int(astray[0]) if mixed else person
    left = names[group_of[person]] if mixed else ""
    if mixed:
        group_of[person] = WAITLIST
    there = Grouping(group_of, grouping.names)
    parts = parts_in(problem, there)
    part, own = next(each for each in parts if person in each[0].people)
    others = (rules_in(each.problem, groups) for each, groups in parts if each is not part)
    elsewhere = sum(
        len(standing.breaches)
        for rules in (rules_in(problem, there), *others)
        for standing in rules
    )
    alike = np.flatnonzero((codes[part.people] == codes[person]) & (not mixed))
    values = np.unique(np.stack([group_of, codes]), axis=1)[0]  # each group as often as it has any
    shared = values[1:][values[1:] == values[:-1]]
    homes = group_of[part.people[alike]]
    company = alike[(homes == WAITLIST) | ~np.isin(homes, shared)]
    desk = Desk(part.problem, own)
    return _Setting(desk, _place(part, person), alike, company, left, elsewhere)


def _groups_of(roster: Roster, grouping: Grouping, person: int) -> list[str]:
    """The names of a person's groups."""
    groups = groups_of_people(roster, grouping).get(person, [])
    return [grouping.names[group] for group in groups]


def _place(part: Part, person: int) -> int:
    return int(np.flatnonzero(part.people == person)[0])


def _told(desk: Desk, ways: _Ways, group: str, new: str) -> list[Option]:
    """What each way is; the first who moves comes from a group of this name, if there is one.

    ``new`` is a free name.
    """
    now = _breaches(desk.problem, desk.grouping)
    bonds, changes = ways.bonds.tolist(), changes_of(desk, ways.judged)
    found = []
    for at, broken in enumerate(desk.tried(ways.judged).broken.tolist()):
        after = _breaches(desk.problem, desk.after(ways.judged, at, new)) if broken else {}
        told = tuple(
            Broken(rule.sentence(Role.RULE), group, why, (place, group) not in now)
            for (place, group), (rule, why) in after.items()
        )
        mended = sum(key not in after for key in now)
        first, *others = moves_of(desk, ways.told, at, [new])
        moved = (replace(first, origin=first.origin or group), *others)
        begun = new if first.target == new else ""
        found.append(Option(moved, told, mended, changes[at], bonds[at], begun))
    return found


def _breaches(
    problem: Problem, grouping: Grouping
) -> dict[tuple[int, str | None], tuple[Kind, Message]]:
    """What is broken: by the rule's place and the group's name, the rule and why."""
    names = grouping.names
    return {
        (place, None if breach.group is None else names[breach.group]): (
            standing.rule,
            breach.sentence,
        )
        for place, standing in enumerate(rules_in(problem, grouping))
        for breach in standing.breaches
    }


def moves_of(desk: Desk, edits: Edits, place: int, names: Sequence[str] = ()) -> tuple[Move, ...]:
    """Who moves in one edit, from where to where; ``names`` are those of new groups."""
    roster, grouping = desk.problem.roster, desk.grouping
    labels = labels_of(roster)
    called = [*grouping.names, *names, ""]
    return tuple(
        Move(
            str(roster.ids[person]),
            labels[person],
            called[grouping.group_of[person]],
            called[target],
            verbatim(""),
            also=is_elsewhere(roster, grouping, person),
        )
        for person, target in edits.seats(place)
    )


def changes_of(desk: Desk, edits: Edits) -> list[tuple[Compared, ...]]:
    """What becomes of each preference that comes out otherwise, for each edit."""
    preferences, plans = desk.problem.rulebook.preferences, desk.plans(edits)
    before, after = desk.costs(NO_EDIT), desk.costs(edits)
    return [
        tuple(
            _compared(desk, kind, plans[at], int(old[0]), int(new[at]))
            for kind, old, new in zip(preferences, before, after, strict=True)
            if old[0] != new[at]
        )
        for at in range(len(edits))
    ]


def _compared(desk: Desk, kind: Kind, plan: Plan, old: int, new: int) -> Compared:
    """``old`` and ``new`` are costs: the less, the better."""
    roster, sign = desk.problem.roster, kind.sense.value
    before = kind.in_words(roster, desk.plan, old * sign)
    after = kind.in_words(roster, plan, new * sign)
    units = (
        kind.in_units(roster, desk.plan, old * sign),
        kind.in_units(roster, plan, new * sign),
    )
    return Compared(kind.sentence(Role.PREFERENCE), before, after, new < old, kind.kind, units)
