"""A roster's file by pseudonyms: which columns stay, and what stands in their cells."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd

from vermegroup.app.privacy.identities import Identities, meaning
from vermegroup.app.privacy.private_columns import MAY_BE_FREE, PrivateColumns, private_columns
from vermegroup.domain.grouping import means_waiting, usual_number
from vermegroup.domain.roster import Table
from vermegroup.intake.cells import split_values, tidy
from vermegroup.intake.headers.added import added_in, called
from vermegroup.intake.headers.find_columns import SeenColumn, deciding
from vermegroup.intake.headers.recognise import plain, recognise
from vermegroup.intake.headers.vocabulary import WORDS
from vermegroup.intake.people.attendance import with_marks
from vermegroup.intake.people.called import Called, compact
from vermegroup.intake.people.meeting_columns import PERMANENT
from vermegroup.intake.people.not_people import telling_word
from vermegroup.intake.people.people import called_as
from vermegroup.intake.people.statuses import Status, status_of
from vermegroup.intake.pipeline import Look
from vermegroup.intake.sheet import Sheet
from vermegroup.intake.traits.categories import parsed
from vermegroup.intake.traits.value_sets import named_in, whom

_LONG_ID = 5
Change = Callable[[str], str]

_GROUPS = frozenset(map(plain, (*called("group"), *called(PERMANENT))))


@dataclass(slots=True)
class RenamedTable:
    """What becomes of the columns of one file, once ``people`` know everybody in it.

    ``cells`` leads from the place of each column that stays to the change of its cells, and
    ``values`` from what a rulebook calls a column to the change of its values. ``private`` are the
    columns whose cells are pseudonyms.
    """

    look: Look
    table: Table
    people: Identities
    places: PrivateColumns
    tells: Collection[str] = ()
    row_ids: list[str] = field(default_factory=list)
    cells: dict[int, Change] = field(default_factory=dict)
    values: dict[str, Change] = field(default_factory=dict)
    private: set[int] = field(default_factory=set)

    @classmethod
    def of(
        cls,
        look: Look,
        table: Table,
        people: Identities,
        links: Iterable[str],
        tells: Collection[str] = (),
    ) -> RenamedTable:
        """Learn who is in the file, and decide on each of its columns.

        ``links`` are what the rulebook calls columns that name others; ``tells`` are the bare
        headers of columns of people in another file.
        """
        places = private_columns(table, look.columns, frozenset(links))
        renamed = cls(look, table, people, places, tells)
        renamed.row_ids = renamed._ids_by_row()
        renamed._learn()
        for place, column in enumerate(look.columns):
            renamed._decide(place, column)
        return renamed

    def renamed(self) -> Table:
        """The table with what stays.

        A row that was merged into another is marked as withdrawn: nothing but the id would tell
        now that both are the same person.
        """
        names = [str(self.table.cells.columns[place]) for place in self.cells]
        cells = [_each(self._cells(place), change) for place, change in self.cells.items()]
        headings = [[row[place] for place in self.cells] for row in self.table.headings]
        headings = [row for row in headings if any(row)] or [list(names)]
        if self.places.ids:
            cells[list(self.cells).index(self.places.ids[0])] = self.row_ids
        else:
            cells.insert(0, self.row_ids)
            names.insert(0, added_in(self.table.language).id)
            headings = [["", *row] for row in headings]
            headings[-1][0] = names[0]
        frame = pd.DataFrame(dict(enumerate(cells)), dtype=str).set_axis(names, axis="columns")
        table = replace(
            self.table,
            name=self.people.path(self.table.name),
            cells=frame,
            headings=tuple(map(tuple, headings)),
            ids="",
        )
        return self._with_merged(table)

    def sheet(self, sheet: Sheet) -> Sheet:
        """The sheet that the table is of, with what stays."""
        table = self.renamed()
        names = tuple(map(str, table.cells.columns))
        added = () if self.places.ids else names[:1]
        header = (*added, *(sheet.header[place] for place in self.cells))
        return replace(sheet, table=table, header=(*header, *names[len(header) :]), names=names)

    def left_out(self) -> list[str]:
        """The headers of the columns that do not stay."""
        kept = {plain(self.look.columns[place].header) for place in self.cells}
        headers = dict.fromkeys(column.header for column in self.look.columns)
        return [header for header in headers if plain(header) not in ("", *kept)]

    def unnamed(self) -> list[tuple[str, int]]:
        """The headers of free columns with people named in them, and in how many cells."""
        found: list[tuple[str, int]] = []
        for place, change in self.cells.items():
            if change == self.people.nameless:
                cells = self._cells(place)
                changed = sum(a != b for a, b in zip(cells, _each(cells, change), strict=True))
                found += [(self.look.columns[place].header, changed)] if changed else []
        return found

    def alone(self) -> tuple[int, list[str]]:
        """How many participants are told from all others by what stays, and what that is."""
        roster = self.look.roster
        hidden = (*self.places.ids, *self.private)
        told = [
            place
            for place in self.cells
            if place not in hidden and self.look.columns[place].trait != "group"
        ]
        if roster is None or not told:
            return 0, []
        cells = self.table.cells.iloc[roster.rows, told]
        unique = ~cells.duplicated(keep=False).to_numpy()
        return int(unique.sum()), [self.look.columns[place].header for place in told]

    def _ids_by_row(self) -> list[str]:
        """The pseudonym of each row: of its own id, or of one that was made up."""
        ids = [""] * len(self.table.cells)
        for place in reversed(self.places.ids):
            ids = [cell or before for cell, before in zip(self._texts(place), ids, strict=True)]
        roster = self.look.roster
        if roster is not None:
            for row, id_ in zip(roster.rows.tolist(), roster.ids.tolist(), strict=True):
                ids[row] = id_
        for row, winner in self._merged():
            ids[row] = ids[winner]
        hidden = list(map(self.people.pseudonym, ids))
        at_row = {number: at for at, number in enumerate(self.table.row_numbers.tolist())}
        for aside in self.look.set_aside:
            row = at_row[aside.row]
            # A total keeps its word, so that it stays one, wherever the word stood.
            hidden[row] = telling_word(aside) or hidden[row] or self.people.pseudonym(aside.id)
        return hidden

    def _merged(self) -> list[tuple[int, int]]:
        """The rows that were merged into others, with those."""
        place = {row: at for at, row in enumerate(self.table.row_numbers.tolist())}
        return [
            (place[aside.row], place[aside.merged_into])
            for aside in self.look.set_aside
            if aside.merged_into is not None
        ]

    def _with_merged(self, table: Table) -> Table:
        rows = np.array([row for row, _ in self._merged()], dtype=np.int64)
        if not len(rows):
            return table
        marked = [column.header for column in self.look.columns if column.trait == "cancelled"]
        names = added_in(table.language)
        header = deciding("cancelled", marked) or names.withdrawn
        return with_marks(table, header, rows, names.merged)

    def _learn(self) -> None:
        pseudonym = self.people.pseudonym
        for place in self.places.ids:
            cells = self._texts(place)
            self.people.learn(cells, map(pseudonym, cells), ids=True)
        if self.look.roster is not None:
            ids = list(map(str, self.look.roster.ids))
            self.people.learn(ids, map(pseudonym, ids), ids=True)
        naming = (*self.places.naming, *self.places.likely)
        for place in sorted(naming, key=self._is_of_others):
            cells = self._texts(place)
            row_ids = [""] * len(cells) if self._is_of_others(place) else self.row_ids
            pairs = zip(cells, row_ids, strict=True)
            self.people.learn(cells, (row_id or pseudonym(cell) for cell, row_id in pairs))
        names = [self._texts(place) for place in self.places.names]
        if len(names) > 1:
            whole = (" ".join(filter(None, parts)) for parts in zip(*names, strict=True))
            self.people.learn(whole, self.row_ids)
        for texts in names:
            self.people.learn_names(texts)
        for place in set(self.places.naming).difference(self.places.names):
            self.people.learn_handles(self._texts(place))

    def _is_of_others(self, place: int) -> bool:
        """Whether a column may name a booker, say, rather than the participant."""
        return self.look.columns[place].trait not in WORDS

    def _decide(self, place: int, column: SeenColumn) -> None:
        change = self._change(place, column)
        if change is None:
            return
        self.cells[place] = change
        if column.asked is not None:
            self.values[plain(column.asked)] = change

    def _change(self, place: int, column: SeenColumn) -> Change | None:
        """What becomes of the cells of a column; None where it is left out."""
        if place in self.places.ids:
            self.private.add(place)
            return lambda cell: self.people.pseudonym(tidy(cell))
        if place in self.places.links:
            self.private.add(place)
            return self._linking()
        if place not in self.places.kept or self._needlessly_names(place, column):
            return None
        if column.trait in WORDS and place not in self.places.naming:
            return self._of_trait(column)
        if self._is_number(column) or not self._of_people(place):
            return self._of_trait(column)
        self.private.add(place)
        return self._of_each(column)

    def _needlessly_names(self, place: int, column: SeenColumn) -> bool:
        """Whether somebody is named in a column of texts that no rule needs.

        There may be more names in it, of people whom the file does not have.
        """
        if column.asked is not None or column.trait not in MAY_BE_FREE:
            return False
        return any(self.people.scrubbed(cell) != cell for cell in set(self._cells(place)))

    def _of_trait(self, column: SeenColumn) -> Change:
        if column.trait == "group" or plain(column.header) in _GROUPS:
            return group_name(self.people)
        if not self._is_number(column):
            return self.people.nameless if _is_free(column) else self.people.scrubbed
        return lambda cell: cell if parsed(tidy(cell)) is not None else self.people.scrubbed(cell)

    def _is_number(self, column: SeenColumn) -> bool:
        roster = self.look.roster
        return column.trait == "years" or (roster is not None and column.asked in roster.numbers)

    def _of_people(self, place: int) -> bool:
        """Whether a column's cells are people: by name or e-mail some, or by their ids all."""
        values = {value for cell in set(self._cells(place)) for value in split_values(cell)}
        if place in self.places.naming or plain(self.look.columns[place].header) in self.tells:
            return True
        if any(self.people.tells(value) or self.people.is_pseudonym(value) for value in values):
            return True
        if all(len(value) < _LONG_ID and value.isdigit() for value in values):
            return False  # a class, or a number of children, and no id
        return all(meaning(value) in self.people.known for value in values)

    def _linking(self) -> Change:
        """Each person whom a cell names; who is no participant has a pseudonym, too."""
        people = self.look.people
        called = Called() if people is None else people.called()
        gone = Called() if people is None else called_as(people.gone)
        ids = [] if people is None else people.persons.ids.tolist()

        def one(text: str) -> str:
            place = whom(text, called, gone)
            return self.people.pseudonym(text if place is None else ids[place])

        def change(cell: str) -> str:
            return ", ".join(map(one, named_in(cell, called))) if cell.strip() else cell

        return change

    def _of_each(self, column: SeenColumn) -> Change:
        """People as values of a trait: those that are one value stay one, and no others do."""
        spelled = {compact(value): value for value in self._values_of(column)}

        def one(text: str) -> str:
            text = spelled.get(compact(text), text)
            return self.people.ids.get(meaning(text)) or self.people.pseudonym(text)

        return lambda cell: "; ".join(map(one, split_values(cell)))

    def _values_of(self, column: SeenColumn) -> tuple[str, ...]:
        """The values of a column under the spelling by which they go."""
        roster, trait = self.look.roster, column.asked or ""
        holdings = roster and (roster.categories.get(trait) or roster.sets.get(trait))
        return holdings.values if holdings else ()

    def _cells(self, place: int) -> list[str]:
        cells: list[str] = self.table.cells.iloc[:, place].tolist()
        return cells

    def _texts(self, place: int) -> list[str]:
        return _each(self._cells(place), tidy)


