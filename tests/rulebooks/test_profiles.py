"""Every profile says whom it serves, reads, and forms the groups of a roster that fits it."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest
import yaml

from vermegroup.app.audit import judge_groups
from vermegroup.app.form import form_groups
from vermegroup.app.inputs import RulebookChoice
from vermegroup.app.save import save
from vermegroup.domain.findings import RulebookError
from vermegroup.domain.outcome import Outcome, Verdict
from vermegroup.language.catalogues import languages
from vermegroup.rulebooks.profiles import profile_names, profile_text, programme
from vermegroup.rulebooks.read import default_rulebook, read_profile, rulebook_from_text
from vermegroup.solver.search import Limits

Row = dict[str, object]
WIDEST_LINE = 64
"""What fits beside the names on a terminal of 80 columns."""


@pytest.mark.parametrize("name", profile_names())
def test_the_comment_tells_the_programme_in_every_language(name: str) -> None:
    lines = [programme(name, language) for language in languages()]
    assert all(0 < len(line) <= WIDEST_LINE for line in lines)
    assert not any(line.startswith(("#", "fi:", "sv:")) for line in lines)
    assert len(set(lines)) == len(languages())


@pytest.mark.parametrize("name", [name for name in profile_names() if name != "default"])
def test_the_comment_tells_whom_it_serves_what_it_needs_and_how_to_change_it(name: str) -> None:
    comment = profile_text(name).partition("\ngroups:")[0]
    for words in ("# Serves ", "# The roster has ", "# To change: "):
        assert words in comment


@pytest.mark.parametrize("name", profile_names())
def test_a_profile_written_again_reads_the_same(name: str) -> None:
    book = read_profile(name)
    text = yaml.safe_dump(dict(book.plain), sort_keys=False, allow_unicode=True)
    assert rulebook_from_text(text, name) == book


def test_the_remote_pilot_has_the_rules_of_the_default() -> None:
    pilot, default = read_profile("remote-pilot"), default_rulebook()
    assert (pilot.groups, pilot.rules, pilot.preferences) == (
        default.groups,
        default.rules,
        default.preferences,
    )


def test_a_name_that_is_no_profile_has_a_suggestion() -> None:
    with pytest.raises(RulebookError) as raised:
        profile_text("town wide")
    assert "town-wide" in str(raised.value.findings[0].hint)


def pilot() -> list[Row]:
    chance = random.Random(1)
    return [
        {"municipality": f"Town {n % 20}", "years": chance.choice((1, 3, 8, 12, 30))}
        for n in range(48)
    ]


def town() -> list[Row]:
    counts = {"teacher": (8, 27), "child-care worker": (5, 20), "leader": (4, 4)}
    return [
        {"profession": profession, "role": role}
        for profession, (mentors, mentees) in counts.items()
        for role in ["mentor"] * mentors + ["mentee"] * mentees
    ]


def developers() -> list[Row]:
    return [{"unit": f"Unit {n % 23}", "role": "mentee" if n % 5 else "mentor"} for n in range(60)]


def schools() -> list[Row]:
    themes = ("music", "forest", "digital")
    return [
        {"organisation": f"School {n // 3}", "theme": themes[n % 3], "row": n} for n in range(45)
    ]


def new_teachers() -> list[Row]:
    towns = ["Large"] * 13 + ["Middle"] * 7 + ["Small"] * 2
    return [{"municipality": town, "years": n % 4} for n, town in enumerate(towns)]


ROSTERS = {
    "default": pilot,
    "developer": developers,
    "early-career": new_teachers,
    "remote-pilot": pilot,
    "school-network": schools,
    "town-wide": town,
}


def roster_file(rows: Sequence[Row], folder: Path) -> str:
    header = ["id", *rows[0]]
    lines = [[f"SYN-{n:03d}", *map(str, row.values())] for n, row in enumerate(rows)]
    path = folder / "synthetic.csv"
    path.write_text("\n".join(";".join(line) for line in [header, *lines]), encoding="utf-8")
    return str(path)


def formed(name: str, folder: Path) -> tuple[list[Row], Outcome]:
    rows = ROSTERS[name]()
    answer = form_groups(
        roster_file(rows, folder), RulebookChoice(profile=name), Limits(seconds=30)
    )
    assert answer.outcome.verdict is Verdict.FORMED
    save(answer, folder / "groups", "en")
    return rows, answer.outcome


def groups_of(rows: Sequence[Row], outcome: Outcome, trait: str) -> list[Counter[object]]:
    """How many members of each group have each value."""
    grouping = outcome.grouping
    assert grouping is not None
    return [
        Counter(rows[person][trait] for person in grouping.members(group))
        for group in range(grouping.groups)
    ]


@pytest.mark.parametrize("name", profile_names())
def test_it_forms_a_roster_that_fits_it_and_passes_the_audit(name: str, tmp_path: Path) -> None:
    formed(name, tmp_path)
    judged = judge_groups(str(tmp_path / "groups/groups.csv"), RulebookChoice())
    assert judged.outcome.verdict is Verdict.FORMED


def test_town_wide_places_mentors_as_its_rules_say(tmp_path: Path) -> None:
    rows, outcome = formed("town-wide", tmp_path)
    professions = groups_of(rows, outcome, "profession")
    assert all(len(group) == 1 for group in professions)
    for profession, roles in zip(professions, groups_of(rows, outcome, "role"), strict=True):
        led = (roles["mentor"], roles["mentee"])
        assert (
            led == (1, 1)
            if "leader" in profession
            else led in {(1, 3), (1, 4), (1, 5), (1, 6), (2, 6)}
        )
    assert {value for group in professions for value in group} == {
        "teacher",
        "child-care worker",
        "leader",
    }


def test_developers_come_from_as_many_units_as_can_be(tmp_path: Path) -> None:
    rows, outcome = formed("developer", tmp_path)
    assert outcome.proven
    assert all(max(group.values()) == 1 for group in groups_of(rows, outcome, "unit"))


def test_a_school_network_shares_a_theme_and_no_organisation(tmp_path: Path) -> None:
    rows, outcome = formed("school-network", tmp_path)
    assert all(len(group) == 1 for group in groups_of(rows, outcome, "theme"))
    assert all(max(group.values()) == 1 for group in groups_of(rows, outcome, "organisation"))


def test_early_career_groups_stay_within_a_municipality(tmp_path: Path) -> None:
    rows, outcome = formed("early-career", tmp_path)
    assert all(len(group) == 1 for group in groups_of(rows, outcome, "municipality"))
    assert outcome.grouping is not None
    waiting = [rows[person]["municipality"] for person in outcome.grouping.waitlist()]
    assert waiting == ["Small", "Small"]
