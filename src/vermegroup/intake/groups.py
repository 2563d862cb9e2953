"""The group column of a grouping, and lists of people."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, pairwise, zip_longest
from types import MappingProxyType

import numpy as np

from vermegroup.domain.findings import RosterError, Severity
from vermegroup.domain.grouping import WAITLIST, Grouping, is_usual, means_waiting, usual_number
from vermegroup.domain.roster import Categories, group_spelling
from vermegroup.intake.cells import Column, tidy
from vermegroup.intake.files.layout import sheet_of
from vermegroup.intake.files.readings import is_there
from vermegroup.intake.files.source import Source, read_source
from vermegroup.intake.headers.added import HEADERS_OF_MOVES, added_in, called
from vermegroup.intake.headers.find_columns import (
    NOTHING_CHOSEN,
    Chosen,
    column_of,
    competing,
    places_of,
)
from vermegroup.intake.headers.recognise import first_free, language_of, plain, recognise
from vermegroup.intake.ledger import Ledger, Remark, tell
from vermegroup.intake.people.identity import identity_of
from vermegroup.intake.people.presence import who_comes
from vermegroup.intake.people.statuses import Status, status_of
from vermegroup.intake.sheet import Sheet
from vermegroup.intake.traits.categories import merged
from vermegroup.language.catalogues import ENGLISH
from vermegroup.language.messages import N_, Message, Who, _

_RENAME = _("If a group is called so, give it another name")


def read_groups(
    sheet: Sheet, ledger: Ledger, chosen: Chosen = NOTHING_CHOSEN, *, several: bool = False
) -> Grouping:
    """Who is in which group; ``g01`` and ``G01 `` are one. A blank cell is the waitlist.

    So is one that says so in words, which is noted: somebody may have meant a group's name. With
    ``several`` a cell may list groups, "G01, G04"; without it, that is an error.
    """
    place = column_of("group", sheet, ledger, chosen)
    if place is None:
        return Grouping(np.full(len(sheet.people), WAITLIST, dtype=np.int64))
    column, further = _first_groups(sheet.column(place), ledger, several=several)
    named = _plainly_named(merged(column, group_spelling), column)
    once = {name for name, count in zip(named.values, named.counts(), strict=True) if count == 1}
    waiting = {name for name in named.values if _is_no_group(name, once)}
    tell(_waits(column, waiting), column, ledger)
    tell(_nearly_others(column, named, waiting), column, ledger)
    names = [name for name in named.values if name not in waiting]
    # Names that stand in lists alone are groups as well.
    listed = (name for _person, name in further)
    names = list({group_spelling(name): name for name in (*listed, *names)}.values())
    names.sort(key=_as_counted)
    index = {name: number for number, name in enumerate(names)}
    recoded = np.array([index.get(name, WAITLIST) for name in named.values], dtype=np.int64)
    keys = {group_spelling(name): at for name, at in index.items()}
    others = ((person, keys[group_spelling(name)]) for person, name in further)
    return Grouping(recoded[named.codes], tuple(names), tuple(others))


def _plainly_named(named: Categories, column: Column) -> Categories:
    """The groups, one of which is 2 where somebody wrote so, however many wrote 2.0."""
    written = {text for text in column.values if text.isdecimal()}
    keys = ((name, group_spelling(name)) for name in named.values)
    return replace(named, values=tuple(key if key in written else name for name, key in keys))


def _first_groups(
    column: Column, ledger: Ledger, *, several: bool
) -> tuple[Column, list[tuple[int, str]]]:
    """The column with the first group of each cell, and the others: (person, name).

    A list is told by its parts: each is a usual name, or one that stands alone in another cell; and
    where people may have several groups, one of them is enough.
    Where a person may have one group, what stands in several people's cells is a group's name.
    """
    people = np.bincount(column.codes, minlength=len(column.values)).tolist()
    alone = {group_spelling(text) for text in column.values if not _BETWEEN.search(text)}
    lists: dict[int, list[str]] = {}
    for code, text in enumerate(column.values):
        parts = [part for each in _BETWEEN.split(text) if (part := tidy(each))]
        if len(parts) < 2 or not (several or people[code] == 1):
            continue
        known = [usual_number(part) or group_spelling(part) in alone for part in parts]
        if any(known) if several else all(known):
            lists[code] = list({group_spelling(part): part for part in parts}.values())
    if not several:
        listed = {at: Remark(Severity.ERROR, _SEVERAL, _ONE_GROUP) for at in lists}
        tell(listed, column, ledger)
        return column, []
    values = tuple(
        lists[code][0] if code in lists else text for code, text in enumerate(column.values)
    )
    further = [
        (person, name)
        for person, code in enumerate(column.codes.tolist())
        for name in lists.get(code, [])[1:]
    ]
    return replace(column, values=values), further


_SEVERAL = _("A person is in several groups, which the rulebook does not allow")
_ONE_GROUP = _(
    "Name one group, or write into the rulebook: in_groups: {{role: mentor, at_most: 2}}"
)


def _is_no_group(name: str, once: Collection[str]) -> bool:
    """Whether a text says that somebody has no group.

    What begins like a cancellation and says more may be a name where several have it.
    """
    return means_waiting(name) or (name in once and status_of(name) is Status.DOUBTED)


def _nearly_others(
    column: Column, named: Categories, waiting: Collection[str]
) -> dict[int, Remark]:
    """What is asked about names that are nearly another's with more members: g6 beside G06.

    So is a name with a remark behind it, "G06 (chair)", where there is one without.
    """
    counts, alike = named.counts(), dict[str, list[int]]()
    names = [(at, name) for at, name in enumerate(named.values) if name not in waiting]
    whole = {_sounding(name) for _rest, name in names if not _REMARK.search(name)}
    for place, name in names:
        bare = _sounding(_REMARK.sub("", name))
        alike.setdefault(bare if bare in whole else _sounding(name), []).append(place)
    asked: dict[str, str] = {}
    for places in alike.values():
        old, *others = sorted(places, key=lambda place: -int(counts[place]))
        asked |= {named.values[place].casefold(): named.values[old] for place in others}
    texts = enumerate(column.values)
    return {
        code: Remark(Severity.WARNING, nearly(text, asked[text.casefold()]), _ONE_NAME)
        for code, text in texts
        if text.casefold() in asked
    }


def nearly_among(name: str, names: Sequence[str]) -> str | None:
    """The first of some groups' names that a new one is nearly: G06 for g6."""
    sounding = _sounding(name)
    return next((old for old in names if _sounding(old) == sounding), None)


