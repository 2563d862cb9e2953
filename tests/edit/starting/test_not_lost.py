"""Groups that were formed are told as what they are until they are saved, and give way to none."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest

from tests.edit.starting.opened import Opened, opened, roster, told
from vermegroup.app.inputs import RulebookChoice
from vermegroup.edit.opening import leave_groups, open_groups
from vermegroup.edit.session.journal import JOURNAL, kept_journals
from vermegroup.edit.session.saving import save_session
from vermegroup.edit.session.session import Session
from vermegroup.edit.session.steps import Step, moving
from vermegroup.edit.starting.commands import open_roster
from vermegroup.edit.starting.recent import recent_folders
from vermegroup.edit.starting.rules_form import form_of
from vermegroup.edit.workplace import Workplace
from vermegroup.intake.files.source import Source

SCRIPTED = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def others() -> str:
    """A roster of people who are in no other."""
    return roster().replace("Henkilö", "Toinen").replace(";h", ";t")


def formed(page: Opened) -> Session:
    page.send_rules("form", effort="quick")
    page.wait()
    assert page.workplace.session is not None, page.beginning.trouble
    return page.workplace.session


def killed(page: Opened) -> None:
    """As a server is that was killed: its journal stays, and its lock goes."""
    page.workplace.held.close()


def saved(page: Opened) -> Path:
    session, folder = page.workplace.session, page.workplace.folder
    assert session is not None
    assert folder is not None
    save_session(session, folder, "en")
    leave_groups(page.workplace)
    return folder


def test_a_formation_that_was_not_saved_is_offered_as_that_from_recent_folders(
    tmp_path: Path,
) -> None:
    first = opened(tmp_path, roster())
    content = formed(first).state.content
    killed(first)
    page = opened(tmp_path)
    [folder] = recent_folders()
    assert folder.saved is None
    assert "Not saved yet (" in page.page()
    assert page.send("recent", token=folder.token).status_code == 200
    assert page.workplace.offer is not None
    shown = page.page()
    assert "Groups were formed and were not saved" in shown
    assert "0 changes" not in shown
    page.send("take-up")
    assert page.workplace.session is not None
    assert page.workplace.session.state.content == content


def test_what_is_not_taken_up_of_a_formation_leaves_what_it_was_formed_of(tmp_path: Path) -> None:
    first = opened(tmp_path, roster())
    formed(first)
    killed(first)
    page = opened(tmp_path)
    page.send("recent", token=recent_folders()[0].token)
    assert page.send("without").status_code == 200
    assert page.workplace.session is None
    assert page.beginning.people == 16
    assert len(kept_journals(tmp_path / "kevat-groups")) == 1


def test_later_changes_of_saved_groups_are_told_apart_from_them(tmp_path: Path) -> None:
    page = opened(tmp_path, roster())
    formed(page)
    folder = saved(page)
    [offered] = recent_folders()
    assert offered.saved is not None
    assert offered.unsaved is None
    again = opened(tmp_path)
    again.send("recent", token=offered.token)
    assert again.workplace.session is not None
    again.workplace.session.take(first_move(again.workplace.session))
    killed(again)
    assert (folder / JOURNAL).exists()
    assert recent_folders()[0].unsaved is not None
    assert "Later changes are not saved yet" in opened(tmp_path).page()


def first_move(session: Session) -> Step:
    table = session.state.content.decode("utf-8-sig").splitlines()
    header = table[0].split(";")
    row = table[1].split(";")
    return moving([(row[header.index("tunnus")], row[header.index("ryhmä")], "G09")])


def test_there_is_a_way_back_to_the_groups_with_all_that_was_moved(tmp_path: Path) -> None:
    page = opened(tmp_path, roster())
    session = formed(page)
    session.take(first_move(session))
    content = session.state.content
    page.send("back")
    assert page.workplace.session is None
    assert "with 1 change made to them" in page.page()
    page.send_rules(size_max="6")
    page.send("to-groups")
    assert page.workplace.session is session
    assert session.state.content == content
    assert session.unsaved


def test_groups_that_gave_way_to_new_ones_are_all_kept(tmp_path: Path) -> None:
    page = opened(tmp_path, roster())
    for size in ("5", "6", "7"):
        session = formed(page)
        session.take(first_move(session))
        page.send("back")
        page.send_rules(size_max=size)
    formed(page)
    kept = kept_journals(tmp_path / "kevat-groups")
    assert len(kept) == 3
    assert len({each.read_bytes() for each in kept}) == 3
    assert str(kept[-1].name) in str(page.workplace.noticed[0])


def test_a_crash_while_somebody_is_back_at_the_rules_takes_nothing(tmp_path: Path) -> None:
    page = opened(tmp_path, roster())
    content = formed(page).state.content
    page.send("back")
    killed(page)
    again = opened(tmp_path, roster())
    again.send("take-up")
    assert again.workplace.session is not None
    assert again.workplace.session.state.content == content


@pytest.mark.parametrize("gone", [False, True])
def test_whoever_takes_groups_up_can_go_back_to_the_rules(gone: bool, tmp_path: Path) -> None:
    Path("kevat.csv").write_text(roster(), encoding="utf-8")
    page = opened(tmp_path)
    open_roster(page.workplace, "kevat.csv")
    page.send_rules(size_max="6")
    text = page.beginning.text
    formed(page)
    killed(page)
    if gone:
        Path("kevat.csv").unlink()
    again = opened(tmp_path)
    again.send("recent", token=recent_folders()[0].token)
    again.send("take-up")
    assert again.workplace.session is not None
    again.send("back")
    assert again.beginning.text == text
    assert again.beginning.people == 16
    assert isinstance(again.beginning.given, Source) == gone
    formed(again)


def test_the_folder_is_told_in_full_before_anything_is_formed(tmp_path: Path) -> None:
    page = opened(tmp_path, roster())
    assert f"<bdi>{tmp_path / 'kevat-groups'}</bdi>" in page.page()
    page.workplace.output = Path("mine")
    assert f"<bdi>{tmp_path / 'mine'}</bdi>" in page.page()


def test_groups_of_other_people_stay_where_they_are(tmp_path: Path) -> None:
    first = opened(tmp_path, roster())
    formed(first)
    folder = saved(first)
    before = (folder / "groups.csv").read_bytes()
    other = opened(tmp_path, others())
    assert other.beginning.folder.name == "kevat-groups-2"
    assert "groups of other people in the folder kevat-groups" in other.page()
    formed(other)
    assert saved(other).name == "kevat-groups-2"
    assert (folder / "groups.csv").read_bytes() == before
    assert opened(tmp_path, others()).beginning.folder.name == "kevat-groups-2"


def test_the_same_people_stay_in_their_folder(tmp_path: Path) -> None:
    first = opened(tmp_path, roster(16))
    formed(first)
    saved(first)
    grown = opened(tmp_path, roster(20))
    assert grown.beginning.folder.name == "kevat-groups"
    assert "goes-elsewhere" not in grown.page()


def test_groups_of_other_people_that_are_not_saved_stay_too(tmp_path: Path) -> None:
    formed(first := opened(tmp_path, roster()))
    killed(first)
    page = opened(tmp_path, others())
    assert page.workplace.offer is None
    assert page.beginning.folder.name == "kevat-groups-2"


def test_a_folder_that_was_asked_for_is_taken_and_what_becomes_of_the_groups_in_it_is_told(
    tmp_path: Path,
) -> None:
    formed(first := opened(tmp_path, roster()))
    saved(first)
    page = opened(tmp_path, others())
    page.workplace.output = tmp_path / "kevat-groups"
    assert "earlier" in "".join(told(page.client.get("/")))


def test_numbers_of_rows_make_nobody_the_same_person(tmp_path: Path) -> None:
    def numbered(name: str) -> str:
        rows = [f"{n};{name} {n};{n % 17};Kunta{n % 8}" for n in range(1, 17)]
        return "\n".join(["ID;Namn;År;Ort", *rows]) + "\n"

    first = opened(tmp_path, numbered("Exempel"))
    folder = tmp_path / "kevat-groups"
    folder.mkdir()
    (folder / "groups.csv").write_text(
        numbered("Exempel").replace("Ort\n", "Ort;grupp\n"), encoding="utf-8"
    )
    assert first.beginning.folder == folder
    assert opened(tmp_path, numbered("Prov")).beginning.folder.name == "kevat-groups-2"


def test_groups_of_another_file_of_the_same_name_are_saved_elsewhere(tmp_path: Path) -> None:
    formed(first := opened(tmp_path, roster()))
    folder = saved(first)
    table = (folder / "groups.csv").read_text("utf-8-sig").replace("Henkilö", "Toinen")
    table = re.sub(r"H-\w+", lambda each: each[0][::-1].replace("-H", "X"), table)
    Path("there").mkdir()
    Path("there/kevat.csv").write_text(table.replace(";h", ";t"), encoding="utf-8")
    workplace = Workplace(tmp_path)
    noticed = open_groups(workplace, Path("there/kevat.csv"))
    assert workplace.folder == Path("kevat-groups-2")
    assert any("other people" in str(each) for each in noticed)
    leave_groups(workplace)


ODD = "Kuka hän on;Paikka missä;Kauanko\n" + "".join(
    f"Esim Henkilö{n};{town};{n * 5 % 20}\n"
    for n, town in enumerate(("Oulu", "Kuopio", "Espoo", "Lahti", "Turku", "Kemi", "Vaasa", "Pori"))
)


def corrected(page: Opened) -> Opened:
    for place, trait in enumerate(("name", "municipality", "years")):
        page.send("columns", **{f"column{place}": trait})
    return page


def test_rules_that_nobody_changed_follow_the_columns_that_are_corrected(tmp_path: Path) -> None:
    page = opened(tmp_path, ODD)
    assert "names, e-mail addresses or ids are enough" in page.page()
    assert re.search(r'value="drafted" selected', page.page())
    corrected(page)
    assert "No column was recognised" not in page.beginning.text
    assert "municipality" in page.beginning.text.partition("rules:")[2]
    assert page.beginning.profile == "remote-pilot"
    assert re.search(r'<details class="fold" open id="columns"', page.page())


def test_rules_that_somebody_changed_stay_when_columns_are_corrected(tmp_path: Path) -> None:
    page = opened(tmp_path, ODD)
    page.send_rules(size_max="6")
    corrected(page)
    assert "size: 3-6" in page.beginning.text
    assert "different: municipality" not in page.beginning.text
    assert "No column was recognised" not in page.beginning.text
    assert page.beginning.fit is not None
    assert page.beginning.fit.profile == "remote-pilot"
    page.send("profile", profile="remote-pilot")
    assert "different: municipality" in page.beginning.text
    assert page.beginning.look.roster is not None


def test_rules_that_came_with_the_call_are_called_no_profile(tmp_path: Path) -> None:
    Path("own.yaml").write_text("rules:\n  - place_everyone\n", encoding="utf-8")
    page = opened(tmp_path)
    source = Source("kevat.csv", roster().encode())
    open_roster(page.workplace, source, RulebookChoice(rules=Path("own.yaml")))
    assert re.search(r'value="" selected>The rules as they stand', page.page())
    page.send("columns", column3="unit")
    assert "different" not in page.beginning.text


PARTS = (
    "split_by: profession\nrules:\n  - place_everyone\nparts:\n"
    "  opettaja: {groups: {size: 4-6}}   # mine\n  kuraattori:\n    groups: {size: 3-5}\n"
)


@pytest.mark.parametrize("between", ["", "municipality"])
def test_rules_of_parts_rest_in_the_text_and_come_back(between: str, tmp_path: Path) -> None:
    page = opened(tmp_path, roster())
    page.send("rules", text=PARTS)
    before = page.beginning.book
    page.send_rules(split_by=between)
    assert "# split_by: profession\n# parts:\n#   opettaja" in page.beginning.text
    assert "rules of single parts are out of use" in page.page()
    assert page.beginning.book is not None
    page.send_rules(split_by="profession")
    assert page.beginning.book is not None
    assert before is not None
    assert page.beginning.book.plain == before.plain
    assert "# mine" in page.beginning.text
    assert "# split_by" not in page.beginning.text


def focused(text: str) -> list[str]:
    return re.findall(r'<\w+ [^>]*id="([^"]+)"[^>]* autofocus', html.unescape(text))


def test_what_was_done_is_told_and_has_the_focus(tmp_path: Path) -> None:
    Path("kevat.csv").write_text(roster(), encoding="utf-8")
    page = opened(tmp_path)
    open_roster(page.workplace, "kevat.csv")
    again = page.client.post("/starting/again", headers=SCRIPTED)
    assert "The file was read again: 16 rows" in again.text
    assert 'id="reread"' in again.text
    page.send_rules(new="3")
    page.send_rules("check")
    page.wait()
    number = re.search(r'name="repair" value="(\d+)"', page.page())
    assert number is not None
    answer = page.client.post("/starting/repair", data={"repair": number[1]}, headers=SCRIPTED)
    assert "The rules were changed (" in answer.text
    assert focused(answer.text) == ["noticed"]
    refused = page.client.post("/starting/repair", data={"repair": "99"}, headers=SCRIPTED)
    assert (refused.status_code, focused(refused.text)) == (422, ["noticed"])


@pytest.mark.parametrize(
    ("button", "focus"), [("up 1", "down0"), ("down 0", "down1"), ("drop 2", "drop1")]
)
def test_the_focus_follows_a_preference(button: str, focus: str, tmp_path: Path) -> None:
    page = opened(tmp_path, roster())
    text = page.beginning.text
    assert len(re.findall(r"^  - (?:spread|even_sizes|balance)", text, re.MULTILINE)) == 3
    fields = {"text": text, "do": button, "everyone shown": "on"}
    shown = form_of(text, page.beginning.look).values
    fields |= {name: value for name, value in shown.items() if value}
    answer = page.client.post("/starting/rules", data=fields, headers=SCRIPTED)
    assert focused(answer.text) == [focus]
