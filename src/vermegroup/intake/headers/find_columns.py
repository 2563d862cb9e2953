"""Which column of a sheet holds which trait, and what is said where none or several do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from types import MappingProxyType

from vermegroup.intake.cells import split_values
from vermegroup.intake.headers.added import round_number
from vermegroup.intake.headers.recognise import plain, recognise
from vermegroup.intake.headers.vocabulary import AT_HOME, AT_WORK, WORDS
from vermegroup.intake.joined import FIRST_PLACE, Header, headers_of
from vermegroup.intake.ledger import Ledger
from vermegroup.intake.sheet import Sheet
from vermegroup.language.messages import Message, Template, _, ngettext, pgettext
from vermegroup.language.terms import quoted, trait_name

Said = tuple[Message, Message]

# Of these a person has one, or they tell who it is: columns that compete for them are no set.
SINGLE = frozenset(
    (
        *("id", "name", "first name", "last name", "email", "status", "cancelled", "answered"),
        *("group", "years", "municipality", "role"),
    )
)

_WANTED = {
    "id": _("No column identifies the participants: names, e-mail addresses or ids are enough"),
    "municipality": _("No column tells the participants' municipality"),
    "years": _("No column tells the participants' experience in years"),
    "group": _("No column tells the participants' groups"),
}
_HEADERS = {
    "id": pgettext("header", "id"),
    "municipality": pgettext("header", "municipality"),
    "years": pgettext("header", "years"),
    "group": pgettext("header", "group"),
}


# Translators: stands for the header of a column, as in --column "municipality=Header"
_HEADER = _("Header")


def missing(trait: str, meaning: str, headers: Sequence[str]) -> Said:
    """No column could hold a trait."""
    unknown = _("There is no column “{trait}”", trait=trait)
    message = _(
        "{wanted}. The columns found are: {found}",
        wanted=_WANTED.get(meaning, unknown),
        found=[name for name in headers if name],
    )
    rounds = [name for name in headers if round_number(name) is not None]
    if meaning == "group" and rounds:
        line = Template('--column "{t}={h}"').filled(t=trait, h=rounds[-1])
        return message, _("These are the groups of several rounds; name one: {line}", line=line)
    hint = _(
        "Give the right column the header “{header}”, or name it: {choice}",
        header=_HEADERS.get(meaning, trait),
        choice=_choice(trait, _HEADER),
    )
    return message, hint


def competing(trait: str, names: Sequence[str]) -> Said:
    """Several columns could hold a trait, and only people know which do."""
    message = _(
        "Several columns could be meant by {trait}: {names}",
        trait=trait_name(trait),
        names=[quoted(name) for name in names],
    )
    if meaning(trait) in SINGLE:
        return message, _("Choose one, for example {choice}", choice=_choice(trait, names[0]))
    hint = _(
        "If they are one, name them together in the rulebook: {book}. Otherwise choose one, for "
        "example {choice}",
        book=_in_rulebook(trait, f"[{', '.join(map(_quoted, names))}]"),
        choice=_choice(trait, names[0]),
    )
    return message, hint


def none_used(message: Message) -> Message:
    """The same where it stops nothing."""
    return _("{message}. None of them is used", message=message)


def not_there(trait: str, header: str, headers: Sequence[str]) -> Said:
    """A column that was named does not exist."""
    from difflib import get_close_matches  # noqa: PLC0415

    message = _(
        "There is no column “{header}”, which is to tell {trait}",
        header=header,
        trait=trait_name(trait),
    )
    by_letters = {plain(name): name for name in headers if name}
    near = get_close_matches(plain(header)[:60], by_letters, n=1)
    if near:
        name = by_letters[near[0]]
        hint = _("Did you mean “{name}”?", name=name)
        return message, hint
    hint = _("The columns found are: {found}", found=[name for name in headers if name])
    return message, hint


def _choice(trait: str, header: str | Message) -> Message:
    """Both ways of choosing, to be copied: on the command line and in the rulebook."""
    line = Template('--column "{t}={h}"').filled(t=trait, h=header)
    book = _in_rulebook(trait, Template('"{h}"').filled(h=header))
    return _("{line} or in the rulebook {book}", line=line, book=book)


def _in_rulebook(trait: str, header: str | Message) -> Message:
    return Template("columns: {{{t}: {h}}}").filled(t=trait, h=header)


def _quoted(header: str) -> str:
    return f'"{header}"'


def _joined(trait: str, place: int, sheet: Sheet) -> Said:
    """Several columns are read as one trait."""
    values = (value for text in sheet.column(place).values for value in split_values(text))
    message = _(
        "{n} columns are read as one ({trait}), with values such as {values}",
        n=len(sheet.parts(place)),
        trait=trait_name(trait),
        values=list(map(quoted, dict.fromkeys(islice(values, 2)))),
    )
    names = [sheet.names[part] for part in sheet.parts(place)]
    hint = _(
        "To read only some of them, name these in the rulebook: {book}",
        book=_in_rulebook(trait, f"[{', '.join(map(_quoted, names[:_MOST_NAMED]))}]"),
    )
    return message, hint


_MOST_NAMED = 2  # of columns, where they show how to name them


Chosen = Mapping[str, int]
NOTHING_CHOSEN: Chosen = MappingProxyType({})


def chosen_columns(headers: Mapping[str, Header], sheet: Sheet, ledger: Ledger) -> Chosen:
    """Where the columns are that people named: from traits, and their meanings, to positions.

    ``headers`` leads from a trait to the header of its column, or to those of several that are
    ``joined`` in the sheet. What is not there is an error.
    """
    chosen: dict[str, int] = {}
    for trait, header in headers.items():
        place = _joined_for(trait, sheet)
        if place is None:
            found = {name: _named(name, sheet) for name in headers_of(header)}
            for name in (name for name, places in found.items() if not places):
                ledger.error(*not_there(trait, name, sheet.names), row=sheet.header_row)
            place = next((places[0] for places in found.values() if places), None)
        if place is not None:
            chosen |= _of_parts(trait, place, sheet, ledger)
    return MappingProxyType(chosen)


def _of_parts(trait: str, place: int, sheet: Sheet, ledger: Ledger) -> dict[str, int]:
    """Where a trait is, if it may be in so many columns; a name in two is first and last name."""
    parts = sheet.parts(place)
    known = meaning(trait)
    if known == "name" and len(parts) == 2:
        return dict(zip(("first name", "last name"), parts, strict=True))
    if len(parts) == 1 or known in SINGLE:
        place = parts[0]
    if len(parts) > 1 and known in SINGLE:
        names = [sheet.names[part] for part in parts]
        ledger.error(*_too_many(trait, names), row=sheet.header_row)
    return {trait: place, known: place}


def _too_many(trait: str, names: Sequence[str]) -> Said:
    most = 2 if meaning(trait) == "name" else 1
    message = ngettext(
        "No more than {n} column can tell {trait}, and these were named: {names}",
        "No more than {n} columns can tell {trait}, and these were named: {names}",
        most,
        trait=trait_name(trait),
        names=list(map(quoted, names)),
    )
    return message, _("Choose one, for example {choice}", choice=_choice(trait, names[0]))


def column_of(
    trait: str, sheet: Sheet, ledger: Ledger, chosen: Chosen = NOTHING_CHOSEN
) -> int | None:
    """The position of a trait's column; None, and an error, where there is none or several."""
    places = places_of(trait, sheet, chosen)
    if not places:
        ledger.error(*missing(trait, meaning(trait), sheet.names), row=sheet.header_row)
    elif len(places) > 1:
        ledger.error(
            *competing(trait, [sheet.name(place) for place in places]), row=sheet.header_row
        )
    elif meaning(trait) == "municipality" and (home := _yielding_home(trait, sheet, chosen)):
        ledger.notice(*_at_work(trait, places[0], home, sheet), row=sheet.header_row)
    elif len(sheet.parts(places[0])) > 1 and places[0] not in chosen.values():
        ledger.notice(*_joined(trait, places[0], sheet), row=sheet.header_row)
    return places[0] if len(places) == 1 else None