def _is_free(column: SeenColumn) -> bool:
    """Whether people may have written names into a column: its values are none that are known."""
    return column.trait == "theme" or column.trait not in WORDS


def columns_of_pseudonyms(look: Look, people: Identities) -> set[str]:
    """The bare headers of a file's columns in which there are pseudonyms already."""
    if look.table is None:
        return set()
    cells = look.table.cells
    return {
        plain(column.header)
        for place, column in enumerate(look.columns)
        if any(
            people.is_pseudonym(value)
            for cell in set(cells.iloc[:, place])
            for value in split_values(cell)
        )
    }


def group_name(people: Identities) -> Change:
    """What becomes of a group's name; such as say no more than a number or a letter stay.

    Of a cancellation that stands in place of one no reason stays.
    """

    def change(name: str) -> str:
        if status_of(tidy(name)) is Status.CANCELLED:
            return "cancelled"
        plainly = means_waiting(name) or all(map(_is_plain, name.split()))
        return name if plainly and not people.tells(name) else people.group(name)

    return change


def _is_plain(word: str) -> bool:
    return len(word) == 1 or usual_number(word) is not None or recognise(word) == "group"


def _each(cells: list[str], changed: Change) -> list[str]:
    """Every cell changed, each distinct text once."""
    new = {cell: changed(cell) for cell in dict.fromkeys(cells)}
    return [new[cell] for cell in cells]
