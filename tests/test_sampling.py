from __future__ import annotations

import re
from collections import Counter

import numpy as np
import pytest

from vermegroup.domain.findings import InputError
from vermegroup.intake import read_roster
from vermegroup.intake.municipalities import municipalities
from vermegroup.rulebooks.read import default_rulebook
from vermegroup.sampling import SHAPES, sample

SIZES = [*range(3, 30), 64, 401]
everything = pytest.mark.parametrize(
    ("shape", "people"), [(shape, people) for shape in SHAPES for people in SIZES]
)


def crowded(drawn) -> int:
    return max(Counter(drawn.places.tolist()).values())


def new(drawn) -> int:
    return int((drawn.years < 5).sum())


def experienced(drawn) -> int:
    return int((drawn.years >= 10).sum())


@everything
def test_as_many_people_as_asked_and_each_plausible(shape, people):
    drawn = sample(people, shape, seed=people)
    assert len(drawn) == len(drawn.places) == people
    assert len(set(drawn.ids())) == people
    assert drawn.years.min() >= 0
    assert drawn.years.max() <= 40


@everything
def test_the_same_seed_gives_the_same_bytes_and_another_seed_others(shape, people):
    text = sample(people, shape, 7).csv()
    assert text == sample(people, shape, 7).csv()
    assert any(text != sample(people, shape, seed).csv() for seed in range(3))


@pytest.mark.parametrize("people", SIZES)
@pytest.mark.parametrize("shape", ["pilot", "loose"])
def test_no_municipality_has_more_than_a_quarter_of_the_people(shape, people):
    assert crowded(sample(people, shape, people)) <= max(1, people // 4)


@pytest.mark.parametrize("people", [*range(8, 70), 1000])
def test_a_pilot_has_new_and_experienced_people_to_spare(people):
    drawn = sample(people, "pilot", people)
    enough = min(-(-people // 4) + 1, people // 2)
    assert new(drawn) >= enough
    assert experienced(drawn) >= enough


def test_a_loose_roster_has_a_third_as_many_municipalities_and_forty_percent_experienced():
    drawn = sample(1000, "loose", 1)
    assert len(set(drawn.places.tolist())) == 333
    assert (experienced(drawn), new(drawn)) == (400, 350)


@pytest.mark.parametrize("people", [*range(3, 30), 400])
def test_a_tight_roster_has_one_experienced_person_per_group(people):
    drawn = sample(people, "tight", people)
    groups = (people + 2) // 4
    assert -(-people // 5) <= groups <= people // 3
    assert experienced(drawn) == groups
    assert new(drawn) >= groups
    assert crowded(drawn) <= groups
    assert len(drawn.municipalities) == 5


def test_names_are_real_as_far_as_they_go_and_then_say_that_they_are_invented():
    today = {place.name_fi for place in municipalities() if place.exists}
    assert set(sample(64, "pilot", 1, "fi").municipalities) == today
    names = sample(3000, "loose", 1, "fi").municipalities
    assert len(names) == len(set(names)) == 1000
    assert set(names[: len(today)]) == today
    assert all(re.fullmatch(r"Kuvitelma \d+", name) for name in names[len(today) :])


@pytest.mark.parametrize("lang", ["en", "fi", "sv"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_intake_reads_what_sampling_writes(tmp_path, lang, delimiter):
    drawn = sample(40, "pilot", 3, lang)
    path = tmp_path / "sample.csv"
    path.write_bytes(drawn.csv(delimiter).encode())
    roster, findings = read_roster(path, default_rulebook())
    assert not findings
    assert roster.ids.tolist() == drawn.ids()
    assert roster.ids[0] == "SYN-0001"
    np.testing.assert_array_equal(roster.numbers["years"].ticks, drawn.years)
    municipality = roster.categories["municipality"]
    assert [municipality.values[code] for code in municipality.codes] == [
        drawn.municipalities[place] for place in drawn.places
    ]


@pytest.mark.parametrize(
    ("people", "shape", "seed", "option"),
    [
        (2, "pilot", 0, "--participants"),
        (-1, "tight", 0, "--participants"),
        (10**9, "loose", 0, "--participants"),
        (9, "pilot", -1, "--seed"),
        (9, "round", 0, "--shape"),
    ],
)
def test_what_cannot_be_sampled_is_refused_by_name(people, shape, seed, option):
    with pytest.raises(InputError) as stopped:
        sample(people, shape, seed)
    assert [finding.column for finding in stopped.value.findings] == [option]
