"""What the status line says about the file."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


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
