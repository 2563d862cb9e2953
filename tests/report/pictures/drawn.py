"""What is drawn in a picture, read back from its markup."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Sequence

import numpy as np

from tests.answers import report_of
from tests.brute_force import Person
from tests.builders import problem_from
from vermegroup.domain.grouping import grouping_of
from vermegroup.judge.auditor import judged
from vermegroup.report.report import Report

STROKE = re.compile(r"M(-?[\d.]+) (-?[\d.]+)h(-?[\d.]+)")


def report_on(
    people: Sequence[Person], group_of: Sequence[int], rulebook: str | None = None
) -> Report:
    """The report of people in these groups, by the default rulebook or by another."""
    problem = problem_from(people, rulebook)
    return report_of(judged(problem, grouping_of(np.array(group_of, dtype=np.int64)), 0.0))


def parsed(drawing: str) -> ET.Element:
    """The drawing as a tree: only what is well formed can be read."""
    return ET.fromstring(drawing)


def drawn(drawing: str, tag: str, style: str = "") -> list[ET.Element]:
    """The elements of a kind, or those of them that have a class."""
    found = parsed(drawing).iter(tag)
    return [each for each in found if not style or style in (each.get("class") or "").split()]


def strokes(drawing: str, style: str) -> Iterator[tuple[float, float, float]]:
    """Where each level stroke of a class begins, from the left and from the top, and its length."""
    for path in drawn(drawing, "path", style):
        for stroke in STROKE.findall(path.attrib["d"]):
            x, y, length = map(float, stroke)
            yield x, y, length
