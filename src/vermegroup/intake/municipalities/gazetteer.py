"""Which municipality a text names, where it names one in full.

The consonants that weaken are those of the names in the register; what follows no pattern is
listed. More than one form may come out: no harm, as long as each leads to one municipality only.

Names count in Finnish and Swedish, in any case and Unicode form, as ``Kangasalan kaupunki``,
``Esbo stad`` or ``City of Espoo``, and as codes with or without leading zeros.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from vermegroup.intake.municipalities import Municipality, municipalities

ALSO_CALLED: dict[str, tuple[str, ...]] = {
    "284": ("Koski",),
    "180": ("Jyväskylän maalaiskunta", "Jyväskylä landskommun"),
    "599": ("Pedersören",),
}
SWEDISH_NAMES_OF_FORMER: dict[str, str] = {
    "Artjärvi": "Artsjö",
    "Askainen": "Villnäs",
    "Elimäki": "Elimä",
    "Himanka": "Himango",
    "Houtskari": "Houtskär",
    "Karjaa": "Karis",
    "Karjalohja": "Karislojo",
    "Kemiö": "Kimito",
    "Korppoo": "Korpo",
    "Kälviä": "Kelviå",
    "Lemu": "Lemo",
    "Lohtaja": "Lochteå",
    "Nauvo": "Nagu",
    "Noormarkku": "Norrmark",
    "Oravainen": "Oravais",
    "Perniö": "Bjärnå",
    "Pernaja": "Pernå",
    "Piikkiö": "Pikis",
    "Pohja": "Pojo",
    "Ruotsinpyhtää": "Strömfors",
    "Rymättylä": "Rimito",
    "Särkisalo": "Finby",
    "Tammisaari": "Ekenäs",
    "Vilppula": "Filpula",
    "Vähäkyrö": "Lillkyro",
    "Vöyri-Maksamaa": "Vörå-Maxmo",
}

ABBREVIATED: dict[str, str] = {
    "049": "Esp",
    "091": "Hki Hgin Hels Hesa Stadi Hfors Hgfors",
    "092": "Vnt",
    "106": "Hvk",
    "109": "Hml Hlinna Hmlinna Hämeenl",
    "167": "Jns Jsu",
    "179": "Jkl Jklä Jkylä",
    "186": "Jpää",
    "286": "Kvl",
    "297": "Kpio",
    "398": "Lti",
    "405": "Lpr Lranta",
    "491": "Mli Mkl",
    "638": "Prv",
    "698": "Rvn Roi Rniemi",
    "740": "Sln Slinna",
    "743": "Sjk Sjoki",
    "837": "Tre Tpe Tfors",
    "853": "Tku",
    "905": "Vsa",
}
"""What people write for short: too short to be a spelling of anything else."""


_IRREGULAR = {
    "Hanko": "Hangon",
    "Isokyrö": "Isonkyrön",
    "Vähäkyrö": "Vähänkyrön",
    "Uusikaupunki": "Uudenkaupungin",
    "Uusikaarlepyy": "Uudenkaarlepyyn",
    "Kristiinankaupunki": "Kristiinankaupungin",
    "Koski Tl": "Kosken Tl",
    "Punkalaidun": "Punkalaitumen",
    "Virrat": "Virtain",
    "Muhos": "Muhoksen",
    "Nurmes": "Nurmeksen",
    "Kannus": "Kannuksen",
    "Alavus": "Alavuden",
    "Varkaus": "Varkauden",
    "Pihtipudas": "Pihtiputaan",
    "Tampere": "Tampereen",
    "Liperi": "Liperin",
    "Kaustinen": "Kaustisen",
    "Pedersören kunta": "Pedersören",
    "Lappi": "Lapin",
    "Juuka": "Juuan",
    "Renko": "Rengon",
    "Eno": "Enon",
    "Lieto": "Liedon",
    "Luoto": "Luodon",
    "Hailuoto": "Hailuodon",
    "Haukipudas": "Haukiputaan",
    "Tuulos": "Tuuloksen",
}

# The last part of a name, and its genitive; the first that fits.
_ENDINGS: tuple[tuple[str, str], ...] = (
    (r"nen$", "sten"),
    (r"järvi$", "järven"),
    (r"salmi$", "salmen"),
    (r"niemi$", "niemen"),
    (r"nummi$", "nummen"),
    (r"joki$", "joen"),
    (r"koski$", "kosken"),
    (r"lahti$", "lahden"),
    (r"vesi$", "veden"),
    (r"mäki$", "mäen"),
    (r"saari$", "saaren"),
    (r"lampi$", "lammin"),
    (r"loppi$", "lopen"),
    (r"raahe$", "raahen"),
    (r"kitee$", "kiteen"),
    (r"e$", "een"),
    (r"nki$", "ngin"),
    (r"nk([aäoöu])$", r"ng\1n"),
    (r"mp([aäoöui])$", r"mm\1n"),
    (r"nt([aäoöui])$", r"nn\1n"),
    (r"rt([aäoöui])$", r"rr\1n"),
    (r"lt([aäoöui])$", r"ll\1n"),
    (r"ht([aäoöui])$", r"hd\1n"),
    (r"kk([aäoöuiy])$", r"k\1n"),
    (r"pp([aäoöuiy])$", r"p\1n"),
    (r"tt([aäoöuiy])$", r"t\1n"),
    (r"rk([uy])$", r"r\1n"),
    (r"([aeiouyäöå])$", r"\1n"),
    (r"$", "in"),
)


def genitives(name: str) -> set[str]:
    """The genitive forms a Finnish name may have in ``Kangasalan kaupunki``."""
    if name in _IRREGULAR:
        return {_IRREGULAR[name], f"{name}n"}
    regular = next(
        re.sub(pattern, form, name, flags=re.IGNORECASE)
        for pattern, form in _ENDINGS
        if re.search(pattern, name, flags=re.IGNORECASE)
    )
    return {regular, f"{name}n"}


_NO_LETTERS = re.compile(r"[\W_]+")
_CUT_SHORT = re.compile(r"(\w{1,2}):\s?(\w{2,})")
_FAR_LARGER = 4
_CODE = re.compile(r"[0-9]{1,3}")
_SAINT = re.compile(r"^(?:s t|sankt|st) ")
_FORM_AFTER = re.compile(r" (?:kaupunki|kaup|kunta|stad|kommun|town|city|municipality)$")
_FORM_WITHIN = re.compile(r" (?:kaupunki|kaupungin|kaup|kunta|kunnan|stads?|kommuns?) .+$")
_COUNTRIES = frozenset(("finland", "suomi", "fi", "fin"))
_COUNTRY_AFTER = re.compile(r" (?:finland|suomi)$")
_FORM_BEFORE = re.compile(
    r"^(?:city|town|municipality) of |^(?:staden|kommunen|kaupunki|kunta|kommun|stad) "
)
_BETWEEN_PARTS = re.compile(r"[,/;()|]| [-–—] ")
_NUMBERED = re.compile(r"([0-9]{3})\s+(\D+)|(\D+?)\s+([0-9]{3})")


def key(text: str) -> str:
    """A name's letters and digits in one case; accents count, marks and spaces do not."""
    composed = text if text.isascii() else unicodedata.normalize("NFC", text)
    bare = _NO_LETTERS.sub(" ", composed.casefold()).strip()
    return _SAINT.sub("st ", bare) if bare.startswith("s") else bare


