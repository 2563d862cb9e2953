"""Random rosters, rulebooks with numbers at the ends of what is allowed, and groupings."""

from __future__ import annotations

import csv
import random
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import yaml

from tests.exact_judge import Judge, Members, Row
from vermegroup import Grouping, Problem, problem_of, read_roster, read_rulebook
from vermegroup.domain.findings import RulebookError
from vermegroup.domain.grouping import group_names

REFUSED = re.compile("too large|group (.* )?cannot|cannot be both|to be both together and apart")
NUMERIC = frozenset({"score", "points"})
COLOURS = ("red", "green", "blue", "white")
LANGUAGES = ("en", "fi", "sv", "et")


@dataclass(frozen=True)
class Case:
    """A roster and a rulebook as files, and what the judge knows of them."""

    folder: Path
    judge: Judge

    def read(self) -> tuple[Problem, Judge] | None:
        """As the package reads it; None where numbers are too large, or rules contradictory.

        Whether a trait has several values is for the reading of its column to say.
        """
        try:
            book = read_rulebook(self.folder / "rules.yaml")
            roster, findings = read_roster(self.folder / "people.csv", book)
            assert not findings, findings
            several = frozenset(roster.sets)
            return problem_of(roster, book), replace(self.judge, several=several)
        except RulebookError as refused:
            if all(REFUSED.search(str(finding.message)) for finding in refused.findings):
                return None
            raise


def case_of(chance: random.Random, folder: Path, people: int) -> Case:
    rows = [person(chance, f"P{number:03d}", style) for number, style in _styles(chance, people)]
    ids = [row["id"] for row in rows]
    for row in rows:
        row["wishes"] = ", ".join(chance.sample(ids, min(len(ids), chance.randint(0, 3))))
    earlier = [ids[at : at + 3] for at in range(0, len(ids), 3)]
    chance.shuffle(ids)
    rulebook = rulebook_of(chance, rows, ids)
    _write(folder, rows, rulebook, earlier)
    return Case(folder, Judge(rows, rulebook, NUMERIC, earlier={"before.csv": earlier}))


def _styles(chance: random.Random, people: int) -> list[tuple[int, str]]:
    style = chance.choice(("whole", "decimals", "tiny", "far apart", "equal", "small"))
    return [(number, style) for number in range(people)]


def person(chance: random.Random, id_: str, style: str) -> Row:
    return {
        "id": id_,
        "score": _number(chance, style),
        "points": str(chance.randint(0, 3)),
        "colour": chance.choice(COLOURS),
        "langs": ", ".join(sorted(chance.sample(LANGUAGES, chance.randint(1, 3)))),
    }


def _number(chance: random.Random, style: str) -> str:
    """At most twelve digits from the first to the last decimal of a column: kept exactly."""
    if style == "whole":
        return str(chance.randint(-(10**9), 10**9))
    if style == "decimals":
        return f"{chance.randint(-999_999, 999_999)}.{chance.randint(0, 999_999):06d}"
    if style == "tiny":
        return f"0.{chance.randint(0, 40):012d}"
    if style == "far apart":
        return chance.choice(("-1000000000", "1000000000", "0.001", "999999999.999"))
    return "7.5" if style == "equal" else str(chance.randint(0, 40))


def rulebook_of(
    chance: random.Random, rows: Sequence[Row], ids: Sequence[str]
) -> dict[str, object]:
    low = chance.choice((2, 2, 3, chance.randint(2, 12)))
    high = chance.choice((low, low + 1, low + chance.randint(0, 40), 1000, 10_000))
    groups: dict[str, object] = {"size": f"{low}-{high}"}
    if chance.random() < 0.5:
        groups["prefer"] = chance.choice((low, high))
    rules = _entries(chance, rows, ids, chance.randint(0, 4), rule=True)
    preferences = _entries(chance, rows, ids, chance.randint(1, 4), rule=False)
    if chance.random() < 0.3:
        tier = [
            {**entry, "weight": _weight(chance)}
            for entry in _entries(chance, rows, ids, chance.randint(2, 4), rule=False)
            if isinstance(entry, dict) and "balance" not in entry
        ]
        preferences += [tier] if len(tier) > 1 else []
    if chance.random() < 0.5:
        rules.append("place_everyone")
    return {"groups": groups, "rules": rules, "preferences": preferences}


def _weight(chance: random.Random) -> object:
    return chance.choice((1, 2, 0.5, 999_999, 0.0001, chance.randint(1, 10**6), 123456.789))


