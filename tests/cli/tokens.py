"""A roster in which whatever tells who somebody is carries a token, and a search for it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from typer.testing import Result

from vermegroup.app.privacy.identities import Identities

TOKEN = "zq"  # no word of ours has it, and no hash
KEY = "synthetic key, for tests alone"
HIDDEN = Identities(KEY.encode())
TOWNS = ("Turku", "Oulu", "Lahti", "Salo", "Kemi", "Pori", "Vaasa", "Espoo", "Rauma")
YEARS = (1, 12, 7, 20, 2, 6, 14, 0, 3, 11, 15, 9, 4, 10)
HEADER = (
    *("Tunnus", "Nimi", "Sähköposti", "Puhelin", "Kunta", "Vuodet", "Ammatti", "Rooli", "Teema"),
    *("Organisaatio", "Yksikkö", "Toiveet", "Kummi", "Vältä", "Lisätieto", "Esihenkilö"),
)


@dataclass(frozen=True)
class Invented:
    """People by number; ``ids`` says how their ids look."""

    ids: str = "ZQID{:02d}"

    def id(self, place: int) -> str:
        return self.ids.format(place + 1)

    def name(self, place: int) -> str:
        return f"Zqetu{chr(97 + place)} Zqsuku{chr(97 + place % 7)}"

    def email(self, place: int) -> str:
        return f"zqetu{place}@zq.example.org"

    def hidden(self, place: int) -> str:
        return HIDDEN.pseudonym(self.id(place))

    def row(self, place: int, count: int) -> tuple[str, ...]:
        first = place - place % 6
        wishes = (self.id((place + 1) % count), self.name((place + 2) % count))
        return (
            *(self.id(place), self.name(place), self.email(place), f"+358 zq{place}"),
            *(TOWNS[place % 9], str(YEARS[place % 14]), "opettaja"),
            *("mentor" if place % 4 == 0 else "mentee", ("lukeminen", "leikki")[place // 6 % 2]),
            *(f"Koulu {place % 6}", f"Yksikkö {place % 5}"),
            f"{', '.join(wishes)}, {self.email((place + 3) % count)}, Zqvieras Zqulko",
            *(self.name(first), self.id((place + 5) % count)),
            f"Terveisin {self.name(place)}, zqmuu@zq.example.org, zqkaima",
            f"Zqpomo Zq{place % 2}",
        )

    def table(self, places: Iterable[int], count: int) -> str:
        return written([HEADER, *(self.row(place, count) for place in places)])


def written(rows: Iterable[Iterable[str]]) -> str:
    """Cells as a file."""
    text = io.StringIO()
    csv.writer(text, delimiter=";", lineterminator="\n").writerows(rows)
    return text.getvalue()


def rows_of(file: Path) -> list[dict[str, str]]:
    """A file's rows by its headers."""
    return list(csv.DictReader(io.StringIO(file.read_text("utf-8-sig")), delimiter=";"))


def leaks(folder: Path, given: Iterable[str], shown: Result) -> list[str]:
    """Every line with the token, of what was shown and of all files but those that were given."""
    texts = [shown.stdout, shown.stderr]
    for path in sorted(folder.rglob("*")):
        relative = path.relative_to(folder)
        if relative.parts[0] not in given:
            texts.append(str(relative))
            texts += [path.read_bytes().decode("utf-8", "replace")] if path.is_file() else []
    return [line for text in texts for line in text.splitlines() if TOKEN in line.casefold()]


def essence(report: Path) -> dict[str, object]:
    """What of a report must be the same whatever people are called."""
    record = json.loads(report.read_bytes())
    return {
        **{name: record[name] for name in ("verdict", "proven", "participants")},
        "bonds": record.get("bonds"),
        "sizes": sorted(group["size"] for group in record["groups"]),
        "counts": [(line["groups"], line["possible"]) for line in record["group_counts"]],
        "rules": [(r["kind"], r["satisfied"], len(r["violations"])) for r in record["rules"]],
        "preferences": [
            (p["kind"], p["value"], p["bound"], p["proven"]) for p in record["preferences"]
        ],
        "repairs": [(repair["cost"], repair["remedy"]) for repair in record["repairs"]],
    }
