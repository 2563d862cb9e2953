"""Groups that are open in the editor, and the server that shows them, for tests."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from starlette.testclient import TestClient
from starlette.types import ASGIApp

from vermegroup.app.inputs import RulebookChoice
from vermegroup.app.move import folder_for
from vermegroup.app.privacy.how import AS_IT_IS
from vermegroup.edit import pages
from vermegroup.edit.serving.application import application
from vermegroup.edit.serving.invitations import Invitations
from vermegroup.edit.serving.rooms import Room
from vermegroup.edit.session.opening import open_session
from vermegroup.edit.session.session import Session
from vermegroup.edit.session.state import Source
from vermegroup.edit.workplace import Workplace
from vermegroup.language.catalogues import ENGLISH, Language

PORT = 8000
ROOM = Room(tuple(pages.ROUTES), tuple(pages.STATIC), pages.TAKES_FILES)
RULES = """\
groups: {size: 3-5}
rules:
  - different: municipality
  - include: {experience: new, at_least: 1}
preferences:
  - spread: years
"""
TOWNS = ("Turku", "Oulu", "Lahti", "Salo", "Kemi")


def groups_csv(groups: int = 4, size: int = 4) -> str:
    """Groups that keep all rules: each has a beginner, and everybody of another town."""
    rows = ["id,name,municipality,years,group"]
    for number in range(groups * size):
        group, place = divmod(number, size)
        name = f"Nimi {number + 1:02d}"
        rows.append(f"P{number + 1},{name},{TOWNS[place]},{place * 6 + group},G{group + 1:02d}")
    return "\n".join(rows) + "\n"


def written(folder: Path, content: str | None = None, rules: str = RULES) -> Source:
    """The source of groups in a folder of their own."""
    (folder / "groups.csv").write_text(content or groups_csv(), "utf-8", newline="")
    (folder / "rules.yaml").write_text(rules, "utf-8")
    choice = RulebookChoice(rules=folder / "rules.yaml")
    return Source(str(folder / "groups.csv"), choice, AS_IT_IS)


def workplace_of(source: Source, language: Language = ENGLISH) -> Workplace:
    """A workplace in which groups are open."""
    place = Path(source.path).parent
    folder = place / folder_for(source.path, None)
    session = open_session(source, folder)
    return Workplace(place, language, session=session, folder=folder)


def served(workplace: Workplace, port: int = PORT) -> tuple[ASGIApp, Invitations]:
    """The server of a workplace, and who may come in."""
    invitations = Invitations(port)
    return application(workplace, [ROOM], invitations), invitations


@dataclass(slots=True)
class Visitor:
    """A browser with scripts that was let in, and that shows the newest version."""

    client: TestClient
    workplace: Workplace

    @property
    def session(self) -> Session:
        assert self.workplace.session is not None
        return self.workplace.session

    def get(self, path: str, **fields: object):  # type: ignore[no-untyped-def]
        return self.client.get(path, params=fields, headers={"hx-request": "true"})

    def post(self, path: str, files: object = None, /, **fields: object):  # type: ignore[no-untyped-def]
        """A command; ``from_`` stands for from."""
        told = {name.rstrip("_"): value for name, value in fields.items()}
        return self.client.post(
            path,
            data={"version": self.session.version, **told},
            files=files,  # type: ignore[arg-type]
            headers={"hx-request": "true"},
            follow_redirects=False,
        )

    def home(self, id_: str) -> str:
        """The group of somebody who is in one, or "" for the queue."""
        (group,) = self.session.state.groups_by_id()[id_]
        return group


def visitor(workplace: Workplace) -> Visitor:
    """Somebody who came in by the address, and opened the page."""
    app, invitations = served(workplace)
    own = f"http://127.0.0.1:{PORT}"
    client = TestClient(app, base_url=own, raise_server_exceptions=False)
    client.get(invitations.address.removeprefix(own))
    client.headers["origin"] = own
    return Visitor(client, workplace)
