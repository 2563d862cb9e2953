"""The traits that a rulebook needs, each read from its column by its own reader."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from vermegroup.domain.arrays import IntArray
from vermegroup.domain.findings import Severity
from vermegroup.domain.roster import Categories, Links, Numbers, Sets, Turns
from vermegroup.domain.rulebook import BandSet, Rulebook
from vermegroup.intake.answers import Answer
from vermegroup.intake.headers.find_columns import (
    Chosen,
    column_if_any,
    column_of,
    meaning,
    places_of,
)
from vermegroup.intake.headers.recognise import recognise
from vermegroup.intake.hours import near_times, when
from vermegroup.intake.joined import TIMES, JoinedColumns
from vermegroup.intake.ledger import MOST_TEXTS, Ledger, Remark, tell
from vermegroup.intake.municipalities.readings import (
    DERIVED,
    derived,
    place_meaning,
    read_municipalities,
    read_places,
)
from vermegroup.intake.people.attendance import newest_answer
from vermegroup.intake.people.called import Called, compact
from vermegroup.intake.people.identity import MeaningOf
from vermegroup.intake.people.people import People, called_as
from vermegroup.intake.people.told import (
    NAMED,
    and_more,
    meant_so,
    told_apart,
    who_is,
    write_one,
)
from vermegroup.intake.sheet import Sheet
from vermegroup.intake.ticks import Said
from vermegroup.intake.traits.categories import (
    WHOLE_COLUMN,
    is_numeric,
    note_no_numbers,
    read_categories,
    read_numbers,
)
from vermegroup.intake.traits.experience import (
    Until,
    read_experience,
    read_levels,
    tells_levels,
    words_for_years,
    years_meaning,
)
from vermegroup.intake.traits.turns import read_turns
from vermegroup.intake.traits.value_sets import (
    Cells,
    Commas,
    Settled,
    links_from,
    looks_like_sets,
    named_in,
    only_ticks,
    read_cells,
    sets_from,
    settled,
    whom,
)
from vermegroup.language.messages import N_, Who, _, either, ngettext
from vermegroup.language.terms import people_of, quoted

_NUMBERS = ("years",)
_NAMED = ("municipality",)
_MAY_BE_SEVERAL = (TIMES,)


def sorted_out(needs: Needs, sheet: Sheet, chosen: Chosen, ledger: Ledger) -> Needs:
    """The needs once each trait that is taken as it comes has the sort of its column.

    Numbers if all cells but few are, sets if cells seem to hold several values, else named values.
    One that has no column is left with the named values, where its absence is noted. So is one of
    which most cells are numbers, and which are not.
    """
    named, numbers, sets = [*needs.categories], [*needs.numbers], [*needs.sets]
    for trait in needs.either:
        place = column_if_any(trait, sheet, None, chosen)
        sort = named
        if meaning(trait) in _NUMBERS:
            sort = numbers
        elif place is not None and meaning(trait) not in _NAMED:
            column = sheet.column(place)
            if len(column.rows) and is_numeric(column):
                sort = numbers
            elif meaning(trait) in _MAY_BE_SEVERAL or looks_like_sets(sheet.written(place)):
                sort = sets
            else:
                note_no_numbers(column, ledger)
        sort.append(trait)
    return replace(needs, categories=tuple(named), numbers=tuple(numbers), sets=tuple(sets))


def read_sets(
    traits: Iterable[str], sheet: Sheet, ledger: Ledger, chosen: Chosen
) -> dict[str, Sets]:
    """Each trait's column as sets of values. A blank cell is a set of none, and is noted."""
    found: dict[str, Sets] = {}
    for trait in traits:
        place = column_of(trait, sheet, ledger, chosen)
        if place is not None and len(sheet.people):
            texts, header = sheet.written(place), sheet.name(place)
            cells = read_cells(texts)
            _note_commas(cells, texts, sheet.rows(), header, ledger)
            timed = TIMES in (meaning(trait), recognise(header))
            if timed and only_ticks(cells):
                ledger.error(_ONLY_TICKS, _OPTIONS, row=sheet.header_row, column=header)
                continue
            _note_unclear(sheet, place, ledger)
            answers = settled(cells, timed=timed)
            _note_answers(answers, texts, sheet.rows(), header, ledger)
            told = sets_from(texts, header, answers.cells, when if timed else None)
            found[trait] = _in_order(told, sheet.joined_at(place))
            if timed:
                _note_near(found[trait], ledger)
            _note_blank(found[trait], ledger)
    return found


