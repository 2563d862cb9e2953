"""Folders that were open before are offered by tokens, while they hold groups."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from vermegroup.edit.own_state import VARIABLE, state_folder
from vermegroup.edit.starting.recent import (
    MOST,
    by_token,
    recent_folders,
    remember,
)


def with_groups(folder: Path) -> Path:
    folder.mkdir(parents=True)
    (folder / "groups.csv").write_text("id,group\n", encoding="utf-8")
    return folder


def test_the_last_one_comes_first_each_once_and_no_more_than_twelve(tmp_path: Path) -> None:
    folders = [with_groups(tmp_path / f"f{n}") for n in range(MOST + 3)]
    for folder in [*folders, folders[5]]:
        remember(folder)
    offered = [each.path for each in recent_folders()]
    assert offered[:2] == [folders[5], folders[-1]]
    assert len(offered) == len(set(offered)) == MOST


def test_a_folder_without_groups_is_not_offered(tmp_path: Path) -> None:
    folder = with_groups(tmp_path / "kevat-groups")
    remember(folder)
    assert len(recent_folders()) == 1
    (folder / "groups.csv").unlink()
    assert recent_folders() == []


def test_only_a_token_that_is_offered_leads_to_a_folder(tmp_path: Path) -> None:
    folder = with_groups(tmp_path / "kevat-groups")
    remember(folder)
    [offered] = recent_folders()
    found = by_token(offered.token)
    assert found is not None
    assert found.path == folder
    for token in ("", "0", str(folder), "../kevat-groups"):
        assert by_token(token) is None


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b'{"folders": 3}', b'{"folders": [1, null, "\\u0000"]}', b"\xff"]
)
def test_a_damaged_list_offers_nothing_and_is_written_anew(
    content: bytes, state: Path, tmp_path: Path
) -> None:
    (state / "recent-folders.json").write_bytes(content)
    assert recent_folders() == []
    remember(with_groups(tmp_path / "a"))
    assert len(recent_folders()) == 1


def test_where_nothing_can_be_written_nothing_is_remembered(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    environment = {VARIABLE: str(tmp_path / "file" / "state")}
    remember(with_groups(tmp_path / "a"), environment)
    assert recent_folders(environment) == []


def test_the_list_stands_where_the_user_keeps_such_things(tmp_path: Path) -> None:
    assert state_folder({"XDG_STATE_HOME": "/s"}) == Path("/s/vermegroup")
    assert state_folder({VARIABLE: "/v", "XDG_STATE_HOME": "/s"}) == Path("/v")
    assert state_folder({}) == Path.home() / ".local" / "state" / "vermegroup"


def test_names_of_folders_are_written_as_they_are(state: Path, tmp_path: Path) -> None:
    remember(with_groups(tmp_path / "kevät <b>"))
    text = (state / "recent-folders.json").read_text(encoding="utf-8")
    assert json.loads(text)["folders"] == [str(tmp_path / "kevät <b>")]