def named(text: str) -> Municipality | None:
    """The municipality of a text that is its name or code, or None.

    In ``Turku/Åbo`` and ``091 Helsinki`` every part names the same; ``Espoo, Leppävaara`` names
    one in its first part; in ``Salla (Lappi)`` the second is a region, in ``Espoo, Finland`` the
    country. In ``Kasvatus / Turun kaupunki`` one part says that it is a town.
    """
    whole = _by_name(key(text)) or by_code(text) or _abbreviated(text)
    return whole or _by_parts(text) or _of_office(text)


def _abbreviated(text: str) -> Municipality | None:
    """The municipality of ``Hki``, ``H:ki`` and ``Hgin kaupunki``, or of ``J:kylä``."""
    cut = _CUT_SHORT.match(text.strip())
    short = key(text.replace(":", "", 1) if cut else text)
    known = _abbreviations()
    found = known.get(short) or known.get(formless(short))
    return _cut_short(key(cut[1]), key(cut[2])) if found is None and cut else found


def _cut_short(start: str, end: str) -> Municipality | None:
    """By far the largest municipality that begins and ends so."""
    places = {
        place.code: place
        for name, place in names().items()
        if place.exists and name.startswith(start) and name.endswith(end)
    }
    if not places:
        return None
    first, *others = sorted(places.values(), key=lambda place: -place.population)
    alike = any(first.population < _FAR_LARGER * other.population for other in others)
    return None if alike else first


