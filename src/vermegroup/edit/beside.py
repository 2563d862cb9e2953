"""Files that rules name, where whoever wrote the rules may name no path."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path, PureWindowsPath

from vermegroup.domain.findings import Finding, RosterError, Severity
from vermegroup.domain.grouping import EarlierGroups
from vermegroup.domain.pair_weights import PairWeights
from vermegroup.intake.files.readings import EARLIER
from vermegroup.intake.pair_weights import read_pair_weights
from vermegroup.intake.pipeline import read_earlier
from vermegroup.language.messages import _

ORIGIN = "rules.yaml"
"""What the rules are called in findings, and in the record of a run."""


@dataclass(frozen=True, slots=True)
class Beside:
    """Reads the files that rules name, from one folder alone: a text in a page is no path."""

    folder: Path

    def earlier(self, name: str, folder: Path) -> EarlierGroups:
        """Groups of an earlier run. Raises RosterError."""
        del folder
        return read_earlier(self._file(name), name, EARLIER)

    def weights(self, name: str, folder: Path) -> PairWeights:
        """What is told of pairs. Raises RosterError."""
        del folder
        return read_pair_weights(self._file(name), name)

    def _file(self, name: str) -> Path:
        if PureWindowsPath(name).name != name or name in ("", ".", ".."):
            raise RosterError([Finding(Severity.ERROR, _NO_NAME, name, hint=_NAME_ALONE)])
        return self.folder / name


_NO_NAME = _("This is not the name of a file alone")
_NAME_ALONE = _("Put the file into the folder where the groups will be, and write its name")
