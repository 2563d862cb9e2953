"""Values that rules and preferences name and nobody has.

Such a rule would be kept, or be impossible, for no reason but a slip of the pen: it stops the run.
A preference that counts for nothing is warned of. A value that only people who are set aside have
is no slip: it is warned of in a rule, too.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from itertools import islice

from vermegroup.domain.findings import Finding, Severity
from vermegroup.domain.kind import Kind
from vermegroup.domain.roster import Categories, Roster, value_key
from vermegroup.language.messages import Message, _
from vermegroup.language.terms import quoted, trait_name

# Comparing with all values takes a while where there are many.
MOST_COMPARED = 10_000
MOST_SHOWN = 12


def unknown_values(
    roster: Roster, kinds: Iterable[tuple[Kind, bool]], bands: Collection[str], origin: str
) -> tuple[Finding, ...]:
    """A finding for each value that nobody has, once for each kind of rule that names it.

    ``kinds`` are rules (True) and preferences as they suit the roster, so that its values are
    spelled as there; ``bands`` are the traits that have bands, and ``origin`` is the rulebook's.
    """
    found: dict[Finding, None] = {}
    for kind, is_rule in kinds:
        for trait, value in kind.named():
            column = roster.categories.get(trait)
            if column is None or column.code(value) >= 0:
                continue
            message = (
                _no_band(kind, trait, value) if trait in bands else _nobody(kind, value, column)
            )
            stops = is_rule and not _stands_aside(value, column, roster)
            severity = Severity.ERROR if stops else Severity.WARNING
            hint = _hint(value, column)
            found.setdefault(Finding(severity, message, origin, None, kind.kind, value, hint))
    return tuple(found)


def _no_band(kind: Kind, trait: str, value: str) -> Message:
    return _(
        "{kind} names “{value}”, but no band of {trait} is called so",
        kind=kind.kind,
        value=value,
        trait=trait_name(trait),
    )


def _nobody(kind: Kind, value: str, column: Categories) -> Message:
    return _(
        "{kind} names the value “{value}”, which nobody has in the column “{header}”",
        kind=kind.kind,
        value=value,
        header=column.header,
    )


def _stands_aside(value: str, column: Categories, roster: Roster) -> bool:
    """Whether a row that is set aside has the value."""
    if not roster.set_aside or column.header not in roster.table.cells:
        return False
    cells = roster.table.cells[column.header].unique().tolist()
    return value_key(value) in map(value_key, cells)


def _hint(value: str, column: Categories) -> Message:
    shown = list(map(quoted, islice(filter(None, column.values), MOST_SHOWN)))
    there = (
        _("The values there are: {values}", values=shown)
        if len(column.values) <= MOST_SHOWN
        else _(
            "Some of the {n} values there are: {values}",
            n=len(column.values),
            values=shown,
        )
    )
    near = _nearest(value, column)
    if near is None:
        return there
    return _("Did you mean {near}? {there}", near=quoted(near), there=there)


def _nearest(value: str, column: Categories) -> str | None:
    from difflib import get_close_matches  # noqa: PLC0415

    by_key = {value_key(each): each for each in islice(column.values, MOST_COMPARED) if each}
    near = get_close_matches(value_key(value), by_key, n=1)
    return by_key[near[0]] if near else None