def column_if_any(
    trait: str, sheet: Sheet, ledger: Ledger | None = None, chosen: Chosen = NOTHING_CHOSEN
) -> int | None:
    """The position of a trait's column that nothing depends on; None where it is not certain.

    Where several could be meant, none is used, and the ledger says so.
    """
    places = places_of(trait, sheet, chosen)
    if len(places) > 1 and ledger is not None:
        message, hint = competing(trait, [sheet.name(place) for place in places])
        ledger.warning(none_used(message), hint, row=sheet.header_row)
    return places[0] if len(places) == 1 else None


def places_of(trait: str, sheet: Sheet, chosen: Chosen = NOTHING_CHOSEN) -> list[int]:
    """The positions of all columns that could hold a trait."""
    if trait in chosen:
        return [chosen[trait]]
    if meaning(trait) in chosen:
        return [chosen[meaning(trait)]]
    taken = set(chosen.values())
    by_name, by_trait = _places_in(sheet.header)
    # A column that has the trait's very name needs no vocabulary, and so decides a competition.
    called_so = [place for place in by_name.get(plain(trait), ()) if place not in taken]
    found = called_so
    if not called_so and meaning(trait) in WORDS:
        found = [place for place in by_trait.get(meaning(trait), ()) if place not in taken]
        if meaning(trait) == "municipality":
            found = _workplace(found, sheet) or found
    whole = _together(trait, found, sheet)
    return found if whole is None else [whole]


