"""``export`` reads any groups, keeps what is nobody's business, and replaces only its own."""

from __future__ import annotations

import json
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tests.export.conftest import GROUPS, Run
from tests.export.examples import formed, handout_of
from vermegroup.app.handout import read_handout
from vermegroup.app.inputs import RulebookChoice
from vermegroup.app.privacy.how import AS_IT_IS
from vermegroup.cli.commands import app
from vermegroup.domain.findings import InputError
from vermegroup.export.handout import Handout, HandoutGroup, file_stems
from vermegroup.export.kinds import KINDS
from vermegroup.export.rendered import Kind

ROOT = Path(__file__).parents[2]


def handout(groups: Path, *shown: str) -> Handout:
    return read_handout(str(groups), shown, RulebookChoice(), AS_IT_IS).handout


def test_a_handout_has_everybody_by_name_with_what_was_asked_for(groups: Path) -> None:
    found = handout(groups, "unit", "Kunta")
    assert found.shown == ("Yksikkö", "Kunta")
    named = {group.id: [member.name for member in group.members] for group in found.groups}
    assert named == {
        "G01": ["Aino Keksitty", "Åke Exempel", "Örn Exempel"],
        "G02": ["Bertta Keksitty", "Cilla Exempel", "Daavid Keksitty"],
    }
    aino = found.groups[0].members[0]
    assert (aino.id, aino.email, aino.row) == ("SYN-1", "aino@example.org", 2)
    assert aino.shown == ("Päiväkoti A", "Turku")
    assert [member.name for member in found.waiting] == ["Eetu Keksitty"]


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("\u0645\u06cc\u200c\u0631\u0627", "\u0645\u06cc\u200c\u0631\u0627"),  # Persian
        ("\u0915\u094d\u200d\u0937", "\u0915\u094d\u200d\u0937"),  # Hindi
        ("Aino \U0001f469\u200d\U0001f52c", "Aino \U0001f469\u200d\U0001f52c"),
        ("Ai\u200dno\u200b \u200cKek\u00adsitty\u200d", "Aino Keksitty"),
    ],
)
def test_names_keep_the_joiners_that_they_are_spelt_with(
    groups: Path, written: str, told: str
) -> None:
    groups.write_text(GROUPS.replace("Aino Keksitty", written), "utf-8")
    assert told in {member.name for _group, member in handout(groups).members()}
    head, *rows = GROUPS.replace("Aino Keksitty", f"{written} Keksitty").splitlines()
    parted = [head.replace("Nimi", "Etunimi;Sukunimi"), *(_parted(row) for row in rows)]
    groups.write_text("\n".join(parted), "utf-8")
    names = {member.given: member.name for _group, member in handout(groups).members()}
    assert names[told] == f"{told} Keksitty"


def _parted(row: str) -> str:
    id_, name, *others = row.split(";")
    return ";".join([id_, *name.rsplit(" ", 1), *others])


@pytest.mark.parametrize("trait", ["times", "Ajat", "Passande tider"])
def test_common_times_are_known_by_any_name_of_their_column(trait: str) -> None:
    group = HandoutGroup("G01", (), common={"language": ("sv",), trait: ("ma 12",)})
    assert group.times == ("ma 12",)
    assert HandoutGroup("G01", (), common={"language": ("sv",)}).times == ()


@pytest.mark.parametrize("asked", ["years", "Työkokemus vuosina", "experience", "Lempiväri"])
def test_what_is_not_there_or_stays_here_is_refused(groups: Path, asked: str) -> None:
    with pytest.raises(InputError) as refused:
        handout(groups, "Kunta", asked)
    finding = refused.value.findings[0]
    assert (finding.column, finding.value, len(refused.value.findings)) == ("--show", asked, 1)


def test_a_meeting_s_plan_has_that_meeting_s_groups_and_its_day() -> None:
    plan, lasting = handout_of("kokous"), handout_of("kevat")
    assert (plan.meeting, plan.day) == (True, date(2027, 1, 19))
    assert (lasting.meeting, lasting.day) == (False, None)
    there = {member.id for _group, member in plan.members()}
    everybody = {member.id for _group, member in lasting.members()}
    assert everybody - there == {"V-016", "V-018", "V-021", "V-035"}


def test_groups_that_break_a_rule_go_out_with_a_warning(groups: Path) -> None:
    groups.write_text(GROUPS.replace("Lahti", "Turku"), "utf-8")
    findings = read_handout(groups.name, (), RulebookChoice(), AS_IT_IS).findings
    assert any("1 group breaks a rule" in str(finding) for finding in findings)


