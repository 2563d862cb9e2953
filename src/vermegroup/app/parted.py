"""Who was together in the groups that a run replaces, and is not in its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from vermegroup.app.privacy.how import Openly
from vermegroup.app.references import References
from vermegroup.domain.bonds import bonds_between
from vermegroup.domain.findings import Finding, InputError, Severity
from vermegroup.domain.grouping import WAITLIST, EarlierGroups
from vermegroup.domain.outcome import Outcome
from vermegroup.intake.people.identity import MADE_UP
from vermegroup.intake.people.linkage import NOBODY, Linkage
from vermegroup.intake.people.people import People
from vermegroup.intake.pipeline import read_earlier
from vermegroup.language.messages import _, ngettext
from vermegroup.report.calls import call, file_word
from vermegroup.report.folder import GROUPS, sha256


@dataclass(frozen=True, slots=True)
class Parted:
    """So many pairs ``of`` those who were together in the groups ``file`` are ``parted``.

    ``changes`` are the options of a rebalancing that would not part them; None where there is no
    such call, or it would tell who is behind a pseudonym.
    """

    parted: int
    of: int
    file: str
    changes: tuple[str, ...] | None

    def told(self, earlier: Path | None) -> Finding:
        """The warning; ``earlier`` is where the replaced groups are now."""
        message = ngettext(
            "The new groups part {n} of the {of} pairs of people who were together in those that "
            "they replace",
            "The new groups part {n} of the {of} pairs of people who were together in those that "
            "they replace",
            self.parted,
            of=self.of,
        )
        hint = None
        if self.changes is not None and earlier is not None:
            groups = file_word(str(earlier / GROUPS))
            hint = _(
                "This keeps people together and changes only what it must: {call}",
                call=call("rebalance", groups, *self.changes),
            )
        return Finding(Severity.WARNING, message, file=self.file, hint=hint)


@dataclass(frozen=True, slots=True)
class _Known:
    """Groups as they were ``read``, who of them is who here, and the same by the ids ``here``."""

    read: EarlierGroups
    found: Linkage
    here: EarlierGroups


@dataclass(frozen=True, slots=True)
class Replacing:
    """What a run knows of its people, to tell whom its groups part.

    ``roster`` is the file of the roster, and ``options`` are those it was read with.
    """

    outcome: Outcome
    people: People
    names: Openly
    roster: str
    options: tuple[str, ...] = ()

    def parted(self, folder: Path, files: Mapping[str, bytes]) -> Parted | None:
        """Whom the groups in ``files`` part of those in the folder; None where nobody is.

        Nothing is said where it is not certain who of the folder's people is who on the roster.
        """
        known = self._replaced(folder) if GROUPS in files else None
        if known is None or known.read.sha256 == sha256(files[GROUPS]):
            return None
        assert self.outcome.grouping is not None
        bonds = bonds_between(self._before(known.here), self.outcome.grouping.group_of)
        if not bonds.broken:
            return None
        changes = self._changes(known.found, known.read) if self.names.open else None
        return Parted(bonds.broken, bonds.before, str(folder / GROUPS), changes)

    def same_groups(self, folder: Path) -> Mapping[str, str]:
        """The groups in the folder of which one here has the same people, each with its name."""
        known, grouping = self._replaced(folder), self.outcome.grouping
        if known is None or grouping is None:
            return {}
        ids = self.outcome.problem.roster.ids
        by_members = {
            frozenset(map(str, ids[grouping.members(group)])): name
            for group, name in enumerate(grouping.names)
        }
        groups = zip(known.read.names, map(frozenset, known.here.groups), strict=True)
        return {name: by_members[group] for name, group in groups if group in by_members}

    def _replaced(self, folder: Path) -> _Known | None:
        """The groups in a folder; None where it is not certain who of theirs is who here."""
        groups = folder / GROUPS
        if self.outcome.grouping is None or not groups.is_file():
            return None
        try:
            earlier = read_earlier(groups, GROUPS)
        except InputError:
            return None
        if earlier.persons is None:
            return None
        references = References(self.people, self.names)
        found = references.linkage(earlier.persons)
        same = references.earlier(earlier)
        if references.faults or not _certain(found):
            return None
        return _Known(earlier, found, self.names.earlier(same))

    def _before(self, earlier: EarlierGroups) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
        roster = self.outcome.problem.roster
        before = np.full(len(roster), WAITLIST, dtype=np.int64)
        for group, ids in enumerate(earlier.groups):
            places = roster.positions(ids)
            before[places[places >= 0]] = group
        return before

    def _changes(self, found: Linkage, earlier: EarlierGroups) -> tuple[str, ...] | None:
        """The options that say who joined and who left; None where nothing of the kind changed."""
        ids = found.there.ids
        roster = self.outcome.problem.roster
        here = roster.positions([str(id_) for id_ in found.here.ids])
        stays = (found.place != NOBODY) & (here[found.place] >= 0)
        grouped = {id_ for group in earlier.groups for id_ in group}
        left = [str(id_) for id_ in ids[~stays] if id_ in grouped]
        joined_them = len(roster) > int(stays.sum())
        if not (left or joined_them) or self.roster == "-" or not all(map(_may_be_named, left)):
            return None
        joining = ("--joining", file_word(self.roster)) if joined_them else ()
        leaving = ("--left", ",".join(left)) if left else ()
        return (*joining, *leaving, *self.options)


def _certain(found: Linkage) -> bool:
    """Whether ids say who is who, and they are no row's number."""
    if found.renumbered or found.clashing.any():
        return False
    matched = (found.place != NOBODY) & ~found.by_name
    nameless = matched & (found.there.names == "") & (found.there.emails == "")
    return not any(MADE_UP.fullmatch(str(id_)) for id_ in found.there.ids[nameless])


def _may_be_named(id_: str) -> bool:
    return not (MADE_UP.fullmatch(id_) or set(id_) & set(",;"))
