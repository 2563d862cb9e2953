"""What is counted, and what traits, their values and their units are called."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import cache

from vermegroup.language.catalogues import languages
from vermegroup.language.messages import (
    Message,
    N_several,
    Template,
    _,
    either,
    joined,
    ngettext,
    npgettext,
    pgettext,
    verbatim,
)


def groups_of(count: int) -> Message:
    """As in "12 groups", with the right number."""
    return ngettext("{n} group", "{n} groups", count)


def groups_among(numbers: Sequence[int], at_most: int) -> Message:
    """As in "3–5 or 7 groups": the first runs of ascending numbers, at most so many."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    spans = [verbatim(_span(run[0], run[-1])) for run in runs[:at_most]]
    return ngettext(
        "{n} group", "{n} groups", runs[0][-1] if len(runs) == 1 else _SEVERAL, n=either(spans)
    )


def _span(low: int, high: int) -> str:
    return str(low) if low == high else f"{low}–{high}"


def groups_between(low: int, high: int) -> Message:
    """As in "3–5 groups"; where both are one number, so many."""
    return ngettext("{n} group", "{n} groups", high, n=_span(low, high))


def people_of(count: int) -> Message:
    """As in "12 people", with the right number."""
    return ngettext("{n} person", "{n} people", count)


def first_of(people: Sequence[str], most: int = 5) -> Message:
    """The first few of some people, and a sign that there are more."""
    told = [Template("{who}").filled(who=who) for who in people[:most]]
    return joined([*told, verbatim("…")] if len(people) > most else told, ", ")


def people_between(low: int, high: int) -> Message:
    """As in "3 to 5 people"; where both are one number, of so many."""
    return ngettext("{n} person", "{n} people", high, n=between(low, high))


def all_rules_hold(people: int, groups: int) -> Message:
    """As in "50 people are in 12 groups, and every rule holds."."""
    return ngettext(
        "{people} is in {groups}, and every rule holds.",
        "{people} are in {groups}, and every rule holds.",
        people,
        people=people_of(people),
        groups=groups_of(groups),
    )


def decimals_of(count: int) -> Message:
    """As in "3 decimals", with the right number."""
    return ngettext("{n} decimal", "{n} decimals", count)


def years_of(years: float | Fraction) -> Message:
    """As in "2.5 years", with the right number."""
    return ngettext("{n} year", "{n} years", 1 if years == 1 else 2, n=years)


def amount_of(trait: str, value: float | Fraction) -> Message:
    """A number of a numeric trait with its unit; that of the roster's own has none."""
    return years_of(value) if known_trait(trait) in _UNITS else Template("{n}").filled(n=value)


def amount_from(trait: str, old: float | Fraction, new: float | Fraction) -> Message:
    """As in "2.5 → 3 years"; a number of the roster's own has no unit."""
    change = Template("{old} → {new}").filled(old=old, new=new)
    if known_trait(trait) not in _UNITS:
        return change
    return ngettext("{n} year", "{n} years", _SEVERAL, n=change)


def there_are_only(count: int) -> Message:
    """As in "but there are only 12", of people who were named just before."""
    if not count:
        # Translators: of people who were named just before: "3 mentors are needed, but there …"
        return _("there are none")
    # Translators: of people who were named just before: "3 mentors are needed, but there …"
    return ngettext("there is only {n}", "there are only {n}", count)


def quoted(text: str | Message) -> Message:
    """A text or a sentence in quotation marks."""
    return _("“{text}”", text=text)


def between(low: int, high: int) -> Message:
    """As in "3 to 5"; where both are one number, it alone."""
    return verbatim(str(low)) if low == high else _("{low} to {high}", low=low, high=high)


def people_with(trait: str, value: str | Message, count: int | str) -> Message:
    """How many people have a value: "12 new people", "3 people with profession leader".

    ``count`` may be a text such as "2 to 3", which counts as several. A ``value`` that is not a
    single one, such as "teacher or leader", comes as a message.
    """
    number = count if isinstance(count, int) else _SEVERAL
    known = _COUNTED.get(known_value(trait, value)) if isinstance(value, str) else None
    if known is not None:
        return known.filled(number, n=count)
    return ngettext(
        "{n} person with {trait} {value}",
        "{n} people with {trait} {value}",
        number,
        n=count,
        trait=trait_name(trait),
        value=value_name(trait, value) if isinstance(value, str) else value,
    )


def of_trait(trait: str, value: Message | str | float) -> Message:
    """As in "municipality: Turku"."""
    return _OF_TRAIT.filled(trait=trait_name(trait), value=value)


def one_with(trait: str, value: str) -> Message | None:
    """As in "mentor", what somebody with a value is called, if there is a word for it."""
    known = known_value(trait, value)
    return _VALUES[known] if known in _VALUES and known[0] == "role" else None


def trait_name(trait: str) -> Message:
    """A trait's name; a column of the roster's own keeps its name."""
    return NAMES.get(known_trait(trait), verbatim(trait))


def value_name(trait: str, value: str) -> Message:
    """A value's name; a value of the roster's own keeps its name."""
    return _VALUES.get(known_value(trait, value), verbatim(value))


def known_trait(trait: str) -> str:
    """The trait that is meant where a rulebook calls it by its name in some language: Ammatti."""
    return trait if trait in NAMES else _traits_by_name().get(trait.casefold(), trait)


def known_value(trait: str, value: str) -> tuple[str, str]:
    """The trait and the value that are meant: (Rooli, mentori) is (role, mentor)."""
    known = known_trait(trait)
    if known not in NAMED or (known, value) in _VALUES:
        return known, value
    # Only here the names in all languages are needed, and with them all catalogues.
    return known, _values_by_name().get((known, value.casefold()), value)


