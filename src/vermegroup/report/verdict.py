"""The verdict in a word and in one sentence, of the whole and of each part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from vermegroup.domain.outcome import Outcome, PartOutcome, Verdict
from vermegroup.language.phrase import (
    Phrase,
    decimals_of,
    groups_of,
    people_of,
    phrase,
    value_name,
    verb,
)
from vermegroup.report.report import Group, PartLine

LABELS = {
    Verdict.FORMED: Phrase("Groups formed", "Ryhmät muodostettu", "Grupperna är bildade"),
    Verdict.IMPOSSIBLE: Phrase("Not possible", "Ei mahdollista", "Inte möjligt"),
    Verdict.UNDECIDED: Phrase("Not settled", "Ei ratkennut", "Inte avgjort"),
    Verdict.INVALID: Phrase("Rules are broken", "Sääntöjä rikkoutuu", "Regler bryts"),
}
VALID = Phrase("All rules hold", "Kaikki säännöt toteutuvat", "Alla regler är uppfyllda")


def label(outcome: Outcome, *, judged: bool) -> Phrase:
    """The verdict in a word or two; ``judged`` is a grouping that came from elsewhere."""
    if judged and outcome.verdict is Verdict.FORMED:
        return VALID
    return LABELS[outcome.verdict]


def sentence(outcome: Outcome, *, judged: bool) -> Phrase:
    """The verdict in one sentence, with its numbers."""
    if outcome.verdict is Verdict.FORMED:
        return _judged(outcome) if judged else _formed(outcome)
    if outcome.verdict is Verdict.INVALID:
        return _invalid(outcome)
    if outcome.verdict is Verdict.IMPOSSIBLE:
        return _ended(outcome.because) if outcome.because else _IMPOSSIBLE
    return _undecided(outcome)


def _formed(outcome: Outcome) -> Phrase:
    return phrase(
        "{people} {are} in {groups}, every rule holds, and {quality}",
        "{people} on jaettu {count} ryhmään, kaikki säännöt toteutuvat, ja {quality}",
        "{people} har fördelats på {groups}, alla regler är uppfyllda, och {quality}",
        **_sizes(outcome),
        quality=_best(outcome) if outcome.proven else _NOT_PROVEN,
    )


def _best(outcome: Outcome) -> Phrase:
    """What a proof is of: the numbers as they are counted, where some were rounded."""
    numbers = outcome.problem.roster.numbers.values()
    rounded = [column for column in numbers if column.rounded is not None]
    if not rounded:
        return _BEST
    return phrase(
        "it is proven that no better grouping exists with {columns}.",
        "on todistettu, ettei parempaa ryhmittelyä ole, kun {columns}.",
        "det är bevisat att ingen bättre indelning finns med {columns}.",
        columns=[
            phrase(
                "{column} rounded to {decimals}",
                "{column} pyöristetään {d} desimaaliin",
                "{column} avrundat till {decimals}",
                column=column.header,
                d=column.rounded,
                decimals=decimals_of(column.rounded or 0),
            )
            for column in rounded
        ],
    )


def _judged(outcome: Outcome) -> Phrase:
    return phrase(
        "{people} {are} in {groups}, and every rule holds.",
        "{people} on {count} ryhmässä, ja kaikki säännöt toteutuvat.",
        "{people} är i {groups}, och alla regler är uppfyllda.",
        **_sizes(outcome),
    )


def _invalid(outcome: Outcome) -> Phrase:
    answers = (outcome, *(part.outcome for part in outcome.parts))
    standings = [standing for answer in answers if answer.audit for standing in answer.audit.rules]
    share = _share(sum(not standing.satisfied for standing in standings), len(standings))
    where = {group for answer in answers for group in _broken_groups(answer)}
    if not where:
        return _ended(share)
    return phrase(
        "{share}; {groups} must be put right.",
        "{share}; korjattavana on {groups}.",
        "{share}; {groups} behöver rättas till.",
        share=share,
        groups=groups_of(len(where)),
    )


def _broken_groups(outcome: Outcome) -> set[str]:
    if outcome.audit is None or outcome.grouping is None:
        return set()
    breaches = (breach for standing in outcome.audit.rules for breach in standing.breaches)
    return {outcome.grouping.names[breach.group] for breach in breaches if breach.group is not None}


def _share(broken: int, rules: int) -> Phrase:
    if rules == 1:
        return _ONLY_RULE
    if broken == 1:
        return phrase(
            "One of {rules} rules does not hold",
            "{rules} säännöstä yksi ei toteudu",
            "En av {rules} regler är inte uppfylld",
            rules=rules,
        )
    return phrase(
        "{broken} of {rules} rules do not hold",
        "{rules} säännöstä {broken} ei toteudu",
        "{broken} av {rules} regler är inte uppfyllda",
        broken=broken,
        rules=rules,
    )


def _undecided(outcome: Outcome) -> Phrase:
    if outcome.because is not None:
        return _ended(outcome.because)
    return _NOTHING_FOUND if outcome.grouping is None else _PLAN_SAVED


def _ended(reason: Phrase) -> Phrase:
    return Phrase(*(f"{text.rstrip('.')}." for text in (reason.en, reason.fi, reason.sv)))


def _sizes(outcome: Outcome) -> dict[str, object]:
    grouping = outcome.grouping
    groups = grouping.groups if grouping else 0
    placed = int((grouping.group_of >= 0).sum()) if grouping else 0
    are = verb(placed, "is", "are")
    return {"people": people_of(placed), "are": are, "groups": groups_of(groups), "count": groups}


_BEST = Phrase(
    "it is proven that no better grouping exists.",
    "on todistettu, ettei parempaa ryhmittelyä ole.",
    "det är bevisat att ingen bättre indelning finns.",
)
_NOT_PROVEN = Phrase(
    "a better grouping may exist.",
    "parempikin ryhmittely saattaa olla olemassa.",
    "det kan finnas en bättre indelning.",
)
_ONLY_RULE = Phrase(
    "The only rule does not hold",
    "Ainoa sääntö ei toteudu",
    "Den enda regeln är inte uppfylld",
)
_IMPOSSIBLE = Phrase(
    "No grouping can keep all the rules.",
    "Mikään ryhmittely ei toteuta kaikkia sääntöjä.",
    "Ingen indelning kan uppfylla alla regler.",
)
_NOTHING_FOUND = Phrase(
    "The time limit was reached before a grouping was found or ruled out.",
    "Aikaraja täyttyi ennen kuin ryhmittely löytyi tai osoittautui mahdottomaksi.",
    "Tidsgränsen nåddes innan en indelning hade hittats eller uteslutits.",
)
_PLAN_SAVED = Phrase(
    "The time limit was reached; the best plan found is saved.",
    "Aikaraja täyttyi; paras löydetty suunnitelma on tallennettu.",
    "Tidsgränsen nåddes; den bästa plan som hittades är sparad.",
)


PartAnswer = tuple[Phrase | None, Outcome]
"""A part's name (None: the whole roster) and what came of it."""


