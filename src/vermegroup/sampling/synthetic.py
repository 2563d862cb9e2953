"""A synthetic roster as columns and as the text of a CSV file."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from vermegroup.findings import Finding, InputError, Severity
from vermegroup.intake.csv_text import csv_text
from vermegroup.phrase import Language, Phrase, phrase
from vermegroup.roster import IntArray
from vermegroup.sampling.places import names_of
from vermegroup.sampling.shapes import MAKERS

FEWEST, MOST = 3, 10_000_000
_HEADERS: dict[Language, tuple[str, str, str]] = {
    "en": ("id", "municipality", "years"),
    "fi": ("Tunnus", "Kunta", "Työkokemus vuosina"),
    "sv": ("Id", "Kommun", "Arbetserfarenhet i år"),
}


@dataclass(frozen=True, slots=True)
class Sample:
    """A synthetic roster of n people.

    ``places`` (n,) leads to ``municipalities``; ``years`` (n,) is experience in whole years. Ids
    begin with SYN, so that nobody takes them for people.
    """

    places: IntArray
    municipalities: tuple[str, ...]
    years: IntArray
    lang: Language

    def __len__(self) -> int:
        return len(self.years)

    def ids(self) -> list[str]:
        """SYN-0001, SYN-0002, … with as many digits as the last one needs, at least four."""
        width = max(4, len(str(len(self))))
        return [f"SYN-{number:0{width}d}" for number in range(1, len(self) + 1)]

    def csv(self, delimiter: str = ",") -> str:
        """The text of a CSV file, with headers in the roster's language and LF line ends."""
        names = list(map(self.municipalities.__getitem__, self.places.tolist()))
        columns = [self.ids(), names, list(map(str, self.years.tolist()))]
        return csv_text([_HEADERS[self.lang]], columns, delimiter)


def synthetic(participants: int, shape: str, seed: int, lang: Language) -> Sample:
    """See :func:`vermegroup.sampling.sample`."""
    _refuse_impossible(participants, shape, seed)
    drawn = MAKERS[shape](participants, np.random.default_rng(seed))
    return Sample(drawn.places, names_of(drawn.register, lang), drawn.years, lang)


def _refuse_impossible(participants: int, shape: str, seed: int) -> None:
    faults = []
    if not FEWEST <= participants <= MOST:
        faults.append(_fault("--participants", participants, _between(FEWEST, MOST)))
    if seed < 0:
        faults.append(_fault("--seed", seed, _NOT_NEGATIVE))
    if shape not in tuple(MAKERS):
        faults.append(_fault("--shape", shape, _one_of(tuple(MAKERS))))
    if faults:
        raise InputError(faults)


def _fault(option: str, value: object, message: Phrase) -> Finding:
    return Finding(Severity.ERROR, message, column=option, value=str(value))


_NOT_NEGATIVE = Phrase(
    "The seed cannot be negative",
    "Siemenluku ei voi olla negatiivinen",
    "Fröet kan inte vara negativt",
)


def _between(fewest: int, most: int) -> Phrase:
    return phrase(
        "A synthetic roster has from {fewest} to {most} people",
        "Synteettisessä aineistossa on {fewest}–{most} henkilöä",
        "En syntetisk deltagarlista har {fewest}–{most} personer",
        fewest=fewest,
        most=most,
    )


def _one_of(shapes: tuple[str, ...]) -> Phrase:
    return phrase(
        "There is no such shape; there are {shapes}",
        "Tällaista muotoa ei ole; vaihtoehdot ovat {shapes}",
        "Den formen finns inte; det finns {shapes}",
        shapes=shapes,
    )
