"""Ready commands that apply moves to groups which were read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from vermegroup.domain.bonds import Move
from vermegroup.report.calls import file_word, shell_line
from vermegroup.report.edits_text import steps_of


@dataclass(frozen=True, slots=True)
class Call:
    """How groups were read: their file, and the options of the call that say so.

    Not ``again``: groups on standard input are gone, and pseudonyms are in no file that was read.
    """

    groups: str
    options: tuple[str, ...] = ()
    again: bool = True

    def command(self, moves: Sequence[Move]) -> str:
        """What applies some moves, for a shell; nothing where it could not read the same groups."""
        if not self.again:
            return ""
        return shell_line(
            ["vermegroup", "move", file_word(self.groups), *_moved(moves), *self.options]
        )


def _moved(moves: Sequence[Move]) -> Iterator[str]:
    steps = steps_of(moves)
    yield from (f"{_who(move)}={move.target or '-'}" for move, other in steps if other is None)
    for move, other in steps:
        if other is not None:
            yield from ("--swap", _who(move), _who(other))


def _who(move: Move) -> str:
    """Whoever is in several groups, with the one that is meant."""
    return f"{move.person}@{move.origin or '-'}" if move.also else move.person
