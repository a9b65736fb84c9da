"""What is done while things go wrong: each kind of write, what must be true afterwards, and that the next one works."""

import os
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache, partial
from pathlib import Path
from typing import ClassVar, Final

from store.change import ChangeSet, Did, Edit, Step
from store.disk import create_store, exchanging
from store.disk.backups import backups_directory, backups_of, keep_backup
from store.disk.journal import Journal, read_journals
from store.disk.known import state_directory
from store.disk.merging import merge_texts
from store.disk.patching import Patch
from store.disk.storage import FileStorage
from store.errors import StoreError
from store.models import Item, Settings
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
        return wrong + [f"{name} is left" for name in left if not name.startswith("known-")]


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


class Save(Workload):
    """An edit of a store that this leadline wrote."""

    name = "save"

    def start(self, folder: Path) -> Acts:
        storage = FileStorage(folder / "leadline.json")
        storage.load()
        return [lambda: storage.write(Patch({"items": {5: item(5, "new")}}))]

    def problems(self, folder: Path, done: int) -> list[str]:
        return is_one_of(folder / "leadline.json", *((NEW,) if done else (OLD, NEW)))


class FirstSave(Save):
    """An edit over a text that somebody else wrote, of which a copy is kept."""

    name = "first save"

    def prepare(self, folder: Path) -> None:
        written(folder / "leadline.json", OLD)

    def problems(self, folder: Path, done: int) -> list[str]:
        wrong = super().problems(folder, done)
        contents, broken = contents_of_copies(folder / "leadline.json")
        return (
            wrong
            + broken
            + [f"a copy of {len(copy)} bytes is of nothing that was there" for copy in contents if copy != OLD]
        )


class SaveByReplacing(Save):
    """The same where the system cannot exchange two names."""

    name = "save without exchange"

    def start(self, folder: Path) -> Acts:
        (act,) = super().start(folder)

        def replacing() -> None:
            exchanging._rename = lambda: None  # type: ignore[assignment]
            act()

        return [replacing]


class SaveWithMerge(Workload):
    """An edit of a store into which somebody else wrote meanwhile."""

    name = "save with merge"

    def start(self, folder: Path) -> Acts:
        storage = FileStorage(folder / "leadline.json")
        storage.load()
        written(folder / "foreign", THEIRS).replace(storage.path)

        def act() -> None:
            with storage.locked():
                base, ours = storage.base, storage.text_with({"items": {5: item(5, "new")}})
                storage.load()
                storage.write_text(merge_texts(base, ours, storage.base, "leadline.json").text)

        return [act]

    def problems(self, folder: Path, done: int) -> list[str]:
        return is_one_of(folder / "leadline.json", *((BOTH,) if done else (THEIRS, BOTH)))


class Overtaken(Save):
    """A save into which somebody else writes in the last moment: theirs stays."""

    name = "overtaken save"

    def start(self, folder: Path) -> Acts:
        (act,) = super().start(folder)
        written(folder / "foreign", THEIRS)
        exchange = exchanging.exchange

        def exchanged(one: Path, other: Path) -> bool:
            exchanging.exchange = exchange
            (folder / "foreign").replace(other)
            return exchange(one, other)

        def overtaken() -> None:
            exchanging.exchange = exchanged
            act()

        return [overtaken]

    def problems(self, folder: Path, done: int) -> list[str]:
        if (folder / "foreign").exists():
            # Something happened before they could write.
            return super().problems(folder, done)
        if done:
            return ["it was called saved over somebody else's text"]
        found = (folder / "leadline.json").read_bytes()
        if found == THEIRS:
            return []
        # Killed while theirs was out of its place: it is beside, and the next save keeps it as a copy.
        beside = [file.read_bytes() for file in folder.iterdir() if ".tmp-" in file.name]
        return [] if found == NEW and THEIRS in beside else ["their text is lost"]

    def recovery_problems(self, folder: Path) -> list[str]:
        path = folder / "leadline.json"
        is_out_of_place = path.read_bytes() == NEW and not (folder / "foreign").exists()
        wrong = super().recovery_problems(folder)
        kept = [copy.content() for copy in backups_of(path)]
        return [*wrong, "their text is no copy either"] if is_out_of_place and THEIRS not in kept else wrong


class WriteText(Workload):
    """A whole text in the place of another, as after an import or a migration."""

    name = "write a text"

    def start(self, folder: Path) -> Acts:
        storage = FileStorage(folder / "leadline.json")
        storage.load()
        return [lambda: storage.write_text(BOTH)]

    def problems(self, folder: Path, done: int) -> list[str]:
        return is_one_of(folder / "leadline.json", *((BOTH,) if done else (OLD, BOTH)))


class Create(Workload):
    """A new store in a new folder."""

    name = "create"

    def prepare(self, folder: Path) -> None:
        """Nothing is there."""

    def start(self, folder: Path) -> Acts:
        items = {number: item(number) for number in range(1, 13)}
        return [lambda: create_store(folder / "new" / "leadline.json", Settings(), {"items": items})]

    def problems(self, folder: Path, done: int) -> list[str]:
        return is_one_of(folder / "new" / "leadline.json", *((OLD,) if done else (None, OLD)))

    def recovery_problems(self, folder: Path) -> list[str]:
        path = folder / "new" / "leadline.json"
        if not path.exists():
            for act in self.start(folder):
                act()
        return super().recovery_problems(folder / "new")


