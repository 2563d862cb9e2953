"""What groups are called in another program, which cannot hold every name.

A name that a spreadsheet would take for a formula gets the word *Group* before it. An apostrophe
would defuse it too, but the program that reads the file would take that for a part of the name.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from vermegroup.domain.findings import Finding, Severity
from vermegroup.export.handout import Handout, HandoutGroup
from vermegroup.intake.cells import tidy
from vermegroup.intake.files.csv_text import is_formula
from vermegroup.language.catalogues import Language
from vermegroup.language.messages import N_, _

GROUP = N_("Group {name}")


@dataclass(frozen=True, slots=True)
class NamesElsewhere:
    """What a ``program`` takes as a name: at most so many characters, and none that is ``refused``.

    ``numbers`` says that it takes a mere number for a name, and not for a number of its own. The
    ``reserved`` names, in lower case, are there already.
    """

    program: str
    longest: int
    refused: re.Pattern[str] | None = None
    numbers: bool = True
    reserved: frozenset[str] = frozenset()

    def called(
        self, handout: Handout, language: Language
    ) -> tuple[Mapping[str, str], tuple[Finding, ...]]:
        """What each group is called there, by its id, each otherwise; and which are not as here."""
        names: dict[str, str] = {}
        taken = set(self.reserved)
        for group in handout.groups:
            names[group.id] = name = self._free(group, taken, language)
            taken.add(name.casefold())
        return names, tuple(self._changed(handout, names))

    def _free(self, group: HandoutGroup, taken: set[str], language: Language) -> str:
        name = self._fitting(group, "", language)
        number = 1
        while name.casefold() in taken:
            number += 1
            name = self._fitting(group, f" {number}", language)
        return name

    def _fitting(self, group: HandoutGroup, end: str, language: Language) -> str:
        name = one_line(group.title)
        if self.refused is not None:
            fitted = self.refused.sub("-", name)
            name = name if fitted == name else fitted.lstrip("-. ") or group.id
        is_number = not self.numbers and _NUMBER.fullmatch(name)
        if is_formula(name) or is_number:
            name = GROUP.filled(name=name).in_(language)
        return _shortened(name, end or _id_at_end(name), end, self.longest)

    def _changed(self, handout: Handout, names: Mapping[str, str]) -> Iterator[Finding]:
        for group in handout.groups:
            if names[group.id] != one_line(group.title):
                values = {"program": self.program, "name": names[group.id]}
                named = group.facts if group.facts and group.facts.name else None
                place = (named.file, named.row) if named and named.file else (handout.file, None)
                said = _CALLED.filled(**values)
                yield Finding(Severity.WARNING, said, *place, None, group.title, _RENAME)


def one_line(text: str) -> str:
    """A text without controls and line ends, as every file of another program can hold it."""
    return tidy(_CONTROLS.sub(" ", text))


def _shortened(name: str, kept: str, end: str, longest: int) -> str:
    """The name with its ``end``; where it is too long, shortened before what is ``kept`` of it."""
    whole = name + end
    if len(whole) <= longest:
        return whole
    cut = longest - len(kept) - 1
    while cut and unicodedata.category(name[cut]).startswith("M"):  # a mark on the letter before
        cut -= 1
    return f"{name[:cut].rstrip()}…{kept}"


def _id_at_end(name: str) -> str:
    found = _ID.search(name)
    return found[0] if found else ""


_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_ID = re.compile(r" \([^()]{1,12}\)$")
_NUMBER = re.compile(r"[+-]?[\d.,]+([eE][+-]?\d+)?")
_CALLED = N_("{program} cannot hold the name of a group as it is; there it is “{name}”")
_RENAME = _("Another name in group-facts.csv would be the same everywhere")
