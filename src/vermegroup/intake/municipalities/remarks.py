"""What is said of texts that stand for municipalities."""

from __future__ import annotations

from collections.abc import Sequence

from vermegroup.domain.findings import Severity
from vermegroup.intake.ledger import Remark
from vermegroup.intake.municipalities import Municipality
from vermegroup.intake.municipalities.gazetteer import SWEDISH_NAMES_OF_FORMER
from vermegroup.language.messages import Message, _, ngettext, pgettext, verbatim
from vermegroup.language.terms import trait_name

_MOST_NAMES = 3
_CORRECT = _(
    "Correct the name if it was meant to be a municipality of Finland; as it stands, it counts as "
    "a place of its own"
)
_WRITE_TODAY = _("Write the municipality that it belongs to today")
_ALSO_A_REGION = _("If the region was meant, write the municipality")
_REGIONS = frozenset({"Lappi"})


def read_as(text: str, place: Municipality, now: Municipality, name: str) -> Remark | None:
    """A name or code was recognised; nothing is said where the text is the name it gets."""
    if place.code != now.code and place.name_fi != now.name_fi:
        severity = Severity.WARNING if place.name_fi in _REGIONS else Severity.NOTICE
        hint = _ALSO_A_REGION if place.name_fi in _REGIONS else None
        return Remark(severity, _former(text, place, name), hint)
    if not now.exists:
        return Remark(Severity.WARNING, _ended(text, now), _WRITE_TODAY)
    if text.casefold() == name.casefold():
        return None
    return Remark(Severity.NOTICE, _as_name(text, name))


def misspelt(text: str, meant: Municipality, now: Municipality, name: str) -> Remark:
    """A misspelling has one municipality that it is nearest to."""
    if meant.code != now.code:
        return Remark(Severity.NOTICE, _former(text, meant, name))
    message = _("“{text}” was taken for a misspelling of {name}", text=text, name=name)
    return Remark(Severity.NOTICE, message)


def unknown(text: str, near: Sequence[str]) -> Remark:
    """A text that names no municipality, or could be several."""
    message = _("“{text}” is no municipality of Finland", text=text)
    names = sorted(set(near))
    if not 0 < len(names) <= _MOST_NAMES:
        return Remark(Severity.WARNING, message, _CORRECT)
    hint = _(
        "Did you mean {names}? As it stands, it counts as a place of its own", names=_either(names)
    )
    return Remark(Severity.WARNING, message, hint)


def no_facts(text: str, trait: str) -> Remark:
    """The register cannot tell a trait of a place that it does not know."""
    name = trait_name(trait)
    message = _(
        "The register does not know “{text}”, and so not its {trait}", text=text, trait=name
    )
    hint = _("Add a column named {trait} to the file, or correct the municipality", trait=name)
    return Remark(Severity.ERROR, message, hint)


def no_centre(text: str) -> Remark:
    """The register cannot tell where a place is."""
    message = _("It is not known where “{text}” is, so that no distance can be told", text=text)
    hint = _("Correct the municipality; distances are known between the municipalities of Finland")
    return Remark(Severity.ERROR, message, hint)


def not_of_finland(known: int, texts: int) -> tuple[Message, Message]:
    """A column that does not hold municipalities of Finland."""
    message = ngettext(
        "Of {texts} different places only {n} is a municipality of Finland, so the names are "
        "taken as they are written",
        "Of {texts} different places only {n} are municipalities of Finland, so the names are "
        "taken as they are written",
        known,
        texts=texts,
    )
    hint = _("Check that each place is spelt in one way only")
    return message, hint


def _as_name(text: str, name: str) -> Message:
    return _("“{text}” was read as {name}", text=text, name=name)


def _former(text: str, place: Municipality, name: str) -> Message:
    """A former municipality; if the text is not its very name in a language, that is told too."""
    swedish = SWEDISH_NAMES_OF_FORMER.get(place.name_fi, "")
    if text.casefold() in (place.name_fi.casefold(), swedish.casefold()):
        return _("“{text}” is part of {name} today, and was read as that", text=text, name=name)
    return _(
        "“{text}” was read as {former}, which is part of {name} today",
        text=text,
        former=place.name_fi,
        name=name,
    )


def _ended(text: str, place: Municipality) -> Message:
    return _(
        "“{text}” is a former municipality ({year} was its last year); it is not known here which "
        "one it belongs to today",
        text=text,
        year=place.last_year,
    )


def _either(names: Sequence[str]) -> Message:
    *first, last = names
    if not first:
        return verbatim(last)
    # Translators: which of several places with one name is meant: "is it A, B or C?"
    return pgettext("question", "{first} or {last}", first=", ".join(first), last=last)
