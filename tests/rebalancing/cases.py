"""Random rebalancings of a handful of people, written as the files that a coordinator has.

The same number always draws the same case. Groups are as a hand leaves them: too small, too large,
with people who wait; rules of every kind are mixed, two to five at a time, with preferences.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import yaml

from tests.rebalancing.oracle import Book, Entry, Meetings, Person, kind_of

PEOPLE = (2, 3, 4, 5, 5, 6, 6, 7, 7, 8, 8, 8)
SIZES = ((2, 2), (2, 3), (2, 3), (2, 4), (3, 3), (3, 4), (2, 5), (2, 4))
COLOURS = ("red", "blue", "green")
ROLES = ("mentor", "mentee")
TIMES = ("mon", "tue", "wed")
EARLIER = "earlier.csv"


@dataclass(frozen=True)
class Case:
    """Groups with a rulebook, and what is asked: ids of people, and newcomers.

    ``old`` leads from an id to a group's name, "" for those who wait. ``policy`` is None where none
    is named. ``meetings`` are the groups of earlier meetings.
    """

    people: tuple[Person, ...]
    old: dict[str, str]
    book: Book
    absent: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    joining: tuple[Person, ...] = ()
    policy: str | None = None
    earlier: tuple[frozenset[str], ...] = ()
    meetings: tuple[tuple[frozenset[str], ...], ...] = ()

    def write(self, folder: Path) -> None:
        """The files: ``groups.csv``, ``rules.yaml`` and, where they are needed, two more."""
        folder.mkdir(parents=True, exist_ok=True)
        rows = [(person, self.old[person.id]) for person in self.people]
        named = [group for _, group in rows if group]
        if len(set(named)) == len(named):
            # Blanks below names that stand once each are members, as merged cells have them.
            rows = [(id_, group or "waitlist") for id_, group in rows]
        (folder / "groups.csv").write_text(_table(rows), "utf-8")
        (folder / "rules.yaml").write_text(self.rules(), "utf-8")
        if self.joining:
            (folder / "new.csv").write_text(_table([(p, None) for p in self.joining]), "utf-8")
        if self.earlier:
            (folder / EARLIER).write_text(_grouped(self.earlier), "utf-8")
        for name, meeting in zip(self.histories(), self.meetings, strict=True):
            (folder / name).write_text(_grouped(meeting), "utf-8")

    def histories(self) -> list[str]:
        """The files of earlier meetings."""
        return [f"meeting-{number}.csv" for number in range(len(self.meetings))]

    def rules(self) -> str:
        """The rulebook's text."""
        book = self.book
        groups: dict[str, object] = {"size": f"{book.smallest}-{book.largest}"}
        if book.prefer is not None:
            groups["prefer"] = book.prefer
        if book.count is not None:
            low, high = book.count
            groups["count"] = low if low == high else f"{low}-{high}"
        plain = {
            "groups": groups,
            "rules": list(book.rules),
            "preferences": list(book.preferences),
            "meetings": _plain(book.meetings),
        }
        return yaml.safe_dump(plain, sort_keys=False)

    def arguments(self) -> list[str]:
        """What stands on the command line, in the folder of the files."""
        words = ["rebalance", "groups.csv", "--rules", "rules.yaml"]
        words += ["--absent", ",".join(self.absent)] if self.absent else []
        words += ["--left", ",".join(self.left)] if self.left else []
        words += ["--joining", "new.csv"] if self.joining else []
        words += [word for name in self.histories() for word in ("--history", name)]
        return words + (["--policy", self.policy] if self.policy else [])


def random_case(number: int) -> Case:
    """The case of a number."""
    chance = random.Random(number)
    smallest, largest = chance.choice(SIZES)
    joining = chance.choice((0, 0, 0, 1, 1, 2))
    people = [_person(at, chance) for at in range(chance.choice(PEOPLE))]
    ids = [person.id for person in people]
    people = [_with_wishes(person, ids, chance) for person in people]
    people = _with_turns(people, chance)
    everybody, people = people, people[: max(1, len(people) - joining)]
    asked = _asked([person.id for person in people], chance)
    book = _book((smallest, largest), ids, chance)
    return Case(
        tuple(people),
        _old([person.id for person in people], smallest, largest, chance),
        book,
        asked[0],
        asked[1],
        tuple(everybody[len(people) :]),
        chance.choice((None, None, "merge", "move", "move")),
        _earlier(ids, chance) if _names_file(book) else (),
        tuple(_earlier(ids, chance) for _ in range(chance.choice((0, 0, 0, 1, 2)))),
    )


