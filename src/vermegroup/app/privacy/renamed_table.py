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
from vermegroup.intake.cells import TEXT, split_values, tidy
from vermegroup.intake.headers.added import added_in, called
from vermegroup.intake.headers.find_columns import SeenColumn, deciding
from vermegroup.intake.headers.join import with_joined
from vermegroup.intake.headers.recognise import plain, recognise, unique
from vermegroup.intake.headers.vocabulary import WORDS
from vermegroup.intake.joined import is_tick
from vermegroup.intake.people.attendance import meaning_of_status, with_marks
from vermegroup.intake.people.called import Called, compact
from vermegroup.intake.people.meeting_columns import PERMANENT
from vermegroup.intake.people.not_people import telling_word
from vermegroup.intake.people.people import called_as
from vermegroup.intake.people.statuses import Status, bare_status, is_marked, status_of
from vermegroup.intake.pipeline import Look
from vermegroup.intake.sheet import Sheet
from vermegroup.intake.traits.categories import parsed
from vermegroup.intake.traits.value_sets import named_in, whom

_LONG_ID = 5
_OF_PLACES = ("unit", "organisation", "municipality", "region")
_STATUSES = ("status", "cancelled")
_GONE = (Status.CANCELLED, Status.DOUBTED)
Change = Callable[[str], str]

_GROUPS = frozenset(map(plain, (*called("group"), *called(PERMANENT))))


