"""The three standard streams, in whatever state they are handed over: closed, full, or unable to show a letter."""

import io
import os
import sys
from typing import Final

from store.errors import OutputError

_IN, _OUT, _ERR = range(3)
_HINT: Final = "What the command itself did is done; only its words did not get out."


class _Data(io.FileIO):
    """Standard output: data that cannot be written is a failure, with a sentence."""

    def write(self, data: object, /) -> int:
        try:
            return super().write(data)  # type: ignore[arg-type]
        except BrokenPipeError:
            raise
        except OSError as error:
            # Not the reasons of the disk: whoever only asks for the version should not wait for the records.
            message = f"Standard output takes no more: {(error.strerror or 'no reason was given').lower()}."
            raise OutputError(message, _HINT) from error


class _Narration(io.FileIO):
    """Standard error: what nobody can be told stops no work."""

    def write(self, data: object, /) -> int:
        try:
            return super().write(data)  # type: ignore[arg-type]
        except OSError:
            return len(memoryview(data))  # type: ignore[arg-type]


def take_over() -> None:
    """Makes all three usable; one that is closed leads nowhere, as git has it.

    Otherwise its number would be that of a file that is opened later, and what is said would be written into that.
    """
    for number in (_IN, _OUT, _ERR):
        try:
            os.fstat(number)
        except OSError:
            # The lowest number that is free, which is this one.
            os.open(os.devnull, os.O_RDWR)
    if sys.stdin is None:
        sys.stdin = open(_IN, encoding="utf-8", closefd=False)  # noqa: SIM115 - it is there as long as the program
    sys.stdout = _writer(_Data(_OUT, "wb", closefd=False), sys.stdout)
    sys.stderr = _writer(_Narration(_ERR, "wb", closefd=False), sys.stderr, is_by_line=True)


def leads_nowhere(number: int = _OUT) -> None:
    """Whatever is still written there goes nowhere: Python would complain once more when it ends."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, number)
    os.close(nowhere)


def _writer(raw: io.FileIO, before: object, *, is_by_line: bool = False) -> io.TextIOWrapper:
    # A terminal that knows only ASCII must show a title in some way rather than end the program.
    return io.TextIOWrapper(
        io.BufferedWriter(raw),
        encoding=getattr(before, "encoding", None) or "utf-8",
        errors="backslashreplace",
        line_buffering=is_by_line or raw.isatty(),
    )
