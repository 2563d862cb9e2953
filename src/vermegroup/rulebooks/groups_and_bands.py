"""The sections ``groups`` and ``bands``: sizes and numbers of groups, and named ranges."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

from vermegroup.domain.rulebook import Band, BandSet, GroupSpec, numeric_trait
from vermegroup.language.messages import Message, _
from vermegroup.rulebooks.faults import Faults, Fields, Located, Scalar, did_you_mean, is_nothing
from vermegroup.rules.selectors.ranges import Stretch, read_stretch

KEYS = ("size", "prefer", "count")
SMALLEST_GROUP = 2
LARGEST_GROUP = 10_000
MOST_GROUPS = 1_000_000

_RANGE = re.compile(r"([0-9]{1,9})(?:\s*(?:-|–|—|−|\.\.|…|to|till)\s*([0-9]{1,9}))?")


def read_groups(node: Located, faults: Faults) -> GroupSpec:
    """The sizes and the number of groups; faults are noted, and the default stands for them."""
    if not isinstance(node, Fields):
        faults.note(_NO_MAPPING, line=node.line, key="groups", value=node.written(), hint=_EXAMPLE)
        return GroupSpec()
    for key, value in node.pairs:
        if key.text not in KEYS:
            faults.note(
                _unknown(key.text),
                line=key.line,
                key=key.text,
                value=value.written(),
                hint=did_you_mean(key.text, KEYS),
            )
    return _with_count(node, _with_prefer(node, _with_size(node, faults), faults), faults)


def _with_size(node: Fields, faults: Faults) -> GroupSpec:
    value = node.get("size")
    if value is None:
        return GroupSpec()
    return GroupSpec(*(read_sizes(value, faults) or (SMALLEST_GROUP, LARGEST_GROUP)), None)


def read_sizes(value: Located, faults: Faults) -> tuple[int, int] | None:
    """The smallest and the largest size of groups; a fault is noted, and None stands for it."""
    limits = _range(value)
    if limits is None or not SMALLEST_GROUP <= limits[0] <= limits[1] <= LARGEST_GROUP:
        faults.note(_NO_SIZE, line=value.line, key="size", value=value.written(), hint=_SIZES)
        return None
    return limits


def _with_prefer(node: Fields, spec: GroupSpec, faults: Faults) -> GroupSpec:
    value = node.get("prefer")
    if value is None or is_nothing(value):
        return spec
    limits = _range(value)
    if limits and spec.smallest <= limits[0] == limits[1] <= spec.largest:
        return replace(spec, prefer=limits[0])
    faults.note(
        _(
            "The preferred size must be a whole number from {low} to {high}",
            low=spec.smallest,
            high=spec.largest,
        ),
        line=value.line,
        key="prefer",
        value=value.written(),
        hint=_("It lies within the size of the groups"),
    )
    return spec


def _with_count(node: Fields, spec: GroupSpec, faults: Faults) -> GroupSpec:
    value = node.get("count")
    if value is None or is_nothing(value) or value.written().casefold() == "auto":
        return spec
    limits = _range(value)
    if limits and 1 <= limits[0] <= limits[1] <= MOST_GROUPS:
        return replace(spec, fewest=limits[0], most=limits[1])
    faults.note(_NO_COUNT, line=value.line, key="count", value=value.written(), hint=_COUNTS)
    return spec


def _range(node: Located) -> tuple[int, int] | None:
    found = _RANGE.fullmatch(node.text.strip()) if isinstance(node, Scalar) else None
    return (int(found[1]), int(found[2] or found[1])) if found else None


def _unknown(key: str) -> Message:
    return _("The section groups has no key {key}", key=key)


_EXAMPLE = _("For example: groups: {{size: 3-5, prefer: 4}}")
_NO_MAPPING = _("The section groups has the keys size, prefer and count")
_NO_SIZE = _(
    "The group size must be a whole number or a range, from {low} to {high}",
    low=SMALLEST_GROUP,
    high=LARGEST_GROUP,
)
_SIZES = _("Write for example 4 or 3-5, the smaller number first")
_NO_COUNT = _("The number of groups must be a whole number, a range, or auto")
_COUNTS = _("Write for example 12, 10-14 or auto")


DEFAULT_BANDS = (
    BandSet(
        "experience",
        "years",
        (
            Band("new", None, Fraction(5), "below 5"),
            Band("experienced", Fraction(10), None, "10 or more"),
        ),
    ),
)


def read_bands(node: Located, faults: Faults) -> tuple[BandSet, ...]:
    """The band sets of a rulebook, one for each trait; faults are noted."""
    if not isinstance(node, Fields):
        faults.note(
            _NO_BAND_MAPPING, line=node.line, key="bands", value=node.written(), hint=_BANDS_EXAMPLE
        )
        return ()
    return tuple(_band_set(key, value, faults) for key, value in node.pairs)


def _band_set(key: Scalar, node: Located, faults: Faults) -> BandSet:
    if not isinstance(node, Fields):
        faults.note(
            _NO_BAND_MAPPING, line=key.line, key=key.text, value=node.written(), hint=_BANDS_EXAMPLE
        )
        return BandSet(key.text, numeric_trait(key.text), ())
    bands = [
        (name, band)
        for name, value in node.pairs
        if name.text != "of" and (band := _band(name, value, faults)) is not None
    ]
    _note_overlaps(bands, faults)
    of = _of(node.get("of"), key.text, faults)
    return BandSet(key.text, of, tuple(band for _rest, band in bands))


def _of(node: Located | None, trait: str, faults: Faults) -> str:
    if node is None:
        return numeric_trait(trait)
    if isinstance(node, Scalar) and not is_nothing(node):
        return node.text
    faults.note(_NO_NUMERIC_TRAIT, line=node.line, key="of", value=node.written())
    return trait


def _band(name: Scalar, node: Located, faults: Faults) -> Band | None:
    stretch = read_stretch(node.text) if isinstance(node, Scalar) else None
    if stretch is None:
        message, hint = _NO_STRETCH, _STRETCHES
    elif stretch.is_empty():
        message, hint = _REVERSED, _STRETCHES
    else:
        return Band(name.text, stretch.low, stretch.high, node.written())
    faults.note(message, line=name.line, key=name.text, value=node.written(), hint=hint)
    return None


def _note_overlaps(bands: list[tuple[Scalar, Band]], faults: Faults) -> None:
    upward = sorted(bands, key=lambda pair: (pair[1].low is not None, pair[1].low or 0))
    for one, other in pairwise(upward):
        first, second = one[1], other[1]
        if Stretch(first.low, first.high).overlaps(Stretch(second.low, second.high)):
            key, band = max(one, other, key=lambda pair: pair[0].line)
            faults.note(
                _overlap(first, second),
                line=key.line,
                key=key.text,
                value=band.written,
                hint=_BOTH_ENDS,
            )


def _overlap(first: Band, second: Band) -> Message:
    return _(
        "The bands {first} ({one}) and {second} ({other}) overlap",
        first=first.name,
        one=first.written,
        second=second.name,
        other=second.written,
    )


_NO_BAND_MAPPING = _("Bands are given as a trait with its names and limits")
_BANDS_EXAMPLE = _("For example: experience: {{new: below 5, experienced: 10 or more}}")
_NO_NUMERIC_TRAIT = _("of: names the numeric trait that the bands divide")
_NO_STRETCH = _("The limits of this band cannot be understood")
_REVERSED = _("The lower limit of this band is above its upper limit")
_STRETCHES = _("Write for example: below 5, 5-10, 10 or more")
_BOTH_ENDS = _("A range includes both its ends: 0-5 and 5-10 overlap at 5. Write below 5 and 5-10")
