"""Texts that tell who somebody is, and what stands in their place."""

from __future__ import annotations

import hmac
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import PurePath

from vermegroup.app.privacy.inflected import STEM_SUFFIXES, SUFFIXES, is_town, stems
from vermegroup.intake.people.identity import MADE_UP

PREFIX, GROUP_PREFIX = "P-", "G-"
_DIGITS, _CHECK = 16, 4
"""Hexadecimal: among a million people, two share a pseudonym once in 40 million rosters.

The last four tell a pseudonym of the same key, which is left as it is, from any other text.
"""
_PSEUDONYM = re.compile(rf"{PREFIX}[0-9a-f]{{{_DIGITS + _CHECK}}}")

_EMAIL = re.compile(r"[^\s<>()\[\],;:\"'“”]+@[^\s<>()\[\],;:\"'“”]*[^\s<>()\[\],;:\"'“”.]")
_WORD = re.compile(r"[^\s“”\"(),;:/<>\[\]{}|!?]+")
_NAME = re.compile(r"[^\W_]+")
_MARKS = re.compile(r"[._-]")
_BEFORE = re.compile(r"(?<![^\W_])(?P<initial>[^\W\d_])\. ?(?:[^\W\d_]\. ?)?(?P<name>[^\W\d_]+)")
_BEHIND = re.compile(r"(?<![^\W_])(?P<name>[^\W\d_]+),? (?P<initial>[^\W\d_])\.(?![^\W_])")
_MOST_WORDS = 5
_SHORTEST_NAME = 2
_BEHIND_SHORT = ("", "s", "in")
"""What follows a name of two letters; of Li and "sta" were made "lista"."""
_DAYS = frozenset(
    ("ma", "ti", "ke", "to", "pe", "la", "su", "må", "on", "lö", "sö", "mo", "tu", "we", "th", "fr")
)
_LONG = 5