class Backup(Workload):
    """One more copy where there are as many as may be."""

    name = "backup"

    def prepare(self, folder: Path) -> None:
        path = written(folder / "leadline.json", OLD)
        for day in range(60):
            keep_backup(path, store_with(i1=f"day {day}"), "saving", NOW + timedelta(hours=8 * day))

    @staticmethod
    @cache
    def _newest() -> set[bytes]:
        return {store_with(i1=f"day {day}") for day in range(50, 60)}

    def start(self, folder: Path) -> Acts:
        return [partial(kept, folder / "leadline.json", NEW, NOW + timedelta(days=40))]

    def problems(self, folder: Path, done: int) -> list[str]:
        contents, wrong = contents_of_copies(folder / "leadline.json")
        if not self._newest() <= set(contents):
            wrong.append("a copy that was to stay is gone")
        if done and NEW not in contents:
            wrong.append("the copy is not there")
        return wrong


class Keep(Workload):
    """Steps into the journal, where there are steps already."""

    name = "journal"

    def prepare(self, folder: Path) -> None:
        path = written(folder / "leadline.json", OLD)
        journal = Journal(path, "earlier")
        for number in range(1, 4):
            journal.append([step("earlier", number)])
        journal.close()

    def start(self, folder: Path) -> Acts:
        journal = Journal(folder / "leadline.json", "now")
        return [
            lambda: journal.append([step("now", 1)]),
            lambda: journal.append([step("now", 2), step("now", 3)]),
            lambda: journal.append([step("now", 4)]),
            journal.compact,
        ]

    def problems(self, folder: Path, done: int) -> list[str]:
        wanted = {f"earlier-{number}" for number in range(1, 4)}
        return lost_steps(folder, wanted | {f"now-{number}" for number in range(1, (0, 1, 3, 4, 4)[done] + 1)})

    def recovery_problems(self, folder: Path) -> list[str]:
        path = folder / "leadline.json"
        before = {each.name for each in read_journals(path).steps}
        journal = Journal(path, "next")
        journal.append([step("next", 1)])
        journal.compact()
        journal.close()
        after = {each.name for each in read_journals(path).steps}
        return [] if after == before | {"next-1"} else ["the next session loses steps"]


class FirstKeep(Keep):
    """The first step that this person ever does."""

    name = "first journal"

    def prepare(self, folder: Path) -> None:
        written(folder / "leadline.json", OLD)

    def problems(self, folder: Path, done: int) -> list[str]:
        return lost_steps(folder, {f"now-{number}" for number in range(1, (0, 1, 3, 4, 4)[done] + 1)})


class Session(Workload):
    """Some minutes of work: each edit into the journal and then into the file, into which somebody else writes too."""

    name = "session"
    rounds: ClassVar[int] = 1

    def prepare(self, folder: Path) -> None:
        written(folder / "leadline.json", self._text(0))

    @staticmethod
    @cache
    def _text(edits: int) -> bytes:
        """The store after so many edits, every second of which is somebody else's."""
        return text_of({"items": [long_item(number, is_edited=edits >= number) for number in range(1, 13)]})

    def start(self, folder: Path) -> Acts:
        path = folder / "leadline.json"
        storage, journal = FileStorage(path), Journal(path, "now")
        storage.load()

        def save(edit: int) -> None:
            with storage.locked():
                base, ours = storage.base, storage.text_with({"items": {edit: long_item(edit, is_edited=True)}})
                storage.load()
                storage.write_text(merge_texts(base, ours, storage.base, "leadline.json").text)

        def foreign(edit: int) -> None:
            other = FileStorage(path)
            other.write(Patch({"items": {edit: long_item(edit, is_edited=True)}}))

        acts: list[Act] = []
        for edit in range(1, 2 * self.rounds, 2):
            acts += [
                partial(journal.append, [step("now", edit)]),
                partial(save, edit),
                partial(foreign, edit + 1),
                partial(kept, path, self._text(edit), NOW),
            ]
        return acts

    def problems(self, folder: Path, done: int) -> list[str]:
        # Of four acts, the second and the third change the file.
        edits, under_way = ((each // 4 * 2 + (0, 0, 1, 2)[each % 4]) for each in (done, done + 1))
        path = folder / "leadline.json"
        wrong = is_one_of(path, self._text(edits), self._text(under_way))
        wrong += lost_steps(folder, {f"now-{edit}" for edit in range(1, (done + 3) // 4 * 2, 2)})
        contents, broken = contents_of_copies(path)
        missing = {self._text(edit) for edit in range(1, done // 4 * 2, 2)} - set(contents)
        return wrong + broken + [f"{len(missing)} copies are lost" for _ in missing]


class LongSession(Session):
    """The same four times, so that much of it is not flushed yet when the power is cut."""

    name = "long session"
    rounds = 4


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


WORKLOADS: Final = {
    workload.name: workload
    for workload in (
        Save(),
        FirstSave(),
        SaveByReplacing(),
        SaveWithMerge(),
        Overtaken(),
        WriteText(),
        Create(),
        Backup(),
        Keep(),
        FirstKeep(),
        Session(),
        LongSession(),
    )
}
