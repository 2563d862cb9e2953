"""``rebalance`` plans a meeting, or changes the permanent groups, and says why everyone moves."""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from tests.cli.conftest import Run
from vermegroup.cli.commands import app

EXAMPLE = Path(__file__).parents[2] / "examples/etavertaismentorointi/kevat.csv"
PLAN = "kevat-meeting-2026-12-01"
ABSENT = "V-015,V-016;V-020, V-021"


@pytest.fixture(scope="module")
def formed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Fifty people in groups, as ``form`` wrote them."""
    folder = tmp_path_factory.mktemp("formed") / "kevat-groups"
    assert call("form", str(EXAMPLE), "-o", str(folder), "-q").exit_code == 0
    return folder


@pytest.fixture
def groups(formed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The groups in a folder of their own, which is the current one."""
    monkeypatch.chdir(tmp_path)
    shutil.copytree(formed, tmp_path / "kevat-groups")
    (tmp_path / "new.csv").write_text(
        "Tunnus;Nimi;Kunta;Työkokemus vuosina;Lempiväri\n"
        "N-1;Uusi Keksitty;Kuopio;2;sininen\nN-2;Toinen Keksitty;Helsinki;14;\n",
        "utf-8",
    )
    return tmp_path / "kevat-groups/groups.csv"


def call(*arguments: str) -> Result:
    if "--absent" in arguments:
        arguments = (*arguments, "--date", "2026-12-01")
    return CliRunner().invoke(app, arguments, catch_exceptions=False)


