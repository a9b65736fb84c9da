"""What the last import found, as short digests, so that an edit made here can be told from a change made there.

Kept in `Source.seen` on one line: `stage:5e1f0a state:inbox tags:0b12cd.77e0d1 title:1f3a9c`. A digest is 24 bits of
the CRC-32 of the value, enough to tell "as it was" from "changed"; the values themselves would double the size of the
store. A field that was empty, or that no import ever spoke of, is not there.
"""

from collections.abc import Mapping
from zlib import crc32

Seen = Mapping[str, str]
"""Field to digest."""


def digest(value: object) -> str:
    """Six hexadecimal digits that stand for a value; empty for an empty one."""
    text = "" if value is None else str(value)
    return f"{crc32(text.encode(errors='replace')) >> 8:06x}" if text else ""


def set_digest(values: frozenset[str]) -> str:
    """The digests of the members, sorted."""
    return ".".join(sorted(map(digest, values)))


def seen_of(text: str) -> dict[str, str]:
    """What `Source.seen` says; anything that is not of its form is passed over."""
    parts = (part.partition(":") for part in text.split(" "))
    return {field: value for field, colon, value in parts if colon and value}


def written(seen: Seen) -> str:
    """The line for `Source.seen`, fields in a fixed order."""
    return " ".join(f"{field}:{value}" for field, value in sorted(seen.items()) if value)
