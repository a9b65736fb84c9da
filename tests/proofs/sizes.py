"""How much of each proof is run: enough for every change, or the large sizes of a long run."""

import os
from typing import Final

VARIABLE: Final = "LEADLINE_PROOFS"
LONG: Final = "long"

# Read at import: the fixture that pins the machine takes every variable of ours out of the environment.
_IS_LONG: Final = os.environ.get(VARIABLE) == LONG


def is_long() -> bool:
    """Whether this is a long run."""
    return _IS_LONG


def size(ci: int, long: int) -> int:
    """The one that this run is for: `ci` on every change, `long` by `python -m tests.proofs --long`."""
    return long if _IS_LONG else ci
