"""A run in which nothing tells who somebody is: pseudonyms for ids, and no names.

Everything that comes in goes through here as soon as it is read: rosters, rulebooks, earlier
groups, the people mentioned in a call, and what is noticed in any of these. What the run makes of
it can then tell nobody's name. Order and equality stay as they are within a run, so that as a rule
the same groups come out.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import ClassVar, TypeVar

import numpy as np

from vermegroup.app.privacy.how import How, Openly
from vermegroup.app.privacy.identities import Identities
from vermegroup.app.privacy.renamed_table import (
    Change,
    RenamedTable,
    columns_of_pseudonyms,
    group_name,
    headed,
)
from vermegroup.app.privacy.retelling import Retelling, in_rules
from vermegroup.domain.findings import Finding, InputError, RosterError, Severity
from vermegroup.domain.grouping import EarlierGroups
from vermegroup.domain.kind import Renaming
from vermegroup.domain.roster import (
    Categories,
    Links,
    Numbers,
    Roster,
    SetAside,
    Sets,
    Table,
    Turns,
)
from vermegroup.domain.rulebook import GroupSpec, Rulebook
from vermegroup.intake.groups import Mention
from vermegroup.intake.headers.find_columns import NOTHING_CHOSEN
from vermegroup.intake.headers.recognise import plain
from vermegroup.intake.joined import Header, headers_of
from vermegroup.intake.ledger import Ledger
from vermegroup.intake.people.membership import Membership
from vermegroup.intake.pipeline import Look, ReadOptions, look_at, look_at_sheet
from vermegroup.intake.sheet import Sheet
from vermegroup.language.messages import Who, _, ngettext

Valued = TypeVar("Valued", Categories, Sets)
Headed = TypeVar("Headed", Categories, Sets, Numbers, Links, Turns)
_NO_RULES = Rulebook(GroupSpec(), (), (), ())


@dataclass(slots=True)
class Pseudonyms(Openly):
    """Calls people by pseudonyms; what one file of a run tells of them counts in the others."""

    open: ClassVar[bool] = False

    how: How
    people: Identities
    said: Retelling
    # What becomes of the values of each trait, and the bare headers of what is left out.
    _values: dict[str, Change] = field(default_factory=dict)
    _dropped: set[str] = field(default_factory=set)

    def id(self, id_: str) -> str:
        """The pseudonym of an id."""
        return self.people.pseudonym(id_)

    # what comes in ------------------------------------------------------------------------
    def look(self, look: Look, rulebook: Rulebook) -> Look:
        """The look by pseudonyms; columns that hold neither a trait nor an id are left out."""
        if look.table is None:
            return replace(look, findings=self.said.findings(look.findings))
        learnt = self._learn(look, look.table, rulebook)
        table, grouping, names = learnt.renamed(), look.grouping, group_name(self.people)
        left_out = learnt.left_out()
        notices = [_left_out(left_out, look.table.name)] if left_out else []
        notices += [_unnamed(header, n, table.name) for header, n in learnt.unnamed()]
        alone, told = learnt.alone()
        if alone:
            notices.append(_alone(alone, told, look))
        return replace(
            look,
            findings=self.said.findings([*look.findings, *notices]),
            table=table,
            columns=learnt.columns(),
            missing=tuple(map(self._trait, look.missing)),
            set_aside=self._aside(look.set_aside),
            roster=None if look.roster is None else self._roster(look.roster, table),
            people=None,
            grouping=grouping and replace(grouping, names=tuple(map(names, grouping.names))),
            permanent=tuple(map(names, look.permanent)),
        )

    def members(self, members: Membership, rulebook: Rulebook) -> Membership:
        """The members by pseudonyms; their file cannot be written again as it is."""
        joining = members.joining
        return replace(
            members,
            look=self.look(members.look, rulebook),
            gone=frozenset(map(self.people.pseudonym, members.gone)),
            known=tuple(
                replace(each, who=self.people.pseudonym(each.who)) for each in members.known
            ),
            joining=joining and replace(joining, name=self.file(joining.name)),
            text=None,
        )

    def newcomers(self, sheet: Sheet, reading: ReadOptions, members: Look) -> Sheet:
        """The newcomers by pseudonyms already, where those whom they join are."""
        roster, ledger = members.participants(), Ledger(sheet.table.name)
        if not any(map(self.people.is_pseudonym, roster.ids.tolist())):
            return sheet
        look = look_at_sheet(sheet, reading, NOTHING_CHOSEN, ledger, grouped=False)
        tells = columns_of_pseudonyms(members, self.people)
        return self._learn(look, sheet.table, reading.rulebook, tells).sheet(sheet)

    def rulebook(self, rulebook: Rulebook) -> Rulebook:
        """The rulebook by pseudonyms; of its columns those are left that stay."""
        told = [[id_ for ids in earlier.groups for id_ in ids] for earlier in rulebook.earlier()]
        for ids in (*told, *(weights.ids() for weights in rulebook.pair_weights())):
            self.people.learn(ids, map(self.people.pseudonym, ids), ids=True)
        names = Renaming(
            self.people.pseudonym,
            self._value,
            group_name(self.people),
            self.people.path,
            trait=self._trait,
        )
        book = rulebook.renamed(names)
        columns = {
            trait: self._heading(header)
            for trait, header in book.columns.items()
            if not self._dropped.intersection(map(plain, headers_of(header)))
        }
        return replace(book, columns=columns, origin=self.file(book.origin))

    def mentions(self, mentions: Sequence[Mention]) -> list[Mention]:
        """The people whom a call names, by pseudonyms."""
        return [
            replace(
                mention,
                text=self.people.pseudonym(mention.text),
                file=self.file(mention.file),
                person=None,
                meant=None,
                written="",
                shared=tuple(each.retold(self.people.pseudonym) for each in mention.shared),
                two=tuple(Who(self.people.pseudonym(each)) for each in mention.two),
            )
            for mention in mentions
        ]

    def earlier(self, earlier: EarlierGroups) -> EarlierGroups:
        """Who was together before, by pseudonyms."""
        return earlier.renamed(self.people.pseudonym, self.file)

    def findings(self, findings: Iterable[Finding]) -> tuple[Finding, ...]:
        """What was noticed, by pseudonyms."""
        return self.said.findings(findings)

    def file(self, name: str) -> str:
        """A file without the names of people in it, nor the place of it on this machine."""
        return self.people.file(name)

    def header(self, text: str) -> str:
        """The same without the names of people in it."""
        return self.people.called(text)

    def folder(self, folder: Path) -> Path:
        """A folder without the names of people in it."""
        return folder.with_name(self.people.called(folder.name)) if folder.name else folder

    # what is said of it -------------------------------------------------------------------
    @contextmanager
    def faults(self, *files: str | None) -> Iterator[None]:
        """What is at fault inside is told by pseudonyms."""
        try:
            yield
        except InputError as fault:
            self._learn_from(fault.findings, files)
            raise type(fault)(self.said.faults(fault.findings)) from None

    def _learn_from(self, findings: Sequence[Finding], files: Sequence[str | None]) -> None:
        """Learn who is in the files of a run that came to nothing."""
        faulty = {finding.file for finding in findings if not in_rules(finding)}
        for file in dict.fromkeys((*files, *sorted(faulty))):
            if file is not None and Path(file).is_file():
                reading = ReadOptions(_NO_RULES, self.how.sheet, self.how.columns, self.how.day)
                look = look_at(file, reading)
                if look.table is not None:
                    self._learn(look, look.table, _NO_RULES)

    def _learn(
        self, look: Look, table: Table, rulebook: Rulebook, tells: Collection[str] = ()
    ) -> RenamedTable:
        learnt = RenamedTable.of(look, table, self.people, rulebook.links(), tells)
        self._values |= learnt.values
        self._dropped |= set(map(plain, learnt.left_out()))
        self.said.learn(learnt)
        return learnt

    def _heading(self, header: Header) -> Header:
        """The header of a trait's column, or of several."""
        names = tuple(map(self.said.heading, headers_of(header)))
        return names[0] if isinstance(header, str) else names

    # a roster -----------------------------------------------------------------------------
    def _trait(self, name: str) -> str:
        return headed(name, self.people)

    def _value(self, trait: str, value: str) -> str:
        return self._values.get(plain(trait), self.people.scrubbed)(value)

    def _roster(self, roster: Roster, table: Table) -> Roster:
        pseudonym = self.people.pseudonym
        ids = np.empty(len(roster), dtype=object)
        ids[:] = [pseudonym(id_) for id_ in roster.ids.tolist()]
        _refuse_twice(ids.tolist(), roster, table)
        return replace(
            roster,
            ids=ids,
            labels=ids,
            table=table,
            categories={
                self._trait(trait): self._valued(trait, each)
                for trait, each in roster.categories.items()
            },
            numbers={
                self._trait(trait): self._headed(each) for trait, each in roster.numbers.items()
            },
            sets={
                self._trait(trait): self._valued(trait, each) for trait, each in roster.sets.items()
            },
            links={
                self._trait(trait): replace(
                    self._headed(links), unknown=tuple(map(pseudonym, links.unknown))
                )
                for trait, links in roster.links.items()
            },
            orders={
                self._trait(trait): self._headed(each) for trait, each in roster.orders.items()
            },
            set_aside=self._aside(roster.set_aside),
        )

    def _valued(self, trait: str, column: Valued) -> Valued:
        values = tuple(self._value(trait, text) for text in column.values)
        return replace(self._headed(column), values=values)

    def _headed(self, column: Headed) -> Headed:
        return replace(column, header=self.said.heading(column.header))

    def _aside(self, aside: Sequence[SetAside]) -> tuple[SetAside, ...]:
        return tuple(
            replace(
                person,
                reason=person.reason.retold(self.said.reason),
                id=self.people.pseudonym(person.id),
            )
            for person in aside
        )


