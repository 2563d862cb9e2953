"""``methods.txt``: a paragraph for a paper on how the groups came about, in every language."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from vermegroup.domain.design import Design, Sizes
from vermegroup.language.catalogues import languages
from vermegroup.language.legible import utf8
from vermegroup.language.messages import N_, Message, N_several, Template, _, joined, ngettext
from vermegroup.language.terms import groups_of, people_of
from vermegroup.report.draw_text import how_good
from vermegroup.report.report import PreferenceLine, Report


def methods_text(report: Report, *, as_saved: bool = True) -> bytes:
    """The paragraph in each language, one below the other, in UTF-8.

    Groups that are not ``as_saved`` by a run may have come about in any way.
    """
    paragraphs = list(_paragraphs(report)) if as_saved else [joined(_by_hand(report), " ")]
    texts = []
    for language in languages():
        told = "\n\n".join(each.in_(language) for each in paragraphs)
        texts.append(f"[{language}] {_TITLE.in_(language)}\n\n{told}\n")
    return utf8("\n".join(texts))


def _paragraphs(report: Report) -> Iterator[Message]:
    yield joined(_formed(report), " ")
    if report.draw is not None:
        yield joined(_drawn(report.draw), " ")
    yield joined(_software(report), " ")


def _by_hand(report: Report) -> Iterator[Message]:
    """What is known of groups that no run left so."""
    yield _BY_HAND
    yield from _judged(report)
    yield _PROGRAM.filled(version=report.provenance.version, libraries=_versions(report))


def _formed(report: Report) -> Iterator[Message]:
    sizes = np.diff(report.groups.ends) if len(report.groups) else np.zeros(1, int)
    counts = report.counts
    low, high = int(sizes.min()), int(sizes.max())
    yield _WERE_PUT.filled(
        counts.placed,
        people=people_of(counts.placed),
        groups=groups_of(len(report.groups)),
        size=str(low) if low == high else f"{low}–{high}",
    )
    if counts.waitlisted:
        yield ngettext("{n} was in the queue.", "{n} were in the queue.", counts.waitlisted)
    yield _SOUGHT
    yield from _judged(report)
    yield _AUDITED


def _judged(report: Report) -> Iterator[Message]:
    """The rules and preferences, and what these came to."""
    if report.rules:
        yield _RULES.filled(rules=_numbered([line.sentence for line in report.rules]))
    if report.preferences:
        yield _PREFERENCES.filled(told=_numbered(list(map(_preference, report.preferences))))


def _preference(line: PreferenceLine) -> Message:
    if line.in_words is None:
        return line.sentence
    told = {"sentence": line.sentence, "value": line.in_words}
    if line.proven:
        return _PROVEN.filled(**told, best=line.best)
    if line.bound is None:
        return _VALUE.filled(**told)
    return _BOUND.filled(**told, bound=float(line.bound))


def _numbered(sentences: Sequence[Message]) -> Message:
    """As in "(1) a; (2) b"; what stands twice, for several parts, is told once."""
    different = dict.fromkeys(sentences)
    return joined(_ITEM.filled(n=n, sentence=each) for n, each in enumerate(different, 1))


def _drawn(design: Design) -> Iterator[Message]:
    yield _POOL.filled(
        design.starts, method=_METHOD, found=design.distinct, good=how_good(design.asked)
    )
    yield _VARYING if design.asked.sizes is Sizes.VARYING else _FIXED
    if design.rhat is not None and design.ess is not None:
        yield _MIXED.filled(rhat=design.rhat, ess=round(design.ess))
    if design.chosen is not None:
        yield _CHOSEN.filled(chosen=design.chosen)
    yield _TESTS


def _software(report: Report) -> Iterator[Message]:
    record = report.provenance
    yield _PROGRAM.filled(version=record.version, libraries=_versions(report))
    if record.seed is not None:
        yield _SEED.filled(seed=record.seed)
    if not record.deterministic:
        yield _BY_TIME
    for each in record.inputs:
        yield _INPUT.filled(role=each.role, sha256=each.sha256)


def _versions(report: Report) -> list[str]:
    libraries = report.provenance.libraries.items()
    return [f"{name} {version}" for name, version in libraries if version]


_BY_HAND = _(
    "The groups are not as a run of vermegroup left them, so how they came about is not known "
    "here. They were judged."
)
_TITLE = _("How the groups came about, for a section on methods")
_ITEM = Template("({n}) {sentence}")
_WERE_PUT = N_several(
    "{people} was put into {groups}, of {size} members each.",
    "{people} were put into {groups}, of {size} members each.",
)
_SOUGHT = _("Among the groupings that keep every rule, the best by the preferences was sought.")
_RULES = N_("The rules: {rules}.")
_PREFERENCES = N_("The preferences, in order of importance: {told}.")
_PROVEN = N_("{sentence}: {value} ({best}, which is proven)")
_BOUND = N_("{sentence}: {value} (not proven the best; the bound is {bound})")
_VALUE = Template("{sentence}: {value}")
_AUDITED = _("All rules and values were computed anew by a checker that uses no solver.")
_METHOD = _("a block Gibbs chain that is uniform over all groupings that qualify")
_POOL = N_several(
    "By {method}, {found} different groupings were drawn that {good}, from {n} start.",
    "By {method}, {found} different groupings were drawn that {good}, from {n} starts.",
)
_FIXED = _("The groups kept the sizes that were formed.")
_VARYING = _(
    "The groups' sizes varied within the rulebook's, weighted by the number of ways to fill them."
)
_MIXED = N_("The worst split R-hat was {rhat}, and the least effective sample size {ess}.")
_CHOSEN = N_("Of these, number {chosen} was chosen, each with the same probability.")
_TESTS = _(
    "Randomisation tests take that pool as the reference set (Raab and Butcher, 2001; Moulton, "
    "2004; Morgan and Rubin, 2012)."
)
_PROGRAM = N_("The program was vermegroup {version}, with {libraries}.")
_SEED = N_("Its seed was {seed}.")
_BY_TIME = _("The clock ended the search, so another run may come out otherwise.")
_INPUT = N_("SHA-256 of the input ({role}): {sha256}.")
