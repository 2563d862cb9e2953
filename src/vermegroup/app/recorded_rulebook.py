"""The rulebook that a record tells, with the files that it names, wherever these are now.

What they say of people is in the record, too. The file itself is read where it is still the same:
it tells who somebody is whose id is another one by now.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vermegroup.domain.findings import Finding, RulebookError, Severity
from vermegroup.domain.grouping import EarlierGroups
from vermegroup.domain.pair_weights import PairWeights
from vermegroup.domain.rulebook import Rulebook
from vermegroup.intake.files.readings import EARLIER, WEIGHTS
from vermegroup.intake.files.source import UnopenedError, looked_at, named_from
from vermegroup.intake.pair_weights import read_named_weights, read_pair_weights
from vermegroup.intake.pipeline import read_earlier, read_named
from vermegroup.language.messages import _
from vermegroup.report.folder import provenance_in
from vermegroup.rulebooks.read import rulebook_from_text
from vermegroup.rulebooks.write import rulebook_text


def recorded_rulebook(record: Path) -> Rulebook:
    """The rulebook that a ``report.json`` tells.

    Raises:
        RulebookError: it tells none, or it cannot be read.
    """
    try:
        entry = provenance_in(record)
        text, files = rulebook_text(entry["rulebook"]), _RecordedFiles.of(entry)
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as fault:
        raise RulebookError([_unreadable(record)]) from fault
    return rulebook_from_text(text, str(record), earlier=files.earlier, weights=files.weights)


@dataclass(frozen=True, slots=True)
class _RecordedFiles:
    """What a record tells of the files that its rulebook names, by their names.

    ``paths`` are where they were, by their hashes; nowhere with pseudonyms, since the files have
    the ids that these stand for.
    """

    groups: Mapping[str, EarlierGroups]
    pairs: Mapping[str, PairWeights]
    paths: Mapping[str, Sequence[str]] | None

    @classmethod
    def of(cls, entry: Mapping[str, Any]) -> _RecordedFiles:
        files = entry.get("rulebook_files") or []
        paths: dict[str, list[str]] = {}
        hidden = bool((entry.get("call") or {}).get("pseudonymised"))
        for each in entry["inputs"] if files and not hidden else ():
            paths.setdefault(each["sha256"], []).append(each["path"])
        groups = [_groups(each) for each in files if "groups" in each]
        pairs = [_pairs(each) for each in files if "pairs" in each]
        return cls(
            {each.file: each for each in groups},
            {each.file: each for each in pairs},
            None if hidden else paths,
        )

    def earlier(self, name: str, folder: Path) -> EarlierGroups:
        """Earlier groups."""
        known = self.groups.get(name)
        if known is None:
            return read_named(name, folder)
        path = self._same(name, folder, EARLIER, known.sha256)
        return known if path is None else read_earlier(path, name)

    def weights(self, name: str, folder: Path) -> PairWeights:
        """What pairs weigh."""
        known = self.pairs.get(name)
        if known is None:
            return read_named_weights(name, folder)
        path = self._same(name, folder, WEIGHTS, known.sha256)
        return known if path is None else read_pair_weights(path, name)

    def _same(self, name: str, folder: Path, role: str, sha256: str) -> Path | None:
        """Where the very file is; None where it is not found, or is another one by now."""
        for path in self._places(name, folder, role, sha256):
            with suppress(UnopenedError):
                if hashlib.sha256(looked_at(role, path)).hexdigest() == sha256:
                    return path
        return None

    def _places(self, name: str, folder: Path, role: str, sha256: str) -> Iterator[Path]:
        if self.paths is not None:
            yield from map(Path, self.paths.get(sha256, ()))
            yield named_from(folder, name, role)


def _groups(plain: Mapping[str, Any]) -> EarlierGroups:
    groups = tuple(tuple(map(str, ids)) for ids in plain["groups"])
    return EarlierGroups(str(plain["name"]), groups, str(plain["sha256"]))


def _pairs(plain: Mapping[str, Any]) -> PairWeights:
    pairs = tuple((str(one), str(other), int(ticks)) for one, other, ticks in plain["pairs"])
    return PairWeights(
        str(plain["name"]), pairs, int(plain["ticks_per_unit"]), str(plain["sha256"])
    )


def _unreadable(record: Path) -> Finding:
    return Finding(
        Severity.ERROR,
        _("This file should tell which rulebook holds, and cannot be read"),
        file=str(record),
        hint=_("Name a rulebook with --rules or --profile"),
    )
