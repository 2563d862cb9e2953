"""What is wrong with a file that is no valid YAML, said to people who never heard of YAML."""

from __future__ import annotations

from vermegroup.intake.faults import Faults
from vermegroup.phrase import Phrase

# What the parser says (in PyYAML and in libyaml), and what a person can do about it.
_HINTS: tuple[tuple[str, Phrase], ...] = (
    (
        "cannot start any token",
        Phrase(
            "Indent with spaces, not with tabs, and put text with special characters in "
            "quotation marks",
            "Sisennä välilyönneillä, älä sarkaimella, ja kirjoita erikoismerkkejä sisältävä "
            "teksti lainausmerkkeihin",
            "Gör indrag med mellanslag, inte med tabbar, och skriv text med specialtecken inom "
            "citattecken",
        ),
    ),
    (
        "mapping values are not allowed",
        Phrase(
            "There is a colon too many on the line, or the line is indented differently from "
            "its neighbours",
            "Rivillä on liikaa kaksoispisteitä, tai se on sisennetty eri tavalla kuin muut",
            "Raden har ett kolon för mycket eller ett annat indrag än raderna intill",
        ),
    ),
    (
        "while parsing a flow",
        Phrase(
            "A bracket or brace that was opened is not closed, or a comma is missing",
            "Sulku on jäänyt sulkematta, tai pilkku puuttuu",
            "En parentes har inte stängts, eller ett kommatecken saknas",
        ),
    ),
    (
        "quoted scalar",
        Phrase("A quotation mark is missing", "Lainausmerkki puuttuu", "Ett citattecken saknas"),
    ),
    (
        "could not find expected ':'",
        Phrase(
            "A colon is missing after a key",
            "Avaimen perästä puuttuu kaksoispiste",
            "Ett kolon saknas efter en nyckel",
        ),
    ),
)
_ANY_HINT = Phrase(
    "Check that the line is indented like its neighbours, with spaces",
    "Tarkista, että rivi on sisennetty samoin kuin muut, välilyönneillä",
    "Kontrollera att raden har samma indrag som raderna intill, med mellanslag",
)


def note_yaml_error(error: Exception, text: str, faults: Faults) -> None:
    """Note where the parser gave up, and the likeliest reason."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    line = mark.line + 1 if mark else _line_of_odd_character(error, text)
    lines = text.splitlines()
    written = lines[line - 1] if 0 < line <= len(lines) else ""
    if "\t" in written[: len(written) - len(written.lstrip())]:
        message, hint = _TAB, _HINTS[0][1]
    else:
        message, hint = _NOT_READABLE, _hint(str(error))
    faults.note(message, line=line, value=written.strip()[:80], hint=hint)


_TAB = Phrase("The line begins with a tab", "Rivi alkaa sarkaimella", "Raden börjar med en tabb")
_NOT_READABLE = Phrase(
    "The file cannot be read beyond this line: it is not valid YAML",
    "Tiedostoa ei voi lukea tätä riviä pidemmälle: se ei ole kelvollista YAMLia",
    "Filen kan inte läsas längre än till denna rad: den är inte giltig YAML",
)


def _hint(said: str) -> Phrase:
    return next((hint for words, hint in _HINTS if words in said), _ANY_HINT)


def _line_of_odd_character(error: Exception, text: str) -> int:
    """The line of a character that YAML does not allow (the parser tells only an offset)."""
    position = getattr(error, "position", getattr(error, "start", 0))
    before = text.encode("utf-8", "replace")[: max(0, int(position or 0))]
    return before.count(b"\n") + 1
