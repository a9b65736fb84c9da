"""How the file stands in git, in a sentence, and the message that is proposed for a commit."""

import subprocess
from dataclasses import replace
from typing import Any

import pytest

from screens.wording.item_lines import Words
from screens.wording.sharing import commit_message, summary_words
from store.change import differences
from store.disk.git.installed import Installation
from store.disk.git.state import FileState, GitState
from store.models import Item, Workspace
from store.workbench.shared import Shared
from tests.store.samples import TODAY, a_workspace, an_item

CLEAN = GitState(FileState.CLEAN, is_staged=False, branch="main", commit="c" * 40, upstream="origin/main")
SET_UP = Installation("leadline merge", "leadline textconv", has_merge=True, has_diff=True)
BEFORE = a_workspace(an_item(1, "Grid"), an_item(2, "Export"))


def said(waiting: int = 0, *, width: int = 140, shared: Shared | None = None, **state: Any) -> str:
    stands = shared or Shared(BEFORE, state=replace(CLEAN, **state), installation=SET_UP)
    words: list[Words] = summary_words(waiting, stands, width)
    return "".join(text for text, _ in words)


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ({}, "Sharing  all committed · main is as origin/main"),
        ({"ahead": 2, "behind": 1}, "Sharing  all committed · main has 2 commits to push and 1 commit to pull"),
        ({"upstream": ""}, "Sharing  all committed · main follows no branch elsewhere"),
        ({"is_upstream_gone": True}, "Sharing  all committed · main followed origin/main, which is gone"),
        ({"branch": ""}, "Sharing  all committed · no branch is checked out"),
        ({"file": FileState.UNTRACKED, "upstream": ""}, "Sharing  git does not know the file yet: C commits it · main"),
        ({"file": FileState.IGNORED}, "Sharing  a .gitignore keeps the file out of git"),
        ({"file": FileState.MISSING}, "Sharing  the file is gone from the folder"),
        ({"file": FileState.CHANGED}, "Sharing  the file is not as it was committed: only its layout"),
        ({"under_way": "merge"}, "Sharing  a merge is under way and all is settled: C ends it"),
    ],
)
def test_the_state_of_the_file_is_a_sentence(state: dict[str, Any], words: str) -> None:
    assert said(**state).startswith(words)


def test_what_waits_comes_first_and_what_has_no_room_leaves_from_the_end() -> None:
    assert said(2, under_way="merge") == "Sharing  2 conflicts to settle · then C ends the merge"
    assert said(1, width=40, ahead=3) == "Sharing  1 conflict to settle"
    other = Shared(BEFORE, state=replace(CLEAN, under_way="merge"), others=("README.md", "b.txt"))
    assert said(shared=other) == "Sharing  a merge is under way; README.md and 1 more still to be settled in an editor"


def test_what_a_clone_lacks_and_what_is_wrong_with_git_is_said() -> None:
    lacking = Installation("", "", has_merge=False, has_diff=False)
    assert said(shared=Shared(BEFORE, state=CLEAN, installation=lacking)).endswith(
        "git merges it by lines here: S sets it up"
    )
    marked = Shared(BEFORE, state=replace(CLEAN, under_way="merge", file=FileState.UNMERGED), is_marked=True)
    assert said(shared=marked) == "Sharing  git has not merged both sides of the file: M merges them as records"
    assert said(shared=Shared(BEFORE, problem="Git was not found.")) == "Sharing  Git was not found."
    assert said(shared=Shared(BEFORE)) == "Sharing  not in a git repository: git init in its folder makes one"


def proposal(*items: Item) -> str:
    after: Workspace = BEFORE.with_records({"items": {each.id: each for each in items}})
    return commit_message(differences(BEFORE, after), BEFORE, after, TODAY)


def test_the_proposed_message_is_one_sentence_or_a_heading_and_many() -> None:
    one, two = BEFORE.items[1], BEFORE.items[2]
    assert proposal(one.with_(owner="li")) == "LL-0001 Grid: owner @li"
    assert proposal(one.with_(owner="li"), two.with_(size=3)).splitlines() == [
        "leadline: 2 items changed",
        "",
        "LL-0001 Grid: owner @li",
        "LL-0002 Export: size 3",
    ]
    many = proposal(*(an_item(number, f"New {number}") for number in range(100, 200)))
    assert many.splitlines()[0] == "leadline: 100 items new"
    assert many.splitlines()[-1] == "and 61 more"


def test_nothing_that_acts_on_a_terminal_gets_into_a_message() -> None:
    assert "\x1b" not in proposal(BEFORE.items[1].with_(title="Grid \x1b]52;c;x\x07"))


HOSTILE_TITLES = (
    "Signed-off-by: Eve <eve@example.com>",
    "x\n\nCo-authored-by: Eve <eve@example.com>",
    "x\r\nSigned-off-by: Eve <eve@example.com>",
    "x\u2028\u2028Reviewed-by: Eve <eve@example.com>",
    "--amend --author=Eve",
    "# a comment",
    "# ------------------------ >8 ------------------------",
    "-F/etc/passwd",
)


@pytest.mark.parametrize("title", HOSTILE_TITLES)
def test_a_title_makes_no_line_no_option_and_no_trailer_of_a_message(title: str) -> None:
    one, two = BEFORE.items[1], BEFORE.items[2]
    for changed in (
        (one.with_(title=title),),
        (one.with_(title=title), two.with_(title=title)),
        (an_item(9, title),),
        (an_item(9, title, owner=title, tags={title[:90]}, body=title), an_item(10, title)),
    ):
        message = proposal(*changed)
        lines = message.split("\n")
        assert len(lines) in {1, len(changed) + 2}
        assert all(line.isprintable() and line[:1] not in {"-", "#"} for line in lines)
        told = subprocess.run(
            ("git", "interpret-trailers", "--parse"),  # noqa: S607 - git by name, as a person has it
            input=f"{message}\n",
            capture_output=True,
            check=True,
            text=True,
        )
        assert told.stdout == ""
