"""Who changed which record, in real repositories."""

from pathlib import Path

from store.disk.git.authors import authors_between
from tests.store.disk.git.repositories import item, moved, new_clone

ITEMS = tuple(item(number) for number in (10, 20, 30))


def test_records_are_told_by_who_changed_them(tmp_path: Path) -> None:
    clone = new_clone(tmp_path / "first", *ITEMS)
    base = clone.commit("the store")
    clone.edit(10, moved("ready"))
    clone.git("commit", "--quiet", "--all", "--message", "one", "--author", "Ana <ana@example.com>")
    clone.edit(10, moved("doing", 2))
    clone.edit(20, moved("ready"))
    clone.git("commit", "--quiet", "--all", "--message", "two", "--author", "Li <li@example.com>")
    found = authors_between(clone.repository, base, clone.git("rev-parse", "HEAD"))
    assert [commit.subject for commit in found.commits] == ["two", "one"]
    assert [touch.commit.by for touch in found.touches["items", 10]] == ["li", "ana"]
    before, after = found.touches["items", 10][0].fields()
    assert (before["stage"]["is"], after["stage"]["is"]) == ("ready", "doing")
    assert found.of("items", 10) == ""
    assert found.of("items", 20) == "li"
    assert found.of("items", 30) == ""


def test_of_one_who_did_everything_the_rest_is_his_too(tmp_path: Path) -> None:
    clone = new_clone(tmp_path / "first", *ITEMS)
    clone.git("add", "--all")
    clone.git("commit", "--quiet", "--message", "all", "--author", "Ana <ana@example.com>")
    found = authors_between(clone.repository, "", clone.git("rev-parse", "HEAD"))
    assert found.of("items", 10) == found.of("goals", 99) == "ana"
