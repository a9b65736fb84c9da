"""What the command line says: data on standard output, narration on standard error, both safe for a terminal."""

import sys

from screens.wording.clean import clean, clean_block
from store.errors import LeadlineError


def put(line: str) -> None:
    """One line of data."""
    sys.stdout.write(f"{clean(line)}\n")


def put_block(text: str) -> None:
    """Several lines of data."""
    sys.stdout.write(f"{clean_block(text)}\n")


def say(line: str) -> None:
    """One line of narration."""
    sys.stderr.write(f"{clean(line)}\n")


def say_block(text: str) -> None:
    """Several lines of narration."""
    sys.stderr.write(f"{clean_block(text)}\n")


def tell_error(error: LeadlineError) -> None:
    """What went wrong and what to do about it."""
    say(f"{error.title}: {error.message}")
    if error.hint:
        say(error.hint)


def is_for_eyes() -> bool:
    """Whether standard output is a terminal."""
    return sys.stdout.isatty()


def width() -> int:
    """The width of the terminal in cells."""
    from shutil import get_terminal_size  # late: brings compression along

    return get_terminal_size().columns
