"""Groups may have any name that can be seen: it is written so that it is read again."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run

PEOPLE = "A,Turku,1\nB,Oulu,12\nC,Lahti,3\nD,Salo,20\nE,Kemi,2\nF,Pori,15\n"
NAMES = (
    ("Monday, 15:00", '=HYPERLINK("http://evil.example","x")', 'x"y'),
    ("a;b", '"', "a,b"),
    ("=1+1", "''=2", "'a=1"),
    ("＝1+1", "+1+1", "-A1"),
    ("@A", "﹣1", "a=1"),
    ("two words", "#", "- a"),
    ("a|b", "a,b;c", "a  b"),
    ("😀", "é", "Å"),
    ("'", "''", "'x"),
    ("G01", "=G02", "null"),
    ("sep=;", "sep=,", "id"),
    ("x" * 200, '""', "<b>&amp;"),
)


def rows(path: Path) -> list[list[str]]:
    text = path.read_text("utf-8-sig")
    delimiter = max(";,\t|", key=text.partition("\n")[0].count)
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))


def groups(record: Path) -> dict[str, list[str]]:
    return {
        group["id"]: sorted(group["members"]) for group in json.loads(record.read_bytes())["groups"]
    }


@pytest.mark.parametrize("names", NAMES, ids=repr)
def test_names_that_were_settled_beforehand(
    folder: Path, run: Run, names: tuple[str, str, str]
) -> None:
    (folder / "r.csv").write_text("id,municipality,years\n" + PEOPLE, "utf-8")
    pins = json.dumps({"A": names[0], "B": names[1]}, ensure_ascii=False)
    book = f"groups: {{size: 2-3, prefer: 3}}\nrules:\n  - pin: {pins}\n  - place_everyone\n"
    (folder / "pin.yaml").write_text(book, "utf-8")
    assert run("form", "r.csv", "--rules", "pin.yaml", "-o", "o").exit_code == 0
    audited = run("audit", "o/groups.csv", "--format", "json")
    assert audited.exit_code == 0
    (folder / "audit.json").write_text(audited.stdout, "utf-8")
    assert groups(folder / "audit.json") == groups(folder / "o/report.json")
    assert {len(row) for row in rows(folder / "o/groups.csv")} == {4}


@pytest.mark.parametrize("names", NAMES, ids=repr)
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_names_that_were_written_by_hand(
    folder: Path, run: Run, names: tuple[str, str, str], delimiter: str
) -> None:
    people = [["id", "municipality", "years", "group"]]
    people += [[*line.split(","), names[at // 2]] for at, line in enumerate(PEOPLE.splitlines())]
    saved = io.StringIO()
    csv.writer(saved, delimiter=delimiter).writerows(people)
    (folder / "hand.csv").write_text(saved.getvalue(), "utf-8")
    (folder / "any.yaml").write_text("groups: {size: 2-3}\nrules: [place_everyone]\n", "utf-8")
    call = ("rebalance", "hand.csv", "--rules", "any.yaml", "--left", "C", "-o", "o")
    assert run(*call).exit_code == 0
    after = groups(folder / "o/report.json")
    audited = run("audit", "o/groups.csv", "--format", "json")
    (folder / "audit.json").write_text(audited.stdout, "utf-8")
    assert groups(folder / "audit.json") == after
    assert sorted(id_ for members in after.values() for id_ in members) == [*"ABDEF"]
    written = rows(folder / "o/groups.csv")
    assert {len(row) for row in written} == {5}
    moved = rows(folder / "o/moves.csv")
    assert {len(row) for row in moved} == {4}
    [move] = moved[1:]
    plain = {" ".join(name.split()).lstrip("'") for name in names}
    assert {name.lstrip("'") for name in move[1:3]} <= plain
    for row in (*written, *moved):
        assert not any(cell.strip()[:1] in {*"=+-@＝﹣"} for cell in row)


@pytest.mark.parametrize("word", ["Waitlist", "jonossa", "Väntelista", "In the queue"])
def test_the_waitlist_in_words_is_the_waitlist_wherever_groups_are_read(
    folder: Path, run: Run, monkeypatch: pytest.MonkeyPatch, word: str
) -> None:
    monkeypatch.setenv("VERMEGROUP_KEY", "synthetic-key-of-this-test")
    lines = [f"{line},{'G01' if at < 4 else word}" for at, line in enumerate(PEOPLE.splitlines())]
    (folder / "hand.csv").write_text("\n".join(["id,municipality,years,group", *lines]), "utf-8")
    kinds = "preferences: [place_everyone, strangers: hand.csv, keep: hand.csv]"
    (folder / "any.yaml").write_text(f"groups: {{size: 2-4}}\nrules: []\n{kinds}\n", "utf-8")

    def report(*call: str) -> dict[str, object]:
        return json.loads(run(*call, "--rules", "any.yaml", "--format", "json").stdout)

    for hidden in ((), ("--pseudonymise",)):
        judged = report("audit", "hand.csv", *hidden)
        assert judged["participants"]["waitlisted"] == 2
        assert [group["id"] for group in judged["groups"]] == ["G01"]
        values = {line["kind"]: line["value"] for line in judged["preferences"]}
        assert values["strangers"] == 6  # pairs of the group, and not the two who waited
        assert not report("compare", "hand.csv", "hand.csv", *hidden)["moves"]
        report("rebalance", "hand.csv", "-o", "o", "--force", *hidden)
        assert word not in {row[3] for row in rows(folder / "o/groups.csv")}
        assert report("audit", "o/groups.csv", *hidden)["verdict"] == "formed"


def test_nobody_is_pinned_to_the_waitlist(folder: Path, run: Run) -> None:
    (folder / "pin.yaml").write_text("rules: [{pin: {SYN-1: Waitlist}}]\n", "utf-8")
    refused = run("form", "roster.csv", "--rules", "pin.yaml")
    assert refused.exit_code == 2
    assert "queue" in refused.stderr
