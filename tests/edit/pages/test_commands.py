"""Commands change what is open, answer with what is other than before, and refuse what is stale."""

from __future__ import annotations

import io
import re
import time
import zipfile
from pathlib import Path

import pytest

from tests.edit.opened import Visitor, groups_csv, visitor, workplace_of, written
from vermegroup.edit.session.steps import Command
from vermegroup.judge.options import options_for
from vermegroup.language.messages import Message
from vermegroup.report.edits_text import edit_sentence

COMMANDS = (
    "/move",
    "/pin",
    "/undo",
    "/redo",
    "/go",
    "/save",
    "/search/start",
    "/search/stop",
    "/proposal",
    "/look",
)


def cards_in(text: str) -> list[str]:
    """The groups whose cards an answer has."""
    return re.findall(r'<article class="card group[^>]* data-group="([^"]*)"', text)


def ended(user: Visitor) -> str:
    """The answer that tells of a search's end."""
    for _ in range(500):
        answer = user.get("/search/progress")
        if user.workplace.searching is None:
            return answer.text
        time.sleep(0.02)
    raise AssertionError("the search goes on")


def test_a_move_answers_with_the_two_cards_that_changed_and_what_it_broke(user: Visitor) -> None:
    answer = user.post("/move", person="P1", from_="G01", to="G02")
    assert answer.status_code == 200
    assert cards_in(answer.text) == ["G01", "G02"]
    assert 'data-version="1"' in answer.text
    assert "2 rules are broken" in answer.text  # two of one town, and no beginner is left
    assert user.home("P1") == "G02"


def test_the_cards_of_an_answer_are_those_of_the_whole_page(user: Visitor) -> None:
    answer = user.post("/move", person="P1", from_="G01", to="G02").text
    page = user.get("/").text
    for card in re.findall(r"<article class=\"card group.*?</article>", answer, re.DOTALL):
        assert card in page


def test_what_is_mended_is_named_and_its_fault_is_not_told_anew(user: Visitor) -> None:
    broken = user.post("/move", person="P1", from_="G01", to="G02").text
    assert "Broken now: All members of a group have a different municipality – G02: " in broken
    (told,) = re.findall(r'<div id="told".*?</div>', user.post("/undo").text, re.DOTALL)
    assert "Mended: All members of a group have a different municipality (G02)" in told
    assert "Broken now" not in told
    assert " – " not in told


def test_a_swap_is_one_step(user: Visitor) -> None:
    user.post("/move", person=["P1", "P5"], from_=["G01", "G02"], to=["G02", "G01"])
    assert (user.home("P1"), user.home("P5")) == ("G02", "G01")
    assert len(user.session.steps) == 1


def test_several_go_together_into_the_queue_and_into_a_new_group(user: Visitor) -> None:
    user.post("/move", person=["P1", "P2"], from_=["G01", "G01"], to="")
    assert (user.home("P1"), user.home("P2")) == ("", "")
    answer = user.post("/move", person=["P1", "P2"], from_=["", ""], to="G05")
    assert (user.home("P1"), user.home("P2")) == ("G05", "G05")
    assert "&#34;G05&#34;" in answer.text  # the order of the cards is sent


def test_undo_redo_and_go_lead_through_all_steps(user: Visitor) -> None:
    user.post("/move", person="P1", from_="G01", to="G02")
    user.post("/move", person="P2", from_="G01", to="G03")
    assert "Undone" in user.post("/undo").text
    assert user.home("P2") == "G01"
    assert "Done again" in user.post("/redo").text
    assert user.home("P2") == "G03"
    user.post("/go", place=0)
    assert (user.home("P1"), user.home("P2")) == ("G01", "G01")
    assert user.post("/undo").status_code == 200  # nothing is left to undo
    assert user.get("/history").text.count('data-action="go"') == 3


def test_people_and_groups_are_pinned_and_set_free(user: Visitor) -> None:
    user.post("/pin", person="P1", group="G02", pinned="yes")
    assert user.session.state.pins.people == {"P1"}
    assert user.session.state.pins.groups == {"G02"}
    user.post("/pin", group="G02", pinned="no")
    assert not user.session.state.pins.groups