def rows(file: Path) -> list[dict[str, str]]:
    text = file.read_text("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def seats(file: Path, column: str = "ryhmä") -> dict[str, str]:
    return {row["Tunnus"]: row[column] for row in rows(file)}


def record(folder: str) -> dict[str, object]:
    found: dict[str, object] = json.loads((Path(folder) / "report.json").read_bytes())
    return found


def mates(seated: dict[str, str]) -> Iterator[tuple[str, str]]:
    return (
        (a, b) for a, b in combinations(sorted(seated), 2) if seated[a] and seated[a] == seated[b]
    )


def test_with_nobody_absent_there_is_nothing_to_do(groups: Path) -> None:
    shown = call("rebalance", str(groups))
    assert shown.exit_code == 0
    assert "Nothing to do" in shown.stdout
    assert Path("kevat-rebalanced/groups.csv").read_bytes() == groups.read_bytes()
    assert Path("kevat-rebalanced/moves.csv").read_text("utf-8-sig").splitlines() == [
        "osallistuja;nimi;mistä;mihin;syy"
    ]


@pytest.mark.parametrize(
    ("language", "headline", "gone", "now"),
    [
        (
            "en",
            "1 person left for good. Nobody else has to move",
            "left for good",
            "now has 2 people",
        ),
        ("fi", "1 henkilö lopetti. Kenenkään muun ei tarvitse siirtyä", "lopettanut", "nyt 2 henk"),
        ("sv", "1 person har slutat. Ingen annan behöver flytta", "slutat", "har nu 2 personer"),
    ],
)
def test_who_leaves_is_told_where_nobody_else_has_to_move(
    tmp_path: Path, language: str, headline: str, gone: str, now: str
) -> None:
    file, out = tmp_path / "g.csv", tmp_path / "out"
    file.write_text("id,name,group\n1,Aino,A\n2,Eero,A\n3,Maija,A\n4,Pekka,B\n5,Liisa,B\n", "utf-8")
    (tmp_path / "r.yaml").write_text("groups: {size: 2-3}\nrules: [place_everyone]\n", "utf-8")
    rules = ("--rules", str(tmp_path / "r.yaml"), "-o", str(out), "--lang", language)
    shown = call("rebalance", str(file), "--left", "1", *rules)
    assert headline in " ".join(shown.stdout.split())
    assert f"Aino: A → {gone}" in shown.stdout
    assert now in shown.stdout
    assert gone.casefold() in (out / "report.html").read_text("utf-8").casefold()
    told = json.loads((out / "report.json").read_bytes())
    assert told["left"] == [{"participant": "1", "from": "A", "members_now": 2}]
    assert "Aino" not in (out / "report.json").read_text("utf-8")


def test_a_group_that_somebody_left_has_changed_as_one_that_somebody_joined(tmp_path: Path) -> None:
    file, new = tmp_path / "g.csv", tmp_path / "new.csv"
    file.write_text("id,unit,group\n1,a,A\n2,b,A\n3,c,A\n4,d,B\n5,e,B\n6,f,C\n7,g,C\n", "utf-8")
    new.write_text("id,unit\n8,d\n", "utf-8")
    book = "groups: {size: 2-3}\nrules: [{different: unit}, {together: [[6, 8]]}, place_everyone]\n"
    (tmp_path / "r.yaml").write_text(book, "utf-8")
    rules = ("--rules", str(tmp_path / "r.yaml"), "-o", str(tmp_path / "out"))
    shown = call("rebalance", str(file), "--left", "1", "--joining", str(new), *rules).stdout
    assert "2 groups changed." in " ".join(shown.split())


def test_a_group_that_all_have_left_is_no_more(tmp_path: Path) -> None:
    file = tmp_path / "g.csv"
    file.write_text("id,name,group\n1,Aino,A\n2,Eero,A\n4,Pekka,B\n5,Liisa,B\n6,Ulla,\n", "utf-8")
    (tmp_path / "r.yaml").write_text("groups: {size: 2}\nrules: []\n", "utf-8")
    rules = ("--rules", str(tmp_path / "r.yaml"), "-o", str(tmp_path / "out"))
    shown = call("rebalance", str(file), "--left", "1,2,6", *rules).stdout
    assert "Aino and Eero: A → left for good\n    A is no more" in shown
    assert "Ulla: In the queue → left for good" in shown


def test_a_meeting_places_everyone_but_those_absent_and_remembers_the_groups(groups: Path) -> None:
    assert call("rebalance", str(groups), "--absent", ABSENT).exit_code == 0
    before, plan = seats(groups), Path(f"{PLAN}/groups.csv")
    after, absent = seats(plan), {"V-015", "V-016", "V-020", "V-021"}
    assert {id_ for id_, group in after.items() if not group} == absent
    assert {row["Tunnus"] for row in rows(plan) if row["poissa"]} == absent
    assert seats(plan, "vakituinen ryhmä") == before
    assert call("audit", str(plan)).exit_code == 0
    report = record(PLAN)
    assert report["participants"] == {"read": 50, "placed": 46, "waitlisted": 0, "set_aside": 4}


def test_the_account_of_bonds_is_that_of_the_files(groups: Path) -> None:
    call("rebalance", str(groups), "--absent", ABSENT)
    after = seats(Path(f"{PLAN}/groups.csv"))
    before = {id_: group for id_, group in seats(groups).items() if after[id_]}
    old, new = set(mates(before)), set(mates(after))
    bonds = record(PLAN)["bonds"]
    assert isinstance(bonds, dict)
    assert (bonds["before"], bonds["kept"]) == (len(old), len(old & new))
    assert (bonds["broken"], bonds["new"]) == (len(old - new), len(new - old))
    assert bonds["proven"]


def test_everyone_goes_back_after_the_meeting(groups: Path) -> None:
    call("rebalance", str(groups), "--absent", ABSENT, "-q")
    assert call("rebalance", f"{PLAN}/groups.csv", "-o", "back", "-q").exit_code == 0
    assert Path("back/groups.csv").read_bytes() == groups.read_bytes()


@pytest.mark.parametrize(
    "change",
    [
        ("--absent", ABSENT),
        ("--left", "V-015,V-016"),
        ("--left", "V-015", "--joining", "new.csv"),
        ("--left", "V-016", "--joining", "new.csv", "--absent", "V-021,V-017"),
    ],
)
def test_the_same_change_twice_changes_nothing_the_second_time(
    groups: Path, change: tuple[str, ...]
) -> None:
    assert call("rebalance", str(groups), *change, "-o", "one").exit_code == 0
    assert call("rebalance", "one/groups.csv", *change, "-o", "two").exit_code == 0
    assert Path("one/groups.csv").read_bytes() == Path("two/groups.csv").read_bytes()


def test_who_left_keeps_the_row_and_is_counted_as_set_aside(groups: Path) -> None:
    assert call("rebalance", str(groups), "--left", "V-015", "-q").exit_code == 0
    left = next(r for r in rows(Path("kevat-rebalanced/groups.csv")) if r["Tunnus"] == "V-015")
    assert (left["ryhmä"], left["perunut"]) == ("", "lähtenyt")
    counts = record("kevat-rebalanced")["participants"]
    assert counts == {"read": 50, "placed": 49, "waitlisted": 0, "set_aside": 1}
    shown = call("audit", "kevat-rebalanced/groups.csv")
    assert shown.exit_code == 0
    again = call("rebalance", "kevat-rebalanced/groups.csv", "--left", "V-015", "-o", "again")
    assert "V-015 has left already" in again.stdout


@pytest.mark.parametrize(
    ("language", "told", "permanent", "absent"),
    [
        ("en", "V-015 has left already", "vakituinen ryhmä", "poissa"),
        ("fi", "V-015 on jo lähtenyt", "vakituinen ryhmä", "poissa"),
    ],
)
def test_a_meeting_that_only_those_miss_who_left_is_planned_with_all_others(
    groups: Path, language: str, told: str, permanent: str, absent: str
) -> None:
    assert call("rebalance", str(groups), "--left", "V-015", "-o", "kevat", "-q").exit_code == 0
    gone = ("--absent", "V-015", "--date", "2026-12-01", "--lang", language)
    shown = call("rebalance", "kevat/groups.csv", *gone, "-o", "day")
    assert (shown.exit_code, told in shown.stdout) == (0, True), shown.output
    meeting = record("day")["meeting"]
    assert isinstance(meeting, dict)
    assert (meeting["date"], meeting["absent"]) == ("2026-12-01", [])
    planned = rows(Path("day/groups.csv"))
    assert [row[absent] for row in planned if row[absent]] == []
    assert all(row["ryhmä"] == row[permanent] for row in planned)
    more = call("rebalance", "kevat/groups.csv", *gone, "--left", "V-016", "-o", "both")
    assert more.exit_code == 0, more.output
    away = [row["Tunnus"] for row in rows(Path("both/groups.csv")) if not row[permanent]]
    assert away == ["V-015", "V-016"]


def test_newcomers_get_groups_and_every_group_that_could_take_them_is_told(groups: Path) -> None:
    shown = call("rebalance", str(groups), "--joining", "new.csv")
    assert shown.exit_code == 0
    assert "Lempiväri" in shown.stdout  # a column that the groups do not have is not lost silently
    after = rows(Path("kevat-rebalanced/groups.csv"))
    assert [row["Kunta"] for row in after[-2:]] == ["Kuopio", "Helsinki"]
    report = record("kevat-rebalanced")
    moves, offers = report["moves"], report["offers"]
    assert isinstance(moves, list)
    assert isinstance(offers, list)
    assert {move["participant"] for move in moves} == {"N-1", "N-2"}
    towns = {row["Tunnus"]: row["Kunta"] for row in after}
    before = seats(groups)
    for offer in offers:
        members = [id_ for id_, group in before.items() if group == offer["group"]]
        assert len(members) < 5
        assert towns[offer["participant"]] not in {towns[id_] for id_ in members}


def test_whole_groups_stay_whole_when_they_are_only_merged(groups: Path) -> None:
    shown = call("rebalance", str(groups), "--absent", ABSENT, "--policy", "merge", "-q")
    assert shown.exit_code in (0, 1)  # where nobody may join what is left of one
    after = seats(Path(PLAN) / ("groups.partial.csv" if shown.exit_code else "groups.csv"))
    before = {id_: group for id_, group in seats(groups).items() if id_ not in ABSENT}
    for a, b in mates(before):
        assert after[a] == after[b]


@pytest.mark.parametrize(("lang", "word"), [("en", "left"), ("fi", "jäljellä"), ("sv", "kvar")])
def test_every_move_has_a_reason_in_words(groups: Path, lang: str, word: str) -> None:
    call("rebalance", str(groups), "--absent", ABSENT, "--lang", lang, "-q")
    text = Path(f"{PLAN}/moves.csv").read_text("utf-8-sig")
    moves = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    assert moves
    for move in moves:
        assert move["mistä"] in move["syy"]
        assert move["mihin"] in move["syy"]
        assert move["syy"].endswith(".")
    assert any(word in move["syy"] for move in moves)


def test_a_dry_run_writes_nothing(groups: Path, tmp_path: Path) -> None:
    there = sorted(tmp_path.rglob("*"))
    shown = call("rebalance", str(groups), "--absent", ABSENT, "--dry-run")
    assert (shown.exit_code, "Moves" in shown.stdout) == (0, True)
    assert sorted(tmp_path.rglob("*")) == there


@pytest.mark.parametrize(
    "content",
    [
        "V-015\nV-016\nV-020\nV-021\n",
        "Tunnus;Nimi\nV-015;Lahja\nV-016;Helka\nV-020;Pyry\nV-021;Sampo\n",
        "V-015, V-016\r\nV-020, V-021\r\n",
    ],
)
def test_ids_may_come_from_a_file(groups: Path, content: str) -> None:
    Path("absent.csv").write_text(content, "utf-8", newline="")
    call("rebalance", str(groups), "--absent", "absent.csv", "-o", "file", "-q")
    call("rebalance", str(groups), "--absent", ABSENT, "-o", "line", "-q")
    assert Path("file/groups.csv").read_bytes() == Path("line/groups.csv").read_bytes()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("--absent", "V-15"), "(V-015)?"),
        (("--left", "Elli Kuvitelty"), "Did you mean Elli Kuviteltu (V-017)?"),
        (("--left", "Kuvitelty"), "Did you mean "),
        (("--left", "elli"), "Did you mean Elli Kuviteltu (V-017)?"),
        (("--absent", "everyon.csv"), "There is no file “everyon.csv” Did you mean everyone.csv?"),
        (("--left", "everyone"), "There is no file “everyone” Did you mean everyone.csv?"),
        (("--left", "V-015, leavers.xlsx"), "There is no file “leavers.xlsx”"),
        (("--absent", "V-015,V-015"), "V-015 is mentioned twice"),
        (("--absent", "V-015", "--left", "V-015"), "V-015 is in both --absent and --left"),
        (("--joining", "none.csv"), "no such file"),
        (("--absent", "V-015", "-o", "kevat-groups"), "permanent groups"),
        (("--rules", "none.yaml"), "none.yaml"),
        (("--absent", "everyone.csv"), "Nobody is left"),
        (("--left", "everyone.csv"), "Nobody is left"),
    ],
)
def test_a_change_that_cannot_be_meant_exits_2_and_writes_nothing(
    groups: Path, tmp_path: Path, change: tuple[str, ...], message: str
) -> None:
    Path("everyone.csv").write_text("\n".join(seats(groups)), "utf-8")
    there = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}
    shown = call("rebalance", str(groups), *change)
    assert (shown.exit_code, shown.stdout) == (2, "")
    assert message in " ".join(shown.stderr.split())
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")} == there