@dataclass(slots=True)
class Identities:
    """Pseudonyms by a secret key: HMAC-SHA-256, so that equal ids get equal ones.

    ``known`` leads from what identifies somebody, in any case and order of words, to the
    pseudonym of that person; ``ids`` are those that are ids. Of all these ``telling`` are the
    single words that can hardly mean anything else, ``names`` are the words of people's names,
    ``stems`` lead to these from what they are declined to, and ``handles`` are user names.
    """

    key: bytes
    known: dict[str, str] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)
    telling: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)
    stems: dict[str, str] = field(default_factory=dict)
    handles: set[str] = field(default_factory=set)
    _made: dict[str, str] = field(default_factory=dict, repr=False)

    def pseudonym(self, id_: str) -> str:
        """The pseudonym of an id, and of one the same; nothing stays nothing."""
        made = self._made.get(id_)
        if made is None:
            made = self._made[id_] = self._pseudonym(id_)
        return made

    def _pseudonym(self, id_: str) -> str:
        text = unicodedata.normalize("NFC", id_).strip()
        if not text or self.is_pseudonym(text):
            return text
        hidden = PREFIX + self._hash(text)[:_DIGITS]
        return hidden + self._hash(hidden)[:_CHECK]

    def is_pseudonym(self, text: str) -> bool:
        """Whether a text is a pseudonym by this key."""
        if _PSEUDONYM.fullmatch(text) is None:
            return False
        return text[-_CHECK:] == self._hash(text[:-_CHECK])[:_CHECK]

    def learn(self, texts: Iterable[str], pseudonyms: Iterable[str], *, ids: bool = False) -> None:
        """These texts, ``ids`` or others, identify the people with these pseudonyms."""
        for text, pseudonym in zip(texts, pseudonyms, strict=True):
            if not text:
                continue
            meant = meaning(text)
            self.known.setdefault(meant, pseudonym)
            if ids:
                self.ids.setdefault(meant, pseudonym)
            if (ids and len(text) >= _LONG) or _telling(text):
                self.telling.add(meant)

    def learn_names(self, texts: Iterable[str]) -> None:
        """The words of these texts are names of people."""
        parts = [_NAME.findall(text) for text in texts]
        words = {word for part in parts for word in part if len(word) > 2 or word[0].isupper()}
        found = {word.casefold() for word in words if len(word) >= _SHORTEST_NAME}
        names = found - _DAYS - self.names
        whole = [part for part in parts if len(part) > 1]
        self.learn_handles("".join(part) for part in whole)
        self.learn_handles("".join(reversed(part)) for part in whole)
        self.names |= names
        for name in sorted(names):
            for stem in stems(name):
                self.stems.setdefault(stem, name)

    def learn_handles(self, texts: Iterable[str]) -> None:
        """These texts are user names, or e-mails that begin with one."""
        found = (meaning(text.split("@")[0]) for text in texts if text)
        self.handles.update(
            text for text in found if len(text) >= _LONG and " " not in text and not text.isdigit()
        )

    def stand_in(self, text: str) -> str:
        """What stands for a text that identifies somebody, known or not."""
        return self.known.get(meaning(text), self.pseudonym(text))

    def tells(self, text: str) -> bool:
        """Whether a text as a whole is somebody's name, e-mail, or what can only be an id."""
        meant = meaning(text)
        return meant in self.telling or (" " in meant and meant in self.known)

    def scrubbed(self, text: str) -> str:
        """A text without the e-mails, names and ids in it.

        Short ids and single words, which may well mean something else (a number, a town), stay.
        """
        text = _EMAIL.sub(lambda found: self.stand_in(found[0].casefold()), text)
        text = MADE_UP.sub(lambda found: self.pseudonym(found[0]), text)
        return self._without(_WORD, text)

    def nameless(self, text: str) -> str:
        """The same for a text in which single words may name people: "Aino's group", a user name.

        Each word has a pseudonym of its own, and what follows a name stays: texts that differ still
        do.
        """
        return _WORD.sub(self._unnamed, self._without_initials(self.scrubbed(text)))

    def cited(self, text: str) -> str:
        """The same for a text that a finding cites, which may be a town's name."""
        return text if is_town(text) else self.nameless(text)

    def nameless_place(self, text: str) -> str:
        """The same for a town or a workplace, in which a town's name means the town."""
        if is_town(text):
            return text
        return _WORD.sub(
            lambda word: word[0] if is_town(word[0]) else self._unnamed(word),
            self._without_initials(self.scrubbed(text)),
        )

    def heading(self, text: str, *, words: bool = True) -> str:
        """A header without the people in it, also where underscores part the words of a name.

        ``words``: single words go, too. Short ids stay: questions are numbered like them.
        """
        text = _EMAIL.sub(lambda found: self.stand_in(found[0].casefold()), text)
        text = self._without(_NAME, text, alone=False)
        return _WORD.sub(self._unnamed, text) if words else text

    def _without_initials(self, text: str) -> str:
        """A text without the names beside which an initial stands: K. Koski is no town."""
        return _BEHIND.sub(self._initialled, _BEFORE.sub(self._initialled, text))

    def _initialled(self, found: re.Match[str]) -> str:
        name, suffix = self._declined(found["name"])
        capital = found["name"][0].isupper() and found["initial"].isupper()
        return self.pseudonym(name) + suffix if name and capital else found[0]

    def _unnamed(self, word: re.Match[str]) -> str:
        bare = word[0].rstrip(".")
        if self.is_pseudonym(bare):
            return word[0]
        if len(bare) >= _LONG and meaning(bare) in self.telling:
            return self.known[meaning(bare)] + word[0][len(bare) :]
        if {meaning(bare), _MARKS.sub("", meaning(bare))} & self.handles:
            return self.pseudonym(meaning(bare)) + word[0][len(bare) :]
        return _NAME.sub(self._named, word[0])

    def _named(self, word: re.Match[str]) -> str:
        name, suffix = self._declined(word[0])
        if not (name and word[0][0].isupper()):
            return word[0]
        return self.pseudonym(name) + suffix

    def _declined(self, word: str) -> tuple[str, str]:
        """The name that a word is in some case, and what follows it: ":n"; "" for other words."""
        text = word.casefold()
        if len(text) != len(word):
            return "", ""
        for end in range(len(text), _SHORTEST_NAME - 1, -1):
            begins, rest = text[:end], text[end:]
            suffixes = SUFFIXES if end > _SHORTEST_NAME else _BEHIND_SHORT
            if begins in self.names and (not rest or rest in suffixes):
                return begins, f":{word[end:]}" if rest else ""
            if begins in self.stems and rest in STEM_SUFFIXES:
                return self.stems[begins], f":{word[end:]}"
        return "", ""

    def group(self, name: str) -> str:
        """What stands for a group's name that people thought of; the same for the same name."""
        text = " ".join(name.split()).casefold()
        if not text or self.is_pseudonym(PREFIX + name.removeprefix(GROUP_PREFIX)):
            return name
        return GROUP_PREFIX + self.pseudonym(text).removeprefix(PREFIX)

    def called(self, name: str) -> str:
        """The name of a file without them, nor any word of a name."""
        text = self._without(_NAME, self.scrubbed(name))
        return _NAME.sub(self._hidden, text)

    def path(self, path: str) -> str:
        """A path without them, folder by folder."""
        parts = PurePath(path).parts
        return str(PurePath(*map(self.called, parts))) if parts else path

    def file(self, name: str) -> str:
        """A file without them, nor its place on this machine where that is told in full."""
        return self.path(PurePath(name).name if PurePath(name).is_absolute() else name)

    def _hash(self, text: str) -> str:
        return hmac.digest(self.key, text.encode("utf-8", "surrogatepass"), "sha256").hex()

    def _hidden(self, word: re.Match[str]) -> str:
        """A word of a file's name, or what stands for it, though it be in another case."""
        text = word[0].casefold()
        starts = {text, *(text[:end] for end in range(max(_LONG - 1, len(text) - 3), len(text)))}
        return self.pseudonym(text) if starts & self.names else word[0]

    def _without(self, kind: re.Pattern[str], text: str, *, alone: bool = True) -> str:
        """A text without people; with ``alone`` single words that can mean nobody else go, too."""
        words = list(kind.finditer(text))
        kept, at, place = [], 0, 0
        while place < len(words):
            found = self._longest(words[place : place + _MOST_WORDS], text, 1 if alone else 2)
            if found is not None:
                count, pseudonym = found
                kept += [text[at : words[place].start()], pseudonym]
                last = words[place + count - 1]
                at = last.start() + len(last[0].rstrip("."))
                place += count
            else:
                place += 1
        return "".join([*kept, text[at:]])

    def _longest(
        self, words: list[re.Match[str]], text: str, fewest: int
    ) -> tuple[int, str] | None:
        for count in range(len(words), fewest - 1, -1):
            bare = [word[0].rstrip(".") for word in words[:count]]
            written = text[words[0].start() : words[count - 1].start()] + bare[-1]
            for meant in (meaning(written), meaning(" ".join(bare))):
                if meant in self.known and (count > 1 or meant in self.telling):
                    return count, self.known[meant]
            if count > 1 and (whole := self._whole_name(bare)) is not None:
                return count, whole
        return None

    def _whole_name(self, words: list[str]) -> str | None:
        """What stands for somebody's whole name in some case: "Aino Virtasen"."""
        declined = list(map(self._declined, words))
        meant = meaning(" ".join(name for name, _rest in declined))
        if not all(name for name, _rest in declined) or meant not in self.known:
            return None
        return self.known[meant] + declined[-1][1]


def _telling(text: str) -> bool:
    """Whether a text can hardly be anything but an id, an e-mail or a telephone number."""
    if "@" in text:
        return True
    return any(map(str.isdigit, text)) and (any(map(str.isalpha, text)) or len(text) >= _LONG)


def meaning(text: str) -> str:
    """What two spellings of who somebody is have in common."""
    words = unicodedata.normalize("NFC", text).casefold().replace(",", " ").split()
    return words[0] if len(words) == 1 else " ".join(sorted(words))
