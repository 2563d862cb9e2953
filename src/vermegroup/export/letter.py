"""The text of messages: a template of ours, or one that the user has written.

Its first line may be the subject: "Subject: Your group, {{ group }}". A line that has tags alone,
such as {% for member in members %}, leaves no blank line behind.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, fields
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from vermegroup.domain.findings import Finding, InputError, Severity
from vermegroup.intake.files.source import UnopenedError, bytes_of, spoken
from vermegroup.intake.files.text import decode
from vermegroup.intake.ledger import Ledger
from vermegroup.language.catalogues import ENGLISH, Language
from vermegroup.language.legible import legible
from vermegroup.language.messages import N_, Message, _, verbatim

if TYPE_CHECKING:
    from jinja2 import Template

    from vermegroup.export.bounded_templates import BoundedEnvironment

_MOST_BYTES = 1_000_000
_SUBJECT = re.compile(r"\s*(?:subject|aihe|ämne|otsikko)\s*:[^\S\n]*(.*)", re.IGNORECASE)
_TAGS_ALONE = re.compile(r"^[^\S\n]*((?:\{%(?:(?!%\}).)*%\}|\{#(?:(?!#\}).)*#\})+)[^\S\n]*\n", re.M)
_NO_SUCH = re.compile(r"(?:has no attribute|no element) '?(\w+)|'(\w+)' is undefined")


@dataclass(frozen=True, slots=True)
class Person:
    """A member as a template knows it; ``shown`` are the texts of the columns to show."""

    name: str
    email: str
    leads: bool
    shown: tuple[str, ...]

    def __str__(self) -> str:
        return self.name


class Fact(NamedTuple):
    """Something known of a group, as a template names it: ``fact.label`` or (label, text)."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Words:
    """Everything that a template may name, of one group; "" is what is not known.

    ``facts`` are all that is known of the group, each with its label. ``emails`` says that
    addresses are to be shown, and ``meeting`` that the groups are those of a single one.
    """

    group: str
    id: str
    part: str
    leader: str
    theme: str
    place: str
    day: str
    time: str
    common: str
    repeats: str
    facts: tuple[Fact, ...]
    members: tuple[Person, ...]
    emails: bool
    meeting: bool


@dataclass(frozen=True, slots=True)
class Letter:
    """A subject and a body to be filled in, which came from this ``file``."""

    file: str
    subject: Template
    body: Template

    def filled(self, words: Words) -> tuple[str, str]:
        """The subject, on one line, and the body. Raises InputError where that cannot be."""
        told = {each.name: getattr(words, each.name) for each in fields(words)}
        subject, body = self._filled(self.subject, told), self._filled(self.body, told)
        return one_line(subject), body.strip("\n") + "\n"

    def _filled(self, template: Template, told: dict[str, object]) -> str:
        try:
            text = _environment().filled(template, told)
            return legible(text).replace("\r\n", "\n").replace("\r", "\n")
        except Exception as fault:  # whatever a template can lead to is for who wrote it to see
            raise InputError([_unfilled(self.file, fault)]) from fault


def one_line(text: str) -> str:
    """A text without line breaks and other controls, which no header may have."""
    marks = (" " if unicodedata.category(mark) in _CONTROLS else mark for mark in legible(text))
    return " ".join("".join(marks).split())


def letter_in(language: Language, own: Path | None = None) -> tuple[Letter, tuple[Finding, ...]]:
    """The user's own letter, else ours in this language, and what was noticed in it.

    Raises:
        InputError: it cannot be read, or names what there is not; with every finding.
    """
    ours = _ours(language)
    if own is None:
        return ours, ()
    ledger = Ledger(spoken(own))
    text = _text_of(own, ledger)
    return _letter(ledger.file, text, ours.subject), tuple(ledger.findings())


@cache
def _ours(language: Language) -> Letter:
    folder = resources.files("vermegroup.export") / "templates"
    places = (folder / f"mail.{each}.j2" for each in (language, ENGLISH))
    place = next(place for place in places if place.is_file())
    return _letter(place.name, place.read_text(encoding="utf-8"), None)


