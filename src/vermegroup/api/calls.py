"""One call each: form, audit, rebalance, compare, and a roster to try them on."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from typing import Literal, TypeAlias

import pandas as pd

from vermegroup.api.arguments import (
    Columns,
    Day,
    Someone,
    columns_of,
    day_of,
    how_to_read,
    limits_of,
    paths_of,
    policy_of,
    several,
    whole,
)
from vermegroup.api.given import Rules, Table, people_of, rulebook_for, rulebook_of
from vermegroup.api.people import People, tables_given
from vermegroup.api.result import Result
from vermegroup.api.wording import spoken_in_python
from vermegroup.app.audit import judge_groups
from vermegroup.app.compare import compare_groups
from vermegroup.app.form import form_groups
from vermegroup.app.inputs import RulebookChoice, with_columns
from vermegroup.app.rebalance import RebalanceRequest, rebalance_groups
from vermegroup.domain.design import DrawRequest
from vermegroup.domain.problem import Problem
from vermegroup.domain.rulebook import Rulebook
from vermegroup.intake.files.source import Source
from vermegroup.report.folder import GROUPS
from vermegroup.report.to_csv import groups_csv
from vermegroup.sampling import Shape
from vermegroup.sampling import sample as sampled

Groups: TypeAlias = Result | Table
"""People in groups: what another call came to, or a table with a column of groups."""


@spoken_in_python
def form(
    roster: Table,
    rules: Rules | None = None,
    *,
    seed: int = 1,
    effort: float | None = None,
    time_limit: float | None = None,
    workers: int = 1,
    columns: Columns | None = None,
    sheet: str | None = None,
    day: Day | None = None,
    draw: int | None = None,
) -> Result:
    """Form the groups of a roster, and prove that they could not be better.

    Args:
        roster: a data frame (of pandas, or of any library that speaks Arrow, such as Polars), or
            the path of a file: CSV, ``.xlsx``, ``.ods`` or ``.parquet``. It is read as a file is:
            headers are recognised in Finnish, Swedish and English. Cells may be lists.
        rules: the path of a rules file, the name of a profile that ships with the package, a
            mapping with the sections of a rulebook, or a ``Rulebook``; without it the default one.
        seed: whatever is left to chance.
        effort: how far the search goes, in the seconds that it takes on two cores.
        time_limit: the seconds after which the search ends in any case.
        workers: processes to use; the result is the same. Processes begin afresh, so a script that
            asks for several needs the usual ``if __name__ == "__main__":``.
        columns: the header of the column of a trait, where it is not recognised:
            ``{"municipality": "Work municipality"}``; several headers are one trait together.
        sheet: the sheet of a workbook.
        day: what counts as today, where experience is told by when it began: a date, or a text
            such as ``"2026-12-01"``.
        draw: so many groupings that are as good are drawn by lot, and the groups are one of them;
            see :func:`draw`.

    Returns:
        The result; ``verdict`` says whether there are groups.

    Raises:
        InputError: the roster or the rules are at fault; its text has every finding.
        ValueError: limits or a day that mean nothing.
        TypeError: what is given is no table, no rules, or no such argument.

    Example::

        import vermegroup as vg

        r = vg.form(vg.sample(64), seed=1)
        r.verdict, r.proven  # formed, True
        r.frame.groupby("group").years.mean()
        r.save("spring")
    """
    if isinstance(roster, Problem):
        raise TypeError("a Problem is solved by vermegroup.solve")
    people = people_of(roster)
    book, limits = rulebook_of(rules, columns), limits_of(effort, time_limit, seed, workers)
    how = how_to_read(sheet, day)
    choice = RulebookChoice(book=book, draw=None if draw is None else DrawRequest(draw))
    answer = form_groups(people.source, choice, limits, how=how)
    return Result(replace(answer, tables=tables_given(people)), book, people)


@spoken_in_python
def audit(
    groups: Groups,
    group: str | None = None,
    rules: Rules | None = None,
    *,
    columns: Columns | None = None,
    sheet: str | None = None,
    day: Day | None = None,
) -> Result:
    """Judge any grouping, hand-made or another tool's, without the solver.

    Args:
        groups: a table with a column of groups, or an earlier result.
        group: the header of that column; without it the one that is recognised.
        rules: as :func:`form` takes them; without them those of the result, those in the
            ``report.json`` beside the file, or else the default ones.
        columns: as :func:`form` takes them.
        sheet: the sheet of a workbook.
        day: what counts as today, where experience is told by when it began.

    Returns:
        The result; its verdict is ``formed`` where every rule holds, else ``invalid``, and
        ``rules`` says which are broken, and by whom.

    Raises:
        InputError: the table or the rules are at fault; its text has every finding.
    """
    if group is not None and not isinstance(group, str):
        raise TypeError(f"group must be a header, and this is of the type {type(group).__name__}")
    named = {} if group is None else {"group": group}
    people, book = read_groups_given(groups, rules, {**columns_of(columns), **named})
    how = how_to_read(sheet, day)
    answer = judge_groups(people.source, RulebookChoice(book=book), how)
    return Result(replace(answer, tables=tables_given(people)), book, people)


@spoken_in_python
def rebalance(
    groups: Groups,
    *,
    absent: Someone = (),
    left: Someone = (),
    joining: Table | None = None,
    policy: Literal["merge", "move"] | None = None,
    date: Day | None = None,
    history: str | os.PathLike[str] | Sequence[str | os.PathLike[str]] = (),
    rules: Rules | None = None,
    seed: int = 1,
    effort: float | None = None,
    time_limit: float | None = None,
    columns: Columns | None = None,
) -> Result:
    """Repair groups after absences (for one meeting), departures and late joiners (for good).

    Args:
        groups: an earlier result, or a table with a column of groups.
        absent: ids, names or e-mails of those who miss the meeting on ``date``; the plan is for
            that meeting alone.
        left: of those who left for good.
        joining: a table of those who join.
        policy: ``merge`` takes nobody out of a group, ``move`` always allows it; without it single
            people move where that places more.
        date: the day of the meeting; without it today.
        history: files of the plans of earlier meetings, so that others take their turn.
        rules: as :func:`audit` takes them.
        seed: whatever is left to chance.
        effort: how far the search goes, as :func:`form` takes it.
        time_limit: the seconds after which the search ends in any case.
        columns: as :func:`form` takes them.

    Returns:
        The result; ``moves`` says who goes where and why, ``bonds`` how many were kept.

    Raises:
        InputError: somebody is meant who is not there, or a table or the rules are at fault.
        ValueError: the result has no groups; or limits that mean nothing.
    """
    people, book = read_groups_given(groups, rules, columns)
    newcomers = None if joining is None else people_of(joining, "joining")
    asked = RebalanceRequest(
        people.source,
        several(absent, "absent"),
        several(left, "left"),
        None if newcomers is None else newcomers.source,
        policy_of(policy),
        paths_of(history, "history"),
        None if date is None else day_of(date, "date"),
    )
    limits = limits_of(effort, time_limit, seed)
    answer = rebalance_groups(asked, RulebookChoice(book=book), limits)
    answer = replace(answer, tables=tables_given(people, newcomers))
    return Result(answer, book, people, None if newcomers is None else newcomers.frame)


@spoken_in_python
def compare(before: Groups, after: Groups, rules: Rules | None = None) -> Result:
    """Compare two groupings of the same people.

    Args:
        before: a table with a column of groups, or an earlier result.
        after: the later one.
        rules: as :func:`audit` takes them; without them those of ``after``.

    Returns:
        The later grouping, judged, with ``bonds`` (kept, broken, new) and ``moves``.

    Raises:
        InputError: a table or the rules are at fault, or nobody is in both.
    """
    earlier, _ = read_groups_given(before, rules)
    people, book = read_groups_given(after, rules)
    answer = compare_groups(earlier.source, people.source, RulebookChoice(book=book))
    return Result(answer, book, people)


@spoken_in_python
def sample(
    participants: int, shape: Shape = "pilot", seed: int = 0, lang: str = "en"
) -> pd.DataFrame:
    """A synthetic roster, of nobody who exists, to try things on: id, municipality, years.

    Args:
        participants: how many people, 3 to 10 million.
        shape: ``pilot`` is like the sign-ups of a national programme, ``loose`` has few people
            from each municipality, ``tight`` just enough experienced ones.
        seed: the same arguments give the same roster.
        lang: the language of the headers and of the municipalities.

    Raises:
        InputError: fewer than three people, more than ten million, or no such shape.
    """
    numbers = whole(participants, "participants"), whole(seed, "seed")
    found = sampled(numbers[0], shape, numbers[1], lang)
    names = pd.array(found.municipalities, dtype="str").take(found.places)
    columns = (found.ids(), names, found.years)
    return pd.DataFrame(dict(zip(found.headers(), columns, strict=True)))


def read_groups_given(
    groups: Groups, rules: Rules | None, columns: Columns | None = None
) -> tuple[People, Rulebook]:
    """The people in their groups, and the rulebook that holds for them."""
    if isinstance(groups, Result):
        people = _people_in(groups)
        book = groups.rulebook if rules is None else rulebook_of(rules)
    else:
        people = people_of(groups)
        book = rulebook_for(people, rules)
    return people, with_columns(book, columns_of(columns))


def _people_in(result: Result) -> People:
    """The people of a result in its groups, as they would be read from its frame or its file."""
    outcome = result.outcome
    if outcome.grouping is None:
        raise ValueError(f"there are no groups: {result.report().sentence}")
    if result.people.frame is not None:
        return people_of(result.frame)
    data = result.answer.groups or groups_csv(outcome.problem.roster, outcome.grouping)
    return People(Source(GROUPS, data))