@dataclass(slots=True)
class RenamedTable:
    """What becomes of the columns of one file, once ``people`` know everybody in it.

    ``cells`` leads from the place of each column that stays to the change of its cells, and
    ``values`` from what a rulebook calls a column to the change of its values. ``private`` are the
    columns whose cells are pseudonyms. ``headers`` leads from each header that names people to what
    stands in its place, and ``called`` are those whom columns of wishes may name.
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
    headers: dict[str, str] = field(default_factory=dict)
    called: Called = field(default_factory=Called)

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
        if places.links and look.people is not None:
            renamed.called = look.people.called()
        renamed._learn()
        renamed._name_columns()
        for place, column in enumerate(look.columns):
            renamed._decide(place, column)
        return renamed

    def renamed(self) -> Table:
        """The table with what stays.

        A row that was merged into another is marked as withdrawn: nothing but the id would tell
        now that both are the same person.
        """
        names = [self.heading(str(self.table.cells.columns[place])) for place in self.cells]
        cells = [_each(self._cells(place), change) for place, change in self.cells.items()]
        headings = [
            [self._written(row[place], place) for place in self.cells]
            for row in self.table.headings
        ]
        headings = [row for row in headings if any(row)] or [list(names)]
        if self.places.ids:
            cells[list(self.cells).index(self.places.ids[0])] = self.row_ids
        else:
            cells.insert(0, self.row_ids)
            names.insert(0, added_in(self.table.language).id)
            headings = [["", *row] for row in headings]
            headings[-1][0] = names[0]
        frame = pd.DataFrame(dict(enumerate(cells)), dtype=TEXT).set_axis(
            unique(tuple(names)), axis="columns"
        )
        table = replace(
            self.table,
            name=self.people.path(self.table.name),
            cells=frame,
            headings=tuple(map(tuple, headings)),
            group=self.heading(self.table.group),
            ids="",
        )
        return self._with_merged(table)

    def sheet(self, sheet: Sheet) -> Sheet:
        """The sheet that the table is of, with what stays."""
        table = self.renamed()
        names = tuple(map(str, table.cells.columns))
        added = () if self.places.ids else names[:1]
        header = (*added, *(self.heading(sheet.header[place]) for place in self.cells))
        header = (*header, *names[len(header) :])
        return with_joined(replace(sheet, table=table, header=header, names=names), {})

    def heading(self, header: str) -> str:
        """A header without the people in it."""
        return self.headers.get(header) or headed(header, self.people)

    def columns(self) -> tuple[SeenColumn, ...]:
        """The columns that stay, as they are called now."""
        kept = (self.look.columns[place] for place in self.cells)
        return tuple(
            replace(
                column,
                header=self.heading(column.header),
                trait=column.trait and headed(column.trait, self.people),
                asked=column.asked and headed(column.asked, self.people),
            )
            for column in kept
        )

    def left_out(self) -> list[str]:
        """The headers of the columns that do not stay."""
        kept = {plain(self.look.columns[place].header) for place in self.cells}
        headers = dict.fromkeys(column.header for column in self.look.columns)
        return [header for header in headers if plain(header) not in ("", *kept)]

    def unnamed(self) -> list[tuple[str, int]]:
        """The headers of columns of texts with people named in them, and in how many cells."""
        found: list[tuple[str, int]] = []
        for place, change in self.cells.items():
            column = self.look.columns[place]
            if not (place in self.private or _is_status(column) or _is_group(column)):
                cells = self._cells(place)
                changed = sum(a != b for a, b in zip(cells, _each(cells, change), strict=True))
                found += [(column.header, changed)] if changed else []
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
        header = self.heading(deciding("cancelled", marked) or names.withdrawn)
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
        for texts in names or map(self._texts, self.places.likely):
            self.people.learn_names(texts)
        for place in set(self.places.naming).difference(self.places.names):
            self.people.learn_handles(self._texts(place))

    def _name_columns(self) -> None:
        for place, column in enumerate(self.look.columns):
            new = self._written(column.header, place)
            if new != column.header:
                self.headers[column.header] = new

    def _written(self, text: str, place: int) -> str:
        """What stands above a column, of which an option may be somebody's name."""
        option = self.look.columns[place].option
        if not option or place not in self.places.links:
            return headed(text, self.people)
        stem, bracket, rest = text.rpartition(option)
        if not bracket:
            return headed(text, self.people)
        if stem.endswith("___"):  # behind which no hyphen is part of an option
            stem, rest = f"{stem[:-3]} [", f"{rest}]"
        return f"{headed(stem, self.people)}{self._participant(option)}{rest}"

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
            return self._linking(column.option)
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
        if _is_status(column):
            return self._of_status(column)
        if _is_group(column):
            return group_name(self.people)
        unnamed = self.people.nameless
        if self._is_number(column):
            return lambda cell: cell if parsed(tidy(cell)) is not None else unnamed(cell)
        return self.people.nameless_place if column.trait in _OF_PLACES else unnamed

    def _of_status(self, column: SeenColumn) -> Change:
        """Of what is written into a status only its meaning stays: it may say who comes instead."""
        marks = column.trait == "cancelled"
        read = is_marked if marks else meaning_of_status(column.header)

        def change(cell: str) -> str:
            text = tidy(cell)
            bare = bare_status(text, read, self.table.language)
            return cell if bare == text == self.people.nameless(text) else bare

        return change

    def statuses(self) -> dict[str, str]:
        """What stands for the texts that tell of a status, but for those that stay."""
        found: dict[str, str] = {}
        for place, change in self.cells.items():
            trait = self.look.columns[place].trait
            if trait in (*_STATUSES, "group"):
                texts = {tidy(cell) for cell in self._cells(place)}
                if trait == "group":
                    texts = {text for text in texts if status_of(text) in _GONE}
                found |= {text: new for text in texts if (new := change(text)) != text}
        return found

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

    def _linking(self, option: str) -> Change:
        """Each person whom a cell names, participant or not; below an option ticks stay."""

        def change(cell: str) -> str:
            if not cell.strip() or (option and all(map(is_tick, split_values(cell)))):
                return cell
            return ", ".join(map(self._participant, named_in(cell, self.called)))

        return change

    def _participant(self, text: str) -> str:
        """The pseudonym of the participant whom a text means, or else of the text."""
        people = self.look.people
        place = None if people is None else whom(text, self.called, called_as(people.gone))
        if people is None or place is None:
            return self.people.pseudonym(text)
        return self.people.pseudonym(str(people.persons.ids[place]))

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

    Of a cancellation that stands in place of one no reason stays. What may be one remains so.
    """

    def change(name: str) -> str:
        status = status_of(tidy(name))
        if status in _GONE:
            return "cancelled" if status is Status.CANCELLED else f"cancelled? {people.group(name)}"
        plainly = means_waiting(name) or all(map(_is_plain, name.split()))
        return name if plainly and not people.tells(name) else people.group(name)

    return change


def _is_status(column: SeenColumn) -> bool:
    return column.trait in _STATUSES and column.asked is None


def _is_group(column: SeenColumn) -> bool:
    return column.trait == "group" or plain(column.header) in _GROUPS


def _is_plain(word: str) -> bool:
    return len(word) == 1 or usual_number(word) is not None or recognise(word) == "group"


def headed(header: str, people: Identities) -> str:
    """A header, or a trait, without people; a single word that its trait is known by is no name."""
    changed = people.heading(header)
    known = recognise(changed) == recognise(header)
    return changed if known else people.heading(header, words=False)


def _each(cells: list[str], changed: Change) -> list[str]:
    """Every cell changed, each distinct text once."""
    new = {cell: changed(cell) for cell in dict.fromkeys(cells)}
    return [new[cell] for cell in cells]