_ONLY_TICKS = _("The cells say yes and no (or 1 and 0), and not which times are meant")
_OPTIONS = _(
    "Write the times into the cells, or give each time a column of its own with the time in its "
    "header: “Free times [Mon 16]”"
)
_UNCLEAR = N_("Neither yes, no nor a time is clear in “{text}”; it counts as no")
_YES_OR_NO = _("Write yes, no or the time alone")
_REMARKED = N_("“{text}” is read as yes; the remark is not heeded")
_NEAR = N_("Not read as one, though they may be the same time: {pairs}")
_ALIKE = _("Where they are the same, write them alike")


def _note_unclear(sheet: Sheet, place: int, ledger: Ledger) -> None:
    """Tell of cells below a time that say neither yes nor no, or more than that."""
    several = sheet.joined_at(place)
    if several is None or not several.of_times():
        return
    for at, part in enumerate(several.places):
        column = sheet.column(part)
        remarks: dict[int, Remark] = {}
        for code, text in enumerate(column.values):
            said = several.said(at, text)
            if Said.UNCLEAR in said:
                remarks[code] = Remark(Severity.WARNING, _UNCLEAR.filled(text=text), _YES_OR_NO)
            elif Said.REMARKED in said:
                remarks[code] = Remark(Severity.NOTICE, _REMARKED.filled(text=text))
        tell(remarks, column, ledger)


def _note_near(trait: Sets, ledger: Ledger) -> None:
    """Tell once of times that seem to be one, and are not surely so."""
    pairs = near_times(trait.values)
    if pairs:
        each = [either([quoted(one), quoted(two)]) for one, two in pairs]
        message = _NEAR.filled(pairs=and_more(each, len(each)))
        ledger.warning(message, _ALIKE, column=trait.header)


def read_links(needs: Needs, people: People, ledger: Ledger, chosen: Chosen) -> dict[str, Links]:
    """Each trait's column as names of other participants; a blank cell names nobody.

    An entry that means nobody or several is an error where a rule needs it.
    """
    traits = needs.links
    if not traits:
        return {}
    called, sheet = people.called(), people.sheet
    found: dict[str, Links] = {}
    for trait in traits:
        place = column_of(trait, sheet, ledger, chosen)
        if place is not None:
            texts, header = sheet.written(place), sheet.name(place)
            gone = called_as(people.gone)
            found[trait] = links_from(texts, called, header, gone)
            first = _first_rows(texts, called, sheet.rows().tolist())
            _note_shortened(first, called, gone, people, header, ledger)
            _note_unknown(found[trait], first, called, people, ledger, ruled=trait in needs.ruled)
    return found


def _first_rows(texts: list[str], called: Called, rows: list[int]) -> dict[str, int]:
    """Whom the cells name, each as written, with the first row."""
    first: dict[str, int] = {}
    for text, row in zip(texts, rows, strict=True):
        for value in named_in(text, called):
            first.setdefault(value, row)
    return first


def _note_shortened(
    first: Mapping[str, int],
    called: Called,
    gone: Called,
    people: People,
    header: str,
    ledger: Ledger,
) -> None:
    """Tell whom first names alone were read as."""
    meant = [
        (Who(value, value), who_is(people.persons, place))
        for value in first
        if not called.places(value) and (place := whom(value, called, gone)) is not None
    ]
    if meant:
        ledger.notice(meant_so(meant), column=header)


