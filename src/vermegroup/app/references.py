"""Whom a run means: people in rules and in earlier files, found among those of the roster."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from vermegroup.app.privacy.how import Openly
from vermegroup.domain.findings import Finding, RulebookError, Severity
from vermegroup.domain.grouping import EarlierGroups
from vermegroup.domain.kind import Kind, Renaming
from vermegroup.domain.persons import Persons, texts_of
from vermegroup.domain.roster import Roster
from vermegroup.domain.rulebook import Rulebook
from vermegroup.intake.cells import split_values
from vermegroup.intake.groups import Mention
from vermegroup.intake.people.called import Called
from vermegroup.intake.people.linkage import Linkage, free_id, linkage_findings, linked
from vermegroup.intake.people.membership import Meant
from vermegroup.intake.people.people import People, called_as
from vermegroup.intake.people.told import meant_so, told_apart, who_is, write_one
from vermegroup.intake.pipeline import Look
from vermegroup.language.messages import N_, Who
from vermegroup.rebalancing.mentioned import Register
from vermegroup.rulebooks.entries import note_contradictions
from vermegroup.rulebooks.faults import Faults
from vermegroup.rules.selectors.pairs import OfPairs, stands_twice


def resolved(look: Look, rulebook: Rulebook, names: Openly) -> tuple[Look, Rulebook]:
    """The rulebook with the ids of a look's people, and the look with what there is to say of it.

    Whom a rule names and nobody is called is left as written.

    Raises:
        RulebookError: somebody who is named may be several, or an earlier file has nobody who is
            there, or gives the ids to others.
    """
    if look.people is None:
        return look, rulebook
    references = References(look.people, names)
    rulebook = references.rulebook(rulebook)
    references.stop_on_faults()
    references.note_lists_of_people(look, rulebook)
    return replace(look, findings=(*look.findings, *references.notices)), rulebook


def people_meant(
    texts: Sequence[str], option: str, roster: Roster, meant: Meant, names: Openly
) -> tuple[list[int], tuple[Finding, ...]]:
    """Where those stand whom texts mean by id, name or e-mail, and what is to say of that.

    Raises:
        InputError: somebody is not there, may be several, or is meant twice; every fault.
    """
    register = Register(roster)
    mentions = names.mentions(meant.by_id(map(Mention, texts)))
    places = register.found(mentions, option) if texts else []
    register.stop_on_faults()
    return places, tuple(register.notices)


@dataclass(slots=True)
class References:
    """Finds people of a roster; ``faults`` and ``notices`` are what there is to say of it."""

    people: People
    names: Openly
    faults: list[Finding] = field(default_factory=list)
    notices: list[Finding] = field(default_factory=list)
    _earlier: dict[EarlierGroups, EarlierGroups] = field(default_factory=dict)
    _found: dict[str, Who] = field(default_factory=dict)
    _called: list[Called] = field(default_factory=list)

    def rulebook(self, rulebook: Rulebook) -> Rulebook:
        """The rulebook where everybody goes by the roster's ids."""
        names = Renaming(self._person, lambda _, value: value, str, str, self.earlier)
        kinds = rulebook.kinds()
        for kind in kinds:
            self._note_shared(kind, rulebook.origin)
            self._note_twice(kind, rulebook.origin)
        if not any(kind.ids() or kind.earlier() or kind.pair_weights() for kind in kinds):
            return rulebook
        book = rulebook.renamed(names)
        self._note_meant(rulebook)
        self._note_contradictions(book)
        return book

    def _note_contradictions(self, rulebook: Rulebook) -> None:
        """Note rules that contradict each other now that a name and an id mean one person."""
        faults, split = Faults(rulebook.origin), rulebook.split
        for book in (rulebook,) if split is None else split.rulebooks():
            meetings = () if book.meetings is None else book.meetings.rules
            for rules in (book.rules, meetings):
                note_contradictions(rules, {}, faults, split=split is not None)
        self.faults += faults.findings()

    def earlier(self, earlier: EarlierGroups) -> EarlierGroups:
        """Earlier groups by the roster's ids; of those who are not there, by ids of nobody."""
        if earlier.persons is None:
            return earlier
        if earlier not in self._earlier:
            self._earlier[earlier] = self._linked(earlier, earlier.persons)
        return self._earlier[earlier]

    def note_lists_of_people(self, look: Look, rulebook: Rulebook) -> None:
        """Note columns by whose values people are parted, and whose cells list people."""
        asked = {
            trait: (kind.kind, hint) for kind in rulebook.kinds() for trait, hint in kind.parts_by()
        }
        for trait, (name, hint) in asked.items():
            column = look.roster and look.roster.categories.get(trait)
            if column and _lists_people(column.values, self._all()[0]):
                message = _LISTS.filled(header=column.header)
                place = (rulebook.origin, None, name, trait)
                said = hint.filled(column=column.header)
                self.notices.append(Finding(Severity.WARNING, message, *place, said))

    def stop_on_faults(self) -> None:
        """Raise RulebookError with every fault noted."""
        if self.faults:
            raise RulebookError(self.faults)

    def linkage(self, there: Persons) -> Linkage:
        """Who of some others is who here, by the ids that the run goes by."""
        return linked(*(self._as_named(persons) for persons in (self.people.persons, there)))

    def _as_named(self, persons: Persons) -> Persons:
        return persons if self.names.open else persons.with_ids(self.names.id)

    def _linked(self, earlier: EarlierGroups, there: Persons) -> EarlierGroups:
        found = self.linkage(there)
        gone = self._as_named(self.people.gone)
        for finding in linkage_findings(found, gone, earlier.file):
            kind = self.faults if finding.severity is Severity.ERROR else self.notices
            kind.append(finding)
        ids = ids_here(found, self.people.persons, there)
        groups = tuple(tuple(ids[id_] for id_ in each) for each in earlier.groups)
        return replace(earlier, groups=groups, persons=None)

    def _person(self, text: str) -> str:
        """The id of whom a text means; the text where that is nobody."""
        if text not in self._found:
            self._found[text] = self._who(text)
        return self._found[text]

    def _who(self, text: str) -> Who:
        known = zip((self.people.persons, self.people.gone), self._all(), strict=True)
        for persons, called in sorted(known, key=lambda each: text not in each[1].ids):
            places = called.places(text)
            if len(places) == 1:
                return who_is(persons, places[0])
            if places:
                break
        return Who(text)

    def _all(self) -> list[Called]:
        """What those are called who are there, and those who are set aside."""
        if not self._called:
            self._called += [self.people.called(), called_as(self.people.gone)]
        return self._called

    def _note_shared(self, kind: Kind, file: str) -> None:
        """Note whom a rule names that may be several."""
        for text in kind.ids():
            places = self._all()[0].places(text)
            if len(places) > 1:
                message = _SHARED.filled(kind=kind.kind, own=Who(text))
                hint = write_one([told_apart(self.people.persons, place) for place in places])
                place = (file, None, kind.kind, text)
                self.faults.append(Finding(Severity.ERROR, message, *place, hint))

    def _note_twice(self, kind: Kind, file: str) -> None:
        """Note whom a list names twice, once by name, say, and once by id."""
        for ids in kind.pairs.lists if isinstance(kind, OfPairs) else ():
            who = list(map(self._person, ids))
            if len(set(who)) < len(who):
                message = stands_twice(max(who, key=who.count))
                self.faults.append(Finding(Severity.ERROR, message, file, None, kind.kind))

    def _note_meant(self, rulebook: Rulebook) -> None:
        named = {id_ for kind in rulebook.kinds() for id_ in kind.ids()}
        meant = {text: who for text, who in self._found.items() if text in named and text != who}
        if meant and self.names.open:
            message = meant_so(list(meant.items()))
            self.notices.append(Finding(Severity.NOTICE, message, rulebook.origin))


