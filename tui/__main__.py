"""Starts leadline, as `leadline` and as `python -m tui`."""

import gc
import os
import sys
from contextlib import suppress
from types import ModuleType, TracebackType
from typing import Final

CRASHED: Final = 70
"""As `ExitCode.CRASHED`, which may be among what is missing."""


def main() -> None:
    """Run the program and end with its exit code."""
    # A command lives for a moment: what the collector could free is not worth its looking through all that is loaded.
    # The full screen switches it on again once it is painted.
    gc.disable()
    without_plugins()
    sys.excepthook = _crashed
    from tui.cli import run  # late: importing this module must stay free of effects and cost
    from tui.cli.streams import take_over

    take_over()
    code = run(sys.argv[1:])
    # Everything is written and closed by now. Python would take ten thousand records apart, one by one, before it
    # ends: longer than most commands take.
    with suppress(OSError, ValueError):
        sys.stderr.flush()
    os._exit(code)


def _crashed(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Even an installation with parts missing ends with the code of a fault of ours, never with one that means more."""
    sys.__excepthook__(kind, error, trace)
    with suppress(OSError, ValueError):
        sys.stderr.flush()
    os._exit(CRASHED)


def without_plugins() -> None:
    """Keep pydantic from looking through every installed package for plugins, and from loading what would look.

    Plugins would be strangers in our validation. What looks for them brings the mail package along and takes 15 ms, a
    tenth of a command, even where it is told not to look; so something that finds none stands in its place.
    """
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "1")
    stand_in = ModuleType("pydantic.plugin._loader")
    vars(stand_in)["get_plugins"] = tuple
    sys.modules.setdefault(stand_in.__name__, stand_in)


if __name__ == "__main__":
    main()
