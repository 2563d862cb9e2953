from __future__ import annotations

from pathlib import Path

import pytest

from vermegroup.domain.findings import RulebookError
from vermegroup.rulebooks.faults import Faults, did_you_mean, nearest
from vermegroup.rulebooks.read import read_text
from vermegroup.rulebooks.yaml_nodes import read_tree


def tree(text: str):
    faults = Faults("rules.yaml")
    fields = read_tree(text, faults)
    faults.raise_noted()
    return fields


def fault(text: str):
    with pytest.raises(RulebookError) as raised:
        tree(text)
    (finding,) = raised.value.findings
    return finding


def test_every_key_and_value_knows_its_line():
    fields = tree("a: 1\nb:\n  - x\n  - {c: y}\n")
    (a, _), (b, items) = fields.pairs
    assert (a.line, b.line, items.line) == (1, 2, 3)
    assert [item.line for item in items.items] == [3, 4]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("no", "no"),
        ("yes", "yes"),
        ("091", "091"),
        ("12", 12),
        ("-3", -3),
        ("'12'", "12"),
        ("2.50", "2.50"),
        ("3-5", "3-5"),
        ("12:30", "12:30"),
        ("2024-01-01", "2024-01-01"),
        ("1e9", "1e9"),
        ("", None),
        ("~", None),
        ("''", ""),
        ("9" * 500, "9" * 500),
    ],
)
def test_only_whole_numbers_and_nothing_are_more_than_text(written: str, value: object):
    assert tree(f"a: {written}").plain() == {"a": value}


@pytest.mark.parametrize(
    ("text", "line", "fragment"),
    [
        ("", None, "empty"),
        ("# only a comment\n", None, "empty"),
        ("- a\n- b\n", 1, "section"),
        ("just words\n", 1, "section"),
        ("a: 1\n\tb: 2\n", 2, "tab"),
        ("a: 1\nb: [1, 2\nc: 3\n", 3, "not valid YAML"),
        ("a: b: c\n", 1, "not valid YAML"),
        ("a: 'x\n\n", 3, "not valid YAML"),
        ("a: 1\nb: 2\na: 3\n", 3, "line 1 and on line 3"),
        ("a: {b: 1, b: 2}\n", 1, "line 1 and on line 1"),
        ("? [a, b]\n: 1\n", 1, "single word"),
        ("a: *b\n", 1, "refers to something"),
        ("a: &a [*a]\n", 1, "refers to something"),
        ("a: !!python/object/apply:os.system [ls]\n", 1, "tags"),
        ("a: 1\n---\nb: 2\n", 2, "second document"),
        ("a: " + "[" * 100_000, 1, "nested"),
        ("a: " + "{b: " * 100_000, 1, "nested"),
        ("a: " + "x" * 2_000_000, None, "too large"),
        ("a: 1\nb: \x00\n", 2, "not valid YAML"),
        ("a: \ud800\n", 1, "not valid YAML"),
    ],
)
def test_a_bad_file_is_a_finding_with_its_line(text: str, line: int | None, fragment: str):
    finding = fault(text)
    assert finding.row == line
    assert fragment in str(finding.message)
    assert finding.file == "rules.yaml"


def test_aliases_stand_for_what_they_name():
    assert tree("a: &x [1, 2]\nb: *x\n").plain() == {"a": [1, 2], "b": [1, 2]}


def test_aliases_cannot_multiply_without_limit():
    levels = [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]" for i in range(1, 12)]
    finding = fault("\n".join(["a0: &a0 [x]", *levels]))
    assert "too large" in str(finding.message)


def test_a_file_may_have_a_byte_order_mark(tmp_path: Path):
    path = tmp_path / "rules.yaml"
    path.write_bytes("ä: 1\n".encode("utf-8-sig"))
    assert read_text(path, Faults("rules.yaml")).text == "ä: 1\n"


@pytest.mark.parametrize(
    ("content", "line"),
    [(b"a: 1\nb: \xe4\n", 2), ("a: 1\n".encode("utf-16"), 1)],
)
def test_a_file_that_is_no_utf8_says_where(tmp_path: Path, content: bytes, line: int):
    path = tmp_path / "rules.yaml"
    path.write_bytes(content)
    with pytest.raises(RulebookError) as raised:
        read_text(path, Faults("rules.yaml"))
    assert raised.value.findings[0].row == line
    assert "UTF-8" in str(raised.value.findings[0].hint)


def test_a_missing_file_and_a_folder_are_findings(tmp_path: Path):
    for path, words in ((tmp_path / "none.yaml", "no such file"), (tmp_path, "folder")):
        with pytest.raises(RulebookError, match=words):
            read_text(path, Faults("rules.yaml"))


def test_a_suggestion_overlooks_case_and_hyphens_and_invents_nothing():
    assert nearest("Even-Sizes", ["even_sizes", "spread"]) == "even_sizes"
    assert nearest("zzz", ["even_sizes", "spread"]) is None
    assert str(did_you_mean("zzz", ["even_sizes", "spread"])) == "Allowed words: even_sizes, spread"
