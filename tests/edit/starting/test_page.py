"""The page from a roster to rules: what it shows, what it takes, and what it refuses."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from tests.edit.starting.opened import Opened, opened, roster, told
from vermegroup.app.inputs import RulebookChoice
from vermegroup.app.privacy.how import How
from vermegroup.domain.findings import InputError
from vermegroup.edit.starting.commands import open_roster
from vermegroup.edit.starting.recent import recent_folders, remember
from vermegroup.edit.starting.rules_form import form_of
from vermegroup.intake.files.source import Source
from vermegroup.language.catalogues import languages
from vermegroup.rulebooks.amend import sections_of
from vermegroup.rulebooks.profiles import profile_names
from vermegroup.rulebooks.read import read_profile, rulebook_from_text


@pytest.fixture
def page(tmp_path: Path) -> Opened:
    return opened(tmp_path, roster())


def test_nothing_open_offers_a_file_chooser_and_recent_folders(tmp_path: Path) -> None:
    empty = opened(tmp_path)
    assert 'type="file"' in empty.page()
    folder = tmp_path / "kevat-groups"
    folder.mkdir()
    (folder / "groups.csv").write_text("id,group\n1,G01\n", encoding="utf-8")
    remember(folder)
    [offered] = recent_folders()
    assert f'value="{offered.token}"' in empty.page()
    assert "kevat-groups" in empty.page()


def test_a_file_is_opened_and_a_form_without_scripts_is_led_back_to_the_page(
    tmp_path: Path,
) -> None:
    page = opened(tmp_path)
    answer = page.client.post(
        "/starting/file", files={"file": ("kevat.csv", roster())}, follow_redirects=False
    )
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert "16 taking part" in page.page()
    assert page.beginning.folder == tmp_path / "kevat-groups"


def test_a_script_gets_the_part_that_changed(page: Opened) -> None:
    scripted = {"HX-Request": "true"}
    answer = page.client.post("/starting/leave", headers=scripted)
    assert answer.status_code == 200
    assert answer.text.startswith('<div id="starting">')


def test_only_the_form_is_sent_while_somebody_types_in_the_text(page: Opened) -> None:
    text = page.beginning.text + "# mine\n"
    answer = page.client.post(
        "/starting/rules", data={"text": text.replace("\n", "\r\n")}, headers={"HX-Request": "true"}
    )
    assert "<textarea" not in answer.text
    assert 'id="fields"' in answer.text
    assert page.beginning.text == text


def test_the_text_is_sent_where_the_form_changed_it(page: Opened) -> None:
    shown = form_of(page.beginning.text, page.beginning.look).values
    sent = {"text": page.beginning.text, "everyone shown": "on", **shown, "size_max": "6"}
    answer = page.client.post(
        "/starting/rules",
        data={name: value for name, value in sent.items() if value},
        headers={"HX-Request": "true"},
    )
    assert "size: 3-6" in answer.text
    assert "<textarea" in answer.text


def test_an_edited_text_and_a_changed_form_are_both_taken(page: Opened) -> None:
    text = page.beginning.text + "# mine\nduplicates: latest\n"
    page.send_rules(text=text, size_max="6", seen="")
    assert "# mine" in page.beginning.text
    assert sections_of(page.beginning.text)["duplicates"] == "latest"
    assert sections_of(page.beginning.text)["groups"]["size"] == "3-6"  # type: ignore[index]


def test_rules_that_another_window_changed_are_not_written_over(page: Opened) -> None:
    seen = re.search(r'name="seen" value="(\w+)"', page.page())
    assert seen is not None
    page.send_rules(size_max="6")
    now = page.beginning.text
    answer = page.send_rules(size_max="7", seen=seen[1])
    assert answer.status_code == 422
    assert any("another window" in line for line in told(answer))
    assert page.beginning.text == now


@pytest.mark.parametrize(
    ("text", "line"),
    [("rules:\n  - diferent: municipality\n", "line 2"), ("rules: [\n", "line"), ("", "empty")],
)
def test_faults_of_the_text_are_told_by_their_lines_and_it_stays(
    text: str, line: str, page: Opened
) -> None:
    answer = page.send("rules", text=text)
    assert any(line in each for each in told(answer)), told(answer)
    assert page.beginning.text == text
    assert page.beginning.look.columns
    refused = page.send("form", text=text)
    assert refused.status_code == 422
    assert page.workplace.searching is None


def test_what_the_form_cannot_show_is_told_and_kept(page: Opened) -> None:
    text = (
        "rules:\n  - include: {role: mentor, at_least: 1}\n  - place_everyone\n"
        "meetings: {size: 2-6}\n"
    )
    page.send("rules", text=text)
    assert "Also in the rules" in page.page()
    assert "at least 1 mentor" in page.page()
    page.send_rules(size_max="6")
    assert sections_of(page.beginning.text)["meetings"] == {"size": "2-6"}
    page.send_rules(do="leave 0")
    assert sections_of(page.beginning.text)["rules"] == ["place_everyone"]


def test_profiles_are_offered_and_the_one_that_fits_stands_first(page: Opened) -> None:
    found = re.findall(r'<option value="([a-z-]+)"[^>]*>[^<]*\(fits this list\)', page.page())
    first = re.search(
        r'<select id="profile"[^>]*>\s*<option value="([a-z-]+)" selected', page.page()
    )
    assert first is not None
    assert found[0] == first[1] == "remote-pilot"


@pytest.mark.parametrize("name", [name for name in profile_names() if name != "default"])
def test_the_rules_of_a_profile_are_those_of_the_program(name: str, page: Opened) -> None:
    page.send("profile", profile=name)
    wanted = read_profile(name).written()
    assert page.beginning.book is not None
    found = {key: value for key, value in page.beginning.book.written().items() if key in wanted}
    if name == "remote-pilot":
        wanted["groups"] = {**wanted["groups"], "count": "auto"}  # type: ignore[dict-item]
    assert found == wanted
    assert page.beginning.book.columns["municipality"] == "Työkunta"


def test_rules_of_an_earlier_folder_are_taken_over_without_its_columns(
    page: Opened, tmp_path: Path
) -> None:
    from vermegroup import form

    folder = tmp_path / "syksy-groups"
    (tmp_path / "syksy.csv").write_text(roster(), encoding="utf-8")
    rules = {"groups": {"size": "4-8"}, "rules": ["place_everyone"], "columns": {"role": "Kieli"}}
    form(tmp_path / "syksy.csv", rules).save(folder)
    remember(folder)
    page.send("profile", profile=recent_folders()[0].token)
    assert page.beginning.book is not None
    assert page.beginning.book.written()["groups"] == {"size": "4-8", "count": "auto"}
    assert "columns" not in sections_of(page.beginning.text)
    assert page.send("profile", profile="0" * 16).status_code == 422


def test_findings_tell_row_column_and_what_to_do(tmp_path: Path) -> None:
    text = roster().replace(";0;ma 16", ";paljon;ma 16", 1)
    page = opened(tmp_path, text)
    [line] = [each for each in told(page.client.get("/")) if "paljon" in each]
    assert "row 2, Kokemus vuosina" in line
    assert "for example 12" in line


def test_hints_of_the_command_line_are_those_of_the_page(tmp_path: Path) -> None:
    page = opened(tmp_path, "id;Kunta;Kotikunta;Kokemus\n1;Oulu;Kemi;3\n2;Kuopio;Turku;12\n")
    lines = " ".join(told(page.client.get("/")))
    assert "Several columns could be meant" in lines
    assert "--" not in lines


def test_rows_set_aside_are_told_with_the_reason(tmp_path: Path) -> None:
    page = opened(
        tmp_path, roster() + "Esim Poissa;p@example.org;Oulu;opettaja;3;ma 16;fi;peruttu\n"
    )
    assert "1 set aside" in page.page()
    assert "Cancelled" in page.page()


def workbook(**sheets: str) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, text in sheets.items():
        sheet = book.create_sheet(name)
        for line in text.splitlines():
            sheet.append(line.split(";"))
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def test_a_sheet_of_a_workbook_is_chosen_by_its_number(tmp_path: Path) -> None:
    data = workbook(Syksy=roster(12), Kevat=roster(16))
    page = opened(tmp_path, Source("ilmo.xlsx", data))
    assert page.beginning.sheets == ("Syksy", "Kevat")
    page.send("sheet", sheet="1")
    assert page.beginning.people == 16
    page.send("sheet", sheet="0")
    assert page.beginning.people == 12
    page.send("sheet", sheet="7")
    assert page.beginning.how.sheet == "Syksy"


def test_where_any_of_several_sheets_may_be_meant_it_can_be_chosen(tmp_path: Path) -> None:
    data = workbook(Ohje="Hei;\nx;\ny;\n", Syksy=roster(12), Kevat=roster(16))
    page = opened(tmp_path, Source("ilmo.xlsx", data))
    assert page.beginning.look.table is None
    assert any("Several sheets" in line for line in told(page.client.get("/")))
    page.send("sheet", sheet="2")
    assert page.beginning.people == 16
    assert page.beginning.book is not None


@pytest.mark.parametrize("data", [b"", b"%PDF-1.4", b"\x00\x01\x02", b"PK\x03\x04damaged"])
def test_what_is_no_table_is_told_and_another_file_can_be_opened(
    data: bytes, tmp_path: Path
) -> None:
    page = opened(tmp_path)
    answer = page.upload(data)
    assert answer.status_code == 200
    assert told(answer)
    page.upload(roster())
    assert page.beginning.people == 16


def test_without_a_file_nothing_is_opened(tmp_path: Path) -> None:
    page = opened(tmp_path)
    answer = page.client.post("/starting/file", data={"anew": "on"})
    assert answer.status_code == 422
    assert "No file was chosen" in told(answer)[0]


HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(1)>\u202e'


@pytest.mark.parametrize("language", languages())
def test_names_headers_cells_and_rules_with_markup_are_shown_as_text(
    language: str, tmp_path: Path
) -> None:
    cell = HOSTILE.replace('"', "")
    text = f"id;Kunta;Kokemus vuosina;{cell};{'x' * 5000}\n1;{cell};{cell};{cell};b\n2;Kemi;3;c;d\n"
    page = opened(tmp_path)
    page.workplace.language = language
    page.upload(text, name=f"{HOSTILE}.csv")
    page.send("rules", text=f"rules:\n  - different: '{HOSTILE}'\n  - {HOSTILE}: 1\n")
    shown = page.client.get("/").text
    assert "<script>alert" not in shown
    assert "<img" not in shown
    assert "</textarea>" in shown
    page.send("rules", text="rules: []\n# </textarea><script>alert(1)</script>\n")
    assert "<script>alert" not in page.client.get("/").text
    assert page.beginning.folder.parent == tmp_path


def test_rules_name_no_file_elsewhere(page: Opened, tmp_path: Path) -> None:
    (tmp_path / "salaisuus.csv").write_text("id,group\nverysecret,G01\n", encoding="utf-8")
    place = tmp_path / "place"
    place.mkdir()
    page.workplace.place = place
    page.upload(roster())
    for name in ("../salaisuus.csv", str(tmp_path / "salaisuus.csv"), "..", "c:\\x.csv"):
        answer = page.send("rules", text=f"rules:\n  - strangers: '{name}'\n")
        assert any("name of a file alone" in line for line in told(answer)), name
        assert "verysecret" not in answer.text


def test_a_file_in_the_own_folder_may_be_named(page: Opened, tmp_path: Path) -> None:
    people = "".join(f"Esim Henkilö{n};h{n}@example.org;G01\n" for n in (1, 2))
    earlier = f"Nimi;Sähköposti;group\n{people}"
    (tmp_path / "syksy.csv").write_text(earlier, encoding="utf-8")
    page.send("rules", text="rules:\n  - strangers: syksy.csv\n")
    assert page.beginning.faults == ()
    assert page.beginning.book is not None


def test_the_language_is_chosen_in_the_page(page: Opened) -> None:
    for language in languages():
        page.client.post("/language", data={"language": language})
        assert f'<html lang="{language}">' in page.page()
    page.client.post("/language", data={"language": "../xx"})
    assert page.workplace.language == languages()[-1]


def test_what_is_sent_to_a_page_that_is_closed_meanwhile_is_refused(tmp_path: Path) -> None:
    page = opened(tmp_path)
    for command in ("columns", "sheet", "again", "profile", "rules", "form", "check", "repair"):
        assert page.send(command).status_code == 422


def test_a_defect_is_told_and_the_server_goes_on(
    page: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vermegroup.edit.starting.commands.with_choices", lambda *_: 1 // 0)
    answer = page.send("columns")
    assert answer.status_code == 500
    assert "defect" in told(answer)[0]
    assert page.client.get("/").status_code == 200


def test_the_file_is_read_again_where_it_has_a_path(tmp_path: Path) -> None:
    path = tmp_path / "kevat.csv"
    path.write_text(roster(12), encoding="utf-8")
    page = opened(tmp_path, path)
    assert page.beginning.people == 12
    path.write_text(roster(16), encoding="utf-8")
    page.send("again")
    assert page.beginning.people == 16


def test_every_field_has_a_label_and_every_id_stands_once(page: Opened) -> None:
    shown = page.client.get("/").text
    ids = re.findall(r' id="([^"]+)"', shown)
    assert len(ids) == len(set(ids))
    labelled = set(re.findall(r'<label[^>]* for="([^"]+)"', shown))
    fields = re.findall(r"<(?:input|select|textarea)\b[^>]*>", shown)
    for field in fields:
        if 'type="hidden"' in field:
            continue
        found = re.search(r' id="([^"]+)"', field)
        assert found is not None, field
        assert found[1] in labelled, field


def test_nothing_in_the_page_needs_more_than_the_policy_allows(page: Opened) -> None:
    shown = page.client.get("/").text
    assert not re.search(r"\son[a-z]+=|\sstyle=|javascript:|hx-on|<style|<script(?! src=)", shown)


def test_the_rules_that_are_read_are_those_of_the_text(page: Opened) -> None:
    page.send_rules(size_max="6", **{"different region": "on", "common times": "on"})
    assert page.beginning.book is not None
    text = page.beginning.text
    assert page.beginning.book.written() == rulebook_from_text(text, "").written()
    assert {"different": "region"} in sections_of(text)["rules"]  # type: ignore[operator]


def test_a_command_may_name_the_rules(page: Opened, tmp_path: Path) -> None:
    rules = tmp_path / "rules.yaml"
    rules.write_text("# mine\nrules: [place_everyone]\n", encoding="utf-8")
    source = Source("kevat.csv", roster().encode())
    open_roster(page.workplace, source, RulebookChoice(rules))
    assert page.beginning.text == "# mine\nrules: [place_everyone]\n"
    open_roster(page.workplace, source, RulebookChoice(profile="developer"))
    assert page.beginning.profile == "developer"
    with pytest.raises(InputError):
        open_roster(page.workplace, source, RulebookChoice(tmp_path / "none.yaml"))


def test_columns_that_a_command_names_stand_in_the_rules(tmp_path: Path) -> None:
    text = "id;Kunta;Kotikunta;Kokemus\n1;Oulu;Kemi;3\n2;Kuopio;Turku;12\n"
    page = opened(tmp_path)
    page.workplace.how = How({"municipality": "Kotikunta"})
    page.upload(text)
    assert sections_of(page.beginning.text)["columns"]["municipality"] == "Kotikunta"  # type: ignore[index]
    assert page.beginning.look.roster is not None
