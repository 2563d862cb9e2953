"""Synthetic rosters: real municipality names, plausible experience, nobody who exists.

Three shapes. ``pilot`` is like the sign-ups of a national programme. ``loose`` has a third as
many municipalities as people. ``tight`` has five, and exactly one experienced person for each
group of four; a valid grouping is planted in it, so it is known to be possible.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, get_args

if TYPE_CHECKING:
    from vermegroup.language.phrase import Language
    from vermegroup.sampling.synthetic import Sample

__all__ = ["SHAPES", "Shape", "sample"]

Shape = Literal["pilot", "loose", "tight"]
SHAPES: tuple[Shape, ...] = get_args(Shape)


def sample(
    participants: int, shape: Shape = "pilot", seed: int = 0, lang: Language = "en"
) -> Sample:
    """A synthetic roster; the same arguments give the same roster.

    ``lang`` is the language of the headers and of the municipalities' names. ``sample(…).csv()``
    is the text of a CSV file.

    Raises:
        InputError: fewer than three people, more than ten million, a negative seed, or no such
            shape.
    """
    from vermegroup.sampling.synthetic import synthetic  # noqa: PLC0415

    return synthetic(participants, shape, seed, lang)