def test_a_list_without_the_columns_of_the_default_rules_goes_out_unjudged(
    groups: Path, export: Run
) -> None:
    groups.write_text(
        "Nimi;Sähköposti;Ryhmä\n"
        "Aino Keksitty;aino@example.org;Tiistai\n"
        "Örn Exempel;orn@example.org;Tiistai\n"
        "Åke Exempel;ake@example.org;Keskiviikko\n",
        "utf-8",
    )
    findings = read_handout(groups.name, (), RulebookChoice(), AS_IT_IS).findings
    assert sum("not judged" in str(finding) for finding in findings) == 1
    assert not any("breaks a rule" in str(finding) for finding in findings)
    assert export("--to", "zoom").exit_code == 0
    asked = export("--to", "zoom", "--profile", "default")
    assert asked.exit_code == 2
    assert "municipality" in asked.stderr


def test_names_of_files_are_safe_on_every_system_and_differ() -> None:
    names = ["G01", "g01", "A/B", "A:B", "CON", "..", "Tiistai ☕ 15.00", "x" * 300, "=1+1", "a\nb"]
    stems = file_stems(names)
    assert len({stem.casefold() for stem in stems}) == len(names)
    for stem in stems:
        assert stem
        assert len(stem.encode()) < 120
        assert not set('<>:"/\\|?*\n') & set(stem)
        assert not stem.endswith((".", " "))
        assert stem.casefold() != "con"


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_is_declared_once(kind: Kind) -> None:
    assert KINDS[kind].summary.text


@pytest.mark.parametrize("document", sorted(ROOT.glob("README*.md")), ids=lambda path: path.name)
def test_every_kind_stands_in_the_readme(document: Path) -> None:
    rows = document.read_text("utf-8").splitlines()
    told = {row.split("`")[1] for row in rows if row.startswith("| `")}
    assert set(Kind) <= told


def test_an_export_replaces_its_own_files_and_leaves_edited_ones(groups: Path, export: Run) -> None:
    assert export("--to", "zoom").exit_code == 0
    rooms = Path("ryhmat-export/zoom.csv")
    before = rooms.read_bytes()
    groups.write_text(GROUPS.replace("SYN-1;Aino", "SYN-1;Aina").replace("aino@", "aina@"), "utf-8")
    assert export("--to", "zoom").exit_code == 0
    after = rooms.read_bytes()
    assert before != after
    rooms.write_bytes(after + b"Oma rivi,oma@example.org\n")
    refused = export("--to", "zoom")
    assert refused.exit_code == 2
    assert b"Oma rivi" in rooms.read_bytes()
    assert export("--to", "zoom", "--force").exit_code == 0
    assert rooms.read_bytes() == after


@pytest.mark.parametrize(
    "named",
    [
        *("mail/../../victim.txt", "mail/../victim.txt", "/victim.txt", "mail/link/victim.txt"),
        *("mail/\0.eml", "mail/\ud800.eml", "mail/" + "x" * 400, "mail\\..\\victim.txt"),
    ],
)
def test_a_record_that_somebody_wrote_has_no_file_elsewhere_deleted(
    groups: Path, export: Run, named: str
) -> None:
    assert export("--to", "mail").exit_code == 0
    out = Path("ryhmat-export")
    elsewhere = [groups.parent / "victim.txt", out / "victim.txt", Path("beyond/victim.txt")]
    Path("beyond").mkdir()
    (out / "mail" / "link").symlink_to(Path("beyond").resolve(), target_is_directory=True)
    for victim in elsewhere:
        victim.write_text("keep", "utf-8")
    told = json.loads((out / "export.json").read_text("utf-8"))
    name = str(elsewhere[0]) if named.startswith("/") else named
    told["files"][name] = [sha256(b"keep").hexdigest()]
    (out / "export.json").write_text(json.dumps(told), "utf-8")
    again = export("--to", "mail")
    assert again.exit_code == 0
    assert [victim.read_text("utf-8") for victim in elsewhere] == ["keep"] * 3


def test_a_single_file_may_have_a_name_of_its_own(groups: Path, export: Run) -> None:
    assert export("--to", "zoom", "-o", "huoneet.csv").exit_code == 0
    assert Path("huoneet.csv").is_file()
    assert not Path("ryhmat-export").exists()
    assert export("--to", "zoom", "-o", "huoneet.csv").exit_code == 2


