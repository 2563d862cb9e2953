"""What is told of groupings that were drawn by lot: how many, how good, and how well they cover."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from vermegroup.domain.design import Among, Design, DrawRequest, PairCounts, Sizes
from vermegroup.domain.findings import Finding, Severity
from vermegroup.language.catalogues import Language
from vermegroup.language.messages import N_, Message, N_several, _
from vermegroup.language.terms import groups_of, people_of
from vermegroup.report.blocks import Headline, Item, Mood, Section, Summary, summarised
from vermegroup.report.report import Report
from vermegroup.report.words import WORDS

WORST_RHAT = 1.05
"""Above it chains do not agree (Gelman et al., 2013, have 1.1; Vehtari et al., 2021, 1.01)."""
LEAST_ESS = 100


def how_good(asked: DrawRequest) -> Message:
    """What the groupings have in common, to stand after "groupings that"."""
    if asked.among is Among.VALID:
        return _("keep every rule")
    if not asked.within:
        return _("are as good as the best one found")
    share = float(100 * asked.within)
    return _(
        "are worse by {share} % at most in each preference than the best one found", share=share
    )


def drawn_sentence(design: Design) -> Message:
    """That the grouping was drawn, and from how many."""
    if design.distinct == 1:
        return _NO_CHANCE
    good = how_good(design.asked)
    return _DRAWN.filled(chosen=design.chosen, n=design.distinct, good=good)


def pool_sentence(design: Design, people: int, groups: int) -> Message:
    """How many groupings there are in the pool, and of what."""
    told = {"people": people_of(people), "groups": groups_of(groups)}
    if design.distinct == 1:
        return _ONLY_FOUND.filled(**told)
    return _POOL.filled(n=design.distinct, good=how_good(design.asked), **told)


def draw_findings(design: Design, option: str) -> tuple[Finding, ...]:
    """What whoever tests against the pool should know; it is the value of an option."""
    return tuple(
        Finding(severity, message, column=option, hint=hint)
        for severity, message, hint in (*mixing(design), *_pairs(design.pairs), *_lacks(design))
    )


Noticed = tuple[Severity, Message, Message | None]


def mixing(design: Design) -> Iterator[Noticed]:
    """How well the chains mixed, with a warning where that is bad."""
    if design.rhat is None or design.ess is None:
        return
    told = _MIXING.filled(design.starts, rhat=design.rhat, ess=round(design.ess))
    yield Severity.NOTICE, told, None
    if design.rhat > WORST_RHAT:
        yield Severity.WARNING, _APART.filled(rhat=design.rhat), _MORE
    if design.ess < LEAST_ESS:
        yield Severity.WARNING, _FEW.filled(ess=round(design.ess)), _MORE


def _pairs(pairs: PairCounts) -> Iterator[Noticed]:
    if pairs.allowed is not None and (never := pairs.allowed - pairs.ever_together) > 0:
        yield Severity.WARNING, _NEVER.filled(never, allowed=pairs.allowed), _NOTHING_TO_SAY
    if pairs.always_together:
        yield Severity.WARNING, _ALWAYS.filled(pairs.always_together), _NOTHING_TO_SAY


def _lacks(design: Design) -> Iterator[Noticed]:
    if design.distinct == 1:
        yield Severity.WARNING, _ONLY_ONE, _WIDER
    elif design.distinct < design.asked.draws:
        found = _FEWER.filled(design.distinct, draws=design.asked.draws)
        yield Severity.WARNING, found, _WIDER


def draw_summary(report: Report, language: Language, written: Sequence[Path] = ()) -> Summary:
    """What the terminal shows of a pool."""
    assert report.draw is not None
    design = report.draw
    sound = all(each.severity is Severity.NOTICE for each in draw_findings(design, ""))
    headline = Headline(
        Mood.GOOD if sound else Mood.UNSURE,
        _("Groupings drawn").in_(language),
        pool_sentence(design, report.counts.placed, len(report.groups)).in_(language),
        "",
    )
    sections = (
        Section(_("The pool").in_(language), tuple(_pool_items(design, language))),
        Section(_("Noticed").in_(language), tuple(finding_items(report.findings, language))),
        Section(WORDS["written"].in_(language), tuple(_quiet(map(str, written)))),
    )
    return Summary(headline, tuple(section for section in sections if section.items))


def _pool_items(design: Design, language: Language) -> Iterator[Item]:
    sizes = _VARYING if design.asked.sizes is Sizes.VARYING else _FIXED
    told = [sizes, _DEALT.filled(proposals=design.proposals, accepted=design.accepted)]
    pairs = design.pairs
    if pairs.allowed is not None:
        told.append(_TOGETHER.filled(pairs.allowed, ever=pairs.ever_together))
    if pairs.least is not None:
        least, most = 100 * pairs.least, 100 * pairs.most
        told.append(_SHARES.filled(least=float(least), most=float(most)))
    yield from _quiet(each.in_(language) for each in told)


def finding_items(findings: Sequence[Finding], language: Language) -> Iterator[Item]:
    """What was noticed, a line each."""
    for line in summarised(findings, language):
        mood = Mood.QUIET if line.severity is Severity.NOTICE else Mood.UNSURE
        text = f"{line.place}: {line.message}" if line.place else line.message
        yield Item(mood, text, "\n".join(filter(None, (line.hint, line.others))))


def _quiet(texts: Iterator[str]) -> Iterator[Item]:
    return (Item(Mood.QUIET, text) for text in texts)


# Translators: after {good} it goes on as in "groupings that keep every rule".
_DRAWN = N_("It was drawn by lot: number {chosen} of {n} groupings that {good}.")
_NO_CHANCE = _("It is the only grouping that was found to qualify, so nothing was left to chance.")
_POOL = N_("{n} different groupings of {people} in {groups} that {good}.")
_ONLY_FOUND = N_("Only one grouping was found, of {people} in {groups}.")
_MIXING = N_several(
    "How well the chains mixed: R-hat {rhat}, effective sample size {ess}, from {n} start",
    "How well the chains mixed: R-hat {rhat}, effective sample size {ess}, from {n} starts",
)
_APART = N_("The chains do not agree: R-hat is {rhat}, and should be 1.05 at most")
_FEW = N_("The draws are worth only about {ess} independent ones")
_MORE = _(
    "A test against this pool is exact all the same, but the pool may not stand for all groupings: "
    "ask for more draws, or widen what qualifies with --within or --among valid"
)
_NEVER = N_several(
    "{n} pair of {allowed} that no rule keeps apart is together in no grouping of the pool",
    "{n} pairs of {allowed} that no rule keeps apart are together in no grouping of the pool",
)
_ALWAYS = N_several(
    "{n} pair is together in every grouping of the pool",
    "{n} pairs are together in every grouping of the pool",
)
_NOTHING_TO_SAY = _("Of being together or not such pairs can tell nothing")
_ONLY_ONE = _("Only one grouping qualifies, so there is no chance to test against")
_FEWER = N_several(
    "Only {n} grouping was found, and {draws} were asked for",
    "Only {n} different groupings were found, and {draws} were asked for",
)
_WIDER = _("There may be no more; --within 1% or --among valid lets more of them in")
_FIXED = _("The groups keep the sizes that were formed")
_VARYING = _("The groups' sizes vary within the rulebook's")
_DEALT = N_("{proposals} blocks of groups were dealt anew, and {accepted} came to sit otherwise")
_TOGETHER = N_several(
    "of {n} pair that no rule keeps apart, {ever} is together in some grouping",
    "of {n} pairs that no rule keeps apart, {ever} are together in some grouping",
)
_SHARES = N_("such a pair is together in {least} to {most} % of the groupings")
