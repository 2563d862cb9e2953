"""The words that give an English sentence away."""

from __future__ import annotations

import re

# The most frequent words of English that are none of Finnish or Swedish, and no command's name.
_WORDS = """
the of and is are was were to with for that this not or it its as by from has have no than then who
which what when where why how if each every must may cannot only without show write usage
arguments commands default required error missing such there
"""
_FREQUENT = frozenset(_WORDS.split())
_WORD = re.compile(r"(?<![\w./=|-])[a-z]+(?![\w/=|-])", re.IGNORECASE)


def english_in(text: str) -> set[str]:
    """The frequent English words in a text; names of options, files and licences are none."""
    return {word.lower() for word in _WORD.findall(text.replace("CC BY", ""))} & _FREQUENT
