"""Starts leadline, as `leadline` and as `python -m tui`."""

import gc
import os
import sys
from contextlib import suppress


def main() -> None:
    """Run the program and end with its exit code."""
    # A command lives for a moment: what the collector could free is not worth its looking through all that is loaded.
    # The full screen switches it on again once it is painted.
    gc.disable()
    # Pydantic would look through every installed package for plugins: 10 ms, and strangers in our validation.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "1")
    from tui.cli import run  # late: importing this module must stay free of effects and cost

    code = run(sys.argv[1:])
    # Everything is written and closed by now. Python would take ten thousand records apart, one by one, before it
    # ends: longer than most commands take.
    with suppress(OSError, ValueError):
        sys.stderr.flush()
    os._exit(code)


if __name__ == "__main__":
    main()
