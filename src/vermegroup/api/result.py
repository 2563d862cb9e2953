"""What came of a call: groups, how good they are, why there are none, and the report."""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from vermegroup.api.frames import GroupedFrame
from vermegroup.api.people import People
from vermegroup.api.values import values_of
from vermegroup.api.wording import in_python, spoken_in_python
from vermegroup.app.save import ReportedOutcome, files_of, save
from vermegroup.domain.arrays import IntArray
from vermegroup.domain.findings import Finding, InputError, Severity
from vermegroup.domain.outcome import Outcome, Verdict
from vermegroup.domain.rulebook import Rulebook
from vermegroup.language.catalogues import ENGLISH, Language, languages
from vermegroup.language.messages import _
from vermegroup.report.folder import PAGE, RECORD


@dataclass(frozen=True, eq=False)
class Report:
    """The report of a result in one language, made when it is asked for.

    ``html`` is one page that needs nothing else, and ``json`` the same for programs.
    """

    answer: ReportedOutcome
    language: Language

    @cached_property
    def _files(self) -> dict[str, bytes]:
        return files_of(self.answer, self.language)

    @property
    def html(self) -> str:
        """The page, as ``report.html`` has it."""
        return self._files[PAGE].decode()

    @property
    def json(self) -> str:
        """The record, as ``report.json`` has it."""
        return self._files[RECORD].decode()

    @property
    def sentence(self) -> str:
        """The verdict in one sentence."""
        return self.answer.report.sentence.in_(self.language)

    @property
    def why_not(self) -> WhyNot | None:
        """Why there are no groups, and what would help; None where there are some."""
        report = self.answer.report
        if report.verdict not in (Verdict.IMPOSSIBLE, Verdict.UNDECIDED):
            return None
        partial = report.partial
        return WhyNot(
            self.sentence,
            tuple(each.sentence.in_(self.language) for each in report.conflicts),
            tuple(each.by_name.in_(self.language) for each in report.repairs),
            0 if partial is None else partial.placed,
        )

    def _repr_html_(self) -> str:
        """The whole page, in a frame of its own, so that its style stays its own."""
        page = html.escape(self.html, quote=True)
        return f'<iframe srcdoc="{page}" style="width:100%;height:40em;border:0"></iframe>'


@dataclass(frozen=True)
class WhyNot:
    """Why there are no groups: the reason in a sentence, conflicts, and what would help.

    ``placed`` is how many people the best partial plan places.
    """

    sentence: str
    conflicts: tuple[str, ...] = ()
    repairs: tuple[str, ...] = ()
    placed: int = 0

    def __str__(self) -> str:
        """Everything, line by line."""
        lines = [self.sentence]
        lines += [f"  ✗ {each}" for each in self.conflicts if each.rstrip(".") not in self.sentence]
        lines += [f"  → {each}" for each in self.repairs]
        return "\n".join(lines)