@cache
def _traits_by_name() -> Mapping[str, str]:
    return {
        name.in_(language).casefold(): trait
        for language in languages()
        for trait, name in NAMES.items()
    }


@cache
def _values_by_name() -> Mapping[tuple[str, str], str]:
    return {
        (trait, name.in_(language).casefold()): value
        for language in languages()
        for (trait, value), name in _VALUES.items()
    }


def named_values(trait: str) -> Mapping[str, Message]:
    """The values of a trait that have a name in each language, and those names."""
    return {value: name for (of, value), name in _VALUES.items() if of == trait}


def has_unit(trait: str) -> bool:
    """Whether a trait is known to be a number, with a unit of its own."""
    return trait in _UNITS


def unit_of(trait: str) -> Message:
    """The unit of a numeric trait; a column of the roster's own is its own unit."""
    return _UNITS.get(known_trait(trait), trait_name(trait))


_SEVERAL = 10
_OF_TRAIT = Template("{trait}: {value}")
NAMES: Mapping[str, Message] = {
    "municipality": _("municipality"),
    "experience": _("experience"),
    "years": _("years of experience"),
    "profession": _("profession"),
    "role": _("role"),
    "unit": _("work unit"),
    "organisation": _("organisation"),
    "theme": _("theme"),
    "region": _("region"),
    "language": _("language"),
    "times": _("free times"),
    "wishes": _("wishes"),
    "avoid": _("whom to avoid"),
    "id": _("id"),
    "name": _("name"),
    "first name": _("first name"),
    "last name": _("last name"),
    "email": _("e-mail"),
    "status": _("status"),
    "cancelled": _("cancelled"),
    "answered": _("time of answer"),
    "group": _("group"),
}
"""What the traits that are known are called."""
_VALUES = {
    ("experience", "new"): pgettext("experience", "new"),
    ("experience", "experienced"): pgettext("experience", "experienced"),
    ("experience", "mid"): pgettext("experience", "mid-career"),
    ("role", "mentor"): _("mentor"),
    ("role", "mentee"): _("mentee"),
}
NAMED = frozenset(trait for trait, _value in _VALUES)
"""The traits of whose values some have names."""
_COUNTED: Mapping[tuple[str, str], Template] = {
    ("experience", "new"): N_several("{n} new person", "{n} new people"),
    ("experience", "experienced"): N_several("{n} experienced person", "{n} experienced people"),
    ("experience", "mid"): N_several("{n} mid-career person", "{n} mid-career people"),
    ("role", "mentor"): N_several("{n} mentor", "{n} mentors"),
    ("role", "mentee"): N_several("{n} mentee", "{n} mentees"),
}
_UNITS = {"years": _("years")}
# The forms that translations ask for, as in "{groups:into}".
FORMS = (
    npgettext("object", "{n} group", "{n} groups", 1),
    npgettext("into", "{n} group", "{n} groups", 1),
    npgettext("in", "{n} group", "{n} groups", 1),
    npgettext("of", "{n} group", "{n} groups", 1),
    npgettext("for", "{n} group", "{n} groups", 1),
    npgettext("some", "{n} group", "{n} groups", 1),
    npgettext("object", "{n} person", "{n} people", 1),
    npgettext("at", "{n} person", "{n} people", 1),
    npgettext("of", "{n} person", "{n} people", 1),
    npgettext("for", "{n} person", "{n} people", 1),
    npgettext("from", "{n} row", "{n} rows", 1),
    npgettext("into", "{n} decimal", "{n} decimals", 1),
    npgettext("object", "{n} new person", "{n} new people", 1),
    npgettext("object", "{n} experienced person", "{n} experienced people", 1),
    npgettext("object", "{n} mid-career person", "{n} mid-career people", 1),
    npgettext("object", "{n} mentor", "{n} mentors", 1),
    npgettext("object", "{n} mentee", "{n} mentees", 1),
    npgettext("object", "{n} person with {trait} {value}", "{n} people with {trait} {value}", 1),
    npgettext("as", "{n} year", "{n} years", 1),
    npgettext("object", "{n} year", "{n} years", 1),
    # A trait, as in "at most 1 …", "3 different …", "the means of …", "… differ".
    pgettext("one", "free times"),
    pgettext("one", "{text}"),
    pgettext("several", "municipality"),
    pgettext("several", "experience"),
    pgettext("several", "profession"),
    pgettext("several", "role"),
    pgettext("several", "work unit"),
    pgettext("several", "organisation"),
    pgettext("several", "theme"),
    pgettext("several", "region"),
    pgettext("several", "language"),
    pgettext("several", "free times"),
    pgettext("several", "{text}"),
    # Why several people have no group, where it is told of one otherwise.
    pgettext("they", "no place in the only group: it would break “{rule}”"),
    pgettext("they", "no place in any of {n} groups: {told}"),
    pgettext("they", "can be in no group that keeps the rules, whoever else is in it"),
    pgettext("of", "years of experience"),
    pgettext("of", "experience"),
    pgettext("of", "{text}"),
    pgettext("differ", "years of experience"),
    pgettext("differ", "experience"),
    pgettext("differ", "{text}"),
    npgettext("only", "{n} new person", "{n} new people", 1),
    npgettext("only", "{n} experienced person", "{n} experienced people", 1),
    npgettext("only", "{n} mid-career person", "{n} mid-career people", 1),
    npgettext("only", "{n} mentor", "{n} mentors", 1),
    npgettext("only", "{n} mentee", "{n} mentees", 1),
    npgettext("only", "{n} person with {trait} {value}", "{n} people with {trait} {value}", 1),
    # Whoever others are counted for, as in "3 mentees for each …".
    pgettext("each", "mentor"),
    pgettext("each", "mentee"),
)
