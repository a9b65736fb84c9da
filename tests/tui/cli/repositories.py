"""Stores in git for the tests of commands."""

from pathlib import Path

from tests.store.disk.git.repositories import Clone, item, moved, new_clone

ONE, TWO = (1 << 44) + 0x7AB2, (2 << 44) + 0x9CD3


def history(folder: Path) -> Clone:
    """A store with three commits and a change that is not committed."""
    clone = new_clone(folder, item(ONE, "Results grid"), item(TWO, "Export"))
    clone.commit("Start the store")
    clone.edit(ONE, moved("ready"))
    clone.commit("Triage")
    clone.edit(TWO, lambda each: each.with_(owner="cleo", tags=frozenset({"csv"})))
    clone.commit("Owners")
    clone.edit(TWO, lambda each: each.with_(title="Export \x1b[2J[red]"))
    return clone
