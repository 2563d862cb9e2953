"""The section ``columns``: which column of a roster holds which trait."""

from __future__ import annotations

from vermegroup.intake.faults import Faults
from vermegroup.intake.located import Fields, Located, Scalar, is_nothing
from vermegroup.phrase import Phrase


def read_columns(node: Located, faults: Faults) -> dict[str, str]:
    """The headers by their traits, as written; faults are noted."""
    if not isinstance(node, Fields):
        faults.note(_NO_MAPPING, line=node.line, key="columns", value=node.written(), hint=_EXAMPLE)
        return {}
    headers: dict[str, str] = {}
    for key, value in node.pairs:
        if isinstance(value, Scalar) and not is_nothing(value):
            headers[key.text] = value.text
        else:
            written = value.written()
            faults.note(_NO_HEADER, line=value.line, key=key.text, value=written, hint=_EXAMPLE)
    return headers


_EXAMPLE = Phrase(
    "For example: columns: {municipality: Työkunta}",
    "Esimerkiksi: columns: {municipality: Työkunta}",
    "Till exempel: columns: {municipality: Arbetskommun}",
)
_NO_MAPPING = Phrase(
    "The section columns leads from traits to the headers of their columns",
    "Osiossa columns kerrotaan, minkä otsikon alla kukin ominaisuus on",
    "Avsnittet columns anger under vilken rubrik varje egenskap finns",
)
_NO_HEADER = Phrase(
    "The header of one column is expected here",
    "Tähän kuuluu yhden sarakkeen otsikko",
    "Här ska rubriken på en kolumn stå",
)
