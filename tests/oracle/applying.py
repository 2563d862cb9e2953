"""A repair done as it is told: the rulebook's text or the roster's rows changed."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from fractions import Fraction

import yaml

from tests.oracle.answers import Case
from tests.oracle.written import (
    DEFAULT_BANDS,
    MEASURED_BY,
    Person,
    book_of,
    lies_in,
    number_of,
    people_of,
    stretch_of,
    values_in,
)

ELSEWHERE = ("Espoo", "Kuopio", "Rauma", "Imatra", "Lohja", "Kajaani", "Forssa", "Raisio")
NUMBERS = [Fraction(quarters, 4) for quarters in range(240)]


class NoSuchPerson(Exception):  # noqa: N818
    """Nobody can be as the repair says."""


def ways_of_applying(case: Case, change: Mapping[str, object], part: str | None) -> Iterator[Case]:
    """The case after the change; several where newcomers may differ in what is not told."""
    sections = change.get("rulebook", {})
    assert isinstance(sections, dict)
    changed = Case(_with_sections(case.rulebook, sections, part), case.roster, case.earlier)
    recruits = change.get("recruit", [])
    assert isinstance(recruits, list)
    if not recruits:
        yield changed
        return
    for like in _extremes(people_of(case.roster)):
        yield Case(changed.rulebook, _with_people(changed, recruits, like, part), case.earlier)


def _extremes(people: list[Person]) -> Iterator[Person]:
    """Those with the least and the most of each number: so differ people who are not told apart."""
    for trait in people[0].keys() & {"years", "score"}:
        by_number = sorted(people, key=lambda person: Fraction(person[trait]))
        yield from (by_number[0], by_number[-1])
    if not people[0].keys() & {"years", "score"}:
        yield people[0]


def _with_sections(rulebook: str, sections: Mapping[str, object], part: str | None) -> str:
    plain = yaml.safe_load(rulebook) or {}
    if part is None:
        return _text({**plain, **sections})
    changed = {key: each for key, each in sections.items() if key != "bands"}
    parts = dict(plain.get("parts") or {})
    parts[part] = {**(parts.get(part) or {}), **changed}
    bands = {"bands": sections["bands"]} if "bands" in sections else {}
    return _text({**plain, **bands, "parts": parts})


def _text(plain: object) -> str:
    return yaml.safe_dump(plain, sort_keys=False, default_flow_style=None, width=100)


def _with_people(
    case: Case, recruits: list[Mapping[str, str | None]], like: Person, part: str | None
) -> str:
    """The roster with newcomers; in what is not told they are like somebody in it."""
    people = people_of(case.roster)
    split = book_of(case.rulebook)
    if split.by is not None:
        like = {**like, split.by: part or ""}
    rows = [*people, *(_person(case, at, recruit, like) for at, recruit in enumerate(recruits))]
    out = io.StringIO()
    writer = csv.DictWriter(out, list(people[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def _person(
    case: Case, number: int, recruit: Mapping[str, str | None], like: Mapping[str, str]
) -> dict[str, str]:
    people = people_of(case.roster)
    added = dict(like)
    added["id"] = f"N{number + 1}"
    if "wishes" in added:
        added["wishes"] = ""
    for trait in added.keys() & {"times", "langs"}:  # free at any time that anybody is
        values = sorted(frozenset().union(*(values_in(row[trait]) for row in people)))
        added[trait] = ";".join(values)
    for trait, value in recruit.items():
        if trait in added:
            added[trait] = _fresh(trait, number) if value is None else value
        else:
            added |= _in_band(case, trait, str(value))
    return added


def _fresh(trait: str, number: int) -> str:
    return ELSEWHERE[number % len(ELSEWHERE)] if trait == "municipality" else f"another {number}"


def _in_band(case: Case, trait: str, name: str) -> dict[str, str]:
    """Years with which somebody is in the band."""
    bands = dict((yaml.safe_load(case.rulebook) or {}).get("bands") or DEFAULT_BANDS)[trait]
    limits = {key: stretch_of(str(band)) for key, band in bands.items() if key != "of"}
    of = bands.get("of", MEASURED_BY.get(trait, trait))
    for number in NUMBERS:
        found = next((key for key, stretch in limits.items() if lies_in(number, stretch)), "mid")
        if found == name:
            text = str(float(number)).removesuffix(".0")
            assert number_of(text) == number
            return {of: text}
    raise NoSuchPerson(f"nobody has {trait} {name}")