def random_meeting(number: int) -> Case:
    """The case of a number as one of a single meeting: all have groups, and some are absent."""
    case, chance = random_case(number), random.Random(-number)
    ids = [person.id for person in case.people]
    absent = case.absent or (chance.choice(ids),)
    old = {id_: group or chance.choice(("G01", "G02")) for id_, group in case.old.items()}
    return replace(case, old=old, absent=absent, left=(), joining=())


def _person(at: int, chance: random.Random) -> Person:
    return Person(
        f"P{at + 1}",
        chance.choice(COLOURS[: chance.randint(2, 3)]),
        chance.choice(ROLES),
        chance.choice((0, 1, 2, 3, 5, 8, 12, 20)),
        frozenset(chance.sample(TIMES, chance.choice((1, 1, 2, 2, 3)))),
        (),
    )


def _with_wishes(person: Person, ids: Sequence[str], chance: random.Random) -> Person:
    others = [id_ for id_ in ids if id_ != person.id]
    wishes = tuple(chance.sample(others, min(len(others), chance.randint(0, 2))))
    return Person(person.id, person.colour, person.role, person.years, person.times, wishes)


def _with_turns(people: list[Person], chance: random.Random) -> list[Person]:
    """When they answered, in the order of the rows or not, and who waited last time."""
    answered = chance.sample(range(1, 60), len(people))
    answered = answered if chance.random() < 0.5 else sorted(answered)
    return [
        replace(person, answered=time, waited=chance.random() < 0.4)
        for person, time in zip(people, answered, strict=True)
    ]


def _asked(ids: list[str], chance: random.Random) -> tuple[tuple[str, ...], tuple[str, ...]]:
    shuffled = chance.sample(ids, len(ids))
    absent = min(len(ids), chance.choice((0, 0, 1, 1, 2, 3)))
    left = min(len(ids) - absent, chance.choice((0, 0, 0, 1, 2)))
    return tuple(shuffled[:absent]), tuple(shuffled[absent : absent + left])


def _old(ids: list[str], smallest: int, largest: int, chance: random.Random) -> dict[str, str]:
    """Groups of about the right size, in which nothing need hold."""
    shuffled = chance.sample(ids, len(ids))
    found: dict[str, str] = {}
    number = 0
    waits = chance.choice((0.0, 0.0, 0.1, 0.3))
    while shuffled:
        number += 1
        size = chance.randint(smallest, largest) + chance.choice((-1, 0, 0, 0, 0, 1))
        for id_ in shuffled[: max(1, size)]:
            found[id_] = "" if chance.random() < waits else f"G{number:02d}"
        del shuffled[: max(1, size)]
    return {id_: found[id_] for id_ in ids}


def _earlier(ids: Sequence[str], chance: random.Random) -> tuple[frozenset[str], ...]:
    shuffled = chance.sample(ids, len(ids))
    cut = chance.randint(1, len(ids))
    return tuple(frozenset(group) for group in (shuffled[:cut], shuffled[cut:]) if group)


def _names_file(book: Book) -> bool:
    said = (*(book.meetings.rules or ()), *(book.meetings.preferences or ()))
    kinds = [entry for each in (*book.rules, *book.preferences, *said) for entry in _flat(each)]
    return any(kind_of(entry) in ("keep", "strangers") for entry in kinds)


def _flat(entry: Entry) -> list[Entry]:
    return list(entry) if isinstance(entry, list) else [entry]


