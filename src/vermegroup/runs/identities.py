"""Texts that tell who somebody is, and what stands in their place."""

from __future__ import annotations

import hmac
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field

from vermegroup.phrase import Phrase

PREFIX = "P-"
_DIGITS = 16
"""Hexadecimal: among a million people, two share a pseudonym once in 40 million rosters."""
LEFT_OUT = "…"

_EMAIL = re.compile(r"[^\s<>()\[\],;:\"'“”]+@[^\s<>()\[\],;:\"'“”]+")
_MADE_UP = re.compile(r"\bX-[0-9a-f]{8}\b")
_QUOTED = re.compile(r"(?<=[“”\"])[^“”\"]+(?=[”\"])")
_WORD = re.compile(r"[^\s“”\"(),;:/<>\[\]{}|!?]+")
_SEPARATORS = re.compile(r"(\s*[,;/|\n]\s*)")
_MOST_WORDS = 5


@dataclass(slots=True)
class Identities:
    """Pseudonyms by a secret key: HMAC-SHA-256, so that equal ids get equal ones.

    ``known`` leads from what identifies somebody, in any case and order of words, to the
    pseudonym of that person.
    """

    key: bytes
    known: dict[str, str] = field(default_factory=dict)

    def pseudonym(self, own: str) -> str:
        """The pseudonym of an id; nothing stays nothing."""
        text = unicodedata.normalize("NFC", own).strip()
        if not text:
            return ""
        digest = hmac.digest(self.key, text.encode("utf-8", "surrogatepass"), "sha256")
        return PREFIX + digest.hex()[:_DIGITS]

    def learn(self, texts: Iterable[str], pseudonyms: Iterable[str]) -> None:
        """These texts identify the people with these pseudonyms."""
        for text, pseudonym in zip(texts, pseudonyms, strict=True):
            if text:
                self.known.setdefault(_meaning(text), pseudonym)

    def stand_in(self, text: str) -> str:
        """What stands for a text that identifies somebody, known or not."""
        return self.known.get(_meaning(text), self.pseudonym(text))

    def wish(self, cell: str) -> str:
        """A cell that names others, each by the pseudonym that stands for them elsewhere."""
        if not cell.strip():
            return cell
        if _meaning(cell) in self.known:
            return self.stand_in(cell)
        parts = _SEPARATORS.split(cell)
        if len(parts) == 1 and all(_meaning(word) in self.known for word in cell.split()):
            return " ".join(self.known[_meaning(word)] for word in cell.split())
        return "".join(
            part if place % 2 or not part else self.stand_in(part)
            for place, part in enumerate(parts)
        )

    def scrubbed(self, text: str, *, all_of_it: bool = False) -> str:
        """A text without the e-mails, names and ids in it.

        Short ids and single words, which may well mean something else (a number, a town), go
        only where they are quoted or where ``all_of_it`` is private.
        """
        if all_of_it and (whole := self.known.get(_meaning(text))) is not None:
            return whole
        text = _EMAIL.sub(lambda found: self.known.get(_meaning(found[0]), LEFT_OUT), text)
        text = _MADE_UP.sub(lambda found: self.pseudonym(found[0]), text)
        text = _QUOTED.sub(lambda found: self.known.get(_meaning(found[0]), found[0]), text)
        return self._without_words(text, all_of_it=all_of_it)

    def said(self, phrase: Phrase, *, value: str | None = None) -> Phrase:
        """A sentence without them; ``value`` is a private cell that it may cite."""
        if value:
            texts = (phrase.en, phrase.fi, phrase.sv)
            phrase = Phrase(*(self._cited(text, value) for text in texts))
        return Phrase(*map(self.scrubbed, (phrase.en, phrase.fi, phrase.sv)))

    def _cited(self, text: str, value: str) -> str:
        quoted = rf"(?<=[“”\"]){re.escape(value)}(?=[”\"])"
        if not re.search(quoted, text):
            quoted = rf"(?<!\w){re.escape(value)}(?!\w)"
        return re.sub(quoted, lambda _: self.stand_in(value), text)

    def _without_words(self, text: str, *, all_of_it: bool) -> str:
        words = list(_WORD.finditer(text))
        kept, at, place = [], 0, 0
        while place < len(words):
            found = self._longest(words[place : place + _MOST_WORDS], all_of_it=all_of_it)
            if found is not None:
                count, pseudonym = found
                kept += [text[at : words[place].start()], pseudonym]
                last = words[place + count - 1]
                at = last.start() + len(last[0].rstrip("."))
                place += count
            else:
                place += 1
        return "".join([*kept, text[at:]])

    def _longest(self, words: list[re.Match[str]], *, all_of_it: bool) -> tuple[int, str] | None:
        for count in range(len(words), 0, -1):
            told = " ".join(word[0].rstrip(".") for word in words[:count])
            if count == 1 and not (all_of_it or _telling(told)):
                return None
            if (pseudonym := self.known.get(_meaning(told))) is not None:
                return count, pseudonym
        return None


def _telling(word: str) -> bool:
    """Whether a word can hardly be anything but an id."""
    return any(map(str.isdigit, word)) and (any(map(str.isalpha, word)) or len(word) >= 5)


def _meaning(text: str) -> str:
    words = unicodedata.normalize("NFC", text).casefold().replace(",", " ").split()
    return words[0] if len(words) == 1 else " ".join(sorted(words))