def _lists_people(cells: Sequence[str], called: Called) -> bool:
    """Whether most of what cells list is people; numbers alone may well be classes."""
    lists = list(map(split_values, cells))
    values = {value for each in lists for value in each}
    if all(map(str.isdigit, values)) and all(len(each) < 2 for each in lists):
        return False
    return sum(called.place(value) is not None for value in values) * 2 > len(values)


def ids_here(found: Linkage, here: Persons, there: Persons) -> dict[str, str]:
    """The id here of each id there; who is not found has one that nobody has here."""
    taken = set(here.ids.tolist())
    return {
        id_: here.ids[place] if place >= 0 else free_id(id_, taken)
        for id_, place in zip(there.ids.tolist(), found.place.tolist(), strict=True)
    }


def with_ids_of(earlier: Look, later: Look, names: Openly) -> tuple[Look, tuple[Finding, ...]]:
    """An earlier look whose people go by the ids of a later one, and what is to say of it.

    Raises:
        RulebookError: nobody is in both, or the ids are those of others.
    """
    if earlier.people is None or later.people is None or earlier.roster is None:
        return earlier, ()
    references = References(later.people, names)
    there = earlier.people.persons
    found = references.linkage(there)
    gone = references.people.gone
    findings = linkage_findings(found, gone, earlier.roster.table.name)
    references.faults += [each for each in findings if each.severity is Severity.ERROR]
    references.stop_on_faults()
    ids = ids_here(found, later.people.persons, there)
    persons = replace(there, ids=texts_of([ids[id_] for id_ in there.ids.tolist()]))
    people = replace(earlier.people, persons=persons)
    roster = replace(earlier.roster, ids=persons.ids)
    return replace(earlier, people=people, roster=roster), tuple(findings)


_SHARED = N_("{kind} names {own}, but several participants are called so")
_LISTS = N_("The cells of “{header}” list people, but only people with equal cells are kept apart")
