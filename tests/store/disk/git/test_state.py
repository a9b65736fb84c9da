"""How the store stands in git."""

from pathlib import Path

import pytest

from store.disk.git.installed import installation_in
from store.disk.git.state import FileState, blob_id, state_of
from tests.store.disk.git.repositories import Clone, item, moved, new_clone, shared


@pytest.fixture
def clone(tmp_path: Path) -> Clone:
    return new_clone(tmp_path / "work", item(7))


def test_the_file_goes_from_untracked_to_staged_to_clean_to_changed(clone: Clone) -> None:
    seen = []

    def look() -> None:
        state = state_of(clone.repository)
        seen.append((state.file.value, state.is_staged, bool(state.commit)))

    look()
    clone.git("add", "leadline.json")
    look()
    clone.commit()
    look()
    clone.edit(7, moved("ready"))
    look()
    clone.git("add", "leadline.json")
    look()
    clone.store.unlink()
    look()
    assert seen == [
        ("untracked", False, False),
        ("changed", True, False),
        ("clean", False, True),
        ("changed", False, True),
        ("changed", True, True),
        ("missing", True, True),
    ]


def test_an_ignored_store_is_told_from_an_untracked_one(clone: Clone) -> None:
    (clone.folder / ".gitignore").write_text("*.json\n")
    assert state_of(clone.repository).file is FileState.IGNORED


def test_other_files_do_not_make_the_store_changed(clone: Clone) -> None:
    clone.commit()
    (clone.folder / "code.py").write_text("x = 1\n")
    clone.git("add", "code.py")
    assert state_of(clone.repository).file is FileState.CLEAN


def test_lines_with_the_ends_of_another_system_are_no_change(clone: Clone) -> None:
    clone.commit()
    clone.git("config", "core.autocrlf", "true")
    clone.store.write_bytes(clone.store.read_bytes().replace(b"\n", b"\r\n"))
    assert clone.git("diff", "--stat") == ""
    assert state_of(clone.repository).file is FileState.CLEAN


def test_a_conflict_is_unmerged_and_a_merge_under_way(clone: Clone) -> None:
    clone.commit()
    clone.git("switch", "--quiet", "--create", "side")
    clone.edit(7, moved("ready"))
    clone.commit()
    clone.git("switch", "--quiet", "main")
    clone.edit(7, moved("doing"))
    clone.commit()
    clone.git("merge", "side", check=False)
    state = state_of(clone.repository)
    assert (state.file, state.under_way, state.branch) == (FileState.UNMERGED, "merge", "main")


def test_ahead_and_behind_are_counted_as_of_the_last_fetch(tmp_path: Path) -> None:
    first, second = shared(tmp_path, item(7), item(8))
    second.edit(8, moved("ready"))
    second.commit()
    second.git("push", "--quiet")
    first.edit(7, moved("doing"))
    first.commit()
    state = state_of(first.repository)
    assert (state.upstream, state.ahead, state.behind) == ("origin/main", 1, 0)
    first.git("fetch", "--quiet")
    state = state_of(first.repository)
    assert (state.ahead, state.behind, state.is_upstream_gone) == (1, 1, False)
    first.git("update-ref", "-d", "refs/remotes/origin/main")
    assert state_of(first.repository).is_upstream_gone


def test_no_branch_and_no_upstream_are_empty(clone: Clone) -> None:
    clone.commit()
    assert state_of(clone.repository).upstream == ""
    clone.git("checkout", "--quiet", "--detach")
    assert state_of(clone.repository).branch == ""


def test_the_id_of_a_version_is_the_one_git_gives(clone: Clone) -> None:
    commit = clone.commit()
    assert blob_id(clone.store.read_bytes(), commit) == clone.git("rev-parse", "HEAD:leadline.json")


def test_what_is_set_up_in_a_clone_is_seen(clone: Clone) -> None:
    clone.commit()
    before = installation_in(clone.repository)
    assert (before.driver, before.has_merge, before.has_diff, before.is_complete) == ("", False, False, False)
    (clone.folder / ".gitattributes").write_text("*.json merge=leadline diff=leadline\n")
    half = installation_in(clone.repository)
    assert (half.has_merge, half.has_diff, half.is_complete) == (True, True, False)
    clone.git("config", "merge.leadline.driver", "leadline merge %O %A %B")
    assert installation_in(clone.repository).is_complete
    (clone.folder / ".gitattributes").write_text("*.json merge=leadline\nleadline.json -merge\n")
    assert not installation_in(clone.repository).is_complete
