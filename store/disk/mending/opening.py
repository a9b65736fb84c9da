"""Opening a file that is not whole: what is sound of it can be looked at before anything is mended."""

import os
from pathlib import Path

from store.disk.files import read_file
from store.disk.mending.mending import Mending
from store.disk.mending.planning import mending_of
from store.disk.reading.reading import Reading, read_store


def opened_for_mending(path: Path) -> tuple[Reading, Mending | None]:
    """What a file will hold when it is mended, and the plan; None where nothing has to be mended.

    Raises:
        NoStoreError: there is no such file.
        UnreadableStoreError: it is no store of ours, or too little of it can be read and nothing else is to be had.
    """
    real = Path(os.path.realpath(path))
    content, _ = read_file(real)
    mending = mending_of(real, content)
    return read_store(content if mending is None else mending.text, real.name, {}), mending
