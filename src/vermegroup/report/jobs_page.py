"""``summary.html``: what came of many jobs, a row each, sortable without a network."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import quote

from vermegroup.language.catalogues import Language
from vermegroup.language.legible import utf8
from vermegroup.language.messages import Message, _, grouped, number, pgettext
from vermegroup.report.folder import PAGE
from vermegroup.report.pages import raw, template


@dataclass(frozen=True, slots=True)
class JobLine:
    """What came of a job. Without an ``answer`` in its folder, ``answered`` is False."""

    name: str
    kind: str
    answered: bool = False
    proven: bool = False
    read: int = 0
    placed: int = 0
    groups: int = 0
    seconds: float = 0.0
    noticed: str = ""


KINDS = {
    "formed": _("formed"),
    "invalid": _("broken rules"),
    "impossible": _("impossible"),
    "undecided": _("undecided"),
    "refused": _("refused"),
    "crashed": _("crashed"),
    "missing": _("not done yet"),
}
"""How jobs end, in a word."""
_MOODS = {"formed": "good", "impossible": "bad", "missing": "hint", "undecided": "unsure"}
_TITLE = _("Jobs")
_COLUMNS: tuple[tuple[Message, bool], ...] = (
    (_("Job"), False),
    (_("Answer"), False),
    (_("Proof"), False),
    (pgettext("how many", "People"), True),
    (pgettext("how many", "Placed"), True),
    (pgettext("how many", "Groups"), True),
    (_("Seconds"), True),
    (_("What was noticed"), False),
)
_BEST = _("the best possible")
_NOT_PROVEN = _("not proven")


class _Column(NamedTuple):
    title: str
    number: bool


class _Figure(NamedTuple):
    title: str
    value: float
    text: str


@dataclass(frozen=True, slots=True)
class _Row:
    name: str
    link: str
    answer: str
    mood: str
    proven: str
    figures: tuple[_Figure, ...]
    noticed: str


def jobs_html(lines: Sequence[JobLine], counts: Message, language: Language) -> bytes:
    """The page, in UTF-8; ``counts`` tells how many jobs ended how."""
    page = template("jobs.html.j2").render(
        language=language,
        style=raw("report.css"),
        script=raw("jobs.js"),
        title=_TITLE.in_(language),
        counts=counts.in_(language),
        columns=[_Column(title.in_(language), numeric) for title, numeric in _COLUMNS],
        rows=[_row(line, language) for line in lines],
    )
    return utf8(page)


def _row(line: JobLine, language: Language) -> _Row:
    proof = _BEST if line.proven else _NOT_PROVEN
    counts = (line.read, line.placed, line.groups)
    figures: list[tuple[float, str]] = [(count, grouped(count, language)) for count in counts]
    figures.append((line.seconds, number(line.seconds, language)))
    titles = [title.in_(language) for title, numeric in _COLUMNS if numeric]
    return _Row(
        line.name,
        f"{quote(line.name)}/{PAGE}" if line.answered else "",
        KINDS[line.kind].in_(language),
        _MOODS.get(line.kind, "bad"),
        proof.in_(language) if line.kind == "formed" else "",
        tuple(_Figure(title, *own) for title, own in zip(titles, figures, strict=True)),
        line.noticed,
    )
