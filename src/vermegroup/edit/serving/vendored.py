"""What others wrote and we ship as it is, so that pages ask nobody else for it.

Each file is that of the npm package (``npm pack NAME@VERSION``), byte for byte, with its licence
beside it.
"""

from __future__ import annotations

from dataclasses import dataclass

from vermegroup.edit.serving.static_files import StaticFile

_HERE = "vermegroup.edit.serving"


@dataclass(frozen=True, slots=True)
class Vendored:
    """Of which package and version a file is, where in it, and what its bytes hash to."""

    package: str
    version: str
    path: str
    sha256: str
    licence: str
    file: StaticFile
    licence_file: StaticFile


def _file(name: str) -> StaticFile:
    return StaticFile(_HERE, f"static/vendor/{name}")


HTMX = Vendored(
    "htmx.org",
    "2.0.11",
    "dist/htmx.min.js",
    "d6fdc75f204e6bdefa99b69bf1e6d4ac69b8a364f77929f45c13476b4000f717",
    "0BSD",
    _file("htmx.min.js"),
    _file("htmx.LICENSE.txt"),
)
SORTABLE = Vendored(
    "sortablejs",
    "1.15.7",
    "Sortable.min.js",
    "bf4241bc73fef7f11c59a283a69fe8051cdd31c6d8ff5a2b9ba219e7831fcf76",
    "MIT",
    _file("Sortable.min.js"),
    _file("Sortable.LICENSE.txt"),
)
ALL = (HTMX, SORTABLE)