def test_where_not_everyone_can_be_placed_the_best_partial_plan_is_saved(groups: Path) -> None:
    experienced = [
        row["Tunnus"]
        for row in rows(groups)
        if float(row["Työkokemus vuosina"].replace(",", ".")) >= 10
    ]
    assert len(experienced) > 2
    shown = call("rebalance", str(groups), "--left", ",".join(experienced[2:]))
    assert shown.exit_code == 1
    report = record("kevat-rebalanced")
    assert report["verdict"] == "impossible"
    partial = report["partial"]
    assert isinstance(partial, dict)
    assert partial["placed"] == 10  # two groups of five, one experienced member each
    plan = seats(Path("kevat-rebalanced/groups.partial.csv"))
    assert sum(map(bool, plan.values())) == 10
    assert not Path("kevat-rebalanced/groups.csv").exists()
    assert report["conflicts"]


def test_the_rulebook_travels_with_the_groups(groups: Path) -> None:
    Path("rules.yaml").write_text("groups: {size: 2-3}\nrules: [place_everyone]\n", "utf-8")
    call("form", str(EXAMPLE), "--rules", "rules.yaml", "-o", "pairs", "-q")
    assert (
        call("rebalance", "pairs/groups.csv", "--absent", "V-015", "-o", "m", "-q").exit_code == 0
    )
    sizes = [group["size"] for group in record("m")["groups"]]  # type: ignore[attr-defined]
    assert set(sizes) <= {2, 3}