_REMARK = re.compile(r"(?<=\w)\s*(\(.*\)?|\[.*\]?|[,;:/]\s?\D.*|\s[–-]\s.*)$")
_LOOKING_ALIKE = str.maketrans("oil", "011")


def _sounding(name: str) -> str:
    """A name without what is easily written otherwise: zeros before numbers, marks, spaces."""
    bare = plain(name).replace(" ", "")
    found = re.fullmatch(r"(\D*?)([oil]*\d.*)?", bare, re.DOTALL)
    letters, figures = (found[1], found[2] or "") if found else (bare, "")
    return letters + figures.translate(_LOOKING_ALIKE).lstrip("0")


def nearly(text: str, old: str) -> Message:
    """That a name stands for a group of its own, and which other was perhaps meant."""
    return _("“{text}” was read as a group of its own. Was “{old}” meant?", text=text, old=old)


_ONE_NAME = _("Write the name of a group in one way on all its rows")


def with_groups_chosen(sheet: Sheet, chosen: Chosen, ledger: Ledger) -> Chosen:
    """What was chosen, and the column of the groups where a blank one gives way to it.

    That is told. Where it could give way to several, that is an error. Where no column is called
    a group, the one that is called a team is one: in a grouping alone, for elsewhere people work
    in teams, and may wish for a group by its name.
    """
    if "group" in chosen:
        return chosen
    taken, decided = set(chosen.values()), places_of("group", sheet, chosen)
    could = [
        place
        for place, name in enumerate(sheet.header)
        if place not in taken and recognise(name) == "group"
    ]
    teams = [at for at, name in enumerate(sheet.header) if _TEAM.fullmatch(plain(name))]
    if not could and len(teams) == 1 and teams[0] not in taken:
        return MappingProxyType({**chosen, "group": teams[0]})
    blank = [place for place in could if len(could) > 1 and all(sheet.column(place).blank())]
    filled = [place for place in could if place not in blank]
    if not filled or not set(decided) & set(blank):
        return chosen
    if len(filled) > 1:
        if len(decided) == 1:  # several that decide nothing are an error anyway
            names = [sheet.names[place] for place in filled]
            ledger.error(*competing("group", names), row=sheet.header_row)
        return chosen
    for place in blank:
        message = _(
            "The column is blank, so the groups are read from “{other}”",
            other=sheet.names[filled[0]],
        )
        ledger.notice(message, row=sheet.header_row, column=sheet.names[place])
    return MappingProxyType({**chosen, "group": filled[0]})


