"""Whatever happens, the exit code is true, and nobody is shown a traceback.

0 to 3 are answers. What nobody foresaw is a defect: it exits with 70, as EX_SOFTWARE of BSD's
``sysexits.h``, and its traceback stands in a file.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress

from vermegroup.cli.streams import UnheardError, let_go, tell
from vermegroup.phrase import LANGUAGES, Language, Phrase, phrase

DEFECT = 70
INTERRUPTED = 130
_LONGEST = 300


def exit_code(run: Callable[[], int], words: Sequence[str]) -> int:
    """The code that ``run`` answers, or that of what kept it from answering.

    ``words`` are those of the command line; they may name a language.
    """
    try:
        with _heard_from_threads():
            code = run()
            sys.stdout.flush()
            return code
    except KeyboardInterrupt:
        return INTERRUPTED
    except UnheardError as unheard:
        if not unheard.nobody_reads:  # as after "| head": whoever is gone needs no reason
            tell(_untold(unheard).in_(_language(words)))
        return DEFECT
    except BaseException as fault:
        tell(_line(fault, words))
        return DEFECT
    finally:
        let_go()


@contextmanager
def _heard_from_threads() -> Iterator[None]:
    """What ends a thread is raised here in the end; by itself it would only print itself."""
    faults: list[BaseException | None] = []
    before = threading.excepthook
    threading.excepthook = lambda ended: faults.append(ended.exc_value)
    try:
        yield
    finally:
        threading.excepthook = before
    for fault in filter(None, faults):
        raise fault


def _language(words: Sequence[str]) -> Language:
    asked = os.environ.get("VERMEGROUP_LANG", "")
    for word, following in zip(words, [*words[1:], ""], strict=True):
        if word == "--lang" or word.startswith("--lang="):
            asked = word.partition("=")[2] or following
    return asked if asked in LANGUAGES else "en"


def _line(fault: BaseException, words: Sequence[str]) -> str:
    """What happened, and where the details are."""
    try:
        discreet = "--pseudonymise" in words
        return _defect(fault, discreet=discreet).in_(_language(words))
    except Exception:  # as where there is no memory left even for that
        return "This is a defect of vermegroup"


def _defect(fault: BaseException, *, discreet: bool) -> Phrase:
    told = " ".join(_told(fault, discreet=discreet).split())[:_LONGEST]
    return phrase(
        "This is a defect of vermegroup: {fault} ({details}). Please report it",
        "Tämä on vermegroupin vika: {fault} ({details}). Ilmoitathan siitä",
        "Detta är ett fel i vermegroup: {fault} ({details}). Rapportera det gärna",
        fault=told.removesuffix(":"),
        details=_details(fault, discreet=discreet),
    )


def _told(fault: BaseException, *, discreet: bool) -> str:
    """A fault in a line. Its text may quote a cell: a ``discreet`` line tells its place instead."""
    if not discreet:
        return f"{type(fault).__name__}: {fault}"
    import traceback

    frames = traceback.extract_tb(fault.__traceback__)
    place = f" ({os.path.basename(frames[-1].filename)}:{frames[-1].lineno})" if frames else ""
    return f"{type(fault).__name__}{place}"


def _traceback(fault: BaseException, *, discreet: bool) -> str:
    import traceback

    if not discreet:
        return "".join(traceback.format_exception(fault))
    parts = []
    for own in _with_causes(fault):
        parts += [f"{type(own).__name__}\n", *traceback.format_tb(own.__traceback__)]
    return "".join(parts)


def _with_causes(fault: BaseException) -> Iterator[BaseException]:
    """A fault, and all that it came of or that came with it, each once."""
    seen: set[int] = set()
    waiting: list[BaseException | None] = [fault]
    while waiting:
        own = waiting.pop()
        if own is not None and id(own) not in seen:
            seen.add(id(own))
            yield own
            parts = own.exceptions if isinstance(own, BaseExceptionGroup) else ()
            waiting += [own.__context__, own.__cause__, *parts]


def _details(fault: BaseException, *, discreet: bool) -> Phrase:
    """Where the traceback is to be found."""
    import tempfile

    # Out of memory, or on a full disk, the line alone has to do.
    with suppress(Exception):
        text = _traceback(fault, discreet=discreet)
        number, path = tempfile.mkstemp(prefix="vermegroup-", suffix=".txt")
        with open(number, "w", encoding="utf-8", errors="backslashreplace") as file:
            file.write(text)
        return phrase("details: {path}", "lisätietoja: {path}", "detaljer: {path}", path=path)
    return Phrase(
        "the details could not be saved",
        "lisätietoja ei voitu tallentaa",
        "detaljerna kunde inte sparas",
    )


def _untold(unheard: UnheardError) -> Phrase:
    closed = Phrase("it is closed", "se on suljettu", "den är stängd")
    return phrase(
        "The answer could not be written to standard output: {reason}",
        "Vastausta ei voitu kirjoittaa vakiotulosteeseen: {reason}",
        "Svaret kunde inte skrivas till standardutdata: {reason}",
        reason=closed if unheard.closed else unheard.reason,
    )