def test_each_part_of_a_split_roster_is_rebalanced_apart(groups: Path) -> None:
    del groups
    trades = ["teacher"] * 8 + ["leader"] * 7
    people = "".join(f"P-{at};{trade}\n" for at, trade in enumerate(trades))
    Path("trades.csv").write_text(f"Tunnus;Ammatti\n{people}", "utf-8")
    Path("rules.yaml").write_text(
        "split_by: Ammatti\ngroups: {size: 3-5}\nrules: [place_everyone]\n", "utf-8"
    )
    call("form", "trades.csv", "--rules", "rules.yaml", "-o", "split", "-q")
    assert (
        call("rebalance", "split/groups.csv", "--absent", "P-0,P-9", "-o", "m", "-q").exit_code == 0
    )
    after = seats(Path("m/groups.csv"))
    assert sum(map(bool, after.values())) == 13
    assert all(trades[int(a[2:])] == trades[int(b[2:])] for a, b in mates(after))


TWO_PAIRS = "id;trade;group\nA;leader;G01\nB;leader;G01\nC;leader;G02\nD;leader;G02\n"


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("--joining new.csv", "4 people are in 2 groups, and every rule holds."),
        ("", "4 people are in 2 groups, and every rule holds."),
        (
            "--absent A,C --date 2026-12-01",
            "2 people meet in 1 group, and every rule for meetings holds.",
        ),
    ],
)
def test_no_part_is_called_the_best_where_bonds_come_first(
    folder: Path, run: Run, change: str, told: str
) -> None:
    """One group of four would be better, if it did not touch the groups there are."""
    (folder / "g.csv").write_text(TWO_PAIRS, "utf-8")
    (folder / "new.csv").write_text("id;trade\nE;nurse\nF;nurse\n", "utf-8")
    rules = "split_by: trade\ngroups: {size: 2-4, prefer: 4}\nrules: [place_everyone]\n"
    (folder / "rules.yaml").write_text(rules, "utf-8")
    words = ["rebalance", "g.csv", *change.split(), "--rules", "rules.yaml", "--format", "json"]
    parts = json.loads(run(*words).stdout)["parts"]
    assert parts[0]["sentence"] == told
    assert not any("better" in part["sentence"] for part in parts)


