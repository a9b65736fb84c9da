import json

import pytest

from store.disk import create_store
from tests.screens.sharing.conflicts import two_verdicts
from tests.store.disk.git.repositories import Clone
from tests.tui.cli.conftest import Leadline
from tests.tui.cli.repositories import ONE, TWO


def test_what_is_not_committed_is_told_by_person_and_record(past: Clone, leadline: Leadline) -> None:
    del past
    ended = leadline("diff")
    assert ended.code == 0
    assert ended.lines == ["ana: 1 record", "  LL-176K Export ␛[2J[red]: renamed, was “Export”"]
    assert ended.err.startswith("1 item changed, from ")


def test_a_revision_and_a_pair_of_them(past: Clone, leadline: Leadline) -> None:
    del past
    assert [line.partition(": ")[2] for line in leadline("diff", "HEAD~2", "HEAD~1").lines] == [
        "1 record",
        "ready, was inbox",
    ]
    assert leadline("diff", "HEAD~2..HEAD~1").out == leadline("diff", "HEAD~2", "HEAD~1").out
    assert "tagged #csv" in leadline("diff", "HEAD~1").out
    assert leadline("diff", "HEAD", "HEAD").err.startswith("Nothing changed")


def test_who_did_it_comes_from_the_stamp_or_the_commits_between(
    past: Clone, leadline: Leadline, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert [line for line in leadline("diff", "HEAD~1", "HEAD").lines if not line.startswith(" ")] == ["ana: 1 record"]
    headings = [line for line in leadline("diff", "HEAD~2", "HEAD").lines if not line.startswith(" ")]
    assert headings == ["ana: 1 record", "bo: 1 record"]
    monkeypatch.setenv("GIT_AUTHOR_EMAIL", "kim@example.com")
    # Both have done something to the second: nobody can say who did what.
    headings = [line for line in leadline("diff", "HEAD~2").lines if not line.startswith(" ")]
    assert headings == ["bo: 1 record", "Nobody named: 1 record"]
    past.commit("Name")
    headings = [line for line in leadline("diff", "HEAD~1").lines if not line.startswith(" ")]
    assert headings == ["kim: 1 record"]


def test_what_only_the_older_one_has_is_nobodys_doing(
    past: Clone, leadline: Leadline, monkeypatch: pytest.MonkeyPatch
) -> None:
    past.commit("Name")
    past.git("checkout", "--quiet", "-b", "beside", "HEAD~2")
    monkeypatch.setenv("GIT_AUTHOR_EMAIL", "kim@example.com")
    past.edit(ONE, lambda each: each.with_(owner="kim"))
    past.commit("Owner")
    assert leadline("diff", "main", "beside").lines == [
        "kim: 1 record",
        "  LL-0YNJ Results grid: owner @kim",
        "Nobody named: 1 record",
        "  LL-176K Export: renamed, was “Export ␛[2J[red]”; no owner, was @cleo; without #csv",
    ]


def test_json_has_both_values_of_each_field(past: Clone, leadline: Leadline) -> None:
    found = json.loads(leadline("diff", "HEAD~1", "HEAD", "--json").out)
    assert found["schema"] == 1
    assert found["after"]["commit"] == past.git("rev-parse", "HEAD")
    (difference,) = found["differences"]
    assert (difference["table"], difference["id"], difference["change"]) == ("items", TWO, "changed")
    assert difference["fields"] == [
        {"field": "owner", "before": "", "after": "cleo", "by": None},
        {"field": "tags", "before": [], "after": ["csv"], "by": None},
    ]
    moved = json.loads(leadline("diff", "HEAD~2", "HEAD~1", "--json").out)["differences"][0]
    assert moved["id"] == ONE
    assert moved["fields"][0]["after"] == {"is": "ready", "since": "2026-03-03T12:00:00Z", "by": "bo"}


def test_before_the_first_commit_everything_is_new(past: Clone, leadline: Leadline) -> None:
    past.git("update-ref", "-d", "HEAD")
    ended = leadline("diff")
    assert ended.code == 0
    assert "2 items new" in ended.err


@pytest.mark.parametrize("revision", ["nowhere", "--output=x", "HEAD\n", "$(id)"])
def test_a_commit_that_is_none_is_told(revision: str, past: Clone, leadline: Leadline) -> None:
    del past
    ended = leadline("diff", "--", revision)
    assert ended.code == 1
    assert "Git knows no commit" in ended.err


def test_outside_of_git_it_says_so(demo: object, leadline: Leadline) -> None:
    del demo
    ended = leadline("diff")
    assert ended.code == 1
    assert "not inside a git repository" in ended.err


def test_what_goes_along_with_a_conflict_is_not_told_beside_it(past: Clone, leadline: Leadline) -> None:
    past.store.unlink()
    work = two_verdicts()
    create_store(past.store, work.settings, {table: work.table(table) for table in ("items", "conflicts")})
    ended = leadline("diff")
    assert "1 conflict new" in ended.err
    (line,) = (line for line in ended.lines if "conflict about" in line)
    assert "the verdict of" in line
