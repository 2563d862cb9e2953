"""Every kind of page that the program writes, made as it makes them: a new one is added below."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from fractions import Fraction
from functools import partial
from pathlib import Path

from tests.answers import impossible, outcome_for, outcome_of_threes, report_of
from tests.brute_force import Person
from tests.export.examples import handout_of
from vermegroup.api.given import rulebook_of
from vermegroup.app.audit import judge_groups
from vermegroup.app.baseline import baseline_of
from vermegroup.app.form import form_groups, form_rounds
from vermegroup.app.inputs import RulebookChoice
from vermegroup.app.privacy.how import How
from vermegroup.app.rebalance import RebalanceRequest, rebalance_groups
from vermegroup.app.rounds import RoundsRequest
from vermegroup.app.save import ReportedOutcome, files_of
from vermegroup.batch.summary import counted
from vermegroup.domain.bonds import Bonds, Compared, Move, Rebalance
from vermegroup.domain.outcome import Outcome, Verdict
from vermegroup.export.handout import Handout
from vermegroup.export.list import list_page
from vermegroup.export.rendered import Wanted
from vermegroup.intake.files.source import Source
from vermegroup.language.catalogues import Language
from vermegroup.language.messages import verbatim
from vermegroup.report.baseline_page import baseline_page
from vermegroup.report.build import build_report
from vermegroup.report.folder import GROUPS as GROUPS_FILE
from vermegroup.report.folder import PAGE
from vermegroup.report.jobs_page import KINDS, JobLine, jobs_html
from vermegroup.sampling import sample
from vermegroup.solver.search import Limits

InLanguage = Callable[[Language], bytes]
"""A page in one language, in UTF-8."""

EXAMPLES = Path(__file__).parents[2] / "examples"
LIMITS = Limits(effort=1)
DAY = date(2026, 12, 1)
HOUSE = "Varhaiskasvatuksen ja esiopetuksen palvelualue"
GROUPS = """\
id;name;municipality;years;group
P1;Aino Alku;Turku;1;G01
P2;Vesa Vanha;Espoo;14;G01
P3;Kai Keski;Kuopio;7;G01
P4;Irja Into;Kemi;8;G01
P5;Nelli Nuori;Lahti;2;G02
P6;Olli Osaaja;Pori;20;G02
P7;Manta Mukana-Pitkäniminen;Vaasa;6;G02
P8;Uuno Uusi;Oulu;0;G03
P9;Taito Tietävä;Rauma;11;G03
P10;Seija Sivussa;Imatra;9;G03
"""
FACTS = f"""\
group;name;leader;place;day
G01;Aamuvirkut;Aino Alku;{HOUSE};2026-12-01
G02;Iltatähdet;P5;Kirjasto;
"""
NEWCOMERS = """\
id;name;municipality;years
P11;Jukka Juuri-Tullut;Turku;3
P12;Leena Lopuksi;Salo;15
"""
MESSY = f"""\
id;name;email;municipality;years
P1;Aino Alku;aino.alku.varhaiskasvatus@example.org;Turkku;yli 10 vuotta
P1;Aino Alku;aino.alku.varhaiskasvatus@example.org;Turku;12
P2;Vesa Vanha;vesa.vanha@example.org;{HOUSE};7
P3;Kai Keski;kai@example.org;Oulu;1,2345
P4;Irja Into;irja@example.org;Lahti;2
P5;Nelli Nuori;;Oulu;n. 3 vuotta
P6;Olli Osaaja;olli@example.org;Pori;20
P7;Manta Mukana;manta@example.org;Vaasa;6 kk
P8;Uuno Uusi;uuno@example.org;Salo;0
P9;Taito Tietävä;taito@example.org;Rauma;11
;Yhteensä;;;9
"""


def formed(folder: Path) -> InLanguage:
    return page_of(form_groups(EXAMPLES / "etavertaismentorointi/syksy.csv", choice(), LIMITS))


def split(folder: Path) -> InLanguage:
    return page_of(town("ilmoittautuneet.csv", "rules.yaml"))


def with_common_hours(folder: Path) -> InLanguage:
    return page_of(town("verkossa.csv", "verkossa.yaml"))


def without_names(folder: Path) -> InLanguage:
    roster = Source("roster.csv", sample(20, seed=1).csv().encode())
    return page_of(form_groups(roster, choice(), LIMITS))


def under_pseudonyms(folder: Path) -> InLanguage:
    how = How(key=b"synthetic key, for tests alone")
    roster = Source("roster.csv", "\n".join(without_groups(GROUPS)).encode())
    return page_of(form_groups(roster, choice(), LIMITS, how=how))


def with_findings(folder: Path) -> InLanguage:
    return page_of(form_groups(Source("sotkuinen.csv", MESSY.encode()), choice(), LIMITS))


def waiting(folder: Path) -> InLanguage:
    rules = {
        "groups": {"size": 3},
        "rules": [{"different": "municipality"}],
        "preferences": ["place_everyone", {"balance": "years"}],
    }
    rows = without_groups(GROUPS)
    roster = Source("roster.csv", "\n".join(rows).encode())
    return page_of(form_groups(roster, RulebookChoice(book=rulebook_of(rules)), LIMITS))


def audited(folder: Path) -> InLanguage:
    told = GROUPS.replace("Kemi;8;G01", "Turku;8;G02").replace("Oulu;0;G03", "Oulu;5;G03")
    return page_of(judge_groups(Source("groups.csv", told.encode()), choice(), with_facts(folder)))


def not_possible(folder: Path) -> InLanguage:
    return page_of(no_groups(Verdict.IMPOSSIBLE))


def undecided(folder: Path) -> InLanguage:
    return page_of(no_groups(Verdict.UNDECIDED))


def ruled_out_by_hand(folder: Path) -> InLanguage:
    return page_of(answer_of(impossible()))


def fifty_people(folder: Path) -> InLanguage:
    return page_of(of_fifty())


def with_long_words(folder: Path) -> InLanguage:
    answer = of_fifty()
    move = Move("SYN-001", "Anna-Maija " * 6, "G01", "G02", verbatim("x" * 90))
    texts = map(verbatim, ("Rule " * 12, "long " * 9, "long " * 9))
    line = Compared(*texts, better=False, kind="k", values=(Fraction(1), Fraction(2)))
    rebalance = Rebalance(Bonds(9, 8, 1, 2), (move,), 1, compared=(line,))
    return page_of(replace(answer, report=replace(answer.report, rebalance=rebalance)))


def many_groups(folder: Path) -> InLanguage:
    return page_of(answer_of(outcome_of_threes(61)))


def very_many_groups(folder: Path) -> InLanguage:
    return page_of(answer_of(outcome_of_threes(501)))


def rebalanced(folder: Path) -> InLanguage:
    request = RebalanceRequest(
        Source("groups.csv", GROUPS.encode()),
        left=("P1", "P9"),
        joining=Source("tulokkaat.csv", NEWCOMERS.encode()),
    )
    return page_of(rebalance_groups(request, choice(), LIMITS, how=with_facts(folder)))


def meeting(folder: Path) -> InLanguage:
    request = RebalanceRequest(
        Source("groups.csv", GROUPS.encode()), absent=("P1", "P5", "P6"), day=DAY
    )
    return page_of(rebalance_groups(request, choice(), LIMITS, how=How(day=DAY)))


def rounds(folder: Path) -> InLanguage:
    roster = folder / "roster.csv"
    roster.write_text("\n".join(without_groups(GROUPS)), "utf-8")
    return page_of(form_rounds(RoundsRequest(str(roster), 2), choice(), LIMITS))


def jobs(folder: Path) -> InLanguage:
    noticed = f"Row 14, municipality: “{HOUSE}” is no municipality; did you mean Varkaus?"
    lines = [
        JobLine(f"{HOUSE}/{kind}", kind, kind != "missing", place % 2 == 0, 1234, 1230, 300, 0.25)
        for place, kind in enumerate(KINDS)
    ]
    lines.append(JobLine("kevät-2027_varhaiskasvatuksenopettajat.csv", "refused", noticed=noticed))
    counts = counted(Counter(line.kind for line in lines))
    return partial(jobs_html, lines, counts)


def beside_random_groups(folder: Path) -> InLanguage:
    answer = form_groups(Source("roster.csv", sample(20, seed=1).csv().encode()), choice(), LIMITS)
    groups = Source("groups.csv", files_of(answer, "en")[GROUPS_FILE])
    found = baseline_of(groups, 100, choice(), LIMITS)
    return lambda language: baseline_page(found, language).encode()


def for_participants(folder: Path) -> InLanguage:
    return list_of(handout_of("kevat", "Kunta"), emails=True)


def for_participants_of_a_split(folder: Path) -> InLanguage:
    return list_of(handout_of("verkossa", "Rooli", "Työyksikkö"))


PAGES: dict[str, Callable[[Path], InLanguage]] = {
    make.__name__: make
    for make in (
        *(formed, split, with_common_hours, without_names, under_pseudonyms, with_findings),
        *(waiting, audited, not_possible, undecided, ruled_out_by_hand),
        *(fifty_people, with_long_words, many_groups, very_many_groups),
        *(rebalanced, meeting, rounds, jobs, beside_random_groups),
        *(for_participants, for_participants_of_a_split),
    )
}
"""The kinds by name, each with what makes it; that may write into the folder it is given."""


def page_of(answer: ReportedOutcome) -> InLanguage:
    """The page that is saved with an answer."""
    return lambda language: files_of(answer, language)[PAGE]


def list_of(handout: Handout, *, emails: bool = False) -> InLanguage:
    return lambda language: list_page(handout, Wanted(language, emails)).files["list.html"]


def choice() -> RulebookChoice:
    return RulebookChoice()


def town(roster: str, rules: str) -> ReportedOutcome:
    folder = EXAMPLES / "kaupunkimentorointi"
    return form_groups(folder / roster, RulebookChoice(folder / rules), LIMITS)


def with_facts(folder: Path) -> How:
    """Told what groups are called, who leads them, where and when."""
    file = folder / "facts.csv"
    file.write_text(FACTS, "utf-8")
    return How(group_facts=file)


def without_groups(table: str) -> list[str]:
    return [row.rpartition(";")[0] for row in table.splitlines()]


def answer_of(outcome: Outcome) -> ReportedOutcome:
    """An outcome that was made by hand, as if somebody had asked for it."""
    return ReportedOutcome(outcome, report_of(outcome))


def of_fifty() -> ReportedOutcome:
    people = [Person(f"Town {p}", (1, 12, 7, 20)[p % 4]) for p in range(50)]
    return answer_of(outcome_for([min(p // 4, 11) for p in range(50)], people))


def no_groups(verdict: Verdict) -> ReportedOutcome:
    """Too few experienced people for the groups, with the conflict and what would help."""
    towns = ("Turku", "Oulu", "Salo", "Lahti", "Kemi")
    rows = [f"P{n};Nimi {n};{towns[n % 5]};{12 if n < 2 else n % 5}" for n in range(14)]
    text = "\n".join(["id;name;municipality;years", *rows])
    answer = form_groups(Source("roster.csv", text.encode()), choice(), LIMITS)
    outcome = replace(answer.outcome, verdict=verdict)
    report = build_report(outcome, answer.report.findings, answer.report.provenance)
    return replace(answer, outcome=outcome, report=report)