@pytest.mark.parametrize(
    ("place", "kinds", "told"),
    [
        ("lista.xlsx", ("list",), "a .html file, and its name says otherwise"),
        ("LISTA.XLSX", ("list",), "a .html file, and its name says otherwise"),
        ("lista.xlsx", ("list", "zoom"), "cannot be written into one"),
        ("-", ("list",), "not written to standard output"),
        ("-", ("list", "zoom"), "not written to standard output"),
        ("x" * 300, ("list", "zoom"), "cannot be written"),
        ("x" * 300 + ".html", ("list",), "cannot be written"),
    ],
)
def test_a_place_that_says_something_else_is_refused(
    groups: Path, export: Run, place: str, kinds: tuple[str, ...], told: str
) -> None:
    refused = export(*(word for kind in kinds for word in ("--to", kind)), "-o", place)
    assert refused.exit_code == 2
    assert told in " ".join(refused.stderr.split())
    assert [path.name for path in groups.parent.iterdir()] == [groups.name]


def test_a_file_may_have_an_ending_of_one_s_own(export: Run) -> None:
    assert export("--to", "list", "-o", "lista.htm").exit_code == 0
    assert Path("lista.htm").is_file()


def test_what_stands_in_the_way_is_told_and_nothing_is_written(export: Run) -> None:
    out = Path("ryhmat-export")
    (out / "zoom.csv").mkdir(parents=True)
    (out / "mail").write_text("oma", "utf-8")
    for words in ((), ("--force",)):
        refused = export("--to", "mail", "--to", "zoom", *words)
        assert refused.exit_code == 2
        told = " ".join(refused.stderr.split())
        assert "ryhmat-export/zoom.csv: A file is to be written here" in told
        assert "ryhmat-export/mail: A folder is to be made here" in told
        assert "No file was written" in told
        assert sorted(path.name for path in out.iterdir()) == ["mail", "zoom.csv"]


def test_where_one_kind_cannot_be_made_it_is_told_that_no_other_was(export: Run) -> None:
    Path("viesti.txt").write_text("{{ nobody }}", "utf-8")
    refused = export("--to", "zoom", "--to", "mail", "--template", "viesti.txt")
    assert refused.exit_code == 2
    assert "No file was written" in refused.stderr
    assert not Path("ryhmat-export").exists()


def test_several_files_do_not_go_into_one_nor_any_over_the_groups(
    groups: Path, export: Run
) -> None:
    assert export("--to", "zoom", "--to", "canvas", "-o", "kaikki.csv").exit_code == 2
    assert not Path("kaikki.csv").exists()
    before = groups.read_bytes()
    assert export("--to", "zoom", "-o", groups.name, "--force").exit_code == 2
    assert groups.read_bytes() == before
    groups.rename("zoom.csv")
    from typer.testing import CliRunner

    from vermegroup.cli.commands import app

    call = ["export", "zoom.csv", "--to", "zoom", "-o", ".", "--force"]
    assert CliRunner().invoke(app, call).exit_code == 2
    assert Path("zoom.csv").read_bytes() == before


def test_kinds_may_stand_in_one_word(export: Run) -> None:
    assert export("--to", "zoom,canvas", "--to", "zoom").exit_code == 0
    assert sorted(path.name for path in Path("ryhmat-export").glob("*.csv")) == [
        "canvas.csv",
        "zoom.csv",
    ]
    refused = export("--to", "zoom,xyz")
    assert refused.exit_code == 2
    assert "“xyz” was given" in refused.stderr


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--first", "eilen"), "no date such as 2026-12-01; “eilen” was given"),
        (("--time", "iltapäivä"), "no time such as 15:00; “iltapäivä” was given"),
        (("--every", "day"), "“day” was given"),
        (("--to", ","), "“,” was given"),
    ],
)
def test_a_wrong_value_is_told_with_what_it_may_be(
    export: Run, words: tuple[str, str], told: str
) -> None:
    refused = export("--to", "zoom", *words)
    assert refused.exit_code == 2
    assert told in refused.stderr


def test_as_json_every_file_is_told_with_what_was_noticed(export: Run) -> None:
    told = json.loads(export("--to", "zoom", "--format", "json").stdout)
    assert told["exports"] == [{"kind": "zoom", "files": ["ryhmat-export/zoom.csv"]}]
    assert (told["participants"], told["groups"]) == (6, 2)
    assert [f["row"] for f in told["findings"] if "Cilla" in f["message"]] == [6]


