"""People as they were given: a file or a frame."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from vermegroup.intake.files.source import Given, named


@dataclass(frozen=True)
class People:
    """What is read, and the frame it comes from; None for a file."""

    source: Given
    frame: pd.DataFrame | None = None

    @property
    def file(self) -> str:
        """The path; ``"-"`` where there is none."""
        return named(self.source)
