"""Where somebody could go: every other group, alone or in exchange for one of its members.

Best is what breaks the fewest rules, and then serves the preferences in their order; then what
parts the fewest who are together, and then what moves the fewest people. Of a split roster these
are the groups of the person's own part.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from vermegroup.domain.arrays import IntArray
from vermegroup.domain.bonds import Compared, Move
from vermegroup.domain.grouping import WAITLIST, Grouping
from vermegroup.domain.kind import Kind, Role
from vermegroup.domain.plan import Plan
from vermegroup.domain.problem import Problem
from vermegroup.domain.roster import labels_of
from vermegroup.domain.split import Part, parts_in
from vermegroup.judge.auditor import rules_in
from vermegroup.judge.edits import NO_EDIT, Desk, Edits, best_first, moves, together
from vermegroup.language.messages import Message, verbatim

MOST = 10
"""How many options are told where nobody says."""


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
    """

    moves: tuple[Move, ...]
    broken: tuple[Broken, ...]
    mended: int
    changes: tuple[Compared, ...]
    bonds: int


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
    desk, group = setting.desk, [*grouping.names, ""][grouping.group_of[person]]
    edits = choices(desk, setting.place, setting.partners)
    edits = edits.some(np.array([*desk.grouping.names, ""])[edits.targets[:, 0]] != group)
    tried = desk.tried(edits)
    fewest = np.flatnonzero(tried.broken == tried.broken.min(initial=np.iinfo(np.int64).max))
    edits, tried = edits.some(fewest), tried.some(fewest)
    order = best_first(tried, desk.costs(edits), desk.bonds_broken(edits), edits.moved())
    shown = edits.some(order[:most])
    return Options(
        str(problem.roster.ids[person]),
        labels_of(problem.roster)[person],
        group,
        tuple(_told(desk, shown, group)),
        max(0, len(order) - most),
        kept=bool(len(edits)) and not tried.broken.any() and not setting.elsewhere,
        elsewhere=setting.elsewhere,
    )


def choices(desk: Desk, person: int, partners: IntArray) -> Edits:
    """The edits by which a person comes into another group: alone, or in a partner's place."""
    group_of = desk.grouping.group_of
    groups = np.flatnonzero(desk.sizes > 0)
    groups = groups[groups != group_of[person]]
    partners = partners[(group_of[partners] != WAITLIST) & (partners != person)]
    partners = partners[group_of[partners] != group_of[person]]
    partners = partners[np.argsort(group_of[partners], kind="stable")]
    alone = moves(np.full(len(groups), person), groups)
    return together([alone, desk.swaps(person, partners)])


@dataclass(frozen=True, slots=True)
class _Setting:
    """Where a person's edits are tried: the person's ``place`` there, and whom to swap with."""

    desk: Desk
    place: int
    partners: IntArray
    elsewhere: int = 0


def _setting(problem: Problem, grouping: Grouping, person: int) -> _Setting:
    """The person's part; who sits in a group that mixes parts leaves it first, and alone."""
    split = problem.rulebook.split
    if split is None:
        return _Setting(Desk(problem, grouping), person, np.arange(len(problem.roster)))
    codes = problem.roster.categories[split.by].codes
    group_of = grouping.group_of.copy()
    mates = group_of == group_of[person]
    mixed = group_of[person] != WAITLIST and bool((codes[mates] != codes[person]).any())
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
    return _Setting(Desk(part.problem, own), _place(part, person), alike, elsewhere)


def _place(part: Part, person: int) -> int:
    return int(np.flatnonzero(part.people == person)[0])


def _told(desk: Desk, edits: Edits, group: str) -> list[Option]:
    """What each edit is; the first whom it moves comes from a group of this name."""
    now = _breaches(desk.problem, desk.grouping)
    bonds, changes = desk.bonds_broken(edits).tolist(), changes_of(desk, edits)
    found = []
    for at, broken in enumerate(desk.tried(edits).broken.tolist()):
        after = _breaches(desk.problem, desk.after(edits, at)) if broken else {}
        told = tuple(
            Broken(rule.sentence(Role.RULE), group, why, (place, group) not in now)
            for (place, group), (rule, why) in after.items()
        )
        mended = sum(key not in after for key in now)
        first, *others = moves_of(desk, edits, at)
        moved = (replace(first, origin=group), *others)
        found.append(Option(moved, told, mended, changes[at], bonds[at]))
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
