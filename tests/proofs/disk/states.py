"""What may be on the disk after the power was cut, as far as any file system is allowed to go.

Names that were not flushed with their folder may be there or not, each by itself, in the order they were made. Bytes
that were not flushed may be there, be zero, be missing, or be there in part, by sectors.
"""

import itertools
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from random import Random
from typing import Final

from tests.proofs.disk.recording import (
    Called,
    Cut,
    DataOperation,
    Flushed,
    FlushedFolder,
    Folder,
    Linked,
    Made,
    Moved,
    NameOperation,
    Operation,
    Recorder,
    Removed,
)

SECTOR: Final = 512
FOLDER: Final = 0
"""The number under which a folder stands among the files."""

Disk = Mapping[str, bytes | None]
"""What every name holds; None is a folder."""


def states_after(recorder: Recorder, count: int, chance: Random, variety: int) -> Iterator[Disk]:
    """What may be on the disk when the power is cut after the first `count` operations: one after another, for ever.

    Args:
        recorder: what was there before, and what was asked for.
        count: how many operations were under way.
        chance: chooses, where there are many.
        variety: how many ways of being half written to consider of one write.
    """
    operations = recorder.operations[:count]
    certain, open_ones = _names(operations)
    texts = {
        file: _texts(recorder.contents.get(file, b""), operations, file, chance, variety)
        for file in _files(recorder, operations)
    }
    choices = 2 ** len(open_ones)
    for number in itertools.count():
        chosen = number if number < choices else chance.randrange(choices)
        applied = certain | {at for bit, at in enumerate(open_ones) if chosen >> bit & 1}
        names = _namespace(recorder.files, operations, applied)
        yield {name: None if file == FOLDER else chance.choice(texts[file]) for name, file in names.items()}


def done_after(recorder: Recorder, count: int) -> int:
    """How many writes had been called done by then."""
    return sum(isinstance(operation, Called) for operation in recorder.operations[:count])


def _names(operations: Sequence[Operation]) -> tuple[set[int], list[int]]:
    """Which operations on names are on the disk for certain, and which may be."""
    certain: set[int] = set()
    pending: list[int] = []
    for at, operation in enumerate(operations):
        if isinstance(operation, NameOperation):
            pending.append(at)
        elif isinstance(operation, FlushedFolder):
            flushed = [other for other in pending if _folder_of(operations[other]) == operation.name]
            certain.update(flushed)
            pending = [other for other in pending if other not in certain]
    return certain, pending


def _folder_of(operation: Operation) -> str:
    name = operation.to if isinstance(operation, (Moved, Linked)) else operation.name  # type: ignore[union-attr]
    return name.rpartition("/")[0] or "."


def _files(recorder: Recorder, operations: Sequence[Operation]) -> set[int]:
    return {*recorder.contents, *(each.file for each in operations if isinstance(each, Made))}


def _namespace(files: Mapping[str, int], operations: Sequence[Operation], applied: set[int]) -> dict[str, int]:
    names = dict(files)
    for at in sorted(applied):
        operation = operations[at]
        match operation:
            case Made(name, file):
                names[name] = file
            case Folder(name):
                names[name] = FOLDER
            case Removed(name):
                names.pop(name, None)
            case Linked(name, to) if name in names:
                names[to] = names[name]
            case Moved(name, to, is_exchange) if name in names:
                before = names.get(to)
                names[to] = names.pop(name)
                if is_exchange and before is not None:
                    names[name] = before
    # A name in a folder that is not there cannot be found.
    gone = {each.name for each in operations if isinstance(each, Folder)} - names.keys()
    return {name: file for name, file in names.items() if not any(name.startswith(f"{folder}/") for folder in gone)}


def _texts(before: bytes, operations: Sequence[Operation], file: int, chance: Random, variety: int) -> list[bytes]:
    """What one file may hold."""
    changes: list[DataOperation] = []
    content = before
    for operation in operations:
        if isinstance(operation, DataOperation) and operation.file == file:
            changes.append(operation)
        elif isinstance(operation, Flushed) and operation.file == file:
            for change in changes:
                content = _changed(content, change)
            changes = []
    if not changes:
        return [content]
    stages = [content]
    for change in changes:
        stages.append(_changed(stages[-1], change))
    texts = set(stages)
    for before_it, after_it in pairwise(stages):
        starts = range(0, len(after_it), SECTOR)
        # A prefix of it, with the rest missing or zero; what was flushed before stays.
        for at in (*starts, len(after_it)):
            part = after_it[:at] + before_it[at:]
            texts |= {part, part.ljust(len(after_it), b"\0")}
        choices = 2 ** len(starts)
        for number in range(min(choices, variety)):
            chosen = number if choices <= variety else chance.randrange(choices)
            sectors = (
                (after_it if chosen >> bit & 1 else before_it)[at : at + SECTOR].ljust(SECTOR, b"\0")
                for bit, at in enumerate(starts)
            )
            texts.add(b"".join(sectors)[: len(after_it)])
    return sorted(texts, key=lambda text: (text != stages[-1], text))


def _changed(content: bytes, change: DataOperation) -> bytes:
    if isinstance(change, Cut):
        return content[: change.size].ljust(change.size, b"\0")
    padded = content.ljust(change.at, b"\0")
    return padded[: change.at] + change.content + padded[change.at + len(change.content) :]
