"""The canonical text of what was read, whoever wrote it and however it was laid out."""

from collections.abc import Callable, Mapping
from typing import Final

from store.disk.canonical import Text, entry_text, store_text
from store.disk.keeping.known import Mark
from store.disk.reading.reading import Reading
from store.disk.reading.slicing import places

STRIDE: Final = 100
"""After so many records it is asked whether to wait; a few milliseconds of work."""


def laid_out(reading: Reading, pause: Callable[[], None] = lambda: None) -> bytes:
    """The canonical text of a store that was read strictly, with everything that was set aside as it stands.

    Args:
        reading: the store.
        pause: called now and then; may wait where the machine is needed for something else.

    Raises:
        ValueError: a number that JSON does not know, in a field that this version does not know.
    """
    texts: dict[str, Mapping[str, Text] | Text] = {}
    known: dict[str, dict[str, Text]] = {}
    for table, entries in (reading.entries or {}).items():
        written = known[table] = {}
        for number, (record, entry) in enumerate(entries.items()):
            if number % STRIDE == 0:
                pause()
            written[record] = entry_text(table, record, entry)
    for (table, key), text in reading.kept.items():
        if key is None:
            texts[table] = text
        else:
            known.setdefault(table, {})[key] = text
    return store_text({**known, **texts})


def is_canonical(content: bytes, reading: Reading, pause: Callable[[], None] = lambda: None) -> bool:
    """Whether a text that was read strictly is one of ours to the letter. Takes as long as reading it did.

    Args:
        content: the text.
        reading: what it holds.
        pause: as for `laid_out`.
    """
    # Most layouts of others are told apart at once by their lines.
    if reading.mark is not Mark.CLEAN or reading.entries is None or reading.kept or places(content) is None:
        return False
    try:
        return laid_out(reading, pause) == content
    except ValueError:
        return False