def _entries(
    chance: random.Random, rows: Sequence[Row], ids: Sequence[str], count: int, *, rule: bool
) -> list[object]:
    found: list[object] = []
    for _ in range(count):
        entry = _entry(chance, rows, ids, rule=rule)
        if entry not in found:
            found.append(entry)
    return found


def _entry(
    chance: random.Random, rows: Sequence[Row], ids: Sequence[str], *, rule: bool
) -> dict[str, object]:
    huge = chance.choice((0, 1, 1, 2, 3, 999_999_999))
    limit = str(chance.choice((0, 3, "0.000000000001", "333333.333333", "123456789.12345", huge)))
    near = str(abs(Fraction(chance.choice(rows)["score"]) * 1)).partition("/")[0]
    limit = chance.choice((limit, near if len(near) < 10 else limit))
    least = {"at_least": huge} if huge else {}
    trait = chance.choice(("score", "points", "colour", "langs"))
    held = sorted({row["colour"] for row in rows})  # a value that nobody has is a fault
    two = {"colour": held[0], "per": held[-1]}
    choices: list[dict[str, object]] = [
        {"balance": trait, **({"at_most": limit} if rule else {})},
        {"balance": "score", **({"at_most": limit} if rule else {})},
        {"spread": trait, **({"at_least": _whole(limit, trait)} if rule else {})},
        {"spread": "score", **({"at_least": limit} if rule else {})},
        {"include": {"score": _stretch(chance, rows)}, **(least or {"at_most": huge})},
        {"include": {"colour": chance.choice(held)}, **(least or {"at_most": huge})},
        *([{"ratio": two, way: huge} for way in ("at_least", "at_most")] if len(held) > 1 else []),
        {"different": "colour", "at_most": max(1, huge)},
        {"same": "colour"},
        {"not_alone": {"score": _stretch(chance, rows)}},
        {"common": "langs", "at_least": max(1, huge)},
        {chance.choice(("together", "apart")): [list(ids[:2]), list(ids[2:4])]},
        {chance.choice(("together", "apart")): "colour"},
        {"strangers": "before.csv"},
    ]
    if rule:
        choices.append({"resilient": 1})
    else:
        choices += [{"keep": "before.csv"}, {"wishes": "wishes"}, {"resilient": 1}]
    return chance.choice(choices)


def _whole(limit: str, trait: str) -> str:
    """Numbers of values are whole."""
    return limit if trait in NUMERIC else limit.partition(".")[0]


def _stretch(chance: random.Random, rows: Sequence[Row]) -> str:
    """A range at whose end somebody stands, where ranges may begin: they have no sign."""
    numbers = [row["score"] for row in rows if not row["score"].startswith("-")] or ["0"]
    ends = sorted(chance.choices(numbers, k=2), key=Fraction)
    return chance.choice(
        (f"below {ends[0]}", f"at most {ends[0]}", f"{ends[0]} or more", f"{ends[0]} to {ends[1]}")
    )


def _write(
    folder: Path, rows: Sequence[Row], rulebook: dict[str, object], earlier: list[list[str]]
) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "people.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), delimiter=";")
        writer.writeheader()
        writer.writerows(rows)
    (folder / "rules.yaml").write_text(yaml.safe_dump(rulebook), encoding="utf-8")
    lines = [f"{id_},{number}" for number, ids in enumerate(earlier, 1) for id_ in ids]
    (folder / "before.csv").write_text("\n".join(["id,group", *lines]), encoding="utf-8")


def any_groups(chance: random.Random, people: int) -> list[Members]:
    """A grouping by hand: groups of any size, and some people left out."""
    order = chance.sample(range(people), people)
    left = chance.choice((0, 0, chance.randint(0, people - 1)))
    seated = order[left:]
    most = min(len(seated), chance.choice((1, 3, people)))
    cuts = sorted(chance.sample(range(1, len(seated)), chance.randint(1, most) - 1))
    parts = zip([0, *cuts], [*cuts, len(seated)], strict=True)
    return [tuple(sorted(seated[a:b])) for a, b in parts]


def grouping_of(groups: Sequence[Members], people: int) -> Grouping:
    group_of = np.full(people, -1, dtype=np.int64)
    for at, members in enumerate(groups):
        group_of[list(members)] = at
    return Grouping(group_of, group_names(len(groups)))


def groups_in(grouping: Grouping) -> list[Members]:
    return [tuple(grouping.members(group).tolist()) for group in range(grouping.groups)]
