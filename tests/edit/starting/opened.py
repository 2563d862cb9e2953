"""A page over a workplace of its own, as a browser would use it, and rosters to open in it."""

from __future__ import annotations

import html
import re
import time
from dataclasses import dataclass
from pathlib import Path

from httpx2 import Response
from starlette.applications import Starlette
from starlette.testclient import TestClient

from vermegroup.edit.starting.beginning import Beginning
from vermegroup.edit.starting.commands import open_roster
from vermegroup.edit.starting.routes import ROUTES
from vermegroup.edit.starting.rules_form import form_of
from vermegroup.edit.workplace import Workplace
from vermegroup.intake.files.source import Given, Source

HEADER = "Nimi;Sähköposti;Työkunta;Ammatti;Kokemus vuosina;Vapaat ajat;Kieli;Tila"
TOWNS = ("Oulu", "Kuopio", "Espoo", "Lahti", "Turku", "Kemi", "Vaasa", "Pori")


def roster(people: int = 16) -> str:
    """Invented people who can be grouped by the rules of the remote pilot."""
    rows = [
        f"Esim Henkilö{n};h{n}@example.org;{TOWNS[n % 8]};opettaja;{(n * 5) % 20};ma 16;fi;"
        for n in range(people)
    ]
    return "\n".join([HEADER, *rows]) + "\n"


@dataclass
class Opened:
    """A page and the workplace behind it."""

    client: TestClient
    workplace: Workplace

    @property
    def beginning(self) -> Beginning:
        assert self.workplace.beginning is not None
        return self.workplace.beginning

    def page(self) -> str:
        """The page as it is, its entities as what they stand for."""
        return html.unescape(self.client.get("/").text)

    def upload(self, text: str | bytes, name: str = "kevat.csv", **fields: str) -> Response:
        data = text.encode() if isinstance(text, str) else text
        return self.client.post("/starting/file", files={"file": (name, data)}, data=fields)

    def send(self, to: str, **fields: str) -> Response:
        return self.client.post(f"/starting/{to}", data=fields)

    def send_rules(self, to: str = "rules", **changed: str) -> Response:
        """Send the form that is shown, with these fields changed; None of a box that is empty."""
        beginning = self.beginning
        shown = form_of(beginning.text, beginning.look).values
        fields = {"text": beginning.text, "everyone shown": "on", **shown, **changed}
        fields = {name: value for name, value in fields.items() if value or name in changed}
        return self.client.post(f"/starting/{to}", data=fields)

    def wait(self, seconds: float = 60) -> None:
        """Wait until no search is under way."""
        end = time.monotonic() + seconds
        while self.workplace.searching is not None:
            assert time.monotonic() < end, "the search does not end"
            time.sleep(0.02)


def opened(place: Path, given: Given | str | None = None) -> Opened:
    """A page whose new folders are made in ``place``; a text is a roster's own."""
    workplace = Workplace(place)
    application = Starlette(routes=list(ROUTES))
    application.state.workplace = workplace
    if given is not None:
        source = Source("kevat.csv", given.encode()) if isinstance(given, str) else given
        open_roster(workplace, source)
    return Opened(TestClient(application, base_url="http://127.0.0.1"), workplace)


def told(response: Response) -> list[str]:
    """What a page or a part of it says has to be looked at."""
    found = re.findall(r'<li class="(?:error|warning)">(.*?)</li>', response.text, re.DOTALL)
    return [html.unescape(re.sub(r"<[^>]+>", " ", each)).strip() for each in found]
