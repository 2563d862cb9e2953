"""Rules that look back on earlier groups: files found, people gone, the same pair twice."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.brute_force import Person
from tests.builders import problem_from
from vermegroup.app.inputs import read_rulebook
from vermegroup.domain.findings import RulebookError, Severity
from vermegroup.domain.grouping import Seating
from vermegroup.rules.keep import Keep
from vermegroup.rules.strangers import Strangers

GROUPS = "id;group\nSYN-001;A\nSYN-002;A\nSYN-003;B\nSYN-777;B\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "autumn.csv").write_text(GROUPS, encoding="utf-8")
    (tmp_path / "spring.csv").write_text(GROUPS.replace("SYN-777;B", "SYN-777;A"), encoding="utf-8")
    return tmp_path


def rules_in(folder: Path, text: str) -> Path:
    path = folder / "rules.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_files_are_found_beside_the_rulebook(folder: Path) -> None:
    text = "rules: [{strangers: [autumn.csv, spring.csv]}]\npreferences: [{keep: autumn.csv}]"
    book = read_rulebook(rules_in(folder, text))
    strangers, keep = book.rules[-1], book.preferences[-1]
    assert isinstance(strangers, Strangers)
    assert isinstance(keep, Keep)
    assert strangers.written() == {"strangers": ["autumn.csv", "spring.csv"]}
    assert keep.earlier()[0].groups == (("SYN-001", "SYN-002"), ("SYN-003", "SYN-777"))
    assert [earlier.file for earlier in book.earlier()] == ["autumn.csv", "spring.csv"]


def test_files_are_found_in_the_current_folder(folder: Path, tmp_path_factory, monkeypatch) -> None:
    monkeypatch.chdir(folder)
    path = rules_in(tmp_path_factory.mktemp("other"), "rules: [{strangers: autumn.csv}]")
    assert read_rulebook(path).earlier()[0].sha256


@pytest.mark.parametrize(
    ("text", "file", "said"),
    [
        ("rules: [{strangers: winter.csv}]", "winter.csv", "no such file"),
        ("rules: [strangers]", "rules.yaml", "name of a file"),
        ("rules: [{strangers: []}]", "rules.yaml", "name of a file"),
        ("preferences: [{keep: [autumn.csv, spring.csv]}]", "rules.yaml", "one file"),
        ("rules: [{keep: autumn.csv}]", "rules.yaml", "only a preference"),
        ("rules: [{strangers: rules.yaml}]", "rules.yaml", ""),
    ],
)
def test_a_file_that_cannot_serve_is_a_finding(
    folder: Path, text: str, file: str, said: str
) -> None:
    with pytest.raises(RulebookError) as raised:
        read_rulebook(rules_in(folder, text))
    assert Path(raised.value.findings[0].file).name == file
    assert said in str(raised.value.findings[0].message)


def test_people_who_are_gone_are_told_and_left_out_of_account(folder: Path) -> None:
    (folder / "all.csv").write_text(GROUPS.replace("SYN-777", "SYN-004"), encoding="utf-8")
    path = rules_in(folder, "rules: [{strangers: [autumn.csv, all.csv, spring.csv]}]")
    book = read_rulebook(path)
    roster = problem_from([Person("Turku", 1) for _ in range(4)]).roster
    notices = book.rules[-1].notices(roster)
    assert [(notice.severity, notice.file) for notice in notices] == [
        (Severity.NOTICE, "autumn.csv"),
        (Severity.NOTICE, "spring.csv"),
    ]
    assert "1 person" in str(notices[0].message)


def test_a_pair_counts_once_for_each_time_it_was_together(folder: Path) -> None:
    book = read_rulebook(rules_in(folder, "rules: [{strangers: [autumn.csv, spring.csv]}]"))
    problem = problem_from([Person("Turku", 1) for _ in range(4)])
    seating = Seating(np.arange(4), np.array([0, 0, 1, 1]), 2)
    met = book.rules[-1].measure(problem.roster, problem.plan(2), seating)
    assert met.tolist() == [2, 0]
