"""What there is to tell of a roster before anything is formed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from vermegroup.phrase import Phrase
from vermegroup.report.report import Report
from vermegroup.roster import SetAside


@dataclass(frozen=True, slots=True)
class ColumnLine:
    """A column's header, and the trait that was recognised in it; None: kept as it is."""

    header: str
    trait: str | None


@dataclass(frozen=True, slots=True)
class Checked:
    """A report without groups, and what was recognised in the roster.

    ``usable`` says whether groups could be formed of it; ``missing`` are the traits that the
    rulebook needs and no column tells, and ``rows`` are the rows set aside.
    """

    report: Report
    usable: bool
    columns: tuple[ColumnLine, ...]
    missing: tuple[str, ...]
    rows: tuple[SetAside, ...]


TRAITS: Mapping[str, Phrase] = {
    "id": Phrase("id", "tunnus", "id"),
    "name": Phrase("name", "nimi", "namn"),
    "first name": Phrase("first name", "etunimi", "förnamn"),
    "last name": Phrase("last name", "sukunimi", "efternamn"),
    "email": Phrase("e-mail", "sähköposti", "e-post"),
    "municipality": Phrase("municipality", "kunta", "kommun"),
    "years": Phrase("years of experience", "kokemusvuodet", "erfarenhetsår"),
    "experience": Phrase("experience in words", "kokemus sanoin", "erfarenhet i ord"),
    "profession": Phrase("profession", "ammatti", "yrke"),
    "unit": Phrase("work unit", "työyksikkö", "arbetsenhet"),
    "organisation": Phrase("organisation", "organisaatio", "organisation"),
    "region": Phrase("region", "maakunta", "landskap"),
    "language": Phrase("language", "kieli", "språk"),
    "role": Phrase("role", "rooli", "roll"),
    "times": Phrase("free times", "vapaat ajat", "lediga tider"),
    "wishes": Phrase("wishes", "toiveet", "önskemål"),
    "status": Phrase("status", "ilmoittautumisen tila", "anmälans status"),
    "cancelled": Phrase("cancelled", "peruutus", "avbokning"),
    "answered": Phrase("time of answer", "vastausaika", "svarstid"),
    "group": Phrase("group", "ryhmä", "grupp"),
}
"""What people call the traits that are recognised."""


def by_trait(columns: Sequence[ColumnLine]) -> dict[str | None, list[str]]:
    """The headers of each trait in the order of the columns; under None, those kept as they are."""
    found: dict[str | None, list[str]] = {}
    for column in columns:
        if column.header or column.trait:
            found.setdefault(column.trait, []).append(column.header)
    kept = found.pop(None, None)
    return found if kept is None else {**found, None: kept}
