"""What can be wrong with one entry of a rulebook, in words."""

from __future__ import annotations

from vermegroup.language.messages import Message, _

NO_TRAIT = _("The entry does not name a trait")
NO_TRAIT_AND_VALUE = _("The entry needs one trait and its value")
NO_VALUE = _("The trait needs one value, a list of values, or a range")
SAME_VALUE_TWICE = _("The list has the same value twice")
NO_FILE = _("The entry needs the name of a file with earlier groups, or a list of such names")
NO_WEIGHT = _(
    "weight must be a number above 0 and below 1000000, with at most 4 decimals, such as 2 or 0.5"
)
NOT_READ = _("The file is not read here")
NO_ENTRY = _("An entry is a single word, or a word with a value")
NO_LIST = _("The section is a list: every entry begins with a dash")
TWO_KINDS = _("Two entries stand in one")
NEW_DASH = _("Begin each of them with a dash of its own")
SPACE_AFTER_COLON = _("A space is missing after the colon")


def trait_example(kind: str) -> Message:
    """How an entry names a trait."""
    return example(f"{kind}: municipality")


def file_example(kind: str) -> Message:
    """How an entry names a file."""
    return example(f"{kind}: groups.csv")


def value_example(kind: str) -> Message:
    """How an entry names a trait and its value."""
    return example(f"{kind}: {{experience: new}}")


def example(text: str) -> Message:
    """Say what it could look like."""
    return _("For example: {text}", text=text)


def no_whole_number(key: str, at_least: int) -> Message:
    """An option that should be a whole number."""
    return _("{key} must be a whole number, {least} or more", key=key, least=at_least)


def no_number(key: str) -> Message:
    """An option that should be a number."""
    return _(
        "{key} must be a number, such as 2 or 2.5, with up to 12 digits and 12 decimals", key=key
    )


def no_names(key: str) -> Message:
    """An option that should be a name or a list of them."""
    return _("{key} must be a trait or a list of traits", key=key)


def no_word(key: str, choices: tuple[str, ...]) -> Message:
    """An option that should be a word, one of a few."""
    if not choices:
        return _("{key} must be a word", key=key)
    return _("{key} must be one of these: {choices}", key=key, choices=", ".join(choices))


def unknown_option(key: str, kind: str) -> Message:
    """A key that the kind does not know."""
    return _("{kind} has no option {key}", kind=kind, key=key)


def no_value_wanted(kind: str) -> Message:
    """A value behind a bare word."""
    return _("{kind} stands alone, without a value", kind=kind)


def given_twice(key: str, first: int) -> Message:
    """An option that stands beside the kind's name and inside its mapping."""
    return _("{key} is given twice in one entry, first on line {first}", key=key, first=first)


def unknown_kind(word: str) -> Message:
    """A word that names no rule."""
    return _("There is no rule or preference called {word}", word=word)


def only_preference(kind: str) -> Message:
    """A kind that stands among the rules but cannot be one."""
    return _("{kind} cannot be a rule, only a preference", kind=kind)


def only_rule(kind: str) -> Message:
    """A kind that stands among the preferences but cannot be one."""
    return _("{kind} cannot be a preference, only a rule", kind=kind)


def move_to(section: str) -> Message:
    """Where the entry belongs instead."""
    return _("Move it to the section {section}", section=section)
