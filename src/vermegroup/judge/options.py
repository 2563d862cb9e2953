"""Where somebody could go: every other group, alone or in exchange for one of its members.

Where the rulebook lets people wait, so could this one; and where it allows one more group, there is
the best new group of the smallest size that leaves no other one empty. Best is what breaks the
fewest rules, and then serves the preferences in their order; then what parts the fewest who are
together, and then what moves the fewest people. Of a split roster these are the groups of the
person's own part.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, count
from math import comb
from operator import itemgetter

import numpy as np

from vermegroup.domain.arrays import BoolArray, IntArray
from vermegroup.domain.bonds import Compared, Move
from vermegroup.domain.grouping import WAITLIST, Grouping, group_names, usual_number
from vermegroup.domain.kind import Kind, Role
from vermegroup.domain.plan import Plan
from vermegroup.domain.problem import Problem
from vermegroup.domain.roster import Roster, labels_of
from vermegroup.domain.seats import bonds_of, groups_of_people, is_elsewhere
from vermegroup.domain.split import Part, parts_in
from vermegroup.judge.auditor import rules_in
from vermegroup.judge.edits import NO_EDIT, Desk, Edits, Tried, best_first, moves, together
from vermegroup.judge.seat_edits import SeveralSeats
from vermegroup.judge.several_groups import best_seated
from vermegroup.language.messages import Message, verbatim

MOST = 10
"""How many options are told where nobody says."""
# New groups that are tried: of 64 people all those of up to four.
_MOST_COMPANIES = 50_000
MOST_SEATS = 5_000_000
"""In the groups that edits touch, so that groups of a thousand are not judged for minutes."""
# Swaps with people of other parts that are tried: each is in another group that mixes parts, and
# where more than two do, no swap keeps every rule.
_MOST_COUNTERPARTS = 50


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
    free = free_name(grouping)
    found = [_ranked(setting, most, free) for setting in _settings(problem, grouping, person)]
    fewest = min((each.broken for each in found if each.count), default=0)
    best = [each for each in found if each.count and each.broken == fewest]
    told = sorted((pair for each in best for pair in each.told), key=itemgetter(0))[:most]
    count = sum(each.count for each in best)
    return Options(
        str(problem.roster.ids[person]),
        labels_of(problem.roster)[person],
        ", ".join(_groups_of(problem.roster, grouping, person)),
        tuple(option for _key, option in told),
        count - len(told),
        kept=bool(count) and not fewest,
        elsewhere=min(each.elsewhere for each in best or found),
    )


@dataclass(frozen=True, slots=True)
class _Ranked:
    """The ways of a setting that break the fewest rules, so many ``broken`` in all.

    Of those ``count`` some are ``told``, best first, each with what it is ranked by.
    """

    told: list[tuple[tuple[int, ...], Option]]
    count: int
    broken: int
    elsewhere: int


def _ranked(setting: _Setting, most: int, free: str) -> _Ranked:
    desk, ways = setting.desk, setting.ways()
    tried = desk.tried(ways.judged)
    fewest = int(tried.broken.min(initial=np.iinfo(np.int64).max))
    best = tried.broken == fewest
    ways, tried = ways.some(best), tried.some(best)
    costs, moved = desk.costs(ways.judged), ways.told.moved()
    order = best_first(tried, costs, ways.bonds, moved)[:most]
    keys = zip(
        *(key[order].tolist() for key in (*tried.short, *costs, ways.bonds, moved)), strict=True
    )
    told = _told(setting, ways.some(order), free)
    count, elsewhere = len(ways.judged), setting.elsewhere
    return _Ranked(list(zip(keys, told, strict=True)), count, fewest + elsewhere, elsewhere)


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
    seats = spec.smallest * int(desk.sizes.max(initial=1))
    companies = min(_MOST_COMPANIES, max(1, MOST_SEATS // seats))
    if comb(len(partners), others) > companies:
        leaving = moves(partners, np.full(len(partners), WAITLIST))
        spared = best_first(desk.tried(leaving), desk.costs(leaving))
        most = next(n for n in count(others) if comb(n + 1, others) > companies)
        partners = np.sort(partners[spared[:most]])
    company = np.array(list(combinations(partners.tolist(), others)), dtype=np.int64)
    people = np.column_stack([np.full(len(company), person), company])
    edits = Edits(people, np.full_like(people, desk.grouping.groups))
    edits = edits.some(~_empties_a_group(desk.sizes, group_of[people]))
    return edits.some(_order(desk, edits, desk.tried(edits))[:1])


def _empties_a_group(sizes: IntArray, homes: IntArray) -> BoolArray:
    """Whether all of a group are in a company, shape (c,), by their groups now, shape (c, s).

    With others or without: it would be that group by another name.
    """
    found: BoolArray = np.zeros(len(homes), dtype=bool)
    for group in np.unique(homes[homes != WAITLIST]).tolist():
        if sizes[group] <= homes.shape[1]:
            found |= (homes == group).sum(axis=1) == sizes[group]
    return found


def free_name(grouping: Grouping) -> str:
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
    left for that; "" otherwise. ``swapped`` is the move of somebody of another part who has taken
    the person's place, so that the one left to take is in the group that this one left; ``bonds``
    are the pairs that are parted so far.
    """

    desk: Desk
    place: int
    partners: IntArray
    company: IntArray
    group: str = ""
    elsewhere: int = 0
    swapped: Move | None = None
    bonds: int = 0

    def ways(self) -> _Ways:
        """All ways of the person into another group than the one just left."""
        ways = self._back() if self.swapped else self._ways()
        return replace(ways, bonds=ways.bonds + self.bonds)

    def _ways(self) -> _Ways:
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

    def _back(self) -> _Ways:
        """The one way into the group of whoever has taken the person's place."""
        assert self.swapped is not None
        target = self.desk.grouping.names.index(self.swapped.origin)
        edit = moves(np.array([self.place]), np.array([target]))
        if self.desk.problem.roster.has_further_seats:
            return _Ways(edit, *SeveralSeats(self.desk).judged(edit))
        return _Ways(edit, edit, self.desk.bonds_broken(edit))


