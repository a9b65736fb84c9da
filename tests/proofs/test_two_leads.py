"""Two leads, two clones, twenty edits each: pulled, read, settled in the screen, pushed, and taken by the other side.

Real git, the installed program in a real terminal, with the merge driver and without it.
"""

import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from store.change import (
    ChangeSet,
    Edit,
    body_set,
    differences,
    goal_created,
    goal_weighed,
    mapped,
    moved,
    new_session,
    owned,
    renamed,
    ruled,
    sized,
    tagged,
)
from store.disk import Identity, create_store
from store.models import Item, Ruling, Settings, Verdict, Workspace
from store.workbench import Workbench
from tests.conftest import pinned
from tests.proofs.figures import Report
from tests.store.samples import an_item
from tests.terminal.terminal import LEADLINE, Terminal

NOW = datetime.now(UTC).replace(microsecond=0)
FILE = "leadline.json"
ITEMS = 60
EDITS = 20


class Lead:
    """One of the two: a clone, a name, and an environment."""

    def __init__(self, folder: Path, name: str, home: Path) -> None:
        self.folder = folder
        self.name = name
        self.env = {
            **pinned(str(home)),
            "PATH": f"{Path(sys.executable).parent}:/usr/local/bin:/usr/bin:/bin",
            "COLORTERM": "truecolor",
            "LEADLINE_STATE_DIR": str(home / "state" / name),
            "LEADLINE_USER": name,
            "GIT_AUTHOR_NAME": name,
            "GIT_AUTHOR_EMAIL": f"{name}@example.com",
            "GIT_COMMITTER_NAME": name,
            "GIT_COMMITTER_EMAIL": f"{name}@example.com",
        }

    @property
    def store(self) -> Path:
        return self.folder / FILE

    def run(self, *command: str, check: bool = True) -> str:
        done = subprocess.run(command, cwd=self.folder, env=self.env, capture_output=True, text=True, check=False)
        assert not check or done.returncode == 0, f"{command}: {done.stdout}{done.stderr}"
        return done.stdout

    def git(self, *arguments: str, check: bool = True) -> str:
        return self.run("git", *arguments, check=check).strip()

    def leadline(self, *arguments: str, check: bool = True) -> str:
        return self.run(LEADLINE, *arguments, check=check)

    def bench(self) -> Workbench:
        who = Identity(self.name, f"{self.name}@example.com")
        return Workbench.open(self.store, now=lambda: NOW, who=who)

    def terminal(self) -> Terminal:
        return Terminal((LEADLINE,), folder=self.folder, env=self.env)


@pytest.fixture
def leads(tmp_path: Path, request: pytest.FixtureRequest) -> tuple[Lead, Lead]:
    """Ana and Li, each with a clone of the same store; with the driver if the test is for that."""
    home = tmp_path / "home"
    home.mkdir()
    ana, li = (Lead(tmp_path / name, name, home) for name in ("ana", "li"))
    ana.folder.mkdir()
    ana.git("init", "--quiet", "--initial-branch", "main")
    create_store(ana.store, Settings(), {"items": {each.id: each for each in _items()}})
    bench = ana.bench()
    for title in ("Analysts stay in flow", "Fewer support hours"):
        bench.do(goal_created(bench.workspace, bench.new_id, NOW - timedelta(days=30), "ana", title=title, weight=30))
    bench.save()
    if request.param:
        ana.leadline("git-setup", "--yes")
    else:
        (ana.folder / ".gitignore").write_text(f".{FILE}.*\n")
    ana.git("add", "--all")
    ana.git("commit", "--quiet", "--message", "the store")
    ana.git("clone", "--quiet", "--bare", ".", str(tmp_path / "hub.git"))
    ana.git("remote", "add", "origin", str(tmp_path / "hub.git"))
    ana.git("fetch", "--quiet")
    ana.git("branch", "--quiet", "--set-upstream-to", "origin/main")
    ana.git("clone", "--quiet", str(tmp_path / "hub.git"), str(li.folder))
    if request.param:
        li.leadline("git-setup", "--yes")
    return ana, li


def _items() -> Iterator[Item]:
    body = "Steps\nrun a query\nwiden a column\nrun it again\nlook at the widths"
    for number in range(1, ITEMS + 1):
        yield an_item(number * 7919, f"Request {number}", "inbox", body=body)


def twenty_edits(lead: Lead, *, is_first: bool) -> None:
    """Twenty changes: the same verdict, weight, owner and text, a deletion against a new title, and fifteen alone."""
    bench, by = lead.bench(), lead.name
    now = NOW - timedelta(days=2 if is_first else 1)

    def do(build: Callable[[Workspace], ChangeSet]) -> None:
        bench.do(build(bench.workspace))

    same, owner, text, gone, *rest = sorted(bench.workspace.items.values(), key=lambda item: item.id)
    goal = min(bench.workspace.goals)
    word, reason = (Ruling.NOW, "three customers") if is_first else (Ruling.DECLINE, "out of scope")
    verdict = Verdict(ruling=word, reason=reason, at=now, by=by)
    do(lambda w: ruled(w, new_session(bench.new_id, now, by), same.id, verdict, 9))
    do(lambda w: goal_weighed(w, goal, 40 if is_first else 25, now, by))
    do(lambda w: owned(w, [owner.id], by, now, by))
    do(lambda w: body_set(w, [text.id], text.body.replace("widen a", f"widen {by}'s"), now, by))
    if is_first:
        do(lambda w: renamed(w, [gone.id], "Request that stays", now, by))
    else:
        do(lambda w: ChangeSet("Purged", (Edit(w.items[gone.id], None),), now, by))
    for number, item in enumerate(rest[:15] if is_first else rest[20:35]):
        do(lambda w, item=item, number=number: alone(w, number, item.id, goal, now, by))  # type: ignore[misc]
    assert len(bench.history.done) == EDITS
    bench.save()
    bench.close()
    lead.git("commit", "--quiet", "--all", "--message", f"twenty edits of {by}")