def _note_unknown(
    links: Links,
    first: Mapping[str, int],
    called: Called,
    people: People,
    ledger: Ledger,
    *,
    ruled: bool,
) -> None:
    """Tell of texts that mean nobody or several: an error where a rule speaks of the column."""
    for value in links.unknown[:MOST_TEXTS]:
        alike = [told_apart(people.persons, place) for place in called.near(value)]
        if ruled:
            message = (_NAMES_SEVERAL if alike else _IS_NOBODY).filled(own=Who(value))
            hint = write_one(alike) if alike else _BY_ID
            ledger.error(message, hint, row=first[value], column=links.header, value=value)
        elif alike:
            message = _NOT_CERTAIN.filled(own=Who(value), near=either(alike[:_MOST_OPTIONS]))
            ledger.warning(message, _BY_ID, row=first[value], column=links.header, value=value)
        elif _DENIED.search(value):
            message = _NO_WISH.filled(own=Who(value))
            ledger.warning(message, _AVOID, row=first[value], column=links.header, value=value)


# "en halua samaan ryhmään …", "vill inte vara med …", "not with …"
_DENIED = re.compile(
    r"\b(?:en|ei)\b.*\b(?:halua|tahdo|kanssa|samaan)\b|\b(?:inte|ej)\b.*\b(?:med|vara|samma)\b"
    r"|(?:\bnot|n['’]t)\b.*\b(?:with|same|want)\b",
    re.IGNORECASE,
)
_NO_WISH = N_("“{own}” sounds like somebody to avoid, and is not heeded among the wishes")
_AVOID = _(
    "Put the name into a column of its own, and write apart: {{from: COLUMN}} in the rulebook"
)
_NAMES_SEVERAL = N_("“{own}” may be any of several participants")
_NOT_CERTAIN = N_("“{own}” is not heeded, for it is not certain who is meant: did you mean {near}?")
_IS_NOBODY = N_("“{own}” is no participant, so the rule cannot heed it")
_BY_ID = _("Write the id, name or e-mail of a participant, or take out who is none")


def _in_order(trait: Sets, several: JoinedColumns | None) -> Sets:
    """The values in the order of the columns that were joined, if they were."""
    if several is None:
        return trait
    order = several.order(trait.values)
    values = tuple(trait.values[place] for place in order)
    return replace(trait, member=trait.member[:, order], values=values)


_MOST_OPTIONS = 5
_BY_SEMICOLONS = _("Where it is otherwise, separate the options by semicolons")


def _note_commas(
    cells: Cells, texts: Sequence[str], rows: IntArray, header: str, ledger: Ledger
) -> None:
    """Tell that commas belong to the options of a column, or may do so."""
    if cells.commas is not Commas.SEPARATE:
        message = _(
            "A comma belongs to the options of this column: {options}",
            options=list(map(quoted, cells.with_commas()[:_MOST_OPTIONS])),
        )
        note = ledger.notice if cells.commas is Commas.INSIDE else ledger.warning
        note(message, _BY_SEMICOLONS, column=header)
    elif cells.twice is not None:
        text, value = cells.twice
        message = _("“{value}” stands twice in one cell, and counts once", value=value)
        row = int(rows[list(texts).index(text)])
        ledger.warning(message, _BY_SEMICOLONS, row=row, column=header, value=text)


_ANSWERS = {
    Answer.DOUBTFUL: (
        N_("A doubtful answer counts as no; so answered {people}: {values}"),
        _("Where it is a yes after all, write it without the doubt"),
    ),
    Answer.NONE: (
        N_("What is no value that people can share counts for nothing; {people}: {values}"),
        _("Write the value that is meant, if there is one"),
    ),
    Answer.ANY: (
        N_("Who can always has all the values of this column; so answered {people}: {values}"),
        None,
    ),
}


def _note_answers(
    answers: Settled, texts: Sequence[str], rows: IntArray, header: str, ledger: Ledger
) -> None:
    """Tell once of each kind of answer that is none of the options, and how many gave which."""
    for answer, (form, hint) in _ANSWERS.items():
        told = [(at, said) for at, text in enumerate(texts) if (said := answers.of(text, answer))]
        told.sort(key=lambda each: int(rows[each[0]]))
        if told:
            first, value = told[0]
            counts = Counter(compact(each) for _at, each in told)
            spelt = {compact(each): each for _at, each in reversed(told)}
            each = [NAMED.filled(name=quoted(spelt[key]), n=n) for key, n in counts.most_common()]
            message = form.filled(people=people_of(len(told)), values=and_more(each, len(each)))
            note = ledger.notice if answer is Answer.ANY else ledger.warning
            note(message, hint, row=int(rows[first]), column=header, value=value)


