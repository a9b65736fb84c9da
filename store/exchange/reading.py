"""The door for files to import: find out what one is, and read it."""

import re
from pathlib import Path
from typing import Final

from store.errors import ImportFailedError
from store.exchange import generic, github, jira
from store.exchange.csv_rows import header_of
from store.exchange.imported import ImportOptions, Progress, Reading
from store.exchange.opening import bytes_of, text_of

FORMATS: Final = (github.FORMAT, jira.FORMAT, generic.FORMAT)
_JSON: Final = re.compile(r"\s*[\[{]")
_DEFAULT: Final = ImportOptions()


def detect_format(path: Path, encoding: str = "") -> str:
    """One of `FORMATS`, by content; the name of the file is not asked.

    Raises:
        ImportFailedError: the file cannot be read, or is none of them.
    """
    return _format_of(text_of(bytes_of(path), path.name, encoding))


def read_file(path: Path, options: ImportOptions = _DEFAULT, progress: Progress | None = None) -> Reading:
    """Read a file.

    Raises:
        ImportFailedError: it cannot be read or understood as a whole.
    """
    return read_bytes(bytes_of(path), path.name, options, progress)


def read_bytes(data: bytes, name: str, options: ImportOptions = _DEFAULT, progress: Progress | None = None) -> Reading:
    """Read what a file would hold, for example what came through a pipe; `name` is what sentences call it.

    Raises:
        ImportFailedError: as `read_file`.
    """
    text = text_of(data, name, options.encoding)
    wanted = options.format if options.format != "auto" else _format_of(text)
    if options.mapping:
        if wanted == github.FORMAT:
            message = f"{name} is JSON, whose fields are known: no columns can be named."
            raise ImportFailedError(message, "Leave the mapping out.")
        wanted = generic.FORMAT
    if wanted == github.FORMAT:
        return github.read_github(text, name, options, progress)
    if wanted == jira.FORMAT:
        return jira.read_jira(text, name, options, progress)
    if wanted == generic.FORMAT:
        return generic.read_csv(text, name, options, progress)
    message = f"“{wanted}” is not a format."
    raise ImportFailedError(message, f"Known ones are {', '.join(FORMATS)}.")


def _format_of(text: str) -> str:
    if _JSON.match(text):
        return github.FORMAT
    return jira.FORMAT if jira.looks_like(header_of(text)) else generic.FORMAT