def alone(workspace: Workspace, number: int, item: int, goal: int, now: datetime, by: str) -> ChangeSet:
    """One of five sorts of edits that nobody else makes to this item."""
    builders: tuple[Callable[[], ChangeSet], ...] = (
        lambda: moved(workspace, [item], "doing", now, by),
        lambda: tagged(workspace, [item], ["infra"], [], now, by),
        lambda: sized(workspace, [item], 3, now, by),
        lambda: owned(workspace, [item], by, now, by),
        lambda: mapped(workspace, [item], goal, 3, now, by),
    )
    return builders[number % len(builders)]()


@pytest.mark.parametrize("leads", [True, False], indirect=True, ids=["with the driver", "without the driver"])
def test_two_leads_end_with_one_store_and_nothing_lost(leads: tuple[Lead, Lead], report: Report) -> None:
    ana, li = leads
    base = ana.bench().workspace
    for lead in leads:
        twenty_edits(lead, is_first=lead is ana)
    before = {lead.name: lead.bench().workspace for lead in leads}
    li.git("push", "--quiet")
    is_set_up = bool(ana.git("config", "--get", "merge.leadline.driver", check=False))
    if not is_set_up:
        ana.git("pull", "--quiet", "--no-rebase", check=False)
        assert b"<<<<<<<" in ana.store.read_bytes(), "a normal conflict of git"
    with ana.terminal() as terminal:
        if not is_set_up:
            terminal.wait_for("Write that, and open it?")
            terminal.press("y", "enter")
        terminal.wait_for("wait in the inbox")
        terminal.press("g", "s")
        if is_set_up:
            terminal.wait_for("all committed · main has 1 commit to push")
            terminal.press("p")
        terminal.wait_for("5 conflicts to settle · then C ends the merge", "Comes with the merge under way · @li")
        seen = terminal.text
        assert b"<<<<<<<" not in ana.store.read_bytes()
        terminal.press("esc")
        # The verdict of Li with its stage, ours of the owner, both of the text, the item stays, Li's weight.
        for choice, left in (("2", 4), ("1", 3), ("3", 2), ("1", 1), ("2", 0)):
            terminal.press(choice)
            terminal.wait_for(f"{left} conflict{'' if left == 1 else 's'} to settle" if left else "All is settled.")
        terminal.press("y")
        terminal.wait_for("all committed · main has 2 commits to push", "Came with the last pull")
        terminal.press("P")
        terminal.wait_for("main is as origin/main")
        terminal.press("esc", "q")
        assert terminal.ended() == 0
    li.git("pull", "--quiet", "--ff-only")
    assert li.store.read_bytes() == ana.store.read_bytes()
    assert li.git("status", "--porcelain") == ""
    merged = li.bench().workspace
    assert not merged.disputes
    assert li.leadline("conflicts") == ""
    lost = [f"{lead.name}: {what}" for lead in leads for what in lost_of(base, before[lead.name], merged)]
    report("Two leads", {"edits": 2 * EDITS, "conflicts settled": len(merged.conflicts), "lost": len(lost)})
    assert lost == []
    assert "out of scope" in seen
    assert not is_set_up or "left its marks" not in seen
    same, owner, text, gone, *_ = sorted(merged.items.values(), key=lambda item: item.id)
    assert [move.stage for move in same.moves] == ["inbox", "ready", "declined"]
    assert (same.verdict is not None, owner.owner, gone.title) == (True, "ana", "Request that stays")
    assert {"widen ana's column", "widen li's column"} <= {*text.body.split("\n")}
    assert merged.goals[min(merged.goals)].weight == 25


def lost_of(base: Workspace, side: Workspace, merged: Workspace) -> Iterator[str]:
    """What a side changed and neither the merged store nor a conflict has."""
    disputed = {(each.table, each.record, each.field.partition(".")[0]) for each in merged.conflicts.values()}
    # The horizon follows the verdict that was taken.
    disputed |= {(table, number, "horizon") for table, number, field in disputed if field == "verdict"}
    for change in differences(base, side):
        table, number = change.table, change.record.id
        now = merged.get(table, number)
        if change.is_removed:
            if now is not None and (table, number, "") not in disputed:
                yield f"that {table} {number} was removed"
        elif now is None or change.before is None:
            if now != change.after:
                yield f"{table} {number}"
        else:
            for field in change.fields:
                has = dict(now)[field.field] == dict(change.record)[field.field]
                if not has and field.field != "past_moves" and (table, number, field.field) not in disputed:
                    yield f"{field.name} of {table} {number}"
            if isinstance(now, Item) and isinstance(change.record, Item):
                yield from (f"a move of {number}" for move in change.record.moves if move not in now.moves)
