"""With ``--pseudonymise`` nothing that is written or shown tells who somebody is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.intake.test_awful_export import saved_by_excel

KEY = "synthetic key, for tests alone"
HEADER = "Tunnus;Nimi;Sähköposti;Puhelin;Kunta;Vuodet;Toiveet;Lisätieto"
TOWNS = ("Turku", "Oulu", "Lahti", "Turku", "Oulu", "Salo", "Kemi", "Pori")
YEARS = (1, 12, 7, 20, 2, 6, "yli 10 vuotta", 15)
FIRST = ("Aino", "Väinö", "Siiri", "Eino", "Lempi", "Toivo", "Helmi", "Oiva")


def person(place: int) -> tuple[str, str, str]:
    first = FIRST[place]
    return f"SYN-{place + 1}", f"{first} Keksitty", f"{first.lower()}.keksitty@example.org"


def row(place: int) -> str:
    id_, name, email = person(place)
    wish = ", ".join((person((place + 1) % 8)[0], person((place + 2) % 8)[1]))
    note = f"Terveisin {name}, {email}; kaveri {person((place + 3) % 8)[0]}"
    cells = (id_, name, email, "040 1234567", TOWNS[place], YEARS[place], wish, f'"{note}"')
    return ";".join(map(str, cells))


ROSTER = "\n".join([HEADER, *map(row, range(8))]) + "\n"
SECRETS = [text for place in range(8) for text in person(place)] + ["Keksitty", "1234567"]


@pytest.fixture
def people(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (folder / "people.csv").write_text(ROSTER, "utf-8")
    monkeypatch.setenv("VERMEGROUP_KEY", KEY)
    return folder


def everything(folder: Path) -> str:
    files = [path for path in folder.rglob("*-groups/*") if path.is_file()]
    return "\n".join(path.read_text("utf-8-sig") for path in files)


def assert_private(text: str, secrets: list[str]) -> None:
    found = [secret for secret in secrets if secret.casefold() in text.casefold()]
    assert found == []


@pytest.mark.parametrize("format_", ["text", "json"])
def test_no_name_email_or_id_is_written_or_shown(people: Path, run: Run, format_: str) -> None:
    shown = run("form", "people.csv", "--pseudonymise", "--format", format_)
    assert shown.exit_code == 0
    assert len(list((people / "people-groups").iterdir())) == 4
    assert_private(everything(people) + shown.output, SECRETS)


def test_the_same_groups_come_out_and_wishes_still_meet(people: Path, run: Run) -> None:
    run("form", "people.csv", "-o", "plain-groups")
    run("form", "people.csv", "--pseudonymise")
    plain = (people / "plain-groups/groups.csv").read_text("utf-8").splitlines()
    private = (people / "people-groups/groups.csv").read_text("utf-8").splitlines()
    assert [line.split(";")[-1] for line in plain] == [line.split(";")[-1] for line in private]
    assert private[0] == "Tunnus;Kunta;Vuodet;Toiveet;ryhmä"
    pseudonyms = [line.split(";")[0] for line in private[1:]]
    assert [line.split(";")[3] for line in private[1:]] == [
        f"{pseudonyms[(place + 1) % 8]}, {pseudonyms[(place + 2) % 8]}" for place in range(8)
    ]


def test_first_names_and_initials_in_wishes_become_ids_as_well(people: Path, run: Run) -> None:
    rows = ["Tunnus;Nimi;Toiveet"]
    firsts = zip(FIRST, (*FIRST[1:], FIRST[0]), strict=True)
    rows += [f"{n};{one} Zq{one};{two} Z. tai {one}" for n, (one, two) in enumerate(firsts)]
    (people / "people.csv").write_text("\n".join(rows), "utf-8")
    (people / "r.yaml").write_text("rules: []\npreferences: [{wishes: wishes}]\n", "utf-8")
    shown = run("form", "people.csv", "--pseudonymise", "--rules", "r.yaml")
    assert shown.exit_code == 0
    assert_private(everything(people) + shown.output, list(FIRST))
    text = (people / "people-groups/groups.csv").read_text("utf-8-sig")
    rows = [line.split(";") for line in text.splitlines()[1:]]
    wished = {id_ for row in rows for id_ in row[1].split(", ")}
    assert wished == {row[0] for row in rows}


def test_pseudonyms_are_those_of_the_key(people: Path, run: Run, monkeypatch) -> None:
    def ids(name: str) -> list[list[str]]:
        assert run("form", "people.csv", "--pseudonymise", "-o", name).exit_code == 0
        record = json.loads((people / name / "report.json").read_bytes())
        return [group["members"] for group in record["groups"]]

    first = ids("one-groups")
    assert ids("two-groups") == first
    monkeypatch.setenv("VERMEGROUP_KEY", KEY + "!")
    assert not {id_ for group in ids("three-groups") for id_ in group} & {
        id_ for group in first for id_ in group
    }


def test_what_was_written_can_be_judged(people: Path, run: Run) -> None:
    run("form", "people.csv", "--pseudonymise")
    assert run("audit", "people-groups/groups.csv").exit_code == 0


@pytest.mark.parametrize("again", [False, True])
def test_people_without_ids_get_pseudonyms_too(folder: Path, run: Run, again: bool) -> None:
    (folder / "awful.csv").write_bytes(saved_by_excel())
    (folder / "key.txt").write_text(KEY, "utf-8")
    shown = run("form", "awful.csv", "--pseudonymise", "--key-file", "key.txt")
    assert shown.exit_code == 0
    secrets = [f"{name}@example.org" for name in ("aino", "bo", "cia", "dan", "eeva", "t")]
    assert_private(everything(folder) + shown.output, [*secrets, "Exempel", "Esimerkki", "Tiina"])
    key = ("--pseudonymise", "--key-file", "key.txt") if again else ()
    assert run("audit", "awful-groups/groups.csv", *key).exit_code == 0


@pytest.mark.parametrize("command", ["check", "form", "audit"])
def test_faults_tell_nothing_either(people: Path, run: Run, command: str) -> None:
    id_, name, email = person(0)
    faulty = f"{ROSTER}{id_};Muu Olento;muu@example.org;;Oulu;3;;\n;Mr X;{email};;Foo;{name};;\n"
    (people / "bad.csv").write_text(faulty, "utf-8")
    for format_ in ("text", "json"):
        shown = run(command, "bad.csv", "--pseudonymise", "--format", format_)
        assert shown.exit_code == 2
        assert_private(shown.output, [*SECRETS, "Muu Olento", "muu@"])


def test_names_and_emails_are_not_in_the_results_beyond_the_table(people: Path, run: Run) -> None:
    shown = run("form", "people.csv")
    record = (people / "people-groups/report.json").read_text("utf-8")
    page = (people / "people-groups/report.html").read_text("utf-8")
    assert person(0)[1] in page
    assert_private(record + page + shown.output, [person(place)[2] for place in range(8)])
    assert_private(record, [person(place)[1] for place in range(8)])


def test_without_a_key_nothing_is_done(people: Path, run: Run, monkeypatch) -> None:
    monkeypatch.delenv("VERMEGROUP_KEY")
    (people / "short.txt").write_text("short\n", "utf-8")
    for extra in ((), ("--key-file", "none.txt"), ("--key-file", "short.txt")):
        shown = run("form", "people.csv", "--pseudonymise", *extra)
        assert (shown.exit_code, shown.stdout) == (2, "")
        assert "secrets.token_hex" in shown.stderr
    assert run("form", "people.csv", "--key-file", "short.txt").exit_code == 2
    assert not (people / "people-groups").exists()


@pytest.mark.parametrize(
    "below",
    [
        "Gia Gg;Oulu;2;x\nYhteensä;;9;\n",
        "Gia Gg;Oulu;2;x\nTotalt 7;;9;\nRapport skapad av Eva Ee 3.9.2026;;;\n",
    ],
)
@pytest.mark.parametrize("header", ["Nimi", "Tunnus"])
def test_rows_set_aside_without_an_id_are_set_aside_again(
    people: Path, run: Run, below: str, header: str
) -> None:
    rows = "".join(f"{name} Keksitty;Salo;1;\n" for name in FIRST[:6])
    (people / "people.csv").write_text(f"{header};Kunta;Vuodet;Peruttu\n{rows}{below}", "utf-8")
    (people / "r.yaml").write_text("groups: {size: 3}\nrules: [place_everyone]\n", "utf-8")
    call = ("--rules", "r.yaml", "--format", "json")
    formed = run("form", "people.csv", "--pseudonymise", *call)
    audited = run("audit", "people-groups/groups.csv", *call)
    assert (formed.exit_code, audited.exit_code) == (0, 0)
    assert json.loads(audited.stdout)["participants"] == json.loads(formed.stdout)["participants"]
    assert_private(everything(people), ["Gia", "Eva", "Keksitty"])