def answers_of(outcome: Outcome) -> tuple[PartAnswer, ...]:
    """The whole and then its parts. Where the whole has no groups, no part has any to show."""
    split = outcome.problem.rulebook.split
    if split is None:
        return ((None, outcome),)
    parts = (
        (value_name(split.by, part.value), _shown(part.outcome, outcome)) for part in outcome.parts
    )
    return ((None, outcome), *parts)


def with_parts(groups: tuple[Group, ...], answers: Sequence[PartAnswer]) -> tuple[Group, ...]:
    """The groups, each with the part that it belongs to."""
    homes = {
        name: part
        for part, outcome in answers
        if part is not None and outcome.grouping is not None
        for name in outcome.grouping.names
    }
    return tuple(replace(group, part=homes.get(group.id)) for group in groups) if homes else groups


def part_lines(outcome: Outcome, *, judged: bool) -> tuple[PartLine, ...]:
    """Each part's answer in one sentence."""
    split = outcome.problem.rulebook.split
    if split is None:
        return ()
    return tuple(
        PartLine(
            value_name(split.by, part.value),
            part.outcome.verdict,
            part.outcome.proven and part.outcome.verdict is not Verdict.INVALID,
            _sentence(part, outcome, judged=judged),
            len(part.outcome.problem.roster),
            part.outcome.grouping.groups if part.outcome.grouping else 0,
        )
        for part in outcome.parts
    )


def _shown(part: Outcome, whole: Outcome) -> Outcome:
    if whole.grouping is not None:
        return part
    return replace(part, grouping=None, audit=None, preferences=())


def _sentence(part: PartOutcome, whole: Outcome, *, judged: bool) -> Phrase:
    grouping = part.outcome.grouping
    if part.outcome.verdict is Verdict.FORMED and grouping is not None and not grouping.groups:
        return _all_waiting(part.outcome)
    if whole.grouping is not None or part.outcome.grouping is None:
        return sentence(part.outcome, judged=judged)
    partial = whole.why_not is not None and whole.why_not.partial is not None
    form = _IN_PARTIAL if partial else _CAN_FORM
    return phrase(
        form.en,
        form.fi,
        form.sv,
        people=people_of(len(part.outcome.problem.roster)),
        groups=groups_of(part.outcome.grouping.groups),
        count=part.outcome.grouping.groups,
    )


def _all_waiting(part: Outcome) -> Phrase:
    people = people_of(len(part.problem.roster))
    if len(part.problem.roster) < part.problem.rulebook.groups.smallest:
        return phrase(
            "{people} on the waitlist: too few for a group.",
            "jonossa {people}: liian vähän yhteen ryhmään.",
            "{people} på väntelistan: för få för en grupp.",
            people=people,
        )
    if part.because is None:
        return phrase(
            "{people} on the waitlist.",
            "jonossa {people}.",
            "{people} på väntelistan.",
            people=people,
        )
    return phrase(
        "{people} on the waitlist, for no group is possible: {because}.",
        "jonossa {people}, sillä yhtään ryhmää ei voi muodostaa: {because}.",
        "{people} på väntelistan, för ingen grupp är möjlig: {because}.",
        people=people,
        because=part.because,
    )


_CAN_FORM = Phrase(
    "{people} can form {groups}.",
    "{people} voidaan jakaa ryhmiin; ryhmien määrä: {count}.",
    "{people} kan bilda {groups}.",
)
_IN_PARTIAL = Phrase(
    "{people} can form {groups}, as in the partial plan.",
    "{people} voidaan jakaa ryhmiin kuten osittaisessa suunnitelmassa; ryhmien määrä: {count}.",
    "{people} kan bilda {groups}, som i delplanen.",
)