def _book(size: tuple[int, int], ids: Sequence[str], chance: random.Random) -> Book:
    rules = _some(list(_rules(ids, chance)), chance.choice((0, 1, 1, 2, 2, 3)), chance)
    preferences = _some(list(_preferences(ids, chance)), chance.randint(0, 4), chance)
    tiered = [entry for entry in preferences if _may_be_weighed(entry)]
    if len(tiered) > 1 and chance.random() < 0.25:
        tier = [_with_weight(entry, chance) for entry in tiered[:2]]
        preferences = [tier, *(entry for entry in preferences if entry not in tiered[:2])]
    everyone = chance.choice(("rule", "preference", "nowhere"))
    if everyone == "rule":
        rules.append("place_everyone")
    elif everyone == "preference":
        preferences.insert(chance.randint(0, len(preferences)), "place_everyone")
    prefer = chance.choice((None, None, chance.randint(*size)))
    meetings = _meetings(ids, chance)
    most = max(1, len(ids) // size[0])
    low = chance.randint(1, most)
    count = chance.choice((None, None, None, (low, low), (low, chance.randint(low, most))))
    return Book(*size, prefer, tuple(rules), tuple(preferences), meetings, count)


def _meetings(ids: Sequence[str], chance: random.Random) -> Meetings:
    """What is said of meetings: often nothing, else one thing or several."""
    size = chance.choice(SIZES)
    rules = _some(list(_rules(ids, chance)), chance.choice((0, 1, 2)), chance)
    rules += chance.choice(([], ["place_everyone"]))
    preferences = _some(list(_preferences(ids, chance)), chance.randint(0, 3), chance)
    said = [chance.random() < chance.choice((0.0, 0.0, 0.4, 0.7)) for _ in range(3)]
    return Meetings(
        size if said[0] else None,
        tuple(rules) if said[1] else None,
        tuple(preferences) if said[2] else None,
    )


def _plain(said: Meetings) -> dict[str, object] | None:
    found: dict[str, object] = {}
    if said.size is not None:
        found["size"] = "{}-{}".format(*said.size)
    if said.rules is not None:
        found["rules"] = list(said.rules)
    if said.preferences is not None:
        found["preferences"] = list(said.preferences)
    return found or None


def _some(entries: list[Entry], number: int, chance: random.Random) -> list[Entry]:
    """Entries of different kinds."""
    chance.shuffle(entries)
    found: dict[str, Entry] = {}
    for entry in entries:
        found.setdefault(kind_of(entry), entry)
    return list(found.values())[:number]


def _may_be_weighed(entry: Entry) -> bool:
    return kind_of(entry) != "balance"


def _with_weight(entry: Entry, chance: random.Random) -> Entry:
    if isinstance(entry, str):
        return entry
    return {**entry, "weight": chance.choice((1, 2, 0.5))}


def _rules(ids: Sequence[str], chance: random.Random) -> Iterator[Entry]:
    colour, other = chance.sample(COLOURS, 2)
    yield {"different": "colour", "at_most": chance.choice((1, 2))}
    yield {"include": {"role": "mentor", chance.choice(("at_least", "at_most", "exactly")): 1}}
    yield {"include": {"colour": [colour, other], "at_least": 1}}
    yield {"include": {"years": "2-10", "at_least": 1, "at_most": 2}}
    yield {"same": chance.choice(("colour", "role"))}
    yield {"not_alone": {"colour": colour}}
    yield {"ratio": {"role": "mentee", "per": "mentor", chance.choice(("at_least", "at_most")): 2}}
    yield from _by_name(ids, chance)
    yield {"together": chance.choice(("colour", "role"))}
    yield {"common": "times", "at_least": chance.choice((1, 1, 2))}
    yield {"spread": "years", "at_least": chance.choice((2, 5, 15, 50))}
    yield {"spread": "colour", "at_least": 2}
    yield {"balance": "years", "at_most": chance.choice((1, 3, 5))}
    yield {"balance": "colour", "at_most": chance.choice((20, 35, 50))}
    yield {"strangers": EARLIER}
    yield {"resilient": 1}
    yield from ("even_sizes", "even_sizes")


def _by_name(ids: Sequence[str], chance: random.Random) -> Iterator[Entry]:
    if len(ids) < 2:
        return
    yield {"together": [chance.sample(ids, min(len(ids), chance.choice((2, 2, 3))))]}
    yield {"apart": [chance.sample(ids, min(len(ids), chance.choice((2, 3))))]}
    seats = chance.sample(ids, min(len(ids), chance.choice((1, 2))))
    yield {"pin": {id_: chance.choice(("G01", "G02", "Blue")) for id_ in seats}}


def _preferences(ids: Sequence[str], chance: random.Random) -> Iterator[Entry]:
    for rule in _rules(ids, chance):
        if kind_of(rule) == "pin":
            continue
        if kind_of(rule) in ("spread", "balance", "common"):
            yield {kind_of(rule): rule[kind_of(rule)]}
        else:
            yield rule
    yield {"priority": chance.choice(("years", "waited", "answered"))}
    yield {"keep": EARLIER}
    yield {"wishes": "wishes"}


def _grouped(groups: Sequence[frozenset[str]]) -> str:
    met = [(id_, f"G{at + 1}") for at, ids in enumerate(groups) for id_ in ids]
    return "id;group\n" + "".join(f"{id_};{group}\n" for id_, group in sorted(met))


def _table(people: Sequence[tuple[Person, str | None]]) -> str:
    grouped = any(group is not None for _, group in people)
    header = "id;colour;role;years;times;wishes;answered;waited"
    lines = [header + (";group" if grouped else "")]
    for person, group in people:
        cells = [person.id, person.colour, person.role, str(person.years)]
        cells += [", ".join(sorted(person.times)), ", ".join(person.wishes)]
        cells += [f"2026-09-01 12:{person.answered:02d}", "yes" if person.waited else "no"]
        lines.append(";".join([*cells, group] if group is not None else cells))
    return "\n".join(lines) + "\n"