def _note_blank(trait: Sets, ledger: Ledger) -> None:
    without = int((~trait.member.any(axis=1)).sum())
    if without == len(trait.member):
        ledger.error(WHOLE_COLUMN, column=trait.header)
    elif without:
        message = ngettext(
            "{people} has no value in the column “{header}”",
            "{people} have no value in the column “{header}”",
            without,
            people=people_of(without),
            header=trait.header,
        )
        ledger.notice(message)


Trait = TypeVar("Trait", Categories, Numbers, Turns)
_TELLING = ("municipality", "years", "profession", "unit", "organisation")


@dataclass(slots=True)
class TraitReader:
    """Reads the traits of a sheet's people; what is at fault goes to the ledger."""

    sheet: Sheet
    ledger: Ledger
    chosen: Chosen
    today: date | None = None
    located: tuple[str, ...] = ()

    def read(self, needs: Needs) -> tuple[dict[str, Categories], dict[str, Numbers]]:
        """The traits by the names that the rulebook gives them."""
        if not len(self.sheet.people):
            return {}, {}
        self.located = needs.places
        bands = {band_set.of: band_set for band_set in needs.banded.values()}
        categories = _present(needs.categories, self._category)
        numbers = _present(needs.numbers, lambda trait: self._number(trait, bands.get(trait)))
        for trait, band_set in needs.banded.items():
            if band_set.of not in numbers and band_set.of not in needs.numbers:
                self._read_banded(trait, band_set, categories, numbers)
        return categories, numbers

    def orders(self, needs: Needs, numbers: Mapping[str, Numbers]) -> dict[str, Turns]:
        """The traits that tell whose turn comes first, given the numbers that were read."""
        return _present(needs.orders, lambda trait: self._turns(trait, numbers.get(trait)))

    def _turns(self, trait: str, known: Numbers | None) -> Turns | None:
        if known is None and meaning(trait) in _NUMBERS:
            known = self._number(trait, None)
        if known is not None:
            return Turns(-known.ticks, known.header)
        place = column_of(trait, self.sheet, self.ledger, self.chosen)
        return None if place is None else read_turns(self.sheet.column(place), self.ledger)

    def _category(self, trait: str) -> Categories | None:
        known = meaning(trait)
        if known in DERIVED and not places_of(trait, self.sheet, self.chosen):
            source = places_of("municipality", self.sheet, self.chosen)
            if len(source) == 1:
                return derived(known, self.sheet.column(source[0]), self.ledger)
        place = column_of(trait, self.sheet, self.ledger, self.chosen)
        if place is None:
            return None
        read = read_municipalities if known == "municipality" else read_categories
        if trait in self.located:
            read = read_places
        return read(self.sheet.column(place), self.ledger)

    def _number(self, trait: str, band_set: BandSet | None) -> Numbers | None:
        place = column_of(trait, self.sheet, self.ledger, self.chosen)
        if place is None:
            return None
        column = self.sheet.column(place)
        if meaning(trait) != "years":
            return read_numbers(column, self.ledger)
        if band_set is not None and tells_levels(column, band_set):
            self.ledger.error(*words_for_years(trait), column=column.header)
            return None
        return read_experience(column, self.ledger, self._until)

    def _read_banded(
        self,
        trait: str,
        band_set: BandSet,
        categories: dict[str, Categories],
        numbers: dict[str, Numbers],
    ) -> None:
        """Read the number that bands are made of, or the words that tell the bands themselves."""
        places = places_of(band_set.of, self.sheet, self.chosen)
        words = places_of(trait, self.sheet, self.chosen)
        if len(words) == 1 and (not places or trait in self.chosen):
            categories[trait] = read_levels(self.sheet.column(words[0]), band_set, self.ledger)
            return
        if len(places) == 1:
            column = self.sheet.column(places[0])
            if tells_levels(column, band_set):
                categories[trait] = read_levels(column, band_set, self.ledger)
                return
        number = self._number(band_set.of, None)
        if number is not None:
            numbers[band_set.of] = number

    def _until(self) -> Until:
        """The day of the newest answer, or today."""
        place = column_if_any("answered", self.sheet, None, self.chosen)
        newest = newest_answer(self.sheet.column(place)) if place is not None else None
        if newest is not None:
            return Until(newest.date(), newest=True)
        return Until(self.today or date.today(), newest=False)