def test_an_earlier_plan_lets_others_take_their_turn(groups: Path) -> None:
    change = ("--absent", "V-015,V-016,V-021", "-q")
    call("rebalance", str(groups), *change, "-o", "first")
    shown = call("rebalance", str(groups), *change, "--history", "first/groups.csv", "-o", "second")
    assert shown.exit_code == 0
    one, two = (record(name)["bonds"] for name in ("first", "second"))
    assert isinstance(one, dict)
    assert isinstance(two, dict)
    for level in ("broken", "groups_touched", "new"):
        assert one[level] == two[level]


def test_whose_turn_it_was_is_not_asked_again_where_others_can(groups: Path) -> None:
    """A group of one is taken in by another, of which there are several as good."""
    lone = next(
        group
        for group in sorted(set(seats(groups).values()))
        if sum(seat == group for seat in seats(groups).values()) == 4
    )
    away = [id_ for id_, group in seats(groups).items() if group == lone][1:]
    change, history, hosts = ("--absent", ",".join(away), "-q"), [], []
    for meeting in range(3):
        options = [part for file in history for part in ("--history", file)]
        call("rebalance", str(groups), *change, *options, "-o", f"m{meeting}")
        hosts.append(rows(Path(f"m{meeting}/moves.csv"))[0]["mihin"])
        history.append(f"m{meeting}/groups.csv")
    assert len(set(hosts)) == 3


NAMING = """
groups: {size: 3-5, prefer: 4}
rules:
  - different: municipality
  - together: [[V-016, V-018], [V-021, V-026]]
  - apart: [[V-023, V-024, V-025]]
  - pin: {V-030: G03}
  - place_everyone
"""


