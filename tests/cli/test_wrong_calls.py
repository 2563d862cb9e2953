"""A wrong call is told as such in the user's language, and exits with 2."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from tests.cli.english import english_in
from vermegroup.cli.commands import app

# What is wrong, the call, and what is said of it in English, Finnish and Swedish.
WRONG = {
    "no such command": ("frm", "no command frm", "Komentoa frm ei ole", "frm finns inte"),
    "a near command": ("audti", "mean audit?", "Tarkoititko audit?", "Menade du audit?"),
    "no such option": ("check --xyz", "no option --xyz", "--xyz ei ole", "--xyz finns inte"),
    "no such option of all": ("--xyz", "no option --xyz", "--xyz ei ole", "--xyz finns inte"),
    "a near option": (
        "form a --ruels b",
        "mean --rules?",
        "Tarkoititko --rules?",
        "Menade du --rules?",
    ),
    "no argument": ("check", "ROSTER is missing", "LUETTELO puuttuu", "LISTA saknas"),
    "the second is missing": ("compare a", "AFTER is", "JÄLKEEN puuttuu", "EFTER saknas"),
    "an option is missing": (
        "sample",
        "--participants is missing",
        "--participants puuttuu",
        "--participants saknas",
    ),
    "a word too many": ("check a b", "b does not", "b ei kuulu", "b hör inte hit"),
    "words too many": ("check a b c", "b c do not", "b c eivät kuulu", "b c hör inte hit"),
    "no number": (
        "form a --seed x",
        "--seed must be a whole number from 0 to 2,147,483,647; “x” was given",
        "--seed arvon on oltava kokonaisluku väliltä 0–2 147 483 647; annettu arvo on ”x”",
        "--seed måste vara ett heltal mellan 0 och 2 147 483 647; det angivna värdet är ”x”",
    ),
    "no number without bounds": (
        "sample -n x",
        "--participants must be a whole number; “x” was given",
        "--participants arvon on oltava kokonaisluku; annettu arvo on ”x”",
        "--participants måste vara ett heltal; det angivna värdet är ”x”",
    ),
    "out of range": ("form a --workers 0", "1 to 1024; “0”", "1–1024; ann", "1024; det"),
    "below a bound": (
        "form a --time-limit=0",
        "at least 0.1; “0” was given",
        "vähintään 0,1; annettu arvo on ”0”",
        "minst 0,1; det angivna värdet är ”0”",
    ),
    "no choice": (
        "form a --format x",
        "text or json; “x” was given",
        "text tai json; annettu arvo on ”x”",
        "text eller json; det angivna värdet är ”x”",
    ),
    "no choice of several": (
        "batch j -o o --rerun refused --rerun foo",
        "refused or crashed; “foo” was given",
        "refused tai crashed; annettu arvo on ”foo”",
        "refused eller crashed; det angivna värdet är ”foo”",
    ),
    "no language": (
        "check a --lang xx",
        "en, fi or sv; “xx”",
        "en, fi tai sv; annettu arvo on ”xx”",
        "en, fi eller sv; det angivna värdet är ”xx”",
    ),
    "no language before the command": (
        "--lang suomi check a",
        "en, fi or sv; “suomi”",
        "en, fi tai sv; annettu arvo on ”suomi”",
        "en, fi eller sv; det angivna värdet är ”suomi”",
    ),
    "no value": (
        "form a --seed",
        "--seed needs a value",
        "--seed tarvitsee arvon",
        "--seed behöver ett värde",
    ),
    "an empty option": ("form a --output=", "--output is empty", "--output on ty", "--output är"),
    "an empty list": ("audit a --column=", "--column is empty", "--column on ty", "--column är"),
    "a value of a flag": (
        "form a --quiet=1",
        "--quiet takes no value",
        "--quiet ei ole arvoa",
        "--quiet tar inget värde",
    ),
}
FRAME = {"en": ("Usage: ", "For help: "), "fi": ("Käyttö: ", "Ohje: "), "sv": ("Anv", "Hjälp: ")}
ERROR = {"en": "error: ", "fi": "virhe: ", "sv": "fel: "}


@pytest.mark.parametrize("language", FRAME)
@pytest.mark.parametrize("what", WRONG)
def test_a_wrong_call_is_told_in_the_language(what: str, language: str) -> None:
    call, *said = WRONG[what]
    shown = CliRunner(env={"VERMEGROUP_LANG": language}).invoke(app, call.split())
    assert (shown.exit_code, shown.stdout) == (2, "")
    usage, hint, nothing, error = shown.stderr.splitlines()
    assert (usage.startswith(FRAME[language][0]), nothing) == (True, "")
    assert hint.startswith(f"{FRAME[language][1]}vermegroup")
    assert error.startswith(ERROR[language])
    assert dict(zip(FRAME, said, strict=True))[language] in error
    assert language == "en" or not english_in(shown.stderr)


@pytest.mark.parametrize(
    ("call", "name"),
    [
        (("form", ""), "ROSTER"),
        (("compare", "a", ""), "AFTER"),
        (("form", "a", "-o", ""), "--output"),
        (("init", "a", "-o", ""), "--output"),
        (("rebalance", "a", "--joining", ""), "--joining"),
        (("rebalance", "a", "--history", "b", "--history", ""), "--history"),
        (("check", "a", "--seed", ""), "--seed"),
    ],
)
def test_an_empty_value_is_told_by_its_name(call: tuple[str, ...], name: str) -> None:
    shown = CliRunner().invoke(app, call)
    assert shown.exit_code == 2
    assert shown.stderr.endswith(f"error: {name} is empty\n")


def test_a_wrong_call_may_say_itself_in_which_language_it_is_told() -> None:
    for call in (["--lang", "fi", "check"], ["check", "--lang=fi"], ["check", "--lang", "fi"]):
        assert "LUETTELO puuttuu" in CliRunner().invoke(app, call).stderr
    # A language that there is not changes nothing of what was asked before.
    assert "”xx”" in CliRunner().invoke(app, ["--lang", "fi", "check", "--lang", "xx"]).stderr


def test_what_is_cited_of_a_wrong_call_moves_no_cursor() -> None:
    shown = CliRunner().invoke(app, ["check", "a", "\x1b[2J", "--seed", "\x1b[2J"])
    assert shown.exit_code == 2
    assert "\x1b" not in shown.stderr


@pytest.mark.parametrize("name", ["--help", "-h"])
def test_the_help_that_a_wrong_call_points_to_is_there(name: str) -> None:
    assert CliRunner().invoke(app, ["check", name]).exit_code == 0
