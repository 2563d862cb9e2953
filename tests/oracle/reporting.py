"""A case through the command line: exit code, report.json and groups.csv."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from pathlib import Path

from typer.testing import CliRunner

from tests.oracle.answers import Answer, Case, Oracle
from tests.oracle.claims import Claim, Mismatch, of_claims, of_proof
from tests.oracle.judging import Judged, write
from tests.oracle.meanings import Groups
from tests.oracle.written import people_of
from vermegroup.cli.commands import app

EXITS = {"formed": 0, "impossible": 1, "undecided": 3}
Record = Mapping[str, object]


def reported(case: Case, folder: Path) -> Judged:
    """Run ``form`` on the case's files and compare what it says and writes with the oracle's."""
    write(case, folder)
    out = folder / "out"
    files = [str(folder / "roster.csv"), "--rules", str(folder / "rules.yaml"), "-o", str(out)]
    ran = CliRunner().invoke(app, ["form", *files, "--format", "json", "--force"])
    if ran.exit_code == 2:
        return Judged("refused", ())
    if ran.exit_code not in EXITS.values():
        said = f"exit {ran.exit_code}: {ran.stderr[-300:]}"
        return Judged("exception", (Mismatch("exit code", said, "0, 1, 2 or 3"),))
    record = json.loads(ran.stdout)
    answer = Answer(case)
    wrong = [*_of_record(record, ran.exit_code, answer, case)]
    if record["verdict"] == "formed":
        wrong += _of_table(out / "groups.csv", record, case)
    return Judged(record["verdict"], tuple(wrong), bool(record["proven"]))


def _of_record(record: Record, code: int, answer: Answer, case: Case) -> Iterator[Mismatch]:
    verdict, right = record["verdict"], "formed" if answer.possible else "impossible"
    if verdict not in (right, "undecided"):
        yield Mismatch(f"report: verdict {verdict}", verdict, right)
    if code != EXITS[verdict]:
        yield Mismatch("report: exit code", code, EXITS[verdict])
    yield from _of_people(record, case)
    if verdict == "formed" and not answer.split:
        yield from _of_groups(record, answer.parts[""], case)
        yield from _of_counts(record, answer.parts[""])


def _of_people(record: Record, case: Case) -> Iterator[Mismatch]:
    """Nobody is lost: read = placed + waiting, and none is set aside."""
    counts, everybody = record["participants"], len(people_of(case.roster))
    counted = (counts["read"], counts["placed"] + counts["waitlisted"], counts["set_aside"])
    if counted != (everybody, everybody, 0):
        yield Mismatch("report: people", counts, everybody)


def _of_groups(record: Record, oracle: Oracle, case: Case) -> Iterator[Mismatch]:
    groups = _groups_of(record, case)
    if not oracle.keeps_rules(groups) or not oracle.book.allows(len(groups)):
        yield Mismatch("report: the groups break a rule", groups, "others")
        return
    claims = _claims(record["preferences"])
    yield from of_claims("report", claims, groups, oracle)
    yield from of_proof(bool(record["proven"]), groups, oracle)
    broken = [rule["sentence"] for rule in record["rules"] if rule["satisfied"] is not True]
    if broken:
        yield Mismatch("report: a rule is told as broken", broken, "none is")


def _groups_of(record: Record, case: Case) -> Groups:
    place = {row["id"]: at for at, row in enumerate(people_of(case.roster))}
    return tuple(tuple(sorted(map(place.get, group["members"]))) for group in record["groups"])


def _claims(lines: Sequence[Record]) -> list[Claim]:
    return [
        Claim(
            line["kind"],
            _exact(line["value"]),
            _exact(line["bound"]),
            line["proven"],
            tuple(_claims(line.get("parts", ()))),
        )
        for line in lines
    ]


def _exact(number: float) -> Fraction:
    """The fraction that was told as a decimal number; those of small cases are simple ones."""
    return Fraction(number).limit_denominator(1_000_000)


def _of_counts(record: Record, oracle: Oracle) -> Iterator[Mismatch]:
    for line in record["group_counts"]:
        possible = line["groups"] in oracle.all_costs
        asked = oracle.book.allows(line["groups"])
        if line["possible"] not in (None, possible) and (asked or line["possible"]):
            yield Mismatch("report: a number of groups", line, possible)


def _of_table(table: Path, record: Record, case: Case) -> Iterator[Mismatch]:
    """groups.csv has every row of the roster with its group."""
    with table.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    seats = {member: group["id"] for group in record["groups"] for member in group["members"]}
    right = [{**row, "group": seats.get(row["id"], "")} for row in people_of(case.roster)]
    if rows != right:
        yield Mismatch("groups.csv", rows, right)
