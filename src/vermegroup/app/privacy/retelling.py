"""What was noticed, told again without what tells who somebody is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import PurePath

from vermegroup.app.privacy.identities import Identities, meaning
from vermegroup.app.privacy.renamed_table import Change, RenamedTable
from vermegroup.domain.findings import Finding
from vermegroup.domain.problem import NO_NAMES
from vermegroup.intake.people.statuses import OTHER
from vermegroup.intake.people.told import MEANT
from vermegroup.language.messages import Who, _

_LEFT_OUT = "…"
_RULEBOOKS = (".yaml", ".yml", ".json")


@dataclass(slots=True)
class Retelling:
    """Tells findings about files, once it has learned of these."""

    people: Identities
    _private: dict[str, Change] = field(default_factory=dict)
    _kept: dict[str, Change] = field(default_factory=dict)
    _headers: dict[str, str] = field(default_factory=dict)
    _statuses: dict[str, str] = field(default_factory=dict)
    # Headers of a file in which nobody can be told from anybody: they may be its first person.
    _doubted: set[str] = field(default_factory=set)
    # Whether the first file has no names: it knows nobody by another's name.
    _ids_alone: bool | None = None

    def learn(self, learnt: RenamedTable) -> None:
        """What becomes of the columns of one more file."""
        columns = learnt.look.columns
        self._private |= {columns[place].header: learnt.cells[place] for place in learnt.private}
        free = {name for name, _cells in learnt.unnamed()}
        self._kept |= {
            columns[place].header: (
                change if columns[place].header in free else self.people.scrubbed
            )
            for place, change in learnt.cells.items()
        }
        if not (learnt.places.ids or learnt.places.naming):
            doubted = {column.header for column in columns if column.trait is None}
            self.people.learn(doubted, map(self.people.pseudonym, doubted))
            self.people.learn_names(doubted)
            self._doubted |= doubted
        self._headers |= learnt.headers
        self._statuses |= {
            text: _LEFT_OUT if new in OTHER else new for text, new in learnt.statuses().items()
        }
        if self._ids_alone is None:
            self._ids_alone = not (learnt.places.naming or learnt.places.likely)

    def reason(self, text: str) -> str:
        """A text that tells why a row is set aside: of a status only its meaning stays."""
        return self._statuses.get(text) or self.people.scrubbed(text)

    def heading(self, header: str) -> str:
        """What a header is called, or a text that cites some of them."""
        for old, new in self._headers.items():
            header = header.replace(old, new)
        return header

    def findings(self, findings: Iterable[Finding]) -> tuple[Finding, ...]:
        """The findings by pseudonyms; what stands in no result is not cited.

        Nothing is left of it whom a name means.
        """
        told = (finding for finding in findings if finding.message.template != MEANT)
        return tuple(map(self._finding, told))

    def faults(self, findings: Iterable[Finding]) -> tuple[Finding, ...]:
        """The same without guesses at who was meant: pseudonyms look alike for no reason."""
        return tuple(map(self._without_guess, self.findings(findings)))

    def _finding(self, finding: Finding) -> Finding:
        cited, beside = self._changes(finding)
        value = finding.value and (self._statuses.get(finding.value) or cited(finding.value))

        def change(text: str) -> str:
            if isinstance(text, Who):
                return self.people.pseudonym(text)
            if text.strip("”") in self._doubted:
                return _LEFT_OUT
            text = self.heading(text) if text != finding.value else text
            return value or "" if text == finding.value and not in_rules(finding) else beside(text)

        return replace(
            finding,
            message=finding.message.retold(change),
            file=self.people.file(finding.file),
            column=finding.column and self._place(finding),
            value=value,
            hint=None if finding.hint is None else finding.hint.retold(change),
        )

    def _place(self, finding: Finding) -> str:
        """The column, or what a rulebook has as a key."""
        place = finding.column or ""
        if in_rules(finding):
            return self._exactly(place)
        return _LEFT_OUT if place in self._doubted else self.heading(place)

    def _changes(self, finding: Finding) -> tuple[Change, Change]:
        """What becomes of a finding's value, and of whatever else it cites."""
        if finding.column in self._private:
            return self._private[finding.column], self._exactly
        if finding.column in self._kept:
            change = self._kept[finding.column]
            return change, change
        return self._hidden, self._exactly if in_rules(finding) else self.people.cited

    def _exactly(self, text: str) -> str:
        pseudonym = self.people.known.get(meaning(text))
        return self.people.scrubbed(text) if pseudonym is None else pseudonym

    def _hidden(self, text: str) -> str:
        """A text that stands nowhere in a result: a title, or a cell of a column left out."""
        hidden = self.people.known.get(meaning(text), text)
        return hidden if self.people.is_pseudonym(hidden) else _LEFT_OUT

    def _without_guess(self, finding: Finding) -> Finding:
        pseudonym = self.people.is_pseudonym(finding.value or "")
        guessed = pseudonym and finding.column not in self._private
        return replace(finding, hint=NO_NAMES if self._ids_alone else _WHO) if guessed else finding


def in_rules(finding: Finding) -> bool:
    """Whether a finding is about a rulebook: its words are ours but for the people it names."""
    return PurePath(finding.file).suffix in _RULEBOOKS


_WHO = _("Without --pseudonymise it is told who is meant")
