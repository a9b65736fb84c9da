"""From a file to its text, or one clear sentence why not. Nothing but plain files is opened."""

import codecs
import os
import stat
from pathlib import Path
from typing import Final

from store.errors import ImportFailedError

CAP: Final = 256 * 2**20
"""Bytes. The largest export we know has a tenth of it; more would fill the memory of a small machine."""

# Longest first: the mark of UTF-32 starts with that of UTF-16.
_MARKS: Final = (
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
# Python counts them as text encodings, but no file is written in them and some run over whatever they meet.
_NO_TEXT: Final = frozenset({"idna", "punycode", "raw-unicode-escape", "undefined", "unicode-escape"})
# A pipe would wait for ever for somebody who writes.
_FLAGS: Final = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)


def bytes_of(path: Path, cap: int = CAP) -> bytes:
    """The content of a plain file.

    Raises:
        ImportFailedError: there is none, it is no plain file, it may not be read, or it is larger than `cap` bytes.
    """
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise _not_a_file(path)
        handle = os.open(path, _FLAGS)
        with os.fdopen(handle, "rb") as file:
            # Asked again of what was opened: the name may point elsewhere by now.
            about = os.fstat(file.fileno())
            if not stat.S_ISREG(about.st_mode):
                raise _not_a_file(path)
            data = file.read(cap + 1)
    except FileNotFoundError as error:
        message = f"There is no file {path}."
        raise ImportFailedError(message, "Check the name and the folder.") from error
    except PermissionError as error:
        message = f"{path} may not be read."
        raise ImportFailedError(message, "Ask its owner for the right to read it.") from error
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        message = f"{path} cannot be read: {reason}."
        raise ImportFailedError(message) from error
    if len(data) > cap:
        message = f"{path.name} is larger than {cap / 2**20:,.0f} MB."
        raise ImportFailedError(message, "Export fewer items at a time, or leave out comments and attachments.")
    return data


def text_of(data: bytes, name: str, encoding: str = "") -> str:
    """The bytes as text, without a byte order mark.

    Raises:
        ImportFailedError: they are not text in that encoding; the sentence names the byte and the line.
    """
    used = encoding or next((codec for mark, codec in _MARKS if data.startswith(mark)), "utf-8")
    try:
        text = data.decode(_codec(used))
    except UnicodeDecodeError as error:
        raise _not_text(data, name, used, error.start) from error
    except UnicodeError as error:
        raise _not_text(data, name, used, 0) from error
    except (LookupError, ValueError) as error:
        message = f"“{encoding}” is not an encoding."
        raise ImportFailedError(message, "Known ones are utf-8, utf-16, latin-1 and cp1252.") from error
    if not text.strip("\ufeff \t\r\n\x00"):
        message = f"{name} is empty."
        raise ImportFailedError(message, "Export the items again.")
    return text.removeprefix("\ufeff")


def _codec(encoding: str) -> str:
    """The name Python has for a text encoding.

    Raises:
        LookupError: it is none.
        ValueError: it cannot even be the name of one.
    """
    name = codecs.lookup(encoding).name
    if name in _NO_TEXT:
        raise LookupError(encoding)
    return name


def _not_a_file(path: Path) -> ImportFailedError:
    if path.is_dir():
        return ImportFailedError(f"{path} is a folder.", "Name one file in it.")
    return ImportFailedError(f"{path} is not a plain file.", "Save the export to a file first and import that.")


def _not_text(data: bytes, name: str, codec: str, at: int) -> ImportFailedError:
    line = data.count(b"\n", 0, at) + 1
    known = {"utf-8": "UTF-8", "utf-8-sig": "UTF-8", "utf-16": "UTF-16", "utf-32": "UTF-32"}.get(codec, codec)
    hint = "Save the file as UTF-8"
    if b"\x00" in data[:64] and codec == "utf-8":
        return ImportFailedError(
            f"{name} is not text.", "It may be packed, or a spreadsheet: export it as CSV or JSON."
        )
    if codec.startswith("utf-8"):
        hint += ", or give the encoding, for example latin-1 or cp1252"
    return ImportFailedError(f"{name} is not {known}: byte {at + 1:,}, line {line:,}, cannot be read.", f"{hint}.")
