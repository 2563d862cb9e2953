"""A whole walk through the program in the machine's language, mistakes included: no English."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.cli.english import english_in

HEADERS = {
    "fi": ("Tunnus;Nimi;Kunta;Työkokemus vuosina", "fi_FI.UTF-8"),
    "sv": ("Id;Namn;Kommun;Arbetserfarenhet i år", "sv_FI.UTF-8"),
}
TOWNS = ("Turku", "Oulu", "Lahti", "Salo", "Kemi", "Pori")
RULES = """\
groups: {size: 3-4}
rules:
- different: kunta
- include: {experience: expert, at_least: 1}
- apart: [SYN-1, SYN-2]
preferences:
- spread: years
- wish: x
"""
STEPS = (
    ("check", "r.csv"),
    ("check", "r.csv", "--groups", "9"),
    ("init", "r.csv"),
    ("init", "r.csv"),
    ("form", "r.csv"),
    ("form", "r.csv", "--force"),
    ("form", "r.csv", "--groups", "9", "-o", "no"),
    ("form", "r.csv", "--rules", "bad.yaml"),
    ("form", "r.csv", "--rules", "missing.yaml"),
    ("form", "odd.csv"),
    ("form", "r.csv", "-o", "r.csv"),
    ("audit", "r-groups/groups.csv"),
    ("audit", "broken.csv", "--rules", "rules.yaml"),
    ("rebalance", "r-groups/groups.csv", "--absent", "SYN-1,SYN-5"),
    ("rebalance", "r-groups/groups.csv", "--absent", "SYN-1,SYN-5", "--date", "1.12.2099"),
    ("rebalance", "r-groups/groups.csv", "--absent", "SYN-1", "--date", "1.13.2099"),
    ("rebalance", "r-groups/groups.csv", "--date", "1.12.2099"),
    ("rebalance", "r-groups/groups.csv", "--absent", "SYN-99"),
    ("form", "r.csv", "--seed", "2", "--groups", "4"),
    ("form", "some.csv", "-o", "r-groups"),
    ("verify", "r-groups"),
    ("verify", "no-such-folder"),
    ("schema", "nothing"),
    ("undo", "r-groups"),
    ("undo", "r-groups"),
    ("undo", "r-groups"),
    ("undo", "no-such-folder"),
    ("rebalance", "r-groups/groups.csv", "--left", "SYN-2", "--joining", "new.csv"),
    ("rebalance", "r-groups/groups.csv", "--left", "SYN-1,SYN-2,SYN-3,SYN-4,SYN-5", "-o", "few"),
    ("options", "r-groups/groups.csv", "SYN-1"),
    ("options", "r-groups/groups.csv", "SYN-99"),
    ("move", "r-groups/groups.csv", "SYN-1=G02", "SYN-2=-", "-o", "moved"),
    ("audit", "moved/groups.csv"),
    ("options", "moved/groups.csv", "SYN-2"),
    ("move", "moved/groups.csv", "SYN-1=-", "SYN-2=G_02", "--swap", "SYN-3", "SYN-4"),
    ("move", "moved/groups.csv", "SYN-1=-"),
    ("move", "moved/groups.csv", "SYN-1", "--swap", "SYN-3"),
    ("move", "moved/groups.csv"),
    ("move", "moved/groups.csv", "--swap", "SYN-3"),
    ("compare", "r-groups/groups.csv", "r-rebalanced/groups.csv"),
    ("audit", "r-groups/groups.csv", "--group-facts", "facts.csv"),
    ("audit", "r-groups/groups.csv", "--group-facts", "late.csv"),
    ("rebalance", "r-groups/groups.csv", "--left", "SYN-2", "--group-facts", "r.csv", "-o", "few"),
    ("compare", "r-groups/groups.csv", "r.csv"),
    ("rounds", "r.csv", "-r", "2"),
    ("rounds", "r.csv", "-r", "5", "--after", "r-rounds/groups.csv", "-o", "five"),
    ("rounds", "r.csv", "-r", "2", "--after", "r-rounds/groups.csv", "-o", "none"),
    ("rounds", "r.csv", "-r", "2", "--groups", "9", "-o", "none"),
    ("profiles",),
    ("profiles", "town-wide"),
    ("profiles", "town-wise"),
    ("sample", "-n", "2"),
    ("form", "r.csv", "--sed", "1"),
    ("form",),
    ("fork", "r.csv"),
    ("form", "r.csv", "--seed", "x"),
    ("form", "."),
    ("form", "r.csv", "--column", "kunta"),
    ("batch", "jobs.yaml", "-o", "many", "--dry-run"),
    ("batch", "jobs.yaml", "-o", "many"),
    ("batch", "jobs.yaml", "-o", "many", "--only", "nobody"),
    ("batch", "bad-jobs.yaml", "-o", "many"),
)
# What is the same in every language: names of profiles, of rules' keys and of files, quoted text.
NAMES = re.compile(r"\{.*\}|[“”\"`«].*?[“”\"`»]|^ *[-+] .*$|\S+:( |$)|\bdefault\b", re.MULTILINE)


@pytest.fixture
def rosters(folder: Path, request: pytest.FixtureRequest) -> Path:
    header, _ = HEADERS[request.param]
    rows = [f"SYN-{n};Nimi {n};{TOWNS[n % 6]};{(1, 7, 12)[n % 3]}" for n in range(1, 15)]
    (folder / "r.csv").write_text("\n".join([header, *rows]), "utf-8")
    (folder / "new.csv").write_text(f"{header}\nSYN-50;Nimi 50;Inari;3\n", "utf-8")
    (folder / "some.csv").write_text("\n".join([header, *rows[2:]]), "utf-8")
    odd = f"{header}\nSYN-1;A;Turkku;yli 10 vuotta\nSYN-1;B;;x\nSYN-3;C;Oulu;1,2345\n"
    (folder / "odd.csv").write_text(odd, "utf-8")
    broken = [f"{row};{'AB'[n > 7]}" for n, row in enumerate(rows)]
    (folder / "broken.csv").write_text("\n".join([f"{header};ryhmä", *broken]), "utf-8")
    facts = "ryhmä;nimi;vetäjä;päivä\nG01;A;Nimi 1;\nG02;a;Nimi 99;\nG77;;SYN-1;1.12.2026\n"
    (folder / "facts.csv").write_text(facts, "utf-8")
    late = "ryhmä;klo;päivä\nG01;25;x\nG01;;\n;1;\n"
    (folder / "late.csv").write_text(late, "utf-8")
    (folder / "bad.yaml").write_text(RULES, "utf-8")
    jobs = "jobs:\n- {roster: r.csv}\n- {name: ei, roster: r.csv, groups: 9}\n- {roster: odd.csv}\n"
    (folder / "jobs.yaml").write_text(jobs, "utf-8")
    (folder / "bad-jobs.yaml").write_text("jobs:\n- {rooster: r.csv}\n- {roster: '*.x'}\n", "utf-8")
    return folder


@pytest.mark.parametrize(
    ("rosters", "language"), [(name, name) for name in HEADERS], indirect=["rosters"]
)
def test_no_sentence_is_english(
    rosters: Path, language: str, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("VERMEGROUP_LANG", "LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", HEADERS[language][1])
    found = {}
    for step in STEPS:
        result = run(*step)
        assert result.exit_code < 4, result.output
        if words := english_in(NAMES.sub(" ", result.output)):
            found[step] = (words, result.output)
    for page in (*rosters.glob("*/report.html"), *rosters.glob("*/summary.html")):
        text = re.sub(
            r"<(style|script).*?</\1>|<[^>]*>", " ", page.read_text("utf-8"), flags=re.DOTALL
        )
        if words := english_in(NAMES.sub(" ", text)):
            found[page.parent.name,] = (words, text)
    for file in rosters.glob("*/report.json"):
        report = json.loads(file.read_text("utf-8"))
        told = " ".join([report["sentence"], *(rule["sentence"] for rule in report["rules"])])
        if words := english_in(told):
            found[file.parent.name,] = (words, told)
    assert not found, "\n".join(f"{step}: {words}\n{text}" for step, (words, text) in found.items())
