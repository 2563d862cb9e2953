"""The words of the page from a roster to groups."""

from __future__ import annotations

from collections.abc import Mapping

from vermegroup.language.messages import N_, Message, N_several, _, pgettext

WORDS: Mapping[str, Message] = {
    # nothing is open
    "open_title": _("Form groups, or go on with those you have"),
    "choose_title": _("Open a file"),
    "choose": _("A list of people who signed up, or groups that were formed before"),
    "kinds": _("Excel (.xlsx), CSV, .ods or .parquet"),
    "stays_here": _("The file is read on this computer and sent nowhere."),
    "form_anew": _("Form new groups even if the file has some"),
    "open": _("Open"),
    "recent": _("Recent folders"),
    "no_recent": _("The folders in which you save groups will be offered here."),
    "leave": _("Open another file"),
    "to_groups": _("Back to the groups"),
    # what was not saved
    "offer_title": _("Go on where it ended?"),
    "take_up": _("Go on with these changes"),
    "without": _("Begin without them"),
    "kept_aside": _("If you begin without them, they are kept in the folder all the same."),
    # the roster
    "roster": _("The list of people"),
    "sheet": _("Sheet of the workbook"),
    "sheet_automatic": _("chosen by the program"),
    "reread": _("Read the file again"),
    "use": _("Use this"),
    "columns": _("What the columns hold"),
    "column": _("Column"),
    "examples": _("For example"),
    "holds": _("What it holds"),
    "holds_of": _("What this column holds:"),
    "nothing": pgettext("column", "nothing (kept as it is)"),
    "not_choosable": _("Give it a header in the file, so that it can be named"),
    "no_header": _("without a header"),
    "missing": _("The rules need a column that holds this, and none does:"),
    "rows_aside": _("Rows set aside"),
    "all_well": _("Nothing needs to be put right in the list."),
    # the rules
    "rules": _("The rules"),
    "profile": _("Begin with the rules of a programme"),
    "drafted": _("Rules drafted from this list"),
    "own_rules": _("The rules as they stand in the text"),
    "fits": _("fits this list"),
    "rules_of": _("The rules of an earlier folder"),
    "take_over": _("Replace the rules"),
    "apply": _("Apply"),
    "size": _("People in a group"),
    "size_min": _("at least"),
    "size_max": _("at most"),
    "prefer": _("preferably"),
    "count": _("Number of groups"),
    "count_hint": _("Empty: as many as suit. You may also write a range, such as 10-14."),
    "must": _("In every group"),
    "experience": _("New and experienced people"),
    "at_least_new": _("new people in every group, at least"),
    "at_least_experienced": _("experienced people in every group, at least"),
    "below": _("New: fewer years than"),
    "from": _("Experienced: at least so many years"),
    "bands_kept": _(
        "The limits of new and experienced people stand in the text and stay as they are."
    ),
    "times_at_least": _("at least so many"),
    "everyone": _("Everyone must get a place; without this, somebody may have to wait"),
    "split_by": _("Form groups apart by"),
    "parts_rest": _(
        "The rules of single parts are out of use: they stand in the text, in lines that begin "
        "with #, and come back when the groups are formed apart as before."
    ),
    "split_none": _("nothing (all together)"),
    "duplicates": _("If somebody is in the list twice with different details"),
    "refuse": _("ask me to put it right"),
    "latest": _("the latest row counts"),
    "wished": _("Preferences, the most important first"),
    "no_wishes": _("There are no preferences yet."),
    "add": _("Add a preference"),
    "add_none": _("choose"),
    "up": _("More important:"),
    "down": _("Less important:"),
    "drop": _("Take away:"),
    "also": _("Also in the rules, kept as they are:"),
    "text": _("The rules as text"),
    "text_hint": _(
        "The form and this text are the same rules: change either. Lines that begin with # are "
        "notes."
    ),
    "text_at_fault": _("The text cannot be read as rules yet, so there is no form:"),
    "faults": _("To be put right in the rules"),
    # the groups
    "groups": _("The groups"),
    "goes_to": _("They will be saved in the folder:"),
    "check": _("What is possible?"),
    "form": _("Form groups"),
    "effort": _("How long to search"),
    "searching": _("Searching"),
    "stop": _("Stop, and take the best found so far"),
    "stopping": _("Stopping …"),
    "refresh": _("This page looks again by itself."),
    "counts": _("How many groups are possible"),
    "repairs": _("What would help"),
    "change_rules": _("Change the rules so"),
    "by_hand": _("This is to be changed in the list of people, not in the rules."),
    "stopped": _("The search was stopped before it had found groups."),
    "again": _("To be put right"),
    "warning": _("Worth a look"),
    "notice": _("How it was read"),
}
EFFORT_WORDS: Mapping[str, Message] = {
    "quick": _("quickly (seconds)"),
    "usual": _("as usual (up to a minute or two)"),
    "thorough": _("thoroughly (up to a quarter of an hour)"),
}
SECTION_WORDS: Mapping[str, Message] = {
    "in_groups": _("who may be in several groups (in_groups)"),
    "meetings": _("what holds at single meetings (meetings)"),
    "parts": _("rules of single parts (parts)"),
}
TAKING_PART = N_several("{n} taking part", "{n} taking part")
SET_ASIDE = N_several("{n} set aside", "{n} set aside")
OFFERED = N_several(
    "{n} change to {file} was not saved when it was last edited",
    "{n} changes to {file} were not saved when it was last edited",
)
FORMED = N_("groups were formed and were not saved ({file})")
FORMED_CHANGED = N_several(
    "groups were formed, {n} change was made to them, and nothing of it was saved ({file})",
    "groups were formed, {n} changes were made to them, and nothing of it was saved ({file})",
)
UNDONE = N_("changes to {file} were undone, and that was not saved when it was last edited")
LAST = N_("the last is of {day} at {time}")
THEN = N_("this was on {day} at {time}")
SAVED = N_("saved {day}")
NEVER_SAVED = N_("not saved yet ({day})")
CHANGES_UNSAVED = N_("later changes are not saved yet ({day})")
WAITING = _("the groups that were formed are kept as they are until new ones are formed")
WAITING_CHANGED = N_several(
    "the groups that were formed are kept as they are, with {n} change made to them, until new "
    "ones are formed",
    "the groups that were formed are kept as they are, with {n} changes made to them, until new "
    "ones are formed",
)
WAITING_SAVED = _("the groups that were formed are saved")
REPLACES = _(
    "There are groups of other people in this folder: when these are saved, those go into its "
    "folder earlier"
)
READ_AGAIN = N_several("The file was read again: {n} row", "The file was read again: {n} rows")
REPLACED = _("The rules were replaced")
CHANGED_SO = N_("The rules were changed ({change}); you can form groups now")
LINE = N_("line {n}")
MORE = N_several("{n} more", "{n} more")
LARGE = N_several(
    "The page is made for up to {most} people, and this list has {n}: it will be slow.",
    "The page is made for up to {most} people, and this list has {n}: it will be slow.",
)
LARGE_HINT = _("For larger lists use the command: vermegroup form")
CHOOSE_ABOVE = _("Choose under “What the columns hold” which column it is")
CHOOSE_SHEET = _("Choose another sheet of the workbook above")
GONE = _("There are no groups in this folder any more")
ELSEWHERE = _("The rules were changed in another window meanwhile; here they are as they stand now")
NO_FILE = _("No file was chosen")
ENDED = _("This is no longer open; here is what is")
