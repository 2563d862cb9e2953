"""What goes wrong is told in the page and in its language, and the server goes on."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.edit.serving.served import Served
from vermegroup.app.privacy.how import How


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))


def test_faults_of_the_input_are_told_with_their_place_and_what_to_do(server: Served) -> None:
    answer = server.ask("/at-fault", headers=server.own())
    assert answer.status == 422
    assert "kevat &lt;b&gt;.csv, row 14, Kunta" in answer.text
    assert "&lt;script&gt;" in answer.text
    assert "<script" not in answer.text
    assert answer.text.startswith("<!DOCTYPE html>")
    part = server.ask("/at-fault", headers=server.own() | {"HX-Request": "true"})
    assert (part.status, part.text.startswith("<section")) == (422, True)
    assert "row 14" in part.text


def test_faults_are_told_in_the_language_of_the_session(server: Served) -> None:
    server.workplace.language = "fi"
    answer = server.ask("/at-fault", headers=server.own())
    server.workplace.language = "en"
    assert "rivi 14" in answer.text
    assert '<html lang="fi">' in answer.text


def test_a_defect_is_told_and_kept_in_a_file_and_the_server_goes_on(
    server: Served, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    for headers in (server.own(), server.own() | {"HX-Request": "true"}):
        answer = server.ask("/broken", headers=headers)
        assert answer.status == 500
        assert "This is a defect of vermegroup: ZeroDivisionError: &lt;img src=x&gt;" in answer.text
    assert len(list(tmp_path.glob("vermegroup-*.txt"))) == 2
    assert server.ask("/", headers=server.own()).status == 200
    assert capfd.readouterr() == ("", "")


def test_a_defect_under_pseudonyms_quotes_nothing(server: Served) -> None:
    before, server.workplace.how = server.workplace.how, How(key=b"0" * 16)
    answer = server.ask("/broken", headers=server.own())
    server.workplace.how = before
    assert "img src" not in answer.text
    assert re.search(r"ZeroDivisionError \(served\.py:[0-9]+\)", answer.text)


def test_there_is_a_page_for_what_is_not_there(server: Served) -> None:
    answer = server.ask("/nothing", headers=server.own())
    assert (answer.status, "There is no page at this address" in answer.text) == (404, True)
    wrong = server.ask("/change", "GET", server.own())
    assert (wrong.status, "is not understood" in wrong.text) == (405, True)
