"""What counting person types rules out is ruled out."""

from __future__ import annotations

from tests.brute_force import Person
from tests.builders import problem_from
from vermegroup.solver.cpsat import Status
from vermegroup.solver.patterns.pattern_model import count_patterns
from vermegroup.solver.search import Limits, Search

GROUPS = 80


def test_a_rare_value_that_a_rule_asks_for_is_not_merged_with_others() -> None:
    """Each group has one of the rare towns: possible, though no town is common among them."""
    people = [
        person
        for group in range(GROUPS)
        for person in (
            Person(f"Rare {group}", 0),
            Person(f"Common {group % 5}", 12),
            Person(f"Common {(group + 1) % 5}", 12),
        )
    ]
    rare = ", ".join(f"Rare {group}" for group in range(GROUPS))
    problem = problem_from(
        people,
        f"""
groups: {{size: 3}}
rules:
  - different: municipality
  - include: {{municipality: [{rare}], exactly: 1}}
  - include: {{experience: new, exactly: 1}}
  - place_everyone
""",
    )
    counted = count_patterns(problem, problem.plan(GROUPS), (), Search(Limits()))
    assert counted.status is not Status.INFEASIBLE
