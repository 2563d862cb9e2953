"""What would come of an edit: which rules it breaks or mends, which preferences it serves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from vermegroup.domain.arrays import IntArray
from vermegroup.domain.kind import Role
from vermegroup.judge.auditor import rules_judged
from vermegroup.judge.edits import NO_EDIT, Desk, Edits
from vermegroup.judge.seat_edits import SeveralSeats
from vermegroup.language.messages import Message


class Outlook(StrEnum):
    """What rules say of an edit: all hold after it; it mends, leaves or makes what is broken."""

    KEEPS = "keeps"
    MENDS = "mends"
    LEAVES = "leaves"
    BREAKS = "breaks"


@dataclass(frozen=True, slots=True)
class Prospect:
    """What would come of it: ``breaks`` and ``mends`` are rules, the others are preferences."""

    outlook: Outlook
    breaks: tuple[Message, ...] = ()
    mends: tuple[Message, ...] = ()
    better: tuple[Message, ...] = ()
    worse: tuple[Message, ...] = ()


def prospects_on(desk: Desk, edits: Edits) -> list[Prospect]:
    """What would come of each of some edits."""
    if not len(edits):
        return []
    if desk.problem.roster.has_further_seats:
        edits = SeveralSeats(desk).judged(edits)[0]
    before, after = desk.tried(NO_EDIT), desk.tried(edits)
    then, now = desk.costs(NO_EDIT), desk.costs(edits)
    rules = [rule.sentence(Role.RULE) for rule in rules_judged(desk.problem)]
    wishes = [kind.sentence(Role.PREFERENCE) for kind in desk.problem.rulebook.preferences]
    breaks = _others(rules, before.short, after.short, len(edits))
    changes = _others(wishes, then, now, len(edits))
    broken = after.broken.tolist()
    return [
        Prospect(outlook(broken[at], int(before.broken[0]), more, less), more, less, better, worse)
        for at, ((more, less), (worse, better)) in enumerate(zip(breaks, changes, strict=True))
    ]


def outlook(
    broken: int, before: int, breaks: Sequence[Message], mends: Sequence[Message]
) -> Outlook:
    """The outlook of an edit after which so much is ``broken``, and so much was ``before``."""
    if not broken:
        return Outlook.KEEPS
    if breaks or broken > before:
        return Outlook.BREAKS
    return Outlook.MENDS if mends or broken < before else Outlook.LEAVES


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
