"""The kinds of write of one program: edits, merges, whole texts, new stores, copies."""

from datetime import timedelta
from functools import cache, partial
from pathlib import Path

from store.disk import create_store
from store.disk.keeping.backups import backups_of, keep_backup
from store.disk.merging.merging import merge_texts
from store.disk.storage import FileStorage
from store.disk.writing import exchanging
from store.disk.writing.patching import Patch
from store.models import Settings
from tests.proofs.disk.workload import (
    BOTH,
    NEW,
    NOW,
    OLD,
    THEIRS,
    Acts,
    Workload,
    contents_of_copies,
    is_one_of,
    kept,
    store_with,
)
from tests.store.disk.records import item
from tests.store.disk.stores import written


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
