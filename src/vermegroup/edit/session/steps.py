"""What somebody does to groups, as plain values: so it can be written down and done again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from vermegroup.solver.search import Limits


class Command(StrEnum):
    """What is done. The first two are done at once, the others are planned by a search."""

    MOVE = "move"
    PIN = "pin"
    FORM = "form"
    REPAIR = "repair"
    REBALANCE = "rebalance"
    MEETING = "meeting"


AT_ONCE = frozenset((Command.MOVE, Command.PIN))

Seat = tuple[str, str]
"""Somebody's place: the id, and the group's name, empty for the queue."""
Way = tuple[str, str, str]
"""Who goes, from which group, and to which; empty for the queue."""


@dataclass(frozen=True, slots=True)
class Step:
    """A command and its arguments, in values that JSON knows."""

    command: Command
    arguments: Mapping[str, Any]

    @classmethod
    def told(cls, plain: Mapping[str, Any]) -> Step:
        """The step that was written down so. Raises LookupError, TypeError or ValueError."""
        return cls(Command(plain["command"]), dict(plain["arguments"]))

    def plain(self) -> dict[str, Any]:
        """The step as JSON has it."""
        return {"command": self.command.value, "arguments": dict(self.arguments)}

    def searched(self, limits: Limits) -> Step:
        """The step with how far its search went, so that it can be searched again.

        ``limits`` are those of a search that has ended, which may have been stopped.
        """
        assert limits.clock is not None  # it has begun
        cut = limits.stop.is_set() or not limits.clock.seconds_left()
        told = {"seed": limits.seed, "effort": limits.effort, **({"stopped": True} if cut else {})}
        return replace(self, arguments={**self.arguments, **told})

    @property
    def by_time(self) -> bool:
        """Whether a clock or somebody's hand ended its search, so that others may come out."""
        return bool(self.arguments.get("stopped"))

    @property
    def ways(self) -> list[Way]:
        """The ways of those who are moved."""
        return [(str(a), str(b), str(c)) for a, b, c in self.arguments["ways"]]


def moving(ways: Sequence[Way]) -> Step:
    """People go, all at once: a swap is two of them."""
    return Step(Command.MOVE, {"ways": [list(way) for way in ways]})


def pinning(people: Sequence[str], groups: Sequence[str], *, pinned: bool) -> Step:
    """People and whole groups stay where they are in all that is formed anew, or no longer."""
    return Step(Command.PIN, {"people": [*people], "groups": [*groups], "pinned": pinned})


def forming() -> Step:
    """All who are not pinned are formed into groups anew."""
    return Step(Command.FORM, {})


def repairing() -> Step:
    """What is broken is repaired with the fewest bonds broken."""
    return Step(Command.REPAIR, {})


def rebalancing(left: Sequence[str], joining: str = "") -> Step:
    """People have left for good, and those in a CSV text join."""
    return Step(Command.REBALANCE, {"left": [*left], "joining": joining})


def meeting_without(absent: Sequence[str], day: str) -> Step:
    """A plan is made of one meeting, on a day as in 2026-12-01, without those who are absent."""
    return Step(Command.MEETING, {"absent": [*absent], "day": day})
