"""Two people on one file, in any order of doing, undoing, saving and reloading."""

import tempfile
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from store.errors import ChangedOutsideError, OvertakenError, RuleError
from store.models import Item
from store.workbench import SaveKind, Workbench
from tests.store.benches import START, change, opened
from tests.store.disk.records import item
from tests.store.disk.stores import read, text_of, written

WHO = st.sampled_from([0, 1])
NUMBERS = st.integers(5, 8)
FIELDS = st.sampled_from([
    {"title": "a"},
    {"title": "b"},
    {"owner": "ana"},
    {"owner": ""},
    {"size": 3},
    {"tags": {"infra"}},
    {"body": "one\ntwo"},
])


class TwoPeople(RuleBasedStateMachine):
    """What each sees must be the file with their own unsaved changes on top."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name) / "leadline.json"

    @initialize()
    def begin(self) -> None:
        written(self.path, text_of({"items": [item(number) for number in range(5, 9)]}))
        self.benches = [opened(self.path), opened(self.path)]
        self.next_id = 100

    @rule(who=WHO, number=NUMBERS, fields=FIELDS)
    def edit(self, who: int, number: int, fields: dict[str, Any]) -> None:
        bench = self.benches[who]
        there = bench.workspace.items.get(number)
        if there is not None:
            bench.do(change(f"Edited {number}", (there, there.with_(**fields))))

    @rule(who=WHO)
    def add(self, who: int) -> None:
        self.next_id += 1
        self.benches[who].do(change("Added one", (None, item(self.next_id))))

    @rule(who=WHO, number=NUMBERS)
    def take_out(self, who: int, number: int) -> None:
        there = self.benches[who].workspace.items.get(number)
        if there is not None:
            self.benches[who].do(change(f"Took out {number}", (there, None)))

    @rule(who=WHO, wish=st.sampled_from(["undo", "redo"]))
    def undo_or_redo(self, who: int, wish: str) -> None:
        bench = self.benches[who]
        before = bench.workspace
        try:
            done = getattr(bench, wish)(START)
        except (RuleError, OvertakenError):
            assert bench.workspace is before
            return
        for edit in done.edits:
            assert bench.workspace.get(edit.table, edit.id) == edit.after

    @rule(who=WHO)
    def save(self, who: int) -> None:
        bench = self.benches[who]
        before, pending = self.path.read_bytes(), bench.pending
        is_old = bench.changed_outside()
        try:
            bench.save()
        except ChangedOutsideError:
            assert is_old
            assert (self.path.read_bytes(), bench.pending) == (before, pending)
            assert bench.save_state.kind is SaveKind.FAILED
            return
        assert not is_old or not pending
        assert bench.pending == 0
        if pending:
            assert items_of(self.path) == bench.workspace.items

    @rule(who=WHO, keeps=st.booleans())
    def reload(self, who: int, *, keeps: bool) -> None:
        bench = self.benches[who]
        pending = bench.pending
        outcome = bench.reload(keep_edits=keeps)
        assert not bench.changed_outside()
        if keeps:
            assert len(outcome.kept) + len(outcome.refused) == pending
        else:
            assert bench.workspace.items == items_of(self.path)
        assert bench.pending <= pending
        for refusal in outcome.refused:
            assert not any(refusal.change is done.change for done in bench.history.done)

    @invariant()
    def the_file_is_whole(self) -> None:
        if not self.path.exists():
            return
        content = self.path.read_bytes()
        reading = read(content)
        assert reading.findings == ()
        assert text_of({"items": reading.workspace.items.values()}) == content

    def teardown(self) -> None:
        for bench in getattr(self, "benches", ()):
            settle(bench)
            assert items_of(self.path) == bench.workspace.items
        self.folder.cleanup()


def items_of(path: Path) -> dict[int, Item]:
    return dict(read(path.read_bytes()).workspace.items)


def settle(bench: Workbench) -> None:
    """What everybody does at last: takes over the file and saves what goes on top."""
    bench.reload(keep_edits=True)
    bench.save()


TestTwoPeople = TwoPeople.TestCase
TestTwoPeople.settings = settings(
    max_examples=40, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck)
)
