"""What people do with it: steps into the journal, edits of a running session, mending."""

from contextlib import ExitStack
from functools import cache, partial
from pathlib import Path
from typing import ClassVar

import click

from store.disk.journal.journal import Journal, read_journals
from store.disk.mending import mend, mending_of
from store.disk.merging.merging import merge_texts
from store.disk.storage import FileStorage
from store.disk.writing.patching import Patch
from store.errors import ExitCode, StoreError
from store.workbench import SaveKind, Workbench
from tests.proofs.disk.workload import (
    BOTH,
    NEW,
    NOW,
    OLD,
    THEIRS,
    Act,
    Acts,
    Workload,
    contents_of_copies,
    is_one_of,
    kept,
    long_item,
    lost_steps,
    step,
)
from tests.store.benches import edited, opened
from tests.store.disk.stores import text_of, written
from tui.cli.merging import command


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


class Bench(Workload):
    """An edit in a running session, into the journal and into a file that somebody else wrote meanwhile."""

    name = "workbench"

    def start(self, folder: Path) -> Acts:
        path = folder / "leadline.json"
        bench = opened(path)
        bench.do(edited(bench, 5, title="new"))
        written(folder / "foreign", THEIRS).replace(path)

        def journal() -> None:
            bench.journal()
            if bench.journal_trouble:
                raise StoreError(bench.journal_trouble)

        return [journal, lambda: save_or_keep(bench)]

    def problems(self, folder: Path, done: int) -> list[str]:
        path = folder / "leadline.json"
        wrong = is_one_of(path, *((BOTH,) if done == 2 else (THEIRS, BOTH)))
        if done and path.read_bytes() != BOTH and not read_journals(path).unsaved():
            wrong.append("the edit is neither in the file nor in the journal")
        return wrong

    def recovery_problems(self, folder: Path) -> list[str]:
        path = folder / "leadline.json"
        bench = opened(path)
        is_kept = bench.workspace.items[5].title == "new"
        is_noted = any(each.run for each in read_journals(path).unsaved())
        bench.bring_back()
        bench.save()
        bench.close()
        after = opened(path).workspace.items
        wrong = [] if after[9].title == "theirs" else ["their edit is lost"]
        if (is_kept or is_noted) != (after[5].title == "new"):
            wrong.append("the edit is lost, or came from nowhere")
        return wrong + super().recovery_problems(folder)


def save_or_keep(bench: Workbench) -> None:
    """Saves; where that is refused, the edit is in memory and the reason is told."""
    with ExitStack() as afterwards:
        afterwards.callback(is_kept_or_saved, bench)
        bench.save()


def is_kept_or_saved(bench: Workbench) -> None:
    """Makes sure of it."""
    is_saved = bench.pending == 0 and bench.save_state.kind is SaveKind.SAVED
    is_told = bench.pending == 1 and bench.save_state.kind is SaveKind.FAILED and bench.save_state.reason
    assert is_saved or is_told, f"{bench.pending} pending, {bench.save_state}"
    assert bench.workspace.items[5].title == "new"


class Driver(Workload):
    """Git merges: three files, of which the middle one gets the result."""

    name = "merge driver"

    def prepare(self, folder: Path) -> None:
        for name, content in (("base", OLD), ("leadline.json", NEW), ("theirs", THEIRS)):
            written(folder / name, content)

    def start(self, folder: Path) -> Acts:
        names = [str(folder / name) for name in ("base", "leadline.json", "theirs")]

        def merge() -> None:
            try:
                code = command.main([*names], standalone_mode=False)
            except click.ClickException as error:
                # The whole program says so and ends with its exit code.
                code = error.exit_code
            if code not in {ExitCode.OK, ExitCode.FAILED}:
                assert Path(names[1]).read_bytes() == NEW, f"it ended with {code} and wrote all the same"
                message = f"it ended with {code}"
                raise StoreError(message)

        return [merge]

    def problems(self, folder: Path, done: int) -> list[str]:
        inputs = is_one_of(folder / "base", OLD) + is_one_of(folder / "theirs", THEIRS)
        return inputs + is_one_of(folder / "leadline.json", *((BOTH,) if done else (NEW, BOTH)))


class Repair(Workload):
    """A file with the marks of a merge that was not finished, which becomes a store again."""

    name = "repair"

    def prepare(self, folder: Path) -> None:
        written(folder / "leadline.json", self._marked())

    @staticmethod
    @cache
    def _marked() -> bytes:
        line = b'  "title": "theirs",\n'
        other = NEW.replace(b'"new"', b'"Move the billing queue"')
        assert other == OLD
        before, after = BOTH.split(line, 1)
        kept_line = b'  "title": "Move the billing queue",\n'
        return before + b"<<<<<<< ours\n" + line + b"=======\n" + kept_line + b">>>>>>> theirs\n" + after

    def start(self, folder: Path) -> Acts:
        path = folder / "leadline.json"
        mending = mending_of(path, path.read_bytes())
        assert mending is not None
        return [lambda: mend(mending, NOW)]

    def problems(self, folder: Path, done: int) -> list[str]:
        path = folder / "leadline.json"
        content = path.read_bytes()
        if content == self._marked():
            return ["it was called mended"] if done else []
        mending = mending_of(path, content)
        contents, wrong = contents_of_copies(path)
        if mending is not None:
            wrong.append("it is not mended, and not as it was")
        return wrong if self._marked() in contents else [*wrong, "there is no copy of the file as it was"]

    def recovery_problems(self, folder: Path) -> list[str]:
        path = folder / "leadline.json"
        mending = mending_of(path, path.read_bytes())
        if mending is not None:
            mend(mending, NOW)
        return super().recovery_problems(folder)
