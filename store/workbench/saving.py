"""What the status line says about the file."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from store.disk import Reading
from store.disk.files import is_read_only


class SaveKind(StrEnum):
    """Where the newest edit is."""

    SAVED = "saved"
    SAVING = "saving"
    UNSAVED = "unsaved"
    FAILED = "failed"
    READ_ONLY = "read-only"


@dataclass(frozen=True, slots=True)
class SaveState:
    """Where the newest edit is, since when, and (failed, read-only) one sentence why."""

    kind: SaveKind
    at: datetime
    reason: str = ""


def why_read_only(reading: Reading, path: Path | None) -> str:
    """Why a store may not be changed, in a sentence; empty if it may."""
    if reading.is_newer:
        return "A newer leadline wrote this store; upgrade leadline to change it."
    if reading.is_older:
        return "An older leadline wrote this; `leadline check --fix` brings it up."
    if path is not None and is_read_only(path):
        return "The store file is read-only."
    return ""
