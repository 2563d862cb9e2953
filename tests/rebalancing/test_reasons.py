"""What moves.csv says of why somebody moves is so, whatever the case: held against the oracle."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.rebalancing.cases import Case, random_case
from tests.rebalancing.judging import answer_to, permanent_of, seats_of, world_of
from tests.rebalancing.oracle import Book, Group, Person, World, kind_of, of
from vermegroup.app.save import ReportedOutcome
from vermegroup.domain.bonds import Move
from vermegroup.language.messages import Message
from vermegroup.rebalancing import horizons as stage
from vermegroup.solver.column_generation.regroup import regroup

TODAY = datetime.now(UTC).date().toordinal() * 1_000
NAME = r"(\S+)"


def false_reasons(case: Case, answer: ReportedOutcome) -> list[str]:
    """Reasons that the oracle does not agree with, of the one step that was taken."""
    assert answer.report.rebalance is not None
    permanent, moves = permanent_of(answer), answer.report.rebalance.moves
    if permanent is not None and (case.left or case.joining):
        return []
    everybody = {person.id: person for person in (*case.people, *case.joining)}
    before = permanent or {id_: case.old.get(id_, "") for id_ in everybody}
    here = [id_ for id_ in everybody if id_ not in case.left]
    if permanent is not None:
        here = [id_ for id_ in here if permanent[id_] and id_ not in case.absent]
    world = world_of(case, everybody, here, before, meeting=permanent is not None)
    step = Step(world, seats_of(answer))
    return [
        f"{move.person}: {lie}"
        for move in moves
        for lie in step.lies(move, {person.id for person in case.joining})
    ]


def false_offers(case: Case, answer: ReportedOutcome) -> list[str]:
    """Groups that are said to take a newcomer, and that break a rule with them."""
    assert answer.report.rebalance is not None
    everybody = {person.id: person for person in (*case.people, *case.joining)}
    here = [id_ for id_ in everybody if id_ not in case.left]
    before = {id_: case.old.get(id_, "") for id_ in everybody}
    world = world_of(case, everybody, here, before)
    step = Step(world, before)
    pins = [of(rule) for rule in case.book.rules if kind_of(rule) == "pin"]
    named = {id_: name.casefold() for rule in pins for id_, name in rule.items()}
    return [
        f"{offer.person}: {offer.group}"
        for offer in answer.report.rebalance.offers
        if not world.keeps(tuple(sorted((*step.old(offer.group), here.index(offer.person)))))
        or named.get(offer.person, offer.group.casefold()) != offer.group.casefold()
    ]


class Step:
    """The old groups and the new ones of those who are here."""

    def __init__(self, world: World, seats: dict[str, str]) -> None:
        self.world, self.after = world, [seats[person.id] for person in world.people]

    def lies(self, move: Move, joined: set[str]) -> Iterator[str]:
        sentence = str(move.reason)
        at = next(place for place, each in enumerate(self.world.people) if each.id == move.person)
        for form, holds in SAID.items():
            for found in re.finditer(form, sentence):
                if not holds(self, at, found):
                    yield sentence
        if ("A newcomer" in sentence) != (move.person in joined and bool(move.target)):
            yield sentence

    def spares(self, at: int, found: re.Match[str]) -> bool:
        members = self.old(found[1])
        rest = tuple(person for person in members if person != at)
        stay = tuple(person for person in members if self.after[person] == found[1])
        return self.world.keeps(rest) and self.world.keeps(stay)

    def dissolves(self, _: int, found: re.Match[str]) -> bool:
        return all(self.after[person] != found[1] for person in self.old(found[1]))

    def goes_whole(self, _: int, found: re.Match[str]) -> bool:
        return len({self.after[person] for person in self.old(found[1])}) == 1

    def has_so_many(self, _: int, found: re.Match[str]) -> bool:
        return len(self.old(found[1])) == int(found[2])

    def cannot_stay(self, _: int, found: re.Match[str]) -> bool:
        return not self.world.keeps(self.old(found[1]))

    def has_no_place(self, at: int, found: re.Match[str]) -> bool:
        who = (at,) if "this person" in found[0] else self.old(self.world.old[at])
        groups = (tuple(sorted((*group, *who))) for group in self.new())
        return self.compares() or not any(map(self.world.keeps, groups))

    def compares(self) -> bool:
        return any(kind_of(rule) == "even_sizes" for rule in self.world.rules)

    def old(self, name: str) -> Group:
        return tuple(person for person, group in enumerate(self.world.old) if group == name)

    def new(self) -> Iterator[Group]:
        for name in set(self.after) - {""}:
            yield tuple(person for person, group in enumerate(self.after) if group == name)


SAID = {
    f"{NAME} can do without this member": Step.spares,
    f"{NAME} is dissolved": Step.dissolves,
    f"all who are left of {NAME} move together": Step.goes_whole,
    f"{NAME} has only (\\d+)": Step.has_so_many,
    f"{NAME} cannot stay as it is": Step.cannot_stay,
    "No group can take (this person|all)": Step.has_no_place,
}


@pytest.mark.parametrize("number", range(TODAY + 500, TODAY + 580))
def test_every_reason_is_so(number: int, tmp_path: Path) -> None:
    case = random_case(number)
    answer = answer_to(case, tmp_path)
    if answer is not None:
        assert false_reasons(case, answer) == []
        assert false_offers(case, answer) == []


def mentors(smallest: int, largest: int) -> Book:
    rules = ({"include": {"role": "mentor", "at_least": 1}}, "place_everyone")
    return Book(smallest, largest, None, rules, ())


def person(id_: str, role: str = "mentee") -> Person:
    return Person(id_, "red", role, 1, frozenset({"mon"}), ())


def test_a_group_is_dissolved_and_all_its_members_are_told_so(tmp_path: Path) -> None:
    """A could stay, but two groups in need live on its members: one each, and one waits."""
    people = [person(id_) for id_ in ("B1", "B2", "C1", "C2")]
    people += [person("A1", "mentor"), person("A2", "mentor"), person("A3")]
    old = {member.id: member.id[0] for member in people}
    case = Case(tuple(people), old, mentors(3, 3), policy="move")
    answer = answer_to(case, tmp_path)
    assert answer is not None
    assert answer.report.rebalance is not None
    reasons = {move.person: str(move.reason) for move in answer.report.rebalance.moves}
    assert sorted(reasons) == ["A1", "A2", "A3"]
    assert all("A is dissolved" in text for text in reasons.values())
    assert not any("can do without" in text for text in reasons.values())


def test_a_group_that_can_do_without_a_member_is_said_to(tmp_path: Path) -> None:
    people = [person("A1", "mentor"), person("A2", "mentor"), person("A3"), person("A4")]
    people += [person("B1"), person("B2")]
    old = {member.id: member.id[0] for member in people}
    answer = answer_to(Case(tuple(people), old, mentors(3, 4), policy="move"), tmp_path)
    assert answer is not None
    assert answer.report.rebalance is not None
    (move,) = answer.report.rebalance.moves
    assert "A can do without this member" in str(move.reason)


def test_merging_is_said_not_to_suffice_only_where_that_is_proven(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = [person("A1", "mentor"), person("A2", "mentor"), person("A3"), person("A4")]
    people += [person("B1"), person("B2")]
    case = Case(tuple(people), {member.id: member.id[0] for member in people}, mentors(3, 4))
    assert "does not suffice" in remark(answer_to(case, tmp_path))
    monkeypatch.setattr(stage, "regroup", lambda *asked, **how: regroup(*asked, **how).doubted())
    assert "does not suffice" not in remark(answer_to(case, tmp_path))


def remark(answer: ReportedOutcome | None) -> str:
    assert answer is not None
    assert answer.report.rebalance is not None
    (sentence,) = answer.report.rebalance.remarks
    return str(sentence)


def test_a_newcomer_is_offered_no_group_but_the_one_settled_beforehand(tmp_path: Path) -> None:
    people = [person(id_) for id_ in ("A1", "A2", "B1", "B2")]
    book = Book(2, 3, None, ({"pin": {"N": "B"}}, "place_everyone"), ())
    case = Case(
        tuple(people), {member.id: member.id[0] for member in people}, book, joining=(person("N"),)
    )
    answer = answer_to(case, tmp_path)
    assert answer is not None
    assert answer.report.rebalance is not None
    assert [offer.group for offer in answer.report.rebalance.offers] == ["B"]


def test_what_a_group_has_is_told_before_whom_it_has_not(tmp_path: Path) -> None:
    """So that in no language the negation takes in what the group has."""
    people = [person("A1", "mentor"), replace(person("A2"), colour="blue"), person("B1", "mentor")]
    people.append(replace(person("B2"), colour="blue"))
    book = Book(2, 3, None, ({"different": "colour"}, *mentors(2, 3).rules), ())
    case = Case(
        tuple(people),
        {member.id: member.id[0] for member in people},
        book,
        joining=(replace(person("N"), colour="green"),),
    )
    (reason,) = reasons_of(answer_to(case, tmp_path)).values()
    assert " has room and 1 mentor, and no one else with colour green." in str(reason)
    assert ", eikä siinä ole muita, joilla colour on green." in reason.in_("fi")


def test_who_founds_a_group_is_not_said_to_find_room_in_it(tmp_path: Path) -> None:
    people = [person("A1"), person("A2"), person("A3")]
    newcomers = tuple(person(id_) for id_ in ("N1", "N2", "N3"))
    book = Book(3, 3, None, ("place_everyone",), ())
    old = {member.id: "A" for member in people}
    case = Case(tuple(people), old, book, joining=newcomers)
    reasons = reasons_of(answer_to(case, tmp_path))
    assert len(reasons) == 3
    assert all("is a new group, and keeps every rule" in str(text) for text in reasons.values())


@pytest.mark.parametrize(
    ("left", "joining", "said"),
    [
        (("B1",), (), "It was enough to combine whole groups"),
        ((), (person("N"),), "No single person had to change groups"),
    ],
)
def test_groups_are_said_to_be_combined_only_where_some_were(
    left: tuple[str, ...], joining: tuple[Person, ...], said: str, tmp_path: Path
) -> None:
    people = [person(id_) for id_ in ("A1", "A2", "A3", "B1", "B2")]
    book = Book(2, 4, None, ("place_everyone",), ())
    old = {member.id: member.id[0] for member in people}
    case = Case(tuple(people), old, book, left=left, joining=joining)
    assert said in remark(answer_to(case, tmp_path))


def reasons_of(answer: ReportedOutcome | None) -> dict[str, Message]:
    assert answer is not None
    assert answer.report.rebalance is not None
    return {move.person: move.reason for move in answer.report.rebalance.moves}


def test_an_offer_tells_of_one_group_what_a_preference_tells_of_all(tmp_path: Path) -> None:
    people = [replace(person(id_), years=years) for id_, years in (("A1", 2), ("A2", 4))]
    book = Book(2, 3, None, ("place_everyone",), ({"spread": "years"}, {"balance": "years"}))
    newcomer = replace(person("N"), years=9)
    case = Case(tuple(people), {"A1": "A", "A2": "A"}, book, joining=(newcomer,))
    answer = answer_to(case, tmp_path)
    assert answer is not None
    assert answer.report.rebalance is not None
    (offer,) = answer.report.rebalance.offers
    assert offer.effect.in_("en") == (
        "members: 2 → 3; 2 → 14 years between pairs in all; its mean is 2 → 0 years from "
        "everybody's (5)"
    )
    assert "keskiarvo eroaa 2 → 0 vuotta kaikkien keskiarvosta (5)" in offer.effect.in_("fi")
