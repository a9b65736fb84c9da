"""What will be done about a file that is not whole: a plan that a person can read before anything is written."""

from dataclasses import dataclass
from pathlib import Path

from store.models import Conflict


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in the file where something is wrong.

    Args:
        line: its one-based line.
        column: its one-based column.
        complaint: what is wrong there, without a full stop.
        context: the lines around it as they stand in the file, each with its number; not clean for a terminal.
    """

    line: int
    column: int
    complaint: str
    context: tuple[str, ...] = ()


@dataclass(frozen=True)
class Mending:
    """A plan for one file.

    Args:
        path: the real path of the file.
        content: the bytes it is made for; a file with other bytes needs another plan.
        text: the bytes the file will have.
        sentences: what will be done, in its order.
        spots: where the file is wrong.
        conflicts: what both sides of a merge changed differently; it will wait in the file for a person.
        lost: what stands in the file and will not stand in it any more, in sentences; the copy of the old file has it.
        refusal: why this version must not write the file, in a sentence; empty where it may.
        is_whole: whether the file can be used as it is.
        from_schema: the older schema the file has; None where it has the newest one, or a newer.
    """

    path: Path
    content: bytes
    text: bytes
    sentences: tuple[str, ...]
    spots: tuple[Spot, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    lost: tuple[str, ...] = ()
    refusal: str = ""
    is_whole: bool = False
    from_schema: int | None = None
