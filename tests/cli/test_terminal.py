"""The summary's lines fit the terminal and cannot steer it."""

from __future__ import annotations

import pytest

from vermegroup.cli.terminal import coloured, laid_out
from vermegroup.report.blocks import Headline, Item, Mood, Section, Summary

LONG = "A sentence that goes on and on, " * 6
MEMBERS = tuple(f"SYN-{number:03d} Äänekoski {number}" for number in range(9))
SUMMARY = Summary(
    Headline(Mood.BAD, "Not possible", LONG, "1 read"),
    (
        Section("Groups", rows=(("G01", MEMBERS), ("G02", ()))),
        Section("Rules", items=(Item(Mood.GOOD, LONG, f"{LONG}\n{LONG}"), Item(Mood.QUIET, ""))),
    ),
)


@pytest.mark.parametrize("width", [40, 80, 100])
def test_lines_are_no_wider_than_asked(width: int) -> None:
    texts = ["".join(text for _, text in line) for line in laid_out(SUMMARY, width)]
    assert max(map(len, texts)) <= width
    assert all(member in "\n".join(texts) for member in MEMBERS)


def test_a_member_wider_than_a_line_goes_on_in_the_next_one_indented() -> None:
    wide = "Aino Keksitty Jyväskylä 11 " + ", ".join(
        f"Maanantai klo {hour}" for hour in range(9, 15)
    )
    rows = (("G01", ("Bo Kuviteltu", wide, "Cia Olematon")),)
    summary = Summary(SUMMARY.headline, (Section("Groups", rows=rows),))
    texts = ["".join(text for _, text in line) for line in laid_out(summary, 60)]
    assert max(map(len, texts)) <= 60
    shown = texts[texts.index("Groups") + 1 :]
    assert " ".join(" ".join(shown).split()) == f"G01 Bo Kuviteltu {wide} · Cia Olematon"
    assert sum(line.startswith("         ") for line in shown) == 2


def test_control_characters_are_replaced() -> None:
    steering = Summary(Headline(Mood.GOOD, "\x1b[31mred", "be\x07ep", "\x9b2J"), ())
    texts = "".join(text for line in laid_out(steering, 80) for _, text in line)
    assert texts.isprintable()


def test_colour_changes_no_text(capsys: pytest.CaptureFixture[str]) -> None:
    lines = laid_out(SUMMARY, 80)
    coloured(lines)
    plain = "".join("".join(text for _, text in line) + "\n" for line in lines)
    assert capsys.readouterr().out == plain
