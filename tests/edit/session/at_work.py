"""Edits groups at random until it is killed, and says after each thing that it is done.

Called with the folder, and a number for chance: what an earlier one left is taken up.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256
from itertools import count
from pathlib import Path

from vermegroup.app.inputs import RulebookChoice
from vermegroup.app.privacy.how import How
from vermegroup.domain.findings import InputError
from vermegroup.edit.session.opening import editing_alone_in, open_session
from vermegroup.edit.session.proposals import Asked, proposed
from vermegroup.edit.session.saving import save_session
from vermegroup.edit.session.session import Session
from vermegroup.edit.session.state import Source
from vermegroup.edit.session.steps import (
    Step,
    meeting_without,
    moving,
    pinning,
    rebalancing,
    repairing,
)
from vermegroup.edit.session.unfinished import offered, taken_up
from vermegroup.solver.search import SILENT, Limits


def told(session: Session) -> dict[str, object]:
    """All that is to be there after a crash."""
    state = session.state
    return {
        "steps": [done.step.plain() for done in session.steps],
        "place": session.place,
        "groups": sha256(state.content).hexdigest(),
        "pins": [sorted(state.pins.people), sorted(state.pins.groups)],
        "plans": sorted(state.plans),
    }


def begun(folder: Path) -> Session:
    """What is to be gone on with, or the groups as they stand."""
    if (found := offered(folder)) is not None:
        session, findings = taken_up(found)
        assert not findings, findings
        return session
    source = Source(str(folder / "groups.csv"), RulebookChoice(), How())
    return open_session(source, folder)


class AtWork:
    """Somebody who does not know what they want."""

    def __init__(self, session: Session, folder: Path, chance: random.Random) -> None:
        self.session, self.folder, self.chance = session, folder, chance
        self.newcomers = count(chance.randrange(10**9))
        self.ways: list[Callable[[], object]] = [
            *[self.move] * 10,
            *[self.pin] * 2,
            *[session.undo] * 3,
            *[session.redo] * 2,
            *[self.save] * 4,
            lambda: self.search(repairing()),
            lambda: self.search(self.rebalance()),
            lambda: self.search(meeting_without([self.somebody()[0]], "2026-12-01")),
        ]

    def somebody(self) -> tuple[str, str]:
        groups = self.session.state.groups_by_id()
        id_ = self.chance.choice(list(groups))
        return id_, self.chance.choice(sorted(groups[id_]))

    def move(self) -> None:
        targets = ["", "G21", *self.session.state.grouping.names]
        self.session.take(moving([(*self.somebody(), self.chance.choice(targets))]))

    def pin(self) -> None:
        pinned = self.chance.random() < 0.7
        self.session.take(pinning([self.somebody()[0]], ["G01"], pinned=pinned))

    def rebalance(self) -> Step:
        new = f"id;name;municipality;years;side\nSYN-{next(self.newcomers)};;Rauma;3;a\n"
        return rebalancing([self.somebody()[0]], new)

    def search(self, step: Step) -> None:
        limits, session = Limits(effort=1), self.session
        found = proposed(Asked(step, session.state, session.source, limits, SILENT, "en"))
        if found.state is not None:
            session.accept(found)

    def save(self) -> None:
        save_session(self.session, self.folder, "en")
        content = (self.folder / "groups.csv").read_bytes()
        print(json.dumps({"saved": sha256(content).hexdigest()}), flush=True)

    def step(self) -> None:
        with suppress(InputError):  # somebody is there already, or nobody is left
            self.chance.choice(self.ways)()
        print(json.dumps(told(self.session)), flush=True)


def main(folder: Path, seed: int) -> None:
    with editing_alone_in(folder):
        session = begun(folder)
        print(json.dumps(told(session)), flush=True)
        worker = AtWork(session, folder, random.Random(seed))
        while True:
            worker.step()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