def test_rules_that_name_who_is_away_hold_for_the_others(groups: Path) -> None:
    del groups
    Path("naming.yaml").write_text(NAMING, "utf-8")
    call("form", str(EXAMPLE), "--rules", "naming.yaml", "-o", "named", "-q")
    away = "V-016,V-023,V-030"
    assert call("rebalance", "named/groups.csv", "--absent", away, "-o", "m", "-q").exit_code == 0
    assert call("rebalance", "named/groups.csv", "--left", away, "-o", "left", "-q").exit_code == 0
    after = seats(Path("left/groups.csv"))
    assert after["V-021"] == after["V-026"]
    assert after["V-024"] != after["V-025"]
    # And so it goes on: the rulebook that travels with the groups still names who left.
    shown = call("rebalance", "left/groups.csv", "--absent", "V-025", "-o", "next")
    assert shown.exit_code == 0, shown.output
    assert call("audit", "left/groups.csv").exit_code == 0
    assert call("audit", "m/groups.csv").exit_code == 0


def test_what_is_impossible_leaves_the_permanent_groups_where_they_are(groups: Path) -> None:
    """Run from the folder that a change for good would update in its place."""
    call("rebalance", str(groups), "--left", "V-016", "-q")
    kept = Path("kevat-rebalanced/groups.csv")
    before = {path.name: path.read_bytes() for path in kept.parent.iterdir()}
    years = next(column for column in rows(kept)[0] if "kokemus" in column.casefold())
    experienced = [
        row["Tunnus"]
        for row in rows(kept)
        if row["ryhmä"] and float(row[years].replace(",", ".")) >= 10
    ]
    shown = call("rebalance", str(kept), "--left", ",".join(experienced))
    assert shown.exit_code == 1, shown.output
    assert {path.name: path.read_bytes() for path in kept.parent.iterdir()} == before
    assert Path("kevat-partial/report.json").exists()


