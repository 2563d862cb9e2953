"""Where somebody of a grouping could go, as files and texts tell it. Writes nothing."""

from __future__ import annotations

from vermegroup.app.inputs import RulebookChoice, naming, read_groups
from vermegroup.app.privacy.how import AS_IT_IS, How
from vermegroup.app.references import people_meant
from vermegroup.domain.split import unused_parts
from vermegroup.judge.options import MOST, options_for
from vermegroup.report.options_text import OptionsReport


def find_options(
    groups_file: str,
    person: str,
    choice: RulebookChoice,
    how: How = AS_IT_IS,
    most: int = MOST,
) -> OptionsReport:
    """Read a grouping, and find at most so many ways in which a person could change groups.

    Raises:
        InputError: the grouping or the rulebook cannot be read, or the person is not there.
    """
    names = naming(how)
    with names.faults(groups_file):
        groups = read_groups(groups_file, choice, how, names)
        roster = groups.problem.roster
        places, noticed = people_meant([person], "", roster, groups.meant, names)
    found = options_for(groups.problem, groups.grouping, places[0], most)
    problem = groups.problem
    commands = tuple(groups.call.command(option.moves) for option in found.options)
    noticed = (*groups.look.remarks(), *noticed, *problem.notices(), *unused_parts(problem))
    return OptionsReport(found, commands, noticed)
