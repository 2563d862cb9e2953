"""However a command ends, its exit code is true, and nobody is shown a traceback.

0 to 3 are answers. What nobody foresaw is a defect: it exits with 70, as EX_SOFTWARE of BSD's
``sysexits.h``, and its traceback stands in a file.
"""

from __future__ import annotations

import errno
import io
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import typer

from vermegroup.app.defects import defect, heard_from_threads
from vermegroup.app.workers import InterruptedRun, ended_by_signals
from vermegroup.domain.findings import Finding, InputError, Severity
from vermegroup.language.catalogues import Language, spoken_to
from vermegroup.language.legible import legible
from vermegroup.language.messages import Message, _
from vermegroup.language.system_faults import why

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

    from vermegroup.report.blocks import Notice


def printable(text: str) -> str:
    """The text with a mark in place of every control character; a no-break space is a space."""
    text = legible(text).replace("\N{NO-BREAK SPACE}", " ")
    return "".join(
        letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in text
    )


# What is asked of a closed stream fails, and what is told on standard error is lost.
_IN_PLACE = (os.O_WRONLY, os.O_RDONLY, os.O_WRONLY)


class UnheardError(Exception):
    """An answer cannot be written to standard output."""

    def __init__(self, fault: OSError) -> None:
        self.reason = why(fault)
        self.nobody_reads = fault.errno == errno.EPIPE
        super().__init__(str(self.reason))


class _Outlet(io.FileIO):
    """Standard output, whose faults are told from those of any other file."""

    def write(self, data: ReadableBuffer, /) -> int:
        try:
            return super().write(data)
        except OSError as fault:
            raise UnheardError(fault) from fault


