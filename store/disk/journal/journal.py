"""The journal: what was done is kept here at once, before it is in the store file, and for some time afterwards.

It is in the state directory of the person, never beside the store. Each running program has a file of its own, which
it holds a lock on as long as it lives: the system drops the lock with the process, so that others know who is gone.
A program takes a file that nobody holds and writes on in it, so there are never more files than programs at a time.
"""

import errno
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from store.change import Step, in_order
from store.disk.files import make_private_folder, reason_of
from store.disk.journal.files import HeldFile, hold, journal_folder, look, put_in_place, slots
from store.disk.journal.lines import Lines, line_of, opened_line, read_lines, saved_line
from store.errors import NotSavedError

KEPT_STEPS: Final = 500
KEPT_BYTES: Final = 4 * 2**20
LARGEST_BYTES: Final = 2**20
"""How much is kept of what is in the store file: so many steps and bytes, and none that is larger."""
FULL_BYTES: Final = 8 * 2**20
"""The size at which a journal is made small again: twice what may be left, so that it is seldom."""
KEPT_MARKS: Final = 200
KEPT_DAMAGED: Final = 4


@dataclass(frozen=True, slots=True)
class Journals:
    """What all journals of a store say.

    Args:
        steps: every step, oldest first.
        saved: up to which step each sitting is in the store file.
        alive: the sittings of programs that still run.
        is_damaged: whether one of them holds lines that cannot be used.
    """

    steps: tuple[Step, ...] = ()
    saved: Mapping[str, int] = field(default_factory=dict)
    alive: frozenset[str] = frozenset()
    is_damaged: bool = False

    def past(self) -> tuple[Step, ...]:
        """The steps of programs that are gone, oldest first."""
        return tuple(step for step in self.steps if step.run not in self.alive)

    def unsaved(self) -> tuple[Step, ...]:
        """The steps of programs that are gone which are not known to be in the store file, oldest first."""
        return tuple(step for step in self.past() if step.number > self.saved.get(step.run, 0))


def read_journals(store: Path) -> Journals:
    """What the journals of a store say; nothing is changed, and what the system refuses to read is left out."""
    lines, alive = Lines(), set[str]()
    for path in slots(journal_folder(store)):
        with suppress(OSError):
            content, is_held = look(path)
            there = read_lines(content)
            lines.add(there)
            if is_held:
                alive.add(there.writer)
    steps = in_order(step for step, _ in lines.steps.values())
    return Journals(tuple(steps), lines.saved, frozenset(alive), lines.is_damaged)


class Journal:
    """The journal of this program. Nothing is opened or made before something is written.

    Args:
        store: the real path of the store file.
        run: the name of this sitting, which no other has.
    """

    def __init__(self, store: Path, run: str) -> None:
        self.run = run
        self.folder = journal_folder(store)
        self._file: HeldFile | None = None
        self._spoilt: set[Path] = set()

    def append(self, steps: Iterable[Step]) -> None:
        """Writes steps, safe from a power cut when this returns.

        Raises:
            NotSavedError: the system refused; they are not in the journal.
        """
        with self._as_not_saved("No journal is kept"):
            file = self._opened()
            file.append(b"".join(line_of(step, time.time_ns()) for step in steps))
            try:
                file.flush()
            except OSError:
                # A second flush may succeed without the bytes: this file is not to be trusted any more.
                self._spoilt.add(file.path)
                self.close()
                raise

    def mark_saved(self, run: str, number: int) -> None:
        """Notes that the steps of a sitting up to a number are in the store file.

        Without the mark they would be put on top once more, which changes nothing: so it need not be flushed, and
        must not fail.
        """
        with suppress(OSError):
            self._opened().append(saved_line(run, number))

    def compact(self) -> None:
        """Takes over what programs that are gone have left, and keeps what is not saved and the newest of the rest.

        A file with lines that cannot be used is kept aside.

        Raises:
            NotSavedError: the system refused; everything is as it was.
        """
        with self._as_not_saved("The journal could not be put in order"):
            self._file = self._compacted(self._opened())

    def close(self) -> None:
        """Gives the file free for others."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def _opened(self) -> HeldFile:
        if self._file is None or not self._file.is_in_place:
            self.close()
            make_private_folder(self.folder)
            self._file = self._free()
        if self._file.size > FULL_BYTES:
            self._file = self._compacted(self._file)
        return self._file

    def _free(self) -> HeldFile:
        for path in slots(self.folder):
            file = None if path in self._spoilt else hold(path, making=True)
            if file is not None:
                file.drop_half_line()
                file.append(opened_line(self.run))
                return file
        raise OSError(errno.EMFILE, "too many programs have this store open")

    def _compacted(self, own: HeldFile) -> HeldFile:
        lines = read_lines(own.content())
        is_damaged = lines.is_damaged
        with _left(self.folder) as left:
            for theirs in left.values():
                lines.add(theirs)
            if is_damaged:
                self._keep_aside(own.path)
            new = put_in_place(own.path, b"".join((*_kept(lines), opened_line(self.run))))
            own.close()
            # Only now: until here everything is in their files as well, and what is there twice counts once.
            for path, theirs in left.items():
                if theirs.is_damaged:
                    self._keep_aside(path)
                path.unlink(missing_ok=True)
        return new

    def _keep_aside(self, path: Path) -> None:
        """A second name for a file that is about to go."""
        aside = sorted(self.folder.glob("damaged-*"), key=lambda old: old.stat().st_mtime_ns)
        for old in aside[: max(0, len(aside) - KEPT_DAMAGED + 1)]:
            old.unlink()
        with suppress(FileExistsError):
            (self.folder / f"damaged-{path.stat().st_mtime_ns}-{path.name}").hardlink_to(path)

    @contextmanager
    def _as_not_saved(self, what: str) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            message = f"{what}: {reason_of(error)}."
            raise NotSavedError(message, f"{self.folder} has to be writable, with room on its disk.") from error


@contextmanager
def _left(folder: Path) -> Iterator[dict[Path, Lines]]:
    """What programs that are gone have left, held so that nobody writes on in it meanwhile."""
    held: list[HeldFile] = []
    try:
        for path in slots(folder):
            # Our own is held already, and is not free for ourselves either.
            with suppress(OSError):
                file = hold(path)
                if file is not None:
                    held.append(file)
        yield {file.path: read_lines(file.content()) for file in held}
    finally:
        for file in held:
            file.close()


def _kept(lines: Lines) -> Iterator[bytes]:
    """The lines worth keeping: all that are not saved, the newest others, and the marks of those."""
    unsaved = {step.name for step in lines.unsaved()}
    kept: list[Step] = []
    size = 0
    for step in reversed(in_order(step for step, _ in lines.steps.values())):
        length = len(lines.steps[step.name][1])
        is_room = length <= LARGEST_BYTES and len(kept) < KEPT_STEPS and size + length <= KEPT_BYTES
        if step.name in unsaved or is_room:
            kept.append(step)
            size += length
    yield from (lines.steps[step.name][1] + b"\n" for step in reversed(kept))
    runs = {step.run for step in kept}
    # Marks may also be about steps that are in the file of a program that runs now.
    newest = set(list(lines.saved)[-KEPT_MARKS:])
    yield from (saved_line(run, number) for run, number in lines.saved.items() if run in runs or run in newest)
