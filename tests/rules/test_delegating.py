"""Kinds that stand for others ask them, face by face, or leave it on purpose."""

from __future__ import annotations

import inspect
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from tests.rules.test_contract import BEFORE, plan, problem
from vermegroup import Limits, Verdict, problem_of, read_roster
from vermegroup.domain.grouping import Seating
from vermegroup.domain.kind import Bounded, Hinted, Judged, Kind, Modelled, Renaming, Role
from vermegroup.rulebooks.read import rulebook_from_text
from vermegroup.rules.apart import Apart
from vermegroup.rules.different import Different
from vermegroup.rules.even_sizes import EvenSizes
from vermegroup.rules.include import Include
from vermegroup.rules.keep import Keep
from vermegroup.rules.resilient import Resilient
from vermegroup.rules.selectors.pairs import Pairs
from vermegroup.rules.size import Size
from vermegroup.rules.spread import Spread
from vermegroup.rules.strangers import Strangers
from vermegroup.rules.tier import JOINED, REMADE, Tier, tier_of
from vermegroup.rules.together import Together
from vermegroup.solver.assignment.neighbourhood import Neighbourhood
from vermegroup.solver.form_parts import form

FACES = {
    name
    for face in (Judged, Bounded, Modelled, Hinted, Kind)
    for name in (*vars(face), *inspect.get_annotations(face))
    if not name.startswith("_")
}
# What a tier leaves as it is, and why.
LEFT = {
    "only rules are asked": {
        *(
            "contradicts",
            "shortfall",
            "breach",
            "overall",
            "lacked",
            "named_groups",
            "tied",
            *("must_sit", "groups_each", "in_section"),
        ),
        *("certificate", "margin", "quota", "cap", "is_rule_at", "require"),
        *("spared_at_most", "keeps_apart", "rivals", "gathers", "require_spared"),
        *("seats_everyone", "limits_size", "zero_is_rule", "outlives_absence"),
        *("hereditary", "holds_in_meetings", "knows_seats"),
    },
    "what is weighed against others is not told of a newcomer": {"welcome", "nobody_like"},
    "kinds with another total are refused": {"total"},
    "it only makes some looks quicker": {"sizes_alone", "bounds"},
    "added up from measures": {"value_of"},
    "reports tell each of its preferences": {"unit", "beside", "in_words", "in_one_group"},
}
# What it says itself without asking its preferences, and why.
ALONE = {
    "a tier has no entry of its own name": {"read", "kind", "roles"},
    "told when it is made": {"sense"},
    "it is what it weighs": {"weighed"},
}
SAYS = set(vars(Tier)) & FACES
ASKING = SAYS - set.union(*ALONE.values())


class AskedError(Exception):
    """The face of a kind that somebody stands for was asked."""


def asking(name: str) -> Kind:
    """A kind one of whose faces tells that it was asked."""

    def asked(*_: object) -> None:
        raise AskedError

    return type("Probe", (Different,), {name: asked})("municipality")


def ask(kind: Kind, name: str) -> object:
    """Ask a kind for a face, with whatever that needs."""
    here, people = problem(), np.arange(4)
    model = Neighbourhood(people, 1, plan(), None, everyone=True)
    known = {
        "roster": here.roster,
        "plan": plan(),
        "members": people,
        "people": people,
        "newcomers": people,
        "seating": Seating(people, np.zeros(4, dtype=np.int64), 1),
        "model": model,
        "group": 0,
        "role": Role.PREFERENCE,
        "rules": (),
        "gone": frozenset({"SYN-001"}),
        "other": Different("municipality"),
        "entry": None,
        "when": model.new_choice(),
        "value": 0,
        "names": Renaming(str, lambda _, value: value, str, str),
    }
    if name == "windows":
        known["value"] = kind.bound(here.roster, plan())
    member = getattr(kind, name)
    return member(*(known[parameter] for parameter in inspect.signature(member).parameters))


def test_no_face_is_forgotten() -> None:
    left = set.union(*LEFT.values())
    assert SAYS | left == FACES
    assert not SAYS & left
    assert {*JOINED, *REMADE} <= ASKING


@pytest.mark.parametrize("face", sorted(name for name in ASKING if callable(getattr(Kind, name))))
def test_a_tier_asks_each_of_its_preferences(face: str) -> None:
    for kinds in ([asking(face)], [asking(face), Different("subject")]):
        with pytest.raises(AskedError):
            ask(tier_of(kinds, [Fraction(1)] * len(kinds)), face)