@pytest.mark.parametrize("command", COMMANDS)
def test_of_an_older_version_nothing_is_done_and_the_newest_is_shown(
    command: str, user: Visitor
) -> None:
    user.post("/move", person="P1", from_="G01", to="G02")
    before = user.session.state
    fields = {"person": "P2", "from_": "G01", "to": "G03", "place": 0, "pinned": "yes"}
    answer = user.post(command, what="form", answer="ours", **{**fields, "version": 0})
    assert answer.status_code == 409
    assert user.session.state is before
    assert cards_in(answer.text) == ["G01", "G02", "G03", "G04", ""]
    assert "in another tab" in answer.text


def test_a_page_in_another_language_is_asked_for_anew(user: Visitor) -> None:
    user.client.post("/language", data={"language": "fi"}, follow_redirects=False)
    answer = user.post("/move", person="P1", from_="G01", to="G02", language="en")
    assert answer.headers["hx-refresh"] == "true"
    assert user.home("P1") == "G01"


BAD: tuple[tuple[str, dict[str, object]], ...] = (
    ("/move", {}),
    ("/move", {"person": "P1", "from_": "G01"}),
    ("/move", {"person": ["P1", "P2"], "from_": "G01", "to": "G02"}),
    ("/move", {"person": "nobody", "from_": "G01", "to": "G02"}),
    ("/move", {"person": "P1", "from_": "G02", "to": "G03"}),
    ("/move", {"person": "P1", "from_": "G01", "to": "\x07"}),
    ("/move", {"person": ["P1", "P1"], "from_": ["G01", "G01"], "to": ["G02", "G03"]}),
    ("/move", {"person": "P1", "from_": "G01", "to": "G02", "version": "-1"}),
    ("/move", {"person": "P1", "from_": "G01", "to": "G02", "version": "x" * 99}),
    ("/move", {"person": "P1", "from_": "G01", "to": "G02", "version": ["0", "0"]}),
    ("/move", {"person": "P" * 10_001, "from_": "G01", "to": "G02"}),
    ("/pin", {}),
    ("/pin", {"person": "P1"}),
    ("/go", {}),
    ("/go", {"place": "one"}),
    ("/go", {"place": "²"}),
    ("/search/start", {}),
    ("/search/start", {"what": "dance"}),
    ("/search/start", {"what": "form", "effort": "endless"}),
    ("/search/start", {"what": "meeting", "day": "2027-01-31"}),
    ("/search/start", {"what": "meeting", "day": "tomorrow", "absent": "P1"}),
    ("/search/start", {"what": "meeting", "day": "2027-01-31", "absent": "nobody"}),
    ("/search/start", {"what": "rebalance"}),
    ("/search/start", {"what": "rebalance", "cell": ["P99", "Uusi"]}),
    ("/proposal", {}),
    ("/save", {"answer": "perhaps"}),
    ("/export", {}),
    ("/export", {"kind": "paper"}),
    ("/language", {"language": "xx"}),
)


@pytest.mark.parametrize(("path", "fields"), BAD, ids=str)
def test_fields_that_make_no_sense_are_refused_and_change_nothing(
    path: str, fields: dict[str, object], user: Visitor
) -> None:
    before = user.session.state
    answer = user.post(path, **fields)
    assert answer.status_code == 422, answer.text
    assert 'role="alert"' in answer.text
    assert user.session.state is before


READING: tuple[tuple[str, dict[str, object]], ...] = (
    ("/held", {}),
    ("/held", {"version": 0}),
    ("/held", {"version": 0, "person": "P1"}),
    ("/held", {"version": 0, "person": "P1", "from": "nowhere"}),
    ("/suggest", {}),
    ("/suggest", {"person": ["P1", "P2"], "from": ["G01", "G01"]}),
    ("/year", {"person": "P1"}),
    ("/matching", {}),
)


