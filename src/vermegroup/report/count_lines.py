"""Which numbers of groups are possible, in a few lines: numbers of one answer are told together."""

from __future__ import annotations

import re
from collections.abc import Sequence

from vermegroup.phrase import Language
from vermegroup.report.report import GroupCountLine
from vermegroup.report.summary import Item, Mood

SHOWN = 12
_MOODS = {True: Mood.GOOD, False: Mood.BAD, None: Mood.UNSURE}


def count_items(lines: Sequence[GroupCountLine], language: Language) -> list[Item]:
    """A line for each run of numbers that have the same answer, for the same reason.

    A reason that differs in its figures alone is told for the number that comes nearest: the last
    of the smallest ones, else the first.
    """
    runs: list[list[GroupCountLine]] = []
    for line in lines:
        if runs and _continues(runs[-1][-1], line):
            runs[-1].append(line)
        else:
            runs.append([line])
    several = len({line.part for line in lines}) > 1
    return [
        _item(run, language, lowest=run is runs[0] and len(runs) > 1, several=several)
        for run in runs
    ]


def _item(run: list[GroupCountLine], language: Language, *, lowest: bool, several: bool) -> Item:
    """A run, under the name of its part where there are several."""
    first, last = run[0], run[-1]
    span = f"{first.groups}–{last.groups}" if len(run) > 1 else str(first.groups)
    if first.part is not None and several:
        span = f"{first.part.in_(language)}, {span}"
    told = last if lowest else first
    return Item(_MOODS[first.possible], f"{span}: {told.because.in_(language)}")


def _continues(before: GroupCountLine, line: GroupCountLine) -> bool:
    """Whether a line says the same of the next number; of numbers between nothing is said."""
    return (
        line.groups == before.groups + 1
        and (line.part, line.possible) == (before.part, before.possible)
        and _without_figures(line.because.en) == _without_figures(before.because.en)
    )


def _without_figures(sentence: str) -> str:
    return re.sub(r"\d+", "#", sentence)
