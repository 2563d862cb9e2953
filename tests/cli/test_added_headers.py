"""Columns that are added speak the roster's language, and are read in any of the languages."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from vermegroup.intake.headers.added import Added, added_in

SPOKEN = ("en", "fi", "sv")
OWN = {
    "en": ("id", "municipality", "years"),
    "fi": ("Tunnus", "Kunta", "Työkokemus vuosina"),
    "sv": ("Id", "Kommun", "Arbetserfarenhet i år"),
}
TOWNS = ("Turku", "Oulu", "Lahti", "Salo", "Kemi", "Pori")
FREE = "groups: {size: 2-4}\nrules: [place_everyone]\n"


def write(file: str, *records: tuple[str, ...]) -> str:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=";", lineterminator="\n").writerows(records)
    Path(file).write_text(text.getvalue(), "utf-8")
    return file


def lines(file: str) -> list[list[str]]:
    text = Path(file).read_text("utf-8-sig")
    return list(csv.reader(io.StringIO(text), delimiter=";" if ";" in text else ","))


def header(file: str) -> list[str]:
    return lines(file)[0]


def cells(file: str) -> list[list[str]]:
    return lines(file)[1:]


def column(file: str, name: str) -> list[str]:
    return [row[header(file).index(name)] for row in cells(file)]


def people(headers: tuple[str, ...], groups: bool = False) -> list[tuple[str, ...]]:
    """A header and six people, in groups G01 and G02 where there are ``groups``."""
    rows = [(f"SYN-{at}", town, str(3 * at)) for at, town in enumerate(TOWNS, 1)]
    return [headers, *((*row, f"G0{1 + at % 2}") if groups else row for at, row in enumerate(rows))]


def members(run: Run, file: str) -> list[list[str]]:
    """Who is together in a file, by an audit of it."""
    Path("free.yaml").write_text(FREE, "utf-8")
    shown = run("audit", file, "--rules", "free.yaml", "--format", "json")
    assert shown.exit_code == 0, shown.output
    return [group["members"] for group in json.loads(shown.stdout)["groups"]]


@pytest.mark.parametrize("lang", SPOKEN)
@pytest.mark.parametrize("run_lang", SPOKEN)
def test_a_round_trip_in_each_language(run: Run, lang: str, run_lang: str) -> None:
    names, spoken = added_in(lang), ("--lang", run_lang)
    assert run("sample", "--participants", "24", "--lang", lang, "-o", "r.csv").exit_code == 0
    own = header("r.csv")
    assert run("form", "r.csv", "-o", "a", *spoken).exit_code == 0
    assert header("a/groups.csv") == [*own, names.group]
    assert run("audit", "a/groups.csv", *spoken).exit_code == 0

    shown = run("rebalance", "a/groups.csv", "--absent", "SYN-0003,SYN-0007", "-o", "m", *spoken)
    assert shown.exit_code == 0
    assert names.permanent in " ".join(shown.stdout.split())
    assert header("m/groups.csv") == [*own, names.group, names.permanent, names.absent]
    assert [row[:3] for row in cells("m/groups.csv")] == [row[:3] for row in cells("r.csv")]
    assert column("m/groups.csv", names.permanent) == column("a/groups.csv", names.group)
    assert column("m/groups.csv", names.absent).count("x") == 2
    assert header("m/moves.csv") == list(names.moves)
    assert run("audit", "m/groups.csv", *spoken).exit_code == 0

    assert run("rebalance", "m/groups.csv", "-o", "back", *spoken).exit_code == 0
    assert Path("back/groups.csv").read_bytes() == Path("a/groups.csv").read_bytes()

    left = run("rebalance", "m/groups.csv", "--left", "SYN-0005", "-o", "b", *spoken)
    assert left.exit_code == 0
    assert header("b/groups.csv") == [*own, names.group, names.withdrawn]
    assert list(filter(None, column("b/groups.csv", names.withdrawn))) == [names.left]
    compared = run("compare", "a/groups.csv", "b/groups.csv", "--format", "json")
    assert compared.exit_code == 0
    assert json.loads(compared.stdout)["participants"]["set_aside"] == 1
    assert f"Left (“{names.left}”)" in run("check", "b/groups.csv", "--lang", "en").stdout
    again = run("form", "b/groups.csv", "-o", "c", *spoken)
    assert again.exit_code == 0
    assert header("c/groups.csv") == header("b/groups.csv")


PLANS = [
    *((added_in(lang), added_in(lang), own) for lang in SPOKEN for own in SPOKEN),
    *((added_in(one), added_in(two), "fi") for one, two in (("fi", "sv"), ("en", "fi"))),
]


@pytest.mark.parametrize("change", [str, str.upper, str.title], ids=["as it is", "upper", "title"])
@pytest.mark.parametrize(("one", "two", "own"), PLANS)
def test_a_plan_is_read_in_any_language_and_case(
    run: Run, one: Added, two: Added, own: str, change: type[str]
) -> None:
    added = tuple(map(change, (one.group, two.permanent, two.absent)))
    rows = people(OWN[own], groups=True)[1:]
    plan = [
        (*row, "G09" if at % 2 else "G01", "x" if at == 5 else "") for at, row in enumerate(rows)
    ]
    file = write("plan.csv", (*OWN[own], *added), *plan)
    assert members(run, file) == [["SYN-1", "SYN-3", "SYN-5"], ["SYN-2", "SYN-4"]]
    shown = run("rebalance", file, "--rules", "free.yaml", "-o", "back")
    assert shown.exit_code == 0
    assert "the plan of one meeting" in " ".join(shown.stdout.split())
    kept = [*OWN[own], one.group]
    assert header("back/groups.csv") == kept
    assert column("back/groups.csv", one.group) == [row[-2] for row in plan]


@pytest.mark.parametrize("lang", SPOKEN)
def test_older_files_keep_their_words_and_are_read_alike(run: Run, lang: str) -> None:
    file = write("old.csv", *people((*OWN[lang], "group"), groups=True))
    before = members(run, file)
    assert run("rebalance", file, "--rules", "free.yaml", "-o", "same").exit_code == 0
    assert Path("same/groups.csv").read_bytes() == Path("old.csv").read_bytes()
    run("rebalance", file, "--rules", "free.yaml", "--absent", "SYN-1", "-o", "m")
    names = added_in(lang)
    assert header("m/groups.csv") == [*OWN[lang], "group", names.permanent, names.absent]
    assert run("rebalance", "m/groups.csv", "--rules", "free.yaml", "-o", "back").exit_code == 0
    assert members(run, "back/groups.csv") == before


@pytest.mark.parametrize("lang", SPOKEN)
def test_files_of_different_languages_are_compared(run: Run, lang: str) -> None:
    old = write("old.csv", *people((*OWN["en"], "group"), groups=True))
    new = write("new.csv", *people((*OWN[lang], added_in(lang).group.upper()), groups=True))
    for file in (old, new):
        assert len(members(run, file)) == 2
    shown = run("compare", old, new, "--rules", "free.yaml", "--format", "json")
    assert json.loads(shown.stdout)["bonds"] == {
        **json.loads(shown.stdout)["bonds"],
        "before": 6,
        "kept": 6,
        "broken": 0,
        "new": 0,
    }


MIXED = [
    (("Tunnus", "Kunta", "years"), "fi"),
    (("Id", "Kommun", "Huomio"), "sv"),
    (("id", "municipality", "Vuodet"), "en"),
    (("Id", "Email", "Status"), "en"),
    (("Tunnus", "Kommun", "x"), "en"),
    (("Tunnus", "Kommun", "Erfarenhet"), "sv"),
    (("1. Missä kunnassa työskentelet?", "Id", "Kuinka kauan olet ollut alalla?"), "fi"),
    (("I vilken kommun arbetar du?", "Id", "Lempiväri"), "sv"),
]


@pytest.mark.parametrize(("own", "lang"), MIXED)
def test_most_headers_decide_and_where_none_tells_it_is_english(
    run: Run, own: tuple[str, ...], lang: str
) -> None:
    Path("free.yaml").write_text(FREE, "utf-8")
    rows = [tuple(f"{name}-{at}"[-9:] for name in own) for at in range(4)]
    assert run("form", write("r.csv", own, *rows), "--rules", "free.yaml", "-o", "a").exit_code == 0
    assert header("a/groups.csv") == [*own, added_in(lang).group]
    assert [row[:3] for row in cells("a/groups.csv")] == list(map(list, rows))


@pytest.mark.parametrize("name", ["Ryhmä", "GRUPP", "ryhmä"])
def test_groups_of_another_kind_stay_and_ours_stand_beside_them(run: Run, name: str) -> None:
    kinds = ["Menninkäiset", "Peikot", "Menninkäiset", "", "Peikot", "Peikot"]
    rows = people((*OWN["fi"], name))
    file = write(
        "r.csv", rows[0], *((*row, kind) for row, kind in zip(rows[1:], kinds, strict=True))
    )
    Path("free.yaml").write_text(FREE, "utf-8")
    assert run("form", file, "--rules", "free.yaml", "-o", "a").exit_code == 0
    assert header("a/groups.csv") == [*OWN["fi"], name, "group"]
    assert column("a/groups.csv", name) == kinds
    assert run("audit", "a/groups.csv").exit_code == 0
    assert run("rebalance", "a/groups.csv", "--absent", "SYN-2", "-o", "m").exit_code == 0
    assert column("m/groups.csv", name) == kinds
    assert column("m/groups.csv", "vakituinen ryhmä") == column("a/groups.csv", "group")
    assert run("rebalance", "m/groups.csv", "-o", "b").exit_code == 0
    assert Path("b/groups.csv").read_bytes() == Path("a/groups.csv").read_bytes()


@pytest.mark.parametrize("name", ["group", "Ryhmä", "grupp"])
def test_earlier_groups_are_replaced_where_they_stand_and_that_is_told(run: Run, name: str) -> None:
    rows = people(("Tunnus", "Kunta", name, "Vuodet"))
    file = write("r.csv", rows[0], *((id_, town, "G01", years) for id_, town, years in rows[1:]))
    Path("free.yaml").write_text(FREE, "utf-8")
    shown = run("form", file, "--rules", "free.yaml", "-o", "a")
    assert shown.exit_code == 0
    assert f"{name}: The new groups replace what stands" in " ".join(shown.stdout.split())
    assert header("a/groups.csv") == ["Tunnus", "Kunta", name.lower(), "Vuodet"]
    assert set(column("a/groups.csv", name.lower())) == {"G01", "G02"}
    again = run("audit", "a/groups.csv")
    assert again.exit_code == 0
    assert "new groups replace" not in " ".join(again.stdout.split())


@pytest.mark.parametrize("named", ["Monday", "Ma klo 15"])
def test_groups_with_names_of_their_own_are_one_column_through_a_season(
    run: Run, named: str
) -> None:
    Path("rules.yaml").write_text(
        f"groups: {{size: 2-4}}\nrules: [place_everyone, pin: {{SYN-1: {named}}}]\n", "utf-8"
    )
    write("r.csv", *people(OWN["fi"]))
    assert run("form", "r.csv", "--rules", "rules.yaml", "-o", "a").exit_code == 0
    assert run("rebalance", "a/groups.csv", "--left", "SYN-6", "-o", "b").exit_code == 0
    assert header("b/groups.csv") == [*OWN["fi"], "ryhmä", "perunut"]
    assert named in column("b/groups.csv", "ryhmä")


@pytest.mark.parametrize(
    ("own", "added"), [("Poissa", "absent"), ("absent", "poissa"), ("FRÅNVARANDE", "poissa")]
)
def test_a_column_of_absences_of_the_rosters_own_is_kept(run: Run, own: str, added: str) -> None:
    rows = people((*OWN["fi"], own, "ryhmä"), groups=True)
    notes = ["12.3.", "", "kesällä", "", "", ""]
    noted = [(*row[:3], note, row[3]) for row, note in zip(rows[1:], notes, strict=True)]
    file = write("g.csv", rows[0], *noted)
    assert len(members(run, file)) == 2  # nobody is set aside
    call = ("--rules", "free.yaml", "--absent", "SYN-2")
    assert run("rebalance", file, *call, "-o", "m").exit_code == 0
    assert header("m/groups.csv") == [*rows[0], "vakituinen ryhmä", added]
    assert column("m/groups.csv", own) == notes
    assert column("m/groups.csv", added) == ["", "x", "", "", "", ""]
    shown = json.loads(run("audit", "m/groups.csv", "--format", "json").stdout)
    assert shown["participants"]["set_aside"] == 1
    assert run("rebalance", "m/groups.csv", "-o", "back").exit_code == 0
    assert Path("back/groups.csv").read_bytes() == Path("g.csv").read_bytes()


@pytest.mark.parametrize("chosen", ["Tiimi", "Ryhmä"])
def test_a_column_that_was_chosen_for_the_groups_has_the_new_ones(run: Run, chosen: str) -> None:
    file = write("g.csv", *people((*OWN["fi"], chosen), groups=True))
    Path("free.yaml").write_text(FREE, "utf-8")
    call = ("--rules", "free.yaml", "--column", f"group={chosen}")
    assert run("rebalance", file, *call, "--absent", "SYN-1,SYN-2", "-o", "m").exit_code == 0
    assert header("m/groups.csv") == [*OWN["fi"], chosen, "vakituinen ryhmä", "poissa"]
    seated = json.loads(run("audit", "m/groups.csv", "--format", "json").stdout)["groups"]
    assert sum(len(group["members"]) for group in seated) == 4
    assert run("rebalance", "m/groups.csv", "-o", "back").exit_code == 0
    assert Path("back/groups.csv").read_bytes() == Path("g.csv").read_bytes()


def test_a_column_that_was_chosen_for_another_trait_is_not_written_over(run: Run) -> None:
    write("r.csv", *people(("Tunnus", "Ryhmä", "Vuodet")))
    Path("rules.yaml").write_text(f"columns: {{team: Ryhmä}}\n{FREE}", "utf-8")
    assert run("form", "r.csv", "--rules", "rules.yaml", "-o", "a").exit_code == 0
    assert column("a/groups.csv", "Ryhmä") == list(TOWNS)
    assert header("a/groups.csv")[3:] == ["group"]
    assert run("audit", "a/groups.csv").exit_code == 0


@pytest.mark.parametrize("lang", SPOKEN)
def test_who_moves_can_be_named_by_the_file_that_tells_it(run: Run, lang: str) -> None:
    file = write("g.csv", *people((*OWN[lang], added_in(lang).group), groups=True))
    write("moves.csv", added_in(lang).moves, ("SYN-2", "G02", "G01", "SYN-3, SYN-4"))
    Path("free.yaml").write_text(FREE, "utf-8")
    shown = run("rebalance", file, "--rules", "free.yaml", "--absent", "moves.csv", "-o", "m")
    assert shown.exit_code == 0, shown.output
    assert column("m/groups.csv", added_in(lang).absent) == ["", "x", "", "", "", ""]


@pytest.mark.parametrize("lang", SPOKEN)
def test_pseudonyms_keep_the_words_and_drop_what_only_looks_like_them(
    run: Run, lang: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VERMEGROUP_KEY", "a key that nobody guesses")
    names = added_in(lang)
    private = ("SYN-1 sjuk",) * 6
    rows = people((*OWN[lang], names.absent, names.group), groups=True)
    noted = [(*row[:3], note, row[3]) for row, note in zip(rows[1:], private, strict=True)]
    file = write("g.csv", rows[0], *noted)
    Path("free.yaml").write_text("groups: {size: 2-4}\nrules: [place_everyone]\n", "utf-8")
    call = ("--rules", "free.yaml", "--absent", "SYN-1", "--pseudonymise", "-o", "m")
    assert run("rebalance", file, *call).exit_code == 0
    assert header("m/groups.csv")[-3:] == [names.group, names.permanent, names.absent]
    assert set(column("m/groups.csv", names.absent)) == {"", "x"}
    assert column("m/groups.csv", names.permanent) == [row[-1] for row in noted]


TAKES_PART = "whoever is absent from it takes part as well"


def plan(run: Run) -> str:
    """The plan of a meeting that SYN-2 misses; its groups are in g.csv."""
    write("g.csv", *people((*OWN["fi"], "ryhmä"), groups=True))
    Path("free.yaml").write_text(FREE, "utf-8")
    call = ("--rules", "free.yaml", "--absent", "SYN-2", "-o", "m")
    assert run("rebalance", "g.csv", *call).exit_code == 0
    return "m/groups.csv"


def renamed(file: str, change: dict[str, str], to: str = "changed.csv") -> str:
    """The file with other headers."""
    head, *rest = lines(file)
    return write(to, tuple(change.get(name, name) for name in head), *map(tuple, rest))


@pytest.mark.parametrize("mark", ["ma", "x", ""])
@pytest.mark.parametrize("lang", SPOKEN)
def test_a_rosters_own_columns_of_a_plans_names_are_its_own(run: Run, lang: str, mark: str) -> None:
    names = added_in(lang)
    head, *rest = people((*OWN[lang], names.permanent, names.absent, names.moves[1]))
    rows = [(*row, f"vanha {at % 3}", mark if at % 2 else "", "?") for at, row in enumerate(rest)]
    write("r.csv", head, *rows)
    Path("free.yaml").write_text(FREE, "utf-8")
    call = ("--rules", "free.yaml", "--format", "json")
    checked = json.loads(run("check", "r.csv", *call).stdout)
    assert checked["participants"]["set_aside"] == 0
    formed = json.loads(run("form", "r.csv", *call, "-o", "a").stdout)
    assert formed["participants"]["placed"] == 6
    formed_groups = column("a/groups.csv", names.group)
    for change, out in ((("--left", "SYN-3"), "b"), (("--absent", "SYN-3"), "m")):
        assert run("rebalance", "a/groups.csv", *change, "-o", out).exit_code == 0
        assert [row[:6] for row in cells(f"{out}/groups.csv")] == list(map(list, rows))
    (added, _) = header("m/groups.csv")[-2:]
    assert column("m/groups.csv", added) == formed_groups
    left = column("b/groups.csv", names.group)
    assert left[2] == ""
    assert len(set(left) & set(formed_groups)) > 0
    assert run("rebalance", "m/groups.csv", "-o", "back").exit_code == 0
    assert Path("back/groups.csv").read_bytes() == Path("a/groups.csv").read_bytes()


def test_groups_are_formed_of_a_plan_with_those_who_missed_the_meeting(run: Run) -> None:
    call = (plan(run), "--rules", "free.yaml")
    for command, more in (("check", ()), ("form", ("-o", "a"))):
        shown = run(command, *call, *more)
        assert shown.exit_code == 0
        assert TAKES_PART in " ".join(shown.stdout.split())
        assert "Absent from this meeting" not in shown.stdout
        assert "0 set aside" in shown.stdout or "set aside" not in shown.stdout
    assert header("a/groups.csv") == [*OWN["fi"], "ryhmä"]
    assert all(column("a/groups.csv", "ryhmä"))
    assert run("form", "g.csv", "--rules", "free.yaml", "-o", "b").exit_code == 0
    assert Path("a/groups.csv").read_bytes() == Path("b/groups.csv").read_bytes()


@pytest.mark.parametrize("text", ["sairas", ""])
def test_what_is_nearly_a_plan_is_told(run: Run, text: str) -> None:
    head, *rest = lines(plan(run))
    write("n.csv", tuple(head), *((*row[:-1], row[-1] and text) for row in rest))
    shown = run("rebalance", "n.csv", "--rules", "free.yaml", "--absent", "SYN-4", "-o", "n")
    assert shown.exit_code == (2 if text else 0)
    assert "count as the roster's own" in " ".join(shown.output.split())


@pytest.mark.parametrize("mark", ["X", "kyllä", "poissa", "1"])
def test_a_mark_in_other_words_is_a_mark(run: Run, mark: str) -> None:
    head, *rest = lines(plan(run))
    write("n.csv", tuple(head), *((*row[:-1], row[-1] and mark) for row in rest))
    assert run("rebalance", "n.csv", "--rules", "free.yaml", "-o", "back").exit_code == 0
    assert lines("back/groups.csv") == lines("g.csv")


def test_without_its_permanent_groups_a_plan_is_refused(run: Run) -> None:
    file = renamed(plan(run), {"vakituinen ryhmä": "Vakiryhmä"})
    shown = run("rebalance", file, "--rules", "free.yaml", "--absent", "SYN-1", "-o", "n")
    assert shown.exit_code == 2
    assert "no column tells the permanent groups" in shown.stderr
    assert "“vakituinen ryhmä”" in shown.stderr
    assert not Path("n").exists()
    own = renamed(file, {"poissa": "Esteet"}, "own.csv")
    assert run("rebalance", own, "--rules", "free.yaml", "-o", "n").exit_code == 0


def test_an_own_column_of_absences_of_people_with_groups_stands_in_no_way(run: Run) -> None:
    rows = people((*OWN["fi"], "poissa", "ryhmä"), groups=True)
    noted = [(*row[:3], "x" if at == 1 else "", row[3]) for at, row in enumerate(rows[1:])]
    write("g.csv", rows[0], *noted)
    Path("free.yaml").write_text(FREE, "utf-8")
    call = ("rebalance", "g.csv", "--rules", "free.yaml", "--left", "SYN-4", "-o", "n")
    assert run(*call).exit_code == 0
    assert column("n/groups.csv", "ryhmä")[1] != ""


@pytest.mark.parametrize("name", ["Vermeryhmä", "Vertaisryhmä", "Kamratgrupp"])
def test_the_column_that_the_groups_were_read_from_has_the_new_ones(run: Run, name: str) -> None:
    rows = people((*OWN["fi"], name), groups=True)
    named = [rows[0], *((*row[:3], row[3].replace("G0", "Ryhmä ")) for row in rows[1:])]
    for file, records in (("g.csv", rows), ("n.csv", named)):
        write(file, *records)
        Path("free.yaml").write_text(FREE, "utf-8")
        call = ("rebalance", file, "--rules", "free.yaml")
        assert run(*call, "--left", "SYN-2", "-o", f"l-{file}").exit_code == 0
        assert header(f"l-{file}/groups.csv") == [*OWN["fi"], name, "perunut"]
        assert column(f"l-{file}/groups.csv", name)[1] == ""
        assert run(*call, "--absent", "SYN-2", "-o", f"m-{file}").exit_code == 0
        assert header(f"m-{file}/groups.csv") == [*OWN["fi"], name, "vakituinen ryhmä", "poissa"]
        assert run("rebalance", f"m-{file}/groups.csv", "-o", f"b-{file}").exit_code == 0
        assert lines(f"b-{file}/groups.csv") == lines(file)


@pytest.mark.parametrize(("blank", "full"), [("group", "ryhmä"), ("Ryhmä", "Vermeryhmä")])
@pytest.mark.parametrize("first", [True, False])
def test_a_blank_column_of_groups_gives_way_and_is_told(
    run: Run, blank: str, full: str, first: bool
) -> None:
    def both(empty: str, group: str) -> tuple[str, str]:
        return (empty, group) if first else (group, empty)

    rows = people(OWN["fi"], groups=False)
    groups = people(OWN["fi"], groups=True)
    records = [
        (*row, *both("", filled[3])) for row, filled in zip(rows[1:], groups[1:], strict=True)
    ]
    file = write("g.csv", (*OWN["fi"], *both(blank, full)), *records)
    assert len(members(run, file)) == 2
    shown = run("audit", file, "--rules", "free.yaml")
    assert f"{blank}: The column is blank, so the groups are read from “{full}”" in " ".join(
        shown.stdout.split()
    )
    call = ("--rules", "free.yaml", "--absent", "SYN-2", "-o", "m")
    assert run("rebalance", file, *call).exit_code == 0
    assert column("m/groups.csv", blank) == [""] * 6
    assert column("m/groups.csv", full)[1] == ""
    assert run("rebalance", "m/groups.csv", "-o", "back").exit_code == 0
    assert lines("back/groups.csv") == lines(file)


def test_a_blank_column_gives_way_to_one_of_several_only_by_choice(run: Run) -> None:
    rows = [(*row, row[3], "") for row in people((*OWN["fi"], "?"), groups=True)[1:]]
    file = write("g.csv", (*OWN["fi"], "ryhmä", "grupp", "group"), *rows)
    shown = run("audit", file)
    assert shown.exit_code == 2
    assert "Several columns could be meant by group: “ryhmä” and “grupp”" in shown.stderr
    assert run("audit", file, "--column", "group=grupp").exit_code < 2


def test_who_left_stays_away_where_columns_of_cancellations_compete(run: Run) -> None:
    rows = people((*OWN["fi"], "ryhmä"), groups=True)
    head = (*rows[0], "Peruttu", "Avbokad")
    write("g.csv", head, *((*row, "", "") for row in rows[1:]))
    Path("free.yaml").write_text(FREE, "utf-8")
    call = ("--rules", "free.yaml", "--left", "SYN-2", "-o", "b")
    assert run("rebalance", "g.csv", *call).exit_code == 0
    shown = json.loads(run("audit", "b/groups.csv", "--format", "json").stdout)
    assert shown["participants"] == {"read": 6, "placed": 5, "waitlisted": 0, "set_aside": 1}
    assert run("rebalance", "b/groups.csv", "--left", "SYN-4", "-o", "c").exit_code == 0
    assert header("c/groups.csv") == header("b/groups.csv")
