"""What somebody may do between a roster and its groups; each changes what is open, or refuses."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from vermegroup.app.inputs import RulebookChoice
from vermegroup.app.recorded_rulebook import recorded_rulebook
from vermegroup.domain.findings import Finding, InputError, Severity
from vermegroup.edit.opening import (
    back_to_groups,
    back_to_rules,
    decline,
    leave_groups,
    offer_unfinished,
    open_groups,
    take_up,
)
from vermegroup.edit.starting import searching, words
from vermegroup.edit.starting.beginning import DRAFTED, Beginning, begun
from vermegroup.edit.starting.columns import with_choices
from vermegroup.edit.starting.mending import repaired_text
from vermegroup.edit.starting.recent import RecentFolder, by_token
from vermegroup.edit.starting.rules_form import RulesForm, changed, form_of
from vermegroup.edit.starting.uploads import copied, has_groups, safe_name
from vermegroup.edit.starting.view import fingerprint, report_of
from vermegroup.edit.starting.width import refuse_wide, refuse_wide_text
from vermegroup.edit.workplace import Workplace
from vermegroup.intake.files.source import Given, Source
from vermegroup.language.catalogues import languages
from vermegroup.language.messages import Message
from vermegroup.report.folder import RECORD
from vermegroup.rulebooks.amend import with_sections
from vermegroup.rulebooks.faults import Faults
from vermegroup.rulebooks.profiles import profile_names
from vermegroup.rulebooks.text import read_text


@dataclass(frozen=True, slots=True)
class Sent:
    """The fields of a form, and the file that was chosen in it: its name and its bytes."""

    fields: Mapping[str, str] = field(default_factory=dict)
    file: tuple[str, bytes] | None = None

    def get(self, name: str) -> str:
        """A field; "" where it was not sent."""
        return self.fields.get(name, "")


Command = Callable[[Workplace, Sent], None]
_FITTING = RulebookChoice()


def open_roster(workplace: Workplace, given: Given, choice: RulebookChoice = _FITTING) -> None:
    """Open a roster, whatever is wrong with it; a search that is under way is given up.

    The rules are those of the choice, or else such as fit. Raises InputError where the choice names
    no rules, or the roster has no table for a profile.
    """
    _give_up(workplace)
    refuse_wide_text(given)
    beginning = begun(given, workplace.place, workplace.language, workplace.how)
    refuse_wide(beginning.look)
    if choice.rules is not None:
        own = beginning.under(read_text(choice.rules, Faults(str(choice.rules))).text)
        beginning = replace(own, profile=None, drafted=None)
    elif choice.profile is not None:
        beginning = beginning.under_profile(choice.profile, workplace.language)
    leave_groups(workplace)
    workplace.beginning = beginning
    offer_unfinished(workplace, beginning.folder)


def choose_file(workplace: Workplace, sent: Sent) -> None:
    """Open a file from the page: groups if it has some, else a roster."""
    if sent.file is None or not sent.file[0]:
        raise _refused(words.NO_FILE)
    name, data = sent.file
    source = Source(safe_name(name), data)
    open_roster(workplace, source)
    assert workplace.beginning is not None  # it was just opened
    if has_groups(workplace.beginning.look) and not sent.get("anew"):
        book, file = workplace.beginning.book, copied(source, workplace.place)
        workplace.noticed = open_groups(workplace, file, book, file.parent)


def choose_recent(workplace: Workplace, sent: Sent) -> None:
    """Open the groups in a folder that is offered."""
    _give_up(workplace)
    folder = _recent(sent.get("token")).path
    workplace.noticed = open_groups(workplace, folder, into=folder)


def take_up_again(workplace: Workplace, sent: Sent) -> None:
    """Go on with what was not saved."""
    del sent
    workplace.noticed = take_up(workplace)


def begin_without(workplace: Workplace, sent: Sent) -> None:
    """Keep aside what was not saved, and open what was asked for."""
    del sent
    workplace.noticed = tuple(decline(workplace))


def choose_language(workplace: Workplace, sent: Sent) -> None:
    """Speak another language, if there is such a one."""
    if sent.get("language") in languages():
        workplace.language = sent.get("language")


def back(workplace: Workplace, sent: Sent) -> None:
    """From the groups that were formed back to the list and the rules."""
    del sent
    _give_up(workplace)
    back_to_rules(workplace)


def to_groups(workplace: Workplace, sent: Sent) -> None:
    """From the rules back to the groups that were formed before."""
    del sent
    _give_up(workplace)
    back_to_groups(workplace)


def leave(workplace: Workplace, sent: Sent) -> None:
    """Open nothing."""
    del sent
    _give_up(workplace)
    leave_groups(workplace)
    workplace.beginning = None


def choose_columns(workplace: Workplace, sent: Sent) -> None:
    """Say which column holds what."""
    workplace.beginning = with_choices(_open(workplace), sent.fields, workplace.language)


def choose_sheet(workplace: Workplace, sent: Sent) -> None:
    """Read another sheet of the workbook."""
    beginning, number = _open(workplace), sent.get("sheet")
    if number.isdecimal() and int(number) < len(beginning.sheets):
        sheet = beginning.sheets[int(number)]
        workplace.beginning = beginning.of_sheet(sheet, workplace.language)


def read_again(workplace: Workplace, sent: Sent) -> None:
    """Read the file as it is now."""
    del sent
    workplace.beginning = _open(workplace).again()
    _say(workplace, words.READ_AGAIN.filled(workplace.beginning.look.read))


def choose_profile(workplace: Workplace, sent: Sent) -> None:
    """Take the rules of a profile, or those of an earlier folder, instead."""
    beginning, asked = _open(workplace), sent.get("profile")
    if asked in (*profile_names(), DRAFTED):
        profile = None if asked == DRAFTED else asked
        workplace.beginning = beginning.under_profile(profile, workplace.language)
    elif asked:
        plain = dict(recorded_rulebook(_recent(asked).path / RECORD).plain)
        plain["columns"] = None  # those of another list
        text = with_sections("rules: []\n", plain)
        workplace.beginning = replace(beginning.under(text), profile=asked, drafted=None)
    if asked:
        _say(workplace, words.REPLACED)


def change_rules(workplace: Workplace, sent: Sent) -> None:
    """Take over the text as it was edited, and then what was changed in the form beside it."""
    beginning = _open(workplace)
    if sent.get("seen") and sent.get("seen") != fingerprint(beginning.text):
        raise _refused(words.ELSEWHERE)
    text = sent.fields.get("text", beginning.text)
    text = text if text.endswith("\n") or not text else f"{text}\n"
    if "everyone shown" in sent.fields:  # else the form was not there
        shown = form_of(beginning.text, beginning.look)
        beginning = beginning.under(text)
        text = _with_form(beginning, text, shown, sent)
    workplace.beginning = beginning.under(text)


def check(workplace: Workplace, sent: Sent) -> None:
    """Find out what is possible."""
    change_rules(workplace, sent)
    searching.check_begun(workplace)


def form(workplace: Workplace, sent: Sent) -> None:
    """Form groups."""
    change_rules(workplace, sent)
    searching.forming_begun(workplace, sent.get("effort"))


def stop(workplace: Workplace, sent: Sent) -> None:
    """End the search with the best that it has."""
    del sent
    searching.stop(workplace)


def repair(workplace: Workplace, sent: Sent) -> None:
    """Change the rules as a repair says that was found for them."""
    beginning, number = _open(workplace), sent.get("repair")
    report = report_of(beginning)
    if report is None or not number.isdecimal() or int(number) >= len(report.repairs):
        raise _refused(words.ENDED)
    chosen = report.repairs[int(number)]
    workplace.beginning = beginning.under(repaired_text(beginning, chosen))
    _say(workplace, words.CHANGED_SO.filled(change=chosen.by_name))


def _with_form(beginning: Beginning, text: str, shown: RulesForm, sent: Sent) -> str:
    """The text with what was changed in the form; as it was typed where that is no YAML."""
    try:
        return changed(text, shown, sent.fields, beginning.look)
    except InputError:
        return text


def _say(workplace: Workplace, message: Message) -> None:
    """Tell on the page what was done."""
    workplace.noticed = (Finding(Severity.NOTICE, message),)


def _give_up(workplace: Workplace) -> None:
    searching.stop(workplace)
    workplace.searching = None


def _open(workplace: Workplace) -> Beginning:
    """What is open and may be changed. Raises InputError while a search is about it."""
    if workplace.beginning is None or searching.under_way(workplace):
        raise _refused(words.ENDED)
    return workplace.beginning


def _recent(token: str) -> RecentFolder:
    found = by_token(token)
    if found is None:
        raise _refused(words.GONE)
    return found


def _refused(message: Message) -> InputError:
    return InputError([Finding(Severity.ERROR, message)])
