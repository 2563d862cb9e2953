"""Handouts made by hand, for what no file that is read would be short enough to show."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import replace

from vermegroup.domain.group_facts import GroupFacts
from vermegroup.export.handout import Handout, HandoutGroup, Member
from vermegroup.export.rendered import Rendered


def member(number: int, email: str | None = None, **told: str | bool) -> Member:
    """An invented person on the row after the number."""
    address = f"syn-{number}@example.org" if email is None else email
    return replace(
        Member(f"SYN-{number}", f"Keksitty {number}", address, number + 1),
        **told,  # type: ignore[arg-type]
    )


def group(id_: str, *members: Member, name: str = "", row: int = 2) -> HandoutGroup:
    """A group, with a name that its facts tell if it has one."""
    facts = GroupFacts(id_, name, file="group-facts.csv", row=row) if name else None
    return HandoutGroup(id_, members, facts)


def handout(*groups: HandoutGroup, shown: Sequence[str] = (), login: str = "") -> Handout:
    return Handout("ryhmat.csv", "ryhmat", groups, (), tuple(shown), login=login)


def many(groups: int, people: int) -> Handout:
    """So many groups of so many people each."""
    return handout(
        *(
            group(f"G{place}", *(member(place * people + each) for each in range(people)))
            for place in range(groups)
        )
    )


def table(rendered: Rendered, name: str) -> list[list[str]]:
    """The rows of a file as the csv module reads them."""
    text = rendered.files[name].decode("utf-8")
    assert "\r" not in text
    return list(csv.reader(io.StringIO(text, newline=""), strict=True))


def told(rendered: Rendered) -> list[tuple[int | None, str]]:
    """The row and the sentence of every finding."""
    return [(finding.row, str(finding.message)) for finding in rendered.findings]
