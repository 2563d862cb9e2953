"""A roster that is open, and the text of the rules that its groups are to keep."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from vermegroup.app.check import recognised
from vermegroup.app.init import beginning as starting_rules
from vermegroup.app.init import without_note
from vermegroup.app.inputs import look_for, naming
from vermegroup.app.privacy.how import How
from vermegroup.app.profile_fit import Fit
from vermegroup.app.save import ReportedOutcome
from vermegroup.domain.findings import Finding, RosterError, RulebookError
from vermegroup.domain.rulebook import Rulebook
from vermegroup.edit.beside import ORIGIN, Beside
from vermegroup.edit.starting.folders import free_for
from vermegroup.intake.files.source import Given, Source, UnopenedError, bytes_of, named
from vermegroup.intake.files.workbook import sheets_in
from vermegroup.intake.pipeline import Look
from vermegroup.language.catalogues import Language
from vermegroup.report.check_text import Checked
from vermegroup.report.folder import BOOKS_GIVEN, PEOPLE_GIVEN, default_folder
from vermegroup.rulebooks.amend import sections_of, with_sections
from vermegroup.rulebooks.profiles import profile_text
from vermegroup.rulebooks.read import rulebook_from_text

DRAFTED = "drafted"
"""Stands for a profile where the rules were made of the roster's columns alone."""
_BY_DEFAULT = "remote-pilot"
_BARE = "rules: []\n"


@dataclass(frozen=True, slots=True)
class Beginning:
    """A roster with rules: what is ``given`` is read as ``how`` says, under the rules' ``text``.

    ``book`` is what the text says; None where it has ``faults``, or where these are in the files
    that it names. The ``profile`` is that which the text was made of last: DRAFTED where it was
    made for this roster alone, the token of a folder whose rules were taken, None for rules that
    came with the call; ``asked`` is the one that somebody chose. ``drafted`` is the text as this
    program wrote it last. Columns were ``corrected`` where somebody said what one holds. ``fit``
    tells which profiles fit the roster, and ``place`` is where files are that the rules name.
    ``checked`` and ``answer`` are what was found with just these rules: what is possible, and why
    nothing was formed; ``trouble`` is what kept a search from its end.
    """

    given: Given
    place: Path
    how: How
    text: str
    look: Look
    book: Rulebook | None
    faults: tuple[Finding, ...] = ()
    fit: Fit | None = None
    profile: str | None = None
    asked: str | None = None
    drafted: str | None = None
    sheets: tuple[str, ...] = ()
    corrected: bool = False
    checked: Checked | None = None
    answer: ReportedOutcome | None = None
    trouble: tuple[Finding, ...] = ()

    @property
    def name(self) -> str:
        """What people call the file."""
        return self.given.name if isinstance(self.given, Source) else Path(self.given).name

    @property
    def folder(self) -> Path:
        """Where the groups will be saved: where no groups of other people are."""
        people = None if self.look.people is None else self.look.people.persons
        return free_for(self.usual_folder, people, self.columns)

    @property
    def usual_folder(self) -> Path:
        """The folder that is called like the file."""
        return self.place / default_folder(self.name)

    @property
    def columns(self) -> dict[str, object]:
        """Which column holds what, as the text says."""
        return dict(_mapping(_said_in(self.text).get("columns")))

    @property
    def untouched(self) -> bool:
        """Whether nobody changed the rules that this program wrote, but for the columns."""
        return self.drafted is not None and _but_columns(self.text) == _but_columns(self.drafted)

    @property
    def people(self) -> int:
        """How many take part, as far as the roster can be read."""
        return self.look.read - len(self.look.set_aside)

    @property
    def tables(self) -> dict[str, bytes]:
        """The roster by the name under which it is kept, where it is in no file that is known."""
        return _kept(self.given) if isinstance(self.given, Source) else {}

    def under(self, text: str) -> Beginning:
        """The same roster under other rules."""
        return self if text == self.text else _read(self, text=text)

    def under_profile(self, profile: str | None, language: Language) -> Beginning:
        """The same roster under the rules of a profile, with the columns that were chosen.

        Without a profile they are those that fit. Raises RosterError where the file holds no
        table, RulebookError without such a profile.
        """
        how, columns = self.how, self.columns
        made = starting_rules(self.given, language, how, profile, spoken=False, columns=columns)
        text = made.text
        drafted = _mapping(_said_in(text).get("columns"))
        if any(drafted.get(name) != columns[name] for name in columns):
            text = with_sections(text, {"columns": columns})
        return replace(
            _read(self, text=text),
            fit=made.fit if profile is None else self.fit,
            profile=profile or made.fit.profile or DRAFTED,
            asked=profile,
            drafted=text,
        )

    def drafted_again(self, language: Language) -> Beginning:
        """The same with rules that fit the columns as they are now, and stay as they were asked.

        Rules that somebody changed stay, too: only what fits is told anew.
        """
        try:
            fitting = self.under_profile(None, language)
            if not self.untouched:
                return replace(self, fit=fitting.fit)
            if self.asked is None:
                return fitting
            return replace(self.under_profile(self.asked, language), fit=fitting.fit)
        except (RosterError, RulebookError):
            return self

    def of_sheet(self, sheet: str, language: Language) -> Beginning:
        """Another sheet of the workbook; the columns are recognised anew, other rules stay."""
        found = begun(self.given, self.place, language, replace(self.how, sheet=sheet))
        if self.fit is None:
            return found
        with suppress(RulebookError):
            text = with_sections(self.text, {"columns": _said_in(found.text).get("columns")})
            found = replace(_read(found, text=text), profile=self.profile, asked=self.asked)
            return replace(found, drafted=text if self.untouched else self.drafted)
        return found

    def again(self) -> Beginning:
        """The same, read from the file as it is now."""
        return _read(self, text=self.text)


