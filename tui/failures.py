"""When leadline itself breaks: a few lines for the person, the details in a file, never the values it held.

Values are left out because a store holds private notes about people: no local variables, and of the messages of
errors, which may quote data, only those that speak of code or of the system. Loads neither Textual nor rich, so that
the command line can use it too.
"""

import os
import sys
import traceback
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from store.errors import ExitCode

LONGEST_MESSAGE = 160
SPEAKS_OF_CODE = (AttributeError, ImportError, NameError, RecursionError, TypeError)
"""Errors whose messages name attributes and types, not what they hold."""

ROOT = Path(__file__).resolve().parent.parent
_NOT_KNOWN = "Whatever was saved before is as it was."


def state_dir() -> Path:
    """Where leadline keeps what is neither data nor setting: `LEADLINE_STATE_DIR`, else the system's own place."""
    given = os.environ.get("LEADLINE_STATE_DIR")
    if given:
        return Path(given)
    from platformdirs import user_state_path  # late: only a crash needs it on the command line

    return user_state_path("leadline")


def report_crash(error: BaseException, now: datetime, about_data: str = _NOT_KNOWN) -> ExitCode:
    """Keep the details of `error`, say so on standard error, and give the exit code to end with.

    Args:
        error: what nobody caught.
        now: when it happened.
        about_data: one or two sentences on what is saved and what is not.
    """
    path = _kept(_details(error, now), now)
    for line in crash_lines(error, path, about_data):
        print(_safe(line), file=sys.stderr)  # noqa: T201 - the one text that must not depend on anything that may be broken
    return ExitCode.CRASHED


def crash_lines(error: BaseException, path: Path | None, about_data: str) -> tuple[str, ...]:
    """What a person is told, at most six lines."""
    details = f"Details, without your data: {path}" if path else "The details could not be written to a file."
    return (
        f"leadline has a fault and had to close: {_name_and_place(_cause_of(error))}.",
        about_data,
        details,
    )


def _cause_of(error: BaseException) -> BaseException:
    """What happened inside a worker, where that is all the error says."""
    inner = getattr(error, "error", None)
    return inner if isinstance(inner, BaseException) else error


def _name_and_place(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if Path(frame.filename).is_relative_to(ROOT)] or frames
    if not own:
        return type(error).__name__
    path = Path(own[-1].filename)
    shown = path.relative_to(ROOT) if path.is_relative_to(ROOT) else path.name
    return f"{type(error).__name__} in {shown}, line {own[-1].lineno}"


def _details(error: BaseException, now: datetime) -> str:
    from platform import platform, python_version  # late: only a crash needs them

    from tui.version import version_words

    head = (
        f"leadline {version_words()}, Python {python_version()}, {platform()}",
        f"{now.isoformat(timespec='seconds')}",
        _safe(f"terminal {os.environ.get('TERM', '')} {os.environ.get('TERM_PROGRAM', '')}".rstrip()),
        "",
    )
    return "\n".join((*head, *_told(_cause_of(error)))) + "\n"


def _told(error: BaseException) -> Iterator[str]:
    """The chain of errors as Python prints it, oldest first, with shortened messages and without any values."""
    earlier = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if earlier is not None:
        yield from _told(earlier)
        yield "\n... and then:\n"
    yield from (line.rstrip("\n") for line in traceback.format_tb(error.__traceback__))
    yield f"{type(error).__module__}.{type(error).__qualname__}{_message(error)}"


def _message(error: BaseException) -> str:
    if isinstance(error, OSError):
        return f": {error.strerror}"
    if isinstance(error, AttributeError):
        # The name may come from a file; in our own code it stands in the line above.
        return f": of a {type(error.obj).__name__}"
    return f": {_short(str(error))}" if isinstance(error, SPEAKS_OF_CODE) else ""


def _short(message: str) -> str:
    safe = _safe(message.partition("\n")[0])
    return safe if len(safe) <= LONGEST_MESSAGE else f"{safe[:LONGEST_MESSAGE]}..."


def _safe(line: str) -> str:
    """A line that a terminal shows and does not act on; by itself, because anything else may be what broke."""
    return "".join(char if char.isprintable() else "?" for char in line)


def _kept(text: str, now: datetime) -> Path | None:
    """The file the text is in; None where no file can be written, which must not hide the crash itself."""
    path = state_dir() / f"crash-{now:%Y%m%d-%H%M%S}.txt"
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        # Never through a link, and for nobody else to read.
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8", errors="replace") as file:
            file.write(text)
    except OSError:
        return None
    return path
