"""The groups of the four examples and some more, formed once a session for whoever reads them back.

The examples have no e-mail addresses; here everybody has one. ``kevat``'s groups have names,
places and times, and those of the meeting, which is a plan of the same people, too.
"""

from __future__ import annotations

import atexit
import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp

from typer.testing import CliRunner

from vermegroup.app.handout import read_handout
from vermegroup.app.inputs import RulebookChoice
from vermegroup.app.privacy.how import AS_IT_IS
from vermegroup.cli.commands import app
from vermegroup.export.handout import Handout
from vermegroup.sampling import sample

_EXAMPLES = Path(__file__).parents[2] / "examples"


@dataclass(frozen=True, slots=True)
class _Example:
    """A roster under ``examples``, or as many synthetic people, and how its groups are formed."""

    roster: str | int
    rules: tuple[str, ...] = ()


_TOWN, _DEVELOPERS = "kaupunkimentorointi", "kehittajamentorointi"
_OF: Mapping[str, _Example] = {
    "kevat": _Example("etavertaismentorointi/kevat.csv"),
    "ilmoittautuneet": _Example(f"{_TOWN}/ilmoittautuneet.csv", ("--rules", f"{_TOWN}/rules.yaml")),
    "kehittajat": _Example(
        f"{_DEVELOPERS}/kehittajat.csv", ("--rules", f"{_DEVELOPERS}/rules.yaml")
    ),
    "verkosto": _Example("kouluverkosto/verkosto.csv", ("--profile", "school-network")),
    "verkossa": _Example(f"{_TOWN}/verkossa.csv", ("--rules", f"{_TOWN}/verkossa.yaml")),
    "johtajat": _Example(f"{_TOWN}/johtajat.csv", ("--rules", f"{_TOWN}/johtajat.yaml")),
    "kolmesataa": _Example(300),
}
FOUR = ("kevat", "ilmoittautuneet", "kehittajat", "verkosto")
"""One of each of the four programmes."""
EVERY = (*_OF, "kokous")
"""And one whose hours are shared, one with people in several groups, 300 people, and a meeting."""


@cache
def formed(name: str) -> Path:
    """The file of an example's groups, which no test may change."""
    if name == "kokous":
        return _meeting()
    example = _OF[name]
    folder = _folder()
    roster = folder / f"{name}.csv"
    _with_addresses(_text_of(example), roster)
    rules = [str(_EXAMPLES / word) if word.endswith(".yaml") else word for word in example.rules]
    out = folder / f"{name}-groups"
    _run("form", str(roster), *rules, "-o", str(out))
    if name == "kevat":
        _tell_facts(out)
    return out / "groups.csv"


def handout_of(name: str, *shown: str) -> Handout:
    """What may be told of an example's groups."""
    return read_handout(str(formed(name)), shown, RulebookChoice(), AS_IT_IS).handout


def _meeting() -> Path:
    groups = formed("kevat")
    out = groups.parents[1] / "kevat-meeting-2027-01-19"
    absent = "V-016,V-018,V-021,V-035"
    _run("rebalance", str(groups), "--absent", absent, "--date", "2027-01-19", "-o", str(out))
    return out / "groups.csv"


def _text_of(example: _Example) -> str:
    if isinstance(example.roster, int):
        text = sample(example.roster, seed=3, lang="fi").csv().replace(",", ";")
        head, *rows = text.splitlines()
        named = [row.replace(";", f";Keksitty {place};", 1) for place, row in enumerate(rows, 1)]
        return "\n".join([head.replace(";", ";Nimi;", 1), *named])
    return (_EXAMPLES / example.roster).read_text("utf-8-sig")


def _with_addresses(text: str, to: Path) -> None:
    """The roster with a column of addresses, which are made of the ids."""
    head, *rows = text.splitlines()
    addressed = [f"{row};{row.partition(';')[0].lower()}@example.org" for row in rows if row]
    to.write_text("\n".join([f"{head};Sähköposti", *addressed]), "utf-8-sig")


def _tell_facts(folder: Path) -> None:
    with (folder / "groups.csv").open(encoding="utf-8-sig", newline="") as file:
        groups = sorted({row["ryhmä"] for row in csv.DictReader(file, delimiter=";")})
    rows = ["ryhmä;nimi;teema;paikka;ensimmäinen tapaaminen;kellonaika;toistuu"]
    for place, group in enumerate(groups, 1):
        link = f"https://example.org/huone/{place}"
        rows.append(f"{group};Rengas {place};arki;{link};18.1.2027;15.00–16.00;joka kuukausi")
    (folder / "group-facts.csv").write_text("\n".join(rows), "utf-8-sig")


def _run(*words: str) -> None:
    done = CliRunner().invoke(app, [*words, "-q"], catch_exceptions=False)
    assert done.exit_code == 0, done.output


@cache
def _folder() -> Path:
    """A folder that is thrown away when the tests end."""
    folder = Path(mkdtemp(prefix="vermegroup-examples-"))
    atexit.register(rmtree, folder, ignore_errors=True)
    return folder
