"""Which column holds what: as it was recognised, and as somebody says otherwise.

What is said stands in the rules, in their section ``columns``. A column that is to hold nothing is
named there as a trait that no rule asks for: so nothing else takes it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from vermegroup.app.init import without_note
from vermegroup.edit.starting.beginning import Beginning
from vermegroup.intake.cells import tidy
from vermegroup.intake.headers.find_columns import SINGLE
from vermegroup.language.catalogues import Language
from vermegroup.language.messages import Message, verbatim
from vermegroup.report.check_text import TRAITS
from vermegroup.rulebooks.amend import sections_of, with_sections

NOTHING = ""
_UNUSED = "unused"
_SHOWN = 3


@dataclass(frozen=True, slots=True)
class ColumnChoice:
    """A column by its ``place``, its header, what it holds (``trait``), and some of its cells.

    Without a header the rules cannot name it: it is not ``choosable``.
    """

    place: int
    header: str
    trait: str
    choosable: bool
    cells: tuple[str, ...]

    @property
    def field(self) -> str:
        """The name of its field in a form."""
        return f"column{self.place}"


def column_choices(beginning: Beginning) -> tuple[ColumnChoice, ...]:
    """Every column of the roster that has a header or is of use."""
    columns = beginning.look.columns
    return tuple(
        ColumnChoice(
            place,
            column.header,
            NOTHING if column.trait is None or _is_unused(column.trait) else column.trait,
            bool(column.header),
            _cells(beginning, place),
        )
        for place, column in enumerate(columns)
        if column.header or column.trait
    )


def traits_offered(beginning: Beginning) -> dict[str, Message]:
    """What a column may hold, as people call it; with the traits that the rules ask for."""
    own = (column.trait for column in beginning.look.columns)
    asked = (*beginning.look.missing, *filter(None, own))
    others = {trait: verbatim(trait) for trait in asked if not _is_unused(trait)}
    return {**TRAITS, **{trait: said for trait, said in others.items() if trait not in TRAITS}}


def with_choices(beginning: Beginning, chosen: Mapping[str, str], language: Language) -> Beginning:
    """The roster read again with columns as chosen, by the names of their fields.

    Rules that nobody has changed are made again, so that they ask for what the columns hold.

    Raises RulebookError where the rules' text cannot be read at all.
    """
    offered = traits_offered(beginning)
    columns, again = column_choices(beginning), False
    for column in columns:
        trait = chosen.get(column.field, column.trait)
        if trait != column.trait and column.choosable and (trait in offered or trait == NOTHING):
            beginning = _with_choice(beginning, column, trait)
            again = True
    return replace(beginning.drafted_again(language), corrected=True) if again else beginning


def _with_choice(beginning: Beginning, column: ColumnChoice, trait: str) -> Beginning:
    said = sections_of(beginning.text).get("columns")
    columns = dict(said) if isinstance(said, Mapping) else {}
    columns = {name: value for name, value in columns.items() if not _only(value, column.header)}
    if column.trait:
        _set(columns, column.trait, _others(beginning, column, column.trait))
    if trait == NOTHING:
        columns[_free_name(columns)] = column.header
    elif trait in SINGLE and trait != "name":
        columns[trait] = column.header
    else:
        _set(columns, trait, [*_others(beginning, column, trait), column.header])
    text = with_sections(without_note(beginning.text), {"columns": columns or None})
    return beginning.under(text)


def _others(beginning: Beginning, column: ColumnChoice, trait: str) -> list[str]:
    """The headers of the other columns that hold a trait."""
    choices = column_choices(beginning)
    return [each.header for each in choices if each.trait == trait and each.place != column.place]


def _set(columns: dict[str, object], trait: str, headers: list[str]) -> None:
    if headers:
        columns[trait] = headers[0] if len(headers) == 1 else headers
    else:
        columns.pop(trait, None)


def _only(value: object, header: str) -> bool:
    return value in (header, [header])


def _free_name(columns: Mapping[str, object]) -> str:
    number = 1
    while f"{_UNUSED} {number}" in columns:
        number += 1
    return f"{_UNUSED} {number}"


def _is_unused(trait: str) -> bool:
    first, _space, number = trait.partition(" ")
    return first == _UNUSED and number.isdecimal()


def _cells(beginning: Beginning, place: int) -> tuple[str, ...]:
    """Some of what stands in a column, each once."""
    table = beginning.look.table
    if table is None or beginning.how.key is not None:
        return ()
    found: dict[str, None] = {}
    for cell in table.cells.iloc[:200, place].tolist():
        if text := tidy(cell):
            found.setdefault(text)
        if len(found) == _SHOWN:
            break
    return tuple(found)
