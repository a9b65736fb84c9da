"""Real repositories in temporary folders, with stores in them."""

import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from store.disk import create_store
from store.disk.database import Database
from store.disk.git.finding import Repository, repository_of
from store.models import Item, Settings, Stamp, Standing
from tests.store.benches import START

NAME = "leadline.json"


def git(folder: Path, *arguments: str, check: bool = True) -> str:
    """What git says on its standard output; the identity comes from the environment."""
    done = subprocess.run(
        ("git", *arguments),  # noqa: S607 - git by name, as a person has it
        cwd=folder,
        capture_output=True,
        text=True,
        check=check,
    )
    return done.stdout.strip()


def item(number: int, title: str = "", **fields: object) -> Item:
    """An item that ana made."""
    stage = Standing(stage="inbox", since=START, by="ana")
    made = Item(id=number, title=title or f"Item {number}", created=Stamp(at=START, by="ana"), stage=stage)
    return made.with_(**fields) if fields else made


@dataclass(frozen=True)
class Clone:
    """A folder with a repository and a store in it."""

    folder: Path
    name: str = NAME

    @property
    def store(self) -> Path:
        return self.folder / self.name

    @property
    def repository(self) -> Repository:
        found = repository_of(self.store)
        assert found is not None
        return found

    def git(self, *arguments: str, check: bool = True) -> str:
        return git(self.folder, *arguments, check=check)

    def write(self, *items: Item) -> None:
        """Puts items into the store."""
        Database(self.store).commit({"items": {each.id: each for each in items}})

    def edit(self, number: int, edit: Callable[[Item], Item]) -> None:
        """Changes an item of the store."""
        database = Database(self.store)
        database.commit({"items": {number: edit(database.file.load().workspace.items[number])}})

    def commit(self, message: str = "a change") -> str:
        """Commits everything and returns the id."""
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", message)
        return self.git("rev-parse", "HEAD")


def new_clone(folder: Path, *items: Item, name: str = NAME) -> Clone:
    """A repository with a store that is not committed yet."""
    folder.mkdir(parents=True, exist_ok=True)
    git(folder, "init", "--quiet", "--initial-branch", "main")
    leave_lock_alone(folder)
    clone = Clone(folder, name)
    clone.store.parent.mkdir(parents=True, exist_ok=True)
    create_store(clone.store, Settings(), {"items": {each.id: each for each in items}})
    return clone


def leave_lock_alone(folder: Path) -> None:
    """Tells git, in this clone only, to ignore the lock beside the store."""
    with (folder / ".git" / "info" / "exclude").open("a") as file:
        file.write(".*.lock\n")


def moved(stage: str, days: int = 1, by: str = "bo") -> Callable[[Item], Item]:
    """An edit that moves an item."""
    return lambda each: each.moved(stage, START + timedelta(days=days), by)


def shared(tmp_path: Path, *items: Item) -> tuple[Clone, Clone]:
    """Two clones of one bare repository, with the store in both."""
    first = new_clone(tmp_path / "first", *items)
    first.commit("the store")
    git(tmp_path, "clone", "--quiet", "--bare", "first", "shared.git")
    first.git("remote", "add", "origin", "../shared.git")
    first.git("fetch", "--quiet")
    first.git("branch", "--quiet", "--set-upstream-to", "origin/main")
    git(tmp_path, "clone", "--quiet", "shared.git", "second")
    leave_lock_alone(tmp_path / "second")
    return first, Clone(tmp_path / "second")
