"""Many runs in one process: what is made once stays made, and nothing piles up."""

from __future__ import annotations

import gc
import threading
import tracemalloc

import pytest

import vermegroup as vg

RULES = {
    "groups": {"size": "3-5"},
    "rules": [{"include": {"experience": "new", "at_least": 1}}, "place_everyone"],
    "preferences": [{"spread": "years"}, {"different": "municipality"}, {"balance": "years"}],
}


@pytest.mark.parametrize("runs", [8, pytest.param(200, marks=pytest.mark.sweep)])
def test_many_runs_leave_nothing_behind(runs: int) -> None:
    def run(number: int) -> None:
        # Drawn anew: pandas notes with a frame who looks at it, and clears that only now and then.
        formed = vg.form(
            vg.sample(12, seed=number % 4), RULES if number % 8 < 2 else None, seed=number % 3
        )
        assert formed.report("fi").html

    def left() -> tuple[int, int]:
        gc.collect()
        return len(gc.get_objects()), tracemalloc.get_traced_memory()[0]

    for number in range(8):
        run(number)
    threads = threading.active_count()
    tracemalloc.start()
    try:
        run(0)
        objects, memory = left()
        for number in range(runs):
            run(number)
        more_objects, more_memory = left()
    finally:
        tracemalloc.stop()
    # A run leaves ten thousand objects where nothing lets go of its report.
    assert more_objects - objects < 500
    assert more_memory - memory < 500_000
    assert threading.active_count() == threads


def test_what_a_run_made_goes_with_it_and_not_when_garbage_is_collected() -> None:
    people = vg.sample(12, seed=3)
    vg.form(people)
    gc.collect()
    gc.disable()
    try:
        vg.form(people)
        assert gc.collect() < 500
    finally:
        gc.enable()
