"""What the groups page calls things; sentences that the report has are taken from there."""

from __future__ import annotations

from collections.abc import Mapping

from vermegroup.edit.session.prospects import Outlook
from vermegroup.export.rendered import Every, Kind
from vermegroup.language.messages import N_, Message, _, verbatim

WORDS: Mapping[str, Message] = {
    "needs_scripts": _("Groups can be read here; to change anything, allow scripts on this page"),
    "saved": _("Saved"),
    "to_rules": _("Back to the rules"),
    "other_file": _("Open another file"),
    "unsaved": _("Not saved yet"),
    "undo": _("Undo"),
    "redo": _("Redo"),
    "save": _("Save"),
    "form": _("Form the rest again"),
    "repair": _("Repair"),
    "year": _("Absences and newcomers"),
    "export": _("Export"),
    "history": _("List of changes"),
    "help": _("Help"),
    "tools": _("Tools"),
    "dismiss": _("Close this"),
    "filter": _("Show only"),
    "everybody": _("everybody"),
    "which_rules": _("Which rules"),
    "standing": _("How the groups stand"),
    "new_group": _("New group"),
    "pinned": _("Pinned: stays where it is"),
    "pin": _("Pin"),
    "unpin": _("Take the pin away"),
    "pin_group": _("Pin the group"),
    "unpin_group": _("Take the pin from the group"),
    "put_here": _("Put here"),
    "put_back": _("Put back"),
    "suggest": _("Suggest"),
    "suggestions": _("Suggestions"),
    "more": _("Take more"),
    "to_queue": _("To the queue"),
    "to_new": _("To a new group"),
    "holding": _("In your hand"),
    "swap_with": _("Swap with"),
    "better_in": _("better"),
    "worse_in": _("worse"),
    "breaks": _("breaks"),
    "mends": _("mends"),
    "nobody": _("Nobody is here"),
    "found_people": _("People found"),
    "other_tab": _(
        "These groups are open in another tab, too. What is changed there is told here at the next "
        "step, and nothing is lost; still, close one of the two"
    ),
    "search_runs": _("Searching"),
    "stop": _("Stop and take the best so far"),
    "accept": _("Accept"),
    "decline": _("Decline"),
    "do_this": _("Do this"),
    "lost": _(
        "The program does not answer. Is it still running? Nothing that was shown as done is lost"
    ),
    "see_proposal": _("See the proposal"),
    "few_moves": _("The smallest changes that put right what is broken"),
    "no_few_moves": _("No change of one or two people puts everything right"),
    "repair_all": _("Repair with as few bonds broken as possible"),
    "shown_first": _("What is found is shown first; nothing changes before you accept it"),
    "how_long": _("How long to search"),
    "quick": _("briefly"),
    "usual": _("as usual"),
    "thorough": _("thoroughly"),
    "begin": _("Begin"),
    "no_steps": _("Nothing has been changed yet"),
    "go_there": _("Choose a step to go to: later ones are undone, earlier ones done again"),
    "as_opened": _("As it was opened"),
    "undone": _("undone"),
    "absent": _("Absent from one meeting"),
    "day": _("Day of the meeting"),
    "who_absent": _("Who is absent: a name or an id on each line"),
    "plan": _("Plan"),
    "left_or_joins": _("Left for good, or joins"),
    "who_left": _("Who left for good: a name or an id on each line"),
    "who_joins": _("Who joins"),
    "newcomer": _("Newcomer"),
    "or_file": _("or from a file"),
    "file_lost": _(
        "The file must be chosen again in the other language. Change the language all the same?"
    ),
    "export_as": _("What to make of the groups"),
    "with_emails": _("E-mail addresses, too"),
    "show": _("What else to show of everybody"),
    "when_meet": _("When the groups meet"),
    "when_known": _("Leave empty what the facts of the groups tell already"),
    "first": _("First meeting"),
    "time": _("Time"),
    "minutes": _("Minutes"),
    "every": _("How often"),
    "every_told": _("as the facts tell, or once"),
    "meetings": _("How many meetings"),
    "login": _("What people log in with"),
    "by_email": _("their e-mail addresses"),
    "course": _("Short name of the course in Moodle"),
    "download": _("Download"),
    "into_folder": _("Write into the folder"),
    "save_first": _("Into the folder go the groups in the file: save first"),
    "changed": _("The file was changed meanwhile"),
    "ours": _("Save what is here"),
    "ours_kept": _("What is in the file now is kept in earlier/"),
    "theirs": _("Open what is in the file"),
    "theirs_kept": _("What is here and not saved is written into a file beside it"),
    "proposal": _("Proposal"),
    "marks": _("What the marks mean"),
    "what_keys_do": _("Keys"),
}
"""Words of the page."""

EXPORTS: Mapping[Kind, Message] = {
    Kind.LIST: _("List"),
    Kind.XLSX: _("Excel workbook"),
    Kind.MAIL: _("Messages"),
    Kind.CALENDAR: _("Calendar"),
    Kind.ZOOM: verbatim("Zoom"),
    Kind.TEAMS: verbatim("Teams"),
    Kind.MOODLE: verbatim("Moodle"),
    Kind.CANVAS: verbatim("Canvas"),
    Kind.VCARD: _("Contacts"),
    Kind.RESEARCH: _("Research tables"),
}
"""What the kinds of export are called."""

HOW_OFTEN: Mapping[Every, Message] = {
    Every.WEEK: _("every week"),
    Every.TWO_WEEKS: _("every two weeks"),
    Every.MONTH: _("every month"),
}
"""How often groups meet."""

OUTLOOKS: Mapping[Outlook, Message] = {
    Outlook.KEEPS: _("Every rule is kept"),
    Outlook.MENDS: _("Mends something; something stays broken"),
    Outlook.LEAVES: _("Breaks nothing more"),
    Outlook.BREAKS: _("Breaks a rule"),
}

HELP: tuple[Message, ...] = (
    _(
        "Drag a person to another group; or click on one, and then on “Put here” or on a person to "
        "swap with"
    ),
    _("While somebody is in your hand, every group shows at once what would become of it"),
    _("Nothing is written into the file until you save"),
)
"""What one can do, in a few sentences."""

KEYS: tuple[tuple[str, Message], ...] = (
    ("Enter", _("take a person, put one down, or swap two")),
    ("Esc", _("put back whoever is in your hand, or close what is open")),
    ("← ↑ → ↓", _("to other people and groups; above the first person is “Put here”")),
    ("S", _("hold this person, too (also a click with Ctrl or Shift)")),
    ("P", _("pin this person, or take the pin away")),
    ("Ctrl + Z", _("undo; with Shift, redo")),
    ("Ctrl + S", _("save")),
    ("/", _("find a person, when a person has the focus")),
)
"""What keys do, on a person or in the page."""

BREAKS_IN = N_("breaks in {group}")
MENDS_IN = N_("mends in {group}")
STILL_BROKEN = _("something else stays broken")

MARKS: tuple[tuple[str, Message], ...] = (
    ("✓", _("every rule would be kept, or something that is broken would be mended")),
    ("≈", _("as much would stay broken as is broken now")),
    ("✗", _("a rule would break, or is broken")),
    ("★", _("leads the group")),
    (
        "◆",
        _(
            "cannot be spared: without this person, or without anybody of the group, a rule would "
            "break. Why is told when you hold the person or choose the mark on the group"
        ),
    ),
    ("▲▼", _("a preference is better or worse than in the groups that were saved or opened")),
)
"""What marks mean."""
