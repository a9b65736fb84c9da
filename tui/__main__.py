"""Starts leadline, as `leadline` and as `python -m tui`."""

import os
import sys
from contextlib import suppress


def main() -> None:
    """Run the program and end with its exit code."""
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
