"""The section ``groups``: how large groups may be, and how many there may be."""

from __future__ import annotations

import re
from dataclasses import replace

from vermegroup.intake.faults import Faults, did_you_mean
from vermegroup.intake.located import Fields, Located, Scalar, is_nothing
from vermegroup.phrase import Phrase, phrase
from vermegroup.rulebook import GroupSpec

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


def plain_groups(spec: GroupSpec) -> dict[str, object]:
    """The section as plain values."""
    plain: dict[str, object] = {"size": _plain_range(spec.smallest, spec.largest)}
    if spec.prefer is not None:
        plain["prefer"] = spec.prefer
    counted = spec.fewest is not None and spec.most is not None
    return {**plain, "count": _plain_range(spec.fewest, spec.most) if counted else "auto"}


def _plain_range(low: int | None, high: int | None) -> object:
    return low if low == high else f"{low}-{high}"


def _with_size(node: Fields, faults: Faults) -> GroupSpec:
    value = node.get("size")
    if value is None:
        return GroupSpec()
    limits = _range(value)
    if limits is None or not SMALLEST_GROUP <= limits[0] <= limits[1] <= LARGEST_GROUP:
        faults.note(_NO_SIZE, line=value.line, key="size", value=value.written(), hint=_SIZES)
        return GroupSpec(SMALLEST_GROUP, LARGEST_GROUP, None)
    return GroupSpec(*limits, None)


def _with_prefer(node: Fields, spec: GroupSpec, faults: Faults) -> GroupSpec:
    value = node.get("prefer")
    if value is None or is_nothing(value):
        return spec
    limits = _range(value)
    if limits and spec.smallest <= limits[0] == limits[1] <= spec.largest:
        return replace(spec, prefer=limits[0])
    faults.note(
        phrase(
            "The preferred size must be a whole number from {low} to {high}",
            "Toivotun koon on oltava kokonaisluku väliltä {low}–{high}",
            "Den önskade storleken måste vara ett heltal mellan {low} och {high}",
            low=spec.smallest,
            high=spec.largest,
        ),
        line=value.line,
        key="prefer",
        value=value.written(),
        hint=phrase(
            "It lies within the size of the groups",
            "Sen on mahduttava ryhmien kokorajoihin (size)",
            "Den ska rymmas inom gruppernas storlek (size)",
        ),
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


def _unknown(key: str) -> Phrase:
    return phrase(
        "The section groups has no key {key}",
        "Osiossa groups ei ole avainta {key}",
        "Avsnittet groups har ingen nyckel {key}",
        key=key,
    )


_EXAMPLE = Phrase(
    "For example: groups: {size: 3-5, prefer: 4}",
    "Esimerkiksi: groups: {size: 3-5, prefer: 4}",
    "Till exempel: groups: {size: 3-5, prefer: 4}",
)
_NO_MAPPING = Phrase(
    "The section groups has the keys size, prefer and count",
    "Osiossa groups on avaimet size, prefer ja count",
    "Avsnittet groups har nycklarna size, prefer och count",
)
_NO_SIZE = Phrase(
    f"The group size must be a whole number or a range, from {SMALLEST_GROUP} to {LARGEST_GROUP}",
    f"Ryhmän koon on oltava kokonaisluku tai väli, {SMALLEST_GROUP}–{LARGEST_GROUP}",
    f"Gruppstorleken måste vara ett heltal eller ett intervall, {SMALLEST_GROUP}–{LARGEST_GROUP}",
)
_SIZES = Phrase(
    "Write for example 4 or 3-5, the smaller number first",
    "Kirjoita esimerkiksi 4 tai 3-5, pienempi luku ensin",
    "Skriv till exempel 4 eller 3-5, det mindre talet först",
)
_NO_COUNT = Phrase(
    "The number of groups must be a whole number, a range, or auto",
    "Ryhmien määrän on oltava kokonaisluku, väli tai auto",
    "Antalet grupper måste vara ett heltal, ett intervall eller auto",
)
_COUNTS = Phrase(
    "Write for example 12, 10-14 or auto",
    "Kirjoita esimerkiksi 12, 10-14 tai auto",
    "Skriv till exempel 12, 10-14 eller auto",
)