class Result:
    """What a call came to.

    It is what :func:`vermegroup.form`, :func:`vermegroup.audit`, :func:`vermegroup.rebalance` and
    :func:`vermegroup.compare` return. Tables are pandas data frames; rows of people keep the index
    of the frame that was given. ``answer`` and ``people`` are what it is made of: the outcome with
    its report, and what was read. ``rulebook`` is the one that was asked for.
    """

    def __init__(
        self,
        answer: ReportedOutcome,
        rulebook: Rulebook,
        people: People,
        joined: pd.DataFrame | None = None,
    ) -> None:
        self.answer = answer
        self.people = people
        self._table = GroupedFrame(answer.outcome, people, joined)
        self.rulebook = rulebook

    @property
    def outcome(self) -> Outcome:
        """The outcome as the solver and the audit have it, with everything that is known."""
        return self.answer.outcome

    @property
    def verdict(self) -> Verdict:
        """``formed``, ``impossible``, ``undecided`` or, of a grouping that was judged, ``invalid``.

        It is a text, and may be compared with one. A grouping that keeps every rule is ``formed``.
        """
        return self.answer.report.verdict

    @property
    def proven(self) -> bool:
        """Whether it is proven that no grouping is better in any preference, in their order."""
        return self.answer.report.proven

    @property
    def deterministic(self) -> bool:
        """Whether another run comes to the same: no clock has stopped the search."""
        return self.outcome.deterministic

    @property
    def frame(self) -> pd.DataFrame:
        """The frame that was given, with its index and a column of groups, which are new objects.

        Of a file it has the cells as they are written there. Who waits or is set aside has no
        group. The column is called as ``group_column`` says.
        """
        return self._table.frame()

    @property
    def group_column(self) -> str:
        """What the column of groups is called: ``group``, or as the column that it replaces."""
        return self._table.group_column

    @property
    def labels_(self) -> IntArray:
        """The number of each row's group, from 0 on, as clusterings have it; −1 where it has none.

        Of somebody who is in several groups it is the first one.
        """
        return self._table.labels()

    @property
    def groups(self) -> dict[str, pd.Index[Any]]:
        """The rows of each group's members, by its name: ``r.frame.loc[r.groups["G01"]]``."""
        return self._table.groups()

    @cached_property
    def values(self) -> pd.DataFrame:
        """What each preference comes to: kind, value, bound, proven, unit.

        The bound is the best that anything could reach, in the same unit: years, people, groups,
        kilometres, pairs. A value is proven where nothing that is as good in all preferences before
        it is better. The index is what the preference asks for.
        """
        return values_of(self.outcome)

    @property
    def rules(self) -> pd.DataFrame:
        """How each rule stands: kind, satisfied, violations, room; by what the rule asks for."""
        lines = self.answer.report.rules
        rows = [
            (
                line.kind,
                line.satisfied,
                "; ".join(str(each.sentence) for each in line.violations),
                "" if line.room is None else str(line.room),
            )
            for line in lines
        ]
        index = pd.Index([str(line.sentence) for line in lines], name="rule", dtype="str")
        return pd.DataFrame(rows, index, columns=["kind", "satisfied", "violations", "room"])

    @property
    def findings(self) -> pd.DataFrame:
        """What was noticed in the input: severity, row, column, value, message, hint, file.

        Rows are counted as a spreadsheet would show them: the header is row 1, so that it is
        ``frame.iloc[row - 2]``.
        """
        found = [_finding(in_python(each)) for each in self.answer.report.findings]
        return pd.DataFrame(found, columns=_FINDING)

    @property
    def why_not(self) -> WhyNot | None:
        """Why there are no groups, and what would help; None where there are some."""
        return self.report().why_not

    @property
    def bonds(self) -> Mapping[str, int] | None:
        """Pairs who were together: before, kept, broken, new; None where nothing was before."""
        changes = self.answer.report.rebalance
        if changes is None:
            return None
        bonds = changes.bonds
        return {name: getattr(bonds, name) for name in ("before", "kept", "broken", "new")}

    @property
    def moves(self) -> pd.DataFrame:
        """Who moves: participant, name, from, to, reason."""
        changes = self.answer.report.rebalance
        moves = () if changes is None else changes.moves
        rows = [
            (move.person, move.label, move.origin, move.target, str(move.reason)) for move in moves
        ]
        return pd.DataFrame(rows, columns=["participant", "name", "from", "to", "reason"])

    @spoken_in_python
    def report(self, lang: Language = ENGLISH) -> Report:
        """The report in a language: ``r.report("fi").html``.

        Raises:
            InputError: there is no such language.
        """
        return Report(self.answer, _language(lang))

    @spoken_in_python
    def save(self, to: str | Path, *, lang: Language = ENGLISH, force: bool = False) -> list[Path]:
        """Write the folder that the command line writes: groups.csv, report.html, report.json.

        Of a frame also the table as it was read, given-people.csv (and given-joining.csv), so that
        ``vermegroup verify`` finds all that it takes to repeat the call; a comparison alone is not
        repeated. Results that stand there are kept in the folder's ``earlier/``. A name that ends
        in ``.parquet`` is a file instead, of :attr:`frame` alone, which takes the extra
        ``vermegroup[arrow]``.

        Returns:
            The files that were written.

        Raises:
            InputError: it cannot be written, a file in the folder was edited since and ``force`` is
                False, or there is no such language.
        """
        path = Path(to)
        if path.suffix.casefold() == ".parquet":
            return [self._table.save_parquet(path, force=force)]
        return list(save(self.answer, path, _language(lang), force=force))

    def _repr_html_(self) -> str:
        """What a notebook shows: the verdict, what the preferences come to, and the groups."""
        report = self.report()
        told = [f"<p><strong>{html.escape(report.sentence)}</strong></p>"]
        if report.why_not is not None:
            told.append(_list((*report.why_not.conflicts, *report.why_not.repairs)))
        if len(self.values):
            told.append(self.values.to_html())
        if self.groups:
            told.append(_shown(self.frame, self.group_column).to_html(max_rows=_MOST_ROWS))
        return "\n".join(told)

    def __repr__(self) -> str:
        proven = ", proven" if self.proven else ""
        return f"<Result {self.verdict}{proven}: {self.report().sentence}>"


_MOST_ROWS = 60
_FINDING = ["severity", "row", "column", "value", "message", "hint", "file"]


def _finding(each: Finding) -> tuple[object, ...]:
    hint = None if each.hint is None else str(each.hint)
    said = str(each.severity), each.row, each.column, each.value, str(each.message), hint
    return (*said, each.file)


def _list(lines: Iterable[str]) -> str:
    return f"<ul>{''.join(f'<li>{html.escape(line)}</li>' for line in lines)}</ul>"


def _shown(frame: pd.DataFrame, group: str) -> pd.DataFrame:
    """The people, group by group."""
    order = np.argsort(frame[group].fillna("\uffff").to_numpy(dtype=str), kind="stable")
    return frame.iloc[order]


def _language(lang: Language) -> Language:
    if lang in languages():
        return lang
    message = _(
        "There is no such language; choose one of these: {languages}", languages=languages()
    )
    raise InputError([Finding(Severity.ERROR, message, column="lang", value=str(lang))])