def _workplace(places: list[int], sheet: Sheet) -> list[int]:
    """The municipality of the workplace where all others are of the home; none otherwise."""
    bare = {place: plain(sheet.header[place]) for place in places}
    home = [place for place in places if AT_HOME.search(bare[place])]
    work = [place for place in places if place not in home and AT_WORK.search(bare[place])]
    return work if home and len(work) == 1 and len(home) + 1 == len(places) else []


def _yielding_home(trait: str, sheet: Sheet, chosen: Chosen) -> list[int]:
    """The municipalities of the home that yield to that of the workplace."""
    if {trait, meaning(trait)} & chosen.keys():
        return []
    free = set(range(len(sheet.header))) - set(chosen.values())
    found = [at for at in sorted(free) if recognise(sheet.header[at]) == "municipality"]
    [taken, *more] = places_of(trait, sheet, chosen)
    work = _workplace(found, sheet)
    return [] if more or work != [taken] else [at for at in found if at != taken]


def _at_work(trait: str, place: int, home: Sequence[int], sheet: Sheet) -> Said:
    """The municipality of the workplace is read, and not that of the home."""
    message = _(
        "The municipality is read from “{work}” and not from “{home}”",
        work=sheet.names[place],
        home=sheet.names[home[0]],
    )
    hint = _(
        "To read the other one, name it: {choice}", choice=_choice(trait, sheet.names[home[0]])
    )
    return message, hint


@lru_cache(maxsize=4)
def _places_in(header: tuple[str, ...]) -> tuple[dict[str, list[int]], dict[str, list[int]]]:
    """Where columns of a bare name stand, and those of a trait: a wide sheet is asked often."""
    by_name, by_trait = dict[str, list[int]](), dict[str, list[int]]()
    for place, name in enumerate(header):
        if name:
            by_name.setdefault(plain(name), []).append(place)
        if (trait := recognise(name)) is not None:
            by_trait.setdefault(trait, []).append(place)
    return by_name, by_trait


def _joined_for(trait: str, sheet: Sheet) -> int | None:
    """The place of the columns that people joined for a trait, if they did."""
    asked = [several.asked for several in sheet.joined]
    return FIRST_PLACE + asked.index(trait) if trait in asked else None


def _together(trait: str, places: Sequence[int], sheet: Sheet) -> int | None:
    """The place of the columns that are a trait together, where those at ``places`` compete for it.

    None where they do not belong together.
    """
    for number, several in enumerate(sheet.joined):
        if several.asked is not None or meaning(trait) in SINGLE:
            continue
        # Some exports hold the whole answer, too, in a column of its own.
        whole = {place for place in places if plain(sheet.names[place]) == plain(several.header)}
        is_of_trait = meaning(trait) == several.trait or plain(several.header) == plain(trait)
        if (is_of_trait or len(places) > 1) and set(places) - whole <= set(several.places):
            return FIRST_PLACE + number
    return None


def deciding(trait: str, names: Sequence[str]) -> str | None:
    """The header by which a trait will be found where columns are called so; None without any.

    Among several it is the trait's very name, which decides.
    """
    return trait if len(names) > 1 else next(iter(names), None)


def meaning(trait: str) -> str:
    """The canonical name of a trait that a rulebook may call by another: Kunta, municipality."""
    return trait if trait in WORDS else recognise(trait) or trait


def _named(header: str, sheet: Sheet) -> list[int]:
    """The columns of a header: by their names, word for word, else by their letters alone."""
    exactly = [place for place, name in enumerate(sheet.names) if name == header]
    if exactly:
        return exactly
    return [
        place for place, name in enumerate(sheet.names) if name and plain(name) == plain(header)
    ]


@dataclass(frozen=True, slots=True)
class SeenColumn:
    """A column as people call it, and the trait it holds; None where it is kept as it is.

    ``asked`` is the name by which the rulebook asks for it, if it does. Columns that are
    ``joined`` hold their trait together; ``option`` is what the header says of its own, unless it
    only numbers them.
    """

    header: str
    trait: str | None
    asked: str | None = None
    joined: bool = False
    option: str = ""