_TEAM = re.compile(
    r"(team|tiimi|lag|pienryhma|smagrupp)( (nr|no|number|name|id|nro|nimi))?"
    r"|(ryhman|tiimin|pienryhman) (nimi|nro|numero|tunnus)|(ryhma|tiimi) ?(nro|numero|tunnus)"
    r"|(gruppens|lagets|teamets) (namn|nr|nummer|id)|(grupp|lag) ?(nr|nummer|namn|id)"
    r"|(small )?group (name|nr|no|number|id)|name of (the )?(group|team)"
)


def with_place_for_groups(sheet: Sheet, ledger: Ledger, chosen: Chosen, *, grouped: bool) -> Sheet:
    """The sheet whose table knows its language, and where the groups will stand in it.

    They replace those that were read, whatever that column is called. In a roster that is not
    ``grouped`` they replace what people chose for them, and what looks like groups of an earlier
    run, which is told. What else could be taken for groups is the roster's own and stays; then
    ours is called ``group``, which decides.
    """
    language = language_of(sheet.header)
    place = _place_for_groups(sheet, chosen, grouped=grouped)
    if place is None:
        others = places_of("group", sheet, chosen)
        name = _free(sheet, called("group", ENGLISH if others else language))
    else:
        if not (grouped or all(sheet.column(place).blank())):
            ledger.notice(GIVES_WAY, _KEEP, row=sheet.header_row, column=sheet.names[place])
        name = sheet.names[place] if "group" in chosen else _as_ours(sheet.names[place])
    return replace(sheet, table=replace(sheet.table, language=language, group=name))


def _place_for_groups(sheet: Sheet, chosen: Chosen, *, grouped: bool) -> int | None:
    places = places_of("group", sheet, chosen)
    if len(places) != 1:
        return None
    name = plain(sheet.header[places[0]])
    if grouped or "group" in chosen or name == plain(added_in(ENGLISH).group):
        return places[0]
    # A roster may well tell of groups of another kind, such as those of children.
    values = sheet.column(places[0]).values
    usual = all(is_usual(text) or status_of(text) is Status.CANCELLED for text in values)
    return places[0] if usual else None


def _as_ours(name: str) -> str:
    return next((ours for ours in called("group") if plain(ours) == plain(name)), name)


def _free(sheet: Sheet, names: Sequence[str]) -> str:
    """The first of some names that no column has, whatever it holds."""
    return first_free(names, chain(sheet.names, *sheet.table.headings[-1:]))


GIVES_WAY = _("The new groups replace what stands in this column, though only in groups.csv")
_KEEP = _("To keep both, give the column another header")


def _waits(column: Column, waiting: Collection[str]) -> dict[int, Remark]:
    """What is told of texts that are no groups."""
    folded = {name.casefold() for name in waiting}
    return {
        code: Remark(Severity.NOTICE, _NO_GROUP.filled(name=name), _RENAME)
        if means_waiting(name)
        else Remark(Severity.WARNING, _NO_GROUP.filled(name=name), _CANCELLED)
        for code, name in enumerate(column.values)
        if name and name.casefold() in folded
    }


