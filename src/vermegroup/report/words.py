"""What the report calls things: headings, labels and units in English, Finnish and Swedish."""

from __future__ import annotations

from collections.abc import Mapping

from vermegroup.domain.findings import Severity
from vermegroup.language.phrase import Language, Phrase

WORDS: Mapping[str, Phrase] = {
    # what became of the people
    "read": Phrase("read", "luettu", "inlästa"),
    "placed": Phrase("placed", "sijoitettu", "placerade"),
    "waitlisted": Phrase("on the waitlist", "jonossa", "på väntelistan"),
    "set_aside": Phrase("set aside", "sivuun jätetty", "lagda åt sidan"),
    # headings
    "groups": Phrase("Groups", "Ryhmät", "Grupper"),
    "parts": Phrase(
        "Parts formed apart", "Erikseen muodostetut osat", "Delar som bildas var för sig"
    ),
    "waitlist": Phrase("Waitlist", "Jono", "Väntelista"),
    "rules": Phrase("Rules", "Säännöt", "Regler"),
    "preferences": Phrase("Preferences", "Tavoitteet", "Önskemål"),
    "group_counts": Phrase(
        "How many groups are possible", "Montako ryhmää on mahdollista", "Möjliga antal grupper"
    ),
    "conflicts": Phrase("Why not", "Miksi ei", "Varför inte"),
    "repairs": Phrase("What would help", "Mikä auttaisi", "Vad som skulle hjälpa"),
    "partial": Phrase("How far one gets", "Miten pitkälle päästään", "Så långt kommer man"),
    "left_out": Phrase("Left out", "Ilman paikkaa", "Utan plats"),
    "more_left_out": Phrase("{count} more", "ja {count} muuta", "och {count} till"),
    "cost": Phrase("Cost", "Hinta", "Kostnad"),
    "edge": Phrase("How much it can take", "Mitä ryhmittely kestää", "Vad indelningen tål"),
    "findings": Phrase(
        "Noticed in the roster", "Huomiot osallistujaluettelosta", "Noterat i deltagarlistan"
    ),
    "provenance": Phrase(
        "How this result came about", "Miten tulos syntyi", "Hur resultatet kom till"
    ),
    "written": Phrase("Written", "Tallennettu", "Sparat"),
    "people": Phrase("people", "henkilöä", "personer"),
    "bonds": Phrase("Bonds", "Sidokset", "Band"),
    "moves": Phrase("Moves", "Siirrot", "Flyttar"),
    "offers": Phrase(
        "Groups that could take newcomers, the best first",
        "Ryhmät, jotka voivat ottaa tulokkaita, paras ensin",
        "Grupper som kan ta emot nya deltagare, den bästa först",
    ),
    "compared": Phrase(
        "What got better or worse", "Mikä parani tai heikkeni", "Vad som blev bättre eller sämre"
    ),
    # columns of tables
    "from": Phrase("From", "Mistä", "Från"),
    "to": Phrase("To", "Mihin", "Till"),
    "before": Phrase("Before", "Ennen", "Före"),
    "after": Phrase("After", "Jälkeen", "Efter"),
    "effect": Phrase("What it would change", "Mikä muuttuisi", "Vad som skulle ändras"),
    "bonds_kept": Phrase("kept", "säilyy", "består"),
    "bonds_broken": Phrase("broken", "katkeaa", "bryts"),
    "bonds_new": Phrase("new", "uusia", "nya"),
    "bonds_before": Phrase("before", "ennen", "före"),
    "fewest": Phrase(
        "proven: no plan that places as many breaks fewer",
        "todistettu: yhtä monta ei voi sijoittaa vähemmällä",
        "bevisat: ingen plan som placerar lika många bryter färre",
    ),
    "fewest_in_each": Phrase(
        "proven of each step by itself: first the permanent groups, then the meeting",
        "todistettu kummastakin vaiheesta erikseen: ensin pysyvät ryhmät, sitten tapaaminen",
        "bevisat för vart och ett av stegen: först de fasta grupperna, sedan träffen",
    ),
    "at_least": Phrase(
        "at least {count} had to break",
        "vähintään {count} katkeaa joka tapauksessa",
        "minst {count} måste brytas",
    ),
    "merges_only": Phrase(
        "(while groups are only combined whole)",
        "(kun ryhmiä vain yhdistetään kokonaisina)",
        "(när grupper bara slås ihop hela)",
    ),
    "same": Phrase("unchanged", "ennallaan", "oförändrat"),
    "better": Phrase("better", "parempi", "bättre"),
    "worse": Phrase("worse", "huonompi", "sämre"),
    "more_in_file": Phrase(
        "{count} more in {file}", "loput {count}: {file}", "ytterligare {count} i {file}"
    ),
    "part": Phrase("Part", "Osa", "Del"),
    "people_in_part": Phrase("People", "Henkilöitä", "Personer"),
    "answer": Phrase("Answer", "Tulos", "Svar"),
    "group": Phrase("Group", "Ryhmä", "Grupp"),
    "in_common": Phrase("In common", "Yhteistä", "Gemensamt"),
    "members": Phrase("Members", "Jäsenet", "Medlemmar"),
    "participant": Phrase("Participant", "Osallistuja", "Deltagare"),
    "rule": Phrase("Rule", "Sääntö", "Regel"),
    "standing": Phrase("Holds", "Toteutuu", "Uppfylld"),
    "room": Phrase("Room left", "Liikkumavaraa", "Marginal"),
    "room_or_breach": Phrase(
        "Where it is broken, or room left",
        "Missä rikkoutuu tai paljonko varaa",
        "Var den bryts, eller marginal",
    ),
    "preference": Phrase("Preference", "Tavoite", "Önskemål"),
    "value": Phrase("Value", "Arvo", "Värde"),
    "bound": Phrase("Bound", "Raja", "Gräns"),
    "proof": Phrase("Proof", "Todistus", "Bevis"),
    "possible": Phrase("Possible", "Mahdollinen", "Möjligt"),
    "because": Phrase("Why", "Miksi", "Varför"),
    "severity": Phrase("Kind", "Laji", "Typ"),
    "place": Phrase("Where", "Missä", "Var"),
    "cell": Phrase("Cell", "Solu", "Cell"),
    "message": Phrase("What was noticed", "Mitä huomattiin", "Vad som noterades"),
    # standings
    "yes": Phrase("yes", "kyllä", "ja"),
    "no": Phrase("no", "ei", "nej"),
    "open": Phrase("open", "avoin", "öppet"),
    "broken": Phrase("broken", "rikkoutuu", "bruten"),
    "proven_best": Phrase("proven best", "todistetusti paras", "bevisat bäst"),
    "for_groups": Phrase(
        "with {groups} (other numbers were not compared)",
        "kun tarjolla on {groups} (muita määriä ei verrattu)",
        "med {groups} (andra antal jämfördes inte)",
    ),
    "not_proven": Phrase("not proven", "ei todistettu", "inte bevisat"),
    "gap": Phrase("{gap} to the bound", "rajaan {gap}", "{gap} till gränsen"),
    "whole_grouping": Phrase("all groups", "koko ryhmittely", "hela indelningen"),
    # nearness to the edge
    "needs": Phrase("cannot do without", "ei tule toimeen ilman", "klarar sig inte utan"),
    "each_member": Phrase("each of its members", "jokaista jäsentään", "alla sina medlemmar"),
    # findings
    "row": Phrase("row", "rivi", "rad"),
    "rows": Phrase("rows", "rivit", "rader"),
    "more_alike": Phrase("{count} more like it", "{count} muuta samanlaista", "{count} liknande"),
    "not_all_groups": Phrase(
        "These are the first {shown} of {count} groups; groups.csv has all of them.",
        "Tässä on {count} ryhmästä {shown} ensimmäistä; kaikki ovat tiedostossa groups.csv.",
        "Här är de första {shown} av {count} grupper; alla finns i filen groups.csv.",
    ),
    "not_all_findings": Phrase(
        "{count} more are in report.json.",
        "Loput {count} ovat tiedostossa report.json.",
        "Ytterligare {count} finns i filen report.json.",
    ),
    # provenance
    "version": Phrase("Version", "Versio", "Version"),
    "libraries": Phrase("Libraries", "Kirjastot", "Bibliotek"),
    "seed": Phrase("Seed", "Siemenluku", "Frö"),
    "inputs": Phrase("Input (SHA-256)", "Syöte (SHA-256)", "Indata (SHA-256)"),
    "seconds": Phrase("Seconds", "Sekunteja", "Sekunder"),
    "rulebook": Phrase("Rulebook", "Sääntökirja", "Regelbok"),
    "repeatable": Phrase("Same again", "Toistettavissa", "Upprepbart"),
    "repeatable_yes": Phrase(
        "the same roster, rulebook and seed give the same groups",
        "samalla luettelolla, sääntökirjalla ja siemenluvulla syntyvät samat ryhmät",
        "samma lista, regelbok och frö ger samma grupper",
    ),
    "repeatable_no": Phrase(
        "not promised: the search was stopped before its end, and another run may end elsewhere",
        "ei taattu: haku päättyi kesken, ja toinen ajo voi päätyä muuhun tulokseen",
        "utlovas inte: sökningen avbröts i förtid, och en annan körning kan sluta annorlunda",
    ),
}

SEVERITIES: Mapping[Severity, Phrase] = {
    Severity.ERROR: Phrase("error", "virhe", "fel"),
    Severity.WARNING: Phrase("warning", "varoitus", "varning"),
    Severity.NOTICE: Phrase("notice", "huomautus", "anmärkning"),
}

UNITS: Mapping[str, Phrase] = {"years": Phrase("y", "v", "år")}
"""The units of numeric traits, written after a number."""


def words_in(language: Language) -> dict[str, str]:
    """Every word of the report in one language."""
    return {key: word.in_(language) for key, word in WORDS.items()}


def with_unit(amount: str, trait: str, language: Language) -> str:
    """A number with its trait's unit, where it has one: "12 y"."""
    unit = UNITS.get(trait)
    return f"{amount} {unit.in_(language)}" if unit is not None else amount
