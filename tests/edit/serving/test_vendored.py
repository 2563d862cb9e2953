"""What others wrote is as they published it, with its licence, and asks nobody for anything."""

from __future__ import annotations

import hashlib
from importlib import resources

import pytest

from tests.edit.serving.served import Served
from vermegroup.edit.serving.vendored import ALL, HTMX, Vendored

FOLDER = resources.files("vermegroup.edit.serving").joinpath("static", "vendor")


@pytest.mark.parametrize("each", ALL, ids=lambda each: each.package)
def test_a_file_is_the_published_one_with_its_licence(each: Vendored) -> None:
    content = FOLDER.joinpath(each.file.name).read_bytes()
    assert hashlib.sha256(content).hexdigest() == each.sha256
    assert each.version.encode() in content
    licence = FOLDER.joinpath(each.licence_file.name).read_text("utf-8")
    assert {"0BSD": "Zero-Clause BSD", "MIT": "MIT License"}[each.licence] in licence


def test_there_is_no_file_that_the_table_does_not_know() -> None:
    known = {file.name for each in ALL for file in (each.file, each.licence_file)}
    assert {item.name for item in FOLDER.iterdir()} == known


def test_a_file_is_kept_by_its_version_alone(server: Served) -> None:
    kept = server.ask(HTMX.file.address, headers=server.own())
    assert kept.headers["cache-control"] == "private, max-age=31536000, immutable"
    assert kept.headers["content-type"] == "text/javascript; charset=utf-8"
    assert hashlib.sha256(kept.body).hexdigest() == HTMX.sha256
    for address in ("/static/htmx.min.js", "/static/htmx.min.js?v=0", "/static/htmx.min.js?w=1"):
        assert server.ask(address, headers=server.own()).headers["cache-control"] == "no-store"
