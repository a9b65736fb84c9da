"""From arguments to exit code: the one place where the command line says what went wrong."""

import io
import os
import sys
from collections.abc import Sequence
from typing import Final

import click

from store.clock import utc_now
from store.errors import ExitCode, LeadlineError, OutputError
from tui.cli.program import leadline
from tui.cli.streams import leads_nowhere
from tui.cli.telling import say_block, tell_error

NAME: Final = "leadline"
COMPLETION: Final = "_LEADLINE_COMPLETE"
INTERRUPTED: Final = 130
PIPE_CLOSED: Final = 141
"""What a shell reports for a program that ctrl+c, or a reader that went away, has ended."""


def run(arguments: Sequence[str]) -> int:
    """Run one command line.

    Returns:
        The exit code: one of `ExitCode`, or what shells use for ctrl+c (130) and for a closed pipe (141).
    """
    try:
        code = _run(arguments)
        sys.stdout.flush()
    except BrokenPipeError:
        # `leadline list | head` is no mistake.
        leads_nowhere(sys.stdout.fileno())
        return PIPE_CLOSED
    except OutputError as error:
        leads_nowhere(sys.stdout.fileno())
        tell_error(error)
        return error.exit_code
    return code


def _run(arguments: Sequence[str]) -> int:
    try:
        if COMPLETION in os.environ:
            # The shell asks what could come next; click answers and ends.
            _complete(arguments)
        # Not click's own `main`: it answers a closed pipe with exit code 1.
        with leadline.make_context(NAME, list(arguments)) as context:
            code = leadline.invoke(context)
    except click.exceptions.Exit as ending:
        return ending.exit_code
    except (BrokenPipeError, OutputError):
        raise
    except LeadlineError as error:
        tell_error(error)
        return error.exit_code
    except click.ClickException as error:
        shown = io.StringIO()
        error.show(shown)
        # It quotes what was typed, and a script may have typed what it found in data.
        say_block(shown.getvalue().rstrip("\n"))
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except Exception as error:  # noqa: BLE001 - the last net: whatever this is, it is a fault of ours
        from tui.failures import report_crash  # late: the tools for tracebacks take their time

        return report_crash(error, utc_now())
    return code if isinstance(code, int) else ExitCode.OK


def _complete(arguments: Sequence[str]) -> None:
    try:
        leadline.main(args=list(arguments), prog_name=NAME)
    except (KeyError, ValueError) as error:
        message = f"{COMPLETION} is for shells, which say what was typed in COMP_WORDS and COMP_CWORD."
        raise click.UsageError(message) from error
