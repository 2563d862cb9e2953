"""``python -m tests.rebalancing [FIRST] [NUMBER] [lies]``: so many random cases against the oracle.

With ``lies`` the solvers lie now and then. Prints what is wrong, and at the end how many answers
there were of each sort.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
import traceback
from collections import Counter
from pathlib import Path

import pytest

from tests.lying import DEFECTS, GARBAGE, Liar, the_first_that_comes
from tests.rebalancing.cases import random_case
from tests.rebalancing.judging import answer_to, faults, said_less
from tests.solver.tuning import tuned
from vermegroup.solver.column_generation import choice as covering


def sweep(first: int, number: int, *, lies: bool = False) -> Counter[str]:
    """How many answers there were of each sort."""
    counted: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        for at in range(first, first + number):
            started = time.monotonic()
            with pytest.MonkeyPatch.context() as patched:
                if lies:
                    _let_lie(at, patched, counted)
                for fault in _wrong(at, Path(folder) / str(at % 10), counted, lies=lies):
                    print(at, fault, flush=True)
            if time.monotonic() - started > 10:
                print(at, f"took {time.monotonic() - started:.1f} s", flush=True)
    return counted


def _wrong(at: int, folder: Path, counted: Counter[str], *, lies: bool) -> list[str]:
    case = random_case(at)
    try:
        answer = answer_to(case, folder)
        if answer is None:
            counted["refused"] += 1
            return []
        counted[answer.outcome.verdict.value] += 1
        wrong = faults(case, answer)
    except Exception as defect:
        counted["ended in an error"] += 1
        if lies and isinstance(defect, DEFECTS):
            return []
        last = traceback.extract_tb(defect.__traceback__)[-1]
        wrong = [f"{type(defect).__name__}: {defect} ({last.filename}:{last.lineno})"]
    else:
        less = said_less(answer)
        counted["said less"] += bool(less)
        wrong += [f"leaves open {fault}" for fault in less if not lies]
    counted["wrong"] += bool(wrong)
    return wrong


def _let_lie(at: int, patched: pytest.MonkeyPatch, counted: Counter[str]) -> None:
    """Solvers lie once, always alike, or often, and choices are not always settled without them."""
    patched.setattr("vermegroup.diagnosis.diagnose.with_reasons", lambda outcome, *_: outcome)
    chance = random.Random(at)
    liar = Liar(chance)
    liar.lies = _Counted(counted)
    if at % 4 < 2:
        patched.setattr(covering, "PARAMS", tuned(columns={"most_steps": 0}))
    if at % 4 == 0:
        liar.only = chance.randrange(8)
    elif at % 4 == 1:
        liar.lie, liar.share = the_first_that_comes, 1.0
    if at % 4 != 2:
        liar.about_choices(patched)
    if at % 4 >= 2:
        liar.about_prices(patched, chance.choice(GARBAGE) if at % 4 == 2 else None)


class _Counted(list[str]):
    """A list that counts what is put into it."""

    def __init__(self, counted: Counter[str]) -> None:
        super().__init__()
        self._counted = counted

    def append(self, lie: str) -> None:
        self._counted[f"lie: {lie}"] += 1


if __name__ == "__main__":
    begin, many = (int(text) for text in (*sys.argv[1:3], "0", "500")[:2])
    print(dict(sweep(begin, many, lies="lies" in sys.argv[3:])))
