"""A first look at a text that others wrote, by its differences from a copy of an earlier one.

After a pull most records are as they were, and a start need not read them all again to know that nothing is wrong.
"""

from pathlib import Path
from typing import Final

from store.disk.files import sha256_of
from store.disk.keeping.backups import backups_of
from store.disk.keeping.known import KnownTexts, Mark
from store.disk.reading.differing import differing
from store.disk.reading.reading import Reading, read_known
from store.errors import StoreError
from store.models import many_at_once

WORTH_IT_BYTES: Final = 2**18
"""A smaller text is read as a whole in the time it takes to find a copy."""


def read_by_copy(content: bytes, store: Path, known: KnownTexts) -> Reading | None:
    """Everything in a text, if it is canonical and differs from a good copy by records in which nothing is wrong.

    Args:
        content: the bytes of the store.
        store: its real path.
        known: what is known about its texts.
    """
    if len(content) < WORTH_IT_BYTES:
        return None
    good = known.good_copies()
    copy = next((copy for copy in backups_of(store) if copy.digest in good), None) if good else None
    if copy is None:
        return None
    try:
        is_good = differing(content, copy.content()) is not None
    except StoreError:
        return None
    with many_at_once():
        return read_known(content, sha256_of(content), Mark.CANONICAL) if is_good else None
