"""Groups of people whose names no format is made for, for every kind of export.

``hostile_groups`` writes them as files, which are read as any other; ``raw_handout`` has the same
names as they were written, with line breaks and controls that reading would take away.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from vermegroup.domain.group_facts import GroupFacts
from vermegroup.export.handout import Handout, HandoutGroup, Member
from vermegroup.intake.cells import tidy
from vermegroup.intake.files.csv_text import restored

NAMES: Mapping[str, str] = {
    "formula": "=1+1",
    "command": "=cmd|' /C calc'!A0",
    "link": '=HYPERLINK("http://example.org";"Napsauta")',
    "plus": "+Plus",
    "minus": "-Miinus",
    "at": "@SUM(1;2)",
    "apostrophe": "'Heittomerkki",
    "script": "<script>document.title='ran'</script>",
    "image": "<img src=x onerror=\"document.title='ran'\">",
    "markup": "<b>Lihava</b> & Co &amp; </style>",
    "break": "Kaksi\nriviä",
    "header": "Otsake\r\nBcc: kaikki@example.org",
    "long": "Pitkä " + "x" * 300,
    "override": "\u202eKeksitty\u202c",
    "hebrew": "שרה Keksitty",
    "arabic": "سارة Keksitty",
    "emoji": "Hymy 😀 Keksitty",
    "comma": "Pilkku, Nimi",
    "semicolon": "Puoli; Piste",
    "quotes": "Lai\"nattu\" 'Nimi'",
    "tab": "Sarkain\tKeksitty",
    "template": "{{ 7 * 7 }} {% raw %} {# ei #}",
    "format": "%s %(a)s {0} {name} $NAME",
    "word": "=?utf-8?q?koodattu?=",
    "calendar": "END:VCARD\\nBEGIN:VEVENT:;,",
    "path": "../../etc/passwd",
    "separator": "Rivi\u2028Keksitty",
    "plane": "𐍈𝒜 Keksitty",
    "address": "Joku <joku@example.org>, toinen@example.org",
    "address quotes": '"Nimi" <x@example.org>',
    "link parts": "Nimi%0D%0ABcc:x@example.org?cc=y@example.org&subject=z",
    "isolate": "\u2067Eristetty\u2069 Keksitty",
}
"""What each is for, and the name as somebody wrote it. All are invented."""

GROUP_NAMES = (
    "=2+2",
    "<script>document.title='ran'</script>",
    "Ryhmä: [a]/b*?\\",
    "Nimi\r\nSubject: toinen",
    'Tiistai ☕, klo 15; "ilta"',
    "../ylös",
    "\u202eväärinpäin\u202c",
    "x" * 300,
)
"""What groups are called."""

_TOWNS = ("Turku", "Oulu", "Lahti", "Salo")
_YEARS = ("1", "12", "7", "3")
_HEADER = ("Tunnus", "Nimi", "Sähköposti", "Kunta", "Yksikkö", "Työkokemus vuosina", "Ryhmä")
_FACTS = ("Ryhmä", "Nimi", "Vetäjä", "Teema", "Paikka", "Ensimmäinen tapaaminen", "Klo", "Toistuu")
WAITING = "SYN-00"


def ids() -> dict[str, str]:
    """Everybody's id, by what the name is for."""
    return {what: f"SYN-{place:02d}" for place, what in enumerate(NAMES, 1)}


def groups_of_all() -> dict[str, list[str]]:
    """The ids of the four members of each of the eight groups."""
    everybody = list(ids().values())
    starts = range(0, len(everybody), 4)
    return {f"G{start // 4 + 1:02d}": everybody[start : start + 4] for start in starts}


def as_read(text: str) -> str:
    """A text as it is once it was read from a file: what every export has to tell of it, whole."""
    return tidy(restored(text))


def names() -> dict[str, str]:
    """Everybody's name by id, as read."""
    return {id_: as_read(NAMES[what]) for what, id_ in ids().items()}


def hostile_groups(folder: Path) -> Path:
    """Write ``ryhmat.csv`` and ``group-facts.csv`` into a folder; the first one's path.

    The units are hostile, too. Everybody has an address, and one more person waits.
    """
    of = {id_: group for group, members in groups_of_all().items() for id_ in members}
    rows = [
        [id_, name, f"{id_.lower()}@example.org", *_place(at), _YEARS[at % 4], of[id_]]
        for at, (id_, name) in enumerate(zip(ids().values(), NAMES.values(), strict=True))
    ]
    rows.append([WAITING, "=Jonossa()", "syn-00@example.org", "Kemi", "Yksikkö", "2", ""])
    path = folder / "ryhmat.csv"
    _write(path, [list(_HEADER), *rows])
    _write(folder / "group-facts.csv", [list(_FACTS), *_facts_rows()])
    return path


def _place(at: int) -> tuple[str, str]:
    return _TOWNS[at % 4], list(NAMES.values())[-1 - at]


def _facts_rows() -> list[list[str]]:
    leaders = [members[0] for members in groups_of_all().values()]
    return [
        [group, name, leader, "=Teema()", '<b>Sali</b> 1, "A"', "18.1.2027", "15.00", "joka kuu"]
        for group, name, leader in zip(groups_of_all(), GROUP_NAMES, leaders, strict=True)
    ]


def _write(path: Path, rows: Sequence[Sequence[str]]) -> None:
    """The rows as CSV, with nothing defused: as a form exports them."""
    text = io.StringIO()
    csv.writer(text, delimiter=";", lineterminator="\r\n").writerows(rows)
    path.write_bytes(text.getvalue().encode("utf-8-sig"))


def raw_handout() -> Handout:
    """The same people with every character of their names, and with controls in them."""
    told = {id_: NAMES[what] + "\x00\x07" for what, id_ in ids().items()}
    groups = [
        HandoutGroup(
            group,
            tuple(
                Member(
                    id_, told[id_], f"{id_.lower()}@example.org", row, row % 4 == 2, (told[id_],)
                )
                for row, id_ in enumerate(members, 2 + 4 * place)
            ),
            GroupFacts(
                group,
                GROUP_NAMES[place] + "\r\n\x00",
                theme="=Teema()\r\nBcc: kaikki@example.org",
                place="<b>Sali</b>\r\nEND:VEVENT",
                first_meeting=date(2027, 1, 18),
                time="15:00",
            ),
        )
        for place, (group, members) in enumerate(groups_of_all().items())
    ]
    return Handout("ryhmat.csv", "=ryhmat()\r\nSubject: toinen", tuple(groups), (), ("=Yksikkö()",))