def _settings(problem: Problem, grouping: Grouping, person: int) -> Iterator[_Setting]:
    """The person's part, and each swap with somebody of another part that brings one home."""
    split = problem.rulebook.split
    if split is None:
        everybody = np.arange(len(problem.roster))
        yield _Setting(Desk(problem, grouping), person, everybody, everybody)
        return
    codes, group_of = problem.roster.categories[split.by].codes, grouping.group_of
    strange = np.unique(group_of[codes != codes[person]])
    seats = np.flatnonzero(problem.roster.person_of() == problem.roster.person_of()[person])
    astray = seats[np.isin(group_of[seats], strange) & (group_of[seats] != WAITLIST)]
    yield _setting(problem, grouping, codes, int((*astray, person)[0]), mixed=bool(len(astray)))
    for seat in astray[:1] if len(astray) else seats:
        for other in _counterparts(problem.roster, grouping, codes, int(seat)):
            yield _setting(problem, grouping, codes, int(seat), mixed=True, other=other)


def _counterparts(roster: Roster, grouping: Grouping, codes: IntArray, seat: int) -> list[int]:
    """Strangers in groups of the person's part, who would be at home where the person is.

    A swap mends no group but its two, and both; a waiting person's place is anybody's.
    """
    group_of, home = grouping.group_of, int(grouping.group_of[seat])
    there = group_of == home
    there[seat] = False
    left = np.unique(codes[there] if home != WAITLIST else codes)
    if home != WAITLIST and len(left) != 1:
        return []
    placed = group_of != WAITLIST
    own = np.bincount(group_of[placed & (codes == codes[seat])], minlength=grouping.groups)
    sizes = grouping.seating().sizes()
    fits = np.append((sizes - own == 1) & (own > 0), False)  # the last is the queue
    found = fits[group_of] & (codes != codes[seat]) & np.isin(codes, left)
    people = groups_of_people(roster, grouping) if roster.has_further_seats else {}
    person = roster.person_of()
    mine = people.get(int(person[seat]), [home])
    return [
        other
        for other in np.flatnonzero(found).tolist()
        if group_of[other] not in mine and home not in people.get(int(person[other]), [])
    ][:_MOST_COUNTERPARTS]


def _setting(
    problem: Problem,
    grouping: Grouping,
    codes: IntArray,
    person: int,
    *,
    mixed: bool,
    other: int | None = None,
) -> _Setting:
    """The person's part; who sits in a group that mixes parts (or swaps) leaves it first."""
    group_of, names = grouping.group_of.copy(), (*grouping.names, "")
    left, swapped = names[group_of[person]] if mixed else "", None
    if other is not None:
        group_of[other], taken = group_of[person], group_of[other]
        also = is_elsewhere(problem.roster, grouping, other)
        id_, label = str(problem.roster.ids[other]), labels_of(problem.roster)[other]
        swapped = Move(id_, label, names[taken], left, verbatim(""), also=also)
    if mixed:
        group_of[person] = WAITLIST
    there = best_seated(problem, Grouping(group_of, grouping.names)) if mixed else grouping
    if mixed and problem.roster.has_further_seats:
        group_of, own_seats = there.group_of, problem.roster.person == problem.roster.person[person]
        person = int(np.flatnonzero(own_seats & (group_of == WAITLIST))[0])
    bonds = bonds_of(problem.roster, grouping, there).broken if mixed else 0
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
    return _Setting(desk, _place(part, person), alike, company, left, elsewhere, swapped, bonds)


def _groups_of(roster: Roster, grouping: Grouping, person: int) -> list[str]:
    """The names of a person's groups."""
    groups = groups_of_people(roster, grouping).get(person, [])
    return [grouping.names[group] for group in groups]


def _place(part: Part, person: int) -> int:
    return int(np.flatnonzero(part.people == person)[0])


def _told(setting: _Setting, ways: _Ways, free: str) -> list[Option]:
    """What each way is; ``free`` is the name of a new group."""
    desk, group = setting.desk, setting.group
    now = _breaches(desk.problem, desk.grouping)
    bonds, changes = ways.bonds.tolist(), changes_of(desk, ways.judged)
    found = []
    for at, broken in enumerate(desk.tried(ways.judged).broken.tolist()):
        after = _breaches(desk.problem, desk.after(ways.judged, at, free)) if broken else {}
        told = tuple(
            Broken(rule.sentence(Role.RULE), group, why, (place, group) not in now)
            for (place, group), (rule, why) in after.items()
        )
        mended = sum(key not in after for key in now)
        first, *others = moves_of(desk, ways.told, at, [free])
        moved = (
            replace(first, origin=first.origin or group),
            *others,
            *filter(None, [setting.swapped]),
        )
        begun = free if first.target == free else ""
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
