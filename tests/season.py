"""A season played through: monthly meetings with absences, people who leave, people who join.

Shared by a test and by ``python -m tests.season``, which prints the table for 64 people.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from vermegroup import Limits, default_rulebook, problem_of, read_grouping, read_roster
from vermegroup.app.form import form_groups
from vermegroup.app.inputs import RulebookChoice
from vermegroup.app.rebalance import RebalanceRequest, rebalance_groups
from vermegroup.app.save import save
from vermegroup.domain.bonds import bonds_between
from vermegroup.sampling import sample
from vermegroup.solver.form_parts import form

LIMITS = Limits(seconds=30.0)


@dataclass(frozen=True)
class Month:
    """One meeting: who was there, and how many of their bonds were kept, by either way."""

    meeting: int
    present: int
    bonds: int
    kept: int
    kept_anew: int
    valid: bool
    permanent: dict[str, str]


def play(
    people: int, meetings: int, seed: int, *, leaving: int = 2, joining: int = 3
) -> list[Month]:
    """A season: each month a tenth is absent; half-way some leave and some join."""
    chance = np.random.default_rng(seed)
    months = []
    with tempfile.TemporaryDirectory() as tmp:
        groups = _formed(Path(tmp), people, joining, seed)
        for meeting in range(1, meetings + 1):
            if meeting == meetings // 2:
                members = [id_ for id_, group in _read(groups).items() if group]
                gone = tuple(chance.choice(members, size=leaving, replace=False).tolist())
                asked = RebalanceRequest(str(groups), left=gone, joining=str(Path(tmp) / "new.csv"))
                groups = _saved(asked, Path(tmp) / "changed")
            months.append(_met(groups, meeting, chance, Path(tmp)))
    return months


def table(months: list[Month]) -> str:
    """The season as text."""
    lines = ["meeting  present  bonds  kept  kept if formed anew"]
    lines += [
        f"{m.meeting:7}  {m.present:7}  {m.bonds:5}  {m.kept:4}  {m.kept_anew:19}" for m in months
    ]
    total = [sum(getattr(m, name) for m in months) for name in ("bonds", "kept", "kept_anew")]
    return "\n".join([*lines, f"{'season':>7}  {'':7}  {total[0]:5}  {total[1]:4}  {total[2]:19}"])


def _formed(folder: Path, people: int, joining: int, seed: int) -> Path:
    rows = sample(people + joining, "pilot", seed).csv().splitlines(keepends=True)
    (folder / "roster.csv").write_text("".join(rows[: people + 1]), "utf-8")
    (folder / "new.csv").write_text("".join([rows[0], *rows[people + 1 :]]), "utf-8")
    save(form_groups(str(folder / "roster.csv"), RulebookChoice(), LIMITS), folder / "formed", "en")
    return folder / "formed/groups.csv"


def _saved(asked: RebalanceRequest, folder: Path) -> Path:
    save(rebalance_groups(asked, RulebookChoice(), LIMITS), folder, "en")
    return folder / "groups.csv"


def _met(groups: Path, meeting: int, chance: np.random.Generator, folder: Path) -> Month:
    before = {id_: group for id_, group in _read(groups).items() if group}
    absent = chance.choice(sorted(before), size=round(len(before) / 10), replace=False).tolist()
    asked = RebalanceRequest(str(groups), absent=(",".join(absent),))
    answer = rebalance_groups(asked, RulebookChoice(), LIMITS)
    plan = folder / f"meeting-{meeting}"
    save(answer, plan, "en")
    present = {id_: group for id_, group in before.items() if id_ not in absent}
    after = _read(plan / "groups.csv")
    assert not any(after.get(id_) for id_ in absent)
    back = _saved(RebalanceRequest(str(plan / "groups.csv")), folder / f"back-{meeting}")
    bonds = _bonds(present, after)
    return Month(
        meeting,
        len(present),
        bonds[0],
        bonds[1],
        _bonds(present, _anew(groups, present))[1],
        answer.report.verdict.value == "formed",
        {id_: group for id_, group in _read(back).items() if group},
    )


def _read(file: Path) -> dict[str, str]:
    roster, grouping, _ = read_grouping(file, default_rulebook())
    names = [*grouping.names, ""]
    return {str(id_): names[g] for id_, g in zip(roster.ids, grouping.group_of, strict=True)}


def _anew(groups: Path, present: dict[str, str]) -> dict[str, str]:
    """Groups of those present as if nobody knew anybody."""
    rulebook = default_rulebook()
    problem = problem_of(read_roster(groups, rulebook)[0], rulebook)
    here = np.flatnonzero([str(id_) in present for id_ in problem.roster.ids])
    found = form(
        type(problem)(problem.roster.subset(here), rulebook.suited(problem.roster)), LIMITS
    )
    if found.grouping is None:
        return {}
    ids = problem.roster.ids[here]
    return {str(o): str(g) for o, g in zip(ids, found.grouping.group_of, strict=True)}


def _bonds(before: dict[str, str], after: dict[str, str]) -> tuple[int, int]:
    old = np.unique(list(before.values()), return_inverse=True)[1]
    names = sorted({after.get(id_, "") for id_ in before} - {""})
    new = [names.index(after[id_]) if after.get(id_) else -1 for id_ in before]
    found = bonds_between(old.astype(np.int64), np.array(new, dtype=np.int64))
    return found.before, found.kept


if __name__ == "__main__":
    print(table(play(64, 8, 1)))