def test_groups_under_pseudonyms_do_not_go_out_where_names_are_needed(
    groups: Path, export: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VERMEGROUP_KEY", "a key that is long enough")
    audit = ["audit", groups.name, "--pseudonymise", "-o", "salassa", "-q"]
    assert CliRunner().invoke(app, audit).exit_code in (0, 1)
    refused = CliRunner().invoke(app, ["export", "salassa/groups.csv", "--to", "zoom"])
    assert refused.exit_code == 2
    assert "pseudonym" in refused.stderr
    assert not Path("salassa/export").exists()


FACTS = "Ryhmä;Vetäjä\nG01;{leader}\n"


@pytest.mark.parametrize(
    ("leader", "marked"),
    [("Örn Exempel", ["Örn Exempel"]), ("Vieras Ulkopuolinen", []), ("", ["Åke Exempel"])],
)
def test_who_leads_is_told_by_the_facts_before_the_role(
    groups: Path, leader: str, marked: list[str]
) -> None:
    roles = {"SYN-3;": "mentor", "SYN-4;": "mentor"}
    head, *rows = GROUPS.splitlines()
    lines = [f"{row};{roles.get(row[:6], 'mentee')}" for row in rows]
    groups.write_text("\n".join([f"{head};Rooli", *lines]), "utf-8")
    rules = groups.with_name("saannot.yaml")
    rules.write_text(
        "groups: {size: 2-4}\nrules:\n- include: {role: mentor, at_least: 1, at_most: 1}\n", "utf-8"
    )
    groups.with_name("group-facts.csv").write_text(FACTS.format(leader=leader), "utf-8")
    found = read_handout(str(groups), (), RulebookChoice(rules), AS_IT_IS).handout
    own, other = found.groups
    assert [member.name for member in own.members if member.leads] == marked
    assert [member.name for member in own.members[: len(marked)]] == marked
    assert own.leader == (leader or "Åke Exempel")
    assert [member.name for member in other.members if member.leads] == ["Bertta Keksitty"]


def test_who_has_no_address_is_told_once_of_all_exports(export: Run) -> None:
    told = json.loads(export("--to", "list,zoom,mail,vcard", "--emails", "--format", "json").stdout)
    (message,) = (each["message"] for each in told["findings"] if "Cilla" in each["message"])
    assert message == (
        "Cilla Exempel has no e-mail address: left out of zoom and mail; without one in list "
        "and vcard"
    )


def test_an_address_that_cannot_be_used_is_shown_to_nobody(groups: Path, export: Run) -> None:
    groups.write_text(GROUPS.replace("Cilla Exempel;", "Cilla Exempel;oma salaisuus"), "utf-8")
    assert export("--to", "list,mail", "--emails").exit_code == 0
    assert "salaisuus" not in Path("ryhmat-export/list.html").read_text("utf-8")
    drafts = [path.read_text("utf-8") for path in Path("ryhmat-export/mail").glob("*.eml")]
    assert len(drafts) == 2
    assert not any("salaisuus" in draft for draft in drafts)


def test_options_that_change_nothing_are_told(export: Run) -> None:
    words = ("--show", "Kunta", "--emails", "--zone", "Europe/Stockholm", "--format", "json")
    told = json.loads(export("--to", "zoom,list", *words).stdout)
    said = {each["column"]: each["message"] for each in told["findings"] if each["column"]}
    assert said == {"--zone": "This option changes nothing in zoom and list"}


def test_several_columns_may_be_named_with_commas_between_them(groups: Path) -> None:
    assert handout(groups, "unit,Kunta").shown == ("Yksikkö", "Kunta")
    with pytest.raises(InputError) as refused:
        handout(groups, "Kunta,Lempiväri")
    assert [finding.value for finding in refused.value.findings] == ["Lempiväri"]


def test_of_several_rounds_one_goes_out_when_it_is_named(groups: Path, export: Run) -> None:
    groups.write_text(GROUPS.replace("Ryhmä\n", "kierros 1\n"), "utf-8")
    refused = export("--to", "zoom")
    assert refused.exit_code == 2
    assert '--column "group=kierros 1"' in refused.stderr
    assert export("--to", "zoom", "--column", "group=kierros 1").exit_code == 0


def test_an_export_says_nothing_of_the_rules_for_meetings() -> None:
    found = read_handout(str(formed("kokous")), (), RulebookChoice(), AS_IT_IS).findings
    assert not any("rules for meetings" in str(finding) for finding in found)