_NO_GROUP = N_("“{name}” is no group: whoever has it is in the queue")
_CANCELLED = _("If the person does not take part, write “cancelled” there, or remove the row")


def _as_counted(name: str) -> list[tuple[bool, int, str]]:
    # Digits are compared by their number and then as text: int() refuses very long numbers.
    parts = re.findall(r"[0-9]+|[^0-9]+", name.casefold())
    return [_digits(part) if part[0] in "0123456789" else (True, 0, part) for part in parts]


def _digits(part: str) -> tuple[bool, int, str]:
    significant = part.lstrip("0")
    return (False, len(significant), significant)


_BETWEEN = re.compile(r"[,;\n]")


@dataclass(frozen=True, slots=True)
class Mention:
    """A person as written, and where: ``row`` is that of a file, None for a command line.

    Of a table ``person`` has the id, the name and the e-mail. ``meant`` is who it was read as, and
    ``written`` the text that was; ``shared`` are those whom the text may mean, being several.
    ``two`` are those whom the id means and the name or e-mail, being two. ``comes`` is the column
    that says that this person is there after all. ``pair`` is the text with what stands behind the
    comma after it: "Keksitty, Aino".
    """

    text: str
    file: str = ""
    row: int | None = None
    person: tuple[str, str, str] | None = None
    meant: Who | None = None
    written: str = ""
    shared: tuple[Message, ...] = ()
    two: tuple[Who, ...] = ()
    comes: str = ""
    pair: str = ""


def mentions(argument: str, role: str) -> tuple[Mention, ...]:
    """The people in a file of this name, or else in the text itself, by commas or semicolons.

    ``role`` is what the file is read for.

    A file may be a table with a column of ids, names or e-mails, or a list with one of these (or
    several) on each line.

    Raises:
        RosterError: the file cannot be read.
    """
    if not is_there(argument, role):
        return tuple(_parted(argument))
    ledger = Ledger(argument)
    source = read_source(argument, ledger, role)
    return _from_table(source, argument) or _from_lines(source, argument)


def _from_table(source: Source, file: str) -> tuple[Mention, ...]:
    ledger = Ledger(file)
    try:
        sheet = sheet_of(source, ledger)
    except RosterError:
        return ()
    chosen = {"id": 0} if _tells_moves(sheet) else NOTHING_CHOSEN
    if not any(places_of(trait, sheet, chosen) for trait in ("id", "name", "email", "first name")):
        return ()
    identity = identity_of(sheet, ledger, chosen)
    comes = {} if chosen else who_comes(sheet, ledger)
    ledger.stop_on_errors()
    columns = (identity.ids.texts, identity.names.texts, identity.emails.texts)
    people = zip(*(column.tolist() for column in columns), strict=True)
    return tuple(
        Mention(text, file, row, person, comes=comes.get(row, ""))
        for person, row in zip(people, sheet.rows().tolist(), strict=True)
        if (text := next(filter(None, person), ""))
    )


def _tells_moves(sheet: Sheet) -> bool:
    """Whether it is a ``moves.csv``, whose first column has ids whatever it is called."""
    headers = [plain(name) for name in sheet.header]
    return any(headers[: len(moves)] == list(map(plain, moves)) for moves in HEADERS_OF_MOVES)


def _from_lines(source: Source, file: str) -> tuple[Mention, ...]:
    from vermegroup.intake.files.text import decode  # noqa: PLC0415

    lines = decode(source.data, Ledger(file)).text.splitlines()
    return tuple(
        mention for row, line in enumerate(lines, 1) for mention in _parted(line, file, row)
    )


def _parted(text: str, file: str = "", row: int | None = None) -> Iterator[Mention]:
    """Whom a text mentions, by commas, semicolons, tabs and line ends."""
    for listed in re.split(r"[;\t\n]", text):
        parts = [part for each in listed.split(",") if (part := tidy(each.strip().strip('"')))]
        pairs = (f"{part}, {after}" for part, after in pairwise(parts))
        for part, pair in zip_longest(parts, pairs, fillvalue=""):
            yield Mention(part, file, row, pair=pair)
