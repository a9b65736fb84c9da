"""The canonical text of what was read, whoever wrote it and however it was laid out."""

from collections.abc import Mapping

from store.disk.canonical import Text, entry_text, store_text
from store.disk.keeping.known import Mark
from store.disk.reading.reading import Reading
from store.disk.reading.slicing import places


def laid_out(reading: Reading) -> bytes:
    """The canonical text of a store that was read strictly, with everything that was set aside as it stands.

    Raises:
        ValueError: a number that JSON does not know, in a field that this version does not know.
    """
    texts: dict[str, Mapping[str, Text] | Text] = {}
    known: dict[str, dict[str, Text]] = {
        table: {key: entry_text(table, key, entry) for key, entry in entries.items()}
        for table, entries in (reading.entries or {}).items()
    }
    for (table, key), text in reading.kept.items():
        if key is None:
            texts[table] = text
        else:
            known.setdefault(table, {})[key] = text
    return store_text({**known, **texts})


def is_canonical(content: bytes, reading: Reading) -> bool:
    """Whether a text that was read strictly is one of ours to the letter. Takes as long as reading it did.

    Args:
        content: the text.
        reading: what it holds.
    """
    # Most layouts of others are told apart at once by their lines.
    if reading.mark is not Mark.CLEAN or reading.entries is None or reading.kept or places(content) is None:
        return False
    try:
        return laid_out(reading) == content
    except ValueError:
        return False
