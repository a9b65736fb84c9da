"""Two people on one file, in any order of doing, undoing, saving, catching up, leaving and coming back."""

import tempfile
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from store.errors import OvertakenError, RuleError
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
        bench.save()
        assert (bench.pending, bench.save_state.kind) == (0, SaveKind.SAVED)

    @rule(who=WHO)
    def catch_up(self, who: int) -> None:
        bench = self.benches[who]
        pending = bench.pending
        bench.catch_up()
        assert not bench.catch_up()
        assert bench.pending == pending
        if not pending:
            assert_same(bench, self.path)

    @rule(who=WHO)
    def leave_and_come_back(self, who: int) -> None:
        """Killed, as far as the file is concerned: what was not saved is in the journal only."""
        bench = self.benches[who]
        bench.journal()
        bench.close()
        again = self.benches[who] = opened(self.path)
        brought = again.bring_back()
        assert len(brought.steps) == again.pending

    @invariant()
    def the_file_is_whole(self) -> None:
        if not self.path.exists():
            return
        content = self.path.read_bytes()
        reading = read(content)
        assert reading.findings == ()
        tables = {table: reading.workspace.table(table).values() for table in ("items", "conflicts")}
        assert text_of(tables) == content

    def teardown(self) -> None:
        for bench in (*getattr(self, "benches", ()), *getattr(self, "benches", ())):
            bench.catch_up()
            bench.save()
            assert_same(bench, self.path)
        for bench in getattr(self, "benches", ()):
            bench.close()
        self.folder.cleanup()


def assert_same(bench: Workbench, path: Path) -> None:
    """What is in memory is what is in the file."""
    there = read(path.read_bytes()).workspace
    for table in ("items", "conflicts", "settings"):
        assert dict(there.table(table)) == dict(bench.workspace.table(table))


TestTwoPeople = TwoPeople.TestCase
TestTwoPeople.settings = settings(
    max_examples=40, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck)
)
