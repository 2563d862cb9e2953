"""``python -m tests.rebalancing [FIRST] [NUMBER]``: so many random cases, held against the oracle.

Prints what is wrong, and at the end how many answers there were of each sort.
"""

from __future__ import annotations

import sys
import tempfile
import time
import traceback
from collections import Counter
from pathlib import Path

from tests.rebalancing.cases import random_case
from tests.rebalancing.judging import answer_to, faults, said_less


def sweep(first: int, number: int) -> Counter[str]:
    """How many answers there were of each sort."""
    counted: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        for at in range(first, first + number):
            case = random_case(at)
            started = time.monotonic()
            try:
                answer = answer_to(case, Path(folder) / str(at % 10))
                if answer is None:
                    counted["refused"] += 1
                    continue
                counted[answer.outcome.verdict.value] += 1
                wrong = faults(case, answer)
            except Exception as defect:
                last = traceback.extract_tb(defect.__traceback__)[-1]
                wrong = [f"{type(defect).__name__}: {defect} ({last.filename}:{last.lineno})"]
                counted["traceback"] += 1
            else:
                less = said_less(answer)
                counted["said less"] += bool(less)
                if less:
                    print(at, "leaves open", less, flush=True)
            for own in wrong:
                print(at, own, flush=True)
            counted["wrong"] += bool(wrong)
            if time.monotonic() - started > 5:
                print(at, f"took {time.monotonic() - started:.1f} s", flush=True)
    return counted


if __name__ == "__main__":
    begin, many = (int(own) for own in (*sys.argv[1:], "0", "500")[:2])
    print(dict(sweep(begin, many)))
