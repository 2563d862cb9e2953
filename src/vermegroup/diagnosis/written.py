"""The rulebook as it is written: a repair is a change of its text, tried by the path of ``form``.

From text to rulebook, from rulebook to problem, from problem to groups: so a repair that the
reader refuses, or that a rule elsewhere in the text forbids, is none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from vermegroup.domain.findings import RulebookError
from vermegroup.domain.grouping import EarlierGroups
from vermegroup.domain.outcome import Outcome, Verdict
from vermegroup.domain.pair_weights import PairWeights
from vermegroup.domain.problem import Problem, problem_of, undressed
from vermegroup.domain.roster import Roster, value_key
from vermegroup.domain.split import parts_of
from vermegroup.rulebooks.entry import no_file
from vermegroup.rulebooks.read import rulebook_from_text
from vermegroup.rulebooks.split_by import PART_SECTIONS
from vermegroup.rulebooks.write import on_one_line, rulebook_text
from vermegroup.solver.search import Limits, Search

Sections = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Written:
    """A rulebook with its roster, and the ``problem`` in question.

    That is the whole, or where it is split, the one of the ``part`` with this value.
    """

    whole: Problem
    problem: Problem
    form: Callable[[Problem, Limits], Outcome]
    part: str | None = None

    def lines(self, sections: Sections) -> tuple[str, ...]:
        """A change of some sections as lines of the rulebook that go (-) and that come (+)."""
        if self.whole.rulebook.of_a_meeting:
            return tuple(self._lines_of_meetings(self.change(sections)))
        plain = self.whole.rulebook.written()
        before, after = list(_lines(plain)), list(_lines(self._changed(sections)))
        gone = [f"- {line}" for line in before if line not in after]
        return (*gone, *(f"+ {line}" for line in after if line not in before))

    def change(self, sections: Sections) -> Sections:
        """The sections as they are to be replaced: of a meeting, those of its own section."""
        book = self.problem.rulebook
        if not book.of_a_meeting:
            return sections
        groups = _mapping(sections.get("groups"))
        said = {"size": groups["size"]} if groups and groups["size"] != book.groups.sizes() else {}
        said |= {name: sections[name] for name in ("rules", "preferences") if name in sections}
        others = {name: value for name, value in sections.items() if name == "bands"}
        return {**others, **({"meetings": said} if said else {})}

    def _lines_of_meetings(self, sections: Sections) -> Iterator[str]:
        """What changes in the section on meetings, key by key, and in others."""
        plain, name = self.whole.rulebook.plain, "" if self.part is None else f"{self.part}: "
        own = plain if self.part is None else _mapping(self._sections_of_part(plain))
        before, said = _mapping(own.get("meetings")), _mapping(sections.get("meetings"))
        for sign, values in (("-", before), ("+", said)):
            for key in said:
                if key in values:
                    yield f"{sign} {name}meetings: {on_one_line({key: values[key]})}"
        if "bands" in sections:
            yield f"- bands: {on_one_line(plain.get('bands'))}"
            yield f"+ bands: {on_one_line(sections['bands'])}"

    def formed(
        self, sections: Sections, search: Search, roster: Roster | None = None
    ) -> bool | None:
        """Whether ``form`` forms groups after a change; None if it was not settled in time.

        ``roster`` is that of the whole, with whoever joins it.
        """
        problem = self.read(sections, roster)
        if problem is None:
            return False
        limits = replace(search.limits.only(search.left()), workers=1)
        # Whether there are groups does not depend on preferences, which take most of the time.
        verdict = self.form(problem.bare(), limits).verdict
        return {Verdict.FORMED: True, Verdict.IMPOSSIBLE: False}.get(verdict)

    def read(self, sections: Sections, roster: Roster | None = None) -> Problem | None:
        """The problem after a change of the text; None where that is refused."""
        text = rulebook_text(self._changed(sections))
        try:
            origin = self.whole.rulebook.origin
            book = rulebook_from_text(text, origin, earlier=self._known, weights=self._weights)
            whole_roster = undressed(self.whole) if roster is None else roster
            whole = problem_of(whole_roster, book)
        except RulebookError:
            return None
        return self._part_of(whole)

    def _known(self, file: str, folder: Path) -> EarlierGroups:
        """The earlier groups in a file, which was read and may have been given other ids since."""
        known = {earlier.file: earlier for earlier in self.whole.rulebook.earlier()}
        return known[file] if file in known else no_file(file, folder)

    def _weights(self, file: str, folder: Path) -> PairWeights:
        """What a file tells of pairs, likewise."""
        known = {weights.file: weights for weights in self.whole.rulebook.pair_weights()}
        return known[file] if file in known else no_file(file, folder)

    def _changed(self, sections: Sections) -> dict[str, Any]:
        """The whole rulebook with some sections replaced: those of the part, where there is one."""
        plain: dict[str, Any] = self.whole.rulebook.written()
        if self.part is None:
            return {**plain, **sections}
        of_part = {name: value for name, value in sections.items() if name in PART_SECTIONS}
        others = {name: value for name, value in sections.items() if name not in of_part}
        parts = _mapping(plain.get("parts"))
        key = next((name for name in parts if value_key(name) == value_key(self.part)), self.part)
        own = {**_mapping(self._sections_of_part(plain)), **of_part}
        return {**plain, **others, "parts": {**parts, key: own}}

    def _sections_of_part(self, plain: Sections) -> object:
        """What a rulebook says of the part."""
        parts, wanted = _mapping(plain.get("parts")), value_key(self.part or "")
        return next((own for name, own in parts.items() if value_key(name) == wanted), None)

    def _part_of(self, whole: Problem) -> Problem | None:
        if self.part is None:
            return whole
        return next((part.problem for part in parts_of(whole) if part.value == self.part), None)


def _lines(plain: Sections) -> Iterator[str]:
    """Each section on one line, each rule and preference on one of its own, under its part."""
    for name in ("groups", "bands", "rules", "preferences"):
        value = plain.get(name)
        for entry in value if isinstance(value, list) else [value]:
            if value is not None:
                yield f"{name}: {on_one_line(entry)}"
    for value, sections in _mapping(plain.get("parts")).items():
        for line in _lines(_mapping(sections)):
            yield f"{value}: {line}"


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}