def test_a_tier_has_the_sense_and_the_flags_of_those_in_it() -> None:
    pair = Together(Pairs((("SYN-001", "SYN-002"),)))
    named, sized = [
        tier_of([Spread("years"), kind], [Fraction(1)] * 2) for kind in (pair, EvenSizes())
    ]
    plain = tier_of([Spread("years"), Different("subject")], [Fraction(1)] * 2)
    assert [tier.anonymous for tier in (named, sized, plain)] == [False, True, True]
    assert [tier.compares for tier in (named, sized, plain)] == [False, True, False]
    assert [tier.asks_number for tier in (named, sized, plain)] == [False, True, False]
    assert named.sense is Spread.sense
    assert plain.sense is Different.sense


def test_a_tier_without_some_people_says_less_of_them() -> None:
    pairs = Pairs((("A", "G"), ("B", "C")))
    tier = tier_of(
        [Together(pairs), Apart(Pairs((("A", "G"),))), Spread("years")], [Fraction(2)] * 3
    )
    left = tier.without(frozenset({"G"}))
    assert left is not None
    assert left.weighed() == (
        (Together(Pairs((("B", "C"),))), Fraction(2)),
        (Spread("years"), Fraction(2)),
    )
    assert (
        tier_of([Together(Pairs((("A", "G"),)))], [Fraction(1)]).without(frozenset({"G"})) is None
    )


def test_what_a_group_must_outlast_is_as_anonymous_as_its_rules() -> None:
    everything = (Size(2, 5), Strangers(BEFORE), EvenSizes(), Keep(BEFORE))
    rule = Resilient().among(everything)
    assert isinstance(rule, Resilient)
    assert rule.others == (Size(2, 5), Strangers(BEFORE), Keep(BEFORE))
    assert not rule.anonymous
    assert Strangers(BEFORE) in rule.others
    assert EvenSizes() not in rule.others
    tier = tier_of([EvenSizes(), rule], [Fraction(1)] * 2)
    assert Strangers(BEFORE) in tier.others
    assert EvenSizes() not in tier.others
    assert Resilient().among((Size(2, 5), Include("experience", "new", 1))).anonymous


CANCELLED = "id;years;status\n" + "".join(
    f"{id_};{place};{'cancelled' if id_ == 'G' else ''}\n" for place, id_ in enumerate("ABCDEFGHI")
)


@pytest.mark.parametrize(
    ("rules", "preferences"),
    [
        ("[]", "[[{together: [[A, G]]}, {spread: years}]]"),
        ("[]", "[[{together: [[A, G, B]], weight: 2}, {apart: [[C, G], [D, E]]}]]"),
        ("[]", "[{together: [[A, G]], weight: 2}, {together: [[B, G]], weight: 1}]"),
        ("[]", "[{together: [[A, G]]}, [{apart: [[A, G]]}, even_sizes]]"),
        ("[{together: [[A, G]]}]", "[[{apart: [[G, H]]}, {balance: years}]]"),
        ("[{pin: {G: G01, A: G02}}]", "[[{together: [[A, B]]}, {together: [[G, H]], weight: 3}]]"),
        ("[{resilient: 1}, {apart: [[A, G]]}]", "[[{apart: [[A, G]]}, {resilient: 1}]]"),
    ],
)
def test_rules_and_tiers_hold_for_those_who_are_left(
    rules: str, preferences: str, tmp_path: Path
) -> None:
    (tmp_path / "people.csv").write_text(CANCELLED, encoding="utf-8")
    preferences = preferences.replace("{balance: years}", "{spread: years}")
    book = rulebook_from_text(
        f"groups: {{size: 3-5}}\nrules: {rules}\npreferences: {preferences}\n", "rules.yaml"
    )
    roster, _ = read_roster(tmp_path / "people.csv", book)
    outcome = form(problem_of(roster, book), Limits(seconds=10))
    assert outcome.verdict is Verdict.FORMED
    assert outcome.grouping is not None
    assert len(outcome.grouping.group_of) == 8


def test_parts_of_a_split_roster_forget_those_who_are_gone_in_tiers_too(tmp_path: Path) -> None:
    lines = CANCELLED.replace("status", "status;unit").splitlines()
    text = "\n".join(
        [lines[0], *(f"{line};{'north' if line[0] < 'E' else 'south'}" for line in lines[1:])]
    )
    (tmp_path / "people.csv").write_text(text, encoding="utf-8")
    book = rulebook_from_text(
        "groups: {size: 2-5}\nsplit_by: unit\nrules: [place_everyone]\npreferences: []\n"
        "parts: {south: {preferences: [[{together: [[E, G]]}, {spread: years}]]}}\n",
        "rules.yaml",
    )
    roster, _ = read_roster(tmp_path / "people.csv", book)
    assert form(problem_of(roster, book), Limits(seconds=10)).verdict is Verdict.FORMED
