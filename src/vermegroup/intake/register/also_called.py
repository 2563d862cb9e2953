"""Names in everyday use that the classification does not list, by the municipality's code."""

from __future__ import annotations

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
