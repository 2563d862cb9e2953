"""Names in headers, statuses and texts of traits: no result has them, and all else stays."""

from __future__ import annotations

import json
import random
import re
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.by_day import todays
from tests.cli.conftest import Run
from tests.cli.tokens import KEY, rows_of, written

# Each last name with its genitive.
LAST = dict(
    pair.split()
    for pair in (
        *("Virtanen Virtasen", "Korhonen Korhosen", "Mäkinen Mäkisen", "Ranta Rannan"),
        *("Heikkinen Heikkisen", "Laukkanen Laukkasen", "Pelkonen Pelkosen", "Salo Salon"),
        *("Kivimäki Kivimäen", "Koskela Koskelan", "Lindqvist Lindqvistin", "Lahti Lahden"),
    )
)
FIRST = (
    *("Aino", "Eero", "Maija", "Pekka", "Liisa", "Kalle", "Tiina", "Kerttu", "Jussi", "Outi"),
    *("Märta", "Väinö"),
)
TOWNS = ("Helsinki", "Lahti", "Salo", "Pori", "Espoo", "Vaasa", "Turku")
COLUMNS = (
    ("name", "Wishes [{}]", "Assessed by {name}", "status", "Daycare"),
    ("nimi", "Toiveet [{}]", "Kokemus mentorina, arvioi {name}", "Tila", "Päiväkoti"),
    ("nimi", "Toiveet: {}", "{first} {genitive} arvio", "Perunut", "Yksikkö"),
    ("namn", "Önskemål - {}", "Bedömning av {last}, {first}", "Status", "Enhet"),
    ("nimi", "Toiveet ({})", "arvio_{first}_{last}", "Osallistuuko", "Teema"),
)
STATUSES = (
    *("Peruttu {genitive} {first}", "{last} perunut", "peruttu, tilalle Zqkaisa Zqpomo"),
    *("Vahvistettu/{first}", "ehkä, kysy {first} {last}", "Cancelled by {name}", "Kommer, Zqeva"),
)
PLAIN_STATUSES = ("", "", "Vahvistettu", "Peruttu", "ehkä")
NAMING = (
    *("{first} {genitive} päiväkoti", "{name}s förskola", "{last}, {first}", "{first}n ryhmä"),
    *("Päiväkoti {first}", "{name}'s school"),
)
# Of who is called like a town a last name alone may be the town.
NAMING_ALONE = ("{genitive} eskari", "{last}", "Villa {last}")
PLAIN = ("Solhem", "Koulu 1", "Kivirannan eskari", "Linnunrata", "Aamu")
PLAIN_TOWNS = ("Lahden koulu", "Salo")


@dataclass
class Roster:
    """Twelve people by id; ``named`` are the cells, by row and column, that tell of somebody."""

    header: list[str]
    rows: list[list[str]]
    secret: re.Pattern[str]
    named: set[tuple[int, int]] = field(default_factory=set)

    def told(self, text: str) -> list[str]:
        return [line for line in text.splitlines() if self.secret.search(line)]


def roster(seed: int) -> Roster:
    chance = random.Random(seed)
    lasts = chance.sample(list(LAST), 12)
    people = list(zip(chance.sample(FIRST, 12), lasts, strict=True))
    name, grid, score, status, unit = COLUMNS[seed % len(COLUMNS)]

    def filled(text: str, person: tuple[str, str]) -> str:
        first, last = person
        whole = f"{first} {last}"
        return text.format(first=first, last=last, name=whole, genitive=LAST[last])

    wished = chance.sample(range(12), 4)
    header = ["id", name, "municipality", "years", filled(score, chance.choice(people))]
    header += [status, unit, *(grid.format(" ".join(people[at])) for at in wished)]
    known = [last for last in lasts if last not in TOWNS]
    words = [*known, *(LAST[last].removesuffix("n") for last in known), *FIRST, "zq"]
    made = Roster(header, [], re.compile(rf"(?<![^\W_])({'|'.join(words)})", re.IGNORECASE))
    for at, person in enumerate(people):
        other = chance.choice(people)
        alone = other[1] not in TOWNS
        # A theme is no place: in it a town's name may be somebody's.
        plain = PLAIN if unit == "Teema" else PLAIN + PLAIN_TOWNS
        texts = [chance.choice(PLAIN_STATUSES), chance.choice(plain)]
        if chance.random() < 0.3:
            texts[0] = filled(chance.choice(STATUSES), other)
            made.named.add((at, 5))
        if chance.random() < 0.4:
            texts[1] = filled(chance.choice(NAMING + NAMING_ALONE * alone), other)
            made.named.add((at, 6))
        row = [f"SYN-{at + 1}", " ".join(person), TOWNS[at % 7], str(at), str(at % 5), *texts]
        row += [chance.choice(("x", "", "")) for _each in wished]
        made.rows.append(row)
    return made


@pytest.mark.parametrize("block", todays(range(10)))
def test_no_name_is_left_and_nothing_else_changes(
    folder: Path, run: Run, block: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VERMEGROUP_KEY", KEY)
    for seed in range(5 * block, 5 * block + 5):
        given = roster(seed)
        unit = given.header[6]
        Path("r.csv").write_text(written([given.header, *given.rows]), "utf-8")
        Path("rules.yaml").write_text(
            "groups: {size: 2-4}\nrules: [place_everyone]\npreferences: "
            f"[{{wishes: wishes}}, {{different: {unit}}}, {{balance: score}}]\n",
            "utf-8",
        )
        call = ("form", "r.csv", "--rules", "rules.yaml", "--column", f"score={given.header[4]}")
        audits = []
        for out, more in ((f"open{seed}", ()), (f"hidden{seed}", ("--pseudonymise",))):
            formed = run(*call, "-o", out, *more)
            assert formed.exit_code == 0, (seed, formed.output)
            audits.append(run("audit", f"{out}/groups.csv", "--format", "json"))
        said = formed.output + audits[1].output
        said += "".join(path.read_text("utf-8-sig") for path in Path(out).iterdir())
        assert given.told(said) == [], seed
        assert judged(audits[1].stdout) == judged(audits[0].stdout), seed
        unchanged(given, Path(out, "groups.csv"), seed)


def judged(audit: str) -> tuple[object, ...]:
    record = json.loads(audit)
    values = [(line["kind"], line["value"], line["bound"]) for line in record["preferences"]]
    rules = [(line["kind"], line["satisfied"]) for line in record["rules"]]
    return record["verdict"], record["participants"], rules, values


def unchanged(given: Roster, file: Path, seed: int) -> None:
    """Every cell stays but those that tell who somebody is; of these equal ones stay equal."""
    rows = rows_of(file)
    kept = [at for at in range(len(given.header)) if at != 1]
    headers = list(rows[0])
    assert len(headers) == len(kept) + 1, seed
    for place, at in enumerate(kept):
        told = bool(given.told(given.header[at]))
        assert (headers[place] != given.header[at]) == told, (seed, given.header[at])
        pairs = set()
        for number, (row, was) in enumerate(zip(rows, given.rows, strict=True)):
            now = row[headers[place]]
            if at == 0 or (number, at) in given.named:
                pairs.add((was[at], now))
            else:
                assert now == was[at], (seed, given.header[at], was[at], now)
        assert len(pairs) == len({before for before, _now in pairs})
