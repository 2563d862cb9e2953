"""Names in cells that are hardly ever looked at, and in traits that a rulebook names."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.cli.tokens import KEY, essence

NAMES = (
    *("Aino Virtanen", "Eero Korhonen", "Maija Mäkinen", "Pekka Nieminen"),
    *("Liisa Lahti", "Kalle Salo"),
)
TOWNS = ("Helsinki", "Espoo", "Vantaa", "Koski Tl", "Lahti", "Salo")
SECRET = re.compile(r"Virta[ns]|Korho[ns]|Mäki[ns]|Niemi[ns]|Ain[oa]|Eero|Maija|Pekka|Liisa|Kalle")


@pytest.fixture(autouse=True)
def key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VERMEGROUP_KEY", KEY)


def saved(columns: dict[str, list[str]]) -> None:
    """A roster of six, in which some columns may be others than usual."""
    whole = {"municipality": list(TOWNS), "years": list("123456"), **columns}
    rows = [["id", "name", *whole]]
    rows += [
        [f"P{n}", name, *cells]
        for n, (name, *cells) in enumerate(zip(NAMES, *whole.values(), strict=True), 1)
    ]
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    Path("r.csv").write_text(text.getvalue(), "utf-8")


def hidden(run: Run, rules: str = "", *more: str) -> str:
    """All that a run with pseudonyms tells; the same groups as without come out."""
    Path("r.yaml").write_text(f"groups: {{size: 3}}\n{rules}", "utf-8")
    call = ("form", "r.csv", "--rules", "r.yaml")
    for out, discreet in (("open", ()), ("hidden", ("--pseudonymise",))):
        shown = run(*call, "-o", out, *discreet, *more)
        assert shown.exit_code == 0, shown.output
    again = run("audit", "hidden/groups.csv", "--format", "json")
    assert again.exit_code == 0, again.output
    checked = run("check", "r.csv", "--rules", "r.yaml", "--format", "json", "--pseudonymise")
    assert essence(Path("open/report.json")) == essence(Path("hidden/report.json"))
    files = [path.read_text("utf-8-sig") for path in Path("hidden").iterdir() if path.is_file()]
    return "\n".join([shown.output, again.output, checked.output, *files])


@pytest.mark.parametrize(
    ("place", "stays"),
    [
        ("Espoon Korhonen", "Espoon P-"),
        ("Vantaa (Mäkinen)", "Vantaa (P-"),
        ("Korhosen Eeron kunta", "kunta"),
        ("Esbo, hos Aino", "Esbo, hos P-"),
        ("Lahden Kalle", "Lahden P-"),
    ],
)
def test_a_place_keeps_its_town_and_loses_its_people(run: Run, place: str, stays: str) -> None:
    saved({"municipality": [TOWNS[0], place, *TOWNS[2:]]})
    told = hidden(run)
    assert not SECRET.findall(told)
    assert stays in Path("hidden/groups.csv").read_text("utf-8-sig")
    kept = Path("hidden/groups.csv").read_text("utf-8-sig")
    assert all(f",{town}," in kept for town in TOWNS[2:])


@pytest.mark.parametrize("cell", ["kyllä (kysy Eerolta)", "Yes, if Maija can", "om Liisa kommer"])
def test_a_grid_of_times_names_nobody(run: Run, cell: str) -> None:
    ticks = ["kyllä", cell, "kyllä", "kyllä", "kyllä", "kyllä"]
    saved({"Milloin sopii? [Ma]": ticks, "Milloin sopii? [Ti]": ["kyllä"] * 6})
    assert not SECRET.findall(hidden(run, "rules: [{common: times}, place_everyone]\n"))


@pytest.mark.parametrize("cell", ["kysy Ainolta", "Virtanen tietää", "fråga Liisa", "Ask Eero"])
def test_a_fault_cites_no_names(run: Run, cell: str) -> None:
    saved({"years": ["1", "2", cell, "4", "5", "6"]})
    shown = [run("form", "r.csv", "--pseudonymise")]
    shown += [run("check", "r.csv", "--pseudonymise", "--format", f) for f in ("text", "json")]
    assert [each.exit_code for each in shown] == [2, 2, 2]
    assert not [line for each in shown for line in SECRET.findall(each.output)]
    assert all(re.search(r"is not a number of\s+years", each.output) for each in shown)


TRAITS = ("Arvio, tekijä Eero Korhonen", "Mäkisen arvio", "Bedömd av Aino", "Maija's score")
RULES = (
    "preferences: [{{spread: {0}}}]",
    "preferences: [{{balance: [{0}, years]}}, {{distance: {{of: [{0}, years], most}}}}]",
    "bands: {{level: {{of: {0}, a: below 2, b: 2 or more}}}}\nrules: [{{include: {{level: b}}}}]",
    "rules: [{{ratio: {{{0}: 1, per: 2, at_least: 0, at_most: 9}}}}, {{apart: {0}}}]",
    "preferences: [[{{different: {0}}}, {{different: municipality}}]]",
    "meetings: {{size: 2-4}}\npreferences: [{{balance: {{means: [years], spreads: [{0}]}}}}]",
    "split_by: {0}\nparts: {{1: {{groups: {{size: 3}}}}}}",
)


@pytest.mark.parametrize(
    ("trait", "rule"), [(TRAITS[at % len(TRAITS)], rule) for at, rule in enumerate(RULES)]
)
def test_a_trait_called_by_a_name_is_called_otherwise_everywhere(
    run: Run, trait: str, rule: str
) -> None:
    saved({trait: list("121233") if "apart" in rule else list("121212")})
    told = hidden(run, rule.format(json.dumps(trait, ensure_ascii=False)))
    assert not SECRET.findall(told)
    record = json.loads(Path("hidden/report.json").read_bytes())
    plain = json.dumps(record["provenance"]["rulebook"])
    assert "P-" in plain


@pytest.mark.parametrize(
    ("name", "cell"),
    [
        ("Kalle Koski", "K. Koski"),
        ("Koski, Kalle", "Villa Koski K."),
        ("Sari Heikkinen", "sariheikkinen"),
        ("Sari Heikkinen", "heikkinen.sari"),
        ("Åsa Ek", "Eks enhet"),
        ("Bo Li", "Li förskola"),
    ],
)
def test_initials_short_names_and_names_in_one_word_go(run: Run, name: str, cell: str) -> None:
    units = ["Koivula", "Koivula", "Ekola", "Lista", "Bosta", cell]
    saved({"unit": units})
    text = Path("r.csv").read_text("utf-8").replace("Kalle Salo", f'"{name}"')
    Path("r.csv").write_text(text, "utf-8")
    told = hidden(run, "preferences: [{different: unit}]\n")
    names = "|".join(re.findall(r"\w+", name))
    told = re.sub(r"Koski Tl|</?li|\bli [{,]|, li\b", "", told)
    assert not re.search(rf"(?<!\w)({names})s?(?!\w)|heikkinen", told, re.IGNORECASE)
    assert all(unit in told for unit in units[:-1])


def test_what_tells_nothing_is_not_told(run: Run) -> None:
    wishes = ["Eero", "Maijan pari", "Virtanen", "", "", ""]
    saved({"wishes": wishes, "status": ["ok", "Kalle soittaa vielä", "", "", "", "Kalle perui"]})
    text = Path("r.csv").read_text("utf-8").replace("Liisa Lahti", "Maija Virtanen")
    Path("r.csv").write_text(text, "utf-8")
    told = hidden(run, "preferences: [{wishes: wishes}]\n")
    assert not SECRET.findall(told)
    assert "Who is meant" not in told
    assert not re.search(r"(P-\w+) \(\1", told)
    assert "“…” is no known status" in Path("hidden/report.json").read_text("utf-8")
    record = json.loads(Path("hidden/report.json").read_bytes())
    assert record["participants"] == {"read": 6, "placed": 3, "waitlisted": 2, "set_aside": 1}


@pytest.mark.parametrize("text", ["Olli Mäkelä", "aino@example.org", "Ek"])
def test_a_file_of_ids_alone_is_said_to_know_no_names(run: Run, text: str) -> None:
    saved({})
    hidden(run)
    call = ("--absent", text, "--pseudonymise")
    by_ids = run("rebalance", "hidden/groups.csv", *call)
    by_names = run("rebalance", "open/groups.csv", *call)
    assert by_ids.exit_code == by_names.exit_code == 2
    assert "Without --pseudonymise" in by_names.output
    assert "Without --pseudonymise" not in by_ids.output
    assert "use the ids" in " ".join(by_ids.output.split())
