"""The report's words are there in every language, with the same blanks to fill."""

from __future__ import annotations

import pytest

from vermegroup.domain.findings import Severity
from vermegroup.domain.outcome import Verdict
from vermegroup.language.catalogues import languages
from vermegroup.language.messages import Message, Template
from vermegroup.report.verdict import LABELS
from vermegroup.report.words import SEVERITIES, STAGES, UNITS, WORDS


@pytest.mark.parametrize(
    "word",
    [each for words in (WORDS, UNITS, SEVERITIES, STAGES, LABELS) for each in words.values()],
    ids=str,
)
def test_every_word_is_there_in_every_language(word: Message | Template) -> None:
    for language in languages():
        text = word.in_(language)
        assert text.strip() == text
        assert text


def test_every_verdict_and_severity_has_a_word() -> None:
    assert LABELS.keys() == set(Verdict)
    assert SEVERITIES.keys() == set(Severity)