def _text_of(path: Path, ledger: Ledger) -> str:
    try:
        text = decode(bytes_of(path, _MOST_BYTES), ledger).text.removeprefix("\ufeff")
    except UnopenedError as fault:
        ledger.error(fault.reason)
        raise ledger.refusal() from fault
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _letter(file: str, text: str, subject: Template | None) -> Letter:
    """The letter in a text; the ``subject`` is that of a text which has none."""
    first, _newline, rest = text.partition("\n")
    found = _SUBJECT.fullmatch(first)
    # The body begins with the line of the subject, so that lines are counted as in the file.
    body = _compiled(file, f"\n{rest}" if found else text)
    if found or subject is None:
        subject = _compiled(file, found[1] if found else "")
    return Letter(file, subject, body)


@cache
def _environment() -> BoundedEnvironment:
    from vermegroup.export.bounded_templates import BoundedEnvironment  # noqa: PLC0415

    return BoundedEnvironment()


def _compiled(file: str, text: str) -> Template:
    from jinja2 import TemplateSyntaxError  # noqa: PLC0415

    from vermegroup.export.bounded_templates import TooMuchError  # noqa: PLC0415

    try:
        unknown = list(_unknown(file, text))
        if not unknown:
            return _environment().bounded(_without_blank_lines(text))
    except TooMuchError as fault:
        raise InputError([_fault(file, _TOO_MUCH, fault.line, hint=_LESS)]) from fault
    except TemplateSyntaxError as fault:
        said = _UNREADABLE.filled(reason=verbatim(f"Jinja: {fault.message or ''}"))
        raise InputError([_fault(file, said, fault.lineno)]) from fault
    raise InputError(unknown)


def _unknown(file: str, text: str) -> Iterator[Finding]:
    """A finding for each name that a template asks for and that there is not, where it stands."""
    from jinja2 import meta, nodes  # noqa: PLC0415

    environment = _environment()
    tree = environment.parse(text)
    known = {each.name for each in fields(Words)} | environment.globals.keys()
    missing = meta.find_undeclared_variables(tree) - known
    places = {each.name: each.lineno for each in reversed(list(tree.find_all(nodes.Name)))}
    for name in sorted(missing, key=lambda each: (places.get(each, 0), each)):
        yield _no_such(file, name, places.get(name))


def _without_blank_lines(text: str) -> str:
    """A line that has tags alone ends in a comment, and so still counts as a line."""
    return text if "raw" in text else _TAGS_ALONE.sub(r"\1{#\n#}", text)


def _unfilled(file: str, fault: Exception) -> Finding:
    from vermegroup.export.bounded_templates import TooMuchError  # noqa: PLC0415

    line = _line_of(fault)
    if isinstance(fault, (TooMuchError, MemoryError, OverflowError, RecursionError)):
        return _fault(file, _TOO_MUCH, line, hint=_LESS)
    if found := _NO_SUCH.search(str(fault)):
        return _no_such(file, found[1] or found[2], line)
    reason = str(fault) or type(fault).__name__
    return _fault(file, _UNFILLED.filled(reason=one_line(reason)), line)


def _line_of(fault: Exception) -> int | None:
    """The line of the template that was being filled in."""
    line, step = None, fault.__traceback__
    while step is not None:
        if step.tb_frame.f_code.co_filename == "<template>":
            line = step.tb_lineno
        step = step.tb_next
    return line


def _no_such(file: str, name: str, line: int | None) -> Finding:
    names = sorted(each.name for each in fields(Words))
    own = [f"member.{each.name}" for each in fields(Person)]
    hint = _("There are {names}, and of each of the members {own}", names=names, own=own)
    return _fault(file, _NO_SUCH_NAME.filled(name=name), line, name, hint)


def _fault(
    file: str,
    message: Message,
    line: int | None,
    value: str | None = None,
    hint: Message | None = None,
) -> Finding:
    return Finding(Severity.ERROR, message, file, line, None, value, hint)


_CONTROLS = ("Cc", "Zl", "Zp")
_UNREADABLE = N_("The template cannot be read from here on: {reason}")
_UNFILLED = N_("The template cannot be filled in here: {reason}")
_NO_SUCH_NAME = N_("The template asks for “{name}”, which there is not")
_TOO_MUCH = _("The template writes or repeats here more than a letter can have")
_LESS = _("A letter has at most a million characters; check what the template repeats")
