"""How a result came about: what took part in it, and what went in."""

from __future__ import annotations

import sys
from platform import python_version

from vermegroup._version import __version__
from vermegroup.outcome import Outcome
from vermegroup.report.report import Input, Provenance
from vermegroup.roster import Table

_LIBRARIES = ("numpy", "pandas", "ortools")


def provenance_of(
    outcome: Outcome,
    seed: int | None,
    tables: tuple[Table, ...],
    extra: tuple[Input, ...] = (),
    day: str = "",
) -> Provenance:
    """The record of a run over these tables and further input files; no seed: no search."""
    rulebook = outcome.problem.rulebook
    return Provenance(
        version=__version__,
        libraries=libraries(),
        seed=seed,
        rulebook=rulebook.plain,
        origin=rulebook.origin,
        inputs=(*(Input(table.name, table.sha256) for table in tables), *extra),
        deterministic=outcome.deterministic,
        seconds=outcome.seconds,
        day=day,
    )


def libraries() -> dict[str, str]:
    """The versions of what took part. What a run did not load had no part in it."""
    loaded = {name: sys.modules[name] for name in _LIBRARIES if name in sys.modules}
    return {
        "python": python_version(),
        **{name: str(getattr(module, "__version__", "")) for name, module in loaded.items()},
    }
