"""Making thousands of records at once."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final, TypeVar

from pydantic import BaseModel

_NONE_GIVEN: Final[set[str]] = set()

M = TypeVar("M", bound=BaseModel)


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


def lean(record: M) -> M:
    """The same record without the names of the fields that it was given.

    Nobody asks for them, and with a line for each field in the file they take more memory than all of its values.
    """
    object.__setattr__(record, "__pydantic_fields_set__", _NONE_GIVEN)
    return record
