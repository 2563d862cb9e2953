"""``methods.txt``: a paragraph for a paper on how the groups came about, in every language."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from vermegroup.domain.design import Design, Ended, Sizes
from vermegroup.language.catalogues import languages
from vermegroup.language.legible import utf8
from vermegroup.language.messages import N_, Message, N_several, Template, _, joined, ngettext
from vermegroup.language.terms import groups_of, people_of
from vermegroup.report.draw_text import how_good
from vermegroup.report.report import PreferenceLine, Report, RuleLine


def methods_text(report: Report, *, as_saved: bool = True) -> bytes:
    """The paragraph in each language, one below the other, in UTF-8.

    Groups that are not ``as_saved`` by a run may have come about in any way.
    """
    paragraphs = (
        list(_paragraphs(report)) if as_saved else [joined(_judged_so(report, _EDITED), " ")]
    )
    texts = []
    for language in languages():
        told = "\n\n".join(each.in_(language) for each in paragraphs)
        texts.append(f"[{language}] {_TITLE.in_(language)}\n\n{told}\n")
    return utf8("\n".join(texts))


def _paragraphs(report: Report) -> Iterator[Message]:
    command = report.provenance.call.command if report.provenance.call else ""
    if command == _REBALANCE:
        yield joined(_repaired(report), " ")
    elif command not in _FORMING:
        yield joined(_judged_so(report, _BY_OTHERS), " ")
        return
    else:
        yield joined(_formed(report), " ")
    if report.draw is not None:
        yield joined(_drawn(report.draw), " ")
    yield joined(_software(report), " ")


def _judged_so(report: Report, origin: Message) -> Iterator[Message]:
    """What is known of groups that no search made."""
    yield origin
    yield from _judged(_unproven(report))
    yield _PROGRAM.filled(version=report.provenance.version, libraries=_versions(report))


def _unproven(report: Report) -> Report:
    """The report with values alone: a proof would be taken for that of a search among all."""
    lines = (replace(each, bound=None, proven=False) for each in report.preferences)
    return replace(report, preferences=tuple(lines))


def _formed(report: Report) -> Iterator[Message]:
    yield from _placed(report)
    yield _SOUGHT
    yield from _judged(report)
    yield _AUDITED


def _repaired(report: Report) -> Iterator[Message]:
    yield from _placed(report)
    yield _REPAIRED
    yield from _judged(_unproven(report))
    yield _AUDITED


def _placed(report: Report) -> Iterator[Message]:
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


def _judged(report: Report) -> Iterator[Message]:
    """The rules and preferences, and what these came to."""
    if report.rules:
        yield _RULES.filled(rules=_numbered(list(map(_nameless, report.rules))))
    if report.preferences:
        yield _PREFERENCES.filled(told=_numbered(list(map(_preference, report.preferences))))


def _preference(line: PreferenceLine) -> Message:
    if line.in_words is None:
        return _nameless(line)
    told = {"sentence": _nameless(line), "value": line.in_words}
    if line.proven:
        return _PROVEN.filled(**told, best=line.best)
    if line.bound is None:
        return _VALUE.filled(**told)
    return _BOUND.filled(**told, bound=float(line.bound))


def _nameless(line: RuleLine | PreferenceLine) -> Message:
    """What is asked for; where that names people, who are no business of readers, of how many."""
    if not line.people:
        return line.sentence
    if isinstance(line, PreferenceLine) and line.weighed:
        return joined(map(_nameless, line.weighed))
    return _NAMED.filled(line.people, kind=line.kind)


def _numbered(sentences: Sequence[Message]) -> Message:
    """As in "(1) a; (2) b"; what stands twice, for several parts, is told once."""
    different = dict.fromkeys(sentences)
    return joined(_ITEM.filled(n=n, sentence=each) for n, each in enumerate(different, 1))


def _drawn(design: Design) -> Iterator[Message]:
    chains = ngettext("{n} start", "{n} starts", design.starts)
    yield _POOL.filled(design.distinct, method=_METHOD, good=how_good(design.asked), starts=chains)
    if design.ended is Ended.STOPPED:
        yield _STOPPED
    yield _VARYING if design.asked.sizes is Sizes.VARYING else _FIXED
    if design.rhat is not None and design.ess is not None:
        yield _MIXED.filled(rhat=design.rhat, ess=round(design.ess))
    if design.distinct == 1:
        return
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


_REBALANCE = "rebalance"
_FORMING = frozenset(("form", "rounds", "draw"))
"""Commands that seek the best of all groupings; those of others are as somebody wanted them."""
_EDITED = _(
    "The groups are not as a run of vermegroup left them, so how they came about is not known "
    "here. They were judged."
)
_BY_OTHERS = _(
    "The groups were made, or changed afterwards, by hand or by another program, so how they came "
    "about is not known here. They were judged."
)
_REPAIRED = _(
    "There were groups before: these were repaired after people had left, joined or been absent, "
    "so that few of the bonds between members were broken. The best of all groupings was not "
    "sought."
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
_NAMED = N_several(
    "{kind}, for {n} person who is named in the rulebook",
    "{kind}, for {n} people who are named in the rulebook",
)
_PROVEN = N_("{sentence}: {value} ({best}, which is proven)")
_BOUND = N_("{sentence}: {value} (not proven the best; the bound is {bound})")
_VALUE = Template("{sentence}: {value}")
_AUDITED = _("All rules and values were computed anew by a checker that uses no solver.")
_METHOD = _("a block Gibbs chain that is uniform over all groupings that qualify")
_POOL = N_several(
    "By {method}, {n} grouping was drawn among those that {good}, from {starts}.",
    "By {method}, {n} different groupings were drawn that {good}, from {starts}.",
)
_STOPPED = _("Drawing was stopped before there were as many as had been asked for.")
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