def _present(traits: tuple[str, ...], read: Callable[[str], Trait | None]) -> dict[str, Trait]:
    found = ((trait, read(trait)) for trait in traits)
    return {trait: values for trait, values in found if values is not None}


def details_of(needs: Needs, sheet: Sheet, chosen: Chosen) -> dict[int, MeaningOf]:
    """The columns by which people of one name are told apart: those that the rules speak of."""
    return _single(needs.columns(), sheet, chosen) or _single(_TELLING, sheet, chosen)


def telling(needs: Needs, sheet: Sheet, chosen: Chosen) -> dict[int, MeaningOf]:
    """The columns that tell of people what seldom changes, or what a rule speaks of; an e-mail."""
    traits = (*needs.columns(), *_TELLING, "email")
    return _single(tuple(trait for trait in traits if trait not in needs.orders), sheet, chosen)


def _single(traits: tuple[str, ...], sheet: Sheet, chosen: Chosen) -> dict[int, MeaningOf]:
    found: dict[int, MeaningOf] = {}
    for trait in traits:
        places = places_of(trait, sheet, chosen)
        if len(places) == 1:
            found[places[0]] = _MEANINGS.get(meaning(trait), str.casefold)
    return found


_MEANINGS: Mapping[str, MeaningOf] = {"municipality": place_meaning, "years": years_meaning}


@dataclass(frozen=True, slots=True)
class Needs:
    """Traits by name: those read as named values, as numbers, as sets of values, as other people.

    ``either`` are those taken as they come, of whatever sort the column turns out to be.
    ``banded`` are named values that are made of a number, or told in words in its place. Of
    ``places``, which are among the named values, it is asked where they are. ``orders`` tell
    whose turn comes first. ``ruled`` are the ``links`` that a rule speaks of.
    """

    categories: tuple[str, ...]
    numbers: tuple[str, ...]
    banded: Mapping[str, BandSet]
    sets: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    either: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    orders: tuple[str, ...] = ()
    ruled: frozenset[str] = frozenset()

    def columns(self) -> tuple[str, ...]:
        """Every trait that has a column of its own, that of a band's number among them."""
        traits = (*self.categories, *self.numbers, *self.sets, *self.links, *self.either)
        traits += self.orders
        return (*traits, *(band_set.of for band_set in self.banded.values()))


def needs_of(rulebook: Rulebook) -> Needs:
    """The traits a roster must have; bands (new, experienced) ask for the number they are of."""
    band_sets = {band_set.trait: band_set for band_set in rulebook.bands}
    named, either = rulebook.categories(), rulebook.either()
    counted = {t for kind in rulebook.kinds() for t in kind.numbers() if t not in kind.either()}
    certain = {*named, *counted, *rulebook.sets(), *band_sets}
    return Needs(
        categories=tuple(sorted(named - band_sets.keys())),
        numbers=tuple(sorted(counted)),
        banded={trait: band_sets[trait] for trait in sorted((named | either) & band_sets.keys())},
        sets=tuple(sorted(rulebook.sets())),
        links=tuple(sorted(rulebook.links())),
        either=tuple(sorted(either - certain)),
        places=tuple(sorted(rulebook.places())),
        orders=tuple(sorted(rulebook.orders())),
        ruled=frozenset(trait for kind in rulebook.rules for trait in kind.links()),
    )
