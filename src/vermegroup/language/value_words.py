"""The words that rosters have for the values which the profiles name, in all languages.

A profile says ``role: mentor``; the roster says Mentori, kehittäjämentori or utvecklingsmentor.
No catalogue holds them: they are read and never written, and a value has several words at once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

_WORDS: Mapping[tuple[str, str], str] = {
    ("role", "mentor"): (
        "mentor, mentors, peer mentor, peer group mentor, trained mentor, facilitator, "
        "group leader, mentori, mentorit, vertaismentori, vertaisryhmämentori, kehittäjämentori, "
        "kehittäjämentorit, vermementori, verme-ohjaaja, ryhmänohjaaja, mentorer, kamratmentor, "
        "utvecklingsmentor, utvecklingsmentorer, gruppmentor, grupphandledare"
    ),
    ("role", "mentee"): (
        "mentee, mentees, protégé, protege, aktori, aktorit, mentoroitava, mentoroitavat, "
        "adept, adepter, aktör, aktörer"
    ),
    ("profession", "leader"): (
        "leader, leaders, manager, director, centre director, preschool director, johtaja, "
        "johtajat, päiväkodin johtaja, päiväkodinjohtaja, varhaiskasvatuksen johtaja, ledare, "
        "daghemsföreståndare, föreståndare, daghemsledare"
    ),
    ("profession", "teacher"): (
        "teacher, teachers, preschool teacher, early childhood teacher, "
        "early childhood education teacher, opettaja, opettajat, varhaiskasvatuksen opettaja, "
        "lärare, småbarnspedagog, lärare inom småbarnspedagogik"
    ),
    ("profession", "child-care worker"): (
        "child-care worker, childcare worker, child carer, child minder, nursery nurse, "
        "lastenhoitaja, lastenhoitajat, päiväkodin lastenhoitaja, "
        "varhaiskasvatuksen lastenhoitaja, barnskötare, barnvårdare"
    ),
}


def _bare(text: str) -> str:
    """A text without what is easily written otherwise: case, spaces and hyphens."""
    return re.sub(r"[\W_]+", "", text.casefold())


_MEANT: Mapping[tuple[str, str], str] = {
    (trait, _bare(word)): value
    for (trait, value), words in _WORDS.items()
    for word in words.split(",")
}


_IN_RULEBOOKS = frozenset(
    {
        *(("role", word) for word in ("mentor", "mentori", "mentee", "aktori", "adept")),
        *(("profession", word) for word in ("leader", "johtaja", "ledare")),
        *(("profession", word) for word in ("teacher", "opettaja", "lärare")),
        *(("profession", _bare(word)) for word in ("child-care worker", "lastenhoitaja")),
        ("profession", "barnskötare"),
    }
)
"""The words of a rulebook that stand for all others; another one there may be a slip of the pen."""


def stands_for_all(trait: str, text: str) -> bool:
    """Whether a rulebook that says this means whatever the roster calls the same."""
    return (trait, _bare(text)) in _IN_RULEBOOKS


def value_meant(trait: str, text: str) -> str | None:
    """The value of the profiles that a text is another word for; None where it is none."""
    return _MEANT.get((trait, _bare(text)))


def only_one_meant(trait: str, text: str, values: Iterable[str]) -> str | None:
    """The one of a roster's values that is another word for the same; None for none or several."""
    if not stands_for_all(trait, text):
        return None
    meant = value_meant(trait, text)
    found = [each for each in values if value_meant(trait, each) == meant]
    return found[0] if len(found) == 1 else None
