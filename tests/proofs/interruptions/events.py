"""What others do to a store file while somebody works on it."""

import json
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Final

from store.change import ChangeSet, Edit
from store.disk import Identity
from store.models import TABLES, Workspace
from store.workbench import Workbench
from tests.screens.driver import NOW
from tests.store.disk.git.repositories import Clone
from tests.store.disk.stores import read, text_of

Theirs = Callable[[Workspace], Workspace]
"""What they make of the records they find."""
Event = Callable[[Clone, Clone, Theirs], Iterator[str]]
"""Goes step by step. After each step it gives the words a person has to read in the top line by then, if any; after the
last one the records are there as they made them."""

LI: Final = Identity("li", "li@example.com")


def pulled(ana: Clone, li: Clone, theirs: Theirs) -> Iterator[str]:
    """A git pull that brings their commit."""
    ana.git("commit", "--quiet", "--all", "--message", "mine", "--allow-empty")
    ana.git("push", "--quiet")
    li.git("pull", "--quiet")
    li.store.write_bytes(made(li.store.read_bytes(), theirs))
    li.commit("theirs")
    li.git("push", "--quiet")
    ana.git("pull", "--quiet", "--ff-only")
    yield ""


def checked_out(ana: Clone, _: Clone, theirs: Theirs) -> Iterator[str]:
    """A git checkout of their branch."""
    ana.git("commit", "--quiet", "--all", "--message", "mine", "--allow-empty")
    _branch(ana, theirs)
    ana.git("checkout", "--quiet", "--detach", "theirs")
    yield ""


def reset(ana: Clone, _: Clone, theirs: Theirs) -> Iterator[str]:
    """A git reset that throws away what is not committed."""
    _branch(ana, theirs)
    ana.git("reset", "--quiet", "--hard", "theirs")
    yield ""


def at_another_terminal(ana: Clone, _: Clone, theirs: Theirs) -> Iterator[str]:
    """A second program on the same store."""
    bench = Workbench.open(ana.store, now=lambda: NOW, who=LI)
    before, after = bench.workspace, theirs(bench.workspace)
    edits = tuple(
        Edit(before.table(table).get(number), record)
        for table in TABLES
        for number, record in after.table(table).items()
        if before.table(table).get(number) != record
    )
    bench.do(ChangeSet("Did theirs", edits, NOW, "li"))
    bench.save()
    bench.close()
    yield ""


def in_an_editor(ana: Clone, _: Clone, theirs: Theirs) -> Iterator[str]:
    """An editor that writes into the file itself, and lays it out its own way."""
    tables = json.loads(made(ana.store.read_bytes(), theirs))
    ana.store.write_text(json.dumps(tables, indent=4))
    yield ""


def broken(ana: Clone, _: Clone, theirs: Theirs) -> Iterator[str]:
    """A file that is cut off, and whole again later."""
    content = made(ana.store.read_bytes(), theirs)
    ana.store.write_bytes(content[: len(content) // 2])
    yield "read only"
    ana.store.write_bytes(content)
    yield ""


def removed(ana: Clone, _: Clone, theirs: Theirs) -> Iterator[str]:
    """A file that is gone, and there again later."""
    content = made(ana.store.read_bytes(), theirs)
    ana.store.unlink()
    yield "read only"
    ana.store.write_bytes(content)
    yield ""


EVENTS: Final[Mapping[str, Event]] = MappingProxyType({
    "pull": pulled,
    "checkout": checked_out,
    "reset": reset,
    "other terminal": at_another_terminal,
    "editor": in_an_editor,
    "broken file": broken,
    "removed file": removed,
})


def made(content: bytes, theirs: Theirs) -> bytes:
    """A store as they make it."""
    workspace = theirs(read(content).workspace)
    return text_of({table: workspace.table(table).values() for table in TABLES})


def _branch(ana: Clone, theirs: Theirs) -> None:
    """Their branch, on top of what is committed, made in another folder."""
    side = Clone(ana.folder.with_name("side"))
    ana.git("worktree", "add", "--quiet", "-b", "theirs", str(side.folder))
    side.store.write_bytes(made(side.store.read_bytes(), theirs))
    side.commit("theirs")
