"""A rulebook with one thing changed, and the change as plain values to be written into a file."""

from __future__ import annotations

from dataclasses import replace

import yaml

from vermegroup.domain.kind import Kind
from vermegroup.domain.rulebook import GroupSpec, Rulebook
from vermegroup.rules.size import Size


def rulebook_text(plain: object) -> str:
    """A rulebook's plain values as the YAML that would be read as them."""
    text: str = yaml.safe_dump(plain, sort_keys=False, allow_unicode=True)
    return text


def on_one_line(plain: object) -> str:
    """A section or an entry as people write it: on one line."""
    text: str = yaml.safe_dump(
        plain, default_flow_style=True, width=10**9, sort_keys=False, allow_unicode=True
    )
    return text.removesuffix("\n").removesuffix("\n...")


def with_groups(book: Rulebook, spec: GroupSpec) -> Rulebook:
    """Other sizes or numbers of groups."""
    size = Size(spec.smallest, spec.largest, spec.prefer)
    rules = tuple(size if rule.limits_size else rule for rule in book.rules)
    preferences = tuple(size if kind.limits_size else kind for kind in book.preferences)
    return replace(book.under(rules, *preferences), groups=spec, asked=None)


def wished_only(book: Rulebook, rule: Kind) -> Rulebook:
    """A rule as the first preference instead."""
    rules = tuple(other for other in book.rules if other != rule)
    preferences = (rule, *book.preferences)
    return replace(book.under(rules, *preferences), asked=None)
