"""Somebody who works on a store that others write too: `python -m tests.proofs.disk.writer STORE NAME COUNT`.

Each edit has a token of its own. What is safe in the journal is told as `journal TOKEN`, what is called saved as
`saved TOKEN`. When all is done it tells `done`, looks after its edits until its input ends, and goes.
"""

import argparse
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, TypeVar

from store.change import ChangeSet, Edit
from store.disk import Identity
from store.errors import LeadlineError, OvertakenError
from store.models import Item, Stamp, Standing
from store.workbench import Workbench

Done = TypeVar("Done")
SHARED: Final = 30
"""So many items everybody adds tags to, and lines to the first of them."""
_MOST_TAGS: Final = 90
_LAST_LOOKS: Final = 3
"""A save may bring in what others wrote, and only the next look tells what that lacks."""
_PAUSE_SECONDS: Final = 0.03
_TRIES: Final = 200


def main() -> None:
    """Make the edits, then look after them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("store", type=Path)
    parser.add_argument("name")
    parser.add_argument("count", type=int)
    parser.add_argument("--together", action="store_true", help="write into the same long text as others")
    given = parser.parse_args()
    _Writer(given.store, given.name, is_together=given.together).work(given.count)


class _Writer:
    def __init__(self, store: Path, name: str, *, is_together: bool) -> None:
        self._name = name
        self._is_together = is_together
        who = Identity(name, f"{name}@example.com")
        self._bench = _patiently(lambda: Workbench.open(store, now=_now, who=who))
        self._bench.bring_back()
        self._own = self._bench.new_id()

    def work(self, count: int) -> None:
        """Makes so many edits; of those that are not saved at once, others write between two."""
        unsaved: list[str] = []
        for number in range(1, count + 1):
            token = f"{self._name}-{number}-"
            self._edit(token, number)
            self._bench.journal()
            if not self._bench.journal_trouble:
                _tell("journal", token)
            unsaved.append(token)
            if number % 3 == 0 or number == count:
                self._save()
                for each in unsaved:
                    _tell("saved", each)
                unsaved.clear()
                self._look_after()
        _tell("done")
        ended = threading.Event()
        threading.Thread(target=_wait_for_the_end, args=(ended,), daemon=True).start()
        while not ended.is_set():
            self._look_after()
            time.sleep(_PAUSE_SECONDS)
        for _ in range(_LAST_LOOKS):
            self._look_after()
        self._bench.close()

    def _edit(self, token: str, number: int) -> None:
        self._wait_for_the_file()
        items = self._bench.workspace.items
        text, shared, own = items[1], items[number // 4 % SHARED + 1], items.get(self._own)
        if number % 10 == 0 and self._is_together:
            self._do(token, text, text.with_(body=f"{text.body}\n{token}"))
        elif number % 4 == 0 and len(shared.tags) < _MOST_TAGS:
            self._do(token, shared, shared.with_(tags=shared.tags | {token}))
        elif number % 4 == 1 or own is None:
            new = self._own if own is None else self._bench.new_id()
            self._do(token, None, _new_item(new, token))
        else:
            self._do(token, own, own.with_(body=f"{own.body}\n{token}"))

    def _do(self, token: str, before: Item | None, after: Item) -> None:
        self._bench.do(ChangeSet(token, (Edit(before, after),), _now(), self._name))

    def _save(self) -> None:
        def save() -> None:
            self._wait_for_the_file()
            self._bench.save()

        _patiently(save)

    def _wait_for_the_file(self) -> None:
        """While it is gone or half-written nothing can be changed, which people are told; it is looked at again."""
        for _ in range(_TRIES):
            if not self._bench.is_read_only:
                return
            with suppress(LeadlineError):
                self._bench.catch_up()
            time.sleep(_PAUSE_SECONDS)

    def _look_after(self) -> None:
        """Take in what others wrote; what they wrote over unseen is told by the program, and done again."""
        try:
            self._bench.catch_up()
        except LeadlineError:
            # Gone or half-written at this moment: it is looked at again.
            return
        for arrival in self._bench.arrivals():
            for step in arrival.lacking:
                assert isinstance(step.change, ChangeSet)
                try:
                    self._bench.do(step.change)
                except OvertakenError:
                    self._again(step.change)
        if self._bench.pending:
            self._save()

    def _again(self, change: ChangeSet) -> None:
        """The same for the record as it is now, which others changed as well."""
        (edit,) = change.edits
        present = self._bench.workspace.items.get(edit.id)
        token = change.sentence
        if present is not None and token not in repr(present):
            self._do(token, present, present.with_(body=f"{present.body}\n{token}"))


def _new_item(number: int, token: str) -> Item:
    now = _now()
    return Item(
        id=number,
        title=token,
        created=Stamp(at=now, by=token.partition("-")[0]),
        stage=Standing(stage="inbox", since=now, by=token.partition("-")[0]),
    )


def _wait_for_the_end(ended: threading.Event) -> None:
    sys.stdin.read()
    ended.set()


def _patiently(action: Callable[[], Done]) -> Done:
    """Again and again, as a running session does it."""
    for _ in range(_TRIES):
        try:
            return action()
        except LeadlineError:
            time.sleep(_PAUSE_SECONDS)
    return action()


def _now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)


def _tell(*words: str) -> None:
    print(*words, flush=True)


if __name__ == "__main__":
    main()