def open_streams() -> None:
    """Open what the process was started without, and let no character stop an answer."""
    for number, flags in enumerate(_IN_PLACE):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, flags)  # else the next file to be opened would be this stream
    if sys.stdin is None:
        sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115
    if sys.stderr is None:
        sys.stderr = open(2, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    if _is_plain(sys.stdout):
        encoding = None if sys.stdout is None else sys.stdout.encoding
        outlet = io.BufferedWriter(_Outlet(1, "wb", closefd=False))
        sys.stdout = io.TextIOWrapper(outlet, encoding, line_buffering=outlet.isatty())
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def _is_plain(stream: object) -> bool:
    """Whether it writes bytes to the process's own output, as the console of Windows does not."""
    if stream is None:
        return True
    if not isinstance(stream, io.TextIOWrapper) or (os.name == "nt" and stream.isatty()):
        return False
    with suppress(OSError):
        return stream.fileno() == 1
    return False


def tell(line: str) -> None:
    """Say a line on standard error, if it can be said: the exit code tells it, too."""
    with suppress(OSError, ValueError):
        print(printable(line), file=sys.stderr, flush=True)


def let_go() -> None:
    """Drop what a stream could not get rid of: Python would try again, and fail, on leaving."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError, UnheardError):
            with suppress(OSError, ValueError):
                os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


JSON = "json"
"""How answers are shown that are for programs."""
_words: ContextVar[tuple[str, ...]] = ContextVar("words", default=())
"""Those of the command line."""
DEFECT = 70
INTERRUPTED = 130


def exit_code(run: Callable[[], int], words: Sequence[str]) -> int:
    """The code that ``run`` answers, or that of what kept it from answering.

    ``words`` are those of the command line; they may name a language.
    """
    _words.set(tuple(words))
    try:
        with ended_by_signals(), heard_from_threads():
            code = run()
            sys.stdout.flush()
            return code
    except KeyboardInterrupt as interrupt:
        return interrupt.code if isinstance(interrupt, InterruptedRun) else INTERRUPTED
    except UnheardError as unheard:
        if not unheard.nobody_reads:  # as after "| head": whoever is gone needs no reason
            tell(_not_written(unheard).in_(spoken_to(words)))
        return DEFECT
    except BaseException as fault:
        tell(_line(fault, words))
        return DEFECT
    finally:
        let_go()


def _line(fault: BaseException, words: Sequence[str]) -> str:
    """What happened, and where the details are."""
    try:
        return defect(fault, discreet="--pseudonymise" in words).in_(spoken_to(words))
    except Exception:  # as where there is no memory left even for that
        return "This is a defect of vermegroup"


def _not_written(unheard: UnheardError) -> Message:
    return _("The answer could not be written to standard output: {reason}", reason=unheard.reason)


def tell_folded(text: str, indent: str = "") -> None:
    """Say a text in lines as wide as a terminal, if one shows them; commands are left whole.

    In a file or a pipe each text is one line.
    """
    if not sys.stderr.isatty():
        tell(f"{indent}{text}")
        return
    import shutil
    import textwrap

    parts = map(printable, text.split("\N{NO-BREAK SPACE}"))
    whole = _WHOLE.sub(lambda found: found[0].replace(" ", _SPACE), _SPACE.join(parts))
    width = min(shutil.get_terminal_size().columns, _WIDEST)
    lines = textwrap.wrap(
        whole,
        width,
        initial_indent=indent,
        subsequent_indent=indent or "  ",
        break_on_hyphens=False,
        break_long_words=False,
    )
    for line in lines:
        tell(line.replace(_SPACE, " "))


_WIDEST = 80
_SPACE = "\ue000"  # of private use: stands for a space at which no line ends
_WHOLE = re.compile(
    r"--[a-z-]+ (?:\"[^\"]*\"|[^\s\"]+)"
    r"|(?:vermegroup|python) [^\s\"]+(?: (?:-\S+|>|\"[^\"]*\"|\S+\.\w+))*"
    r"|\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}|\S*[/\\]\S*"
)
"""Options with their values, commands, what is written in a rulebook, and paths."""

AT_FAULT = 2
CODES = {
    "formed": 0,
    "valid": 0,
    "impossible": 1,
    "invalid": 1,
    "undecided": 3,
    "same": 0,
    "differs": 1,
}


@dataclass(slots=True)
class Door:
    """What a refused run leaves: a note in the ``folder`` where an older answer may be."""

    folder: Path | None = None


@contextmanager
def faults_shown(language: Language, format_: str = "") -> Iterator[Door]:
    """Tell an input error on standard error, as JSON too if asked; and leave with exit code 2."""
    door = Door()
    try:
        yield door
    except InputError as fault:
        from vermegroup.report.blocks import summarised

        for line in summarised(fault.findings, language, at_most=20):
            _tell_finding(line)
        if door.folder is not None:
            from vermegroup.report.stale import mark_stale

            mark_stale(door.folder, _called(_words.get()), fault.findings, language)
        if format_ == JSON:
            answer_refused(fault.findings, language)
        raise typer.Exit(AT_FAULT) from fault


def answer_refused(findings: Iterable[Finding], language: Language) -> None:
    """Give the answer of a run that was refused, as JSON on standard output."""
    from vermegroup.report.findings_json import refusal_to_json

    typer.echo(refusal_to_json(findings, language), nl=False)


def _called(words: Sequence[str]) -> str:
    """The call, for a note; under pseudonyms only which command it was."""
    from vermegroup.report.calls import shell_line

    return shell_line(["vermegroup", *(words[:1] if "--pseudonymise" in words else words)])


def teller(language: Language, *, quiet: bool = False) -> Callable[[Finding], None]:
    """What tells a finding on standard error; ``quiet`` has mere notices left out."""

    def told(finding: Finding) -> None:
        if quiet and finding.severity is Severity.NOTICE:
            return
        from vermegroup.report.blocks import notice

        _tell_finding(notice(finding, language))

    return told


def _tell_finding(line: Notice) -> None:
    place = f"{line.place}: " if line.place else ""
    tell_folded(f"{line.word}: {place}{line.message}")
    for note in filter(None, (line.hint, line.others)):
        tell_folded(note, "  ")


def leave(
    verdict: str, *, interrupted: int = 0, repeatable: bool = True, zero: bool = False
) -> NoReturn:
    """Leave with the exit code of a verdict, or with that of an interruption.

    One that is not ``repeatable`` as was asked for is as good as undecided. With ``zero`` any
    answer is as good as a yes.
    """
    code = CODES[verdict if repeatable else "undecided"]
    raise typer.Exit(interrupted or (0 if zero else code))
