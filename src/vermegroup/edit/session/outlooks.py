"""What would come of an edit: which rules it breaks or mends, which preferences it serves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from vermegroup.domain.arrays import IntArray
from vermegroup.domain.kind import Role
from vermegroup.judge.auditor import rules_judged
from vermegroup.judge.edits import NO_EDIT, Desk, Edits, Tried
from vermegroup.judge.seat_edits import SeveralSeats
from vermegroup.language.messages import Message


class Outlook(StrEnum):
    """What rules say of an edit.

    All hold after it; it mends something and breaks nothing; it leaves as much broken as there is;
    or it breaks more.
    """

    KEEPS = "keeps"
    MENDS = "mends"
    LEAVES = "leaves"
    BREAKS = "breaks"


@dataclass(frozen=True, slots=True)
class InGroup:
    """A rule that is broken, or mended, in the group of this name."""

    group: str
    rule: Message


@dataclass(frozen=True, slots=True)
class Prospect:
    """What would come of it: ``breaks`` and ``mends`` are rules, the others are preferences.

    A rule is told in ``breaks`` if it is missed by more in all. ``breaks_in`` tells of those of the
    groups that change in which a rule is missed by more, whatever becomes of it elsewhere; so do
    ``mends`` and ``mends_in``.
    """

    outlook: Outlook
    breaks: tuple[Message, ...] = ()
    mends: tuple[Message, ...] = ()
    better: tuple[Message, ...] = ()
    worse: tuple[Message, ...] = ()
    breaks_in: tuple[InGroup, ...] = ()
    mends_in: tuple[InGroup, ...] = ()


def prospects_on(desk: Desk, edits: Edits) -> list[Prospect]:
    """What would come of each of some edits."""
    if not len(edits):
        return []
    if desk.problem.roster.has_further_seats:
        edits = SeveralSeats(desk).judged(edits)[0]
    before, after = desk.tried(NO_EDIT), desk.tried(edits, by_group=True)
    then, now = desk.costs(NO_EDIT), desk.costs(edits)
    rules = [rule.sentence(Role.RULE) for rule in rules_judged(desk.problem)]
    wishes = [kind.sentence(Role.PREFERENCE) for kind in desk.problem.rulebook.preferences]
    breaks = _others(rules, before.short, after.short, len(edits))
    changes = _others(wishes, then, now, len(edits))
    where = _by_edit(desk, rules, after, len(edits))
    broken, was = after.broken.tolist(), int(before.broken[0])
    return [
        Prospect(
            outlook(broken[at], was, more, less, more_in),
            *(more, less, better, worse),
            *(tuple(more_in), tuple(less_in)),
        )
        for at, ((more, less), (worse, better), (more_in, less_in)) in enumerate(
            zip(breaks, changes, where, strict=True)
        )
    ]


def _by_edit(
    desk: Desk, rules: Sequence[Message], after: Tried, count: int
) -> list[tuple[list[InGroup], list[InGroup]]]:
    """For each of so many edits in which groups which rules are missed by more, and by less."""
    names = [*desk.grouping.names, desk.new]
    found: list[tuple[list[InGroup], list[InGroup]]] = [([], []) for _ in range(count)]
    for rule, shifts in zip(rules, after.shifts, strict=True):
        told = [InGroup(name, rule) for name in names]
        for shift in shifts:
            columns = (shift.edit.tolist(), shift.group.tolist(), (shift.change < 0).tolist())
            for edit, group, falls in zip(*columns, strict=True):
                found[edit][falls].append(told[group])
    return found


def outlook(
    broken: int,
    before: int,
    breaks: Sequence[Message],
    mends: Sequence[Message],
    breaks_in: Sequence[InGroup],
) -> Outlook:
    """The outlook of an edit after which so much is ``broken``, and so much was ``before``."""
    if not broken:
        return Outlook.KEEPS
    if breaks or broken > before:
        return Outlook.BREAKS
    mended = (mends or broken < before) and not breaks_in
    return Outlook.MENDS if mended else Outlook.LEAVES


def _others(
    sentences: Sequence[Message],
    before: Sequence[IntArray],
    after: Sequence[IntArray],
    count: int,
) -> Iterator[tuple[tuple[Message, ...], tuple[Message, ...]]]:
    """For each of so many edits what has risen, and what has fallen."""
    changes = [(new - old).tolist() for old, new in zip(before, after, strict=True)]
    for at in range(count):
        told = [(said, each[at]) for said, each in zip(sentences, changes, strict=True)]
        yield (
            tuple(said for said, change in told if change > 0),
            tuple(said for said, change in told if change < 0),
        )
