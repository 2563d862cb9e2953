"""How alike very many groups are: their means beside the numbers of all people, as histograms."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from markupsafe import Markup

from vermegroup.domain.arrays import IntArray
from vermegroup.language.catalogues import Language
from vermegroup.language.messages import N_, _, as_sentence, number
from vermegroup.report.groups import Groups
from vermegroup.report.pictures.strips import scale_of, title_of
from vermegroup.report.pictures.svg import Figure, element, picture
from vermegroup.report.report import TraitColumn
from vermegroup.report.words import with_unit

_BARS = 40
_HIGH, _BELOW = 150.0, 20.0
_WIDE = 560


def histogram(groups: Groups, trait: TraitColumn, language: Language) -> Figure | None:
    """The means of groups on the scale of all people; both as high as the most of either kind.

    None where no number tells people apart.
    """
    values = np.asarray(trait.values[: int(groups.ends[-1])], dtype=np.float64)
    starts = groups.ends[:-1][np.diff(groups.ends) > 0]
    if not len(values) or values.min() == values.max():
        return None
    sizes = np.diff(np.append(starts, len(values)))
    means = np.add.reduceat(values, starts) / sizes
    scale = scale_of(values.tolist())
    edges = np.linspace(scale.low, scale.high, _BARS + 1)
    least, most, everybody = (
        with_unit(number(round(float(value), 1), language), trait.name, language)
        for value in (means.min(), means.max(), values.mean())
    )
    sentence = _MEANS.filled(least=least, most=most, mean=everybody).in_(language)
    title = title_of(trait, language)
    drawing = picture(
        f"{title}. {sentence}",
        *_bars(np.histogram(values, edges)[0], "people"),
        *_bars(np.histogram(means, edges)[0], "means"),
        *_axis(scale.ticks(), trait, language),
        class_="abreast",
        height=_HIGH + _BELOW,
        style=f"max-width:{_WIDE}px",
    )
    words = (("people", _("people")), ("means", _("means of groups")))
    keys = tuple((key, as_sentence(word, language)) for key, word in words)
    return Figure(title, sentence, drawing, keys=keys)


def _bars(counts: IntArray, style: str) -> Iterator[Markup]:
    for at, count in enumerate(counts.tolist()):
        if count:
            high = max(1.0, _HIGH * count / int(counts.max()))
            yield element(
                "rect",
                class_=style,
                x=f"{100 * at / _BARS:g}%",
                width=f"{100 / _BARS:g}%",
                y=_HIGH - high,
                height=high,
            )


def _axis(ticks: Sequence[float], trait: TraitColumn, language: Language) -> Iterator[Markup]:
    """A line below the bars, and round numbers, the last with the unit."""
    yield element("line", class_="tick", x1=0, x2="100%", y1=_HIGH, y2=_HIGH)
    for at, tick in enumerate(ticks):
        text, last = number(tick, language), at == len(ticks) - 1
        yield element(
            "text",
            with_unit(text, trait.name, language) if last else text,
            x=f"{100 * at / (len(ticks) - 1):g}%",
            y=_HIGH + 14,
            class_="last" if last else "id" if at else "first",
        )


_MEANS = N_("The groups' means are from {least} to {most}. The mean of all in groups is {mean}.")