def begun(given: Given, place: Path, language: Language, how: How) -> Beginning:
    """Open a roster with rules that fit it. Whatever is wrong with the file is told in the look.

    Columns that the caller named stand in the rules from now on.
    """
    columns, how = how.columns, replace(how, columns={}).dated()
    fit, text = None, profile_text(_BY_DEFAULT, language)
    with suppress(RosterError):
        made = starting_rules(given, language, how, spoken=False)
        fit, text = made.fit, made.text
    if columns:
        before = _said_in(text).get("columns")
        text = with_sections(text, {"columns": {**_mapping(before), **columns}})
    profile = _BY_DEFAULT if fit is None else fit.profile or DRAFTED
    empty = Beginning(given, place, how, text, Look(()), None, (), fit, profile)
    return _read(replace(empty, drafted=text, sheets=_sheets(given)), text=text)


def _read(before: Beginning, *, text: str) -> Beginning:
    """The roster under a text; what was found under another one is gone."""
    given, how, names = before.given, before.how, naming(before.how)
    book, faults = _rulebook(text, before.place)
    under = book or _with_columns_alone(text)
    try:
        with names.faults(named(given)):
            look, _book = recognised(given, under, how, names)
    except RulebookError as fault:
        book, faults = None, (*faults, *fault.findings)
        look = look_for(given, under, how)
    look = replace(look, findings=names.findings(look.findings))
    same = replace(before, checked=None, answer=None, trouble=())
    return replace(same, text=text, look=look, book=book, faults=faults)


def _rulebook(text: str, place: Path) -> tuple[Rulebook | None, tuple[Finding, ...]]:
    beside = Beside(place)
    try:
        book = rulebook_from_text(text, ORIGIN, earlier=beside.earlier, weights=beside.weights)
    except RulebookError as fault:
        return None, fault.findings
    return book, ()


def _with_columns_alone(text: str) -> Rulebook:
    """What can be read under, where the rules cannot."""
    columns = _mapping(_said_in(text).get("columns"))
    try:
        return rulebook_from_text(with_sections(_BARE, {"columns": columns or None}), ORIGIN)
    except RulebookError:
        return rulebook_from_text(_BARE, ORIGIN)


def _said_in(text: str) -> dict[str, object]:
    try:
        return sections_of(text)
    except RulebookError:
        return {}


def _but_columns(text: str) -> list[str]:
    with suppress(RulebookError):
        text = with_sections(without_note(text), {"columns": None})
    return [line for line in text.splitlines() if line.strip()]


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, Mapping) else {}


def _sheets(given: Given) -> tuple[str, ...]:
    if isinstance(given, Source):
        return sheets_in(given.data)
    try:
        return sheets_in(bytes_of(given))
    except UnopenedError:
        return ()


_BEGINS: tuple[tuple[bytes, str], ...] = ((b"\x1f\x8b", ".gz"), (b"PAR1", ".parquet"))


def _kept(source: Source) -> dict[str, bytes]:
    """The bytes under the name that says what they are."""
    ending = Path(source.name).suffix.casefold()
    ending = next((own for start, own in _BEGINS if source.data.startswith(start)), ending)
    if source.data.startswith(b"PK"):
        ending = ".ods" if ending == ".ods" else ".xlsx" if sheets_in(source.data) else ".zip"
    name = f"given-people{ending}"
    return {name if name in BOOKS_GIVEN else PEOPLE_GIVEN: source.data}
