"""What a kind of write is to the proofs: what comes before, the writes, what must hold then and in the next one."""

import os
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import ClassVar, Final

from store.change import ChangeSet, Did, Edit, Step
from store.disk.journal.journal import read_journals
from store.disk.keeping.backups import backups_directory, backups_of, keep_backup
from store.disk.keeping.known import state_directory
from store.disk.storage import FileStorage
from store.disk.writing.patching import Patch
from store.errors import StoreError
from store.models import Item
from tests.store.disk.records import item
from tests.store.disk.stores import names_in, text_of, written

NOW: Final = datetime(2026, 3, 4, 9, 0, tzinfo=UTC)
Act = Callable[[], object]
Acts = Sequence[Act]


def store_with(**titles: str) -> bytes:
    """A store of twelve items, the named ones (`i5="new"`) with other titles."""
    items = {number: item(number) for number in range(1, 13)}
    items |= {int(name[1:]): item(int(name[1:]), title) for name, title in titles.items()}
    return text_of({"items": list(items.values())})


OLD: Final = store_with()
NEW: Final = store_with(i5="new")
THEIRS: Final = store_with(i9="theirs")
BOTH: Final = store_with(i5="new", i9="theirs")
LATER: Final = "later"
_HOUR: Final = 3600


class Workload(ABC):
    """One kind of write."""

    name: ClassVar[str]

    def prepare(self, folder: Path) -> None:
        """Makes what is there before, in an empty folder. A session before this one left its notes."""
        path = written(folder / "leadline.json", store_with(i5="earlier"))
        FileStorage(path).write(Patch({"items": {5: item(5)}}))

    @abstractmethod
    def start(self, folder: Path) -> Acts:
        """What comes before the writes; gives the writes themselves, each of which ends only when it is safe."""

    @abstractmethod
    def problems(self, folder: Path, done: int) -> list[str]:
        """What is wrong, in sentences, when so many of the writes were called done and one more may be under way."""

    def recovery_problems(self, folder: Path) -> list[str]:
        """What is wrong after the next session has saved something."""
        path = folder / "leadline.json"
        storage = FileStorage(path)
        before = storage.load()
        if before.findings:
            return [f"the next session finds: {before.findings[0]}"]
        storage.write(Patch({"items": {7: item(7, LATER)}}))
        after = FileStorage(path).load()
        expected = {**before.workspace.items, 7: item(7, LATER)}
        wrong = [] if after.workspace.items == expected else ["the next session cannot save"]
        left = [name for name in names_in(folder) if ".tmp-" in name]
        left += [name for name in names_in(state_directory(path)) if "tmp" in name]
        left += [name for name in names_in(backups_directory(path)) if "tmp" in name]
        return wrong + [f"{name} is left" for name in left]


def is_one_of(path: Path, *allowed: bytes | None) -> list[str]:
    """A sentence if a file holds something else; None among the allowed is no file."""
    content = path.read_bytes() if os.path.lexists(path) else None
    if content in allowed:
        return []
    return [f"{path.name} holds {'nothing' if content is None else f'{len(content)} other bytes'}"]


def age(folder: Path) -> None:
    """Makes everything that was left over look an hour old, so that the next session may sweep it."""
    long_ago = time.time() - _HOUR
    for file in folder.rglob(".*tmp-*"):
        os.utime(file, (long_ago, long_ago), follow_symlinks=False)


def long_item(number: int, *, is_edited: bool) -> Item:
    """An item that fills more than one sector of a disk."""
    return item(number, "edited" if is_edited else "as it was").with_(body=f"line {number}\n" * 90)


def lost_steps(folder: Path, wanted: set[str]) -> list[str]:
    """A sentence if the journals lack some of these steps."""
    lost = wanted - {each.name for each in read_journals(folder / "leadline.json").steps}
    return [f"steps are lost: {', '.join(sorted(lost))}"] if lost else []


def step(run: str, number: int) -> Step:
    """A step of the journal."""
    before, after = item(5), item(5, f"{run} {number}")
    return Step(run, number, Did.DO, ChangeSet("Renamed it", (Edit(before, after),), NOW, "ana"))


def kept(path: Path, content: bytes, now: datetime) -> None:
    """Keeps a copy.

    Raises:
        StoreError: it could not be kept.
    """
    if keep_backup(path, content, "import", now) is None:
        message = "no copy"
        raise StoreError(message)


def contents_of_copies(path: Path) -> tuple[list[bytes], list[str]]:
    """What the copies of a store hold, and a sentence for each that is not whole."""
    contents, wrong = [], []
    for copy in backups_of(path):
        try:
            contents.append(copy.content())
        except StoreError as error:
            wrong.append(str(error))
    return contents, wrong
