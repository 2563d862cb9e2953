"""A rulebook's and a roster's text as plain values, read without the package."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import yaml

Person = Mapping[str, str]
"""A row of the roster: its cells by their headers."""
Entry = tuple[str, object, Mapping[str, object]]
"""A rule or preference: its kind, what stands behind it, and the options beside it."""

DEFAULT_BANDS = {"experience": {"new": "below 5", "experienced": "10 or more"}}
MEASURED_BY = {"experience": "years"}
BETWEEN = "mid"


@dataclass(frozen=True)
class Book:
    """What holds for a roster that is not split, or for one part of it.

    A preference is a list of entries with their weights: several where they are of one importance.
    """

    smallest: int
    largest: int
    prefer: int | None
    fewest: int | None
    most: int | None
    bands: Mapping[str, Mapping[str, str]]
    rules: tuple[Entry, ...]
    preferences: tuple[tuple[tuple[Entry, Fraction], ...], ...]

    def allows(self, groups: int) -> bool:
        """Whether so many groups were asked for, or none was said."""
        return (self.fewest or 1) <= groups and (self.most is None or groups <= self.most)

    @property
    def everyone(self) -> bool:
        return any(kind == "place_everyone" for kind, _, _ in self.rules)


@dataclass(frozen=True)
class Split:
    """The books of the parts by their values of the trait ``by``; all others follow ``others``."""

    by: str | None
    parts: Mapping[str, Book]
    others: Book


def people_of(roster: str) -> list[Person]:
    """The rows of a CSV text."""
    return list(csv.DictReader(io.StringIO(roster)))


def earlier_of(table: str) -> list[frozenset[str]]:
    """Who sat together in an earlier file."""
    groups: dict[str, set[str]] = {}
    for row in csv.DictReader(io.StringIO(table)):
        if row["group"]:
            groups.setdefault(row["group"], set()).add(row["id"])
    return [frozenset(ids) for ids in groups.values()]


def book_of(rulebook: str) -> Split:
    """A rulebook's text, read as a person would."""
    plain = yaml.safe_load(rulebook) or {}
    bands = plain.get("bands") or DEFAULT_BANDS
    whole = _book(plain, bands)
    parts = {
        str(value): _book({**plain, **{k: v for k, v in (part or {}).items() if v}}, bands)
        for value, part in (plain.get("parts") or {}).items()
    }
    return Split(plain.get("split_by"), parts, whole)


def _book(plain: Mapping[str, object], bands: Mapping[str, Mapping[str, str]]) -> Book:
    groups = plain.get("groups") or {"size": "3-5", "prefer": 4}
    assert isinstance(groups, dict)
    sized = "size" in groups
    low, high = _range(groups.get("size", "3-5"))
    count = groups.get("count", "auto")
    fewest, most = (None, None) if count == "auto" else _range(count)
    return Book(
        low,
        high,
        groups.get("prefer", None if sized else 4),
        fewest,
        most,
        bands,
        tuple(map(entry_of, plain.get("rules") or ())),
        tuple(_tiers(plain.get("preferences") or ())),
    )


def _range(written: object) -> tuple[int, int]:
    low, _, high = str(written).partition("-")
    return int(low), int(high or low)


KINDS = frozenset(
    {"different", "same", "include", "ratio", "not_alone", "together", "apart", "common", "pin"}
    | {"spread", "balance", "strangers", "keep", "resilient", "wishes", "even_sizes"}
    | {"place_everyone", "distance"}
)
OPTIONS = frozenset({"at_least", "at_most", "exactly", "per", "weight"})
# Whole mappings behind these words are theirs, options and all.
WHOLE = frozenset({"pin", "distance"})


def entry_of(written: object) -> Entry:
    """``{include: {role: mentor, at_least: 1}}`` and the same with the option outside are one."""
    if isinstance(written, str):
        return written, None, {}
    assert isinstance(written, dict)
    (kind,) = KINDS & written.keys()
    main, options = written[kind], {key: value for key, value in written.items() if key != kind}
    if isinstance(main, dict) and kind not in WHOLE and not main.keys() & {"means", "spreads"}:
        options |= {key: value for key, value in main.items() if key in OPTIONS}
        main = {key: value for key, value in main.items() if key not in OPTIONS}
        if kind not in {"include", "ratio", "not_alone"}:
            (main,) = main
    return kind, main, options


def _tiers(entries: Sequence[object]) -> list[tuple[tuple[Entry, Fraction], ...]]:
    """Nested lists, and neighbours that carry a weight, are of one importance."""
    found: list[list[tuple[Entry, Fraction]]] = []
    in_row = False
    for entry in entries:
        inner = [_weighted(each) for each in (entry if isinstance(entry, list) else [entry])]
        weighted = isinstance(entry, dict) and "weight" in entry
        if weighted and in_row:
            found[-1] += inner
        else:
            found.append(inner)
        in_row = weighted
    return [tuple(tier) for tier in found]


def _weighted(written: object) -> tuple[Entry, Fraction]:
    kind, main, options = entry_of(written)
    weight = Fraction(str(options.get("weight", 1)))
    return (kind, main, {key: value for key, value in options.items() if key != "weight"}), weight


# traits ---------------------------------------------------------------------------------------
Stretch = tuple[Fraction | None, bool, Fraction | None, bool]
"""From, whether that is in it, to, and whether that is in it; None is open."""

_NUMBER = r"([0-9]+(?:\.[0-9]+)?)"
_STRETCHES = (
    (rf"below {_NUMBER}", lambda n: (None, False, n, False)),
    (rf"at most {_NUMBER}", lambda n: (None, False, n, True)),
    (rf"(?:over|above) {_NUMBER}", lambda n: (n, False, None, False)),
    (rf"{_NUMBER} or more", lambda n: (n, True, None, False)),
)


def stretch_of(text: str) -> Stretch | None:
    """``below 5``, ``at most 5``, ``above 5``, ``5 or more`` and ``5-10``; None for other texts."""
    if found := re.fullmatch(rf"{_NUMBER}-{_NUMBER}", text):
        return Fraction(found[1]), True, Fraction(found[2]), True
    for pattern, stretch in _STRETCHES:
        if found := re.fullmatch(pattern, text):
            return stretch(Fraction(found[1]))
    return None


def lies_in(number: Fraction, stretch: Stretch) -> bool:
    low, with_low, high, with_high = stretch
    above = low is None or number > low or (with_low and number == low)
    below = high is None or number < high or (with_high and number == high)
    return above and below


def number_of(text: str) -> Fraction | None:
    """A cell as a number, or None."""
    return Fraction(text) if re.fullmatch(r"[0-9]+(\.[0-9]+)?", text) else None


def values_in(text: str) -> frozenset[str]:
    """A cell as a set of values."""
    return frozenset(filter(None, (part.strip() for part in text.split(";"))))