def test_pseudonyms_hide_who_moves(groups: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VERMEGROUP_KEY", "a key of at least sixteen characters")
    shown = call("rebalance", str(groups), "--absent", ABSENT, "--pseudonymise")
    assert shown.exit_code == 0
    written = "".join(path.read_text("utf-8-sig") for path in Path(PLAN).iterdir())
    assert "V-018" not in written + shown.stdout
    assert "Kuviteltu" not in written + shown.stdout


PAIRS = "id,unit,group\nA,b,G01\nB,b,G01\nC,r,G02\nD,r,G02\nE,r,G02\n"


def test_bonds_are_those_of_everybody_where_no_meeting_is_planned(folder: Path, run: Run) -> None:
    (folder / "rules.yaml").write_text("groups: {size: 2}\nrules: [place_everyone]\n", "utf-8")
    (folder / "g.csv").write_text("id,group\nA,G01\nB,G01\nC,G01\n", "utf-8")
    (folder / "new.csv").write_text("id\nE\nF\n", "utf-8")
    call = ("rebalance", "g.csv", "--rules", "rules.yaml", "--joining", "new.csv", "--force")
    bonds = [
        json.loads(run(*call, *more, "--format", "json").stdout)["bonds"]
        for more in ((), ("--absent", "B,C"))
    ]
    assert bonds[0]["before"] == bonds[1]["before"] == 3
    assert bonds[0]["broken"] == bonds[1]["broken"] >= bonds[1]["bound"]


def test_a_group_that_changes_for_good_and_for_a_meeting_counts_once(
    folder: Path, run: Run
) -> None:
    (folder / "rules.yaml").write_text("groups: {size: 2-3}\nrules: [place_everyone]\n", "utf-8")
    (folder / "g.csv").write_text(PAIRS, "utf-8")
    (folder / "new.csv").write_text("id,unit\nF,b\n", "utf-8")
    call = ("rebalance", "g.csv", "--rules", "rules.yaml", "--joining", "new.csv", "--left", "A")
    shown = run(*call, "--absent", "C", "--format", "json")
    assert json.loads(shown.stdout)["bonds"]["groups_touched"] <= 2


NAMED = """id;name;email;municipality;years;group
1;Aino Keksitty;aino@example.org;Turku;1;A
2;Bo Påhittad;bo@example.org;Oulu;12;A
3;Cid Keksitty;cid@example.org;Kemi;6;A
4;Cid Keksitty;toinen@example.org;Pori;7;A
"""


HIDDEN = ("--pseudonymise", "--key-file", "key")


@pytest.fixture
def named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("g.csv").write_text(NAMED, "utf-8")
    Path("key").write_text("0f" * 32, "utf-8")
    Path("r.yaml").write_text("groups: {size: 2-4}\nrules: [place_everyone]", "utf-8")


@pytest.mark.usefixtures("named")
@pytest.mark.parametrize("who", ["2", "Bo Påhittad", "påhittad bo", "bo@example.org"])
@pytest.mark.parametrize("hidden", [(), HIDDEN])
def test_a_name_or_an_email_means_who_alone_has_it(who: str, hidden: tuple[str, ...]) -> None:
    command = ("rebalance", "g.csv", "--rules", "r.yaml", "--left", who, "-o", "out", *hidden)
    shown = call(*command)
    assert shown.exit_code == 0, shown.output
    (left,) = [row for row in rows(Path("out/groups.csv")) if row["withdrawn"]]
    assert left["municipality"] == "Oulu"
    assert not hidden or "hittad" not in Path("out/report.json").read_text("utf-8") + shown.output
    if not hidden:  # else no name is left in the file
        again = call("rebalance", "out/groups.csv", "--left", who, "-o", "again")
        assert (again.exit_code, "has left already" in again.output) == (0, True), again.output


@pytest.mark.usefixtures("named")
def test_a_name_that_two_have_is_refused_with_what_tells_them_apart() -> None:
    shown = call("rebalance", "g.csv", "--rules", "r.yaml", "--absent", "Keksitty Cid", "-o", "out")
    assert shown.exit_code == 2
    text = " ".join(shown.output.split())
    assert "“Keksitty Cid” may be any of several members" in text
    assert "Cid Keksitty (3, cid@example.org) or Cid Keksitty (4, toinen@example.org)" in text
    hidden = call("rebalance", "g.csv", "--absent", "Cid Keksitty", *HIDDEN)
    assert (hidden.exit_code, "Keksitty" in hidden.output) == (2, False), hidden.output
    twice = call("rebalance", "g.csv", "--rules", "r.yaml", "--absent", "1,Aino Keksitty")
    assert (twice.exit_code, "mentioned twice" in twice.output) == (2, True)


TRADES = (
    "id;trade;group\nA;opettaja;G01\nB;opettaja;G01\nC;opettaja;G02\nD;opettaja;G02\n"
    "E;hoitaja;G03\nF;hoitaja;G03\n"
)


def test_an_impossible_part_says_why_and_what_would_help(folder: Path, run: Run) -> None:
    (folder / "g.csv").write_text(TRADES, "utf-8")
    rules = "split_by: trade\ngroups: {size: 2}\nrules: [place_everyone]\n"
    (folder / "rules.yaml").write_text(rules, "utf-8")
    call = ("rebalance", "g.csv", "--rules", "rules.yaml", "--date", "2026-12-01", "--absent")
    told = json.loads(run(*call, "D", "--dry-run", "--format", "json").stdout)
    assert [part["verdict"] for part in told["parts"]] == ["formed", "impossible"]
    assert {line["part"] for line in told["conflicts"]} == {"opettaja"}
    assert {line["part"] for line in told["repairs"]} == {"opettaja"}
    waiting = next(line for line in told["repairs"] if line["remedy"] == "waitlist")
    assert waiting["change"]["waitlist"] == ["C"]
    assert waiting["verified"]
    alone = json.loads(run(*call, "F", "--dry-run", "--format", "json").stdout)
    # Nobody else of E's trade comes: the groups of the others are none of E's that are full.
    assert [left["because"] for left in alone["partial"]["left_out"]] == ["no group is formed"]
    assert alone["conflicts"]


@pytest.mark.parametrize("absent", ["A", "D"])
def test_the_waitlist_that_would_help_names_whom_the_plan_leaves(
    folder: Path, run: Run, absent: str
) -> None:
    (folder / "g.csv").write_text(TRADES, "utf-8")
    (folder / "rules.yaml").write_text("groups: {size: 2}\nrules: [place_everyone]\n", "utf-8")
    call = ("rebalance", "g.csv", "--rules", "rules.yaml", "--date", "2026-12-01", "--dry-run")
    told = json.loads(run(*call, "--absent", absent, "--format", "json").stdout)
    waiting = next(line for line in told["repairs"] if line["remedy"] == "waitlist")
    left = [each["id"] for each in told["partial"]["left_out"]]
    assert left == [move["participant"] for move in told["moves"]]
    assert waiting["change"]["waitlist"] == left
