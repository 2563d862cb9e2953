"""How the groups stand, in lines: rules, preferences before and now, and bonds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from vermegroup.domain.bonds import Bonds, Compared
from vermegroup.language.catalogues import Language
from vermegroup.language.messages import N_, Message, N_several, _, as_sentence, number
from vermegroup.report.blocks import Item, Mood
from vermegroup.report.report import PreferenceLine, Report, RuleLine
from vermegroup.report.sections import breaches_told
from vermegroup.report.words import WORDS


@dataclass(frozen=True, slots=True)
class Value:
    """A preference's value before and now; ``better`` is None where nothing changed."""

    sentence: str
    before: str
    now: str
    better: bool | None


@dataclass(frozen=True, slots=True)
class Standing:
    """What is told above the cards.

    ``breaches`` are by how much groups break rules, and the lines that tell it, by rule and group.
    """

    mood: Mood
    headline: str
    broken: tuple[Item, ...]
    kept: tuple[Item, ...]
    values: tuple[Value, ...]
    breaches: Mapping[tuple[str, str], tuple[int, str]]
    bonds: str
    remarks: tuple[str, ...]


def standing(report: Report, language: Language, *, saved: bool) -> Standing:
    """How the groups of a report stand; of bonds nothing is told before groups were ``saved``."""
    broken = [rule for rule in report.rules if rule.satisfied is False]
    kept = [rule for rule in report.rules if rule.satisfied]
    change = report.rebalance
    return Standing(
        Mood.BAD if broken else Mood.GOOD,
        as_sentence(rules_told(len(broken), len(kept)), language),
        tuple(
            Item(Mood.BAD, _sentence(rule, language), "\n".join(breaches_told(rule, language)))
            for rule in broken
        ),
        tuple(
            Item(
                Mood.GOOD,
                _sentence(rule, language),
                as_sentence(rule.room, language) if rule.room else "",
            )
            for rule in kept
        ),
        tuple(_values(report, language)),
        {key: told for rule in broken for key, told in _breaches(rule, language)},
        as_sentence(_bonds(change.bonds), language) if change and saved else "",
        tuple(as_sentence(remark, language) for remark in change.remarks) if change else (),
    )


def rules_told(broken: int, kept: int) -> Message:
    """That all rules are kept, or how many are not."""
    if broken:
        return _BROKEN.filled(broken)
    return _KEPT.filled(kept) if kept else _NO_RULES


def kept_told(count: int) -> Message:
    """That so many rules are kept, where others are not."""
    return _OTHERS_KEPT.filled(count)


def _sentence(rule: RuleLine, language: Language) -> str:
    told = as_sentence(rule.sentence, language)
    return f"{as_sentence(rule.part, language)}: {told}" if rule.part else told


def _breaches(
    rule: RuleLine, language: Language
) -> Iterator[tuple[tuple[str, str], tuple[int, str]]]:
    """Each group that breaks a rule, by how much, and what is told of it."""
    sentence = _sentence(rule, language)
    for breach in rule.violations:
        group = breach.group or WORDS["whole_grouping"].in_(language)
        people = f" ({', '.join(breach.labels)})" if breach.labels else ""
        line = f"{group}: {breach.sentence.in_(language)}{people}"
        yield (sentence, group), (breach.amount, line)


def _bonds(bonds: Bonds) -> Message:
    if not bonds.before:
        return _NO_PAIRS
    form = _PAIRS_STAY if bonds.kept == bonds.before else _PAIRS
    return form.filled(before=bonds.before, kept=bonds.kept)


def _values(report: Report, language: Language) -> list[Value]:
    """The preferences with what they were; those of which nothing is known before as they are."""
    compared = report.rebalance.compared if report.rebalance else ()
    told = [_compared(line, language) for line in compared if not line.is_rule]
    if told:
        return told
    lines = [line for line in report.preferences if line.value is not None]
    return [_value(line, language) for line in lines]


def _compared(line: Compared, language: Language) -> Value:
    before, now = (as_sentence(each, language) for each in (line.before, line.after))
    return Value(as_sentence(line.sentence, language), before, now, line.better)


def _value(line: PreferenceLine, language: Language) -> Value:
    words = as_sentence(line.in_words, language) if line.in_words else ""
    now = words or number(float(line.value or 0), language)
    return Value(as_sentence(line.sentence, language), now, now, None)


_BROKEN = N_several("{n} rule is broken", "{n} rules are broken")
_KEPT = N_several("The only rule is kept", "All {n} rules are kept")
_OTHERS_KEPT = N_several("{n} other rule is kept", "{n} other rules are kept")
_NO_RULES = _("No rules are asked for")
# Translators: of bonds, which are pairs of people who know each other
_PAIRS = N_("{before} in the groups that were saved; {kept} of them stay together")
# Translators: of bonds, which are pairs of people who know each other
_PAIRS_STAY = N_("{before} in the groups that were saved; all of them stay together")
# Translators: of bonds, which are pairs of people who know each other
_NO_PAIRS = _("none in the groups that were saved")
