"""The report's words are there in every language, with the same blanks to fill."""

from __future__ import annotations

from string import Formatter

import pytest

from vermegroup.domain.findings import Severity
from vermegroup.domain.outcome import Verdict
from vermegroup.language.phrase import LANGUAGES, Phrase
from vermegroup.report.verdict import LABELS
from vermegroup.report.words import SEVERITIES, UNITS, WORDS


@pytest.mark.parametrize(
    "phrase", [*WORDS.values(), *UNITS.values(), *SEVERITIES.values(), *LABELS.values()], ids=str
)
def test_every_word_is_there_in_every_language(phrase: Phrase) -> None:
    blanks = set()
    for language in LANGUAGES:
        text = phrase.in_(language)
        assert text.strip() == text
        assert text
        blanks.add(frozenset(name for _, name, _, _ in Formatter().parse(text) if name))
    assert len(blanks) == 1


def test_every_verdict_and_severity_has_a_word() -> None:
    assert LABELS.keys() == set(Verdict)
    assert SEVERITIES.keys() == set(Severity)