@pytest.mark.parametrize(("path", "fields"), READING, ids=str)
def test_questions_that_make_no_sense_are_refused(
    path: str, fields: dict[str, object], user: Visitor
) -> None:
    assert user.get(path, **fields).status_code == 422


def test_pinned_groups_stay_when_the_rest_is_formed_again(user: Visitor) -> None:
    user.post("/pin", group="G01", pinned="yes")
    assert user.post("/search/start", what="form", effort="quick").status_code == 200
    assert 'value="accept"' in ended(user)
    assert user.session.place == 1  # nothing has changed yet
    answer = user.post("/proposal", answer="accept")
    assert answer.status_code == 200
    assert user.session.steps[-1].step.command is Command.FORM
    assert {user.home(id_) for id_ in ("P1", "P2", "P3", "P4")} == {"G01"}


def test_what_is_proposed_can_be_declined(user: Visitor) -> None:
    before = user.session.state
    user.post("/search/start", what="form", effort="quick")
    ended(user)
    assert "as they are" in user.post("/proposal", answer="decline").text
    assert user.session.state is before
    assert user.get("/proposal").text == ""


def test_what_was_proposed_for_other_groups_is_forgotten(user: Visitor) -> None:
    user.post("/search/start", what="form", effort="quick")
    ended(user)
    user.post("/move", person="P1", from_="G01", to="G02")
    user.post("/proposal", answer="accept")
    assert len(user.session.steps) == 1


def test_a_repair_breaks_few_bonds_and_keeps_every_rule(user: Visitor) -> None:
    user.post("/move", person="P1", from_="G01", to="G02")
    assert "Move Nimi 01 from G02 to G01" in user.get("/repairs").text
    user.post("/search/start", what="repair", effort="quick")
    ended(user)
    assert "All 3 rules are kept" in user.post("/proposal", answer="accept").text


def test_a_meeting_is_planned_without_those_who_are_absent(user: Visitor) -> None:
    fields = {"what": "meeting", "day": "2027-01-31", "absent": "Nimi 01\n\nP2\n"}
    user.post("/search/start", **fields)
    assert "2027" in ended(user)
    user.post("/proposal", answer="accept")
    assert list(user.session.state.plans) == ["2027-01-31"]


def test_newcomers_join_typed_or_from_a_file_and_others_leave(user: Visitor) -> None:
    cells = ["P90", "Uusi Yksi", "Kemi", "3", *[""] * 16]
    user.post("/search/start", what="rebalance", left="P16", cell=cells)
    ended(user)
    user.post("/proposal", answer="accept")
    assert "P90" in user.session.state.groups_by_id()
    assert "P16" not in user.session.state.groups_by_id()
    file = {"file": ("uudet.csv", b"id;name;municipality;years\nP91;Toinen;Kemi;2\n")}
    user.post("/search/start", file, what="rebalance")
    ended(user)
    user.post("/proposal", answer="accept")
    assert "P91" in user.session.state.groups_by_id()


def test_a_file_of_newcomers_that_cannot_be_read_is_told_by_its_name(user: Visitor) -> None:
    answer = user.post("/search/start", {"file": ("uudet.xlsx", b"PK\x03\x04")}, what="rebalance")
    assert answer.status_code == 422
    assert "uudet.xlsx" in answer.text


def test_what_is_at_fault_with_newcomers_is_told_before_a_search_and_where_they_were_told(
    user: Visitor,
) -> None:
    cells = [*[""] * 4, "P90", "Uusi Yksi", "Kemi", "", *[""] * 12]
    answer = user.post("/search/start", what="rebalance", cell=cells)
    assert (answer.status_code, user.workplace.searching) == (422, None)
    assert "<b>Newcomer 2, years</b>" in answer.text
    alone = user.post("/search/start", what="rebalance", cell=["P90", *[""] * 19])
    assert "<b>Newcomer 1</b>: The row is no person" in alone.text
    file = {"file": ("tulokkaat.csv", b"id;name;municipality;years\nP91;Toinen;Kemi;x\n")}
    answer = user.post("/search/start", file, what="rebalance")
    assert (answer.status_code, user.workplace.searching) == (422, None)
    assert "<b>tulokkaat.csv, row 2, years</b>" in answer.text
    assert "newcomers.csv" not in answer.text


