"""What is possible, groups as the command forms them, and repairs put into the rules."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from tests.edit.starting.opened import Opened, opened, roster, told
from tests.edit.starting.test_page import workbook
from vermegroup.app.form import form_again
from vermegroup.app.save import ReportedOutcome, files_of, save
from vermegroup.app.verify import verify_folder
from vermegroup.cli.commands import app
from vermegroup.domain.outcome import Verdict
from vermegroup.edit.starting import searching
from vermegroup.intake.files.source import Source
from vermegroup.report.folder import GROUPS, RECORD
from vermegroup.rulebooks.amend import sections_of


def formed(page: Opened) -> ReportedOutcome:
    page.send_rules("form", effort="quick")
    page.wait()
    session = page.workplace.session
    assert session is not None, page.beginning.trouble
    assert isinstance(session.formed, ReportedOutcome)
    return session.formed


def by_command(*words: str) -> None:
    from typer.testing import CliRunner

    done = CliRunner().invoke(app, list(words))
    assert done.exit_code == 0, done.output


def test_groups_are_those_that_the_command_forms_with_the_same_rules(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    page = opened(tmp_path)
    page.upload(roster(24))
    page.send_rules(size_max="6", do="up 1")
    answer = formed(page)
    Path("kevat.csv").write_text(roster(24), encoding="utf-8")
    Path("rules.yaml").write_text(page.beginning.text, encoding="utf-8")
    by_command("form", "kevat.csv", "--rules", "rules.yaml", "--effort", "5", "-o", "there")
    files = files_of(answer, "en")
    assert files[GROUPS] == Path("there", GROUPS).read_bytes()
    ours, theirs = json.loads(files[RECORD]), json.loads(Path("there", RECORD).read_bytes())
    for key in ("groups", "rules", "preferences", "participants", "verdict", "proven"):
        assert ours[key] == theirs[key]
    assert ours["provenance"]["rulebook"] == theirs["provenance"]["rulebook"]


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_run_of_a_file_whose_path_is_unknown_can_be_verified(
    ending: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    data = roster().encode() if ending == "csv" else workbook(Ilmo=roster())
    page = opened(tmp_path)
    page.upload(data, name=f"kevat.{ending}")
    answer = formed(page)
    folder = page.beginning.folder
    save(answer, folder, "en")
    assert (folder / f"given-people.{ending}").read_bytes() == data
    found = verify_folder(folder, None, None, {"form": form_again})
    assert found.same


def test_a_file_with_a_path_is_recorded_by_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("kevat.csv").write_text(roster(), encoding="utf-8")
    answer = formed(opened(Path(), Path("kevat.csv")))
    record = json.loads(files_of(answer, "en")[RECORD])
    assert [each["path"] for each in record["provenance"]["inputs"]] == ["kevat.csv"]
    assert not answer.tables


def impossible(tmp_path: Path) -> Opened:
    page = opened(tmp_path, roster())
    page.send_rules(new="3")
    return page


def test_what_is_impossible_is_told_with_what_would_help(tmp_path: Path) -> None:
    page = impossible(tmp_path)
    page.send_rules("check")
    page.wait()
    assert page.beginning.checked is not None
    shown = page.page()
    assert "Not possible" in shown
    assert "What would help" in shown
    assert "Why not" in shown


@pytest.mark.parametrize("command", ["check", "form"])
def test_every_repair_of_the_rules_that_was_tried_works(command: str, tmp_path: Path) -> None:
    page = impossible(tmp_path)
    before = page.beginning.text
    page.send_rules(command, effort="quick")
    page.wait()
    at_fault = page.beginning
    report = (at_fault.checked or at_fault.answer).report  # type: ignore[union-attr]
    tried = [n for n, each in enumerate(report.repairs) if each.verified and each.lines]
    assert tried
    for number in tried:
        page.workplace.beginning = at_fault
        page.send("repair", repair=str(number))
        assert page.beginning.text != before
        assert page.beginning.answer is None
        answer = formed(page)
        assert answer.report.verdict is Verdict.FORMED
    page.workplace.beginning = at_fault
    assert page.send("repair", repair="99").status_code == 422


def test_a_repair_of_one_part_changes_the_rules_of_that_part_alone(tmp_path: Path) -> None:
    rows = [
        line.replace("opettaja", "hoitaja", n < 3) for n, line in enumerate(roster(20).split("\n"))
    ]
    page = opened(tmp_path, "\n".join(rows))
    text = (
        "split_by: profession\ngroups: {size: 3-5}\nrules:\n  - place_everyone  # all\n"
        "  - different: municipality\n"
    )
    page.send("form", text=text, effort="quick")
    page.wait()
    answer = page.beginning.answer
    assert answer is not None
    assert answer.report.verdict is Verdict.IMPOSSIBLE
    repairs = answer.report.repairs
    number = next(n for n, each in enumerate(repairs) if each.lines and each.part is not None)
    page.send("repair", repair=str(number))
    said = sections_of(page.beginning.text)
    assert said["rules"] == ["place_everyone", {"different": "municipality"}]
    assert list(said["parts"]) == ["hoitaja"]  # type: ignore[call-overload]
    assert "# all" in page.beginning.text


def test_a_search_can_be_followed_and_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = opened(tmp_path, roster())
    begun, real = [], searching.form_groups

    def slow(given, choice, limits, listener, how):  # type: ignore[no-untyped-def]
        listener.trying(4)
        begun.append(limits)
        assert limits.stop.wait(30)
        return real(given, choice, limits, listener, how)

    monkeypatch.setattr(searching, "form_groups", slow)
    page.send_rules("form")
    while not begun:
        pass
    assert "4 groups" in page.page()
    assert "<noscript><meta http-equiv" in page.page()
    fragment = page.client.get("/starting/progress", headers={"HX-Request": "true"})
    assert "<progress" in fragment.text
    assert page.send_rules(size_max="7").status_code == 422
    assert page.send_rules("form").status_code == 422
    page.send("stop")
    page.wait()
    ended = page.client.get("/starting/progress", headers={"HX-Request": "true"})
    assert ended.headers["HX-Redirect"] == "/"
    assert page.workplace.session is not None


def test_what_ends_a_search_is_told_and_the_page_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = opened(tmp_path, roster())
    monkeypatch.setattr(searching, "form_groups", lambda *_: 1 // 0)
    page.send_rules("form")
    page.wait()
    assert any("defect" in line for line in told(page.client.get("/")))
    monkeypatch.undo()
    formed(page)


def test_another_file_opened_meanwhile_is_not_changed_by_the_search(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = opened(tmp_path, roster())
    ended = []

    def slow(given, choice, limits, listener, how):  # type: ignore[no-untyped-def]
        limits.stop.wait(30)
        ended.append(limits)
        raise ZeroDivisionError

    monkeypatch.setattr(searching, "form_groups", slow)
    page.send_rules("form")
    running = page.workplace.searching
    page.upload(roster(12))
    assert running is not None
    assert running.wait(30)
    assert ended
    assert page.beginning.people == 12
    assert page.beginning.trouble == ()


def test_a_roster_at_fault_is_not_searched(tmp_path: Path) -> None:
    page = opened(tmp_path, roster().replace(";0;ma 16", ";paljon;ma 16", 1))
    answer = page.send_rules("form")
    assert answer.status_code == 422
    assert any("paljon" in line for line in told(answer))
    assert page.workplace.searching is None


def test_the_answer_of_other_rules_is_not_shown_with_these(tmp_path: Path) -> None:
    page = impossible(tmp_path)
    page.send_rules("form", effort="quick")
    page.wait()
    assert page.beginning.answer is not None
    page.send_rules(new="1")
    assert page.beginning.answer is None
    assert page.beginning == replace(page.beginning, answer=None)


def test_a_file_with_groups_goes_to_the_groups_unless_new_ones_are_wanted(tmp_path: Path) -> None:
    page = opened(tmp_path)
    grouped = "id;Kunta;group\n1;Oulu;G01\n2;Kemi;G01\n3;Pori;G01\n"
    page.upload(grouped)
    assert page.workplace.beginning is None
    assert (tmp_path / "kevat-groups" / "kevat.csv").read_text(encoding="utf-8") == grouped
    page.upload(grouped, anew="on")
    assert page.beginning.people == 3
    page.upload("id;Kunta;group\n1;Oulu;\n2;Kemi;\n", name="tyhja.csv")
    assert page.beginning.people == 2
    assert not (tmp_path / "tyhja-groups").exists()


def test_a_roster_in_memory_is_checked_as_a_file_is(tmp_path: Path) -> None:
    from vermegroup.app.check import check_roster
    from vermegroup.app.inputs import RulebookChoice
    from vermegroup.solver.search import Limits

    path = tmp_path / "kevat.csv"
    path.write_text(roster(), encoding="utf-8")
    choice, limits = RulebookChoice(profile="remote-pilot"), Limits(effort=2)
    from_file = check_roster(str(path), choice, limits)
    from_memory = check_roster(Source("kevat.csv", roster().encode()), choice, limits)
    assert from_memory.report.sentence == from_file.report.sentence
    assert from_memory.columns == from_file.columns
