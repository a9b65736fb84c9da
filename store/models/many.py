"""Making thousands of records at once."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def many_at_once() -> Iterator[None]:
    """Thousands of new records make the collector look at all of them again and again: three times the time.

    They live as long as the program, so the collector is told to leave them alone afterwards, too.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.freeze()
            gc.enable()