def test_a_row_of_a_file_that_is_no_newcomer_is_told_with_the_proposal(user: Visitor) -> None:
    rows = b"id;name;municipality;years\nP91;Toinen;Kemi;2\nP92;;;\n"
    user.post("/search/start", {"file": ("uudet.csv", rows)}, what="rebalance")
    assert "Newcomers, row 3: The row is no person" in ended(user)


def test_while_a_search_runs_nothing_is_moved(
    user: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Endless:
        under_way, fault, result = True, None, None
        words: tuple[Message, ...] = ()
        share, seconds = 0.5, 3.0

        def progress(self) -> Endless:
            return self

        def stop(self) -> None:
            self.under_way = False

    user.workplace.searching = Endless()  # type: ignore[assignment]
    answer = user.post("/move", person="P1", from_="G01", to="G02")
    assert answer.status_code == 422
    assert "search is under way" in answer.text
    shown = user.get("/search/progress").text
    assert 'data-searching="yes"' in shown
    assert 'value="50"' in shown
    user.post("/search/stop")
    assert 'data-searching="no"' in user.get("/search/progress").text


def test_suggestions_are_those_of_the_command_line_each_to_be_done_at_once(user: Visitor) -> None:
    shown = user.get("/suggest", person="P1", **{"from": "G01"}).text
    state = user.session.state
    found = options_for(state.groups.problem, state.grouping, state.seat(("P1", "G01")))
    assert shown.count('data-action="do"') == len(found.options) > 0
    for option in found.options:
        assert edit_sentence(option.moves).in_("en") in shown


def test_exports_are_downloaded_as_they_are_shown_and_written_only_when_saved(
    user: Visitor, tmp_path: Path
) -> None:
    user.post("/move", person="P1", from_="G01", to="G02")
    answer = user.post("/export", kind="list")
    assert answer.headers["content-disposition"].startswith("attachment")
    assert "Nimi 01" in answer.text
    refused = user.post("/export", kind="list", target="folder")
    assert refused.status_code == 422
    assert not list(tmp_path.rglob("export"))
    user.post("/save")
    several = user.post("/export", kind=["list", "xlsx"])
    assert several.content.startswith(b"PK")
    assert user.post("/export", kind="list", target="folder").status_code == 200
    assert (Path(user.session.source.path).parent / "export").is_dir()


def test_saving_says_where_and_writes_what_is_shown(user: Visitor) -> None:
    user.post("/move", person="P1", from_="G01", to="G02")
    assert 'data-unsaved="yes"' in user.get("/").text
    answer = user.post("/save")
    assert 'data-unsaved="no"' in answer.text
    saved = Path(user.session.source.path)
    assert str(saved.parent) in answer.text
    assert "P1,Nimi 01,Turku,0,G02" in saved.read_text("utf-8-sig")


def test_a_file_that_somebody_changed_meanwhile_is_two_choices(
    tmp_path: Path,
) -> None:
    for answer, home in (("ours", "G02"), ("theirs", "G01")):
        folder = tmp_path / answer
        folder.mkdir()
        user = visitor(workplace_of(written(folder)))
        user.post("/move", person="P1", from_="G01", to="G02")
        (folder / "groups.csv").write_text(groups_csv().replace("Nimi 16", "Toinen 16"), "utf-8")
        asked = user.post("/save").text
        assert 'value="ours"' in asked
        assert 'value="theirs"' in asked
        user.post("/save", answer=answer)
        assert user.home("P1") == home


def test_what_saving_over_somebody_elses_details_would_undo_is_told(
    user: Visitor, tmp_path: Path
) -> None:
    changed = groups_csv().replace("P16,Nimi 16,Salo,21", "P16,Nimi 16,Salo,9")
    (tmp_path / "groups.csv").write_text(changed, "utf-8")
    user.post("/move", person="P1", from_="G01", to="G02")
    asked = user.post("/save").text
    assert "1 person has other details in it" in asked
    assert "another group in it" not in asked
    (tmp_path / "groups.csv").write_text(groups_csv() + "\n", "utf-8")
    assert "Nobody has another group or other details" in user.post("/save").text


def test_where_the_plan_of_a_meeting_was_saved_is_told(tmp_path: Path) -> None:
    (tmp_path / "run").mkdir()
    user = visitor(workplace_of(written(tmp_path / "run")))
    user.post("/search/start", what="meeting", day="2027-01-31", absent="P1")
    ended(user)
    user.post("/proposal", answer="accept")
    answer = user.post("/save").text
    (plan,) = (path.parent for path in tmp_path.rglob("groups.csv") if "2027" in str(path))
    assert str(plan.resolve()) in answer


def test_what_was_done_is_told_as_done_and_its_days_as_they_are_written(user: Visitor) -> None:
    user.post("/move", person="P1", from_="G01", to="G02")
    user.post("/move", person=["P2", "P6"], from_=["G01", "G02"], to=["G02", "G01"])
    user.post("/pin", person="P3", pinned="yes")
    user.post("/search/start", what="meeting", day="2027-01-31", absent="P16")
    ended(user)
    user.post("/proposal", answer="accept")
    user.client.post("/language", data={"language": "fi"}, follow_redirects=False)
    shown = user.get("/history").text
    for told in (
        "Siirretty: Nimi 01, G01 → G02",
        "Vaihtoivat paikkaa: Nimi 02 (G01), Nimi 06 (G02)",
        "Kiinnitetty: Nimi 03",
        "31.1.2027",
    ):
        assert told in shown


def test_a_calendar_is_made_of_what_the_form_says(user: Visitor) -> None:
    refused = user.post("/export", kind="calendar")
    assert refused.status_code == 422
    assert "Tell the day and the time below" in refused.text
    assert "--" not in refused.text
    told = {"first": "2027-01-31", "time": "15:30", "minutes": "90", "every": "two-weeks"}
    answer = user.post("/export", kind="calendar", meetings="5", show="municipality", **told)
    assert answer.status_code == 200
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        calendar = archive.read("calendar/all.ics").decode()
    assert "DTSTART;TZID=Europe/Helsinki:20270131T153000" in calendar
    assert "DTEND;TZID=Europe/Helsinki:20270131T170000" in calendar
    assert "RRULE:FREQ=WEEKLY;COUNT=5;INTERVAL=2" in calendar
    for wrong in ({"time": "25:00"}, {"first": "soon"}, {"minutes": "0"}, {"every": "day"}):
        assert user.post("/export", kind="calendar", **{**told, **wrong}).status_code == 422


def test_columns_that_may_be_shown_are_offered_and_no_others(user: Visitor) -> None:
    panel = user.get("/export").text
    assert re.findall(r'name="show" value="([^"]*)"', panel) == ["id", "municipality"]
    assert "Turku" in user.post("/export", kind="list", show="municipality").text
    assert "Turku" not in user.post("/export", kind="list").text
    assert user.post("/export", kind="list", show="years").status_code == 422


def test_what_was_noticed_is_told_in_words_of_the_page(user: Visitor) -> None:
    user.post("/export", kind="canvas", login="id")
    assert "Downloaded: 1 file" in user.post("/look").text
    user.post("/export", kind=["list", "moodle"])
    told = user.post("/look").text.split('id="told"')[1]
    assert "have no e-mail address" in told or "has no e-mail address" in told
    assert "Give the short name of the course, or" in told
    assert str(Path(user.session.source.path).parent) not in told
    assert 'id="told"' not in user.post("/look").text


def test_without_scripts_a_command_leads_back_to_the_page(user: Visitor) -> None:
    fields = {"version": 0, "person": "P1", "from": "G01", "to": "G02"}
    answer = user.client.post("/move", data=fields, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert user.home("P1") == "G02"


def test_where_nothing_is_open_any_more_the_page_is_not_there(user: Visitor) -> None:
    user.workplace.session = None
    assert user.client.get("/held").status_code == 404
