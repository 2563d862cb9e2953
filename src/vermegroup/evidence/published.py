"""The tables of a pool, for whoever repeats a test: groupings, and what they are worth."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, repeat

from vermegroup.evidence.drawing import Drawn
from vermegroup.evidence.values import amount, measured, values_of
from vermegroup.intake.files.csv_text import csv_text
from vermegroup.language.legible import utf8
from vermegroup.report.folder import DRAWS, GROUPINGS


def published(drawn: Drawn) -> dict[str, bytes]:
    """The bytes of each file, by its name."""
    return {GROUPINGS: utf8(_groupings(drawn)), DRAWS: utf8(_draws(drawn))}


def _groupings(drawn: Drawn) -> str:
    """A row for each participant and draw; whoever waits has no group."""
    ids, count = list(map(str, drawn.problem.roster.ids)), len(drawn.groupings)
    columns = [
        ids * count,
        list(chain.from_iterable(repeat(str(draw), len(ids)) for draw in range(1, count + 1))),
        list(chain.from_iterable(_names(drawn))),
    ]
    return csv_text([("participant", "draw", "group")], columns)


def _names(drawn: Drawn) -> Iterator[list[str]]:
    for each in drawn.groupings:
        names = [*each.names, ""]  # WAITLIST, -1, is the last
        yield [names[group] for group in each.group_of.tolist()]


def _draws(drawn: Drawn) -> str:
    """A row for each draw: what every preference comes to, and the hash of who is together."""
    told = [each.name for each in measured(drawn.problem, drawn.groupings[0])]
    rows = [values_of(drawn.problem, each) for each in drawn.groupings]
    columns = [
        [str(draw) for draw in range(1, len(rows) + 1)],
        *([repr(amount(row[place])) for row in rows] for place in range(len(told))),
        drawn.fingerprints(),
    ]
    return csv_text([("draw", *told, "sha256")], columns)
