import json

from tests.store.disk.git.repositories import Clone
from tests.tui.cli.conftest import Ended, Leadline


def test_each_commit_is_a_line_with_its_sentences_below(past: Clone, leadline: Leadline) -> None:
    ended = leadline("log")
    short = past.git("rev-parse", "--short=8", "HEAD")
    assert ended.lines[0].startswith(f"{short}  ")
    assert ended.lines[0].endswith("  ana  Owners")
    assert [line.partition(": ")[2] for line in ended.lines if line.startswith("    ")] == [
        "owner @cleo; tagged #csv",
        "ready, was inbox (bo)",
        "new; in inbox",
        "new; in inbox",
    ]


def test_one_record_has_its_own_history(past: Clone, leadline: Leadline) -> None:
    name = leadline("list", "grid").lines[0].split("\t")[0]
    ended = leadline("log", name)
    assert [line.rpartition("  ")[2] for line in ended.lines if not line.startswith(" ")] == [
        "Triage",
        "Start the store",
    ]
    past.edit(min(past_items(past)), lambda each: each.with_(size=3))
    past.commit("Size")
    assert leadline("log", name, "-n", "1").lines[1].endswith(": size 3")


def subjects(ended: Ended) -> list[str]:
    return [line.rpartition("  ")[2] for line in ended.lines if not line.startswith(" ")]


def past_items(clone: Clone) -> list[int]:
    return [int(key) for key in json.loads(clone.store.read_bytes())["items"]]


def test_hostile_names_are_shown_and_do_nothing(past: Clone, leadline: Leadline) -> None:
    past.git("commit", "--quiet", "--all", "--author", "\x1b]0;x\x07 <\x1b[2J@x>", "--message", "\x1b[31mred\u202e")
    ended = leadline("log", "-n", "1")
    assert "\x1b" not in ended.out
    assert "\u202e" not in ended.out
    assert "␛[31mred" in ended.out


def test_json_lists_commits_with_their_changes(past: Clone, leadline: Leadline) -> None:
    found = json.loads(leadline("log", "--json", "-n", "2").out)
    assert [commit["subject"] for commit in found["commits"]] == ["Owners", "Triage"]
    assert found["commits"][0]["parents"] == [past.git("rev-parse", "HEAD~1")]
    assert [change["change"] for commit in found["commits"] for change in commit["changes"]] == ["changed", "changed"]


def test_more_than_fits_is_counted(past: Clone, leadline: Leadline) -> None:
    ended = leadline("log", "-n", "2", "--from", "HEAD~1")
    assert [line.rpartition("  ")[2] for line in ended.lines if not line.startswith(" ")] == [
        "Triage",
        "Start the store",
    ]
    assert "2 commits; more with -n." in ended.err
    del past


def test_a_file_that_cannot_be_read_now_hides_no_history(past: Clone, leadline: Leadline) -> None:
    past.store.write_text("<<<<<<< ours\n")
    ended = leadline("log")
    assert ended.code == 0
    assert "Triage" in ended.out


def test_a_store_without_a_commit_has_no_history(past: Clone, leadline: Leadline) -> None:
    past.git("update-ref", "-d", "HEAD")
    for arguments in (("log",), ("check", "--merges")):
        ended = leadline(*arguments)
        assert (ended.code, ended.out) == (0, "")
    assert leadline("log", "--from", "HEAD~1").code == 1


def test_a_last_commit_that_cannot_be_read_is_no_missing_one(past: Clone, leadline: Leadline) -> None:
    head = past.git("rev-parse", "HEAD")
    (past.folder / ".git" / "objects" / head[:2] / head[2:]).unlink()
    for name in ("log", "diff"):
        ended = leadline(name)
        assert ended.code == 1
        assert f"cannot read the last commit, {head[:8]}" in ended.err