def pseudonyms(how: How, key: bytes) -> Pseudonyms:
    """What calls people by the pseudonyms of a key."""
    people = Identities(key)
    return Pseudonyms(how, people, Retelling(people))


def _left_out(headers: Sequence[str], file: str) -> Finding:
    message = _("Left out, so that nothing tells who somebody is: {headers}", headers=list(headers))
    return Finding(Severity.NOTICE, message, file, hint=_KEEP)


def _unnamed(header: str, cells: int, file: str) -> Finding:
    message = ngettext(
        "In {n} cell of this column people were named: pseudonyms stand there instead",
        "In {n} cells of this column people were named: pseudonyms stand there instead",
        cells,
    )
    return Finding(Severity.WARNING, message, file, column=header, hint=_READ_THROUGH)


def _alone(count: int, headers: Sequence[str], look: Look) -> Finding:
    message = ngettext(
        "{n} person of {m} can be told from all others by what stays: {headers}",
        "{n} people of {m} can be told from all others by what stays: {headers}",
        count,
        m=len(look.participants()),
        headers=list(headers),
    )
    file = look.table.name if look.table is not None else ""
    return Finding(Severity.WARNING, message, file, hint=_WHO_KNOWS)


def _refuse_twice(ids: list[str], roster: Roster, table: Table) -> None:
    """Raise RosterError where somebody stands there by an id, and once more by its pseudonym."""
    first: dict[str, int] = {}
    for id_, row in zip(ids, roster.rows.tolist(), strict=True):
        before = first.setdefault(id_, row)
        if before != row:
            rows = [int(table.row_numbers[at]) for at in (before, row)]
            raise RosterError([_twice(id_, table.name, *rows)])


def _twice(id_: str, file: str, before: int, row: int) -> Finding:
    message = _(
        "{own} stands on row {before} already, there or here by a pseudonym of the same key",
        own=id_,
        before=before,
    )
    return Finding(Severity.ERROR, message, file, row, value=id_, hint=_REMOVE)


_KEEP = _('To keep one that tells nothing of that kind, name it: --column "score=Header"')
_READ_THROUGH = _(
    "Look through the column before you pass it on: people can be meant by other words"
)
_WHO_KNOWS = _("Whoever knows this of somebody can find that person in the results")
_REMOVE = _("Remove one of the two rows")