def by_code(text: str) -> Municipality | None:
    """The municipality that has a code, such as ``091`` or ``91``."""
    return _codes().get(int(text)) if _CODE.fullmatch(text) else None


def today(place: Municipality) -> Municipality:
    """The municipality of 2026 that a place is or is part of; the place itself if not known."""
    return place if place.exists else _codes().get(int(place.successor or place.code), place)


def formless(name: str) -> str:
    """A key without the word for a town or municipality."""
    return _FORM_BEFORE.sub("", _FORM_AFTER.sub("", name))


@cache
def names() -> dict[str, Municipality]:
    """All names by their keys. A name of today goes before the same name of a former one."""
    found: dict[str, Municipality] = {}
    for place in municipalities():
        swedish = place.name_sv or SWEDISH_NAMES_OF_FORMER.get(place.name_fi, "")
        for name in (place.name_fi, swedish, *ALSO_CALLED.get(place.code, ())):
            if name.strip():
                found.setdefault(key(name), place)
    return found


@cache
def genitive_names() -> dict[str, Municipality]:
    """The genitives by their keys: ``helsingin`` and, in Swedish, ``kyrkslätts``."""
    found: dict[str, Municipality] = {}
    for place in municipalities():
        swedish = place.name_sv or SWEDISH_NAMES_OF_FORMER.get(place.name_fi, "")
        for form in (*sorted(genitives(place.name_fi)), f"{swedish.strip()}s"):
            if form != "s":
                found.setdefault(key(form), place)
    return found


@cache
def _codes() -> dict[int, Municipality]:
    return {int(place.code): place for place in municipalities()}


@cache
def _abbreviations() -> dict[str, Municipality]:
    return {
        key(form): _codes()[int(code)]
        for code, names_of_it in ABBREVIATED.items()
        for name in names_of_it.split()
        for form in (f"{name}n", f"{name}s", name)
    }


@cache
def _regions() -> frozenset[str]:
    regions = {name for place in municipalities() for name in (place.region_fi, place.region_sv)}
    return frozenset(map(key, regions))


def _by_name(name: str) -> Municipality | None:
    known = names()
    if name in known:
        return known[name]
    bare = _COUNTRY_AFTER.sub("", name)
    if (short := formless(bare)) == bare:
        return known.get(bare)
    return genitive_names().get(short) or known.get(short)


def _by_parts(text: str) -> Municipality | None:
    numbered = _NUMBERED.fullmatch(text.strip())
    if numbered is None and _BETWEEN_PARTS.search(text) is None:
        return None
    parts = [part for part in map(str.strip, _BETWEEN_PARTS.split(text)) if part]
    if numbered:
        parts = [part for part in numbered.groups() if part]
    told = [part for part in parts if key(part) not in _COUNTRIES]
    if len(parts) < 2 or not told:
        return None
    first, *others = told
    places = [_part(part) for part in (first, *others) if part is first or _tells(part)]
    found = {today(place).code: place for place in places if place is not None}
    if len(found) != 1:
        return None
    says_so = any(formless(key(part)) != key(part) and _part(part) for part in others)
    return places[0] or (next(iter(found.values())) if says_so else None)


def _part(text: str) -> Municipality | None:
    return _by_name(key(text)) or by_code(text) or _abbreviated(text) or _of_office(text)


def _of_office(text: str) -> Municipality | None:
    """The municipality of ``Helsingin kaupungin varhaiskasvatus``."""
    name = key(text)
    town = _FORM_WITHIN.sub(" kunta", name)
    one = town != name and _BETWEEN_PARTS.search(text) is None
    return _by_name(town) if one else None


def _tells(part: str) -> bool:
    """Whether a part behind the first may name a municipality: a region is no second one."""
    return key(part) not in _regions()
