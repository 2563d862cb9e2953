"""People as they were given: a file or a frame."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from vermegroup.intake.files.source import Given, Source, named
from vermegroup.report.folder import JOINING_GIVEN, PEOPLE_GIVEN


@dataclass(frozen=True)
class People:
    """What is read, and the frame it comes from; None for a file."""

    source: Given
    frame: pd.DataFrame | None = None

    @property
    def file(self) -> str:
        """The path; ``"-"`` where there is none."""
        return named(self.source)


def tables_given(people: People, joining: People | None = None) -> dict[str, bytes]:
    """What was given in memory, as the files that are saved so that the run can be repeated."""
    given = {PEOPLE_GIVEN: people, JOINING_GIVEN: joining}
    return {
        name: each.source.data
        for name, each in given.items()
        if each is not None and isinstance(each.source, Source)
    }
